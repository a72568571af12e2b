"""One segment file as a TinyDB storage: blanks, random choice, one write per response.

Unmodified TinyDB opens the file too; this storage is what *writes* to it, so that a response
costs one slot instead of the whole file and its place says nothing about when it came.
"""

from __future__ import annotations

import contextlib
import mmap
import os
import secrets
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tinydb.storages import Storage

from imfsurvey.i18n.errors import StorageError
from imfsurvey.store import disk, slots
from imfsurvey.store.slots import Contents, Entry, Frame

LOCK_NAME = ".lock"
"""One lock file covers the folder: choosing, writing and creating segments (microseconds)."""

SIGN_SIZE = 16
"""Bytes at the start of the lock file by which programs notice each other; see `sign`."""

_STRETCH = 256
"""Slots that are compared at a time with what they were, before each of them is."""

_ODD = 0
"""Remembered for a slot that begins blank and is not blank."""

_PEEK = 48
"""Bytes that hold the id of a slot: comma, quotes, colon, brace and at most 39 digits."""


def create(path: Path, frame: Frame) -> None:
    """Make a new segment with all its space allocated; all of it or no file. OSError: no space."""
    disk.replace_file(path, slots.empty_segment(frame))
    disk.level_times(path)
    disk.level_times(path.parent)


def sign(lock: int) -> bytes:
    """Leave a new random sign in the lock file, before writing: whoever finds it knows that
    another program may have written. `lock` is the descriptor of the held lock."""
    mark = secrets.token_bytes(SIGN_SIZE)
    disk.write_at(lock, mark, 0)
    return mark


class Segment(Storage):
    """What this program knows of one segment file.

    `ids` maps each id to its slot (0 in a file without slots, or with slots of another size),
    `blanks` counts the slots believed blank. `look` brings both up to date, under the lock.
    """

    def __init__(self, path: str | Path, slot_size: int | None = None) -> None:
        super().__init__()
        self.path = Path(path)
        self.frame: Frame | None = None
        self.ids: dict[int, int] = {}
        self.blanks = 0
        self._slot_size = slot_size
        self._marks = bytearray()
        self._writable = False
        self._identity: tuple[int, ...] = ()

    @property
    def room(self) -> int:
        """How many more responses it takes before it counts as full."""
        if self.frame is None or not self._writable:
            return 0
        return max(0, self.blanks - self.frame.slots + self.frame.limit)

    def look(self) -> None:
        """Learn what other programs did since the last look, or everything the first time.

        Costs one byte per slot; only slots that changed are looked into, none is verified.
        """
        with self.path.open("rb") as file:
            found = os.fstat(file.fileno())
            mode = stat.S_IMODE(found.st_mode)
            identity = (found.st_dev, found.st_ino, found.st_size, mode)
            if identity != self._identity:
                self.close()
                self._measure(file.read(slots.LARGEST_SLOT), found.st_size)
                self._writable = bool(mode & stat.S_IWUSR)
                self._identity = identity
            elif not self._writable:
                return
            if self.frame is not None:
                # Mapped and let go at once: a map held while somebody shortens the file would
                # kill the program that touches it.
                with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as view:
                    self._compare(view, self.frame)

    def holds(self, doc_id: int) -> bool:
        """Whether the response is here and sound. A torn one is not: it will be stored again."""
        slot = self.ids.get(doc_id)
        if slot is None:
            return False
        if self.frame is None:
            return True
        with self.path.open("rb") as file:
            file.seek(self.frame.offset(slot))
            entry = slots.decode(file.read(self.frame.slot_size))
        return entry is not None and entry.response_id.int == doc_id

    def place(self, doc_id: int, record: bytes) -> bool:
        """Write one encoded slot into a random blank one; the caller holds the lock and flushes.

        False: none was blank. When the write fails half-way the slot is blanked again, and the
        OSError goes on.
        """
        frame = self._frame()
        with disk.opened_for_update(self.path) as descriptor:
            slot = self._draw(descriptor, frame)
            if slot is None:
                return False
            try:
                disk.write_at(descriptor, record, frame.offset(slot))
            except OSError:
                # Should blanking fail too, the checksum still keeps the torn slot from counting.
                with contextlib.suppress(OSError):
                    disk.write_at(descriptor, b" " * frame.slot_size, frame.offset(slot))
                raise
        self.ids[doc_id] = slot
        self._mark(slot, record[0])
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
            disk.write_at(descriptor, b" " * frame.slot_size, frame.offset(slot))
            disk.flush(descriptor)
        self._mark(slot, slots.BLANK)

    def contents(self) -> Contents:
        """All that can be read now. Slots that fail are read a second time: another program may
        have been writing them."""
        contents = slots.read_segment(self.path.read_bytes(), self._slot_size)
        if contents.damaged:
            contents = slots.read_segment(self.path.read_bytes(), self._slot_size)
        return contents

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
            sign(descriptor)
            frame = self._frame()
            present = self.read()[slots.TABLE]
            fresh = [_checked(key, wanted[key]) for key in wanted.keys() - present.keys()]
            if any(wanted[key] != present[key] for key in wanted.keys() & present.keys()):
                raise _unchangeable()
            for entry in fresh:
                if not self.place(entry.response_id.int, slots.encode(*entry, frame.slot_size)):
                    raise StorageError(
                        "IMF-S110", "{path} has no blank slot left.", path=str(self.path)
                    )
            for key in present.keys() - wanted.keys():
                self.erase(self.ids[int(key)])
            disk.flush_path(self.path)
            disk.level_times(self.path)
            disk.level_times(lock)

    def close(self) -> None:
        """Forget what is known; nothing is held open."""
        self.frame, self._writable = None, False
        self.ids, self.blanks, self._identity = {}, 0, ()

    def _frame(self) -> Frame:
        if self.frame is None:
            raise StorageError(
                "IMF-S108",
                "{path} was changed by another program and is not a box any more. "
                "Its responses are still read, but nothing is written into it.",
                path=str(self.path),
            )
        return self.frame

    def _measure(self, start: bytes, size: int) -> None:
        """Take in the frame; a file that is not in slots is read whole, for its ids."""
        frame = slots.frame_of(start)
        if frame is None or size != frame.length or self._slot_size not in (None, frame.slot_size):
            self.ids = {entry.response_id.int: 0 for entry in self.contents().entries}
            return
        self.frame = frame
        self._marks = bytearray(b" " * frame.slots)
        self.blanks = frame.slots

    def _compare(self, view: mmap.mmap, frame: Frame) -> None:
        """Take in the slots whose first byte is not what it was."""
        marks = view[frame.slot_size : -len(slots.END) : frame.slot_size]
        if marks == self._marks:
            return
        for begin in range(0, frame.slots, _STRETCH):
            old, new = self._marks[begin : begin + _STRETCH], marks[begin : begin + _STRETCH]
            if old == new:
                continue
            for slot, (was, now) in enumerate(zip(old, new, strict=True), start=begin + 1):
                if was != now:
                    self._mark(slot, now)
                    start = frame.offset(slot)
                    doc_id = slots.peek_id(view[start : start + _PEEK])
                    if doc_id is not None:
                        self.ids[doc_id] = slot

    def _mark(self, slot: int, byte: int) -> None:
        """Take in the first byte of a slot, by which it is blank or not."""
        self.blanks += (byte == slots.BLANK) - (self._marks[slot - 1] == slots.BLANK)
        self._marks[slot - 1] = byte

    def _draw(self, descriptor: int, frame: Frame) -> int | None:
        """A slot that really is blank in the file, each equally likely: tried until one is met,
        which is soon, since a fifth of them stay blank."""
        blank = b" " * frame.slot_size
        while self.blanks:
            slot = 1 + secrets.randbelow(frame.slots)
            if self._marks[slot - 1] != slots.BLANK:
                continue
            if disk.read_at(descriptor, frame.slot_size, frame.offset(slot)) == blank:
                return slot
            self._mark(slot, _ODD)
        return None


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
