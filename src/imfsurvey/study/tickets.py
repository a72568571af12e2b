"""tickets.json: which tickets there are, and which of them were used. Never beside an answer.

No code is stored. From a code, scrypt derives its *proof*, slowly; the book holds the SHA-256 of
the proof, and once the ticket is used the proof itself. So nobody who has only the book can find
a code, nor mark a ticket as used that they do not hold. The values are sorted and nothing has a
time: the book does not tell who came when, nor in which order.

The same scrypt gives a second value, the *secret*, which is in no book at any time: what the holder
of the ticket puts aside is sealed with it (see `drafts`). The proof does not tell it.
"""

from __future__ import annotations

import hashlib
import os
import random
import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final

from imfsurvey.i18n.errors import RefusedError, StorageError
from imfsurvey.store.disk import explained, level_times, locked, make_folder, replace_file
from imfsurvey.study.codes import LETTERS, drawn, read_code
from imfsurvey.study.ticketfile import BookFile, book_in

TICKETS_FILE: Final = "tickets.json"

COST: Final = 2**15
"""N of scrypt: 0.1 to 0.4 seconds and 32 MiB for each try."""

_AT_ONCE: Final = 4
"""Codes that are derived at a time when many are issued."""

Progress = Callable[[int, int], None]
"""Told how many codes are made, and how many there will be."""


@dataclass
class Ticket:
    """A good ticket, checked and not used yet. It is good for one response."""

    proof: bytes = field(repr=False)
    secret: bytes = field(default=b"", repr=False)
    """What only the holder of the ticket can work out, also once the proof stands in the book.
    Empty where the code was typed in an earlier sitting: it is kept nowhere."""
    taken: bool = False
    """Whether this very object marked it: marking again is then harmless."""

    @property
    def value(self) -> str:
        """What the book knows it by."""
        return hashlib.sha256(self.proof).hexdigest()


@dataclass(frozen=True)
class TicketCounts:
    """What became of the tickets."""

    printed: int
    used: int
    torn_up: int

    @property
    def unused(self) -> int:
        """Those that may still be in somebody's hands; negative when too many were accounted
        for."""
        return self.printed - self.used - self.torn_up

    def spoiled(self, responses: int) -> int:
        """Used ones that no response followed, when so many responses are stored."""
        return max(0, self.used - responses)


class TicketBook:
    """The tickets of one wave or one session: a file, read anew at every call.

    Safe with several programs and threads. Raises `StorageError`: T230 the file is damaged, S101
    to S103 the disk, S106 held by another program.
    """

    def __init__(self, path: Path, *, cost: int = COST) -> None:
        """`cost`: the N of a book that is made now; one that exists says its own."""
        self._given = path
        self._cost = cost

    def exists(self) -> bool:
        """Whether tickets were issued, so that nobody answers without one."""
        with explained(self._given):
            return self._given.is_file()

    @cached_property
    def path(self) -> Path:
        """Where the file really is: a link to it stays a link."""
        return self._given.resolve()

    # --- for who leads ----------------------------------------------------------------------

    def issue(
        self,
        count: int,
        *,
        prefix: str = "",
        progress: Progress | None = None,
        within: Callable[[], AbstractContextManager[None]] = nullcontext,
    ) -> list[str]:
        """Add so many new tickets; their codes, which are nowhere else from now on.

        `prefix`: the letter of the laptop on which alone they are good. A book has letters for all
        of its tickets, or for none. `within`: entered while they are written down, after all that
        takes time. Raises `RefusedError` T197, and what `within` raises.
        """
        if prefix and prefix not in tuple(LETTERS):
            raise RefusedError(
                "IMF-T197",
                "'{name}' cannot name a laptop: use one letter, but not I, L, O or U.",
                name=prefix,
            )
        book = self._file()
        self._require_kind(book, prefix)
        codes: set[str] = set()
        while len(codes) < count:
            codes.add(drawn(prefix))
        shuffled = random.SystemRandom().sample(sorted(codes), count)
        proofs = _proofs(shuffled, book, progress)  # takes a while, so the book is not held
        with within(), self._held() as now:
            if not self.exists():
                now = book
            if now.salt == book.salt:
                self._require_kind(now, prefix)
                values = [hashlib.sha256(proof).hexdigest() for proof in proofs]
                self._write(now.with_tickets(prefix, values))
                return shuffled
        # another program began it
        return self.issue(count, prefix=prefix, progress=progress, within=within)

    def settle(self, prefix: str) -> None:
        """Say which laptop this copy of the book is on. Raises `RefusedError` T196."""
        with self._held() as file:
            if prefix not in file.prefixes or not prefix:
                raise _which_laptop(file)
            self._write(file.model_copy(update={"here": prefix}))

    def tear_up(self, count: int, *, prefix: str = "") -> None:
        """Count left-over cards that were torn up in front of the group.

        `prefix`: their letter, when the book has several and is not settled on one. Raises
        `RefusedError`: T198 more than can be left over, T196 which laptop's.
        """
        with self._held() as file:
            one = file.range_of(prefix or self._own(file))
            if not 0 <= count <= one.left:
                raise RefusedError(
                    "IMF-T198",
                    "{count} cards cannot be left over: of {printed} tickets, {used} were used and "
                    "{torn_up} torn up. Count them again.",
                    count=count,
                    printed=len(one.tickets),
                    used=one.used,
                    torn_up=sum(one.torn_up.values()),
                )
            if count:
                torn_up = {**one.torn_up, secrets.token_hex(8): count}
                self._write(file.with_range(one.model_copy(update={"torn_up": torn_up})))

    def counts(self) -> TicketCounts:
        """What became of the tickets of this laptop and of those whose books were taken in.

        All of them, when it was not said which laptop this is. A mark without its proof is not
        counted as used.
        """
        file = self._file()
        counted = [file.range_of(prefix) for prefix in file.counted]
        return TicketCounts(
            printed=sum(len(one.tickets) for one in counted),
            used=sum(one.used for one in counted),
            torn_up=sum(sum(one.torn_up.values()) for one in counted),
        )

    def laptops(self) -> tuple[str, ...]:
        """The letters of the laptops; empty when the tickets have none."""
        return tuple(prefix for prefix in self._file().prefixes if prefix)

    def counted_laptops(self) -> tuple[str, ...]:
        """The letters of those whose tickets `counts` counts."""
        return tuple(prefix for prefix in self._file().counted if prefix)

    def here(self) -> str:
        """The letter of this laptop; empty as long as it was not said, or there are none."""
        file = self._file()
        return file.here or ("" if len(file.ranges) != 1 else file.prefixes[0])

    # --- for who answers --------------------------------------------------------------------

    def require_settled(self) -> None:
        """Raise `RefusedError` T196 when it was not said which laptop this is."""
        self._own(self._file())

    def check(self, code: str) -> Ticket:
        """The ticket of a code as it was typed. Takes 0.1 to 0.4 seconds.

        Raises `RefusedError`: T191 and T192 mistyped (told at once), T193 unknown, T194 used,
        T195 good on another laptop, T196 not said which laptop this is.
        """
        plain, file = read_code(code), self._file()
        here = self._own(file)
        if here and plain[0] != here and plain[0] in file.prefixes:
            raise RefusedError(
                "IMF-T195",
                "This ticket is good on laptop {other}, and this is laptop {here}. Your ticket is "
                "still good: please answer over there.",
                other=plain[0],
                here=here,
            )
        ticket = Ticket(*_derived(plain, file))
        self._require_unused(file, ticket)
        return ticket

    def again(self, ticket: Ticket) -> Ticket:
        """A ticket that was checked in another copy of this book, for this one. Derives nothing.

        Raises `RefusedError`: T193 unknown here, T194 used here.
        """
        own = Ticket(ticket.proof, ticket.secret)
        self._require_unused(self._file(), own)
        return own

    @contextmanager
    def unused(self, ticket: Ticket) -> Iterator[None]:
        """Keep a ticket from being used meanwhile. Raises `RefusedError` T194 when it was."""
        with self._held() as file:
            self._require_unused(file, ticket)
            yield

    def use(self, ticket: Ticket) -> None:
        """Mark a ticket as used; durable when this returns, harmless for the same object.

        Raises `RefusedError`: T194 when it was used meanwhile, by whatever program.
        """
        with self._held() as file:
            if ticket.taken:
                self._write(file)  # it may not have got to the medium the first time
                return
            self._require_unused(file, ticket)
            try:
                self._write(file.with_used(ticket.value, ticket.proof.hex()))
                ticket.taken = True
            except StorageError:
                # Nobody else can have marked it: the book is held.
                ticket.taken = self._file().is_used(ticket.value)
                raise

    # --- books of other laptops -------------------------------------------------------------

    def same_as(self, other: TicketBook) -> bool:
        """Whether both began as one book."""
        return self.exists() and other.exists() and self._file().salt == other._file().salt

    def take_in(self, other: TicketBook) -> None:
        """Take over the marks of another copy of this book. Doing it twice changes nothing.

        Where there is no book yet, it becomes one. ValueError: they are two different books.
        """
        theirs = other._file()
        with self._held() as file:
            if not self.exists():
                file = BookFile(salt=theirs.salt, cost=theirs.cost)
            if theirs.salt != file.salt:
                raise ValueError("not a copy of this book")
            self._write(file.united(theirs))

    # --- the file ---------------------------------------------------------------------------

    def _own(self, file: BookFile) -> str:
        """The letter for which codes are taken here. Raises `RefusedError` T196."""
        if not file.here and len(file.ranges) > 1:
            raise _which_laptop(file)
        return file.here or next(iter(file.prefixes), "")

    def _require_kind(self, file: BookFile, prefix: str) -> None:
        if file.ranges and ("" in file.prefixes) != (prefix == ""):
            raise RefusedError(
                "IMF-T197",
                "The tickets that there are have letters of laptops, and new ones would have none, "
                "or the other way round. Issue them as before.",
            )

    def _require_unused(self, file: BookFile, ticket: Ticket) -> None:
        prefix = file.prefix_of(ticket.value)
        if prefix is None:
            raise RefusedError(
                "IMF-T193",
                "There is no such ticket here. Compare the code with the card; if it is right, ask "
                "who leads the survey.",
            )
        if file.is_used(ticket.value):
            raise RefusedError(
                "IMF-T194",
                "This ticket has been used: each is good for one response. If you have not "
                "answered yet, ask who leads the survey for another.",
            )

    def _file(self) -> BookFile:
        with explained(self.path):
            try:
                raw = self.path.read_bytes()
            except FileNotFoundError:
                return BookFile(salt=secrets.token_hex(16), cost=self._cost)
        return book_in(raw, self.path)

    @contextmanager
    def _held(self) -> Iterator[BookFile]:
        lock = self.path.with_name(self.path.name + ".lock")
        with explained(self.path):
            make_folder(self.path.parent)
        with locked(lock):
            with explained(lock):
                level_times(lock)
            yield self._file()

    def _write(self, file: BookFile) -> None:
        """Replace the file, with the constant time from its first moment on."""
        with explained(self.path):
            replace_file(self.path, file.as_bytes(), level=True)
            level_times(self.path.parent)


def _derived(code: str, file: BookFile) -> tuple[bytes, bytes]:
    """Proof and secret of a ticket: what only somebody who holds it can know.

    The last step of scrypt is PBKDF2 (RFC 7914, 6), whose blocks of 32 bytes are HMACs under the
    code, with a number for each block: one block tells nothing of another.
    """
    derived = hashlib.scrypt(
        code.encode("ascii"),
        salt=bytes.fromhex(file.salt),
        n=file.cost,
        r=8,
        p=1,
        maxmem=256 * 8 * file.cost,
        dklen=64,
    )
    return derived[:32], derived[32:]


def _proofs(codes: Sequence[str], file: BookFile, progress: Progress | None) -> Iterable[bytes]:
    """The proofs of many codes; several processors are used."""
    proofs = []
    with ThreadPoolExecutor(min(_AT_ONCE, os.cpu_count() or 1)) as pool:
        for proof in pool.map(lambda code: _derived(code, file)[0], codes):
            proofs.append(proof)
            if progress is not None:
                progress(len(proofs), len(codes))
    return proofs


def _which_laptop(file: BookFile) -> RefusedError:
    return RefusedError(
        "IMF-T196",
        "The tickets are for the laptops {laptops}: first say which one this is, with "
        "'imfsurvey tickets WAVE --here LETTER'.",
        laptops=", ".join(file.prefixes),
    )
