"""The room: what the facilitator's console does with a session, and the keys it keeps in memory.

Records are sealed to the key holders of the wave, whom the facilitator may not be; yet the room
is to see its results. So each vote gets a key of its own when it opens. Its public half stands in
session.yaml, where every laptop finds it; its secret half stays in the memory of this process,
and is forgotten when the vote closes. What remains are the figures that disclosure control lets
through. When the program dies, so does the key: the votes can then be read by the key holders of
the wave only (see `lost`), or the round is voted on again.

What this does not prevent: who changes this program, or reads its memory, can read single votes
of a running round; not whose they are, because a vote holds no name, no time and no order.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, NamedTuple

from imfsurvey.i18n.errors import InputError, RefusedError
from imfsurvey.store.disk import explained, make_folder, tried
from imfsurvey.store.seal import new_key
from imfsurvey.study.closing import ClosingRecord
from imfsurvey.study.sessions.box import VoteBox
from imfsurvey.study.sessions.figures import closed_vote
from imfsurvey.study.sessions.file import RoundFile, SessionFile, VoteFile
from imfsurvey.study.sessions.record import write_session_record
from imfsurvey.study.sessions.session import Session

_CONSOLE: Final = "console.lock"
MOST_EXPECTED: Final = 999


class Attendance(NamedTuple):
    """How far a round is: numbers, never who."""

    voted: int
    expected: int

    @property
    def missing(self) -> int:
        """Those who have not voted."""
        return max(self.expected - self.voted, 0)


class Room:
    """A session as long as its console runs. Use `Room.entered`: there is one at a time."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._secrets: dict[str, str] = {}
        """By public key: of the votes that this process has opened."""

    @classmethod
    @contextmanager
    def entered(cls, session: Session) -> Iterator[Room]:
        """The only console of a session. Raises `RefusedError` while another one runs."""
        with tried(session.folder / _CONSOLE) as alone:
            if not alone:
                raise RefusedError(
                    "IMF-T222",
                    "The console of session '{session}' is open already, in another window.",
                    session=session.name,
                )
            room = cls(session)
            try:
                yield room
            finally:
                room.forget()

    def forget(self) -> None:
        """Let go of all keys: votes that are open now can only be read by the key holders."""
        self._secrets.clear()

    # --- rounds -----------------------------------------------------------------------------

    def open_round(self, round_id: str) -> VoteFile:
        """Open a vote on a round: the first, or another one after discussion, never paired.

        Raises `RefusedError` when one is going on, `StorageError` when the disk is full.
        """
        secret, public = new_key()
        opened: list[VoteFile] = []

        def change(one: RoundFile) -> RoundFile:
            if one.open_vote is not None:
                raise RefusedError("IMF-T223", "This round is open already.")
            vote = VoteFile(number=len(one.votes) + 1, public_key=public)
            box = VoteBox(self.session, round_id, vote.number)
            with explained(box.folder):
                make_folder(box.folder)
            with box.store() as store:
                store.reserve(self.session.file.expected)
            opened.append(vote)
            return one.model_copy(update={"votes": (*one.votes, vote)})

        self.session.change(lambda file: file.with_round(round_id, change))
        self._secrets[public] = secret
        return opened[0]

    def close_round(self, round_id: str) -> VoteFile:
        """Close the vote that is going on, work out what may be shown, forget its key.

        With fewer votes than a result needs, nothing is unsealed at all. Raises `RefusedError`
        when no vote is going on. A vote is either counted or refused.
        """
        closed: list[VoteFile] = []

        def change(one: RoundFile) -> RoundFile:
            vote = one.open_vote
            if vote is None:
                raise RefusedError("IMF-T224", "This round is not open.")
            box = VoteBox(self.session, round_id, vote.number)
            closed.append(closed_vote(box, vote, self._secrets.get(vote.public_key)))
            return one.model_copy(update={"votes": (*one.votes[:-1], closed[0])})

        self.session.change(lambda file: file.with_round(round_id, change))
        self._secrets.pop(closed[0].public_key, None)
        return closed[0]

    def has_key(self, vote: VoteFile) -> bool:
        """Whether the result of an open vote can be shown here."""
        return vote.public_key in self._secrets

    def attendance(self, round_id: str) -> Attendance:
        """How many have voted in the vote that is going on, or in the last one."""
        file = self.session.file
        votes = file.round(round_id).votes
        if not votes:
            return Attendance(0, file.expected)
        last = votes[-1]
        if last.votes is not None:
            return Attendance(last.votes, file.expected)
        return Attendance(VoteBox(self.session, round_id, last.number).count(), file.expected)

    def late(self, round_id: str) -> int:
        """Votes that came from other laptops after the round had closed: stored, not counted.

        They are never added to figures that were shown: the difference would be theirs alone.
        """
        closed = [one for one in self.session.file.round(round_id).votes if one.votes is not None]
        counts = ((VoteBox(self.session, round_id, one.number).count(), one) for one in closed)
        return sum(max(count - (one.votes or 0), 0) for count, one in counts)

    # --- notes and numbers --------------------------------------------------------------------

    def note(self, round_id: str, *, conclusion: str, actions: str) -> None:
        """Keep what the group concludes and proposes."""

        def change(one: RoundFile) -> RoundFile:
            return one.model_copy(update={"conclusion": conclusion, "actions": actions})

        self.session.change(lambda file: file.with_round(round_id, change))

    def expect(self, people: int) -> None:
        """Another number of people takes part."""
        if not 1 <= people <= MOST_EXPECTED:
            raise InputError("IMF-T225", "A session has 1 to {most} people.", most=MOST_EXPECTED)
        self.session.change(lambda file: file.model_copy(update={"expected": people}))

    # --- the end ------------------------------------------------------------------------------

    def require_rounds_closed(self) -> None:
        """Raise `RefusedError` T226 while a round is open, as `close` does."""
        _require_rounds_closed(self.session.refresh())

    def close(self, today: datetime.date, place: str = "") -> ClosingRecord:
        """End the session: nothing is voted on or noted any more. Its boxes are recorded.

        Raises `RefusedError` while a round is open.
        """
        session = self.session
        with session.held() as file:
            session.require_open()
            _require_rounds_closed(file)
            record = write_session_record(session, today, place)
            session.write(file.ended(today))
        self.forget()
        return record


def _require_rounds_closed(file: SessionFile) -> None:
    if file.open_votes:
        raise RefusedError(
            "IMF-T226", "A round is still open: close it before you close the session."
        )
