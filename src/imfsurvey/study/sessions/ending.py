"""Sessions that are still open when their wave closes: nothing can be voted in them any more."""

from __future__ import annotations

import datetime
from contextlib import ExitStack

from imfsurvey.i18n.errors import RefusedError
from imfsurvey.study.sessions.box import VoteBox
from imfsurvey.study.sessions.figures import closed_vote
from imfsurvey.study.sessions.file import RoundFile
from imfsurvey.study.sessions.record import write_session_record
from imfsurvey.study.sessions.room import Room
from imfsurvey.study.sessions.session import Session, sessions_of, write_session
from imfsurvey.study.wave import Wave


def open_sessions(wave: Wave) -> tuple[Session, ...]:
    """The sessions of a wave that were not ended on their console."""
    return tuple(one for one in sessions_of(wave) if one.file.status == "open")


def require_ended(wave: Wave) -> None:
    """Raise `RefusedError` T320 while a session of the wave is open."""
    if still := open_sessions(wave):
        raise RefusedError(
            "IMF-T320",
            "Team sessions of wave '{wave}' are still open: {sessions}. End them on their console "
            "('imfsurvey session {wave} {first}', then E), or together with the wave by "
            "--end-sessions: the result of a round that is open then cannot be shown any more, "
            "only unsealed by a key holder.",
            wave=wave.id,
            sessions=", ".join(one.name for one in still),
            first=still[0].name,
        )


def end_sessions(wave: Wave, today: datetime.date, place: str = "") -> None:
    """End the sessions that are still open, without figures for their open rounds.

    The caller holds the wave. Raises `RefusedError` T222, before anything is changed, when the
    console of one of them is running: what it holds the keys of must not be lost by accident.
    """
    still = open_sessions(wave)
    with ExitStack() as stack:
        for session in still:
            stack.enter_context(Room.entered(session))
        for session in still:
            _end(session, today, place)


def _end(session: Session, today: datetime.date, place: str) -> None:
    def closed(one: RoundFile) -> RoundFile:
        vote = one.open_vote
        if vote is None:
            return one
        done = closed_vote(VoteBox(session, one.id, vote.number), vote, None)
        return one.model_copy(update={"votes": (*one.votes[:-1], done)})

    with session.held() as file:
        write_session_record(session, today, place)
        rounds = tuple(map(closed, file.rounds))
        # Not counted as a revision: where this is a copy of a session that goes on elsewhere, the
        # console there is the newer one, and a stick must not end it.
        write_session(session.folder, file.ended(today).model_copy(update={"rounds": rounds}))
        session.refresh()
