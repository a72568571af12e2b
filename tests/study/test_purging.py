"""Destruction: after its day, or early with a reason; gone for good, and on record."""

import datetime
import threading

import pytest
from keyholders import SECRETS, close_and_unseal
from zone import CLOSED, OPENED, rate, respond

from imfsurvey.i18n.errors import InputError, RefusedError
from imfsurvey.study.boxes import answers_box, box_folder
from imfsurvey.study.closing import closing_record
from imfsurvey.study.folder import Study
from imfsurvey.study.life import close_wave, open_wave, results
from imfsurvey.study.purging import destruction_record, purge
from imfsurvey.study.unsealing import unseal_wave
from imfsurvey.study.wave import Wave

DUE = datetime.date(2028, 1, 1)
WHO = {"by": "Robin", "reference": "selection list 7.2"}


def test_responses_are_kept_to_the_end_of_the_next_year(study: Study, draft: Wave) -> None:
    """Unless another day is given when the wave opens."""
    assert open_wave(study, draft, OPENED).file.keep_until == datetime.date(2027, 12, 31)
    other = study.new_wave("annual", 2027, questionnaires=["survey.yaml"])
    assert open_wave(study, other, OPENED, keep_until=DUE).file.keep_until == DUE


def test_a_day_that_has_passed_is_none(study: Study, draft: Wave) -> None:
    """Respondents would be told that their answers are gone already."""
    with pytest.raises(InputError, match=r"IMF-T493.*2026-03-01"):
        open_wave(study, draft, OPENED, keep_until=datetime.date(2026, 3, 1))
    assert study.wave(draft.id).file.status == "draft"
    open_wave(study, draft, OPENED, keep_until=OPENED)


def test_boxes_go_and_figures_stay(study: Study, wave: Wave) -> None:
    """What was stored is gone from the folder; figures and the closing record are not."""
    rate(wave, {"sa_code": 3})
    respond(wave, 8, clear=4, unclear=2)
    figures = close_and_unseal(study, wave, CLOSED).figures
    closed = study.wave(wave.id)
    record = purge(closed, DUE, **WHO)
    assert [(box.part, box.records) for box in record.boxes] == [("answers", 8)]
    assert not list(closed.folder.rglob("seg-*"))
    assert results(study, closed, DUE).figures == figures
    before = closing_record(closed)
    assert before is not None and before.boxes == record.boxes
    assert (closed.folder / "assessment.json").exists()
    assert destruction_record(closed) == record


def test_blocks_are_overwritten(study: Study, wave: Wave) -> None:
    """A file that is still open when the box is destroyed holds blanks only."""
    respond(wave, 3, clear=4)
    close_wave(study, wave, CLOSED)
    closed = study.wave(wave.id)
    folder = box_folder(answers_box(closed, closed.questionnaire("survey")))
    (segment,) = folder.glob("seg-*.json")
    with segment.open("rb") as file:
        assert b'"p":"' in file.read()
        purge(closed, DUE, **WHO)
        file.seek(0)
        assert not file.read().strip(b" ")


def test_named_answers_only_on_request(study: Study, wave: Wave) -> None:
    """Then they go too, and the record says so."""
    rate(wave, {"sa_code": 3})
    close_and_unseal(study, wave, CLOSED)
    record = purge(study.wave(wave.id), DUE, assessment=True, **WHO)
    assert record.assessment
    assert not list(wave.folder.glob("assessment.json*"))


def test_each_decision_stays_on_record(study: Study, wave: Wave) -> None:
    """Who destroyed the responses, when and by which authorisation is not written over when the
    ratings go too, a year later, by another; nor when the command is repeated."""
    rate(wave, {"sa_code": 3})
    respond(wave, 6, clear=4)
    close_wave(study, wave, CLOSED)
    first = purge(study.wave(wave.id), CLOSED, early="works council", **WHO)
    assert purge(study.wave(wave.id), DUE, **WHO) == first
    year_later = DUE.replace(year=DUE.year + 1)
    record = purge(study.wave(wave.id), year_later, by="Kim", reference="9.1", assessment=True)
    assert (record.on, record.by, record.early) == (CLOSED, "Robin", "works council")
    later = record.assessment_later
    assert later is not None
    assert (later.on, later.by, later.reference) == (year_later, "Kim", "9.1")
    again = purge(study.wave(wave.id), year_later, by="Alex", reference="9.2", assessment=True)
    assert again == destruction_record(study.wave(wave.id)) == record


def test_not_before_its_day_without_a_reason(study: Study, wave: Wave) -> None:
    """Respondents were told how long; an open wave is never purged."""
    with pytest.raises(RefusedError, match="IMF-T104"):
        purge(wave, DUE, **WHO)
    respond(wave, 6, clear=4)
    close_wave(study, wave, CLOSED)
    closed = study.wave(wave.id)
    for early in ("", " \n"):
        with pytest.raises(RefusedError, match=r"IMF-T185.*2027-12-31"):
            purge(closed, datetime.date(2027, 12, 31), early=early, **WHO)
    record = purge(closed, CLOSED, early="decision of the works council", **WHO)
    assert record.early == "decision of the works council"


def test_what_a_killed_closing_has_left_goes_too(study: Study, wave: Wave) -> None:
    """What was put aside, and which answers came from which computer: nobody has unsealed it."""
    respond(wave, 6, clear=4)
    close_wave(study, wave, CLOSED)
    left = [wave.folder / "drafts" / f"{'0' * 32}.draft", wave.folder / "merged" / "a.txt"]
    for path in left:
        path.parent.mkdir()
        path.write_bytes(b"left")
    purge(study.wave(wave.id), DUE, **WHO)
    assert not any(path.exists() for path in left)


def test_destroyed_answers_are_not_unsealed(study: Study, wave: Wave) -> None:
    """Whoever comes too late is told when they were destroyed."""
    respond(wave, 6, clear=4)
    close_wave(study, wave, CLOSED)
    purge(study.wave(wave.id), DUE, **WHO)
    with pytest.raises(RefusedError, match="IMF-T186"):
        unseal_wave(study.wave(wave.id), [SECRETS["officer"]])


def test_nothing_is_destroyed_while_it_is_unsealed(study: Study, wave: Wave) -> None:
    """Who destroys waits: the figures would be those of whatever was still there."""
    respond(wave, 8, clear=4)
    close_wave(study, wave, CLOSED)
    other = threading.Thread(target=purge, args=(study.wave(wave.id), DUE), kwargs=WHO)

    def meanwhile(_done: int, _all: int) -> None:
        other.start()
        other.join(0.2)
        assert other.is_alive()

    figures = unseal_wave(study.wave(wave.id), [SECRETS["officer"]], progress=meanwhile).figures
    other.join()
    assert figures.collected[0].counted == 8
    assert destruction_record(study.wave(wave.id)) is not None


def test_a_purge_that_was_cut_short_is_done_again(study: Study, wave: Wave) -> None:
    """The record was written before; what it says the boxes held does not change."""
    respond(wave, 6, clear=4)
    close_wave(study, wave, CLOSED)
    closed = study.wave(wave.id)
    folder = box_folder(answers_box(closed, closed.questionnaire("survey")))
    (segment,) = folder.glob("seg-*.json")
    kept = segment.read_bytes()
    first = purge(closed, DUE, **WHO)
    segment.write_bytes(kept)  # as if it had been killed before it got there
    second = purge(closed, DUE, **WHO)
    assert second.boxes == first.boxes
    assert not segment.exists()
