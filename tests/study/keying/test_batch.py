"""Sheets that were typed and are not stored: sealed, stored once, gone when the wave closes."""

from __future__ import annotations

import base64
import json
import shutil
from pathlib import Path

import pytest
from asking import make_asking
from canaries import Survey, forms_of, put_into
from keyholders import give_keys
from zone import CLOSED, IDENTITY, OPENED, SAMPLES

from imfsurvey.i18n.errors import ImfsurveyError, RefusedError
from imfsurvey.interview.sheet import Sheet
from imfsurvey.questionnaire import Questionnaire
from imfsurvey.store.seal import Unsealer, new_key, public_key
from imfsurvey.study.boxes import (
    answers_box,
    comments_box,
    count_responses,
    response_store,
    ticket_book,
)
from imfsurvey.study.folder import Study
from imfsurvey.study.keying.batch import (
    Batch,
    Counts,
    batch_file,
    held,
    require_mark,
    waiting_sheets,
)
from imfsurvey.study.keying.typing import typed_again
from imfsurvey.study.life import close_wave, open_wave
from imfsurvey.study.tickets import TICKETS_FILE, TicketBook
from imfsurvey.study.wave import Wave

SECRET, _ = new_key()
TYPED = {"category": "1", "seen": "1", "what": "12", "wish": "Plus de temps"}


@pytest.fixture
def asking(tmp_path: Path) -> tuple[Study, Wave, Questionnaire]:
    """An open wave of 52 people with one survey."""
    study, wave = make_asking(tmp_path / "zone")
    (survey,) = wave.questionnaires.values()
    return study, wave, survey


def begun(wave: Wave, survey: Questionnaire) -> Batch:
    """A new batch; its key has no passphrase, which would take seconds each time."""
    batch = Batch(wave, survey, (SECRET, SECRET.encode()))
    batch.save()
    return batch


def store(batch: Batch, number: str) -> None:
    """Store a compared sheet as the screen does."""
    sheet = Sheet(batch.survey, batch.wave.framework, "fr", batch.wave.groups)
    typing, wrong = typed_again(sheet, batch.wave.groups, batch.unstored()[number])
    assert not wrong
    batch.store(number, typing.response())


def code(call: object, *arguments: object) -> str:
    """The code of the error that a call ends with."""
    assert callable(call)
    with pytest.raises(ImfsurveyError) as caught:
        call(*arguments)
    return caught.value.code.removeprefix("IMF-")


def texts(wave: Wave, survey: Questionnaire) -> int:
    """How many free texts are stored."""
    box = comments_box(wave, survey)
    assert box is not None
    with response_store(box) as boxes:
        return boxes.count()


def test_a_sheet_goes_from_first_typing_to_the_box(
    asking: tuple[Study, Wave, Questionnaire],
) -> None:
    """Counted at each step; another program finds the same, and nothing of it once stored."""
    _, wave, survey = asking
    batch = begun(wave, survey)
    batch.expect("12")
    batch.keep("12", TYPED)
    batch.keep("7", {})
    assert batch.counts == Counts(2, 0, 0)
    assert batch.waiting_numbers() == ["7", "12"]
    assert code(batch.expect, "12") == "T474"
    again = Batch.opened(wave, survey, "")
    assert again.waiting("12") == TYPED
    again.settle("12", TYPED)
    assert again.counts == Counts(2, 1, 0)
    store(again, "12")
    assert again.counts == Counts(2, 1, 1)
    assert (count_responses(wave, survey), texts(wave, survey)) == (1, 1)
    assert code(again.expect, "12") == "T474"
    assert code(again.waiting, "12") == "T475"
    again.forget("7")
    assert waiting_sheets(wave) == 0


def test_a_crash_while_storing_stores_nothing_twice(
    asking: tuple[Study, Wave, Questionnaire],
) -> None:
    """The program dies after the response was stored and before it noted that: with a ticket."""
    _, wave, survey = asking
    (ticket,) = TicketBook(wave.folder / TICKETS_FILE, cost=16).issue(1)
    batch = begun(wave, survey)
    batch.keep("12", TYPED, batch.checked(ticket))
    batch.settle("12", TYPED)
    assert code(batch.expect, "12") == "T474"
    path = batch_file(wave, survey)
    before = path.read_bytes()
    store(batch, "12")
    path.write_bytes(before)  # as it was when the program died
    again = Batch.opened(wave, survey, "")
    store(again, "12")
    assert (count_responses(wave, survey), texts(wave, survey)) == (1, 1)
    assert ticket_book(wave).counts().used == 1
    assert again.counts == Counts(1, 1, 1)


def test_a_crash_before_storing_costs_its_ticket(
    asking: tuple[Study, Wave, Questionnaire],
) -> None:
    """The program dies once both typings agree: the sheet still waits, is stored later, and its
    ticket is used then."""
    _, wave, survey = asking
    (ticket,) = TicketBook(wave.folder / TICKETS_FILE, cost=16).issue(1)
    batch = begun(wave, survey)
    batch.keep("12", TYPED, batch.checked(ticket))
    batch.settle("12", TYPED)
    assert waiting_sheets(wave) == 1
    store(Batch.opened(wave, survey, ""), "12")
    assert count_responses(wave, survey) == ticket_book(wave).counts().used == 1
    assert waiting_sheets(wave) == 0


def test_numbers_of_stored_sheets_stand_in_no_order_of_storing(
    asking: tuple[Study, Wave, Questionnaire],
) -> None:
    """Who has the passphrase learns which sheets are stored, not which of them came when."""
    _, wave, survey = asking
    batch = begun(wave, survey)
    for number in ("12", "7", "9"):
        batch.keep(number, TYPED)
        batch.settle(number, TYPED)
        store(batch, number)
    sealed = base64.b64decode(json.loads(batch_file(wave, survey).read_bytes())["sealed"])
    plain = Unsealer([SECRET], "any_of", [public_key(SECRET)]).unseal(sealed)
    assert json.loads(plain or b"{}")["stored"] == ["7", "9", "12"]


def test_ids_of_stored_sheets_look_like_all_others(
    asking: tuple[Study, Wave, Questionnaire],
) -> None:
    """Random by their version, different for the answers and each text."""
    _, wave, survey = asking
    batch = begun(wave, survey)
    batch.keep("1", TYPED)
    batch.settle("1", TYPED)
    store(batch, "1")
    found = []
    for box in (answers_box(wave, survey), comments_box(wave, survey)):
        assert box is not None
        with response_store(box) as boxes:
            found += [one.response_id for one in boxes.entries()]
    assert len(set(found)) == 2
    assert {one.version for one in found} == {4}


def test_tickets_are_good_for_one_sheet(asking: tuple[Study, Wave, Questionnaire]) -> None:
    """Of two sheets with one ticket the second is refused; one used meanwhile keeps its sheet."""
    _, wave, survey = asking
    book = TicketBook(wave.folder / TICKETS_FILE, cost=16)
    (ticket,) = book.issue(1)
    batch = begun(wave, survey)
    assert batch.with_tickets
    batch.keep("1", TYPED, batch.checked(ticket))
    assert code(batch.checked, ticket) == "T477"
    assert code(batch.checked, "12345") == "T191"
    batch.settle("1", TYPED)
    assert code(batch.checked, ticket) == "T477"
    book.use(book.check(ticket))
    assert code(store, batch, "1") == "T194"
    assert batch.counts == Counts(1, 1, 0)
    assert count_responses(wave, survey) == 0
    batch.expect("1")  # its ticket is gone, so it may be typed anew
    batch.keep("2", TYPED)
    batch.settle("2", TYPED)
    assert code(store, batch, "2") == "T199"  # no ticket at all


def test_nothing_that_was_typed_stands_on_disk(tmp_path: Path) -> None:
    """Words of one person as canaries, in any writing; nor the number of the sheet."""
    study = Study.create(tmp_path / "zone", IDENTITY)
    (study.folder / "questionnaires").mkdir()
    shutil.copy(SAMPLES / "imf.framework.yaml", study.folder / "questionnaires")
    asked = Survey()
    put_into(study.folder / "questionnaires", asked)
    give_keys(study.folder)
    wave = open_wave(study, study.new_wave("zero", 2026, questionnaires=["canaries.yaml"]), OPENED)
    (survey,) = wave.questionnaires.values()
    person = asked.people[0]
    typed = {
        "named": "2",
        "named/other": person.other,
        "rated/comment": " ".join(person.remark),
        "line": " ".join(person.line),
        "lines": " ".join(person.lines),
    }
    batch = begun(wave, survey)
    size = batch_file(wave, survey).stat().st_size
    batch.keep("48151", typed)
    for step in (lambda: None, lambda: batch.settle("48151", typed), lambda: store(batch, "48151")):
        step()
        held_now = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
        for word in (*person.words, "48151"):
            assert not [1 for form in forms_of(word) for one in held_now if form in one]
    # Rounded up to 64 KiB; age itself adds up to 171 random bytes.
    assert abs(batch_file(wave, survey).stat().st_size - size) < 512
    assert batch_file(wave, survey).stat().st_mode & 0o077 == 0


def test_closing_asks_what_becomes_of_waiting_sheets(
    asking: tuple[Study, Wave, Questionnaire],
) -> None:
    """It refuses, unless told to lose them; afterwards nothing of them is left, nor of what a
    killed program had begun to write."""
    study, wave, survey = asking
    batch = begun(wave, survey)
    batch.keep("3", TYPED)
    unfinished = batch_file(wave, survey).with_name("anonymous.json.tmp")
    unfinished.write_bytes(batch_file(wave, survey).read_bytes())
    with pytest.raises(RefusedError) as caught:
        close_wave(study, wave, CLOSED)
    assert (caught.value.code, caught.value.params["count"]) == ("IMF-T479", 1)
    close_wave(study, wave, CLOSED, dropping_sheets=True)
    assert not batch_file(wave, survey).exists()
    assert not unfinished.exists()
    assert code(batch.expect, "4") == code(batch.keep, "4", TYPED) == "T101"
    assert not batch_file(wave, survey).exists()


def test_what_is_no_batch_is_told(asking: tuple[Study, Wave, Questionnaire]) -> None:
    """A file that was cut, one whose seal was broken, and a second program."""
    _, wave, survey = asking
    begun(wave, survey)
    path = batch_file(wave, survey)
    record = json.loads(path.read_bytes())
    path.write_text(json.dumps({**record, "sealed": "AAAA"}))
    assert code(Batch.opened, wave, survey, "") == "T476"
    whole = path.read_bytes()
    for content in (whole[:40], b"[" * 100_000, b'{"waiting": 1e999}', b'{"waiting": []}'):
        path.write_bytes(content)
        assert code(Batch.opened, wave, survey, "") == "T476"
        assert code(waiting_sheets, wave) == "T476"
    path.write_bytes(whole[:40])
    with (
        held(wave, survey),
        pytest.raises(RefusedError, match="Another program"),
        held(wave, survey),
    ):
        raise AssertionError("held twice")


def test_sheets_of_another_version_are_noticed(
    asking: tuple[Study, Wave, Questionnaire],
) -> None:
    """By the mark at their foot, however its letters are grouped; four of them at least."""
    _, _, survey = asking
    mark = survey.form_hash
    require_mark(survey, f" {mark[:4].upper()} {mark[4:8]} ")
    other = "0" if mark[0] != "0" else "1"
    for wrong in (other + mark[1:8], mark[:3], ""):
        assert code(require_mark, survey, wrong) == "T472"
