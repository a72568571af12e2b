"""One team session that is offered: who takes part, and what there is for them to do just now.

Which rounds are open stands in the session's folder, where the facilitator's console writes it.
These pages read it there, as every laptop does, so that nothing has to be told to them.
"""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import ClassVar, Final, Literal

from anyio import CapacityLimiter, to_thread
from starlette.requests import HTTPConnection

from imfsurvey.faces.voting import BallotSitting
from imfsurvey.faces.web.addresses import Announced
from imfsurvey.faces.web.ballots import Troubles
from imfsurvey.faces.web.pages import Pages
from imfsurvey.faces.web.visits import IDLE, Known, Register
from imfsurvey.i18n.errors import ImfsurveyError, RefusedError
from imfsurvey.study.folder import Study
from imfsurvey.study.sessions.ballot import Ballot
from imfsurvey.study.sessions.file import SessionFile
from imfsurvey.study.sessions.session import Session
from imfsurvey.study.sessions.sitting import at_a_machine
from imfsurvey.study.sessions.tickets import elsewhere, session_book
from imfsurvey.study.tickets import Ticket

AWAY: Final = 4 * 3600.0
"""Seconds without a request after which a participant is forgotten: people talk between rounds,
and a phone in a pocket does not ask. What somebody has ticked is forgotten sooner (`IDLE`)."""

Standing = Literal["voting", "late", "sent", "used", "waiting", "ending", "ended"]
"""What there is for a participant: a round to vote in; word that it closed before they sent;
thanks; word that their ticket has voted; to wait; word that the pages, or the session, end."""


@dataclass
class Participant(Known):
    """Somebody who takes part, from joining to leaving. What they voted is not kept."""

    language: str = ""
    ticket: Ticket | None = field(default=None, repr=False)
    cast: set[str] = field(default_factory=set, repr=False)
    """The votes, by their public keys, that came from here: thanks are said for them."""
    ballot: Ballot | None = field(default=None, repr=False)
    seat: ExitStack = field(default_factory=ExitStack, repr=False)
    """As long as it is open, the console counts somebody as answering."""
    troubles: Troubles = field(default=(), repr=False)
    """What was wrong with the votes, or worth a second look, when they were sent last."""
    late: bool = False
    """Whether the round closed before they sent, and they were not told yet."""

    def forget(self) -> None:
        """Sent, left or too late: nothing of the round stays here."""
        super().forget()
        self.ballot, self.troubles = None, ()
        self.seat.close()


class Participants(Register[Participant]):
    """Those who take part."""

    idle = AWAY

    def forget_idle(self) -> None:
        """What was ticked is forgotten before its owner is."""
        super().forget_idle()
        since = self._clock() - IDLE
        for one in self:
            if one.seen < since and one.sitting is not None:
                one.forget()


class SessionPages(Pages):
    """A team session, and who takes part in it with a browser."""

    kind: ClassVar[Literal["survey", "session"]] = "session"
    cookie_name: ClassVar[str] = "taking-part"

    def __init__(self, study: Study, session: Session, announced: Announced) -> None:
        book = session_book(session)
        super().__init__(study, session.wave, session.questionnaire, announced, book)
        self.session = session
        self.participants = Participants()
        self._asking_elsewhere = CapacityLimiter(1)

    @property
    def title(self) -> str | None:
        """As the facilitator called it."""
        return self.session.file.title

    @property
    def under_way(self) -> int:
        """How many people are voting just now."""
        return sum(one.sitting is not None for one in self.participants)

    def forget_idle(self) -> None:
        """Forget whoever gave no sign of life for too long."""
        self.participants.forget_idle()

    def participant_of(self, request: HTTPConnection) -> Participant | None:
        """Who takes part in this browser."""
        return self.participants.find(self.key_of(request))

    # --- coming in --------------------------------------------------------------------------

    async def joined(self, language: str, code: str) -> str:
        """Let somebody in; the value by which their browser is known.

        Raises `RefusedError` when nobody, or not this person, may take part, `StorageError`.
        """
        if self.closing:
            raise RefusedError(
                "IMF-F301",
                "These pages are about to end, and nobody can join any more. Your ticket is still "
                "good: ask the facilitator.",
            )
        if self.participants.full:
            raise RefusedError(
                "IMF-F166", "Too many people are answering at this moment. Try again in a while."
            )
        await to_thread.run_sync(self._require_open, limiter=self.storing)
        ticket = await self._admitted(code) if self.doorway.guarded else None
        return self.participants.add(Participant(language=language, ticket=ticket))

    def _require_open(self) -> None:
        self.wave.like().require("open")
        self.session.refresh()
        self.session.require_open()

    async def _admitted(self, code: str) -> Ticket:
        try:
            return await self.doorway.admit(code)
        except RefusedError as error:
            unknown = error.code == "IMF-T193"
            # To look elsewhere takes a processor: only for one person at a time.
            if unknown and not self._asking_elsewhere.statistics().borrowed_tokens:
                found = await to_thread.run_sync(
                    elsewhere, self.session, code[:100], limiter=self._asking_elsewhere
                )
                if found is not None:
                    raise found from error
            raise

    # --- how the session stands ---------------------------------------------------------------

    async def look(self, one: Participant) -> Standing:
        """What there is for a participant now. With a round to vote in, they sit at it from now on.

        Raises `StorageError` when the disk has no room for a vote, `RefusedError` when all who
        are expected have voted, or the wave is closed.
        """
        return await to_thread.run_sync(self._look, one, limiter=self.storing)

    def _look(self, one: Participant) -> Standing:
        file = self.session.refresh()
        self._end_what_closed(file)
        if one.late:
            return "late"
        if one.sitting is not None:
            return "voting"
        open_votes = {vote.public_key for _, vote in file.open_votes}
        if open_votes and open_votes <= one.cast:
            return "sent"
        if file.status == "closed":
            return "ended"
        if self.closing:
            return "ending"
        return self._seated(one) if open_votes else "waiting"

    def _end_what_closed(self, file: SessionFile) -> None:
        """Whoever sits at a round that is not open any more is too late."""
        still = {vote.public_key for _, vote in file.open_votes}
        for one in self.participants:
            if one.ballot is not None and not one.ballot.votes & still:
                self.too_late(one)

    def too_late(self, one: Participant) -> None:
        """The round was closed before they sent; they are told when they look next."""
        one.forget()
        one.late = True

    def _seated(self, one: Participant) -> Standing:
        try:
            ballot = Ballot(self.session)
            ballot.leave_out(one.cast)
            if one.ticket is not None:
                ballot.admit(one.ticket)
            ballot.expect()
        except RefusedError as error:
            if error.code == "IMF-T194":
                return "used"
            if error.code == "IMF-T218":  # it was closed at this very moment
                return "waiting"
            raise
        if not ballot.votes:
            return "sent"
        one.seat = ExitStack()
        one.seat.enter_context(at_a_machine(self.session))
        one.ballot, one.sitting = ballot, BallotSitting(ballot, one.language)
        return "voting"

    # --- voting -----------------------------------------------------------------------------

    async def cast(self, one: Participant) -> bool:
        """Seal and store the votes of a participant; durable when this returns.

        False: they were not taken, and `look` says why. Raises `ImfsurveyError` for what may be
        tried again.
        """
        return await to_thread.run_sync(self._cast, one, limiter=self.storing)

    def _cast(self, one: Participant) -> bool:
        sitting, ballot = one.sitting, one.ballot
        if sitting is None or ballot is None:  # too late, or sent by another click
            return False
        try:
            sitting.finish()
        except ImfsurveyError as error:
            if error.code in ("IMF-T221", "IMF-T211"):
                self.too_late(one)
                return False
            if error.code == "IMF-T194":  # by another browser meanwhile
                one.forget()
                return False
            raise
        one.cast |= ballot.votes
        one.forget()
        return True
