"""The tickets of a session: each is good once in every vote.

The session's book is never marked while people vote. Each vote has a copy of it in which its
tickets are marked, so that a second vote after discussion begins with all of them unused. When
the session closes, all marks go into the session's book, for the closing record.
"""

from __future__ import annotations

from typing import Final

from imfsurvey.study.accounts import TicketAccount
from imfsurvey.study.sessions.box import VoteBox
from imfsurvey.study.sessions.session import Session
from imfsurvey.study.tickets import TICKETS_FILE, TicketBook

_VOTES: Final = "tickets"


def session_book(session: Session) -> TicketBook:
    """The tickets that were printed for a session."""
    return TicketBook(session.folder / TICKETS_FILE)


def vote_book(box: VoteBox) -> TicketBook:
    """The tickets of one vote; made from the session's when it has some."""
    printed = session_book(box.session)
    book = TicketBook(box.session.folder / _VOTES / f"{box.name}.json")
    if printed.exists() and not book.exists():
        book.take_in(printed)
        if here := printed.here():
            book.settle(here)
    return book


def session_tickets(session: Session, boxes: tuple[VoteBox, ...]) -> TicketAccount | None:
    """The tickets when the session closes: a ticket that was used in any vote is used."""
    printed = session_book(session)
    if not printed.exists():
        return None
    for box in boxes:
        printed.take_in(vote_book(box))
    counts = printed.counts()
    return TicketAccount(
        printed=counts.printed,
        used=counts.used,
        torn_up=counts.torn_up,
        laptops=printed.counted_laptops(),
    )
