import errno
import fcntl
import os
from pathlib import Path

import pytest

from imfsurvey.i18n.errors import StorageError
from imfsurvey.store import disk


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "IMF-S101"),
        (errno.EDQUOT, "IMF-S101"),
        (errno.EFBIG, "IMF-S101"),
        (errno.EACCES, "IMF-S102"),
        (errno.EPERM, "IMF-S102"),
        (errno.EROFS, "IMF-S102"),
        (errno.EIO, "IMF-S103"),
        (errno.ENOENT, "IMF-S103"),
    ],
)
def test_faults_of_the_system(number: int, code: str) -> None:
    """Each fault of the system becomes a StorageError with its code, naming the path."""
    with pytest.raises(StorageError) as caught, disk.explained(Path("boxes/x.json")):
        raise OSError(number, os.strerror(number))
    assert caught.value.code == code
    assert "boxes/x.json" in str(caught.value)


def test_replacing_leaves_no_neighbour(tmp_path: Path) -> None:
    """A replaced file has the new content and mode, and nothing else is in the folder."""
    path = tmp_path / "a"
    disk.temporary(path).write_bytes(b"left behind by a killed program")
    disk.replace_file(path, b"new", 0o640)
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o640
    assert list(tmp_path.iterdir()) == [path]


def test_failed_replacing_keeps_the_old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When flushing fails the old file stays and the neighbour goes."""

    def failing(descriptor: int) -> None:
        raise OSError(errno.EIO, "flush failed")

    path = tmp_path / "a"
    path.write_bytes(b"old")
    monkeypatch.setattr(disk, "flush", failing)
    with pytest.raises(OSError, match="flush failed"):
        disk.replace_file(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_written_in_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A system that takes only part of a write is asked again until all is written."""
    pwrite = os.pwrite
    monkeypatch.setattr(os, "pwrite", lambda d, content, at: pwrite(d, content[:3], at))
    path = tmp_path / "a"
    path.write_bytes(b"." * 12)
    with disk.opened_for_update(path) as descriptor:
        disk.write_at(descriptor, b"abcdefgh", 2)
    assert path.read_bytes() == b"..abcdefgh.."


def test_folders_are_private(tmp_path: Path) -> None:
    """New folders are made with their parents and are private; existing ones stay."""
    disk.make_folder(tmp_path / "waves" / "box")
    disk.make_folder(tmp_path / "waves" / "box")
    assert (tmp_path / "waves").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "waves" / "box").is_dir()


def test_a_disk_without_locks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some network shares know no locks. That is told as a fault of the disk, with its path."""

    def unknown(descriptor: int, kind: int) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(fcntl, "flock", unknown)
    for holding in (disk.locked, disk.tried):
        words = pytest.raises(StorageError, match=r"IMF-S103: .*board\.lock")
        with words, holding(tmp_path / "board.lock"):
            raise AssertionError("it must not be held")
