"""Gap, percent to target and progress, on figures worked out by hand."""

from __future__ import annotations

import pytest
from measured import framework

from imfsurvey.analysis.figures import Rating
from imfsurvey.analysis.progress import (
    gaps,
    percent_to_target,
    progress_of,
    targets_of_nodes,
)

ZERO = {"a": 1, "b": 3, "c": 1, "d": 0}
NOW = {"a": 2, "b": 5, "c": 0}
TARGETS = {"a": 3, "b": 3, "c": 2, "e": 4}


def test_a_gap_is_never_negative() -> None:
    """3 - 2, 3 - 5 (above: none), 2 - 0; what has no level or no target has no gap."""
    assert gaps(NOW, TARGETS) == {"a": 1, "b": 0, "c": 2}


def test_percent_to_target() -> None:
    """Targets 3 + 3 + 2 = 8, gaps 1 + 0 + 2 = 3: 1 - 3/8. Were b's two levels above its target
    to count, it would be 7/8."""
    assert percent_to_target(NOW, TARGETS) == pytest.approx(5 / 8)
    assert percent_to_target({"b": 5}, TARGETS) == 1.0


@pytest.mark.parametrize("targets", [{}, {"a": 0, "b": 0}, {"e": 4}])
def test_percent_to_no_target_is_undefined(targets: dict[str, int]) -> None:
    """No targets, only targets of 0, only for topics without a level."""
    assert percent_to_target(NOW, targets) is None


def test_a_half_of_a_percent_stays_one() -> None:
    """Eight targets of 5, 27 levels missing: 13/40 = 32.5 %, printed 33 %. The float nearest to
    1 - 27/40 lies below it."""
    levels = dict(zip("abcdefgh", (5, 5, 3, 0, 0, 0, 0, 0), strict=True))
    targets = dict.fromkeys("abcdefgh", 5)
    assert percent_to_target(levels, targets) == 13 / 40
    assert progress_of(dict.fromkeys("abcdefgh", 0), levels, targets) == 13 / 40


def test_progress_of_several() -> None:
    """Gaps at zero: a 2, b 0, c 1, 3 in all. Now a 1, c 2: 3 in all, nothing is closed, though b
    rose by two above its target. With c at 1, the gaps now are 2: a third is closed."""
    assert progress_of(ZERO, NOW, TARGETS) == 0.0
    assert progress_of(ZERO, {**NOW, "c": 1}, TARGETS) == pytest.approx(1 / 3)
    assert progress_of({"a": 3}, {"a": 1}, TARGETS) is None
    assert progress_of({"a": 1}, {"a": 2}, TARGETS) == 1 / 2
    assert progress_of({"a": 2}, {"a": 0}, TARGETS) == -2  # fell by two, one was missing


def test_targets_of_parts_follow_the_rule() -> None:
    """Code 4 alone makes guide 4 (the only core topic). Monitor: checks 2. Instruments 4 and 2:
    all at 2, half at 3 is not most: 2. Processes 3 and 3: 3. Structures: roles 3, example 3,
    openness 0: two of three at 1 and more is most, nobody below is asked at 0: R = 1 (two thirds
    at 1 are not the 85 % that level 2 needs), cap 1 + 0: 1. Overall 2, 3, 1: R: all at 1; two of
    three at 2: 2; at 3 one of three: no. Cap 1 + 1 = 2: level 2. Leadership 3 and 0: one of two
    at 1 is not most: 0."""
    targets = {"code": 4, "checks": 2, "cycle": 3, "review": 3}
    targets |= {"roles": 3, "example": 3, "openness": 0}
    found = targets_of_nodes(framework(), targets, {})
    assert found == {
        "overall": 2,
        "instruments": 2,
        "guide": 4,
        "monitor": 2,
        "processes": 3,
        "structures": 1,
        "leadership": 0,
    }


def test_parts_with_a_topic_without_a_target_have_none() -> None:
    """What is not applicable needs no target; a part of which nothing is left has none either."""
    targets = {"code": 4, "cycle": 3}
    found = targets_of_nodes(framework(), targets, {"review": Rating("na"), "checks": Rating("na")})
    assert found == {"guide": 4, "instruments": 4, "processes": 3}
