"""The tickets of a session: each is good once in every vote.

The session's book is never marked while people vote. Each vote has a copy of it in which its
tickets are marked, so that a second vote after discussion begins with all of them unused. When
the session closes, all marks go into the session's book, for the closing record.
"""

from __future__ import annotations

from typing import Final

from imfsurvey.i18n.errors import RefusedError
from imfsurvey.study.accounts import TicketAccount, account_of
from imfsurvey.study.boxes import ticket_book
from imfsurvey.study.sessions.box import VoteBox
from imfsurvey.study.sessions.session import Session, sessions_of
from imfsurvey.study.tickets import TICKETS_FILE, TicketBook

_VOTES: Final = "tickets"
_OTHERS: Final = 4
"""Other sessions whose tickets are looked through."""


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
    return account_of(printed)


def elsewhere(session: Session, code: str) -> RefusedError | None:
    """Where a ticket that is none of this session is good, to be told; None where it is not known.

    Takes 0.1 to 0.4 seconds for each book that is tried: those of the wave's survey and of a few
    other sessions.
    """
    if _knows(ticket_book(session.wave), code):
        return RefusedError(
            "IMF-T301",
            "This ticket is for the staff survey, not for this session. It is still good there; "
            "ask the facilitator for a ticket of this session.",
        )
    others = [one for one in sessions_of(session.wave) if one.name != session.name]
    for other in others[:_OTHERS]:
        if _knows(session_book(other), code):
            return RefusedError(
                "IMF-T300",
                "This ticket is for another session, {other}, and this is {here}. Ask the "
                "facilitator of your session for its address.",
                other=f"{other.file.title} ({other.name})",
                here=f"{session.file.title} ({session.name})",
            )
    return None


def _knows(book: TicketBook, code: str) -> bool:
    """Whether a ticket is in a book, used or not, for this laptop or another."""
    if not book.exists():
        return False
    try:
        book.check(code)
    except RefusedError as error:
        return error.code in ("IMF-T194", "IMF-T195")
    return True
