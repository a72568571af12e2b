"""Responses from a file into an open wave: all of them once, also when it was broken off."""

from __future__ import annotations

import base64
import json
import shutil
from pathlib import Path

import pytest
from asking import make_asking
from disks import room_for
from keyholders import SECRETS
from zone import CLOSED

from imfsurvey.i18n.errors import RefusedError, StorageError
from imfsurvey.interview import Answer, Interview
from imfsurvey.store.seal import Unsealer
from imfsurvey.study.boxes import answers_box, count_responses
from imfsurvey.study.closing import closing_record, differences
from imfsurvey.study.folder import Study
from imfsurvey.study.importing import (
    IMPORTS,
    Response,
    finish_import,
    import_responses,
    imported,
)
from imfsurvey.study.life import close_wave
from imfsurvey.study.merging import merge
from imfsurvey.study.tickets import TICKETS_FILE, TicketBook
from imfsurvey.study.wave import Wave


@pytest.fixture
def asking(tmp_path: Path) -> tuple[Study, Wave]:
    """An open wave of 52 people with one survey."""
    return make_asking(tmp_path / "zone")


def said(wave: Wave, category: str) -> Response:
    """What somebody of a category has answered."""
    (survey,) = wave.questionnaires.values()
    given = {"category": Answer("answered", category)}
    return Interview(survey, wave.framework, "fr", groups=wave.groups, answers=given).response()


def take_in(wave: Wave, responses: list[Response], *, again: bool = False) -> None:
    """Import them into the only survey."""
    (survey,) = wave.questionnaires.values()
    import_responses(wave, survey, responses, again=again)


def stored(wave: Wave) -> int:
    """Responses in its box."""
    (survey,) = wave.questionnaires.values()
    return count_responses(wave, survey)


def broken_off(wave: Wave, responses: list[Response] | None = None, size: int = 24_000) -> Path:
    """Six responses on their way: the disk takes the batch, and not all of the box."""
    some = responses or [said(wave, "ops")] * 6
    with room_for(size), pytest.raises(StorageError, match="IMF-S101"):
        take_in(wave, some)
    pending = wave.folder / IMPORTS / "pending.json"
    assert pending.is_file() and stored(wave) < len(some)
    return pending


def test_a_batch_that_was_broken_off_is_finished_by_closing(asking: tuple[Study, Wave]) -> None:
    """All six are in the box that the record counts, and in the number that came from files."""
    study, wave = asking
    pending = broken_off(wave)
    close_wave(study, wave, CLOSED)
    closed = study.wave(wave.id)
    record = closing_record(closed)
    assert record is not None
    assert (record.responses, record.imported) == (6, 6)
    assert not pending.exists() and differences(closed) == []


def test_finishing_twice_counts_once(asking: tuple[Study, Wave]) -> None:
    """Killed after the batch was noted and before it was removed: it is taken in once more."""
    _, wave = asking
    pending = broken_off(wave)
    batch = pending.read_bytes()
    finish_import(wave)
    pending.write_bytes(batch)
    finish_import(wave)
    assert (stored(wave), imported(wave)) == (6, 6)


def test_a_batch_does_not_stand_in_the_order_of_its_file(asking: tuple[Study, Wave]) -> None:
    """Twenty of one category stood before twenty of the other: whoever finds the batch on the
    disk, and has a key, cannot tell which row a response was."""
    _, wave = asking
    (survey,) = wave.questionnaires.values()
    pending = broken_off(
        wave, [said(wave, one) for one in ("ops", "08") for _ in range(20)], 90_000
    )
    box, seal = answers_box(wave, survey), wave.seal
    unsealer = Unsealer([SECRETS["dpo"]], seal.opening, seal.public_keys)
    rows = json.loads(pending.read_bytes())["entries"]["answers"]
    found = [box.record_in(unsealer.unseal(base64.b64decode(payload))) for _, payload in rows]
    assert len(found) == 40 and len(set(found)) == 2 and None not in found
    assert found[:20] != [found[0]] * 20


def test_the_same_people_in_another_order_are_the_same(asking: tuple[Study, Wave]) -> None:
    """A table that was sorted since is noticed; who insists takes it in again."""
    _, wave = asking
    responses = [said(wave, category) for category in ("ops", "08", "ops")]
    take_in(wave, responses)
    with pytest.raises(RefusedError, match="IMF-F450"):
        take_in(wave, sorted(responses, key=str))
    take_in(wave, responses[:2])
    take_in(wave, responses, again=True)
    assert (stored(wave), imported(wave)) == (8, 8)


def test_what_a_laptop_took_in_from_a_file_needs_no_ticket_here(
    asking: tuple[Study, Wave], tmp_path: Path
) -> None:
    """The wave has tickets; three responses came from a file on another computer."""
    study, wave = asking
    TicketBook(wave.folder / TICKETS_FILE, cost=16).issue(1)
    laptop = Study(shutil.copytree(study.folder, tmp_path / "laptop"))
    take_in(laptop.wave(wave.id), [said(wave, "ops")] * 3)
    close_wave(laptop, laptop.wave(wave.id), CLOSED)
    (taken,) = merge(study, laptop.folder)
    assert (taken.new, taken.problems) == (3, ())
    close_wave(study, wave, CLOSED)
    closed = study.wave(wave.id)
    record = closing_record(closed)
    assert record is not None
    assert (record.responses, record.imported, record.from_files) == (3, None, 3)
    assert differences(closed) == []


def test_as_many_as_there_are_people(asking: tuple[Study, Wave]) -> None:
    """52 of 52 may be taken in, and nobody after them."""
    _, wave = asking
    take_in(wave, [said(wave, "ops")] * 52)
    with pytest.raises(RefusedError, match="IMF-F451"):
        take_in(wave, [said(wave, "08")])
    assert stored(wave) == 52
