"""Responses in boxes: a folder of slotted segments, the embedded store.

One response is one write into a random blank slot, so neither the file nor the raw disk tells
who came when. What a second look at the disk could tell is kept small: every segment has the
same time, segments are named at random, and those needed for everyone invited should be reserved
before the first answer (a segment opened later holds later answers only).

Several programs may use one folder at a time. They need one machine with a local disk: file
locks and memory maps are not dependable between two machines on a network share.
"""

from __future__ import annotations

import os
import random
import re
import secrets
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from imfsurvey.store import Damage, disk, slots
from imfsurvey.store.segments import LOCK_NAME, SIGN_SIZE, Segment, create, sign
from imfsurvey.store.slots import Entry

QUARANTINE = "quarantine"
"""Folder inside the box folder for the bytes of damaged slots that were blanked."""

SEGMENTS = 8
"""Into how many segments a reservation goes at most, unless they would be too large to read."""

GROWTH = 4
"""A segment for people who were not expected holds this part of what the box holds already."""

_NAME = re.compile(r"seg-[0-9a-f]{16}\.json")


class BoxStore:
    """The ResponseStore over one folder of segments.

    `slot_size` (bytes, a power of two from 128 to 4096) comes from the questionnaire through
    `slots.slot_size_for`; `segment_slots` is the fewest slots that a new segment gets. A large
    box gets larger segments, since adding takes time for each of them. Opening reads no response;
    a folder that is not there yet is an empty store.
    """

    def __init__(self, folder: Path, slot_size: int, segment_slots: int = 1024) -> None:
        self.folder = folder
        self._frame = slots.make_frame(slot_size, segment_slots)
        self._lock = folder / LOCK_NAME
        self._segments: dict[str, Segment] = {}
        self._sign = b""
        self._program = os.getpid()
        self._remove_strays()

    def add(self, response_id: uuid.UUID, payload: bytes) -> None:
        """Store one response; durable when this returns, a known id changes nothing.

        ValueError: the id is no uuid4 (the other kinds tell the time or the machine).
        StorageError: S104 too long for a slot, S101 to S103 the disk, S106 the folder is held.
        """
        self._add(Entry(response_id, payload))

    def payloads(self) -> Iterator[bytes]:
        """Every sound payload once, shuffled; at most one segment is in memory."""
        return (entry.payload for entry in self.entries())

    def count(self) -> int:
        """How many responses are readable now, those of other programs included."""
        return sum(1 for _ in self.entries())

    def reserve(self, slots: int) -> None:
        """Allocate segments until `slots` more responses fit below 80 % of the slots.

        StorageError S101: the disk is full; what was allocated before that stays.
        """
        with self._held():
            missing = slots - sum(segment.room for segment in self._segments.values())
            share = -(-missing // SEGMENTS)
            while missing > 0:
                missing -= self._new_segment(share).room
            self._level()
            disk.flush_path(self._lock)  # its few bytes need space too

    def damaged(self) -> Sequence[Damage]:
        """Every place that cannot be read as it was written, by file and slot."""
        with disk.explained(self.folder):
            return [
                Damage(path.name, slot)
                for path in self._paths()
                for slot in self._segment(path).contents().damaged
            ]

    def entries(self) -> Iterator[Entry]:
        """Payloads with their ids, for merging and moving; each id once, in no order of arrival.

        When an id lies in two segments, the one whose (random) file name sorts first counts, so
        that two readings give the same set.
        """
        seen: set[uuid.UUID] = set()
        for path in self._paths():
            with disk.explained(path):
                found = self._segment(path).contents().entries
            fresh = {entry.response_id: entry for entry in reversed(found)}
            batch = [entry for key, entry in fresh.items() if key not in seen]
            seen.update(fresh)
            random.SystemRandom().shuffle(batch)
            yield from batch

    def merge(self, other: BoxStore) -> int:
        """Take in what another box folder holds and this one does not; returns how many."""
        return sum(self._add(entry) for entry in other.entries())

    def mend(self) -> Sequence[Damage]:
        """Blank the damaged slots and return them; their bytes are kept in `quarantine/`.

        After that unmodified TinyDB opens the segment again. A damaged header or end is left as
        it is: such a file is read, and not written any more.
        """
        mended = []
        with self._held():
            for name, segment in self._segments.items():
                frame = segment.frame
                if frame is None:
                    continue
                raw = segment.path.read_bytes()
                for slot in slots.read_segment(raw).damaged:
                    if slot is None or not 1 <= slot <= frame.slots:
                        continue
                    self._keep(raw[frame.offset(slot) : frame.offset(slot + 1)])
                    segment.path.chmod(0o600)
                    segment.erase(slot)
                    mended.append(Damage(name, slot))
            self._level()
        return mended

    def equalise(self) -> None:
        """Give every file of the folder, and the folder, the constant time. Used when a wave
        closes; nothing is written afterwards, so nothing moves the times again."""
        with self._held():
            for path in self.folder.rglob("*"):
                disk.level_times(path)
            disk.level_times(self.folder)

    def destroy(self) -> None:
        """Overwrite and remove every file of the box, quarantine included. What was stored is
        gone; the folder stays, empty."""
        with disk.explained(self.folder):
            if self.folder.is_dir():
                with disk.locked(self._lock):
                    for path in sorted(self.folder.rglob("*"), reverse=True):
                        if path.is_file() and path != self._lock:
                            disk.erase_file(path)
                        elif path.is_dir():
                            path.rmdir()
        self.close()

    def close(self) -> None:
        """Forget what is known; the store may be used again and then looks anew."""
        self._segments.clear()
        self._sign = b""

    def _add(self, entry: Entry) -> bool:
        """`add`, telling whether the response was new."""
        if entry.response_id.version != 4:
            raise ValueError("a response id is a uuid4; other kinds tell the time or the machine")
        doc_id = entry.response_id.int
        record = slots.encode(*entry, self._frame.slot_size)
        with self._held():
            known = [s for s in self._segments.values() if doc_id in s.ids and s.holds(doc_id)]
            segment = known[0] if known else self._place(doc_id, record)
            self._level()
        # Outside the lock, so that several writers flush at a time. A known id is flushed too:
        # its first writer may have been killed before it got so far.
        with disk.explained(segment.path):
            disk.flush_path(segment.path)
        return not known

    def _place(self, doc_id: int, record: bytes) -> Segment:
        while True:
            segment = self._choose()
            placed = segment.place(doc_id, record)
            if not segment.room:
                segment.retire()
            if placed:
                return segment

    def _choose(self) -> Segment:
        """A segment with room, weighted so that every blank slot of all is equally likely."""
        candidates = [segment for segment in self._segments.values() if segment.room]
        if not candidates:
            # More came than were expected. A fixed size would give ever more segments.
            limits = [s.frame.limit for s in self._segments.values() if s.frame is not None]
            return self._new_segment(sum(limits) // GROWTH)
        blanks = [segment.blanks for segment in candidates]
        return random.SystemRandom().choices(candidates, weights=blanks)[0]

    def _new_segment(self, responses: int) -> Segment:
        """A segment of the usual size, or of a larger one when that many shall fit."""
        path = self.folder / f"seg-{secrets.token_hex(8)}.json"
        create(path, max(self._frame, slots.roomy_frame(self._frame.slot_size, responses)))
        segment = self._segment(path)
        segment.look()
        self._segments[path.name] = segment
        return segment

    @contextmanager
    def _held(self) -> Iterator[None]:
        """Hold the folder's lock, knowing what other programs did until now.

        When the sign in the lock file is the one left there by this store, nobody wrote since
        and nothing is looked at: the cost of adding does not grow with what is stored.
        """
        with disk.explained(self.folder):
            disk.make_folder(self.folder)
            with disk.locked(self._lock) as lock:
                # Empty while working: after a fault, and in a forked copy, look anew.
                mine, self._sign = self._sign, b""
                found = disk.read_at(lock, SIGN_SIZE, 0)
                if not mine or found != mine or self._program != os.getpid():
                    mine, self._program = sign(lock), os.getpid()
                    disk.level_times(self._lock)
                    self._look()
                yield
                self._sign = mine

    def _look(self) -> None:
        paths = {path.name: path for path in self._paths()}
        for name in self._segments.keys() - paths.keys():
            del self._segments[name]
        for name in paths.keys() - self._segments.keys():
            self._segments[name] = self._segment(paths[name])
        for segment in self._segments.values():
            segment.look()

    def _level(self) -> None:
        """All segments, not only the one written: the time of the last change (ctime), which
        cannot be set, then is the same for all and does not tell which one it was."""
        for segment in self._segments.values():
            disk.level_times(segment.path)

    def _keep(self, piece: bytes) -> None:
        folder = self.folder / QUARANTINE
        disk.make_folder(folder)
        disk.replace_file(folder / f"{secrets.token_hex(8)}.bin", piece)

    def _segment(self, path: Path) -> Segment:
        return Segment(path, self._frame.slot_size)

    def _paths(self) -> list[Path]:
        with disk.explained(self.folder):
            if not self.folder.is_dir():
                return []
            return sorted(path for path in self.folder.iterdir() if _NAME.fullmatch(path.name))

    def _remove_strays(self) -> None:
        """Remove segments that a killed program did not finish; none of them holds a response.
        Under the lock, since another program may be making one. A read-only copy keeps them."""
        if not any(self.folder.glob("*.tmp")) or not os.access(self.folder, os.W_OK):
            return
        with disk.explained(self.folder), disk.locked(self._lock):
            for stray in self.folder.glob("*.tmp"):
                stray.unlink(missing_ok=True)
            disk.level_times(self.folder)
