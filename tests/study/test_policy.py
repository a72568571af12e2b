"""A wave that also holds a policy to be written and a set for team sessions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from keyholders import close_and_unseal
from zone import CLOSED, OPENED, QUESTIONNAIRES, make_zone, rate, respond

from imfsurvey.i18n.errors import RefusedError, StorageError
from imfsurvey.interview import Answer, Entry, Interview
from imfsurvey.report import summary
from imfsurvey.study.assessment import ASSESSMENT_FILE, Assessment, raters_of
from imfsurvey.study.boxes import BOXES, expect_another
from imfsurvey.study.folder import Study
from imfsurvey.study.life import open_wave, results
from imfsurvey.study.results import RATERS, Unfinished
from imfsurvey.study.scoring import score, self_assessments, surveys
from imfsurvey.study.wave import Wave

ALL = {"sa_code": 2, "sa_rules": 2, "sa_training": 2, "sa_cycle": 2}
ANSWERS = {
    "vision": Answer("answered", "One line\nand another"),
    "since": Answer("answered", "2024-05"),
    "goals": Answer("answered", (Entry("g1", {"goal": Answer("answered", "Peace")}),)),
    "steps": Answer(
        "answered",
        (
            Entry(
                "s1",
                {
                    "step": Answer("answered", "3"),
                    "goal_of": Answer("answered", "g1"),
                    "due": Answer("answered", "2027-01-31"),
                },
            ),
            Entry("s2"),
        ),
    ),
    "first_goal": Answer("answered", "g1"),
}


@pytest.fixture
def study(tmp_path: Path) -> Study:
    """A study with a set for team sessions beside its own questionnaires."""
    study = make_zone(tmp_path / "zone")
    own = study.folder / "questionnaires"
    text = (own / "survey.yaml").read_text("utf-8")
    text = text.replace("kind: perception", "kind: session").replace("id: sample.survey", "id: s")
    (own / "session.yaml").write_text(text, "utf-8")
    return study


@pytest.fixture
def wave(study: Study) -> Wave:
    """An open wave of all four kinds."""
    names = (*QUESTIONNAIRES, "policy.yaml", "session.yaml")
    return open_wave(study, study.new_wave("zero", 2026, questionnaires=names), OPENED)


def write(wave: Wave, rater: str = "mandatary", *, finished: bool = False) -> None:
    """Store the policy."""
    policy = wave.questionnaire("policy")
    interview = Interview(policy, wave.framework, "fr", answers=ANSWERS)
    assert rater in RATERS
    Assessment(wave).save(policy, rater, interview, finished=finished)


def test_only_ratings_and_the_survey_are_counted(wave: Wave) -> None:
    """Neither the policy nor the votes of a team."""
    assert [one.id for one in self_assessments(wave)] == ["sample.assessment"]
    assert [one.id for one in surveys(wave)] == ["sample.survey"]
    assert [path.name for path in (wave.folder / BOXES).iterdir()] == ["survey"]


def test_what_was_written_comes_back_as_it_was(wave: Wave) -> None:
    """Texts, dates, and entries with their ids, in their order; a digit stays a text."""
    write(wave)
    draft = Assessment(wave).draft(wave.questionnaire("policy"), "mandatary")
    assert draft is not None
    assert draft.answers == ANSWERS


def test_a_policy_is_one_document(wave: Wave) -> None:
    """Whoever writes goes on with what is there; a self-assessment each gives apart."""
    policy = wave.questionnaire("policy")
    assert raters_of(policy) == ("mandatary",)
    assert raters_of(wave.questionnaire("assessment")) == RATERS
    write(wave, "officer")
    for rater in RATERS:
        draft = Assessment(wave).draft(policy, rater)
        assert draft is not None and draft.answers == ANSWERS
    tables = json.loads((wave.folder / ASSESSMENT_FILE).read_bytes())
    assert len(tables["responses"]) == 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"2027-01-31"', '"2027-02-31"'),
        ('"value": "g1"', '"value": "g9"'),
        ('"id": "s2"', '"id": "s1"'),
        ('"step"', '"stop"'),
        ('"id": "s2"', '"ident": "s2"'),
    ],
)
def test_what_cannot_have_been_written_is_told(wave: Wave, old: str, new: str) -> None:
    """As for a rating: the file is named and left alone."""
    write(wave)
    file = wave.folder / ASSESSMENT_FILE
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(StorageError, match="IMF-T120"):
        Assessment(wave).draft(wave.questionnaire("policy"), "mandatary")


def test_a_policy_changes_no_figure(study: Study, wave: Wave) -> None:
    """Neither a rater nor something unfinished, though it is far from complete."""
    before = score(wave, study.file, CLOSED)
    write(wave)
    assert score(wave, study.file, CLOSED) == before
    rate(wave, {**ALL, "sa_code": "dk"}, finished=False)
    figures = score(wave, study.file, CLOSED)
    assert figures.raters == ("mandatary",)
    assert figures.unfinished == (Unfinished("sample.assessment", "mandatary", 0),)


def test_nobody_fills_in_a_session_alone(wave: Wave) -> None:
    """It is voted on together; the survey may be answered."""
    with pytest.raises(RefusedError, match="IMF-T134"):
        expect_another(wave, wave.questionnaire("session"))
    expect_another(wave, wave.questionnaire("survey"))


def test_such_a_wave_closes_and_is_reported(study: Study, wave: Wave) -> None:
    """With the figures of its ratings and its survey."""
    rate(wave, ALL)
    respond(wave, 12, category="ops", clear=4, unclear=2)
    write(wave, finished=True)
    close_and_unseal(study, wave, CLOSED)
    found = results(study, study.wave(wave.id), CLOSED)
    assert [one.questionnaire for one in found.figures.perception] == ["sample.survey"]
    assert found.figures.maturity is not None
    assert found.figures.maturity.ratings["code"].level == 2
    for language in ("fr", "nl"):
        assert summary((found,), language, CLOSED).sections
