"""One segment file as a TinyDB storage: blanks, random choice, one write per response.

Unmodified TinyDB opens the file too; this storage is what *writes* to it, so that a response
costs one slot instead of the whole file and its place says nothing about when it came.
"""

from __future__ import annotations

import contextlib
import mmap
import os
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from tinydb.storages import Storage

from imfsurvey.i18n.errors import StorageError
from imfsurvey.store import Entry, disk, hints, slots
from imfsurvey.store.slots import Contents, Frame

LOCK_NAME = ".lock"
"""One lock file covers the folder: choosing, writing and creating segments (microseconds)."""

_ODD = 0
"""Remembered for a slot that begins blank and is not blank."""

_PEEK = 48
"""Bytes that hold the id of a slot: comma, quotes, colon, brace and at most 39 digits."""

_CHANCE = 64
"""Random bytes drawn at a time; four of them are a try at a blank slot."""

_CHUNK = 1 << 20
"""Bytes read at a time in search of an id; a multiple of every slot size."""


class Written(NamedTuple):
    """A slot that is filled and not flushed."""

    descriptor: int
    """The open file: whoever asked for it flushes and closes it."""
    offset: int


def create(path: Path, frame: Frame) -> None:
    """Make a new segment with all its space allocated; all of it or no file. OSError: no space."""
    disk.replace_file(path, slots.empty_segment(frame))
    disk.level_times(path)
    disk.level_times(path.parent)


class Segment(Storage):
    """What this program knows of one segment file.

    `blanks` counts the slots believed blank: other programs may have filled some of them since
    the last `look`, so a slot is tried before it is written.
    """

    def __init__(self, path: str | Path, slot_size: int | None = None) -> None:
        super().__init__()
        self.path = Path(path)
        self.frame: Frame | None = None
        self.blanks = 0
        self._slot_size = slot_size
        self._marks = bytearray()
        self._blank = b""
        self._size = 0
        self._writable = False
        self._packed: frozenset[int] = frozenset()

    @property
    def room(self) -> int:
        """How many more responses it takes before it counts as full."""
        if self.frame is None or not self._writable:
            return 0
        return max(0, self.blanks - self.frame.slots + self.frame.limit)

    @property
    def filled(self) -> int:
        """How many slots are believed filled; 0 in a file that is not in slots."""
        return len(self._marks) - self.blanks

    @property
    def kind(self) -> str:
        """Name, size and whether it is written, as a line: segments that are the same have the
        same."""
        return f"{self.path.name} {self._size} {'rw' if self._writable else 'r'}\n"

    def look(self) -> None:
        """Learn what the file is and which slots are blank: one byte a slot, nothing is verified.

        A file that is not in slots, or in slots of another size, is read whole for its ids.
        """
        self.close()
        with self.path.open("rb") as file:
            found = os.fstat(file.fileno())
            self._size = found.st_size
            frame = slots.frame_of(file.read(slots.LARGEST_SLOT))
            if (
                frame is not None
                and found.st_size == frame.length
                and self._slot_size in (None, frame.slot_size)
            ):
                self._measure(file.fileno(), frame)
                self._writable = bool(found.st_mode & stat.S_IWUSR)
            else:
                self._packed = frozenset(e.response_id.int for e in self.contents().entries)

    def doc_ids(self) -> Iterator[int]:
        """The id at the start of each filled slot, unverified; 0 for a slot without one."""
        if self.frame is None:
            return
        size = self.frame.slot_size
        for first, piece in self._pieces():
            for place, mark in enumerate(self._marks[first - 1 : first - 1 + _CHUNK // size]):
                if mark != slots.BLANK:
                    yield slots.peek_id(piece[place * size : place * size + _PEEK]) or 0

    def holds(self, doc_id: int) -> bool:
        """Whether the response is here and sound: reads the whole file, unless it is packed."""
        return doc_id in self._packed if self.frame is None else self.find(doc_id) is not None

    def find(self, doc_id: int) -> int | None:
        """The slot of a sound response. A torn one is not found: it will be stored again."""
        size, start = self._frame().slot_size, slots.start_of(doc_id)
        for first, piece in self._pieces():
            at = piece.find(start)
            while at >= 0:
                if at % size == 0 and slots.decode(piece[at : at + size]) is not None:
                    return first + at // size
                at = piece.find(start, at + 1)
        return None

    def place(self, record: bytes) -> Written | None:
        """Try to write an encoded slot over a random blank one; the caller holds the lock.

        None: the slot drawn is not blank any more; draw anew, perhaps in another segment.

        When the write fails half-way the slot is blanked again, and the OSError goes on.
        """
        frame = self._frame()
        slot = self._draw(frame)
        offset = frame.offset(slot)
        descriptor = disk.open_for_update(self.path)
        try:
            written = self._fill(descriptor, offset, record)
        except OSError:
            os.close(descriptor)
            raise
        self._mark(slot, record[0] if written else _ODD)
        if not written:
            os.close(descriptor)
            return None
        return Written(descriptor, offset)

    def _fill(self, descriptor: int, offset: int, record: bytes) -> bool:
        """Write the slot there, if it is blank."""
        if disk.read_at(descriptor, len(record), offset) != self._blank:
            return False
        try:
            disk.write_at(descriptor, record, offset)
        except OSError:
            # Should blanking fail too, the checksum still keeps the torn slot from counting.
            with contextlib.suppress(OSError):
                disk.write_at(descriptor, self._blank, offset)
            raise
        return True

    def retire(self) -> None:
        """Mark the segment full: it is skipped from now on. Flushed first, so that whoever meets
        one of its responses again need not flush what it cannot open for writing."""
        disk.flush_path(self.path)
        self.path.chmod(stat.S_IRUSR)
        self._writable = False

    def erase(self, slot: int) -> None:
        """Blank one slot durably; the caller holds the lock."""
        frame = self._frame()
        with disk.opened_for_update(self.path) as descriptor:
            disk.write_at(descriptor, self._blank, frame.offset(slot))
            disk.flush(descriptor)
        self._mark(slot, slots.BLANK)

    def contents(self) -> Contents:
        """All that can be read now. Slots that fail are read a second time: another program may
        have been writing them."""
        contents = slots.read_segment(self.path.read_bytes(), self._slot_size)
        if contents.damaged:
            contents = slots.read_segment(self.path.read_bytes(), self._slot_size)
        return contents

    def stretches(self) -> Iterator[list[Entry]]:
        """The sound responses of one piece of the file after the other, in the order of the file;
        of a file whose frame is not sound, all at once. As `contents`, with little memory."""
        with self.path.open("rb") as file:
            frame = slots.frame_of(file.read(slots.LARGEST_SLOT))
            if frame is not None and os.fstat(file.fileno()).st_size == frame.length:
                for at in range(frame.offset(1), frame.offset(frame.slots + 1), _CHUNK):
                    size = min(_CHUNK, frame.offset(frame.slots + 1) - at)
                    yield _read_stretch(file, at, size, frame.slot_size)
                return
        yield self.contents().entries

    def read(self) -> dict[str, dict[str, Any]]:
        """The database as TinyDB wants it: one table, damaged slots and the anchor left out."""
        with disk.explained(self.path):
            entries = self.contents().entries
        return {slots.TABLE: {str(e.response_id.int): slots.document(e) for e in entries}}

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Store what TinyDB added and blank what it removed, slot by slot.

        Raises StorageError S108 when the file is not in slots, S109 when a document was changed
        or is no response, S110 when no slot is left.
        """
        wanted = data.get(slots.TABLE, {})
        lock = self.path.with_name(LOCK_NAME)
        with disk.explained(self.path), disk.locked(lock) as descriptor:
            self.look()
            # Stores that have the folder open shall look at it anew.
            hints.write_sign(descriptor, bytes(hints.SIGN_SIZE))
            self._frame()
            present = self.read()[slots.TABLE]
            fresh = [_checked(key, wanted[key]) for key in wanted.keys() - present.keys()]
            if any(wanted[key] != present[key] for key in wanted.keys() & present.keys()):
                raise _unchangeable()
            for entry in fresh:
                self._insert(entry)
            for key in present.keys() - wanted.keys():
                slot = self.find(int(key))
                if slot is not None:
                    self.erase(slot)
            disk.flush_path(self.path)
            disk.level_times(self.path)
            disk.level_times(lock)

    def close(self) -> None:
        """Forget what is known; nothing is held open."""
        self.frame, self._writable = None, False
        self._marks, self.blanks, self._packed = bytearray(), 0, frozenset()

    def _insert(self, entry: Entry) -> None:
        record = slots.encode(*entry, self._frame().slot_size)
        placed = None
        while placed is None:
            if not self.blanks:
                raise StorageError(
                    "IMF-S110", "{path} has no blank slot left.", path=str(self.path)
                )
            placed = self.place(record)
        os.close(placed.descriptor)

    def _frame(self) -> Frame:
        if self.frame is None:
            raise StorageError(
                "IMF-S108",
                "{path} was changed by another program and is not a box any more. "
                "Its responses are still read, but nothing is written into it.",
                path=str(self.path),
            )
        return self.frame

    def _measure(self, descriptor: int, frame: Frame) -> None:
        """Take in the first byte of every slot, by which it is blank or not."""
        # Mapped and let go at once: a map held while somebody shortens the file would kill the
        # program that touches it.
        with mmap.mmap(descriptor, 0, access=mmap.ACCESS_READ) as view:
            self._marks = bytearray(view[frame.slot_size : -len(slots.END) : frame.slot_size])
        self.frame = frame
        self.blanks = self._marks.count(slots.BLANK)
        self._blank = b" " * frame.slot_size

    def _pieces(self) -> Iterator[tuple[int, bytes]]:
        """Stretches of whole slots, each with the number of its first."""
        frame = self._frame()
        with self.path.open("rb") as file:
            file.seek(frame.offset(1))
            for first in range(1, frame.slots + 1, _CHUNK // frame.slot_size):
                yield first, file.read(_CHUNK)

    def _mark(self, slot: int, byte: int) -> None:
        """Take in the first byte of a slot."""
        self.blanks += (byte == slots.BLANK) - (self._marks[slot - 1] == slots.BLANK)
        self._marks[slot - 1] = byte

    def _draw(self, frame: Frame) -> int:
        """A slot believed blank, each equally likely: tried until one is met, which is soon,
        since a fifth of them stay blank. Chance is asked for once, for several tries."""
        mask = (1 << frame.slots.bit_length()) - 1
        while True:
            for chance in memoryview(os.urandom(_CHANCE)).cast("I"):
                slot: int = chance & mask
                if 0 < slot <= frame.slots and self._marks[slot - 1] == slots.BLANK:
                    return slot


def _read_stretch(file: BinaryIO, at: int, size: int, slot_size: int) -> list[Entry]:
    for _ in range(2):  # slots that fail once more, as in `contents`
        # Not through the file's buffer, which of a small segment would give the same bytes again.
        contents = slots.read_stretch(disk.read_at(file.fileno(), size, at), slot_size)
        if not contents.damaged:
            break
    return contents.entries


def _checked(doc_id: str, fields: Mapping[str, Any]) -> Entry:
    """The entry of a document that TinyDB wants stored; S109 when it is no sound response."""
    entry = slots.entry_of(doc_id, fields)
    if entry is None:
        raise _unchangeable()
    return entry


def _unchangeable() -> StorageError:
    return StorageError(
        "IMF-S109",
        "A box takes whole responses and gives them back unchanged. Nothing was written.",
    )
