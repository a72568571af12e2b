"""A workbook as sheets of texts, told by its content and not by the end of its name.

Whoever asks for one says in its own words why there is none: see `WorkbookError`.
"""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final, Literal

from imfsurvey.exchange.workbook.archive import BROKEN
from imfsurvey.exchange.workbook.process import MAX_COLUMNS, MAX_ROWS, Wanted
from imfsurvey.i18n.catalogue import N_
from imfsurvey.source.document import why_unreadable

MAX_BYTES: Final = 20 * 1024 * 1024
SECONDS: Final = 60

_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_XLSX: Final = "xl/workbook.xml"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_MARKUP: Final = re.compile(rb"\s*<(?:!doctype|html|table|\?xml|meta|head|body)", re.IGNORECASE)
_SOMETHING: Final = N_("something else; save it as .xlsx")

Reason = Literal["unreadable", "other", "damaged", "protected", "large"]


class WorkbookError(Exception):
    """There are no sheets, and why; `params` are what can be told about it.

    "unreadable": the file cannot be opened, `reason` in words; "other": it is no workbook but a
    `kind` of something else, in words; "large": more than `bytes`, `unpacked`, `rows`, `columns`.
    """

    def __init__(self, reason: Reason, /, **params: object) -> None:
        super().__init__(reason, params)
        self.reason: Reason = reason
        self.params: Mapping[str, object] = params


@dataclass(frozen=True)
class Sheet:
    """One sheet; rows by number from 1, those without any text left out."""

    name: str
    rows: Sequence[tuple[int, Sequence[str]]] = ()
    hidden: bool = False
    merged: int = 0
    """Cells merged downwards, whose text was taken for every row."""
    values: Sequence[tuple[int, Sequence[int]]] = ()
    """Row and columns, from 1, of what is stored as a number, a date, a truth value or an
    error such as #N/A."""


def is_workbook(data: bytes) -> bool:
    """Whether it looks like a workbook; whether it can be read is another matter."""
    return data.startswith((_ZIP, _OLE))


def load(path: Path, wanted: Wanted) -> list[Sheet]:
    """The sheets of a file. Raises `WorkbookError`."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        reason = why_unreadable(error)
        raise WorkbookError("unreadable", reason=reason) from error
    return sheets_in(data, wanted)


def sheets_in(data: bytes, wanted: Wanted) -> list[Sheet]:
    """The sheets of a workbook in memory. Raises `WorkbookError`."""
    if len(data) > MAX_BYTES:
        raise _too_large(wanted)
    if data.startswith(_ZIP):
        _look_into_zip(data, wanted)
    elif not data.startswith(_OLE):
        raise WorkbookError("other", kind=_kind_of(data))
    elif _ENCRYPTED in data:
        raise WorkbookError("protected")
    elif wanted.only_xlsx:
        raise WorkbookError("other", kind=_SOMETHING)
    return _read_apart(data, wanted)


def _look_into_zip(data: bytes, wanted: Wanted) -> None:
    """Whether it unpacks to something of reasonable size; raises `WorkbookError` if not."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
    except BROKEN as error:
        raise WorkbookError("damaged") from error
    if sum(member.file_size for member in members) > wanted.unpacked:
        raise _too_large(wanted)
    if any(member.flag_bits & 1 for member in members):
        raise WorkbookError("protected")
    if wanted.only_xlsx and all(member.filename != _XLSX for member in members):
        raise WorkbookError("other", kind=_SOMETHING)


def _read_apart(data: bytes, wanted: Wanted) -> list[Sheet]:
    """Read it in a process of its own, which a hostile file may end; see `process`."""
    program = "imfsurvey.exchange.workbook.process"
    # -P: nothing is loaded from the current folder, which somebody else may have filled.
    command = [sys.executable, "-P", "-m", program, json.dumps(asdict(wanted))]
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise _too_large(wanted) from error
    try:
        told = json.loads(done.stdout)
    except ValueError as error:  # it ended before it had answered
        raise WorkbookError("damaged") from error
    if "failed" in told:
        raise _too_large(wanted) if told["failed"] == "large" else WorkbookError(told["failed"])
    return [Sheet(**one) for one in told["sheets"]]


def _kind_of(data: bytes) -> str:
    """What a file is that only calls itself a workbook, or something else altogether."""
    if _MARKUP.match(data.removeprefix(b"\xef\xbb\xbf")):
        return N_("a web page or XML; open it in a spreadsheet and save it as .xlsx")
    if not data.strip():
        return N_("an empty file")
    if b"\0" not in data[:4096]:
        return N_("plain text or CSV; open it in a spreadsheet and save it as .xlsx")
    return _SOMETHING


def _too_large(wanted: Wanted) -> WorkbookError:
    return WorkbookError(
        "large", bytes=MAX_BYTES, unpacked=wanted.unpacked, rows=MAX_ROWS, columns=MAX_COLUMNS
    )
