"""Responses in boxes: a folder of slotted segments, the embedded store.

One response is one write into a random blank slot, so neither the file nor the raw disk tells
who came when. What a second look could tell is kept small: every file has the same time,
segments are named at random and reserved before the first answer (one that is opened later holds
later answers only).

Several programs may use one folder at a time, on one machine with a local disk: file locks and
memory maps are not dependable on a network share.
"""

from __future__ import annotations

import hashlib
import itertools
import os
import random
import secrets
import uuid
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from imfsurvey.store import (
    Damage,
    Entry,
    EntrySource,
    digests_of,
    disk,
    hints,
    require_random,
    slots,
)
from imfsurvey.store.checking import QUARANTINE, SEGMENT_NAME, damages
from imfsurvey.store.hints import Hints
from imfsurvey.store.segments import LOCK_NAME, Segment, Written, create

BATCH = 500
"""Responses that a merge stores before it lets other programs have the lock."""

GROWTH = 4
"""A segment for people who were not expected holds this part of what the box holds already."""


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
        self._sign = self._made = b""
        self._hints = Hints(0)
        self._remove_strays()

    def add(self, response_id: uuid.UUID, payload: bytes) -> None:
        """Store one response; durable when this returns, a known id changes nothing.

        ValueError: the id is no uuid4.
        StorageError: S104 too long for a slot, S101 to S103 the disk, S106 the folder is held.
        """
        entry = Entry(response_id, payload)
        record = self._record(entry)
        written = None
        try:
            with self._held() as lock:
                written = self._store(lock, entry, record)
                if written is not None:
                    disk.begin_flush(*written, len(record))
            if written is not None:  # outside the lock, so that several writers flush at a time
                with disk.explained(self.folder):
                    disk.flush(written.descriptor)
        finally:
            if written is not None:
                os.close(written.descriptor)

    def payloads(self) -> Iterator[bytes]:
        """Every sound payload once, in no order of arrival; a piece of a segment is in memory."""
        return (entry.payload for entry in self.entries())

    def count(self) -> int:
        """How many responses are readable now, those of other programs included."""
        return sum(1 for _ in self.entries())

    def reserve(self, slots: int) -> None:
        """Allocate segments until `slots` more responses fit below 80 % of the slots.

        StorageError S101: the disk is full; what was allocated before that stays.
        """
        with self._held(afresh=True) as lock:
            self._reserve(lock, slots)

    def room(self) -> int:
        """How many more responses fit into what is reserved; reads one byte of each slot."""
        if not self.folder.is_dir():
            return 0
        with self._held(afresh=True):
            return sum(segment.room for segment in self._segments.values())

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
            for found in _explained(path, self._segment(path).stretches()):
                fresh = {entry.response_id: entry for entry in reversed(found)}
                batch = [entry for key, entry in fresh.items() if key not in seen]
                seen.update(fresh)
                random.SystemRandom().shuffle(batch)
                yield from batch

    def digests(self) -> list[bytes]:
        """A digest of each sound response, sorted: depends on nothing but their set."""
        return digests_of(self.entries())

    def merge(self, *others: EntrySource) -> int:
        """Take in what other box folders hold and this one does not; returns how many.

        All of it, or, when that fails or the program is killed, a part: to be repeated then.
        Several at once are better than one by one: room is reserved for all of them together,
        so no segment holds the responses of one of them only. What of them is damaged is left
        out: `check` them before. StorageError: as `add` and `reserve`, and files of the others
        that cannot be opened.
        """
        with self._held(afresh=True) as lock:
            known = {entry.response_id for entry in self.entries()}
            fresh = {e.response_id for other in others for e in other.entries()} - known
            self._reserve(lock, len(fresh))
        taken = sum(self._take_in(other.entries(), fresh) for other in others)
        # All, not only those just written: a killed program may have merged the rest of them.
        for path in self._paths():
            with disk.explained(path):
                disk.flush_path(path)
        return taken

    def check(self) -> Sequence[Damage]:
        """What is wrong with the folder as a box of this slot size, such as one from a stick.

        As `damaged`, and with slot None what is no segment of such a box or cannot be read at
        all; the folder itself when no segment is in it. Raises nothing.
        """
        return damages(self.folder, self._frame.slot_size)

    def mend(self) -> Sequence[Damage]:
        """Blank the damaged slots and return them; their bytes are kept in `quarantine/`.

        Unmodified TinyDB then opens the segment again. A damaged header or end stays as it is.
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
        return mended

    def equalise(self) -> None:
        """Give every file of the folder, and the folder, the constant time. Used when a wave
        closes; nothing is written afterwards, so nothing moves the times again."""
        with self._held():
            for path in self.folder.rglob("*"):
                disk.level_times(path)
            disk.level_times(self.folder)

    def destroy(self) -> None:
        """Overwrite and remove every file of the box, quarantine included.

        The folder stays, and the lock file, whose hints of ids are blanked.
        """
        with disk.explained(self.folder):
            if not self.folder.is_dir():
                return
            with disk.locked(self._lock) as lock:
                for path in sorted(self.folder.rglob("*"), reverse=True):
                    if path.is_dir():
                        path.rmdir()
                    elif path != self._lock:
                        disk.erase_file(path)
                disk.write_at(lock, bytes(self._lock.stat().st_size), 0)
        self.close()

    def close(self) -> None:
        """Forget what is known; the store may be used again and then looks anew."""
        self._segments.clear()
        self._sign = b""

    def _record(self, entry: Entry) -> bytes:
        require_random(entry.response_id)
        return slots.encode(*entry, self._frame.slot_size)

    def _take_in(self, entries: Iterator[Entry], fresh: set[uuid.UUID]) -> int:
        """Store the fresh ones, unflushed, letting other programs in between."""
        taken = 0
        wanted = (entry for entry in entries if entry.response_id in fresh)
        while batch := list(itertools.islice(wanted, BATCH)):
            with self._held() as lock:
                for entry in batch:
                    written = self._store(lock, entry, self._record(entry))
                    if written is not None:
                        os.close(written.descriptor)
                        taken += 1
            fresh.difference_update(entry.response_id for entry in batch)
        return taken

    def _store(self, lock: int, entry: Entry, record: bytes) -> Written | None:
        """Write the response, unflushed. None: it was known."""
        doc_id = entry.response_id.int
        new = self._hints.note_new(lock, doc_id)
        for segment in self._segments.values():
            if (not new or segment.frame is None) and segment.holds(doc_id):
                # Its first writer may have been killed before it got so far.
                disk.flush_path(segment.path)
                return None
        if not new:  # a wrong suspicion, or a torn slot
            self._hints.note(lock, doc_id)
        return self._place(lock, doc_id, record)

    def _place(self, lock: int, doc_id: int, record: bytes) -> Written:
        """Write a record into a slot that is drawn from all blank ones, each equally likely."""
        while True:
            open_ones = [segment for segment in self._segments.values() if segment.room]
            if not open_ones:
                self._grow(lock)
                self._hints.note(lock, doc_id)  # made anew, of what is stored
                continue
            segment = _drawn(open_ones)
            written = segment.place(record)
            if not segment.room:
                # First, since a program that is killed in between must not leave the others
                # writing into a segment that is closed to them.
                hints.write_sign(lock, bytes(hints.SIGN_SIZE))
                segment.retire()
                hints.write_sign(lock, self._sign_anew())
            if written is not None:
                return written

    def _grow(self, lock: int) -> None:
        """More came than were expected. A fixed size would give ever more segments."""
        limits = [s.frame.limit for s in self._segments.values() if s.frame is not None]
        self._new_segment(sum(limits) // GROWTH)
        self._look()
        self._hint(lock)

    def _reserve(self, lock: int, responses: int) -> None:
        """`reserve`, just after a look."""
        missing = responses - sum(segment.room for segment in self._segments.values())
        while missing > 0:
            missing -= self._new_segment(missing).room
        self._hint(lock)
        disk.flush_path(self._lock)  # its few bytes need space too

    def _new_segment(self, responses: int) -> Segment:
        """A segment of the usual size, or of a larger one when that many shall fit."""
        path = self.folder / f"seg-{secrets.token_hex(8)}.json"
        create(path, max(self._frame, slots.roomy_frame(self._frame.slot_size, responses)))
        segment = self._segment(path)
        segment.look()
        self._segments[path.name] = segment
        return segment

    @contextmanager
    def _held(self, *, afresh: bool = False) -> Iterator[int]:
        """Hold the folder's lock, knowing the segments; gives the descriptor of the lock file.

        When the sign in the lock file is the one left there by this store, the segments are the
        same as before and nothing is looked at: the cost of adding does not grow with what is
        stored. What other programs stored meanwhile shows when a slot is drawn.
        """
        with disk.explained(self.folder):
            if not self._sign:
                disk.make_folder(self.folder)
            with disk.locked(self._lock) as lock:
                known, self._sign = self._sign, b""  # after a fault, look anew
                try:
                    if afresh or not known or hints.read_sign(lock) != known:
                        self._look()
                        self._hint(lock)
                    yield lock
                    self._sign = self._made
                finally:
                    self._level()

    def _look(self) -> None:
        """Learn what lies in the folder."""
        self._segments = {path.name: self._segment(path) for path in self._paths()}
        for segment in self._segments.values():
            segment.look()

    def _hint(self, lock: int) -> None:
        """Just after a look: let the lock file tell of what there is, unless it does already."""
        segments, sign = self._segments.values(), self._sign_anew()
        self._hints = Hints(sum(s.frame.slots for s in segments if s.frame is not None))
        if not self._hints.fit(lock, sign, sum(segment.filled for segment in segments)):
            doc_ids = itertools.chain.from_iterable(segment.doc_ids() for segment in segments)
            self._hints.make(lock, sign, doc_ids)

    def _sign_anew(self) -> bytes:
        """The sign of the segments as they are; the same for every program that knows them."""
        kinds = "".join(sorted(segment.kind for segment in self._segments.values()))
        self._made = hashlib.sha256(kinds.encode("ascii")).digest()[: hints.SIGN_SIZE]
        return self._made

    def _level(self) -> None:
        """All segments, not only the one written: the time of the last change (ctime), which
        cannot be set, then is the same for all and does not tell which one it was."""
        for segment in self._segments.values():
            disk.level_times(segment.path)
        disk.level_times(self._lock)

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
            return sorted(
                path for path in self.folder.iterdir() if SEGMENT_NAME.fullmatch(path.name)
            )

    def _remove_strays(self) -> None:
        """Remove segments that a killed program did not finish; none of them holds a response.
        Under the lock, since another program may be making one. A read-only copy keeps them."""
        if not any(self.folder.glob("*.tmp")) or not os.access(self.folder, os.W_OK):
            return
        with disk.explained(self.folder), disk.locked(self._lock):
            for stray in self.folder.glob("*.tmp"):
                stray.unlink(missing_ok=True)
            disk.level_times(self.folder)


def _explained(path: Path, stretches: Iterator[list[Entry]]) -> Iterator[list[Entry]]:
    """The stretches of a file; a StorageError that names it when it cannot be read."""
    while True:
        with disk.explained(path):
            found = next(stretches, None)
        if found is None:
            return
        yield found


def _drawn(segments: list[Segment]) -> Segment:
    """One of them, weighted by its blank slots."""
    ends = list(itertools.accumulate(segment.blanks for segment in segments))
    return segments[bisect_right(ends, secrets.randbelow(ends[-1]))]
