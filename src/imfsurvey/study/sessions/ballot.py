"""A ballot: what one person is asked in a team session, and how the votes are cast."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field

from imfsurvey.i18n.errors import RefusedError
from imfsurvey.interview.answers import Answer
from imfsurvey.questionnaire import Questionnaire
from imfsurvey.study.sessions.box import VoteBox, part_of
from imfsurvey.study.sessions.file import VoteFile
from imfsurvey.study.sessions.session import Session, asks
from imfsurvey.study.sessions.tickets import session_book, vote_book
from imfsurvey.study.tickets import Ticket, TicketBook


@dataclass
class _OpenVote:
    box: VoteBox
    vote: VoteFile
    response_id: uuid.UUID = field(default_factory=uuid.uuid4)
    """Drawn by chance, one for each round: nothing joins what a person says in two of them."""
    ticket: Ticket | None = None
    paid: bool = False

    def pay(self) -> None:
        """Mark the ticket in the book of this vote, once. Raises `RefusedError`."""
        book = vote_book(self.box)
        if self.paid or not book.exists():
            return
        if self.ticket is None:
            raise RefusedError(
                "IMF-T199",
                "Each response needs a ticket here. Ask who leads the survey for one.",
            )
        book.use(self.ticket)
        self.paid = True


class Ballot:
    """One person's turn: the rounds that are open now."""

    def __init__(self, session: Session) -> None:
        """Raises `RefusedError` when the wave or the session is closed or nothing is voted on."""
        self.session = session
        session.refresh()
        session.wave.like().require("open")
        session.require_open()
        self._votes = tuple(
            _OpenVote(VoteBox(session, round_id, vote.number), vote)
            for round_id, vote in session.file.open_votes
        )
        if not self._votes:
            raise RefusedError(
                "IMF-T218",
                "No round of session '{session}' is open: wait until the facilitator opens one.",
                session=session.name,
            )

    @property
    def questionnaire(self) -> Questionnaire:
        """What this person is asked. The opening words come with the first votes only."""
        rounds = self.session.file.rounds
        first = sum(len(one.votes) for one in rounds) == len(self.session.file.open_votes)
        wanted = {one.box.round_id for one in self._votes}
        sections = (
            section
            for section in self.session.questionnaire.sections
            if section.id in wanted or (first and not asks(section))
        )
        return part_of(self.session.questionnaire, tuple(sections))

    @property
    def needs_ticket(self) -> bool:
        """Whether nobody votes without a ticket."""
        return session_book(self.session).exists()

    def check(self, code: str) -> Ticket:
        """Take the ticket of a code: good once in every vote, so rounds in which it was used are
        left out. Takes 0.1 to 0.4 seconds a round. Raises `RefusedError` as `TicketBook.check`.
        """
        return self._admitted(lambda book: book.check(code))

    def admit(self, ticket: Ticket) -> None:
        """The same with a ticket of this session that was checked before; takes no time. Where
        nothing is left to vote on, nothing is asked."""
        if self._votes:
            self._admitted(lambda book: book.again(ticket))

    def leave_out(self, cast: Collection[str]) -> None:
        """Leave out the votes, by their public keys, that this person has cast already."""
        self._votes = tuple(one for one in self._votes if one.vote.public_key not in cast)

    @property
    def votes(self) -> frozenset[str]:
        """What is voted on, by the public keys of the votes."""
        return frozenset(one.vote.public_key for one in self._votes)

    def _admitted(self, checked: Callable[[TicketBook], Ticket]) -> Ticket:
        used: RefusedError | None = None
        free = []
        for one in self._votes:
            try:
                one.ticket = checked(vote_book(one.box))
                free.append(one)
            except RefusedError as error:
                if error.code != "IMF-T194":
                    raise
                used = error
        if used is not None and not free:
            raise used
        self._votes = tuple(free)
        ticket = free[0].ticket
        assert ticket is not None
        return ticket

    def expect(self) -> None:
        """Raise `RefusedError` when all who were expected have voted, `StorageError` when the
        disk has no room: found before the first question, not after the last."""
        expected = self.session.file.expected
        for one in self._votes:
            if one.box.count() >= expected:
                raise RefusedError(
                    "IMF-T219",
                    "All {count} people who were expected have voted. If there are more, the "
                    "facilitator raises the number.",
                    count=expected,
                )
            with one.box.store() as store:
                store.reserve(1)

    def cast(self, answers: Mapping[str, Answer]) -> None:
        """Seal and store the votes; durable when this returns, harmless when repeated.

        First the ticket is marked, then the vote is stored: a kill in between spoils the ticket
        of that vote. Raises `RefusedError` without a ticket where one is needed, when it was used
        meanwhile, and once for rounds that were closed meanwhile: the others are then
        stored by another call. `StorageError` when the disk fails.
        """
        with ExitStack() as stack:
            stack.enter_context(self.session.wave.held("open"))
            stack.enter_context(self.session.held())
            self.session.require_open()
            self._drop_closed()
            for one in self._votes:
                payload = one.box.sealed(answers, one.vote.public_key)
                one.pay()
                with one.box.store() as store:
                    store.add(one.response_id, payload)

    def _drop_closed(self) -> None:
        """Leave out what is not voted on any more, and say so before anything is stored."""
        still = {(round_id, vote.public_key) for round_id, vote in self.session.file.open_votes}
        late = [one for one in self._votes if (one.box.round_id, one.vote.public_key) not in still]
        if not late:
            return
        self._votes = tuple(one for one in self._votes if one not in late)
        if self._votes:
            raise RefusedError(
                "IMF-T220",
                "A round was closed before you sent: your answers to it are not stored. Send once "
                "more to store the others.",
            )
        raise RefusedError(
            "IMF-T221",
            "The round was closed before you sent: your answers are not stored. Leave, and tell "
            "the facilitator.",
        )
