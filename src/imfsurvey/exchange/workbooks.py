"""The rows of a workbook that came back, read without trusting it.

A few kilobytes can stand for gigabytes: what is packed together, and a cell far away from all
others, for which the reader makes room. Both are looked for before anything is read.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from imfsurvey.source.problems import Problem, ProblemsFoundError

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

MAX_UNPACKED: Final = 64 * 1024 * 1024
MAX_ROWS: Final = 20_000
MAX_COLUMNS: Final = 26 * 26

_ZIP: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_WORKBOOK: Final = "xl/workbook.xml"
_PLACE: Final = re.compile(rb"""<(?:\w+:)?(?:c|row)\s[^<>]*?\br=["']([A-Za-z]*)([0-9]+)["']""")

Row = tuple[int, Sequence[object]]
"""Number of a row, from 1, and its cells; texts are `str`, and so is what is empty."""


def is_workbook(data: bytes) -> bool:
    """Whether it is a workbook, by its content; an old one counts too, though it is not read."""
    return data.startswith(_ZIP)


def rows_of(name: str, data: bytes, wanted: Sequence[str]) -> Mapping[str, Sequence[Row]]:
    """The rows of the wanted sheets, as far as they are there. Raises `ProblemsFoundError`.

    `name` is that of the file, for what is said about it.
    """
    import python_calamine as calamine

    _look_into(name, data)
    try:
        with calamine.load_workbook(io.BytesIO(data)) as book:
            return {
                one: _rows(book.get_sheet_by_name(one)) for one in wanted if one in book.sheet_names
            }
    except (calamine.CalamineError, ValueError, OSError) as error:
        raise _unusable(name) from error


def _rows(sheet: CalamineSheet) -> list[Row]:
    top, left = sheet.start or (0, 0)
    cells = sheet.to_python(skip_empty_area=True)
    return [(top + index + 1, [*[""] * left, *row]) for index, row in enumerate(cells)]


def _look_into(name: str, data: bytes) -> None:
    """Raises `ProblemsFoundError` unless it is an .xlsx of a size that a person can have made."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(member.file_size for member in archive.infolist()) > MAX_UNPACKED:
                raise _too_large(name)
            names = archive.namelist()
            for one in names:
                if one.endswith(".xml"):
                    _look_for_far_cells(name, archive.read(one))
    except (
        zipfile.BadZipFile,
        zlib.error,
        ValueError,
        RuntimeError,  # a password; NotImplementedError, an unknown way of packing, is one too
        OSError,
        EOFError,
    ) as error:
        raise _unusable(name) from error
    if _WORKBOOK not in names:
        raise _unusable(name)


def _look_for_far_cells(name: str, sheet: bytes) -> None:
    for found in _PLACE.finditer(sheet):
        column = 0
        for letter in found[1].upper():
            column = column * 26 + letter - 64
        if column > MAX_COLUMNS or len(found[2]) > 7 or int(found[2]) > MAX_ROWS:
            raise _too_large(name)


def _unusable(name: str) -> ProblemsFoundError:
    return ProblemsFoundError(
        [
            Problem(
                "IMF-E171",
                "is no workbook that can be read: save it as .xlsx, without a password",
                {},
                name,
            )
        ]
    )


def _too_large(name: str) -> ProblemsFoundError:
    return ProblemsFoundError(
        [
            Problem(
                "IMF-E171",
                "the workbook is too large: at most {rows} rows and {bytes} bytes unpacked",
                {"rows": MAX_ROWS, "bytes": MAX_UNPACKED},
                name,
            )
        ]
    )
