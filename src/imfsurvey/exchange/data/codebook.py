"""The codebook: what the variables of a data file are called, mean, and can say.

A value is always a number. A code that is a number stands for itself; a word ("ops", "yes") is
numbered by its place, from 1. The statuses other than "answered" are user-missing values: -9 to -5,
or -99 to -95 and so on where answers may be as low as that. What was written is text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from imfsurvey.i18n.catalogue import N_, Marked
from imfsurvey.interview.answers import Code, Status

Kind = Literal["category", "number", "text"]
Measure = Literal["nominal", "ordinal", "scale"]
Number = int | float
Cell = Number | str | None
"""One place of a table; None: there is nothing, not even a status."""

STATUSES: Final[Mapping[Status, Marked]] = {
    "blank": N_("No answer"),
    "dk": N_("Don't know"),
    "refused": N_("I prefer not to say"),
    "na": N_("Not applicable"),
    "not_shown": N_("Not asked"),
}
"""The statuses other than "answered", from -9 upwards, each with its words."""

_MOST_DIGITS: Final = 15
"""A number of so many digits is still exact everywhere."""

_LONGEST_NAME: Final = 64
_RESERVED: Final = frozenset(
    ["all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with"]
)
"""Words that SPSS keeps for itself."""
_NO_LETTER: Final = re.compile(r"[^a-z0-9_.]")
_DIGITS: Final = re.compile(r"0|[1-9]\d{0,8}", re.ASCII)


def missing_values(lowest: Number | None) -> dict[Status, int]:
    """The value of each status, below all answers; `lowest`: the lowest of these, if known."""
    for digits in range(1, _MOST_DIGITS + 1):
        first = 1 - 10**digits
        values = {status: first + place for place, status in enumerate(STATUSES)}
        if lowest is not None and max(values.values()) < lowest:
            return values
    return values


def values_of(codes: Sequence[Code | float]) -> list[Number]:
    """The value of each code of a list: itself, or a number of its own."""
    own = [_number_in(code) for code in codes]
    following = max([0, *(int(value) for value in own if value is not None)])
    values: list[Number] = []
    for value in own:
        if value is None:
            following += 1
        values.append(following if value is None else value)
    return values


def _number_in(code: Code | float) -> Number | None:
    """What a code is as a number: "3" is 3, "08" is a word."""
    if not isinstance(code, str):
        return code
    return int(code) if _DIGITS.fullmatch(code) else None


@dataclass(frozen=True)
class Category:
    """One value of a variable, and what it stands for."""

    value: Number
    label: str
    code: Code | float | None = None
    """How the questionnaire calls it; None for a status."""
    status: Status = "answered"

    @property
    def missing(self) -> bool:
        """Whether it is a status and no answer."""
        return self.status != "answered"


@dataclass(frozen=True)
class Variable:
    """One column of a data file."""

    name: str
    label: str
    kind: Kind
    item: str = ""
    """Id of the item that it belongs to."""
    measure: Measure = "nominal"
    categories: tuple[Category, ...] = ()
    """Of numbers and texts: what is no answer."""
    section: str = ""
    condition: str = ""
    """When it is asked, as the questionnaire says it; empty: always."""
    decimals: int = 0
    notes: tuple[str, ...] = ()

    @property
    def answers(self) -> tuple[Category, ...]:
        """The categories that are answers."""
        return tuple(one for one in self.categories if not one.missing)

    @property
    def statuses(self) -> dict[Status, Number]:
        """The value of each status; empty for a text."""
        return {one.status: one.value for one in self.categories if one.missing}

    @property
    def missing_range(self) -> tuple[Number, Number] | None:
        """The lowest and the highest user-missing value."""
        values = self.statuses.values()
        return (min(values), max(values)) if values else None


@dataclass(frozen=True)
class Codebook:
    """The description of one data file, in one language."""

    title: str
    language: str
    facts: tuple[tuple[str, str], ...]
    """Name and value: entity, wave, questionnaire."""
    identity: str
    """Of the questionnaire: its id and version."""
    variables: tuple[Variable, ...]
    confidential: bool = False
    """Microdata of people who were promised that nobody sees their answers one by one."""
    remarks: tuple[str, ...] = ()
    """What a reader must know."""
    named: bool = False
    """What people said in their own name."""

    @property
    def private(self) -> bool:
        """Whether only the account that writes the file may read it."""
        return self.confidential or self.named


@dataclass(frozen=True)
class Table:
    """A data file before it is one."""

    name: str
    """Of the file, without language and ending."""
    codebook: Codebook
    columns: tuple[Sequence[Cell], ...]
    """In the order of the variables, all equally long."""

    @property
    def stem(self) -> str:
        """The name of its files without their ending: the words in them have a language."""
        return f"{self.name}.{self.codebook.language}"

    @property
    def rows(self) -> int:
        """How many there are."""
        return len(self.columns[0]) if self.columns else 0

    @property
    def width(self) -> int:
        """How many columns."""
        return len(self.columns)

    def each_row(self) -> Iterable[tuple[Cell, ...]]:
        """The rows, one after the other."""
        return zip(*self.columns, strict=True)


class Names:
    """Names of variables that every program takes: SPSS is the strictest."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def take(self, wanted: str) -> str:
        """A name like the one that is wanted, and like no other of the file."""
        plain = _NO_LETTER.sub("_", wanted.casefold()).strip(".")
        if plain in _RESERVED or not plain[:1].isalpha():
            plain = f"v_{plain}"
        name, number = plain[:_LONGEST_NAME].rstrip("."), 1
        while name in self._taken:
            number += 1
            end = f"_{number}"
            name = plain[: _LONGEST_NAME - len(end)] + end
        self._taken.add(name)
        return name
