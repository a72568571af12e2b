"""CSV twice: for a Belgian spreadsheet, and raw for statistics."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from imfsurvey.exchange.data.codebook import Cell, Table
from imfsurvey.exchange.data.formats.kinds import Shape, line, plain, shape_of
from imfsurvey.source.formulas import guarded


class SpreadsheetCsv:
    """Semicolons, decimal commas and a mark of UTF-8: what a spreadsheet set to Belgium opens.

    Texts that could be formulas are guarded.
    """

    ending = ".csv"

    def write(self, table: Table, path: Path) -> None:
        """Write it."""
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
            writer.writerow(variable.name for variable in table.codebook.variables)
            writer.writerows(self._rows(table))

    def read(self, table: Table, path: Path) -> Shape:
        """Read it."""
        with path.open(encoding="utf-8-sig", newline="") as file:
            return _counted(csv.reader(file, delimiter=";"))

    def expected(self, table: Table) -> Shape:
        """Its own texts."""
        return shape_of(self._rows(table), table.width)

    def _rows(self, table: Table) -> Iterator[list[str]]:
        return ([_shown(cell) for cell in row] for row in table.each_row())


class RawCsv:
    """Commas, decimal points, nothing added: for programs, not for spreadsheets."""

    ending = ".raw.csv"

    def write(self, table: Table, path: Path) -> None:
        """Write it."""
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(variable.name for variable in table.codebook.variables)
            writer.writerows(self._rows(table))

    def read(self, table: Table, path: Path) -> Shape:
        """Read it."""
        with path.open(encoding="utf-8", newline="") as file:
            return _counted(csv.reader(file))

    def expected(self, table: Table) -> Shape:
        """The table as it is."""
        return shape_of(self._rows(table), table.width)

    def _rows(self, table: Table) -> Iterator[list[str]]:
        return ([plain(cell) for cell in row] for row in table.each_row())


class SyntaxCsv(RawCsv):
    """The data that an SPSS syntax file reads: raw, each response on one line."""

    ending = ".spss.csv"

    def _rows(self, table: Table) -> Iterator[list[str]]:
        return ([line(plain(cell)) for cell in row] for row in table.each_row())


def _shown(cell: Cell) -> str:
    if isinstance(cell, str):
        return guarded(cell)
    return plain(cell).replace(".", ",")


def _counted(rows: Iterator[list[str]]) -> Shape:
    width = len(next(rows, ()))
    return shape_of(rows, width)
