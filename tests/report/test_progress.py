"""Targets, progress, the row of measurements and the raters in the report."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

from measured import FRAMEWORK, MADE_ON, framework, maturity, wave
from reported import charts, english, said, section_ids, table

from imfsurvey.analysis.figures import Rating
from imfsurvey.analysis.levels import measure
from imfsurvey.framework import Framework
from imfsurvey.source.problems import Problem
from imfsurvey.study.kinds import Rater, Said
from imfsurvey.study.results import Agreed, Side, Target, WaveResults

TOPICS = [one["id"] for one in FRAMEWORK["topics"] if one["under"] != "policy"]
TARGETS = (
    Target("code", 3, False, "Incidents", datetime.date(2027, 2, 2)),
    Target("cycle", 1, False, "Petit risque", datetime.date(2027, 2, 2)),
    *(Target(topic, 2, True) for topic in TOPICS if topic not in ("code", "cycle")),
)


def rated(name: str, kind: str, year: int, levels: dict[str, int], **more: Any) -> WaveResults:
    """A wave that is really scored: every topic at 1, unless `levels` says otherwise."""
    frame = more.pop("frame", framework())
    ratings = {topic: Rating("answered", levels.get(topic, 1)) for topic in TOPICS}
    opened = datetime.date(year, 2, 1)
    scored = measure(frame, ratings, policy_approved=True)
    return wave(name, kind, scored, frame=frame, opened_on=opened, **more)


ZERO = rated("2026-zero", "zero", 2026, {})
NOW = rated("2027", "annual", 2027, {"code": 2, "cycle": 4}, targets=TARGETS)
FINAL = rated("2028", "final", 2028, {"code": 3, "cycle": 4, "roles": 2}, targets=TARGETS)


def test_progress_by_hand() -> None:
    """Targets 3 + 1 + 6 x 2 = 16. Gaps now: code 1, six others 1 each, cycle none: 7: 1 - 7/16 =
    56 %. At zero: code 2, six others: 8; one of eight is there: 13 % (12.5 rounded)."""
    report = english(ZERO, NOW)
    text = said(report, "targets")
    assert "On the way to its targets the policy is at 56%." in text
    assert "missing at the zero measurement, 13% are there now" in text
    assert "6 of 8 targets are the framework's defaults" in text
    assert "Set below the level that is reached already:\nCycle FR (en)" in text
    rows = {row[0]: row[1:] for row in table(report, "targets", "How far").rows}
    # processes: cycle 4 of 1, review 1 of 2: targets 3, one level missing: 67 %; none of the one
    # missing at zero came; the level once both are reached: both at 1, half at 2 is not most: 1
    assert rows["Processus (en)"] == ("1", "1", "1", "67%", "0%")
    gaps = table(report, "targets", "Furthest")
    assert gaps.rows[0] == ("Code FR (en)", "1", "2", "3", "1")


def test_without_targets_nothing_is_said_of_them() -> None:
    """No section, no bar in a legend."""
    report = english(ZERO, rated("2027", "annual", 2027, {}))
    assert "targets" not in section_ids(report)
    assert ">target<" not in charts(report, "levels")[0].svg


def test_targets_and_zero_stand_in_the_charts() -> None:
    """In the drawing, its legend and its words; in both widths."""
    report = english(ZERO, NOW)
    for section, spoken in (
        (
            "topics",
            "level 2, holds the level down. Zero measurement: level 1. Target: level 3.",
        ),
        ("levels", "Target: level 1."),
    ):
        for chart in charts(report, section):
            for svg in (chart.svg, chart.narrow):
                ElementTree.fromstring(svg)
                assert ">target<" in svg
        assert any(spoken in chart.svg for chart in charts(report, section))


def test_a_final_report_lists_what_was_not_reached() -> None:
    """Of eight: code 3, cycle and roles are; five at 1 want 2."""
    report = english(ZERO, NOW, FINAL)
    assert "Targets reached: 3 of 8." in said(report, "targets")
    assert len(table(report, "targets", "Targets not reached").rows) == 5


def test_measurements_in_a_row() -> None:
    """Processes: core index 20, then 20 x (4 + 1)/2 = 50, and so at the end. Two waves make a
    slope, three small multiples too."""
    report = english(ZERO, NOW, FINAL)
    slope = table(report, "series", "Core index, zero 2026 to final 2028")
    assert {row[0]: row[1:] for row in slope.rows}["Processus (en)"] == ("20", "50", "+30")
    many = table(report, "series", "Core index of every part")
    assert many.columns == ("", "zero 2026", "annual 2027", "final 2028")
    assert {row[0]: row[1:] for row in many.rows}["Processus (en)"] == ("20", "50", "50")
    assert len(charts(report, "series")) == 2
    assert len(charts(english(ZERO, NOW), "series")) == 1
    for chart in charts(report, "series"):
        for svg in (chart.svg, chart.narrow):
            ElementTree.fromstring(svg)


def mean_frame() -> Framework:
    """The same framework under the rule of means."""
    rule = {
        k: v for k, v in FRAMEWORK["aggregation"].items() if k not in ("mostly", "fully", "cap")
    }
    return Framework.model_validate({**FRAMEWORK, "aggregation": {**rule, "rule": "mean"}})


def test_both_values_when_the_rule_has_changed() -> None:
    """Processes at 4 and 1: level 1 as released, 2.5 hence 2 by the mean; both are shown."""
    zero = rated("2026-zero", "zero", 2026, {"cycle": 4})
    now = rated("2027", "annual", 2027, {"cycle": 4}, frame=mean_frame())
    report = english(zero, now)
    both = table(report, "series", "Levels as released")
    assert {row[0]: row[1:] for row in both.rows}["Processus (en)"] == ("1", "2")
    nodes = table(report, "change", "Core index and level")
    row = {row[0]: row[1:] for row in nodes.rows}["Processus (en)"]
    assert row == ("50", "50", "0", "1 (by the present rule: 2)", "2")
    assert "The rule that makes levels and indices has changed since" in said(report, "change")


def test_a_zero_that_cannot_serve_is_left_out() -> None:
    """And said so; what is said of the wave itself comes with its code."""
    scored = ZERO.figures.maturity
    assert scored is not None
    weak = replace(scored, overall=replace(scored.overall, incomplete=True))
    zero = replace(ZERO, figures=replace(ZERO.figures, maturity=weak))
    remark = Problem("IMF-T435", "Too few core topics were rated in wave '{zero}'.", {"zero": "z"})
    report = english(zero, replace(NOW, remarks=(remark,)))
    assert "IMF-T435: Too few core topics were rated in wave 'z'." in report.warnings
    assert any("is not compared" in one for one in report.warnings)
    assert not {"change", "series"} & set(section_ids(report))


def side(rater: Rater, code: Said) -> Side:
    """A rater who says 1 of everything but the code."""
    ratings: dict[str, Said] = dict.fromkeys(TOPICS, 1)
    return Side(rater, True, {**ratings, "code": code}, {"overall": 1, "processes": 1})


def test_raters_stand_side_by_side() -> None:
    """Each alone, what was agreed, the external one; those that differ first, notes below."""
    sides = (side("mandatary", 3), side("officer", 1), side("external", "dk"))
    agreed = Agreed(
        "code", 2, ("mandatary", "officer"), "Vu ensemble", MADE_ON, {"mandatary": 4, "officer": 1}
    )
    found = wave("2027", "annual", maturity({}, 20.0), sides=sides, agreed=(agreed,))
    report = english(found)
    topics = table(report, "raters", "Topics by rater")
    assert topics.columns[1:] == (
        "mandate holder",
        "integrity officer",
        "external body",
        "agreed",
        "Levels apart",
    )
    assert topics.rows[0] == ("Code FR (en)", "3", "1", "don't know", "2", "2")
    assert topics.rows[1][4:] == ("–", "")
    levels = table(report, "raters", "Levels by rater")
    assert levels.rows[0] == ("Overall", "1", "1", "1", "1")
    text = said(report, "raters")
    assert "They differ on 1 of 8 topics. They agreed on 1 of 8 topics;" in text
    assert "changed their own rating after the agreement on:\nCode FR (en)" in text
    assert "Code FR (en): Vu ensemble" in text
    alone = replace(found, figures=replace(found.figures, sides=sides[:1]))
    assert "raters" not in section_ids(english(alone))
