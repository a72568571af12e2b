"""From what was collected to figures: which answers count, and as what."""

import datetime
import shutil
from pathlib import Path

import pytest
from keyholders import SECRETS, close_and_unseal
from zone import CLOSED, IDENTITY, OPENED, make_zone, rate, respond

from imfsurvey.analysis.figures import Rating
from imfsurvey.study.folder import Study, write_text, yaml_text
from imfsurvey.study.life import close_wave, open_wave
from imfsurvey.study.results import Unfinished
from imfsurvey.study.scoring import score, self_assessments, surveys
from imfsurvey.study.unsealing import unseal_wave
from imfsurvey.study.wave import Wave

ALL = {"sa_code": 2, "sa_rules": 2, "sa_training": 2, "sa_cycle": 2}


def test_questionnaires_are_told_apart_by_their_kind(wave: Wave) -> None:
    """Self-assessments give the levels, surveys of perception the answers of the staff."""
    assert [one.id for one in self_assessments(wave)] == ["sample.assessment"]
    assert [one.id for one in surveys(wave)] == ["sample.survey"]


def test_without_a_self_assessment_there_is_no_maturity(study: Study, wave: Wave) -> None:
    """Nobody rated anything: no level, not level 0."""
    figures = score(wave, study.file, CLOSED)
    assert (figures.maturity, figures.rater, figures.raters) == (None, None, ())
    assert figures.unfinished == ()


def test_each_answer_becomes_a_rating(study: Study, wave: Wave) -> None:
    """Level with its evidence, not applicable with its reason, don't know, blank."""
    rate(wave, {"sa_code": 3, "sa_rules": "na", "sa_training": "dk"}, finished=False)
    figures = score(wave, study.file, CLOSED)
    assert figures.maturity is not None
    assert figures.maturity.ratings == {
        "code": Rating("answered", 3, evidence="Note"),
        "rules": Rating("na", reason="Sans objet"),
        "training": Rating("dk"),
        "cycle": Rating("blank"),
    }
    assert figures.unfinished == (Unfinished("sample.assessment", "mandatary", 1),)


def test_the_first_rater_counts(study: Study, wave: Wave) -> None:
    """Mandatary before officer before others, whoever was first in time; the rest are named."""
    rate(wave, {**ALL, "sa_code": 5}, rater="external")
    rate(wave, {**ALL, "sa_code": 1}, rater="officer")
    figures = score(wave, study.file, CLOSED)
    assert figures.maturity is not None
    assert (figures.rater, figures.raters) == ("officer", ("officer", "external"))
    assert figures.maturity.ratings["code"].level == 1


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"sa_code": 3, "sa_again": 1}, Rating("answered", 1, evidence="Note")),
        ({"sa_code": "na", "sa_again": 4}, Rating("answered", 4, evidence="Note")),
        ({"sa_code": 3, "sa_again": "dk"}, Rating("dk")),
        ({"sa_code": 3}, Rating("blank")),
        ({"sa_code": "na", "sa_again": "na"}, Rating("na", reason="Sans objet")),
    ],
)
def test_several_items_of_one_topic(
    tmp_path: Path, answers: dict[str, int | str], expected: Rating
) -> None:
    """The lowest level counts; what is open leaves the topic open; what is not applicable
    leaves it to the other item."""
    study = make_zone(tmp_path / "zone")
    file = study.folder / "questionnaires" / "assessment.yaml"
    again = (
        "      - {id: sa_again, type: maturity, topic: code, "
        'text: {fr: "Encore", nl: "Nogmaals"}}\n'
    )
    file.write_text(file.read_text("utf-8") + again, "utf-8")
    draft = study.new_wave("zero", 2026, questionnaires=["assessment.yaml"])
    wave = open_wave(study, draft, OPENED)
    rate(wave, answers, finished=False)
    figures = score(wave, study.file, CLOSED)
    assert figures.maturity is not None
    assert figures.maturity.ratings["code"] == expected


@pytest.mark.parametrize(
    ("approved", "holds"),
    [(None, True), (CLOSED, False), (CLOSED + datetime.timedelta(days=1), True)],
)
def test_the_gate_looks_at_the_day_of_closing(
    study: Study, wave: Wave, approved: datetime.date | None, holds: bool
) -> None:
    """A policy that is approved by that day opens the gate; a later one does not."""
    rate(wave, ALL)
    if approved is not None:
        content = {**IDENTITY, "policy": {"approved_on": approved.isoformat()}}
        write_text(study.folder / "study.yaml", yaml_text(content))
    figures = close_and_unseal(Study(study.folder), wave, CLOSED).figures
    assert figures.maturity is not None
    assert figures.maturity.gate_holds is holds
    assert figures.maturity.overall.demonstrated == (1 if holds else 2)
    assert figures.policy_approved_on == (None if holds else approved)


def test_the_declared_band_counts(study: Study, wave: Wave) -> None:
    """The balance is measured against the study's own band."""
    rate(wave, ALL)
    content = {**IDENTITY, "balance_band": {"low": 0.1, "high": 0.4}}
    write_text(study.folder / "study.yaml", yaml_text(content))
    figures = score(wave, Study(study.folder).file, CLOSED)
    assert figures.maturity is not None
    assert (figures.maturity.balance.low, figures.maturity.balance.high) == (0.1, 0.4)


def test_responses_are_counted_by_hand(study: Study, wave: Wave) -> None:
    """30 of 52 answered: 20 agree (4), 10 disagree (2); the reversed item is turned round."""
    respond(wave, 20, category="ops", clear=4, unclear=2)
    respond(wave, 10, category="08", clear=2, unclear=5)
    (figures,) = close_and_unseal(study, wave, CLOSED).figures.perception
    assert (figures.responses.returned, figures.responses.headcount) == (30, 52)
    clear, unclear = figures.items
    assert (clear.n, clear.counts) == (30, (0, 10, 0, 20, 0))
    assert clear.favourable == pytest.approx(20 / 30)
    assert clear.mean == pytest.approx((20 * 4 + 10 * 2) / 30)
    assert (unclear.n, unclear.counts) == (30, (0, 20, 0, 0, 10))
    assert unclear.favourable == pytest.approx(20 / 30)
    assert unclear.mean == pytest.approx((20 * 4 + 10 * 1) / 30)


def test_figures_need_no_open_wave(study: Study, wave: Wave, tmp_path: Path) -> None:
    """A copy of the study folder gives the same figures."""
    rate(wave, ALL)
    respond(wave, 12, clear=4, unclear=3)
    close_wave(study, wave, CLOSED)
    shutil.copytree(study.folder, tmp_path / "copy")
    here, there = (
        unseal_wave(one.wave(wave.id), [SECRETS["officer"]]).figures
        for one in (study, Study(tmp_path / "copy"))
    )
    assert here == there
    assert [item.hidden for item in here.perception[0].items] == ["large_majority"] * 2
