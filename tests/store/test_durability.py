"""What is on the medium before what. A kill does not show it, only a power cut would: so here the
calls themselves are looked at, each of which is carried out."""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from tinydb import TinyDB
from tinydb.table import Document

from imfsurvey.store import Entry, disk, slots
from imfsurvey.store.boxes import QUARANTINE, BoxStore
from imfsurvey.store.segments import Segment

WATCHED = ("pwrite", "fdatasync", "fsync", "replace", "unlink", "mkdir", "chmod")


class Calls:
    """The calls of this program that change files or flush them, in order, with the file's name."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self._made: list[tuple[str, str]] = []
        for name in WATCHED:
            patch.setattr(os, name, self._noting(name, getattr(os, name)))

    def _noting(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def noted(where: int | str | Path, *rest: Any, **named: Any) -> Any:
            self._made.append((name, _short(where)))
            return call(where, *rest, **named)

        return noted

    def __call__(self) -> list[str]:
        """Those since the last time; what is repeated at once is there once."""
        made, self._made = self._made, []
        return [f"{name} {place}" for (name, place), _ in groupby(made)]


def _short(where: int | str | Path) -> str:
    """The name of a file, without what was drawn by chance."""
    path = Path(f"/proc/self/fd/{where}").readlink() if isinstance(where, int) else Path(where)
    if path.parent.name == QUARANTINE:
        return "kept"
    return "segment" if path.name.startswith("seg-") else path.name


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Iterator[Calls]:
    """What is asked of the system from now on."""
    with monkeypatch.context() as patch:
        yield Calls(patch)


def test_a_replaced_file(tmp_path: Path, calls: Calls) -> None:
    """Its new content is on the medium before it gets the name, and the name before it counts."""
    disk.replace_file(tmp_path / "a", b"x" * 40_000)
    assert calls() == [
        "unlink a.tmp",
        "pwrite a.tmp",
        "fdatasync a.tmp",
        "chmod a.tmp",
        "replace a.tmp",
        f"fsync {tmp_path.name}",
    ]


def test_a_replaced_file_is_never_open_to_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody else may read it while it is written, and where it gets the constant time, it has that
    before it has its name."""
    write, replace = os.pwrite, os.replace
    modes, times = [], []

    def writing(descriptor: int, *rest: Any) -> int:
        modes.append(os.fstat(descriptor).st_mode & 0o777)
        return write(descriptor, *rest)

    def replacing(old: Path, new: Path) -> None:
        times.append(old.stat().st_mtime)
        replace(old, new)

    monkeypatch.setattr(os, "pwrite", writing)
    monkeypatch.setattr(os, "replace", replacing)
    disk.replace_file(tmp_path / "a", b"content", 0o644, level=True)
    assert (modes, times) == ([0o600], [disk.LEVEL_TIME])
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o644


def test_new_folders(tmp_path: Path, calls: Calls) -> None:
    """The name of each is on the medium before anything is put into it."""
    disk.make_folder(tmp_path / "wave" / "box")
    assert calls() == ["mkdir wave", f"fsync {tmp_path.name}", "mkdir box", "fsync wave"]


def test_an_erased_file(tmp_path: Path, calls: Calls) -> None:
    """All of it is overwritten, on the medium too, before the name goes."""
    path = tmp_path / "a"
    path.write_bytes(b"x" * (2 * 2**20 + 17))
    with path.open("rb") as still:
        disk.erase_file(path)
        assert still.read() == b" " * (2 * 2**20 + 17)
    assert calls() == ["chmod a", "pwrite a", "fdatasync a", "unlink a", f"fsync {tmp_path.name}"]


def test_a_response(tmp_path: Path, calls: Calls) -> None:
    """Its id is noted before it is written: a kill in between must not hide it from others. It is
    flushed before it is confirmed, and so is the one that came before, when it comes again."""
    store, response_id = BoxStore(tmp_path, 256, 16), uuid.uuid4()
    store.reserve(10)
    calls()
    store.add(response_id, b"answer")
    assert calls() == ["pwrite .lock", "pwrite segment", "fdatasync segment"]
    store.add(response_id, b"again")
    assert calls() == ["fdatasync segment"]


def test_the_last_response_of_a_segment(tmp_path: Path, calls: Calls) -> None:
    """Other programs are told to look anew before the segment is closed to them, and it is flushed
    before that: who meets one of its responses again cannot open it for writing any more."""
    store = BoxStore(tmp_path, 256, 4)
    store.reserve(3)
    for _ in range(2):  # of four slots fewer than 80 % are taken: three
        store.add(uuid.uuid4(), b"")
    calls()
    store.add(uuid.uuid4(), b"last")
    assert calls() == [
        *("pwrite .lock", "pwrite segment", "pwrite .lock"),
        *("fdatasync segment", "chmod segment", "pwrite .lock", "fdatasync segment"),
    ]


def test_room_that_was_reserved(tmp_path: Path, calls: Calls) -> None:
    """All that responses need lies on the medium: the segment, its name, and the lock file."""
    BoxStore(tmp_path / "box", 256, 16).reserve(10)
    made = calls()
    assert made.index("fdatasync segment") < made.index("replace segment")
    assert made[-3:] == ["fsync box", "pwrite .lock", "fdatasync .lock"]


def test_a_mended_slot(tmp_path: Path, calls: Calls) -> None:
    """The damaged bytes are kept, name and all, before their slot is blanked; that is flushed."""
    store = BoxStore(tmp_path, 256, 4)
    store.add(uuid.uuid4(), b"answer")
    (path,) = tmp_path.glob("seg-*.json")
    path.write_bytes(path.read_bytes().replace(b'"p"', b'"q"'))
    path.chmod(0o400)  # as a full segment, which only an administrator could change like that
    calls()
    assert len(store.mend()) == 1
    made = calls()
    assert made.index("chmod segment") < made.index("pwrite segment")
    assert made.index("fdatasync kept") < made.index("replace kept")
    kept, blanked = made.index(f"fsync {QUARANTINE}"), made.index("pwrite segment")
    assert kept < blanked and made[blanked + 1 :] == ["fdatasync segment"]


def test_what_tinydb_writes(tmp_path: Path, calls: Calls) -> None:
    """Through the storage it is flushed too, an added response and a removed one; and other
    programs are told first that the box is another now."""
    BoxStore(tmp_path, 256, 4).reserve(1)
    (path,) = tmp_path.glob("seg-*.json")
    entry = Entry(uuid.uuid4(), b"through TinyDB")
    calls()
    with TinyDB(path, storage=Segment) as database:
        document = Document(slots.document(entry), doc_id=entry.response_id.int)
        database.table("responses").insert(document)
        assert calls() == ["pwrite .lock", "pwrite segment", "fdatasync segment"]
        database.table("responses").remove(doc_ids=[entry.response_id.int])
        assert calls() == ["pwrite .lock", "pwrite segment", "fdatasync segment"]
    assert {one.stat().st_mtime for one in tmp_path.iterdir()} == {disk.LEVEL_TIME}
