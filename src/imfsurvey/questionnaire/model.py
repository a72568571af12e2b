"""The models of a questionnaire file. Ids and codes are for ever; texts may change."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Final, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from imfsurvey.i18n.catalogue import LANGUAGES
from imfsurvey.questionnaire.items import (
    Choice,
    DateItem,
    InfoItem,
    ItemBase,
    NonAnswer,
    RepeatItem,
    SingleItem,
    TextItem,
)
from imfsurvey.source.hashes import content_hash
from imfsurvey.source.model import (
    Code,
    ItemId,
    LanguageVersion,
    Many,
    SourceModel,
    Text,
    fault,
    faults,
)
from imfsurvey.source.places import KeyPath
from imfsurvey.source.texts import unknown_language

Kind = Literal["self_assessment", "perception", "session", "policy"]

NAMED: Final[tuple[Kind, ...]] = ("self_assessment", "policy")
"""Kinds that are answered in one's own name; all others are anonymous."""

FLOOR_K = 5
"""No figure on fewer answers than this, whatever a questionnaire says."""


class Identity(SourceModel):
    """What the questionnaire is."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9._-]*$")
    version: str
    status: Literal["draft", "published", "retired"] = "draft"
    kind: Kind
    framework: str
    """Id of the framework that its items measure."""
    title: Text
    languages: Many[str] = Field(min_length=1)
    default_language: str
    require_complete: Many[str] = ()
    """Languages in which not one text may be missing."""

    @model_validator(mode="after")
    def _known_languages(self) -> Identity:
        found = [
            unknown_language(language, at=("languages", index))
            for index, language in enumerate(self.languages)
            if language not in LANGUAGES
        ]
        if self.default_language not in self.languages:
            found.append(_not_a_language(self.default_language, ("default_language",)))
        found += [
            _not_a_language(language, ("require_complete", index))
            for index, language in enumerate(self.require_complete)
            if language not in self.languages
        ]
        if found:
            raise faults(found)
        return self


def _not_a_language(language: str, at: KeyPath) -> PydanticCustomError:
    return fault(
        "IMF-E033",
        "'{language}' is not among the languages of this questionnaire",
        at=at,
        language=language,
    )


class Privacy(SourceModel):
    """What is promised to the respondent; frozen when a wave opens."""

    mode: Literal["anonymous", "named"]
    k: int = Field(default=10, ge=FLOOR_K)
    """Breakdowns: no figure on fewer valid answers."""
    k_total: int = Field(default=FLOOR_K, ge=FLOOR_K)
    """The whole entity: no figure on fewer valid answers."""
    breakdown_by: Many[ItemId] = ()
    """The only items that results may be broken down by."""


class Scale(SourceModel):
    """Ordered answer categories shared by items: numeric codes, lowest first."""

    codes: Many[Choice] = Field(min_length=2)
    non_answers: Many[NonAnswer] = ()
    favourable: Many[int] = ()
    """Codes that count as favourable (before reversing)."""
    unfavourable: Many[int] = ()

    @model_validator(mode="after")
    def _numbers_rise(self) -> Scale:
        last: int | None = None
        for index, choice in enumerate(self.codes):
            if not isinstance(choice.code, int) or (last is not None and choice.code <= last):
                raise fault(
                    "IMF-E050",
                    "codes of a scale are whole numbers, lowest first",
                    at=("codes", index, "code"),
                )
            last = choice.code
        return self

    @model_validator(mode="after")
    def _known_favour(self) -> Scale:
        found = [
            fault("IMF-E051", "the scale has no code {code}", at=(name, index), code=code)
            for name in ("favourable", "unfavourable")
            for index, code in enumerate(getattr(self, name))
            if code not in self.values
        ]
        found += [
            fault(
                "IMF-E054",
                "code {code} is both favourable and unfavourable",
                at=("unfavourable", index),
                code=code,
            )
            for index, code in enumerate(self.unfavourable)
            if code in self.favourable
        ]
        if found:
            raise faults(found)
        return self

    @property
    def values(self) -> tuple[int, ...]:
        """The codes, lowest first."""
        return tuple(choice.code for choice in self.codes if isinstance(choice.code, int))

    @property
    def can_be_reversed(self) -> bool:
        """Whether every code has one that lies as far from the other end."""
        ends = self.values[0] + self.values[-1]
        return all(ends - code in self.values for code in self.values)


class Theme(SourceModel):
    """A group of perception items reported together."""

    id: Code
    label: Text


class LikertItem(ItemBase):
    """A statement rated on a scale."""

    type: Literal["likert"]
    scale: ItemId
    topic: Code
    theme: Code | None = None
    reverse: bool = False
    """Agreeing is unfavourable; turned round when scored, shown unchanged."""
    knowledge: bool = False
    """Not knowing is itself unfavourable."""
    required: bool = False


class Evidence(SourceModel):
    """When a rating needs evidence, and how much of it may be written."""

    required_from: int | None = None
    """Level of the framework from which it is required; without it, the framework's own."""
    max_length: int = Field(default=600, gt=0, le=2000)


class NextStep(SourceModel):
    """The one action that brings a topic from a level to the next."""

    approach: Literal["controlling", "stimulating"]
    text: Text


class MaturityItem(ItemBase):
    """One topic rated on the framework's levels, with a description of each level beside it."""

    type: Literal["maturity"]
    topic: Code
    rubric: dict[str, Text] | None = None
    """Level -> what one would see at that level; without it, the framework's own definitions."""
    evidence_kinds: Many[Text] = ()
    """What an inspector would accept as evidence."""
    next_steps: dict[str, NextStep] | None = None
    """Level -> what to do to reach the next one."""
    non_answers: Many[NonAnswer] = ("na", "dk")
    evidence: Evidence = Evidence()
    comment_max_length: int = Field(default=600, gt=0, le=2000)
    required: bool = True


Item = InfoItem | SingleItem | LikertItem | MaturityItem | TextItem | DateItem | RepeatItem


class Facilitation(SourceModel):
    """Notes for who leads a round of a team session; respondents never see them."""

    open: Text
    """How to open the round."""
    polarised: Text
    """What to ask when the votes lie far apart."""
    close: Text
    """How to close it: what to note down."""


class Section(SourceModel):
    """Items that belong together; in a team session, a round."""

    id: ItemId
    title: Text
    introduction: Text | None = None
    """Shown above every stem of the section: a case to judge, a beginning that all share."""
    facilitation: Facilitation | None = None
    """Only in a team session."""
    items: Many[Annotated[Item, Field(discriminator="type")]] = Field(min_length=1)


class Questionnaire(SourceModel):
    """A whole questionnaire file, validated."""

    imfsurvey: LanguageVersion
    questionnaire: Identity
    privacy: Privacy
    scales: dict[ItemId, Scale] = Field(default_factory=dict)
    themes: Many[Theme] = ()
    sections: Many[Section] = Field(min_length=1)

    @property
    def id(self) -> str:
        """The questionnaire's id."""
        return self.questionnaire.id

    @property
    def kind(self) -> Kind:
        """What it measures."""
        return self.questionnaire.kind

    @property
    def anonymous(self) -> bool:
        """Whether nothing may tell who answered."""
        return self.privacy.mode == "anonymous"

    @cached_property
    def items(self) -> dict[str, Item]:
        """Every item by id, in order of the file."""
        return {item.id: item for section in self.sections for item in section.items}

    def asking_items(self) -> Iterator[Item]:
        """The items that take an answer."""
        return (item for item in self.items.values() if not isinstance(item, InfoItem))

    @cached_property
    def form_hash(self) -> str:
        """SHA-256 over the whole meaning of the file, texts included.

        What is left at its default does not count, so that a later release, whose language knows
        more keys, still recognises the responses of today.
        """
        return content_hash(self.model_dump(mode="json", exclude_defaults=True))
