"""What all items have, and the items that offer a list of choices.

Items that are written or counted are in `written`, those that rate something in `rated`.
"""

from collections.abc import Sequence
from typing import Annotated, Final, Literal, Self

from pydantic import Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from imfsurvey.questionnaire.expressions import Expression
from imfsurvey.source.model import Code, ItemId, Many, SourceModel, Text, fault, faults

NonAnswer = Literal["na", "dk", "refused"]
Order = Literal["fixed", "random", "rotate"]
Pin = Literal["first", "last"]

STUDY_GROUPS: Final = "study.groups"
"""What `choices_from` says for the groups of the study; anything else is the id of an item."""

OTHER: Final = "other"
"""The code of the choice that lets a respondent write something else."""

YES_NO_CODES: Final = ("yes", "no")
"""The codes of an item of type `yes_no`."""

LONGEST_SIDE: Final = 2000
"""Most characters of what is written beside an answer."""


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


class ListedChoice(Choice):
    """A choice of a list that an item offers."""

    show_if: Expression | None = None
    """Offered only when this is true."""
    exclusive: bool = False
    """Stands alone: ticking it unticks all others ("none of these")."""
    pin: Pin | None = None
    """Keeps its end of the list when the others are shuffled."""


class Constraint(SourceModel):
    """What an answer has to fulfil, and what is said when it does not."""

    check: Expression
    """Must not be false; `this` is the answer."""
    message: Text
    severity: Literal["error", "warn"] = "error"
    """`warn` may be confirmed."""


class Comment(SourceModel):
    """A remark beside the answer."""

    max_length: int = Field(default=600, gt=0, le=LONGEST_SIDE)


class Evidence(SourceModel):
    """What shows that the answer is right."""

    required_from: int | None = None
    """On a rating: the level from which it is required; without it, the framework's own."""
    max_length: int = Field(default=600, gt=0, le=LONGEST_SIDE)


class ItemBase(SourceModel):
    """What all items have."""

    id: ItemId
    text: Text
    """The stem: what is asked or stated."""
    hint: Text | None = None
    """One short line under the stem, always shown."""
    help: Text | None = None
    """Longer help, one key away."""
    show_if: Expression | None = None
    """Shown only when this is true."""
    pin: Pin | None = None
    """Keeps its end of a section whose items are shuffled."""


class InfoItem(ItemBase):
    """A page that says something and asks nothing."""

    type: Literal["info"]
    acknowledge: bool = False
    """Ask for a key that says "read"; nothing is stored."""


class AskingItem(ItemBase):
    """What all items have that take an answer."""

    required: bool = False
    """Silence is not accepted; an offered non-answer is."""
    required_if: Expression | None = None
    """Required when this is true."""
    constraint: Many[Constraint] = ()
    non_answers: Many[NonAnswer] | None = None
    """Offered besides, after a gap; without it none, on a statement those of its scale, on a
    rating `na` and `dk`."""
    comment: Comment | None = None
    """Lets a remark be written beside the answer."""
    evidence: Evidence | None = None
    """Lets evidence be named beside the answer."""
    topic: Code | None = None
    """The topic that it is about, if any."""


class Other(SourceModel):
    """One more choice, whose words the respondent writes."""

    text: Text | None = None
    """How it is called; without it "Other"."""
    max_length: int = Field(default=200, gt=0, le=LONGEST_SIDE)


class ChoosingItem(AskingItem):
    """What the items have that offer a list of choices: one of three sources of it."""

    choices: Many[ListedChoice] = ()
    choices_ref: ItemId | None = None
    """Take those of a list under `choice_lists`."""
    choices_from: str | None = None
    """Take them from elsewhere: `study.groups`, the entries of a repeat, or what was ticked in
    an earlier item, by its id."""
    other: Other | None = None
    order: Order = "fixed"
    """Of the choices; drawn anew for each respondent, never stored of an anonymous one."""

    @model_validator(mode="after")
    def _one_source_of_choices(self) -> Self:
        given = {
            "choices": bool(self.choices),
            "choices_ref": self.choices_ref is not None,
            "choices_from": self.choices_from is not None,
        }
        if sum(given.values()) != 1:
            surplus = [name for name, is_given in given.items() if is_given]
            raise fault(
                "IMF-E052",
                "give one of 'choices', 'choices_ref' and 'choices_from', and only one",
                at=surplus[-1] if surplus else "choices",
            )
        return self

    @model_validator(mode="after")
    def _codes_differ(self) -> Self:
        found = faults_of_codes(self.choices, ("choices",))
        if found:
            raise faults(found)
        return self


def faults_of_codes(
    choices: Sequence[ListedChoice], at: tuple[str | int, ...]
) -> list[PydanticCustomError]:
    """Codes that stand twice in a list of choices whose path is `at`."""
    found: list[PydanticCustomError] = []
    seen: set[str] = set()
    for index, choice in enumerate(choices):
        code = str(choice.code)  # in a table of data, 1 and "1" are the same
        if code in seen:
            where = (*at, index, "code")
            found.append(fault("IMF-E053", "code '{code}' is used twice", at=where, code=code))
        seen.add(code)
    return found


class SingleItem(ChoosingItem):
    """One choice out of several."""

    type: Literal["single"]
    quasi_identifier: bool = False
    """Could single somebody out, together with other answers."""


class YesNoItem(AskingItem):
    """Yes or no: fixed codes, texts of the interface."""

    type: Literal["yes_no"]
    quasi_identifier: bool = False
    """Could single somebody out, together with other answers."""


class MultiItem(ChoosingItem):
    """Any number of choices."""

    type: Literal["multi"]
    min_choices: int = Field(default=1, ge=1)
    """When it is answered at all."""
    max_choices: int | None = Field(default=None, ge=1)


class RankingItem(ChoosingItem):
    """Choices put into an order, the most important first."""

    type: Literal["ranking"]
    top: int | None = Field(default=None, ge=1)
    """How many are ranked; without it, all."""
