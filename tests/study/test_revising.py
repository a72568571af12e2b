"""Closing is final: a correction is a revision beside the wave, and both are kept."""

from __future__ import annotations

import datetime

import pytest
from keyholders import close_and_unseal
from zone import CLOSED, IDENTITY, OPENED, QUESTIONNAIRES, rate, respond

from imfsurvey.i18n.errors import RefusedError
from imfsurvey.report import summary
from imfsurvey.report.document import Table
from imfsurvey.study.actions.action import Action
from imfsurvey.study.actions.effect import Effect, effects
from imfsurvey.study.assessment import Assessment
from imfsurvey.study.dashboard import dashboard
from imfsurvey.study.files import write_text, yaml_text
from imfsurvey.study.folder import Study
from imfsurvey.study.lasttime import last_time
from imfsurvey.study.life import close_wave, closed_before, open_wave, released, results
from imfsurvey.study.planning import measured
from imfsurvey.study.results import Corrected
from imfsurvey.study.revising import current, revise
from imfsurvey.study.targets import Targets
from imfsurvey.study.wave import Wave

ALL = {"sa_code": 3, "sa_rules": 2, "sa_training": 2, "sa_cycle": 2}
LATER = datetime.date(2026, 9, 1)
WHY = "Le code n'était pas encore approuvé"


@pytest.fixture
def closed(study: Study, wave: Wave) -> Wave:
    """The zero wave, closed and unsealed, with a target."""
    rate(wave, ALL)
    respond(wave, 12, clear=4)
    Targets(study.folder).set(wave.framework, ["code"], 4, "Risque", CLOSED)
    close_and_unseal(study, wave, CLOSED)
    return study.wave(wave.id)


def corrected(study: Study, closed: Wave) -> Wave:
    """Its first revision, closed, with the code at 1."""
    revision = revise(study, closed, f"  {WHY}\n", LATER)
    rate(revision, {**ALL, "sa_code": 1})
    close_wave(study, revision, LATER)
    return study.wave(revision.id)


def test_a_revision_begins_with_the_ratings_as_they_were(study: Study, closed: Wave) -> None:
    """On the same frozen files, without the survey, open for its raters; reminded of nothing."""
    path = closed.folder / "wave.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("store: ''", "store: postgresql://nowhere/survey"), "utf-8")
    moved = study.wave(closed.id)
    revision = revise(study, moved, WHY, LATER)
    assert (moved.file.store, revision.file.store) == ("postgresql://nowhere/survey", "")
    assert (revision.id, revision.file.status, revision.file.kind) == (
        "2026-zero-r2",
        "open",
        "zero",
    )
    assert revision.file.uid != closed.file.uid
    assert list(revision.questionnaires) == ["sample.assessment"]
    assert revision.file.label.say("fr").endswith("(révision 2)")
    form = revision.questionnaire("assessment")
    draft = Assessment(revision).draft(form, "mandatary")
    assert draft is not None
    assert draft.answers["sa_code"].value == 3
    assert last_time(revision, "mandatary") is None
    assert closed_before(study, revision) == ()


def test_both_are_kept(study: Study, closed: Wave) -> None:
    """The wave as it was, the revision with its reason, with the staff's answers and the targets
    of then, though these have changed since."""
    before = released(closed)
    Targets(study.folder).set(closed.framework, ["code"], 5, "Plus haut", LATER)
    made = corrected(study, closed)
    assert released(study.wave(closed.id)) == before
    found = results(study, made, LATER)
    assert found.figures.corrected == Corrected("2026-zero", 2, WHY)
    assert found.figures.maturity is not None
    assert found.figures.maturity.ratings["code"].level == 1
    assert found.figures.perception == before.perception
    assert found.figures.perception != ()
    assert found.figures.breakdowns == before.breakdowns != ()
    assert found.figures.hashes == before.hashes
    assert set(found.questionnaires) == {"sample.assessment", "sample.survey"}
    assert found.figures.targets == before.targets
    (remark,) = results(study, study.wave(closed.id), LATER).remarks
    assert (remark.code, remark.params["later"]) == ("IMF-T464", "2026-zero-r2")


def test_an_approval_since_does_not_open_the_gate_of_then(study: Study, closed: Wave) -> None:
    """The policy was approved between closing and correction: the ratings of March, all at 2 or
    more, stay at the gate's level 1, as when the wave closed."""
    content = {**IDENTITY, "policy": {"approved_on": "2026-06-01"}}
    write_text(study.folder / "study.yaml", yaml_text(content))
    again = Study(study.folder)
    revision = revise(again, closed, WHY, LATER)
    figures = close_wave(again, revision, LATER).figures
    assert figures.maturity is not None and figures.maturity.gate_holds
    assert (figures.policy_approved_on, figures.maturity.overall.demonstrated) == (None, 1)


def test_what_is_sealed_is_unsealed_where_it_was_collected(study: Study, wave: Wave) -> None:
    """The correction of a wave that no key holder has unsealed has no box to unseal."""
    rate(wave, ALL)
    respond(wave, 12, clear=4)
    close_wave(study, wave, CLOSED)
    made = corrected(study, study.wave(wave.id))
    assert results(study, made, LATER).figures.sealed == ("sample.survey",)
    steps = dashboard(study, measured(study, LATER), LATER).steps
    assert [one.wave for one in steps if one.kind == "unseal"] == ["2026-zero"]


def test_the_last_revision_is_what_later_waves_are_compared_with(
    study: Study, closed: Wave
) -> None:
    """An open one is not; a second one is made from the first, and replaces it."""
    first = corrected(study, closed)
    second = revise(study, closed, "Encore", LATER)
    assert [one.id for one in current(study.waves)] == ["2026-zero-r2", "2026-zero-r3"]
    form = second.questionnaire("assessment")
    draft = Assessment(second).draft(form, "mandatary")
    assert draft is not None
    assert draft.answers["sa_code"].value == 1
    draft_wave = study.new_wave("annual", 2027, questionnaires=QUESTIONNAIRES)
    annual = open_wave(study, draft_wave, OPENED.replace(year=2027))
    assert [one.id for one in closed_before(study, annual)] == [first.id]
    reminded = last_time(annual, "mandatary")
    assert reminded is not None
    assert reminded.ratings["code"] == 1
    close_wave(study, second, LATER)
    assert [one.id for one in closed_before(study, annual)] == ["2026-zero-r3"]


def test_the_report_says_which_revision_and_why(study: Study, closed: Wave) -> None:
    """Of the wave reported, and of one that it is compared with; the wave replaced is not shown
    beside its revision."""
    made = corrected(study, closed)
    draft = study.new_wave("annual", 2027, questionnaires=QUESTIONNAIRES)
    annual = open_wave(study, draft, OPENED.replace(year=2027))
    rate(annual, ALL)
    zero, again, now = (results(study, one, LATER) for one in (study.wave(closed.id), made, annual))
    own = summary([zero, again], "en", LATER)
    words = f"Revision 2 of wave 2026-zero. Reason given: {WHY}"
    assert ("Revision", words) in own.facts
    assert "change" not in [section.id for section in own.sections]
    compared = summary([zero, again, now], "en", LATER)
    assert f"Zero measurement: compared as corrected since. {words}" in compared.warnings
    change = next(one for one in compared.sections if one.id == "change").blocks[0]
    assert isinstance(change, Table)
    # determine: code 1 and rules 2 in the revision, 20 x 1.5; now 3 and 2, 20 x 2.5
    determine = next(row for row in change.rows if row[0].startswith("[FR] Déterminer"))
    assert determine[1:4] == ("30", "50", "+20")


def test_the_next_measurement_is_due_as_before(study: Study, closed: Wave) -> None:
    """A year after 27 March, when the wave closed, not after its correction in September."""
    corrected(study, closed)
    steps = dashboard(study, measured(study, LATER), LATER).steps
    assert [one.day for one in steps if one.kind == "measure"] == [CLOSED.replace(year=2027)]


def test_a_correction_is_no_effect_of_an_action(study: Study, closed: Wave) -> None:
    """The zero wave corrected shows nothing that came of an action; of a later wave, its
    correction is what the action is seen by, once it is closed."""
    action = Action("a1", "code", "Write it", "both", wave=closed.id, level=3)
    corrected(study, closed)
    assert effects(action, measured(study, LATER)) == ()
    draft = study.new_wave("annual", 2027, questionnaires=["assessment.yaml"])
    annual = open_wave(study, draft, OPENED.replace(year=2027))
    rate(annual, ALL)
    close_wave(study, annual, CLOSED.replace(year=2027))
    assert effects(action, measured(study, LATER)) == (Effect("2027-annual", 3, True),)
    again = revise(study, study.wave(annual.id), WHY, LATER.replace(year=2027))
    rate(again, {**ALL, "sa_code": 4})
    assert effects(action, measured(study, LATER)) == (Effect("2027-annual", 3, True),)
    close_wave(study, again, LATER.replace(year=2027))
    assert effects(action, measured(study, LATER)) == (Effect("2027-annual-r2", 4, True),)


def test_what_cannot_be_revised(study: Study, wave: Wave) -> None:
    """An open wave, without a reason, twice at a time, without ratings."""
    with pytest.raises(RefusedError, match="IMF-T104"):
        revise(study, wave, WHY, LATER)
    close_wave(study, wave, CLOSED)
    closed = study.wave(wave.id)
    with pytest.raises(RefusedError, match="IMF-T460"):
        revise(study, closed, "  ", LATER)
    with pytest.raises(RefusedError, match="IMF-T461"):
        revise(study, closed, WHY, LATER)
    assert [one.id for one in study.waves] == ["2026-zero"]


def test_one_revision_at_a_time(study: Study, closed: Wave) -> None:
    """The open one is named; and nothing but a self-assessment is revised."""
    revise(study, closed, WHY, LATER)
    with pytest.raises(RefusedError, match="2026-zero-r2"):
        revise(study, closed, WHY, LATER)
    only = study.new_wave("annual", 2027, questionnaires=["survey.yaml"])
    wave = open_wave(study, only, OPENED.replace(year=2027))
    close_wave(study, wave, CLOSED.replace(year=2027))
    with pytest.raises(RefusedError, match="IMF-T463"):
        revise(study, study.wave(wave.id), WHY, LATER)
