"""A disk without space: by a limit on file size everywhere, on a real small disk as root."""

import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from imfsurvey.i18n.errors import StorageError
from imfsurvey.store.boxes import BoxStore
from imfsurvey.store.desk import Desk

SLOT_SIZE, SEGMENT_SLOTS = 1024, 32

LIMITED = """
import resource, signal, sys, uuid
from pathlib import Path
from imfsurvey.i18n.errors import StorageError
from imfsurvey.store.boxes import BoxStore
from imfsurvey.store.desk import Desk

kind, folder, limit = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
store = BoxStore(folder, 1024, 32)
for number in range(25):
    try:
        if kind == "reserve":
            store.reserve(25)
        elif kind == "add":
            store.add(uuid.uuid4(), b"answer")
        else:
            with Desk(folder / "study.json").transaction() as database:
                database.insert({"text": "x" * 2 * limit})
        print("stored")
    except StorageError as error:
        print(error.code)
"""


def outcomes(kind: str, folder: Path, limit: int) -> list[str]:
    """Try 25 times in a program whose files may not grow beyond `limit` bytes."""
    command = [sys.executable, "-c", LIMITED, kind, str(folder), str(limit)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    assert done.stderr == ""
    return done.stdout.split()


@pytest.mark.parametrize("kind", ["reserve", "add"])
def test_no_space_for_a_segment(tmp_path: Path, kind: str) -> None:
    """Without space for a segment, reserving and adding are refused and leave nothing behind."""
    assert outcomes(kind, tmp_path, 20_000) == ["IMF-S101"] * 25
    assert [path.name for path in tmp_path.iterdir()] == [".lock"]


def test_slots_that_cannot_be_written(tmp_path: Path) -> None:
    """A slot whose write fails or stops half-way stays blank; what is confirmed is stored."""
    store = BoxStore(tmp_path, SLOT_SIZE, SEGMENT_SLOTS)
    store.add(uuid.uuid4(), b"before")
    # The limit lies in the middle of slot 16: half of the slots may be written.
    results = outcomes("add", tmp_path, 16 * SLOT_SIZE + 40)
    assert set(results) == {"IMF-S101", "stored"}
    assert store.damaged() == []
    assert store.count() == 1 + results.count("stored")


def test_reserved_slots_need_no_space(tmp_path: Path) -> None:
    """What was reserved is stored although no file may grow by a byte."""
    BoxStore(tmp_path, SLOT_SIZE, SEGMENT_SLOTS).reserve(25)
    size = (SEGMENT_SLOTS + 1) * SLOT_SIZE + 3
    assert outcomes("add", tmp_path, size) == ["stored"] * 25


def test_desk_without_space(tmp_path: Path) -> None:
    """A desk that cannot be saved says so and keeps the old file."""
    desk = Desk(tmp_path / "study.json")
    with desk.transaction() as database:
        database.insert({"n": 1})
    before = desk.path.read_bytes()
    assert outcomes("desk", tmp_path, 10_000) == ["IMF-S101"] * 25
    assert desk.path.read_bytes() == before
    assert not (tmp_path / "study.json.tmp").exists()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 512 KiB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", disk], check=True)
    yield disk
    subprocess.run(["umount", disk], check=True)


def fill(disk: Path) -> None:
    """Take the last byte of a disk."""
    with (disk / "filling").open("wb", buffering=0) as file, pytest.raises(OSError, match="space"):
        while True:
            file.write(b"x" * 4096)


@pytest.mark.system
def test_full_disk(small_disk: Path) -> None:
    """On a full disk all reserved responses are stored; the next reservation is refused."""
    store = BoxStore(small_disk / "box", SLOT_SIZE, 128)
    store.reserve(200)
    fill(small_disk)
    for number in range(200):
        store.add(uuid.uuid4(), number.to_bytes(2, "big"))
    with pytest.raises(StorageError, match="IMF-S101"):
        store.reserve(200)
    assert sorted(store.payloads()) == [number.to_bytes(2, "big") for number in range(200)]
    assert not list((small_disk / "box").glob("*.tmp"))


@pytest.mark.system
def test_desk_on_a_full_disk(small_disk: Path) -> None:
    """On a full disk a desk keeps its old file and works again once there is space."""
    desk = Desk(small_disk / "study.json")
    with desk.transaction() as database:
        database.insert({"n": 1})
    fill(small_disk)
    with pytest.raises(StorageError, match="IMF-S101"), desk.transaction() as database:
        database.insert({"n": 2, "text": "x" * 10_000})
    assert desk.read().all() == [{"n": 1}]
    (small_disk / "filling").unlink()
    with desk.transaction() as database:
        database.insert({"n": 2})
    assert desk.read().all() == [{"n": 1}, {"n": 2}]


@pytest.mark.system
def test_reserving_on_a_full_disk(small_disk: Path) -> None:
    """A reservation that does not fit is refused whole, and does fit once there is space."""
    fill(small_disk)
    (small_disk / "filling").rename(small_disk / "other")
    with pytest.raises(StorageError, match="IMF-S101"):
        BoxStore(small_disk / "box", SLOT_SIZE, 128).reserve(1)
    assert not list((small_disk / "box").glob("seg-*"))
    (small_disk / "other").unlink()
    store = BoxStore(small_disk / "box", SLOT_SIZE, 128)
    with pytest.raises(StorageError, match="IMF-S101"):
        store.reserve(1000)  # a megabyte and more
    assert [path.name for path in (small_disk / "box").iterdir()] == [".lock"]
    store.reserve(200)
    assert store.room() >= 200


@pytest.mark.system
def test_mending_on_a_full_disk(small_disk: Path) -> None:
    """A damaged slot whose bytes cannot be kept apart stays as it is, until there is space."""
    store = BoxStore(small_disk / "box", SLOT_SIZE, 8)
    store.add(uuid.uuid4(), b"one")
    store.add(uuid.uuid4(), b"two")
    (path,) = (small_disk / "box").glob("seg-*.json")
    raw = path.read_bytes()
    path.write_bytes(raw.replace(b'"b25l"', b'"b25m"'))
    torn = path.read_bytes()
    fill(small_disk)
    with pytest.raises(StorageError, match="IMF-S101"):
        store.mend()
    assert path.read_bytes() == torn
    assert list(store.payloads()) == [b"two"]
    (small_disk / "filling").unlink()
    assert len(store.mend()) == 1
    assert store.damaged() == []


@pytest.mark.system
def test_read_only_disk(small_disk: Path) -> None:
    """On a read-only disk everything is read and merged from, every change is refused as such,
    and nothing is changed."""
    BoxStore(small_disk, SLOT_SIZE, 8).add(uuid.uuid4(), b"answer")
    with Desk(small_disk / "study.json").transaction() as database:
        database.insert({"n": 1})
    (small_disk / "seg-0123456789abcdef.json.tmp").write_bytes(b"left behind")
    before = {path: (path.read_bytes(), path.stat()) for path in small_disk.iterdir()}
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    store, desk = BoxStore(small_disk, SLOT_SIZE, 8), Desk(small_disk / "study.json")
    assert list(store.payloads()) == [b"answer"]
    assert (store.count(), store.damaged(), len(store.digests())) == (1, [], 1)
    assert desk.read().all() == [{"n": 1}]
    assert BoxStore(small_disk.with_name("all"), SLOT_SIZE, 8).merge(store) == 1
    for change in (lambda: store.add(uuid.uuid4(), b"more"), lambda: store.reserve(1), store.mend):
        with pytest.raises(StorageError, match=r"IMF-S102.*copy the study"):
            change()
    with pytest.raises(StorageError, match="IMF-S102"), desk.transaction() as database:
        database.insert({"n": 2})
    assert {path: (path.read_bytes(), path.stat()) for path in small_disk.iterdir()} == before
