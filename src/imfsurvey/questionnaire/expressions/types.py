"""What a check knows of the names in an expression, whatever they are names of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from imfsurvey.i18n.catalogue import N_

Kind = Literal[
    "number",
    "text",
    "choice",
    "choices",
    "date",
    "truth",
    "entries",
    "quoted",
    "nothing",
    "rows",
    "any",
]
"""What a value is. `quoted` is a text in quotes, which may be a code, a text or a date; `nothing`
what takes no answer, `rows` what takes one on each of its rows; `any` what is wrong already, so
that it is not told twice."""

Rated = Literal["statement", "topic"]

KINDS: Final[Mapping[Kind, str]] = {
    "number": N_("a number"),
    "text": N_("a text"),
    "choice": N_("a choice"),
    "choices": N_("a choice of several"),
    "date": N_("a date"),
    "truth": N_("a condition"),
    "entries": N_("a list of entries"),
    "quoted": N_("a text in quotes"),
    "nothing": N_("nothing"),
    "rows": N_("several statements"),
    "any": N_("a value"),
}

Code = int | str


@dataclass(frozen=True)
class Position:
    """When something is asked. What shares an `order` comes in an order that nobody knows yet,
    unless it shares a `block` too: then the `row` tells."""

    order: int
    block: int = 0
    row: int = 0

    def before(self, other: Position) -> bool:
        """Whether it is always asked before another."""
        if self.order != other.order:
            return self.order < other.order
        return self.block == other.block != MIXED and self.row < other.row


MIXED: Final = -1
"""The block of what is complete only when everything of its order was asked."""

AT_THE_START: Final = Position(-1)
AT_THE_END: Final = Position(10**9)
LAST_ROW: Final = 10**6


def latest(positions: Sequence[Position]) -> Position:
    """When the last of several things has been asked."""
    result = AT_THE_START
    for one in positions:
        if one.order > result.order:
            result = one
        elif one.order == result.order:
            block = one.block if one.block == result.block else MIXED
            result = Position(one.order, block, max(one.row, result.row))
    return result


@dataclass(frozen=True)
class Name:
    """An item, a field of a repeat, or a computed value."""

    id: str
    kind: Kind
    position: Position
    codes: tuple[Code, ...] | None = None
    """All that it can be; None when that is not a list."""
    bands: tuple[int | float, ...] = ()
    """Of a number of which only the band is kept: where the bands begin."""
    non_answers: frozenset[str] = frozenset()
    """Those that it offers."""
    rated: Rated | None = None
    fields: Mapping[str, Name] = field(default_factory=dict)
    """Of a list of entries."""
    shuffled: bool = False
    """Whether it stands among items whose order is drawn."""


@dataclass(frozen=True)
class Typed:
    """What is known of the value of a part of an expression."""

    kind: Kind
    codes: tuple[Code, ...] | None = None
    bands: tuple[int | float, ...] = ()
    id: str = ""
    """When it is the answer to an item."""


ANY: Final = Typed("any")
NUMBER: Final = Typed("number")
TRUTH: Final = Typed("truth")
DATE: Final = Typed("date")


def typed(name: Name) -> Typed:
    """The value of a name."""
    return Typed(name.kind, name.codes, name.bands, name.id)
