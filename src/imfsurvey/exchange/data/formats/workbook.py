"""A workbook: a page to read first, the data, the codebook. Texts are texts, never formulas."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from imfsurvey.exchange.data.codebook import Cell, Table
from imfsurvey.exchange.data.formats.kinds import Shape, shape_of
from imfsurvey.exchange.data.formats.words import codebook_rows, read_me
from imfsurvey.exchange.workbook.writing import new_book
from imfsurvey.i18n.catalogue import Translator

_WIDEST: Final = 60
_LONGEST_NAME: Final = 31
"""Letters of the name of a sheet."""


class Workbook:
    """An .xlsx file."""

    ending = ".xlsx"

    def __init__(self, t: Translator) -> None:
        self.t = t

    def write(self, table: Table, path: Path) -> None:
        """Write it; it grows in memory, so that nothing lies on the disk but itself."""
        made = io.BytesIO()
        book = new_book(made, table.codebook.title)
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        first = book.add_worksheet(self.t("read me")[:_LONGEST_NAME])
        _fill(first, read_me(table.codebook, self.t), (24, 90), bold, wrapped)
        data = book.add_worksheet(self.t("data")[:_LONGEST_NAME])
        self._fill_data(data, table, bold)
        explained = book.add_worksheet(self.t("codebook")[:_LONGEST_NAME])
        rows = codebook_rows(table.codebook, self.t)
        _fill(explained, rows, (24, _WIDEST, 10, 40, 16, 40), bold, wrapped)
        explained.freeze_panes(1, 0)
        if table.codebook.confidential:
            for sheet in (first, data, explained):
                sheet.set_header(f"&C{self.t('Confidential').upper()}")
        book.close()
        path.write_bytes(made.getbuffer())

    def _fill_data(self, sheet: Any, table: Table, bold: Any) -> None:
        for column, variable in enumerate(table.codebook.variables):
            sheet.write_string(0, column, variable.name, bold)
        for row, cells in enumerate(table.each_row(), start=1):
            for column, cell in enumerate(cells):
                _put(sheet, row, column, _cell(cell))
        sheet.freeze_panes(1, 0)
        if table.rows:
            sheet.autofilter(0, 0, table.rows, table.width - 1)

    def read(self, table: Table, path: Path) -> Shape:
        """Read its data by another library than the one that wrote it."""
        import python_calamine as calamine

        try:
            with calamine.load_workbook(str(path)) as book:
                rows = book.get_sheet_by_index(1).iter_rows()
                width = len(next(rows, ()))
                return shape_of(_cells(rows), width)
        except calamine.CalamineError as error:
            raise ValueError("no workbook") from error

    def expected(self, table: Table) -> Shape:
        """The table as it is."""
        return shape_of(_cells(table.each_row()), table.width)


def _cells(rows: Iterable[Sequence[Any]]) -> Iterator[list[Cell]]:
    """Values as a workbook has them: a number of it has fifteen digits."""
    return ([_cell(cell) for cell in row] for row in rows)


def _cell(cell: Any) -> Cell:
    if isinstance(cell, float):
        return float(f"{cell:.15g}")
    return cell if isinstance(cell, int | str) else None


def _put(sheet: Any, row: int, column: int, cell: Cell, look: Any = None) -> None:
    if cell is None or cell == "":
        sheet.write_blank(row, column, None, look)
    elif isinstance(cell, str):
        sheet.write_string(row, column, cell, look)
    else:
        sheet.write_number(row, column, cell, look)


def _fill(
    sheet: Any, rows: Sequence[Sequence[Cell]], widths: Sequence[int], bold: Any, wrapped: Any
) -> None:
    """A sheet of words: its first row and its first column are headings."""
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    for number, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            _put(sheet, number, column, cell, bold if number == 0 or column == 0 else wrapped)
