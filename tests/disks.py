"""A disk of its own for a test, to be looked at byte by byte afterwards."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SIZE = 32 * 1024 * 1024
_BLOCK = 4096


class Disk:
    """An ext4 file system in a file; where it cannot be mounted, a folder in its place."""

    def __init__(self, place: Path) -> None:
        place.mkdir()
        self._image, self.folder = place / "image", place / "mounted"
        self.folder.mkdir()
        self.whole = os.geteuid() == 0 and bool(shutil.which("mkfs.ext4")) and self._format()
        """Whether what was deleted can be looked for too."""

    def _format(self) -> bool:
        self._image.write_bytes(b"")
        os.truncate(self._image, SIZE)
        subprocess.run(["mkfs.ext4", "-q", "-F", "-b", str(_BLOCK), str(self._image)], check=True)
        return self._mount().returncode == 0

    def _mount(self) -> subprocess.CompletedProcess[bytes]:
        # "sync": also what is deleted at once gets as far as the disk.
        how = ["mount", "-o", "loop,sync", str(self._image), str(self.folder)]
        return subprocess.run(how, capture_output=True, check=False)

    def take_out(self) -> bytes:
        """Unmount it; every byte of it, empty blocks left out."""
        if not self.whole:
            files = sorted(path for path in self.folder.rglob("*") if path.is_file())
            return b"\n".join(b"%s\n%s" % (bytes(path), path.read_bytes()) for path in files)
        subprocess.run(["umount", str(self.folder)], check=True)
        with self._image.open("rb") as raw:
            blocks = iter(lambda: raw.read(_BLOCK), b"")
            return b"".join(block for block in blocks if block != bytes(_BLOCK))

    def put_in(self) -> None:
        """Mount it again."""
        if self.whole:
            assert self._mount().returncode == 0

    def _release(self) -> None:
        if self.folder.is_mount():
            subprocess.run(["umount", "--lazy", str(self.folder)], check=True)


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """No file of this program may grow beyond so many bytes meanwhile, as on a full disk."""
    room, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, most))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, most))


@contextmanager
def disk(place: Path) -> Iterator[Disk]:
    """A disk that is there for a while."""
    made = Disk(place)
    try:
        yield made
    finally:
        made._release()
