"""What every kind of data file does, and how what was written is compared with what was read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

from imfsurvey.exchange.data.codebook import Cell, Table


class Shape(NamedTuple):
    """What a data file holds: equal for equal tables, in whatever kind of file."""

    rows: int
    columns: int
    checksum: str
    """SHA-256 over the values, row by row."""


class Kind(Protocol):
    """One file of one kind. Its own table may be another than the one given: see `expected`."""

    ending: str
    """Of the file name, with its dot."""

    def write(self, table: Table, path: Path) -> None:
        """Write the file; it is there already and empty. Raises `OSError`."""

    def read(self, table: Table, path: Path) -> Shape:
        """What is in the file, read by the means of its kind. ValueError: it is no such file."""

    def expected(self, table: Table) -> Shape:
        """What should be in it."""


def shape_of(rows: Iterable[Sequence[Cell]], columns: int) -> Shape:
    """The shape of rows of values."""
    digest, count = hashlib.sha256(), 0
    for row in rows:
        digest.update("\x1f".join(map(plain, row)).encode("utf-8", "surrogatepass"))
        digest.update(b"\x1e")
        count += 1
    return Shape(count, columns, digest.hexdigest())


def table_shape(table: Table) -> Shape:
    """The shape of a table that a file holds as it is."""
    return shape_of(table.each_row(), table.width)


def plain(cell: Cell) -> str:
    """A value as text: 3 and 3.0 are alike, nothing is empty."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return str(cell)


def line(text: str) -> str:
    """A text on one line, for what knows no line breaks."""
    return " ".join(text.split())
