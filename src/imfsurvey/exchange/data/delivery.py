"""A file appears whole or not at all, and only after it was read back and counted."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from imfsurvey.exchange.data.codebook import Table
from imfsurvey.exchange.data.formats.kinds import Kind, Shape
from imfsurvey.i18n.errors import StorageError
from imfsurvey.store.disk import (
    erase_file,
    explained,
    flush_folder,
    flush_path,
    locked,
    make_folder,
)

_PRIVATE, _PUBLIC = 0o600, 0o644


@contextmanager
def delivering(folder: Path) -> Iterator[None]:
    """Write files into a folder, one program at a time.

    What a killed program left behind may hold answers: it is overwritten and removed first.
    """
    with explained(folder):
        make_folder(folder)
    with locked(folder / ".lock"):
        for left in folder.glob(".*.tmp"):
            with explained(left):
                erase_file(left)
        yield


@dataclass(frozen=True)
class Delivered:
    """One file that is there, as it was found when it was read back."""

    path: Path
    rows: int
    columns: int
    checksum: str


def deliver(table: Table, kind: Kind, folder: Path) -> Delivered:
    """Write a table as a file of one kind, read it back, then put it into its place.

    Broken off at any moment, the place holds what it held before. Raises `StorageError` when the
    disk fails, and when what was read is not what was to be written.
    """
    path = folder / f"{table.stem}{kind.ending}"
    with explained(path), _prepared(path) as neighbour:
        kind.write(table, neighbour)
        found = _found(table, kind, neighbour)
        if found != kind.expected(table):
            raise StorageError(
                "IMF-F441",
                "{file} was written, but reading it back gave something else, so it was not kept. "
                "Check the disk, then try again.",
                file=str(path),
            )
        neighbour.chmod(_PRIVATE if table.codebook.private else _PUBLIC)
        flush_path(neighbour)
        neighbour.replace(path)
        flush_folder(folder)
    return Delivered(path, *found)


def _found(table: Table, kind: Kind, path: Path) -> Shape:
    """What is in a file; nothing when it cannot be read."""
    try:
        return kind.read(table, path)
    except ValueError:
        return Shape(0, 0, "")


@contextmanager
def _prepared(path: Path) -> Iterator[Path]:
    """An empty private file beside the place; removed however this ends."""
    neighbour = path.with_name(f".{path.name}.tmp")
    neighbour.unlink(missing_ok=True)
    os.close(os.open(neighbour, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE))
    try:
        yield neighbour
    finally:
        with contextlib.suppress(OSError):
            neighbour.unlink(missing_ok=True)
