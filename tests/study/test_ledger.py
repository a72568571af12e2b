"""What was released stays known: later releases are checked beside it before anything is kept."""

from __future__ import annotations

import datetime
import json
import shutil
from dataclasses import replace

import pytest
from keyholders import SECRETS
from tinydb import TinyDB
from zone import CLOSED, OPENED, respond

from imfsurvey.i18n.errors import InputError, RefusedError
from imfsurvey.interview import Answer
from imfsurvey.study.boxes import Submission, answers_box, box_folder, response_store, submit
from imfsurvey.study.breakdowns import broken_down, headcount_problems
from imfsurvey.study.folder import Study
from imfsurvey.study.ledger import ledger, mark, shown_elsewhere
from imfsurvey.study.life import (
    RELEASED_FILE,
    close_wave,
    open_wave,
    release,
    released,
    results,
)
from imfsurvey.study.unsealing import unseal_wave
from imfsurvey.study.wave import Wave

OFFICER = SECRETS["officer"]
LATER = datetime.date(2026, 5, 4)


@pytest.fixture
def closed(study: Study, wave: Wave) -> Wave:
    """A closed wave: 31 of the operational staff answered, 11 of the others."""
    for n in range(31):
        respond(wave, 1, category="ops", clear=1 + n % 5, unclear=1 + n % 4)
    for n in range(11):
        respond(wave, 1, category="08", clear=1 + n % 5, unclear=1 + n % 4)
    close_wave(study, wave, CLOSED)
    return study.wave(wave.id)


def forget_groups(wave: Wave) -> None:
    """Make released.json what a version without results by group had left."""
    figures = released(wave)
    with TinyDB(wave.folder / RELEASED_FILE) as db:
        db.drop_table("ledger")
        db.drop_table("figures")
    release(wave, replace(figures, breakdowns=()))
    text = json.loads((wave.folder / RELEASED_FILE).read_text("utf-8"))
    (record,) = text["figures"].values()
    del record["breakdowns"]
    (wave.folder / RELEASED_FILE).write_text(json.dumps(text), "utf-8")


def seal_again(wave: Wave) -> None:
    """As a correction would: the figures are to be made anew, what was released stays known."""
    figures = released(wave)
    again = replace(figures, perception=(), breakdowns=(), collected=(), sealed=("sample.survey",))
    release(wave, again)


def test_a_release_is_kept_without_numbers(closed: Wave) -> None:
    """Day, survey, marks of the sealed responses, and whom there are figures of; no count."""
    unseal_wave(closed, [OFFICER], on=LATER)
    (entry,) = ledger(closed)
    with response_store(answers_box(closed, closed.questionnaire("survey"))) as store:
        marks = sorted(mark(payload) for payload in store.payloads())
    assert (entry.on, entry.questionnaire, entry.responses) == (
        LATER,
        "sample.survey",
        tuple(marks),
    )
    wheres = [one.where for one in entry.shown]
    assert wheres == [{}, {"category": "ops"}, {"category": "08"}]
    assert entry.shown[0].of == ("*", "clear", "unclear")
    raw = json.loads((closed.folder / RELEASED_FILE).read_text("utf-8"))
    assert set(raw["ledger"]["1"]) == {"on", "questionnaire", "responses", "shown"}


def test_groups_are_added_to_a_wave_of_an_earlier_version(study: Study, closed: Wave) -> None:
    """Such a wave is read as it is; unsealing adds the groups and leaves the other figures."""
    unseal_wave(closed, [OFFICER])
    forget_groups(closed)
    before = results(study, closed, CLOSED)
    assert before.figures.breakdowns == ()
    with pytest.raises(RefusedError, match="IMF-T382"):
        broken_down(before, ["category"])
    assert [one.responses for one in ledger(closed)] == [None]
    after = unseal_wave(closed, [OFFICER], on=LATER).figures
    assert replace(after, breakdowns=()) == before.figures
    assert [len(one.groups) for one in after.breakdowns] == [2]
    with pytest.raises(RefusedError, match="IMF-T176"):
        unseal_wave(closed, [OFFICER])


def test_a_release_without_a_ledger_showed_what_is_not_hidden(closed: Wave) -> None:
    """Of a wave of an earlier version: a statement that was hidden then was not released."""
    unseal_wave(closed, [OFFICER])
    forget_groups(closed)
    figures = released(closed)
    (survey,) = figures.perception
    hidden = (replace(survey.items[0], hidden="too_few"), *survey.items[1:])
    release(closed, replace(figures, perception=(replace(survey, items=hidden),)))
    ((everybody,),) = (one.shown for one in ledger(closed))
    assert everybody.where == {}
    assert "unclear" in everybody.of and "clear" not in everybody.of


def test_the_same_responses_may_be_released_again(closed: Wave) -> None:
    """Nothing new can be worked out: the figures are the same."""
    first = unseal_wave(closed, [OFFICER]).figures
    seal_again(closed)
    second = unseal_wave(closed, [OFFICER], on=LATER).figures
    assert [one.groups for one in second.breakdowns] == [one.groups for one in first.breakdowns]
    assert [one.on for one in ledger(closed)] == [CLOSED, LATER]


def test_a_response_less(closed: Wave) -> None:
    """41 beside 42: the difference would be one person's answers. Nothing is kept."""
    unseal_wave(closed, [OFFICER])
    seal_again(closed)
    kept = (closed.folder / RELEASED_FILE).read_bytes()
    box = answers_box(closed, closed.questionnaire("survey"))
    with response_store(box) as store:
        entries = list(store.entries())
    shutil.rmtree(box_folder(box))
    with response_store(box) as store:
        for entry in entries[1:]:
            store.add(entry.response_id, entry.payload)
    with pytest.raises(RefusedError, match="IMF-T381"):
        unseal_wave(closed.like(), [OFFICER], despite_differences=True)
    assert (closed.folder / RELEASED_FILE).read_bytes() == kept


def test_a_response_more(study: Study, wave: Wave) -> None:
    """43 beside 42: the same, the other way round. With ten more, figures can stand beside."""
    for n in range(42):
        respond(wave, 1, category="ops", clear=1 + n % 5, unclear=1 + n % 4)
    folder = wave.folder / "wave.yaml"
    opened = folder.read_text("utf-8")
    for more, refused in ((0, False), (1, True), (9, False)):
        folder.write_text(opened, "utf-8")
        for n in range(more):
            respond(study.wave(wave.id), 1, category="08", clear=1 + n % 5, unclear=1 + n % 4)
        close_wave(study, study.wave(wave.id), CLOSED)
        closed = study.wave(wave.id)
        if refused:
            with pytest.raises(RefusedError, match="IMF-T380"):
                unseal_wave(closed, [OFFICER])
        else:
            unseal_wave(closed, [OFFICER])
            seal_again(closed)
    assert len(ledger(study.wave(wave.id))) == 2


def test_surveys_of_one_wave_are_released_apart(study: Study) -> None:
    """The responses to one are not missing from the other. Of whom the other shows a statement of
    the same id is known: the same people may have answered both."""
    folder = study.folder / "questionnaires"
    text = (folder / "survey.yaml").read_text("utf-8")
    (folder / "more.yaml").write_text(text.replace("id: sample.survey", "id: sample.more"), "utf-8")
    draft = study.new_wave("zero", 2026, questionnaires=["survey.yaml", "more.yaml"])
    wave = open_wave(study, draft, OPENED)
    for n in range(12):
        respond(wave, 1, category="ops", clear=1 + n % 5, unclear=1 + n % 4)
    for category in ("ops", "08"):
        for n in range(12):
            codes = {"category": category, "clear": 1 + n % 5, "unclear": 1 + n % 4}
            said = {item: Answer("answered", code) for item, code in codes.items()}
            submit(wave, wave.questionnaire("more"), Submission(), said)
    close_wave(study, wave, CLOSED)
    closed = study.wave(wave.id)
    first = unseal_wave(closed, [OFFICER]).figures
    both = ("sample.survey", "sample.more")
    release(closed, replace(first, perception=(), breakdowns=(), collected=(), sealed=both))
    assert unseal_wave(closed, [OFFICER], on=LATER).figures.perception == first.perception
    entries = ledger(closed)
    assert [(one.on, one.questionnaire, len(one.responses or ())) for one in entries] == [
        (CLOSED, "sample.survey", 12),
        (CLOSED, "sample.more", 24),
        (LATER, "sample.survey", 12),
        (LATER, "sample.more", 24),
    ]
    more = entries[1].by_statement()
    assert more["clear"] != entries[0].by_statement()["clear"]
    found = shown_elsewhere(entries[:2], closed.questionnaire("survey"))
    assert found == {item: more[item] for item in ("clear", "unclear")}


def test_what_is_not_declared(study: Study, closed: Wave) -> None:
    """An item that no survey declares, and more items than may be crossed; where two are crossed,
    they may be named in any order."""
    unseal_wave(closed, [OFFICER])
    found = results(study, closed, CLOSED)
    with pytest.raises(InputError, match=r"IMF-A380.*category"):
        broken_down(found, ["clear"])
    assert broken_down(found, ["category"]) == found.figures.breakdowns
    both = ("category", "clear")
    (survey,) = (one for one in found.questionnaires.values() if one.privacy.breakdown_by)
    privacy = survey.privacy.model_copy(update={"breakdown_by": both})
    declared = survey.model_copy(update={"privacy": privacy})
    more = replace(found, questionnaires={survey.id: declared})
    with pytest.raises(InputError, match="IMF-A382"):
        broken_down(more, both)
    (single,) = found.figures.breakdowns
    crossed = replace(single, by=both)
    figures = replace(found.figures, breakdowns=(single, crossed))
    assert broken_down(replace(more, figures=figures), both[::-1]) == (crossed,)


def test_a_headcount_that_cannot_be(study: Study, wave: Wave) -> None:
    """20 say that they are of a group of 12: named, not computed, and nothing is refused."""
    respond(wave, 12, category="08", clear=4, unclear=1)
    respond(wave, 8, category="08", clear=1, unclear=4)
    respond(wave, 20, category="ops", clear=2, unclear=4)
    close_wave(study, wave, CLOSED)
    figures = unseal_wave(study.wave(wave.id), [OFFICER]).figures
    (problem,) = headcount_problems(figures)
    assert (problem.code, problem.params) == ("IMF-A381", {"group": "08", "headcount": 12})
    assert problem.severity == "warning"
