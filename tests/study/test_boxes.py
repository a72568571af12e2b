"""Who may answer once more, and the room that is found for it before the first question."""

from __future__ import annotations

import resource
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from asking import make_asking
from room import make_team_study
from zone import IDENTITY, respond

from imfsurvey.i18n.errors import RefusedError, StorageError
from imfsurvey.interview import Answer
from imfsurvey.store.boxes import BoxStore
from imfsurvey.store.slots import slot_size_for
from imfsurvey.study.boxes import (
    Submission,
    box_folder,
    boxes_of,
    count_responses,
    expect_another,
    response_store,
    submit,
)
from imfsurvey.study.drafts import DRAFTS, Draft, TicketDraft
from imfsurvey.study.sealed import Box
from imfsurvey.study.tickets import TICKETS_FILE, TicketBook
from imfsurvey.study.wave import Wave


def files_of(box: Box, slots: int = 1024) -> BoxStore:
    """The store of a box, as it lies there."""
    return BoxStore(box_folder(box), slot_size_for(box.sealed_size), slots)


@contextmanager
def files_up_to(size: int) -> Iterator[None]:
    """No file may grow beyond so many bytes meanwhile, as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.fixture
def asking(tmp_path: Path) -> Wave:
    """A wave that asks for words of one's own as well."""
    return make_asking(tmp_path / "zone")[1]


def test_no_more_than_the_people_there_are(wave: Wave) -> None:
    """Of 40 + 12 people the last one may answer, and nobody after: such a wave cannot be closed."""
    survey = wave.questionnaire("survey")
    respond(wave, 51, clear=4)
    expect_another(wave, survey)
    respond(wave, 1, clear=4)
    with pytest.raises(RefusedError, match=r"IMF-T133: All 52 people"):
        expect_another(wave, survey)
    assert count_responses(wave, survey) == 52


def test_nobody_fills_in_alone_what_is_voted_on_together(tmp_path: Path) -> None:
    """The questionnaire of a team session is refused before its first question."""
    wave = make_team_study(tmp_path / "zone")[1]
    (voted,) = (one for one in wave.questionnaires.values() if one.kind == "session")
    with pytest.raises(RefusedError, match=r"IMF-T134"):
        expect_another(wave, voted)


def test_there_is_room_for_all_that_one_person_may_write(asking: Wave) -> None:
    """Where two records more would fit, that is enough for the answers and not for the texts: the
    items safe, trusted and wish take one each."""
    (survey,) = asking.questionnaires.values()
    boxes = boxes_of(asking, survey)
    assert [box.each for box in boxes] == [1, 3]
    for box in boxes:
        shutil.rmtree(box_folder(box))
        files_of(box, slots=4).reserve(2)  # of four slots fewer than 80 % are taken: three
        files_of(box, slots=4).add(Submission().answers_id, b"")
        assert files_of(box).room() == 2
    expect_another(asking, survey)
    answers, texts = (files_of(box).room() for box in boxes)
    assert answers == 2 and texts >= 3


def test_a_full_disk_is_found_before_the_first_question(asking: Wave) -> None:
    """Not after the last one: who has answered everything is not told that it cannot be stored."""
    (survey,) = asking.questionnaires.values()
    for box in boxes_of(asking, survey):
        for path in box_folder(box).glob("seg-*.json"):
            path.unlink()
        with files_up_to(50_000), pytest.raises(StorageError, match="IMF-S101"):
            expect_another(asking, survey)
        expect_another(asking, survey)


def ids_in(box: Box) -> list[uuid.UUID]:
    """Under which ids its records lie."""
    with response_store(box) as store:
        return [entry.response_id for entry in store.entries()]


def test_what_is_sent_again_is_stored_once(asking: Wave) -> None:
    """Answers and texts, after whatever fault; the same words of somebody else are a record of
    their own. No text has the id of its answers."""
    (survey,) = asking.questionnaires.values()
    answers, texts = boxes_of(asking, survey)
    said = {"wish": Answer("answered", "Un mot")}
    for submission, stored in ((Submission(), 1), (Submission(), 2)):
        for _ in range(2):
            submit(asking, survey, submission, said)
        assert (len(ids_in(answers)), len(ids_in(texts))) == (stored, stored)
    assert not set(ids_in(answers)) & set(ids_in(texts))


def test_a_draft_that_cannot_be_destroyed(asking: Wave) -> None:
    """The response is stored all the same, and nobody is told that it was not."""
    (survey,) = asking.questionnaires.values()
    book = TicketBook(asking.folder / TICKETS_FILE, cost=16)
    ticket = book.check(book.issue(1)[0])
    TicketDraft(asking, survey, ticket).keep(Draft({}, "seen", "0"))
    (draft,) = (asking.folder / DRAFTS).iterdir()
    draft.unlink()
    draft.symlink_to("/proc/self/status")  # which even an administrator cannot overwrite
    with pytest.raises(StorageError):
        TicketDraft(asking, survey, ticket).remove()
    submit(asking, survey, Submission(), {"wish": Answer("answered", "Un mot")}, ticket)
    assert (count_responses(asking, survey), book.counts().used) == (1, 1)


def test_a_record_is_as_long_as_the_longest(asking: Wave) -> None:
    """Whatever it holds; one that is longer is a mistake of the caller, and not stored."""
    for box in boxes_of(asking, *asking.questionnaires.values()):
        assert len(box.framed(b"{}")) == len(box.framed(b"x" * box.longest))
        with pytest.raises(ValueError, match="longer"):
            box.sealed(b"x" * (box.longest + 1))


def test_opening_keeps_room_for_everybody(tmp_path: Path) -> None:
    """For each of 900 people there is room for the answers and for three texts."""
    group = {"id": "ops", "label": {"fr": "a", "nl": "a"}, "headcount": 900}
    _, wave = make_asking(tmp_path / "zone", {**IDENTITY, "groups": [group]})
    (survey,) = wave.questionnaires.values()
    rooms = [files_of(box).room() for box in boxes_of(wave, survey)]
    assert rooms[0] >= 900 and rooms[1] >= 2700
