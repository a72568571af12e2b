"""A ballot: what one person is asked in a team session, and where the votes go.

Each vote on a round has a box of its own. What lies in it is one record a person, sealed twice:
to the key holders of the wave, as all that is collected in it, and to the key of the vote, which
only the running console has (see `room`). Both seals lie side by side in one slot, so that a vote
is stored for both or for neither.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final, NamedTuple

from imfsurvey.i18n.errors import RefusedError
from imfsurvey.interview.answers import Answer
from imfsurvey.interview.record import RecordCodec
from imfsurvey.questionnaire import Questionnaire, Section
from imfsurvey.store.boxes import BoxStore
from imfsurvey.store.seal import seal, sealed_size
from imfsurvey.store.slots import slot_size_for
from imfsurvey.study.boxes import BOXES
from imfsurvey.study.sealed import ANSWERS, Box
from imfsurvey.study.sessions.file import VoteFile
from imfsurvey.study.sessions.session import Session, asks

_LENGTH: Final = 2
"""Bytes that tell how long the first of the two seals is."""

_SLOTS: Final = 128
"""Of a new segment: a team's room, 256 kilobytes at most, where a survey needs more."""


class VoteBox:
    """The box of one vote on a round."""

    def __init__(self, session: Session, round_id: str, number: int) -> None:
        self.session, self.round_id, self.number = session, round_id, number
        self.name = f"{round_id}.{number}"
        self.questionnaire = part_of(session.questionnaire, [session.section(round_id)])
        self.codec = RecordCodec(self.questionnaire)
        # The uid: records of another session, or of a copy made to deceive, are noticed.
        context = f"sessions/{session.file.uid}/{self.name}"
        self.box = Box(session.wave, context, ANSWERS, self.codec.size, 1)

    @property
    def folder(self) -> Path:
        """Where its files are."""
        return self.session.folder / BOXES / self.name

    @contextmanager
    def store(self) -> Iterator[BoxStore]:
        """Its store, for a while."""
        room = sealed_size(len(self.box.framed(b"")), 1, "any_of")
        longest = _LENGTH + self.box.sealed_size + room
        store = BoxStore(self.folder, slot_size_for(longest), _SLOTS)
        try:
            yield store
        finally:
            store.close()

    def count(self) -> int:
        """How many have voted."""
        with self.store() as store:
            return store.count()

    def sealed(self, answers: Mapping[str, Answer], public_key: str) -> bytes:
        """A person's answers, for the key holders and for the room."""
        record = self.codec.encode(answers)
        for_holders = self.box.sealed(record)
        for_room = seal(self.box.framed(record), [public_key], "any_of")
        return len(for_holders).to_bytes(_LENGTH, "big") + for_holders + for_room


def holders_part(payload: bytes) -> bytes:
    """What is sealed to the key holders of the wave."""
    length = int.from_bytes(payload[:_LENGTH], "big")
    return payload[_LENGTH : _LENGTH + length]


def room_part(payload: bytes) -> bytes:
    """What is sealed to the key of the vote."""
    length = int.from_bytes(payload[:_LENGTH], "big")
    return payload[_LENGTH + length :]


def part_of(whole: Questionnaire, sections: Sequence[Section]) -> Questionnaire:
    """A questionnaire with some of its sections only."""
    fields = {name: getattr(whole, name) for name in Questionnaire.model_fields}
    # Built anew: a copy would take the cached items and hash of the whole along.
    return Questionnaire.model_construct(**{**fields, "sections": tuple(sections), "computed": ()})


class _OpenVote(NamedTuple):
    box: VoteBox
    vote: VoteFile
    response_id: uuid.UUID
    """Drawn by chance, one for each round: nothing joins what a person says in two of them."""


class Ballot:
    """One person's turn: the rounds that are open now."""

    def __init__(self, session: Session) -> None:
        """Raises `RefusedError` when the wave or the session is closed or nothing is voted on."""
        self.session = session
        session.refresh()
        session.wave.like().require("open")
        session.require_open()
        self._votes = tuple(
            _OpenVote(VoteBox(session, round_id, vote.number), vote, uuid.uuid4())
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
        first = sum(len(one.votes) for one in rounds) == len(self._votes)
        wanted = {one.box.round_id for one in self._votes}
        sections = (
            section
            for section in self.session.questionnaire.sections
            if section.id in wanted or (first and not asks(section))
        )
        return part_of(self.session.questionnaire, tuple(sections))

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

        Raises `RefusedError` once for rounds that were closed meanwhile: the others are then
        stored by another call. `StorageError` when the disk fails.
        """
        with ExitStack() as stack:
            stack.enter_context(self.session.wave.held("open"))
            stack.enter_context(self.session.held())
            self.session.require_open()
            self._drop_closed()
            for one in self._votes:
                payload = one.box.sealed(answers, one.vote.public_key)
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
