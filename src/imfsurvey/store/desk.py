"""Named data on TinyDB: drafts, actions, policy text, assessments. One readable JSON file.

A transaction is all or nothing: it works on a copy in memory under a lock and replaces the file
once, at its end. Two programs may have the same desk open; neither overwrites the other.
"""

from __future__ import annotations

import json
import math
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tinydb import TinyDB
from tinydb.storages import Storage

from imfsurvey.i18n.errors import StorageError
from imfsurvey.store import disk


class DeskStorage(Storage):
    """The file as TinyDB sees it: read once, changed in memory, replaced whole by `commit`."""

    def __init__(self, path: Path, *, writable: bool) -> None:
        super().__init__()
        self._path = path
        self._writable = writable
        self._stored = _load(path)
        self._text = self._stored

    def read(self) -> dict[str, dict[str, Any]] | None:
        """A fresh copy of all tables; None when there is no file yet."""
        if self._text is None:
            return None
        tables: dict[str, dict[str, Any]] = json.loads(self._text)
        return tables

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Take the new tables into the transaction.

        RuntimeError: this is a snapshot, or the transaction is over. TypeError, ValueError: a
        value that JSON does not have.
        """
        if not self._writable:
            raise RuntimeError("a desk is changed inside `with desk.transaction() as db` only")
        text = json.dumps(data, ensure_ascii=False, allow_nan=False, indent=1) + "\n"
        # A lone surrogate (a byte that a terminal could not decode) has no UTF-8 form. It can
        # only stand inside a string, where the backslash form is JSON's own way to write it.
        self._text = text.encode("utf-8", "backslashreplace")

    def commit(self) -> None:
        """Replace the file, unless nothing was changed. StorageError: the old file stays."""
        if self._text is None or self._text == self._stored:
            return
        with disk.explained(self._path):
            mode = 0o600
            if self._stored is not None:
                mode = stat.S_IMODE(self._path.stat().st_mode)
            disk.replace_file(self._path, self._text, mode)
        self._stored = self._text

    def close(self) -> None:
        """Refuse further changes: they would be lost."""
        self._writable = False


class Desk:
    """A TinyDB file for named data, safe with two programs open."""

    def __init__(self, path: Path) -> None:
        self.path = path.resolve()
        self._lock = self.path.with_name(self.path.name + ".lock")

    @contextmanager
    def transaction(self) -> Iterator[TinyDB]:
        """A database to read and change; saved when the block ends, dropped when it raises.

        Keep it short and ask nobody anything inside: other programs wait meanwhile.
        Raises StorageError: S101 to S103 the disk, S105 a damaged file, S106 held too long.
        """
        with disk.locked(self._lock):
            with disk.explained(self.path):
                disk.temporary(self.path).unlink(missing_ok=True)
            storage = DeskStorage(self.path, writable=True)
            with TinyDB(storage=lambda: storage) as database:
                yield database
                storage.commit()

    def read(self) -> TinyDB:
        """What the file says now, for reading only. Needs no lock: a file is replaced whole."""
        return TinyDB(storage=lambda: DeskStorage(self.path, writable=False))


def _load(path: Path) -> bytes | None:
    """The checked bytes of the file, None when there is none. StorageError S105: damaged."""
    with disk.explained(path):
        try:
            raw = path.read_bytes()
        except FileNotFoundError:
            return None
    try:
        tables = json.loads(raw, parse_constant=_finite, parse_float=_finite)
    except json.JSONDecodeError as fault:
        raise _damage(path, fault.lineno) from fault
    except UnicodeDecodeError as fault:
        raise _damage(path, 1 + raw.count(b"\n", 0, fault.start)) from fault
    except (ValueError, RecursionError) as fault:  # an endless number, endless nesting
        raise _damage(path, 1) from fault
    if not _is_database(tables):
        raise _damage(path, 1)
    return raw


def _finite(text: str) -> float:
    """A number. ValueError for one without an end: JSON has none, and we could not write it."""
    value = float(text)
    if not math.isfinite(value):
        raise ValueError("a number without an end")
    return value


def _is_database(tables: object) -> bool:
    """Tables by name, documents by number, fields by name: what TinyDB can work with."""
    return isinstance(tables, dict) and all(
        isinstance(table, dict)
        and all(key.isdecimal() and isinstance(fields, dict) for key, fields in table.items())
        for table in tables.values()
    )


def _damage(path: Path, line: int) -> StorageError:
    return StorageError(
        "IMF-S105",
        "{path} is damaged near line {line} and was left as it is. Put back a saved copy, "
        "or correct that line in a text editor.",
        path=str(path),
        line=line,
    )
