"""A table from a CSV file or a workbook, told by its content: names first, then rows of texts."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from imfsurvey.exchange.workbook.opening import (
    MAX_BYTES,
    Sheet,
    WorkbookError,
    is_workbook,
    sheets_in,
)
from imfsurvey.exchange.workbook.process import MAX_COLUMNS, MAX_ROWS, Wanted
from imfsurvey.i18n.catalogue import LANGUAGES, translator
from imfsurvey.source.document import bytes_in
from imfsurvey.source.problems import Problem, ProblemsFoundError

_DELIMITERS: Final = (";", ",", "\t")


@dataclass(frozen=True)
class Row:
    """One line of a table: its number in the file, from 1, and its texts by column, from 1."""

    number: int
    cells: Mapping[int, str]


@dataclass(frozen=True)
class Grid:
    """A whole table."""

    file: str
    head: Row
    rows: Sequence[Row]


def read_grid(path: Path) -> Grid:
    """The table in a file. Raises `ProblemsFoundError` when there is none."""
    name = str(path)
    data = bytes_in(path, MAX_BYTES)
    if len(data) > MAX_BYTES:
        raise _too_large(name)
    rows = _of_workbook(name, data) if is_workbook(data) else _of_text(name, data)
    if len(rows) > MAX_ROWS or any(max(row.cells, default=0) > MAX_COLUMNS for row in rows):
        raise _too_large(name)
    if not rows:
        raise _whole("IMF-E191", "is empty: its first row names the variables", name)
    return Grid(name, rows[0], rows[1:])


def _of_text(name: str, data: bytes) -> list[Row]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _whole(
            "IMF-E190",
            "is neither a workbook nor CSV in UTF-8: save it as .xlsx or as 'CSV UTF-8'",
            name,
        ) from error
    first = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    # Strictly: a quotation mark that is never closed would swallow all rows behind it.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[Row] = []
    begins = 1
    try:
        for cells in reader:
            rows += _row(begins, cells)
            begins = reader.line_num + 1
    except csv.Error as error:
        raise ProblemsFoundError(
            [
                Problem(
                    "IMF-E190",
                    "this is no CSV from here on; look for a quotation mark that is not closed",
                    {},
                    name,
                    begins,
                    1,
                )
            ]
        ) from error
    return rows


def _row(number: int, cells: Sequence[str]) -> Iterator[Row]:
    """The row, unless nothing stands in it."""
    filled = {at: text for at, text in enumerate(cells, start=1) if text.strip()}
    if filled:
        yield Row(number, filled)


def _of_workbook(name: str, data: bytes) -> list[Row]:
    """The sheet with the data: the one that is called so, else the only one."""
    try:
        names = [sheet.name for sheet in sheets_in(data, Wanted(()))]
        called = {translator(language)("data") for language in LANGUAGES}
        chosen = [one for one in names if one.strip().casefold() in called] or names
        if len(chosen) != 1:
            raise _whole(
                "IMF-E192",
                "has several sheets: call the one with the responses '{name}'",
                name,
                name="data",
            )
        wanted = Wanted((chosen[0].strip().casefold(),))
        sheet = next(one for one in sheets_in(data, wanted) if one.name == chosen[0])
    except WorkbookError as error:
        if error.reason == "large":
            raise _too_large(name) from error
        raise _whole(
            "IMF-E190",
            "is neither a workbook nor CSV in UTF-8: save it as .xlsx or as 'CSV UTF-8'",
            name,
        ) from error
    return _rows_of(sheet)


def _rows_of(sheet: Sheet) -> list[Row]:
    return [row for number, cells in sheet.rows for row in _row(number, cells)]


def _too_large(name: str) -> ProblemsFoundError:
    return _whole(
        "IMF-E193",
        "is too large: at most {rows} rows, {columns} columns and {bytes} bytes",
        name,
        rows=MAX_ROWS,
        columns=MAX_COLUMNS,
        bytes=MAX_BYTES,
    )


def _whole(code: str, template: str, file: str, /, **params: object) -> ProblemsFoundError:
    return ProblemsFoundError([Problem(code, template, params, file)])
