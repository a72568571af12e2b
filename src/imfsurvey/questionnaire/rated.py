"""Items that rate something: statements on a scale, alone or in a matrix, and topics on levels."""

from functools import cached_property
from typing import Literal, Self

from pydantic import Field, model_validator

from imfsurvey.questionnaire.expressions import Expression
from imfsurvey.questionnaire.items import (
    AskingItem,
    Choice,
    Comment,
    Evidence,
    ItemBase,
    NonAnswer,
)
from imfsurvey.source.model import Code, ItemId, Many, SourceModel, Text, fault, faults


class Scale(SourceModel):
    """Ordered answer categories shared by items: numeric codes, lowest first."""

    codes: Many[Choice] = Field(min_length=2)
    non_answers: Many[NonAnswer] = ()
    favourable: Many[int] = ()
    """Codes that count as favourable (before reversing)."""
    unfavourable: Many[int] = ()

    @model_validator(mode="after")
    def _numbers_rise(self) -> Self:
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
    def _known_favour(self) -> Self:
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

    @cached_property
    def values(self) -> tuple[int, ...]:
        """The codes, lowest first."""
        return tuple(choice.code for choice in self.codes if isinstance(choice.code, int))

    @cached_property
    def can_be_reversed(self) -> bool:
        """Whether every code has one that lies as far from the other end."""
        ends = self.values[0] + self.values[-1]
        return all(ends - code in self.values for code in self.values)

    def score(self, code: float, *, reverse: bool = False) -> float:
        """A code, or a mean of codes, on 0 to 100: from the least favourable end to the best.

        `reverse`: the lowest code is the best. Source: percentage of maximum possible (Cohen,
        Cohen, Aiken & West, 1999).
        """
        low, high = self.values[0], self.values[-1]
        share = 100 * (code - low) / (high - low)
        return 100 - share if reverse else share


class LikertItem(AskingItem):
    """A statement rated on a scale."""

    type: Literal["likert"]
    scale: ItemId
    theme: Code | None = None
    reverse: bool = False
    """Agreeing is unfavourable; turned round when scored, shown unchanged."""
    knowledge: bool = False
    """Not knowing is itself unfavourable."""
    weight: int | float = Field(default=1, gt=0)
    """In the mean of its theme."""


class Row(SourceModel):
    """One statement of a matrix: an item of its own in data, logic and scores."""

    id: ItemId
    text: Text
    show_if: Expression | None = None
    topic: Code | None = None
    """Without it, that of the matrix."""
    theme: Code | None = None
    """Without it, that of the matrix."""
    reverse: bool = False
    knowledge: bool = False
    weight: int | float = Field(default=1, gt=0)


class MatrixItem(ItemBase):
    """Several statements under one stem, rated on one scale."""

    type: Literal["matrix"]
    scale: ItemId
    rows: Many[Row] = Field(min_length=1)
    required: bool = False
    """Each row needs an answer."""
    required_if: Expression | None = None
    non_answers: Many[NonAnswer] | None = None
    """Offered instead of those of the scale."""
    topic: Code | None = None
    theme: Code | None = None

    @cached_property
    def statements(self) -> tuple[LikertItem, ...]:
        """The rows as items."""
        return tuple(
            LikertItem.model_construct(
                id=row.id,
                type="likert",
                text=row.text,
                show_if=row.show_if,
                required=self.required,
                required_if=self.required_if,
                non_answers=self.non_answers,
                topic=row.topic or self.topic,
                scale=self.scale,
                theme=row.theme or self.theme,
                reverse=row.reverse,
                knowledge=row.knowledge,
                weight=row.weight,
            )
            for row in self.rows
        )


class NextStep(SourceModel):
    """The one action that brings a topic from a level to the next."""

    approach: Literal["controlling", "stimulating"]
    text: Text


class Criterion(SourceModel):
    """Something that must be there before its level may be claimed."""

    id: ItemId
    level: int
    text: Text


class MaturityItem(AskingItem):
    """One topic rated on the framework's levels, with a description of each level beside it."""

    type: Literal["maturity"]
    topic: Code
    rubric: dict[str, Text] | None = None
    """Level -> what one would see at that level; without it, the framework's own definitions."""
    criteria: Many[Criterion] = ()
    """What must be ticked before a level may be claimed: its own and those of the levels below."""
    evidence_kinds: Many[Text] = ()
    """What an inspector would accept as evidence."""
    next_steps: dict[str, NextStep] | None = None
    """Level -> what to do to reach the next one."""
    evidence: Evidence = Evidence.model_construct()
    comment: Comment = Comment.model_construct()
    required: bool = True
