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
from imfsurvey.study.sealed import ANSWERS, Box
from imfsurvey.study.wave import Wave

BOXES = "boxes"


def boxes_of(wave: Wave, questionnaire: Questionnaire) -> tuple[Box, ...]:
    """The boxes of one questionnaire."""
    return (answers_box(wave, questionnaire),)


def answers_box(wave: Wave, questionnaire: Questionnaire) -> Box:
    """Where the coded answers lie."""
    longest = largest_record(questionnaire, wave.framework, wave.groups)
    return Box(wave, wave.stem(questionnaire.id), ANSWERS, longest)


def box_folder(box: Box) -> Path:
    """Where the files of a box are."""
    return box.wave.folder / BOXES / box.name / box.part


@contextmanager
def response_store(box: Box) -> Iterator[BoxStore]:
    """The store behind a box, for a while."""
    store = BoxStore(box_folder(box), slot_size_for(box.sealed_size))
    try:
        yield store
    finally:
        store.close()


def count_responses(wave: Wave, questionnaire: Questionnaire) -> int:
    """How many responses to a questionnaire are stored."""
    with response_store(answers_box(wave, questionnaire)) as store:
        return store.count()


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
    if count_responses(wave, questionnaire) >= wave.headcount:
        raise RefusedError(
            "IMF-T133",
            "All {headcount} people of the declared groups have answered.",
            headcount=wave.headcount,
        )
    for box in boxes_of(wave, questionnaire):
        with response_store(box) as store:
            store.reserve(1)


def submit(
    wave: Wave,
    questionnaire: Questionnaire,
    response_id: uuid.UUID,
    answers: dict[str, Answer],
) -> None:
    """Seal and store one anonymous response; durable when this returns, harmless when repeated.

    Nothing readable leaves this process. Raises `RefusedError` when the wave is not open,
    `StorageError` when the disk fails.
    """
    box = answers_box(wave, questionnaire)
    sealed = box.sealed(encode(questionnaire, answers))
    with wave.held("open"), response_store(box) as store:
        store.add(response_id, sealed)
