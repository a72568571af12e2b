"""The box of one vote: what lies in it, and for whom it is sealed.

Each vote on a round has a box of its own. What lies in it is one record a person, sealed twice:
to the key holders of the wave, as all that is collected in it, and to the key of the vote, which
only the running console has (see `room`). Both seals lie side by side in one slot, so that a vote
is stored for both or for neither.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from imfsurvey.interview.answers import Answer
from imfsurvey.interview.record import RecordCodec
from imfsurvey.questionnaire import Questionnaire, Section
from imfsurvey.store.boxes import BoxStore
from imfsurvey.store.seal import seal, sealed_size
from imfsurvey.store.slots import slot_size_for
from imfsurvey.study.boxes import BOXES
from imfsurvey.study.sealed import ANSWERS, Box
from imfsurvey.study.sessions.session import Session

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
