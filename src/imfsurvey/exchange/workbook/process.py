"""The other half of `opening`: run as a program of its own, from a workbook to plain sheets.

A library that reads workbooks can be made to ask for more memory than there is, or to stop in the
middle, by a file of a few kilobytes. That ends this process, not the one that a person works in.
Told what is `Wanted` as JSON in its only argument, it reads the file from stdin and writes JSON to
stdout: `{"sheets": …}` or `{"failed": word}`.
"""

from __future__ import annotations

import contextlib
import datetime
import io
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from imfsurvey.exchange.workbook.faults import Faults, faults_in

MAX_ROWS: Final = 20_000
MAX_COLUMNS: Final = 400

Rows = list[tuple[int, list[str]]]
"""Number of a row, from 1, and the texts of its cells; rows without any are left out."""


@dataclass(frozen=True)
class Wanted:
    """What is read of a workbook, and how much of it there may be."""

    sheets: Sequence[str]
    """In small letters; of others only the name is told."""
    merged: bool = False
    """Whether the text of cells merged downwards is taken for every row of them."""
    only_xlsx: bool = False
    unpacked: int = 200 * 1024 * 1024
    memory: int = 2 * 1024**3
    last_row: int = 1_048_576
    """The last row in which anything may stand; before it, `MAX_ROWS` may hold something."""


class TooLargeError(Exception):
    """A sheet has more rows or columns than are wanted."""


def text_of(cell: object) -> str:
    """A cell as the text that its author sees in it."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime.datetime):
        midnight = cell.time() == datetime.time()
        return (cell.date() if midnight else cell).isoformat()
    if isinstance(cell, datetime.date | datetime.time):
        return cell.isoformat()
    return str(cell)


def sheets_of(data: bytes, wanted: Wanted) -> list[dict[str, Any]]:
    """The sheets of a workbook: what `opening.Sheet` holds of each."""
    import python_calamine as calamine

    sheets = []
    with calamine.load_workbook(io.BytesIO(data)) as book:
        for meta in book.sheets_metadata:
            one: dict[str, Any] = {
                "name": meta.name,
                "hidden": meta.visible != calamine.SheetVisibleEnum.Visible,
            }
            if meta.name.strip().casefold() in wanted.sheets:
                sheet = book.get_sheet_by_name(meta.name)
                one["rows"], one["values"] = _rows(sheet, wanted, faults_in(data, meta.name))
                if wanted.merged:
                    one["merged"] = _fill_merged(sheet.merged_cell_ranges or [], one["rows"])
            sheets.append(one)
    return sheets


def _rows(sheet: Any, wanted: Wanted, faults: Faults) -> tuple[Rows, list[tuple[int, list[int]]]]:
    """The rows with their texts, and by row the columns of cells that hold something else."""
    bottom, right = sheet.end or (0, 0)
    if bottom >= wanted.last_row or right >= MAX_COLUMNS:
        raise TooLargeError
    left = sheet.start[1] if sheet.start else 0
    rows: Rows = []
    values = []
    faulty = {row for row, _ in faults}
    for number, cells in enumerate(sheet.iter_rows(), start=1):  # empty rows above included
        if cells.count("") == len(cells) and number not in faulty:
            continue
        texts = [""] * left + [
            text_of(cell) or faults.get((number, at), "")
            for at, cell in enumerate(cells, start=left + 1)
        ]
        if any(text.strip() for text in texts):
            rows.append((number, texts))
        at = [
            at
            for at, cell in enumerate(cells, start=left + 1)
            if not isinstance(cell, str) or (number, at) in faults
        ]
        if at:
            values.append((number, at))
        if len(rows) > MAX_ROWS:
            raise TooLargeError
    return rows, values


def _fill_merged(ranges: list[Any], rows: Rows) -> int:
    """What is merged downwards means every row of it, such as the name of a list; how many are."""
    by_number = dict(rows)
    filled = 0
    for (top, left), (bottom, right) in ranges:
        source = by_number.get(top + 1)
        if left != right or source is None or left >= len(source) or not source[left].strip():
            continue
        for number, texts in rows:
            if top + 1 < number <= bottom + 1 and left < len(texts):
                texts[left] = source[left]
        filled += 1
    return filled


def _limit_memory(most: int) -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def answer(data: bytes, wanted: Wanted) -> dict[str, Any]:
    """What is told of a workbook; what failed is a `Reason` of `opening`."""
    import python_calamine as calamine

    try:
        return {"sheets": sheets_of(data, wanted)}
    except TooLargeError:
        return {"failed": "large"}
    except calamine.PasswordError:
        return {"failed": "protected"}
    except (calamine.CalamineError, ValueError, OverflowError, OSError):
        return {"failed": "damaged"}


if __name__ == "__main__":
    asked = Wanted(**json.loads(sys.argv[1]))
    _limit_memory(asked.memory)
    sys.stdout.write(json.dumps(answer(sys.stdin.buffer.read(), asked)))
