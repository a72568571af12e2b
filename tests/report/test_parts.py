"""Parts of a report that only some waves have: what they say there, and that others are silent."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

from measured import MADE_ON, assessment, framework, maturity, perception, survey, wave
from reported import charts, english, said, section_ids, sentences, table, tables

from imfsurvey.analysis.figures import Rating, ThemeFigures
from imfsurvey.questionnaire import Questionnaire
from imfsurvey.source.problems import Problem
from imfsurvey.study.actions.action import Action
from imfsurvey.study.kinds import Rater
from imfsurvey.study.results import Corrected, Side, Target, WaveResults

DAY = datetime.date(2027, 2, 2)


def rated(kind: Any = "annual", **more: Any) -> WaveResults:
    """Everything at 1, the cycle at 4, the roles at 2, the code declared not applicable."""
    scored = maturity({"cycle": 4, "roles": 2}, 40.0)
    ratings = {**scored.ratings, "code": Rating("na", reason="x")}
    return wave("2027", kind, replace(scored, ratings=ratings), **more)


# --- targets --------------------------------------------------------------------------------------

TARGETS = (
    Target("code", 3, False, "Why", DAY),  # not applicable
    Target("cycle", 1, False, "Why", DAY),  # passed
    Target("review", 1, False, "Why", DAY),  # reached exactly
    Target("roles", 1, True),  # the framework's own, passed
    Target("checks", 2, True),
)


def test_what_does_not_apply_is_no_target() -> None:
    """Four of five count: three are reached, the checks are not; nothing is drawn for the code."""
    report = english(rated("final", targets=TARGETS))
    assert "Targets reached: 3 of 4." in said(report, "targets")
    rows = table(report, "handover", "Targets of the mandate").rows
    assert [(row[0], row[4]) for row in rows] == [
        *[("Checks FR (en)", "not reached"), ("Cycle FR (en)", "reached")],
        *[("Review FR (en)", "reached"), ("Roles FR (en)", "reached")],
    ]
    handed = sentences(report, "handover")
    assert handed[handed.index("Targets that were not reached:") + 1 :] == [
        "Checks FR (en) (level 1, target 2)"
    ]
    spoken = next(one.svg for one in charts(report, "topics") if "Instruments" in one.title)
    assert "Code FR (en): not applicable. Checks" in spoken.replace(
        "Training FR (en): level 1. ", ""
    )


def test_only_a_target_that_somebody_set_below_the_level_is_odd() -> None:
    """Neither one that is just reached, nor a default of the framework."""
    report = english(rated(targets=TARGETS))
    lines = sentences(report, "targets")
    assert lines[lines.index("Set below the level that is reached already:") + 1 :] == [
        "Cycle FR (en)"
    ]
    assert "2 of 5 targets are the framework's defaults" in said(report, "targets")


# --- topics and next steps ------------------------------------------------------------------------


def test_three_names_and_how_many_more() -> None:
    """Four topics hold a part down: the fourth is counted. Three are all named."""
    for count, end in ((4, " and 1 more topic, marked ◆."), (3, ".")):
        names = ("cycle", "review", "checks", "roles")[:count]
        found = wave("2027", "annual", maturity({}, 40.0, {"processes": names}))
        (line,) = (one for one in sentences(english(found), "topics") if "held at" in one)
        assert line == (
            "Processus (en): held at level 1 by “Cycle FR (en)”, “Review FR (en)” and “Checks FR "
            f"(en)”{end}"
        )


def test_topics_that_were_not_asked_are_counted() -> None:
    """An annual measurement may ask some only: they are not among the weak ones."""
    scored = maturity({}, 40.0)
    ratings = {topic: one for topic, one in scored.ratings.items() if topic != "roles"}
    found = wave("2027", "annual", replace(scored, ratings=ratings))
    assert "1 topic of the framework was not asked in this measurement." in sentences(
        english(found), "topics"
    )
    assert "not asked" not in said(english(wave("2027", "annual", scored)), "topics")


def test_the_next_step_is_that_of_the_present_level() -> None:
    """From level 1 on, with its approach, beside what level 2 looks like."""
    value = assessment({"2": {"en": "A code is written."}}).model_dump(
        mode="json", exclude_defaults=True
    )
    value["sections"][0]["items"][0]["next_steps"] = {
        "1": {"approach": "controlling", "text": {"en": "Write one."}},
        "2": {"approach": "stimulating", "text": {"en": "Talk about it."}},
    }
    asked = Questionnaire.model_validate(value)
    found = wave("2027", "annual", maturity({}, 40.0))
    report = english(replace(found, questionnaires={asked.id: asked}))
    steps = table(report, "steps", "What level 2 looks like")
    assert steps.columns == ("Topic", "Next step", "What level 2 looks like")
    assert steps.rows == (
        ("Code FR (en) (level 1)", "Write one. (controlling)", "A code is written."),
    )


# --- earlier measurements -------------------------------------------------------------------------


def test_without_a_zero_measurement_it_is_the_change_since_last_time() -> None:
    """And another framework is called one."""
    now = wave("2027", "annual", maturity({}, 50.0))
    for frame, changed in ((framework(), False), (framework({"roles": "Otherwise"}), True)):
        before = wave("2026", "annual", maturity({}, 40.0), frame=frame)
        report = english(before, now)
        (title,) = (one.title for one in report.sections if one.id == "change")
        assert title == "Change since last time"
        words = "The framework has changed since: compare with care."
        assert (words in sentences(report, "change")) is changed


def test_a_measurement_that_was_corrected_since_is_named() -> None:
    """With number and reason of the revision; a remark that is said in full is not said twice."""
    zero = wave(
        "2026-zero", "zero", maturity({}, 40.0), corrected=Corrected("2026-zero", 2, "Typing error")
    )
    remark = Problem("IMF-T430", "said below", {})
    now = replace(wave("2027", "annual", maturity({}, 50.0)), remarks=(remark,))
    assert english(zero, now).warnings == (
        "Zero measurement: compared as corrected since. Revision 2 of wave 2026-zero. Reason "
        "given: Typing error",
    )


def themed(share: float, **figures: Any) -> ThemeFigures:
    """Clarity, with or without an index."""
    return ThemeFigures("clarity", share, 2, **figures)


def test_the_index_of_a_theme_over_time() -> None:
    """A row of all measurements that asked it alike: with its interval, as a census, or bare."""
    given = (
        themed(0.5, index=50.4, index_interval=(45.0, 55.8), scored=60),
        themed(0.5, index=60.0, census=True, scored=90),
        themed(0.5, index=62.4, scored=60),
    )
    waves = [
        wave(f"202{5 + n}", "annual", None, (replace(perception(), themes=(one,)),))
        for n, one in enumerate(given)
    ]
    report = english(*waves)
    over = table(report, "perception-1", "Index of the themes")
    assert [row[1:] for row in over.rows] == [("50 (45 to 56)", "60 (census)", "62")]
    value = survey().model_dump(mode="json", exclude_defaults=True)
    value["sections"][0]["items"][0]["reverse"] = True  # another statement under the same name
    other = Questionnaire.model_validate(value)
    turned = replace(waves[0], questionnaires={other.id: other})
    (row,) = table(english(turned, *waves[1:]), "perception-1", "Index of the themes").rows
    assert row[1:] == ("–", "60 (census)", "62")
    alone = english(turned, waves[2])
    assert not [one for one in tables(alone, "perception-1") if "Index of" in one.caption]


# --- people and plans -----------------------------------------------------------------------------


def test_an_external_rating_is_said_to_be_in_no_figure() -> None:
    """Only where there is one; a level that nobody could give is a dash, no zero."""
    note = "The external rating is shown beside; it is in no figure."
    topics = maturity({}, 40.0).ratings

    def beside(second: Rater) -> WaveResults:
        sides = tuple(
            Side(rater, True, dict.fromkeys(topics, 1), {"overall": 1, "processes": level})
            for rater, level in (("mandatary", 2), (second, None))
        )
        return wave("2027", "annual", maturity({}, 40.0), sides=sides)

    assert note in sentences(english(beside("external")), "raters")
    report = english(beside("officer"))
    assert note not in sentences(report, "raters")
    rows = {row[0]: row[1:] for row in table(report, "raters", "Levels by rater").rows}
    assert rows["Processus (en)"] == ("2", "–", "1")


def test_states_of_actions_in_words() -> None:
    """Planned without anybody, under way, evaluated; a deadline binds only until it is done."""
    late = datetime.date(2027, 1, 31)
    plan = (
        Action("a1", "cycle", "One", "both", decision="accepted"),
        Action("a2", "cycle", "Two", "both", decision="accepted", step="do", deadline=MADE_ON),
        Action("a3", "cycle", "Three", "both", decision="accepted", step="act", deadline=late),
        Action("a4", "cycle", "Four", "both", decision="proposed", deadline=late),
    )
    report = english(wave("2027", "annual", maturity({}, 40.0)), actions=plan)
    rows = table(report, "actions", "Actions that were decided on").rows
    assert [(row[0], *row[2:4]) for row in rows] == [
        ("a1: One", "no owner yet; no date yet", "planned"),
        ("a2: Two", "no owner yet; 1 April 2027", "being carried out"),
        ("a3: Three", "no owner yet; 31 January 2027", "evaluated and taken on"),
    ]
    assert sentences(report, "actions")[0] == (
        "On 1 April 2027: 1 carried out, 2 planned or under way, 0 of these overdue, 1 to be "
        "decided, 0 rejected."
    )
    final = english(wave("2028", "final", maturity({}, 40.0)), actions=plan[2:3])
    assert "handover" in section_ids(final)
    assert "Nothing is left open: no action, no target, no doubt." in sentences(final, "handover")
