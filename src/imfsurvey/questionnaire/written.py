"""Items that are written: numbers, texts, dates, and the same few items for each of several things.

In an anonymous questionnaire a text is stored apart from the answers (see `detached`); dates and
repeats tell who answered, and a check keeps them out.
"""

import datetime
import re
from collections.abc import Mapping
from typing import Annotated, Final, Literal, Self

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from imfsurvey.questionnaire.items import (
    AskingItem,
    ChoosingItem,
    ItemBase,
    MultiItem,
    SingleItem,
    YesNoItem,
)
from imfsurvey.source.model import Code, ItemId, Many, SourceModel, Text, fault, faults

Precision = Literal["day", "month", "year"]
Suspicion = Literal["names", "plates", "email"]
Number = int | float
FreeField = Literal["text", "comment", "other"]
"""An item that is a text; the remark beside an answer; the words of the choice `other`."""

DATE_LENGTHS: Final[Mapping[Precision, int]] = {"year": 4, "month": 7, "day": 10}
"""Characters of a stored date at each precision: 2026, 2026-03 or 2026-03-31."""

TODAY: Final = "today"
"""A bound of a date: the day on which it is answered."""

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class StoreAs(SourceModel):
    """What is kept of a number: the band that it lies in."""

    bands: Many[Number] = Field(min_length=2)
    """The lowest number of each band, rising; it is what is stored."""


class NumberItem(AskingItem):
    """A number within bounds."""

    type: Literal["number"]
    min: Number | None = None
    max: Number | None = None
    decimals: int = Field(default=0, ge=0, le=6)
    """Digits after the comma."""
    unit: Text | None = None
    """Shown behind the number."""
    store_as: StoreAs | None = None
    """Keep less than was typed."""

    @property
    def bands(self) -> tuple[Number, ...]:
        """The lowest numbers of the bands; empty when the number itself is kept."""
        return self.store_as.bands if self.store_as is not None else ()

    @property
    def lowest(self) -> Number | None:
        """The least that may be typed."""
        return self.bands[0] if self.bands and self.min is None else self.min

    @model_validator(mode="after")
    def _bounds_fit(self) -> Self:
        found: list[PydanticCustomError] = []
        if self.min is not None and self.max is not None and self.min > self.max:
            found.append(fault("IMF-E082", "the highest number is below the lowest", at=("max",)))
        found += [
            fault(
                "IMF-E082",
                "{number} has more than {decimals} decimals",
                at=at,
                number=number,
                decimals=self.decimals,
            )
            for at, number in self._numbers()
            if round(number, self.decimals) != number
        ]
        found += self._bands_out_of_order()
        if found:
            raise faults(found)
        return self

    def _numbers(self) -> list[tuple[tuple[str | int, ...], Number]]:
        """The numbers that it names, each with its path."""
        named: list[tuple[tuple[str | int, ...], Number | None]] = [
            (("min",), self.min),
            (("max",), self.max),
            *((("store_as", "bands", index), one) for index, one in enumerate(self.bands)),
        ]
        return [(at, number) for at, number in named if number is not None]

    def _bands_out_of_order(self) -> list[PydanticCustomError]:
        found = [
            fault("IMF-E081", "bands begin lowest first", at=("store_as", "bands", index + 1))
            for index, (low, high) in enumerate(zip(self.bands, self.bands[1:], strict=False))
            if low >= high
        ]
        if self.bands and self.min is not None and self.min < self.bands[0]:
            found.append(
                fault(
                    "IMF-E081", "no band holds the lowest number, {min}", at=("min",), min=self.min
                )
            )
        if self.bands and self.max is not None and self.max < self.bands[-1]:
            found.append(
                fault(
                    "IMF-E081",
                    "the last band begins above the highest number, {max}",
                    at=("max",),
                    max=self.max,
                )
            )
        return found


class TextItem(AskingItem):
    """Something to be written in one's own words."""

    type: Literal["text"]
    multiline: bool = False
    max_length: int = Field(default=600, gt=0, le=4000)
    """In characters, blanks at both ends not counted."""
    warn_if: Many[Suspicion] = ()
    """Warn when the text seems to hold what tells of a person; an anonymous questionnaire always
    warns of all of it."""


def _day_or_today(bound: str) -> str:
    if bound != TODAY:
        try:
            known = _DAY.fullmatch(bound) is not None and datetime.date.fromisoformat(bound)
        except ValueError:
            known = False
        if not known:
            raise fault(
                "IMF-E088", "'{bound}' is neither 'today' nor a day like 2026-03-31", bound=bound
            )
    return bound


Bound = Annotated[str, AfterValidator(_day_or_today)]
"""A day, or `today`."""


class DateItem(AskingItem):
    """A day, a month or a year."""

    type: Literal["date"]
    precision: Precision = "day"
    min: Bound | None = None
    max: Bound | None = None


EntryItem = TextItem | DateItem | SingleItem | MultiItem | YesNoItem | NumberItem
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
    def _room_for_what_is_needed(self) -> Self:
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


def free_fields(item: object) -> dict[FreeField, int]:
    """What can be written freely at an item, and the most characters of each."""
    fields: dict[FreeField, int] = {}
    if isinstance(item, TextItem):
        fields["text"] = item.max_length
    if isinstance(item, AskingItem) and item.comment is not None:
        fields["comment"] = item.comment.max_length
    if isinstance(item, ChoosingItem) and item.other is not None:
        fields["other"] = item.other.max_length
    return fields
