"""Issuing the tickets of a wave or of one of its sessions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from imfsurvey.i18n.errors import RefusedError
from imfsurvey.study.boxes import count_responses, ticket_book
from imfsurvey.study.scoring import surveys
from imfsurvey.study.sessions.session import folder_of
from imfsurvey.study.tickets import TICKETS_FILE, Progress, TicketBook
from imfsurvey.study.wave import Wave


def advised(people: int) -> int:
    """How many tickets to print for so many people: 20 % more, rounded up."""
    return -(-people * 6 // 5)


def session_book(wave: Wave, session: str) -> TicketBook:
    """The tickets of one team session, made or not. Raises `InputError` for an impossible name."""
    return TicketBook(folder_of(wave, session) / TICKETS_FILE)


def issue_tickets(
    wave: Wave,
    book: TicketBook,
    count: int,
    laptops: Sequence[str] = (),
    progress: Progress | None = None,
) -> Mapping[str, list[str]]:
    """At least so many new codes, shared out among the laptops; under "" without laptops.

    Raises `RefusedError`: the wave is not open, people have answered without tickets before
    (T234), or the letters do not fit (T197).
    """
    with _waiting(wave, book):  # before all that takes time
        pass
    each = -(-count // max(1, len(laptops)))
    total, done = each * max(1, len(laptops)), 0

    def told(now: int, _all: int) -> None:
        if progress is not None:
            progress(done + now, total)

    codes = {}
    for letter in laptops or ("",):
        codes[letter] = book.issue(
            each, prefix=letter, progress=told, within=lambda: _waiting(wave, book)
        )
        done += each
    return codes


@contextmanager
def _waiting(wave: Wave, book: TicketBook) -> Iterator[None]:
    """Nobody answers meanwhile, with or without a ticket; none has, if these are the first."""
    with wave.held("open"):
        if book.path == ticket_book(wave).path and not book.exists():
            _require_none_before(wave)
        yield


def _require_none_before(wave: Wave) -> None:
    before = sum(count_responses(wave, survey) for survey in surveys(wave))
    if before:
        raise RefusedError(
            "IMF-T234",
            "People have answered in wave '{wave}' without tickets already: the count would never "
            "come out right. Use tickets from the beginning of a wave.",
            wave=wave.id,
        )
