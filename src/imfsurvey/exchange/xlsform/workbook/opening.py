"""A workbook as sheets of texts, told by its content and not by the end of its name."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from imfsurvey.exchange.xlsform.losses import NoFormError, no_form
from imfsurvey.exchange.xlsform.workbook.process import MAX_COLUMNS, MAX_ROWS
from imfsurvey.i18n.catalogue import N_

MAX_BYTES: Final = 20 * 1024 * 1024
MAX_UNPACKED: Final = 200 * 1024 * 1024
SECONDS: Final = 60

_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_MARKUP: Final = re.compile(rb"\s*<(?:!doctype|html|table|\?xml|meta|head|body)", re.IGNORECASE)
_UNREADABLE: Final = (
    (FileNotFoundError, N_("there is no such file")),
    (IsADirectoryError, N_("it is a folder")),
    (PermissionError, N_("reading it is not permitted")),
)
_ELSE: Final = N_("the system refuses it")


@dataclass(frozen=True)
class Sheet:
    """One sheet; rows by number from 1, those without any text left out."""

    name: str
    rows: Sequence[tuple[int, Sequence[str]]] = ()
    hidden: bool = False
    merged: int = field(default=0)
    """Cells merged downwards, whose text was taken for every row."""


def load(path: Path) -> list[Sheet]:
    """The sheets of a file. Raises `NoFormError`."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        reason = next((words for kind, words in _UNREADABLE if isinstance(error, kind)), _ELSE)
        raise no_form("IMF-E141", "cannot be read: {reason}", reason=reason) from error
    return sheets_in(data)


def sheets_in(data: bytes) -> list[Sheet]:
    """The sheets of a workbook in memory. Raises `NoFormError`."""
    if len(data) > MAX_BYTES:
        raise _too_large()
    if data.startswith(_ZIP):
        _look_into_zip(data)
    elif data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise _protected()
    else:
        raise _no_workbook(data)
    return _read_apart(data)


def _look_into_zip(data: bytes) -> None:
    """Whether it unpacks to something of reasonable size; raises `NoFormError` if not."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError) as error:
        raise _damaged() from error
    if sum(member.file_size for member in members) > MAX_UNPACKED:
        raise _too_large()
    if any(member.flag_bits & 1 for member in members):
        raise _protected()


def _read_apart(data: bytes) -> list[Sheet]:
    """Read it in a process of its own, which a hostile file may end; see `process`."""
    command = [sys.executable, "-m", "imfsurvey.exchange.xlsform.workbook.process"]
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise _too_large() from error
    try:
        told = json.loads(done.stdout)
    except ValueError as error:  # it ended before it had answered
        raise _damaged() from error
    failed = told.get("failed")
    if failed is None:
        return [Sheet(**one) for one in told["sheets"]]
    raise {"large": _too_large, "password": _protected}.get(failed, _damaged)()


def _no_workbook(data: bytes) -> NoFormError:
    """A file that only calls itself a workbook, or something else altogether."""
    if _MARKUP.match(data.removeprefix(b"\xef\xbb\xbf")):
        kind = N_("a web page or XML; open it in a spreadsheet and save it as .xlsx")
    elif not data.strip():
        kind = N_("an empty file")
    elif _is_text(data):
        kind = N_("plain text or CSV; open it in a spreadsheet and save it as .xlsx")
    else:
        kind = N_("something else; save it as .xlsx")
    return no_form("IMF-E142", "is no workbook but {kind}", kind=kind)


def _is_text(data: bytes) -> bool:
    return b"\0" not in data[:4096]


def _damaged() -> NoFormError:
    return no_form("IMF-E143", "the workbook is damaged or incomplete")


def _protected() -> NoFormError:
    return no_form(
        "IMF-E144", "the workbook is protected by a password; save it without and try again"
    )


def _too_large() -> NoFormError:
    return no_form(
        "IMF-E145",
        "the workbook is too large: at most {bytes} bytes, {unpacked} when unpacked, {rows} rows "
        "and {columns} columns in a sheet",
        bytes=MAX_BYTES,
        unpacked=MAX_UNPACKED,
        rows=MAX_ROWS,
        columns=MAX_COLUMNS,
    )
