"""The system calls on which the store stands: lock, write in place, flush, replace, level times.

POSIX, macOS and Windows differ here and nowhere else. Only Linux is tested; the branches for
macOS (`F_FULLFSYNC`) and Windows (`msvcrt`) follow the documentation of those systems.
Every OSError leaves this room as a StorageError, through `explained`.
"""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from imfsurvey.i18n.errors import StorageError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

LEVEL_TIME = 946_684_800
"""Seconds since 1970 given to every file of a box: 1 January 2000, UTC. A constant tells nothing;
zero would be refused by archives that begin in 1980."""

PATIENCE = 30.0
"""Seconds to wait for a lock. A box holds it for microseconds, a desk for one transaction."""

_STRIDE = 1024 * 1024
_FIRST_PAUSE, _LONGEST_PAUSE = 0.00005, 0.02
_PIECE = 16 * 1024
"""Bytes written at a time to a new file. Linux keeps what came in one large write as one large
piece of memory, and each small change within it then costs a third more until it is flushed."""

_LOCKED_BYTE = 1 << 30
"""Windows locks a byte and then keeps others from reading it: one beyond the end of any file."""

_BINARY: int = getattr(os, "O_BINARY", 0)
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_FORBIDDEN = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


class _Explained:
    """What `explained` gives. Entered several times for each response, which a generator would
    make dearer than most of what the system does then."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, fault: BaseException | None, trace: object) -> None:
        if isinstance(fault, OSError):
            raise _storage_error(fault, self._path) from fault


def explained(path: Path) -> _Explained:
    """Turn an OSError met inside into a StorageError that names the path (S101, S102, S103)."""
    return _Explained(path)


def _storage_error(fault: OSError, path: Path) -> StorageError:
    if fault.errno in _FULL:
        return StorageError(
            "IMF-S101",
            "The disk is full: {path} could not be written. Everything confirmed before is kept. "
            "Free some space, then try again.",
            path=str(path),
        )
    if fault.errno in _FORBIDDEN:
        return StorageError(
            "IMF-S102",
            "No permission to use {path}: the file or its folder is protected or read-only. "
            "Nothing was changed. Ask for access, or copy the study to a folder of your own.",
            path=str(path),
        )
    return StorageError(
        "IMF-S103",
        "The disk did not do what was asked for {path}: {reason}. "
        "Everything confirmed before is kept.",
        path=str(path),
        reason=fault.strerror or type(fault).__name__,
    )


@contextmanager
def locked(path: Path, *, shared: bool = False) -> Iterator[int]:
    """Hold the lock file `path` exclusively, between programs and between threads.

    Gives the descriptor of the lock file, which may hold a note for the next holder. `shared`:
    together with others that hold it so (Windows knows no such lock: there they take turns).

    The file is opened afresh each time, because a lock belongs to one opening. It is never
    deleted: a second program might already be waiting on it.
    Raises StorageError: S101 to S103 the disk, S106 after `PATIENCE` seconds.
    """
    with explained(path):
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | _BINARY, 0o600)
    try:
        waited = 0.0
        while not _try_lock(descriptor, path, shared):
            if waited >= PATIENCE:
                raise held_elsewhere(str(path))
            # Growing slowly: many writers of a box soon find it free.
            pause = min(_FIRST_PAUSE + waited / 4, _LONGEST_PAUSE)
            time.sleep(pause)
            waited += pause
        try:
            yield descriptor
        finally:
            _unlock(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def tried(path: Path) -> Iterator[bool]:
    """Hold the lock file `path` if nobody else does, without waiting; whether it is held.

    What a program holds in this way is free again when it ends, however it ends.
    Raises StorageError S101 to S103.
    """
    with explained(path):
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | _BINARY, 0o600)
    try:
        held = _try_lock(descriptor, path)
        try:
            yield held
        finally:
            if held:
                _unlock(descriptor)
    finally:
        os.close(descriptor)


def held_elsewhere(path: str) -> StorageError:
    """The error for a file, or a table on a server, that another program did not let go."""
    return StorageError(
        "IMF-S106",
        "{path} is held by another program. Wait until it has finished, then try again.",
        path=path,
    )


def _try_lock(descriptor: int, path: Path, shared: bool = False) -> bool:
    """Whether the lock is held now. StorageError: the disk knows no locks, as some shares."""
    try:
        if sys.platform == "win32":
            os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
            fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except OSError as fault:
        if fault.errno in (errno.EAGAIN, errno.EACCES, errno.EDEADLK):
            return False
        raise _storage_error(fault, path) from fault
    return True


def _unlock(descriptor: int) -> None:
    """Unlock by name: closing alone would leave the lock with a child forked meanwhile."""
    if sys.platform == "win32":
        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)  # reading and writing moved the position
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)
    else:
        fcntl.flock(descriptor, fcntl.LOCK_UN)


def open_for_update(path: Path) -> int:
    """A descriptor for reading and writing in place, to be closed."""
    return os.open(path, os.O_RDWR | _BINARY)


@contextmanager
def opened_for_update(path: Path) -> Iterator[int]:
    """A descriptor for reading and writing in place, for a while."""
    descriptor = open_for_update(path)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def content_of(path: Path) -> bytes:
    """All that a small file holds, by as few calls as possible."""
    descriptor = os.open(path, os.O_RDONLY | _BINARY)
    try:
        content = piece = os.read(descriptor, _PIECE)
        while len(piece) == _PIECE:  # less is the end of a file
            piece = os.read(descriptor, _PIECE)
            content += piece
        return content
    finally:
        os.close(descriptor)


def read_at(descriptor: int, size: int, offset: int) -> bytes:
    """At most `size` bytes at `offset`."""
    if sys.platform == "win32":
        os.lseek(descriptor, offset, os.SEEK_SET)
        return os.read(descriptor, size)
    return os.pread(descriptor, size, offset)


def write_at(descriptor: int, content: bytes | bytearray, offset: int) -> None:
    """Write all of `content` at `offset`: one call, unless the system takes only a part.

    On Windows position and write are two calls, so the caller holds the lock of the box.
    """
    done = 0
    while done < len(content):
        if sys.platform == "win32":
            os.lseek(descriptor, offset + done, os.SEEK_SET)
            done += os.write(descriptor, content[done:])
        else:
            done += os.pwrite(descriptor, content[done:], offset + done)


def begin_flush(descriptor: int, offset: int, size: int) -> None:
    """Let the system begin to write what a `flush` will wait for, where it can be asked to. Linux
    does when it is told that the bytes are not needed in memory any more."""
    if sys.platform == "linux":
        os.posix_fadvise(descriptor, offset, size, os.POSIX_FADV_DONTNEED)


def flush(descriptor: int) -> None:
    """Return when the contents of the file are on the medium, as far as the system can tell."""
    if sys.platform == "darwin":
        fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
    elif sys.platform == "win32":
        os.fsync(descriptor)
    else:
        os.fdatasync(descriptor)


def flush_path(path: Path) -> None:
    """`flush` for a file that is not open: durable afterwards, whoever wrote to it."""
    access = os.O_RDONLY
    if sys.platform == "win32":
        # Only a handle that may write flushes there. A protected file is a full segment, and
        # that was flushed before it was marked so.
        if not os.access(path, os.W_OK):
            return
        access = os.O_RDWR
    descriptor = os.open(path, access | _BINARY)
    try:
        flush(descriptor)
    finally:
        os.close(descriptor)


def flush_folder(path: Path) -> None:
    """Make the names in a folder durable. Windows keeps them in its own journal: nothing to do."""
    if sys.platform != "win32":
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def make_folder(path: Path) -> None:
    """Create a private folder (0700) with its parents, durably; one that exists is left alone."""
    if path.is_dir():
        return
    make_folder(path.parent)
    path.mkdir(mode=0o700, exist_ok=True)
    flush_folder(path.parent)


def temporary(path: Path) -> Path:
    """Where the next content of `path` is prepared: the same folder, hence the same disk.

    IsADirectoryError: `path` has no name of its own, as "." has none.
    """
    if not path.name:
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    return path.with_name(path.name + ".tmp")


def replace_file(path: Path, content: bytes, mode: int = 0o600, *, level: bool = False) -> None:
    """Give `path` new content so that a crash at any moment leaves the old or the new.

    `level`: with the constant time, which it then has from its first moment on.
    The caller holds the lock that covers `path`: the temporary file has one fixed name, so that
    what a killed program left behind is found and overwritten.
    """
    neighbour = temporary(path)
    neighbour.unlink(missing_ok=True)
    descriptor = os.open(neighbour, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o600)
    try:
        try:
            for begin in range(0, len(content), _PIECE):
                write_at(descriptor, content[begin : begin + _PIECE], begin)
            flush(descriptor)
        finally:
            os.close(descriptor)
        neighbour.chmod(mode)
        if level:
            level_times(neighbour)
        neighbour.replace(path)
    except OSError:
        neighbour.unlink(missing_ok=True)
        raise
    flush_folder(path.parent)


def erase_file(path: Path) -> None:
    """Overwrite a file with blanks, durably, then remove it.

    On a magnetic disk its content is then gone. An SSD, or a file system that never writes in
    place, may keep old blocks for a while: encrypt the disk as a whole.
    """
    path.chmod(0o600)
    with opened_for_update(path) as descriptor:
        size, done = os.fstat(descriptor).st_size, 0
        while done < size:
            piece = b" " * min(_STRIDE, size - done)
            write_at(descriptor, piece, done)
            done += len(piece)
        flush(descriptor)
    path.unlink()
    flush_folder(path.parent)


def level_times(path: Path) -> None:
    """Give a file or folder the constant time: when it changed is nobody's business."""
    os.utime(path, (LEVEL_TIME, LEVEL_TIME))
