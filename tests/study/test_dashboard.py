"""The study at a glance: what it counts, and which step of the cycle comes next."""

from __future__ import annotations

import datetime

import pytest
from keyholders import close_and_unseal
from measured import maturity, perception
from measured import wave as measured_wave
from zone import CLOSED, OPENED, QUESTIONNAIRES, rate, respond

from imfsurvey.study.actions.action import Action
from imfsurvey.study.actions.plan import ActionPlan
from imfsurvey.study.actions.proposals import proposals
from imfsurvey.study.dashboard import Dashboard, dashboard
from imfsurvey.study.folder import REPORTS, Study
from imfsurvey.study.life import close_wave, open_wave
from imfsurvey.study.planning import measured
from imfsurvey.study.targets import Targets
from imfsurvey.study.wave import Wave

LEVELS = {"sa_code": 3, "sa_rules": 1, "sa_training": 0, "sa_cycle": 2}
YEAR_LATER = CLOSED.replace(year=CLOSED.year + 1)


def now(study: Study, day: datetime.date = CLOSED) -> Dashboard:
    """The dashboard on a day."""
    return dashboard(study, measured(study, day), day)


def kinds(study: Study, day: datetime.date = CLOSED) -> list[str]:
    """The steps that come next."""
    return [step.kind for step in now(study, day).steps]


def test_a_new_study_makes_a_key_then_measures(study: Study) -> None:
    """The sample study has keys; without them, they come first."""
    assert kinds(study) == ["zero"]
    for key in (study.folder / "keys").glob("*.yaml"):
        key.unlink()
    assert kinds(study) == ["keys", "zero"]


def test_a_wave_from_draft_to_closed(study: Study) -> None:
    """Open it, answer, finish, close; then unseal; and acting begins once it is closed."""
    study.new_wave("zero", 2026, questionnaires=QUESTIONNAIRES)
    assert kinds(study) == ["open"]
    wave = open_wave(study, study.wave("2026-zero"), OPENED)
    assert kinds(study, OPENED) == ["answer", "close"]
    rate(wave, LEVELS, finished=False)
    (finish, close) = now(study, OPENED).steps
    assert (finish.kind, finish.count, close.kind) == ("finish", 1, "close")
    rate(wave, LEVELS)
    respond(wave, 12, clear=5, unclear=1)
    assert kinds(study, OPENED) == ["close"]
    close_wave(study, study.wave(wave.id), CLOSED)
    assert kinds(study)[0] == "unseal"


def test_after_a_measurement_report_plan_policy_and_the_next_one(study: Study, wave: Wave) -> None:
    """The steps fall away as they are done; a year after the closing the next wave is late."""
    rate(wave, LEVELS)
    respond(wave, 12, clear=5, unclear=1)
    close_and_unseal(study, wave, CLOSED)
    assert kinds(study) == ["report", "propose", "policy", "measure"]
    assert now(study).steps[-1].day == YEAR_LATER
    (study.folder / REPORTS).mkdir(exist_ok=True)
    (study.folder / REPORTS / "2026-zero-summary.fr.md").write_text("", "utf-8")
    plan = ActionPlan(study)
    plan.propose(proposals(now(study).waves[0], "fr"), CLOSED)
    decide, *rest = now(study).steps
    assert (decide.kind, decide.count) == ("decide", 3)  # training, rules, cycle bind
    assert [step.kind for step in rest] == ["policy", "measure"]
    plan.accept("a1", CLOSED, owner="Anne", deadline=CLOSED + datetime.timedelta(days=30))
    plan.accept("a2", CLOSED)
    plan.reject("a3", "Trop tôt.", CLOSED)
    assert kinds(study) == ["policy", "measure"]
    late = YEAR_LATER + datetime.timedelta(days=1)
    assert kinds(study, YEAR_LATER) == ["policy", "overdue", "measure"]
    assert kinds(study, late) == ["policy", "overdue", "late"]
    glance = now(study, late)
    assert [one.id for one in glance.overdue] == ["a1"]
    assert [one.id for one in glance.due] == ["a2"]


def test_after_the_final_measurement_the_mandate_is_handed_over(study: Study) -> None:
    """No next measurement is asked for."""
    wave = open_wave(study, study.new_wave("final", 2026, questionnaires=QUESTIONNAIRES), OPENED)
    rate(wave, LEVELS)
    close_wave(study, wave, CLOSED)
    assert kinds(study)[-1] == "handover"


def test_targets_and_gap_of_the_last_wave(study: Study, wave: Wave) -> None:
    """Code is claimed at 3, that is 60; nine of twelve do not see it, three do. Of the targets
    code 3, rules 2 and cycle 1, the levels 3, 1 and 2 reach the first and the last."""
    for topic, level in (("code", 3), ("rules", 2), ("cycle", 1)):
        Targets(study.folder).set(wave.framework, [topic], level, "Risque", OPENED)
    rate(wave, LEVELS)
    respond(wave, 9, clear=2, unclear=4)
    respond(wave, 3, clear=4, unclear=2)
    close_and_unseal(study, wave, CLOSED)
    glance = now(study)
    (gap,) = glance.gaps
    # clear: 9 x 2 and 3 x 4 = 30 / 12 = 2.5; unclear turned round: the same: 25 x 1.5 = 37.5
    assert (gap.topic, gap.claimed, gap.seen) == ("code", 60, pytest.approx(37.5))
    assert gap.confirmed is False  # 3 of 12 favourable on both
    assert glance.targets == (2, 3)


def test_the_gap_is_that_of_the_last_wave_that_has_one() -> None:
    """Code claimed at level 1, then at 3, that is 60; a wave without a survey says nothing."""
    both = [
        measured_wave(name, "annual", maturity({"code": level}, 20.0), (perception(),))
        for name, level in (("2026", 1), ("2027", 3))
    ]
    waves = (*both, measured_wave("2028", "annual", maturity({"code": 5}, 20.0)))
    (gap,) = Dashboard(CLOSED, waves, (), ()).gaps
    assert (gap.topic, gap.claimed) == ("code", 60)


def test_a_study_without_an_assessment_has_no_last_wave(study: Study) -> None:
    """Nothing is invented: no gap, no targets; actions are counted all the same, the next day
    first and those without a day last."""
    plan = ActionPlan(study)
    for days in (None, 60, 30):
        day = None if days is None else CLOSED + datetime.timedelta(days=days)
        plan.add(Action("", "code", "Lire le code", "both", deadline=day), CLOSED)
    glance = now(study)
    assert (glance.last, glance.gaps, glance.targets) == (None, (), None)
    assert [one.id for one in glance.due] == ["a3", "a2", "a1"]


def test_a_leap_day_is_due_on_the_last_of_february(study: Study) -> None:
    """Closed on 29 February 2028: the next measurement is due on 28 February 2029."""
    leap = datetime.date(2028, 2, 29)
    wave = open_wave(study, study.new_wave("zero", 2028, questionnaires=QUESTIONNAIRES), leap)
    rate(wave, LEVELS)
    close_wave(study, wave, leap)
    assert now(study, leap).steps[-1].day == datetime.date(2029, 2, 28)
