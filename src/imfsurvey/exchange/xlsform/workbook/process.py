"""The other half of `opening`: run as a program of its own, from a workbook to plain sheets.

A library that reads workbooks can be made to ask for more memory than there is, or to stop in the
middle, by a file of a few kilobytes. That ends this process, not the one that a person works in.
Reads the file from stdin; writes JSON to stdout: `{"sheets": …}` or `{"failed": word}`.
"""

from __future__ import annotations

import contextlib
import datetime
import io
import json
import sys
from typing import Any, Final

WANTED: Final = ("survey", "choices", "settings")
MAX_ROWS: Final = 20_000
MAX_COLUMNS: Final = 400
MEMORY: Final = 2 * 1024**3

Rows = list[tuple[int, list[str]]]
"""Number of a row, from 1, and the texts of its cells; rows without any are left out."""


class TooLargeError(Exception):
    """A sheet has more rows or columns than a questionnaire can have."""


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


def sheets_of(data: bytes) -> list[dict[str, Any]]:
    """The sheets of a workbook: name, whether hidden, and rows where a questionnaire has any."""
    import python_calamine as calamine

    sheets = []
    with calamine.load_workbook(io.BytesIO(data)) as book:
        for meta in book.sheets_metadata:
            one: dict[str, Any] = {
                "name": meta.name,
                "hidden": meta.visible != calamine.SheetVisibleEnum.Visible,
            }
            if meta.name.strip().casefold() in WANTED:
                sheet = book.get_sheet_by_name(meta.name)
                one["rows"] = _rows(sheet)
                one["merged"] = _fill_merged(sheet.merged_cell_ranges or [], one["rows"])
            sheets.append(one)
    return sheets


def _rows(sheet: Any) -> Rows:
    if sheet.width > MAX_COLUMNS:
        raise TooLargeError
    top, left = sheet.start or (0, 0)
    rows: Rows = []
    for offset, cells in enumerate(sheet.iter_rows()):
        texts = [""] * left + [text_of(cell) for cell in cells]
        if any(text.strip() for text in texts):
            rows.append((top + offset + 1, texts))
        if len(rows) > MAX_ROWS:
            raise TooLargeError
    return rows


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


def _limit_memory() -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def answer(data: bytes) -> dict[str, Any]:
    """What is told of a workbook."""
    import python_calamine as calamine

    try:
        return {"sheets": sheets_of(data)}
    except TooLargeError:
        return {"failed": "large"}
    except calamine.PasswordError:
        return {"failed": "password"}
    except (calamine.CalamineError, ValueError, OverflowError, OSError):
        return {"failed": "damaged"}


if __name__ == "__main__":
    _limit_memory()
    sys.stdout.write(json.dumps(answer(sys.stdin.buffer.read())))
