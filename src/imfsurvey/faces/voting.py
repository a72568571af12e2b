"""A participant of a team session: their turn at a computer, and what they vote."""

from __future__ import annotations

import random
from collections.abc import Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING

from imfsurvey.faces.sitting import Sitting
from imfsurvey.faces.turns import Turn
from imfsurvey.i18n.catalogue import LANGUAGES
from imfsurvey.interview import Interview
from imfsurvey.source.model import Text
from imfsurvey.study.sessions.ballot import Ballot
from imfsurvey.study.sessions.session import Session
from imfsurvey.study.sessions.sitting import at_a_machine
from imfsurvey.study.tickets import Ticket

if TYPE_CHECKING:
    from imfsurvey.faces.aside import Aside
    from imfsurvey.study.lasttime import LastTime


class BallotSitting:
    """A participant of a team session: the rounds that are open, sealed when they are sent."""

    resumable = False
    aside: Aside | None = None
    last_time: LastTime | None = None

    def __init__(self, ballot: Ballot, language: str) -> None:
        self._ballot = ballot
        self.interview = Interview(
            ballot.questionnaire,
            ballot.session.wave.framework,
            language,
            rng=random.SystemRandom(),
        )

    def keep(self) -> None:
        """Nothing: an unfinished vote leaves no trace."""

    def finish(self) -> None:
        """Cast the votes, each into the box of its round."""
        self._ballot.cast(self.interview.response())


class SessionTurns:
    """A team session: whatever rounds are open when somebody begins."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.title = Text(dict.fromkeys(LANGUAGES, session.file.title))
        self.languages: Sequence[str] = session.questionnaire.questionnaire.languages

    def begin(self) -> Turn:
        """The next participant."""
        ballot = Ballot(self._session)
        ballot.expect()
        return _BallotTurn(ballot)


class _BallotTurn:
    def __init__(self, ballot: Ballot) -> None:
        self._ballot = ballot
        self.needs_ticket = ballot.needs_ticket
        self._seat = ExitStack()

    def check(self, code: str) -> Ticket:
        return self._ballot.check(code)

    def sit(self, language: str, ticket: Ticket | None) -> Sitting:
        self._seat.enter_context(at_a_machine(self._ballot.session))
        return BallotSitting(self._ballot, language)

    def end(self) -> None:
        self._seat.close()
