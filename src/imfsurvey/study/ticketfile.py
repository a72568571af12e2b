"""What stands in tickets.json: values by range, sorted; used or not; nothing else."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
)

from imfsurvey.i18n.errors import StorageError

Value = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Proof = Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{64})?$")]
Letter = Annotated[str, StringConstraints(pattern=r"^[A-Z]?$")]


def _power_of_two(cost: int) -> int:
    if cost & (cost - 1):
        raise ValueError("scrypt takes powers of two")
    return cost


Cost = Annotated[int, Field(ge=16, le=2**20), AfterValidator(_power_of_two)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, defer_build=True)


class Range(_Part):
    """The tickets of one laptop, or all of them when no laptop has a letter."""

    laptop: Letter = ""
    tickets: Mapping[Value, Proof] = {}
    """SHA-256 of the proof, and the proof itself once it is used; else nothing."""
    torn_up: Mapping[str, int] = {}
    """Counts under names drawn by chance, so that two copies are united without counting twice."""

    @property
    def used(self) -> int:
        """How many are used. A mark that is no proof is none."""
        return sum(_proves(proof, value) for value, proof in self.tickets.items())

    @property
    def left(self) -> int:
        """How many are neither used nor torn up."""
        return len(self.tickets) - self.used - sum(self.torn_up.values())

    def united(self, other: Range) -> Range:
        """The tickets of both; one that is used in either is used."""
        tickets = dict(other.tickets)
        for value, proof in self.tickets.items():
            if not _proves(tickets.get(value, ""), value):
                tickets[value] = proof
        torn_up = {**other.torn_up, **self.torn_up}
        return self.model_copy(update={"tickets": tickets, "torn_up": torn_up})


class BookFile(_Part):
    """A whole tickets.json."""

    imfsurvey: Literal[1] = 1
    salt: str = Field(pattern=r"^[0-9a-f]{32}$")
    cost: Cost
    """N of scrypt."""
    here: Letter = ""
    """Which laptop this copy is on."""
    taken_in: tuple[Letter, ...] = ()
    """The laptops whose books were taken in."""
    ranges: tuple[Range, ...] = ()

    @property
    def prefixes(self) -> tuple[str, ...]:
        """The letters of the ranges."""
        return tuple(one.laptop for one in self.ranges)

    @property
    def counted(self) -> tuple[str, ...]:
        """The ranges of which this copy knows what became."""
        if not self.here:
            return self.prefixes
        return tuple(one for one in self.prefixes if one == self.here or one in self.taken_in)

    def range_of(self, prefix: str) -> Range:
        """The range with that letter; an empty one when there is none."""
        return next((one for one in self.ranges if one.laptop == prefix), Range(laptop=prefix))

    def prefix_of(self, value: str) -> str | None:
        """The letter of the range that has a ticket; None when there is no such ticket."""
        return next((one.laptop for one in self.ranges if value in one.tickets), None)

    def is_used(self, value: str) -> bool:
        """Whether a ticket is marked, rightly or not: nobody answers with it any more."""
        return any(one.tickets.get(value) for one in self.ranges)

    def with_range(self, changed: Range) -> BookFile:
        """The book with one range as it is now."""
        others = [one for one in self.ranges if one.laptop != changed.laptop]
        ranges = sorted([*others, changed], key=lambda one: one.laptop)
        return self.model_copy(update={"ranges": tuple(ranges)})

    def with_tickets(self, prefix: str, values: Iterable[str]) -> BookFile:
        """The book with new tickets in one range."""
        one = self.range_of(prefix)
        tickets = {**one.tickets, **dict.fromkeys(values, "")}
        return self.with_range(one.model_copy(update={"tickets": tickets}))

    def with_used(self, value: str, proof: str) -> BookFile:
        """The book with one ticket marked. KeyError: there is no such ticket."""
        one = next(one for one in self.ranges if value in one.tickets)
        return self.with_range(one.model_copy(update={"tickets": {**one.tickets, value: proof}}))

    def united(self, other: BookFile) -> BookFile:
        """This copy with what another knows; which laptop this is stays."""
        book = self
        for theirs in other.ranges:
            book = book.with_range(book.range_of(theirs.laptop).united(theirs))
        known = {*self.taken_in, *other.taken_in, other.here} - {"", self.here}
        return book.model_copy(update={"taken_in": tuple(sorted(known))})

    def as_bytes(self) -> bytes:
        """The file, everything sorted, one ticket a line."""
        return (json.dumps(self.model_dump(), indent=1, sort_keys=True) + "\n").encode("ascii")


def book_in(raw: bytes, path: Path) -> BookFile:
    """The book in a file. Raises `StorageError` T230 when it is damaged."""
    try:
        return BookFile.model_validate_json(raw)
    except ValidationError as fault:
        raise StorageError(
            "IMF-T230",
            "{file} is damaged and was left as it is. Put back a saved copy: without it nobody "
            "can answer with a ticket.",
            file=str(path),
        ) from fault


def _proves(proof: str, value: str) -> bool:
    return bool(proof) and hashlib.sha256(bytes.fromhex(proof)).hexdigest() == value
