"""Where responses lie. The seam: all that the rooms above know of storage.

A payload is opaque bytes, sealed or not, so sealing changes no caller. Two kinds keep this
contract: boxes on TinyDB (`boxes`, the embedded default) and PostgreSQL. Named data, which may
be changed and has a history, lies on a `desk` instead.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol


class Damage(NamedTuple):
    """One place that cannot be read as it was written."""

    file: str
    """Name of the file without its folder, or of the table."""
    slot: int | None
    """0 the header, 1 to n a slot, n + 1 the end of the file; None: the file as a whole. On a
    server, a block of the table."""


class Entry(NamedTuple):
    """One response: its random id and what is stored of it."""

    response_id: uuid.UUID
    payload: bytes


class EntrySource(Protocol):
    """Any store whose responses can be taken over with their ids."""

    def entries(self) -> Iterator[Entry]:
        """Every readable response once with its id, in no meaningful order."""
        ...


class ResponseStore(EntrySource, Protocol):
    """A set of responses that grows by whole responses and keeps no trace of their order."""

    def add(self, response_id: uuid.UUID, payload: bytes) -> None:
        """Store one response; it is durable when this returns.

        Repeating an id changes nothing, so a respondent who was not told may submit again.
        Raises ValueError for an id that is no uuid4 (`require_random`).
        Raises StorageError when it cannot be stored; what was stored before is kept.
        """
        ...

    def payloads(self) -> Iterator[bytes]:
        """Every readable response once, in no meaningful order."""
        ...

    def count(self) -> int:
        """How many responses `payloads` yields."""
        ...

    def digests(self) -> list[bytes]:
        """What `digests_of` makes of `entries`: equal for equal sets, wherever they lie."""
        ...

    def reserve(self, slots: int) -> None:
        """Allocate room for at least that many more responses.

        Called before the first question is shown, for everyone invited: a full disk then refuses
        to start (StorageError) instead of refusing the answers of someone who has finished.
        """
        ...

    def merge(self, *others: EntrySource) -> int:
        """Take in what other stores hold and this one does not; returns how many.

        Repeating it, also after a kill in between, adds what is missing and nothing twice.
        """
        ...

    def damaged(self) -> Sequence[Damage]:
        """What cannot be read; empty when everything is sound."""
        ...

    def equalise(self) -> None:
        """Remove what the place of storage still tells of time and order. Used when a wave
        closes; nothing is written afterwards."""
        ...

    def destroy(self) -> None:
        """Remove all responses for good, as far as the medium allows."""
        ...

    def close(self) -> None:
        """Let go of what is held; the store may be used again."""
        ...


def require_random(response_id: uuid.UUID) -> None:
    """Raise ValueError for an id that is no uuid4: the other kinds tell the time or the machine."""
    if response_id.version != 4:
        raise ValueError("a response id is a uuid4; other kinds tell the time or the machine")


def digests_of(entries: Iterable[Entry]) -> list[bytes]:
    """The SHA-256 of each response, its 16 bytes of id before its payload; sorted, so that the
    list depends on nothing but the set of responses."""
    return sorted(
        hashlib.sha256(entry.response_id.bytes + entry.payload).digest() for entry in entries
    )
