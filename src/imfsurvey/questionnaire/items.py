"""Items that any questionnaire may have; those that measure are in `model`.

Free text, dates and repeated groups of them tell who answered: a check keeps them out of
anonymous questionnaires.
"""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from imfsurvey.source.model import Code, ItemId, Many, SourceModel, Text, fault, faults

NonAnswer = Literal["na", "dk", "refused"]
Precision = Literal["day", "month", "year"]

STUDY_GROUPS: Final = "study.groups"
"""What `choices_from` says for the groups of the study; anything else is the id of a repeat."""


def _kind_of_code(code: object) -> str:
    return "number" if type(code) is int else "word"


ChoiceCode = Annotated[
    Annotated[int, Tag("number")] | Annotated[Code, Tag("word")], Discriminator(_kind_of_code)
]
"""A whole number or a word: what is stored."""


class Choice(SourceModel):
    """One answer category. `code` is what is stored."""

    code: ChoiceCode
    text: Text


class ItemBase(SourceModel):
    """What all items have."""

    id: ItemId
    text: Text
    """The stem: what is asked or stated."""
    hint: Text | None = None
    """One short line under the stem, always shown."""
    help: Text | None = None
    """Longer help, one key away."""


class InfoItem(ItemBase):
    """A page that says something and asks nothing."""

    type: Literal["info"]


class SingleItem(ItemBase):
    """One choice out of several."""

    type: Literal["single"]
    choices: Many[Choice] = ()
    choices_from: str | None = None
    """Take them from elsewhere instead: `study.groups`, or the entries of a repeat by its id."""
    non_answers: Many[NonAnswer] = ()
    required: bool = False
    quasi_identifier: bool = False
    topic: Code | None = None

    @model_validator(mode="after")
    def _one_source_of_choices(self) -> SingleItem:
        if bool(self.choices) == (self.choices_from is not None):
            raise fault(
                "IMF-E052",
                "give either 'choices' or 'choices_from', one of them",
                at="choices_from" if self.choices_from else "choices",
            )
        return self

    @model_validator(mode="after")
    def _codes_differ(self) -> SingleItem:
        found: list[PydanticCustomError] = []
        seen: set[str] = set()
        for index, choice in enumerate(self.choices):
            code = str(choice.code)  # in a table of data, 1 and "1" are the same
            if code in seen:
                at = ("choices", index, "code")
                found.append(fault("IMF-E053", "code '{code}' is used twice", at=at, code=code))
            seen.add(code)
        if found:
            raise faults(found)
        return self


class TextItem(ItemBase):
    """Something to be written in one's own words."""

    type: Literal["text"]
    multiline: bool = False
    max_length: int = Field(default=600, gt=0, le=4000)
    """In characters, blanks at both ends not counted."""
    required: bool = False
    topic: Code | None = None


class DateItem(ItemBase):
    """A day, a month or a year."""

    type: Literal["date"]
    precision: Precision = "day"
    required: bool = False
    topic: Code | None = None


EntryItem = TextItem | DateItem | SingleItem
"""What an entry of a repeat may ask; no repeat stands in another."""


class RepeatItem(ItemBase):
    """The same few items for each of several things: objectives, actions, actors."""

    type: Literal["repeat"]
    min: int = Field(default=0, ge=0, le=50)
    max: int = Field(default=20, ge=1, le=50)
    """Entries."""
    label: ItemId
    """The text item of its own by which an entry is called."""
    items: Many[Annotated[EntryItem, Field(discriminator="type")]] = Field(min_length=1)
    topic: Code | None = None

    @model_validator(mode="after")
    def _room_for_what_is_needed(self) -> RepeatItem:
        if self.min > self.max:
            raise fault(
                "IMF-E074",
                "at least {min} entries are needed, but at most {max} are allowed",
                at=("max",),
                min=self.min,
                max=self.max,
            )
        return self

    @property
    def required(self) -> bool:
        """Whether it may not stay without entries."""
        return self.min > 0
