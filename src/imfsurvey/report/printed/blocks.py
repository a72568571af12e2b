"""What a sheet consists of, as the template draws it. Every text is ready to be printed."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Final, Literal

_A_LINE: Final = 70
"""Letters on a line, counted low."""
_A_CELL: Final = 28
"""Letters on a line of a table."""
_NO_LINES: Final = ("kind", "code", "number", "mark", "unit", "head")
"""What stands beside something else."""
_A_PAGE: Final = 44
"""Lines on a page, counted low."""


@dataclass(frozen=True)
class Tick:
    """A box with its code and its label."""

    code: str
    label: str
    description: str = ""
    note: str = ""
    """Whom it is for, or what to do beside it."""
    line: bool = False
    """Followed by a line to write on."""
    apart: bool = False
    """Set off from those before it."""


@dataclass(frozen=True)
class Cells:
    """Boxes for single figures."""

    size: int
    caption: str = ""


@dataclass(frozen=True)
class Lines:
    """Lines to write on, with what they are for."""

    label: str
    count: int


@dataclass(frozen=True)
class Info:
    """Something that is said and asks nothing."""

    text: str
    notes: tuple[str, ...] = ()
    kind: Literal["info"] = "info"


@dataclass(frozen=True)
class Asked:
    """A question of its own."""

    number: str
    stem: str
    notes: tuple[str, ...] = ()
    """Whom it is for, hint, help."""
    how: str = ""
    """How to answer."""
    ticks: tuple[Tick, ...] = ()
    in_a_row: bool = False
    """Whether the boxes stand beside each other."""
    write: bool = False
    """Whether figures are written into the boxes."""
    cells: tuple[Cells, ...] = ()
    mark: str = ""
    """Between the cells."""
    unit: str = ""
    lines: int = 0
    more: tuple[Tick, ...] = ()
    """What can be ticked instead of writing, or besides."""
    more_label: str = ""
    beside: tuple[Lines, ...] = ()
    kind: Literal["asked"] = "asked"


@dataclass(frozen=True)
class Statement:
    """A row of a table of statements."""

    number: str
    stem: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Statements:
    """Statements that are rated on one scale."""

    stem: str
    """That all of them share."""
    notes: tuple[str, ...]
    how: str
    head: tuple[str, str]
    ticks: tuple[Tick, ...]
    """The columns."""
    rows: tuple[Statement, ...]
    kind: Literal["statements"] = "statements"


@dataclass(frozen=True)
class Copy:
    """Room for one entry of a list."""

    title: str
    asked: tuple[Asked, ...]


@dataclass(frozen=True)
class Entries:
    """A list of entries, each with the same few questions."""

    number: str
    stem: str
    notes: tuple[str, ...]
    copies: tuple[Copy, ...]
    more: str
    """What to do when there is not enough room."""
    kind: Literal["entries"] = "entries"


Block = Info | Asked | Statements | Entries


@dataclass(frozen=True)
class Part:
    """A section."""

    title: str
    notes: tuple[str, ...]
    introduction: str
    blocks: tuple[Block, ...] = field(default_factory=tuple)


def drawn(part: Part) -> dict[str, object]:
    """A section as the template takes it: what does not fit on one page is marked as long."""
    blocks = [{**asdict(one), "long": _lines(asdict(one)) > _A_PAGE} for one in part.blocks]
    return {**asdict(part), "blocks": blocks, "long": _lines(part.introduction) > _A_PAGE}


def _lines(value: object, letters: int = _A_LINE) -> int:
    """About how many lines something takes, rather too many than too few."""
    if isinstance(value, str):
        return sum(math.ceil(len(line) / letters) for line in value.split("\n"))
    if isinstance(value, Mapping):
        written = sum(2 * one for one in value.values() if type(one) is int)
        return written + sum(
            _lines(one, _A_CELL if key == "rows" else letters)
            for key, one in value.items()
            if key not in _NO_LINES
        )
    return sum(_lines(one, letters) for one in value) if isinstance(value, list | tuple) else 0
