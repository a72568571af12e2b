"""Waves in a row: the topics that all share, their core index, what is missing to targets."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from measured import assessment, framework
from measured import wave as measured_wave

from imfsurvey.analysis.figures import Rating
from imfsurvey.analysis.levels import measure
from imfsurvey.framework.model import OVERALL
from imfsurvey.questionnaire import Questionnaire
from imfsurvey.study.results import Target, WaveResults
from imfsurvey.study.series import levels_now, to_target, trend

TOPICS = ("code", "training", "checks", "cycle", "review", "roles", "example", "openness")


def rated(name: str, kind: str, levels: dict[str, int | str], **more: Any) -> WaveResults:
    """A wave that really is scored: every topic at 1, unless `levels` says otherwise."""
    given = {topic: levels.get(topic, 1) for topic in TOPICS}
    ratings = {
        topic: Rating("answered", said) if isinstance(said, int) else Rating(said)  # type: ignore[arg-type]
        for topic, said in given.items()
    }
    return measured_wave(name, kind, measure(framework(), ratings, policy_approved=True), **more)


def replaced(found: WaveResults, *items: str) -> WaveResults:
    """The wave with another item in the place of each of these."""
    value = assessment().model_dump(mode="json", exclude_defaults=True)
    for one in value["sections"][0]["items"]:
        if one["id"] in items:
            one["id"] = f"{one['id']}_new"
    form = Questionnaire.model_validate(value)
    return replace(found, questionnaires={form.id: form})


def test_two_waves_make_a_series() -> None:
    """Fewer do not; nor does one without a self-assessment."""
    zero, now = rated("2026", "zero", {}), rated("2027", "annual", {"cycle": 3})
    assert trend([zero]) is None
    assert trend([zero, measured_wave("2027", "annual", None)]) is None
    found = trend([zero, now])
    assert found is not None
    assert all(point.as_released for point in found.points)
    # processes: core topics cycle and review; 20 x (1 + 1)/2 = 20, then 20 x (3 + 1)/2 = 40
    indices = [point.nodes["processes"].core_index for point in found.points]
    assert indices == [pytest.approx(20.0), pytest.approx(40.0)]


def test_a_topic_asked_in_another_way_leaves_the_series() -> None:
    """In all its waves: processes are followed on the review alone, 20 x 1 and 20 x 2, though the
    cycle went from 1 to 5."""
    zero = rated("2026", "zero", {})
    between = rated("2027", "annual", {"cycle": 4})
    targets = (Target("cycle", 4, True), Target("review", 2, True))
    now = rated("2028", "final", {"cycle": 5, "review": 2}, targets=targets)
    now = replaced(now, "sa_cycle")
    found = trend([zero, between, now])
    assert found is not None
    assert found.dropped == ("cycle",)
    indices = [point.nodes["processes"].core_index for point in found.points]
    assert indices == [pytest.approx(20.0), pytest.approx(20.0), pytest.approx(40.0)]
    assert not any(point.as_released for point in found.points)
    assert "cycle" not in found.points[-1].levels
    assert found.targets == {"review": 2}
    assert found.progress() == 1.0


def test_the_gate_stays_in_a_series_of_fewer_topics() -> None:
    """All topics at 2, the cycle asked in another way since: the whole is at 2 where the policy
    was approved, and at the gate's level 1 where it was not."""
    levels: dict[str, int | str] = dict.fromkeys(TOPICS, 2)
    zero = rated("2026", "zero", levels, policy_approved_on=None)
    now = replaced(rated("2027", "annual", levels), "sa_cycle")
    found = trend([zero, now])
    assert found is not None
    assert [point.nodes[OVERALL].demonstrated for point in found.points] == [1, 2]


def test_complementary_topics_alone_make_no_series() -> None:
    """Only the training, which the short form leaves out, is asked as before."""
    zero, now = rated("2026", "zero", {}), rated("2027", "annual", {})
    core = [f"sa_{topic}" for topic in TOPICS if topic != "training"]
    assert trend([zero, replaced(now, *core)]) is None


def test_an_item_renamed_twice_stays_in_the_series() -> None:
    """The wave between tells what the first one called it."""

    def called(name: str, was: str, now: str) -> WaveResults:
        found = replaced(rated(name, "annual", {}))
        (form,) = found.questionnaires.values()
        value = form.model_dump(mode="json", exclude_defaults=True)
        (item,) = (one for one in value["sections"][0]["items"] if one["topic"] == "cycle")
        item["id"] = now
        value["questionnaire"]["replaces"] = {"version": "2", "renamed": {was: now}}
        return replace(found, questionnaires={form.id: Questionnaire.model_validate(value)})

    zero = rated("2026", "zero", {})
    between = called("2027", "sa_cycle", "sa_circle")
    now = called("2028", "sa_circle", "sa_wheel")
    found = trend([zero, between, now])
    assert found is not None and found.dropped == ()


def test_progress_counts_gaps_only() -> None:
    """Targets of the last wave: code 3, cycle 2, roles 1. Gaps at zero 2, 1, 0; now code at 2,
    cycle at 5: gaps 1, 0, 0. Two of three levels are there; the three above pay for nothing.
    Percent to target: 1 - 1/6."""
    targets = tuple(
        Target(topic, level, True) for topic, level in (("code", 3), ("cycle", 2), ("roles", 1))
    )
    zero = rated("2026", "zero", {})
    now = rated("2027", "annual", {"code": 2, "cycle": 5}, targets=targets)
    found = trend([zero, now])
    assert found is not None
    assert found.progress() == pytest.approx(2 / 3)
    assert found.progress(["code"]) == pytest.approx(1 / 2)
    assert found.progress(["roles"]) is None
    assert to_target(now) == pytest.approx(5 / 6)
    assert to_target(now, ["cycle"]) == 1.0
    assert to_target(zero) is None


def test_what_is_open_counts_as_nothing_and_what_does_not_apply_nowhere() -> None:
    """A don't know is level 0 on the way to a target; a topic that does not apply has no way."""
    targets = (Target("code", 2, True), Target("cycle", 2, True))
    now = rated("2027", "annual", {"code": "dk", "cycle": "na"}, targets=targets)
    assert levels_now(now)["code"] == 0
    assert "cycle" not in levels_now(now)
    assert to_target(now) == 0.0
