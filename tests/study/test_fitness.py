"""Whether a wave can serve as a measurement and be compared; ratings scored by another rule."""

from __future__ import annotations

import copy
import datetime
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from measured import FRAMEWORK, maturity
from measured import wave as measured_wave
from zone import CLOSED, OPENED, QUESTIONNAIRES, rate

from imfsurvey.framework import Framework
from imfsurvey.study.fitness import before_opening, comparable, left_out, other_rule, serves
from imfsurvey.study.folder import Study
from imfsurvey.study.life import close_wave, closed_before, open_wave, released, results
from imfsurvey.study.rescoring import rescored
from imfsurvey.study.wave import Wave

ALL = {"sa_code": 3, "sa_rules": 2, "sa_training": 2, "sa_cycle": 2}
THREE = {"sa_code": 3, "sa_rules": 2, "sa_training": 2}


def measured(
    study: Study, kind: Any, year: int, levels: Mapping[str, Any], *, close: bool = True
) -> Wave:
    """A wave of a year with these ratings."""
    draft = study.new_wave(kind, year, questionnaires=QUESTIONNAIRES)
    wave = open_wave(study, draft, OPENED.replace(year=year))
    rate(wave, levels, finished=len(levels) == len(ALL))
    if close:
        close_wave(study, wave, CLOSED.replace(year=year))
    return study.wave(wave.id)


def codes(study: Study, wave: Wave) -> list[str]:
    """What is said of a wave."""
    return [one.code for one in results(study, wave, CLOSED).remarks]


def test_three_of_four_topics_cannot_serve(study: Study) -> None:
    """75 % are under the 80 % of the framework; the words say how many."""
    zero = measured(study, "zero", 2026, THREE)
    (said,) = results(study, zero, CLOSED).remarks
    assert said.code == "IMF-T430"
    assert "Only 3 of the 4 core topics in scope are rated, and at least 80 percent" in said.message
    assert not serves(released(zero))
    assert serves(released(measured(study, "annual", 2027, ALL)))


def test_an_annual_measurement_without_a_zero(study: Study) -> None:
    """Said of it, and before a wave opens; a zero measurement needs none before it."""
    annual = measured(study, "annual", 2026, ALL)
    assert codes(study, annual) == ["IMF-T431"]
    draft = study.new_wave("final", 2027, questionnaires=QUESTIONNAIRES)
    earlier = closed_before(study, draft)
    assert [one.code for one in before_opening(draft, earlier, ["ops"], released)] == [
        "IMF-T431",
        "IMF-T434",
    ]
    assert codes(study, measured(study, "zero", 2028, ALL)) == []


def test_a_zero_that_cannot_serve_is_not_compared_with(study: Study) -> None:
    """That is said of the waves after it; what comes later is never before."""
    zero = measured(study, "zero", 2026, THREE)
    annual = measured(study, "annual", 2027, ALL)
    assert (codes(study, zero), closed_before(study, zero)) == (["IMF-T430"], ())
    assert codes(study, annual) == ["IMF-T435"]


def test_another_rule_and_another_framework_are_told(study: Study) -> None:
    """By the frozen files of both waves, one after the other."""
    measured(study, "zero", 2026, ALL)
    file = study.folder / "questionnaires" / "imf.framework.yaml"
    text = file.read_text("utf-8")
    file.write_text(text.replace("mostly: 50", "mostly: 60"), "utf-8")
    assert codes(study, measured(study, "annual", 2027, ALL)) == ["IMF-T433"]
    file.write_text(text.replace("id: sample\n", "id: sample.other\n"), "utf-8")
    form = study.folder / "questionnaires" / "assessment.yaml"
    other = form.read_text("utf-8").replace("framework: sample", "framework: sample.other")
    form.write_text(other, "utf-8")
    survey = study.folder / "questionnaires" / "survey.yaml"
    other = survey.read_text("utf-8").replace("framework: sample", "framework: sample.other")
    survey.write_text(other, "utf-8")
    assert codes(study, measured(study, "final", 2028, ALL)) == ["IMF-T432", "IMF-T432"]


def test_an_empty_group_is_named(study: Study, tmp_path: Any) -> None:
    """Its headcount of 0 is in the wave."""
    file = study.folder / "study.yaml"
    text = file.read_text("utf-8").replace("headcount: 12", "headcount: 0")
    file.write_text(text, "utf-8")
    zero = measured(Study(study.folder), "zero", 2026, ALL, close=False)
    (said,) = results(study, zero, CLOSED).remarks
    assert (said.code, said.params["group"]) == ("IMF-T434", "08")


def frame(**changes: Any) -> Framework:
    """The framework of the measured waves, changed."""
    return Framework.model_validate({**FRAMEWORK, **changes})


MEAN = {
    **{k: v for k, v in FRAMEWORK["aggregation"].items() if k not in ("mostly", "fully", "cap")}
}
MEAN["rule"] = "mean"


LEADING = copy.deepcopy(FRAMEWORK["tree"][2])
"""The structures, whose leadership is a level of its own here and no view of theirs."""
LEADING["children"][0]["role"] = "level"


@pytest.mark.parametrize(
    ("changes", "other"),
    [
        ({}, False),
        ({"targets": {"core": 3}}, False),
        ({"balance": {**FRAMEWORK["balance"], "low": -0.3}}, False),
        ({"gate": None}, True),
        ({"aggregation": MEAN}, True),
        ({"topics": FRAMEWORK["topics"][:-2] + FRAMEWORK["topics"][-1:]}, True),
        (
            {"topics": [{**FRAMEWORK["topics"][0], "under": "monitor"}, *FRAMEWORK["topics"][1:]]},
            True,
        ),
        (
            {
                "topics": [
                    {**FRAMEWORK["topics"][0], "layer": "complementary"},
                    *FRAMEWORK["topics"][1:],
                ]
            },
            True,
        ),
        ({"levels": [{**one, "value": one["level"] / 10} for one in FRAMEWORK["levels"]]}, True),
        ({"tree": [*FRAMEWORK["tree"][:2], LEADING, FRAMEWORK["tree"][3]]}, True),
    ],
)
def test_what_makes_another_rule(changes: dict[str, Any], other: bool) -> None:
    """Rule, gate, what a level is worth, tree and topics do; targets and balance do not."""
    assert other_rule(frame(), frame(**changes)) is other
    assert comparable(frame(), frame(**changes))


def test_old_ratings_by_the_new_rule() -> None:
    """Processes at 4 and 1. Under capped shares: all at 1, half at 2 is not most: level 1. Under
    the mean: 2.5, level 2. Every other topic is at 1."""
    zero = measured_wave("2026", "zero", maturity({"cycle": 4}, 20.0))
    again = rescored(zero, frame(aggregation=MEAN))
    assert again is not None
    assert again.nodes["processes"].demonstrated == 2
    assert again.nodes["processes"].core_index == pytest.approx(50.0)
    assert again.nodes["structures"].demonstrated == 1
    assert rescored(zero, zero.framework) is None
    assert rescored(zero, frame(framework={**FRAMEWORK["framework"], "id": "else"})) is None


def test_the_gate_of_then_holds_by_the_new_rule() -> None:
    """Every topic at 3: the whole is at 3 by the mean, at 1 as long as no policy is approved."""
    levels = dict.fromkeys([one["id"] for one in FRAMEWORK["topics"]], 3)
    for approved, level in ((datetime.date(2026, 1, 5), 3), (None, 1)):
        scored = maturity(levels, 20.0)
        zero = measured_wave("2026", "zero", scored, policy_approved_on=approved)
        again = rescored(zero, frame(aggregation=MEAN))
        assert again is not None and again.overall.demonstrated == level


def test_a_topic_that_was_not_there_counts_nowhere() -> None:
    """A new core topic under the monitor function: then it has one topic in scope, as before."""
    new = {**FRAMEWORK["topics"][2], "id": "novelty"}
    zero = measured_wave("2026", "zero", maturity({"checks": 3}, 20.0))
    again = rescored(zero, frame(topics=[*FRAMEWORK["topics"], new]))
    assert again is not None
    assert (again.nodes["monitor"].demonstrated, again.nodes["monitor"].in_scope) == (3, 1)


def test_what_is_left_out_of_a_comparison() -> None:
    """What is incomplete, or was rated on another scale; in order of time."""
    good = measured_wave("2026", "zero", maturity({}, 20.0))
    scored = maturity({}, 20.0)
    weak = measured_wave(
        "2027", "annual", replace(scored, overall=replace(scored.overall, incomplete=True))
    )
    short = frame(levels=FRAMEWORK["levels"][:5])
    other = measured_wave("2028", "annual", scored, frame=short)
    now = measured_wave("2029", "final", scored, closed_on=datetime.date(2029, 3, 1))
    assert left_out([good, weak, other, now]) == (weak, other)
