"""How complete the shipped policy is, what is hinted, what the study suggests: counted by hand."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from measured import wave
from small import IMF, choices, form
from small import item as an_item
from zone import IDENTITY

from imfsurvey.analysis.figures import Rating
from imfsurvey.analysis.levels import measure
from imfsurvey.interview import Answer, Entry, Interview
from imfsurvey.study.actions.action import Action
from imfsurvey.study.actions.hints import AFTER_PERIOD, NO_DATE, NO_OWNER, NO_TARGET
from imfsurvey.study.folder import Study
from imfsurvey.study.policy.completeness import Missing, completeness, grade
from imfsurvey.study.policy.smart import (
    AFTER_OBJECTIVE,
    SmartHint,
    planned_approaches,
    smart_hints,
)
from imfsurvey.study.policy.standing import standing_of
from imfsurvey.study.policy.suggestions import Suggestions
from imfsurvey.study.policy.text import PolicyText

TODAY = datetime.date(2026, 11, 2)


@pytest.fixture
def study(tmp_path: Path) -> Study:
    """A study of the shipped questionnaires, its period 2026 to 2030."""
    content: dict[str, Any] = {**IDENTITY}
    content["entity"] = {**content["entity"], "period": {"start": 2026, "end": 2030}}
    content["mandatary"] = {"name": "A. Dubois", "rank": "CDP"}
    return Study.create(tmp_path / "zone", content)


@pytest.fixture
def interview(study: Study) -> Interview:
    """Its policy, nothing written."""
    return PolicyText(study).interview("en", TODAY)


def entry(ident: str, **fields: str) -> Entry:
    """An entry with answered fields."""
    return Entry(ident, {name: Answer("answered", value) for name, value in fields.items()})


def objectives(interview: Interview, **later: str) -> None:
    """A strategic objective, and two operational ones that belong to it."""
    interview.record("po_strategic", "answered", (entry("s1", objective="Lawful", until="2030"),))
    first: Mapping[str, str] = {
        **{"result": "Fewer complaints", "strategic": "s1", "indicator": "complaints"},
        **{"target": "from 20 to 18", "deadline": "2028-06"},
    }
    second = {**first, "result": "Better talks", "target": "better", "deadline": "2031-01"}
    interview.record(
        "po_operational", "answered", (entry("o1", **first), entry("o2", **{**second, **later}))
    )


@pytest.mark.parametrize(
    ("percent", "name"),
    [(0, "N"), (15, "N"), (16, "P"), (50, "P"), (51, "L"), (85, "L"), (86, "F"), (100, "F")],
)
def test_the_grades_of_iso_33020(percent: int, name: str) -> None:
    """N up to 15 %, P up to 50, L up to 85, F above: 17 of 20 is exactly 85 %, so L."""
    assert grade(Fraction(percent, 100)) == name


def test_just_past_a_limit_is_the_next_grade() -> None:
    """Compared as fractions: nothing is rounded down to 85 %."""
    assert grade(Fraction(851, 1000)) == "F"
    assert grade(Fraction(151, 1000)) == "P"


def test_a_text_is_there_or_not(interview: Interview) -> None:
    """Three of the five items of section 1: 60 %, L; each of the others is named."""
    for item in ("po_entity", "po_mandatary", "po_officer"):
        interview.record(item, "answered", "X")
    first = completeness(interview)[0]
    assert (first.section, first.share, first.grade) == ("identification", Fraction(3, 5), "L")
    wanted = {Missing("po_first_year", "blank"), Missing("po_last_year", "blank")}
    assert set(first.missing) == wanted


def test_of_a_list_every_part_counts(interview: Interview) -> None:
    """One action for one of two objectives, without owner and date.

    It has 5 required fields (action, objective, approach, owner, deadline), 3 are there; of the
    2 objectives 1 has an action: 4 of 7. The other item of the section, a text, is not there:
    (4/7 + 0) / 2 = 2/7 = 28.6 %, P.
    """
    objectives(interview)
    one = entry("a1", action="Audit", objective="o1", approach="controlling")
    interview.record("po_actions", "answered", (one,))
    section = next(found for found in completeness(interview) if found.section == "actions")
    assert (section.share, section.grade) == (Fraction(2, 7), "P")
    assert section.missing == (
        Missing("po_actions", "field", "Audit", "owner"),
        Missing("po_actions", "field", "Audit", "deadline"),
        Missing("po_actions", "unserved", "Better talks"),
        Missing("po_learning", "blank"),
    )


def test_a_field_that_is_not_shown_is_not_missing() -> None:
    """Why is asked of the first entry, and not there; of the second nobody asks it: 4 of 5."""
    fields = [
        an_item("name", "text", required=True),
        an_item("kind", "single", choices=choices("x", "y"), required=True),
        an_item("why", "text", required=True, show_if="reasons.kind == 'x'"),
    ]
    asked = form(an_item("reasons", "repeat", label="name", items=fields, min=1))
    walk = Interview(asked, IMF, "fr")
    given = (entry("r1", name="A", kind="x"), entry("r2", name="B", kind="y"))
    walk.record("reasons", "answered", given)
    (state,) = completeness(walk)
    assert state.share == Fraction(4, 5)
    assert state.missing == (Missing("reasons", "field", "A", "why"),)


def test_an_empty_list_is_one_thing_that_is_missing(interview: Interview) -> None:
    """Not one for each field that it might have."""
    found = next(one for one in completeness(interview) if one.section == "monitoring")
    assert (found.share, found.missing) == (0, (Missing("po_monitoring", "no_entry"),))


def test_what_is_not_smart_is_hinted(interview: Interview) -> None:
    """No figure, nobody, no date, after the period, after the objective; the rest is silent."""
    interview.record("po_last_year", "answered", "2030")
    objectives(interview)
    fields = {"objective": "o1", "approach": "both", "owner": "HR", "deadline": "2028-06"}
    interview.record(
        "po_actions",
        "answered",
        (
            entry("a1", action="On time", **fields),
            entry("a2", action="Late", **{**fields, "deadline": "2028-07"}),
            entry("a3", action="Bare", approach="controlling"),
        ),
    )
    found = [(one.item, one.entry, one.words) for one in smart_hints(interview)]
    assert found == [
        ("po_operational", "Better talks", NO_TARGET),
        ("po_operational", "Better talks", AFTER_PERIOD),
        ("po_actions", "Late", AFTER_OBJECTIVE),
        ("po_actions", "Bare", NO_OWNER),
        ("po_actions", "Bare", NO_DATE),
    ]
    assert planned_approaches(interview) == ("both", "both", "controlling")


def test_the_balance_of_what_is_planned(study: Study, interview: Interview) -> None:
    """Two controlling and one of both, by hand: (0.5 - 2.5) / 3 = -2/3, outside -0.2 to 0.2."""
    approaches = ("controlling", "controlling", "both")
    entries = tuple(entry(f"a{n}", approach=one) for n, one in enumerate(approaches))
    interview.record("po_actions", "answered", entries)
    found = standing_of(PolicyText(study), interview)
    assert found.planned.balance == pytest.approx(-2 / 3)
    assert found.planned.outside(*found.band)
    assert found.state == "none"


def test_the_study_suggests_and_writes_nothing(study: Study, interview: Interview) -> None:
    """Names and period where nothing is written; what was written is left alone."""
    offered = Suggestions(study, (), (), "en")

    def value(item: str) -> list[str]:
        return [one.value for one in offered.open(interview, item)]

    assert value("po_mandatary") == ["A. Dubois, CDP"]
    assert (value("po_first_year"), value("po_last_year")) == (["2026"], ["2030"])
    assert value("po_needs") == []  # no wave has found anything weak
    assert interview.answers == {}
    interview.record("po_mandatary", "answered", "B. Peeters")
    assert value("po_mandatary") == []


def test_weak_topics_are_offered_as_needs_and_risks(study: Study, interview: Interview) -> None:
    """What holds the whole down, though it is written down at level 2, then what is not written
    down yet, at 1; neither what is at 2 and holds nothing down nor what nobody could rate."""
    levels = {"mentoring": 1, "role-model": 2, "coaching-confidant": 2}
    ratings = {topic: Rating("answered", level) for topic, level in levels.items()}
    scored = measure(
        study.framework, {**ratings, "spot-checks": Rating("dk")}, policy_approved=True
    )
    overall = replace(scored.overall, binding=("role-model",))
    scored = replace(scored, nodes={}, overall=overall)
    offered = Suggestions(study, (wave("2026", "zero", scored, frame=study.framework),), (), "en")
    topics = [study.framework.topic_by_id[topic] for topic in ("role-model", "mentoring")]
    (needs,) = offered.open(interview, "po_needs")
    lines = [f"- {one.label.say('en')}: level {levels[one.id]}" for one in topics]
    assert needs.value.splitlines() == lines
    risks = [one.entry.id for one in offered.open(interview, "po_risks") if one.entry is not None]
    assert risks == [f"r-{one.id}" for one in topics if one.risk is not None] != []


def test_accepted_actions_are_offered_as_entries(study: Study, interview: Interview) -> None:
    """With their objective first; what is in the list already, or rejected, is not offered."""
    action = Action(
        "a7", "dilemma-training", "Train", "stimulating", "All have been trained", "HR",
        datetime.date(2027, 3, 31), decision="accepted",
    )  # fmt: skip
    rejected = Action("a8", "dilemma-training", "No", "both", decision="rejected")
    offered = Suggestions(study, (), (action, rejected), "en")
    (goal,) = offered.open(interview, "po_operational")
    assert goal.entry == entry("o-a7", result="All have been trained", deadline="2027-03")
    (first,) = offered.open(interview, "po_actions")
    assert first.entry is not None and "objective" not in first.entry.answers
    interview.record("po_operational", "answered", (goal.entry,))
    (then,) = offered.open(interview, "po_actions")
    assert then.entry == entry(
        "a-a7", action="Train", objective="o-a7", approach="stimulating", owner="HR",
        deadline="2027-03",
    )  # fmt: skip
    interview.record("po_actions", "answered", (then.entry,))
    assert offered.open(interview, "po_actions") == ()
    lacking = SmartHint("po_operational", "All have been trained", NO_TARGET)
    assert smart_hints(interview) == (lacking,)
