"""The boxes of a wave: where the anonymous responses to one questionnaire lie."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from imfsurvey.i18n.errors import RefusedError
from imfsurvey.interview.answers import Answer
from imfsurvey.interview.record import encode, largest_record
from imfsurvey.questionnaire import Questionnaire
from imfsurvey.store.boxes import BoxStore
from imfsurvey.store.slots import slot_size_for
from imfsurvey.study.wave import Wave

BOXES = "boxes"


def box_folder(wave: Wave, questionnaire: Questionnaire) -> Path:
    """Where the responses to a questionnaire lie."""
    return wave.folder / BOXES / wave.stem(questionnaire.id)


@contextmanager
def response_store(wave: Wave, questionnaire: Questionnaire) -> Iterator[BoxStore]:
    """The store of the anonymous responses to a questionnaire, for a while."""
    longest = largest_record(questionnaire, wave.framework, wave.groups)
    store = BoxStore(box_folder(wave, questionnaire), slot_size_for(longest))
    try:
        yield store
    finally:
        store.close()


def expect_another(wave: Wave, questionnaire: Questionnaire) -> None:
    """Raise `RefusedError` unless one more person may answer: the wave is open, not all have.

    A wave with more responses than people could not be closed. Raises `StorageError` when the
    disk has no room for one more response: found before the first question, not after the last.
    """
    wave.require("open")
    if questionnaire.kind == "session":
        raise RefusedError(
            "IMF-T134",
            "'{questionnaire}' is voted on together, in a team session: nobody fills it in alone.",
            questionnaire=questionnaire.id,
        )
    with response_store(wave, questionnaire) as store:
        if store.count() >= wave.headcount:
            raise RefusedError(
                "IMF-T133",
                "All {headcount} people of the declared groups have answered.",
                headcount=wave.headcount,
            )
        store.reserve(1)


def submit(
    wave: Wave,
    questionnaire: Questionnaire,
    response_id: uuid.UUID,
    answers: dict[str, Answer],
) -> None:
    """Store one anonymous response; durable when this returns, harmless when repeated.

    Raises `RefusedError` when the wave is not open, `StorageError` when the disk fails.
    """
    with wave.held("open"), response_store(wave, questionnaire) as store:
        store.add(response_id, encode(questionnaire, answers))
