"""The balance between the controlling and the stimulating approach."""

from collections.abc import Callable, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imfsurvey.analysis.balance import balance
from imfsurvey.analysis.figures import BalanceFigures, Rating
from imfsurvey.analysis.levels import measure
from imfsurvey.framework import Framework

Rated = Callable[[Mapping[str, int | str]], dict[str, Rating]]
Flat = Callable[..., Framework]


def balance_of(
    flat: Flat,
    rated: Rated,
    controlling: list[int | str],
    stimulating: list[int | str],
    band: tuple[float, float] | None = None,
) -> BalanceFigures:
    """The balance of core topics rated so."""
    answers = {
        **{f"c{place}": answer for place, answer in enumerate(controlling)},
        **{f"s{place}": answer for place, answer in enumerate(stimulating)},
    }
    tags = {"c": "controlling", "s": "stimulating"}
    framework = flat({"p": [(topic, "core", tags[topic[0]]) for topic in answers]})
    return balance(framework, rated(answers), band)


@pytest.mark.parametrize(
    ("controlling", "stimulating", "indices", "expected", "outside"),
    [
        ([3, 4], [2, 2], (70, 40), -30 / 110, True),
        ([3], [0], (60, 0), -1, True),
        ([2, 3], [3, 2], (50, 50), 0, False),
        ([1, 0, 0, 0], [1, 0], (5, 10), 1 / 3, False),  # S - C = 5 is no finding
        ([2], [3], (40, 60), 0.2, False),  # exactly the threshold is not past it
        ([1], [2, 2, 2, 1], (20, 35), 15 / 55, True),  # a difference of exactly 15 counts
    ],
)
def test_checks_of_the_method_page(
    flat_framework: Flat,
    rated: Rated,
    controlling: list[int | str],
    stimulating: list[int | str],
    indices: tuple[float, float],
    expected: float,
    outside: bool,
) -> None:
    """B = (S - C) / (S + C), called out only past band, .20 and 15 points."""
    found = balance_of(flat_framework, rated, controlling, stimulating)
    assert (found.controlling, found.stimulating) == pytest.approx(indices)
    assert found.weaker == pytest.approx(min(indices))
    assert found.balance == pytest.approx(expected)
    assert found.outside is outside


@pytest.mark.parametrize(
    ("controlling", "stimulating", "band", "outside"),
    [
        ([3, 4], [2, 2], (-0.5, 0.1), False),  # -.273
        ([3, 4], [2, 2], (-0.25, 0.1), True),
        ([2, 2, 2, 1], [3, 3, 3, 4], (-0.2, 0.3), False),  # 30 / 100, the border itself
        ([2, 2, 2, 1], [3, 3, 3, 4], (-0.2, 0.29), True),
        ([3, 3, 3, 4], [2, 2, 2, 1], (-0.3, 0.2), False),  # -30 / 100, the other border
        ([3, 3, 3, 4], [2, 2, 2, 1], (-0.29, 0.2), True),
        ([2], [3], (-0.1, 0.1), False),  # .20 is past the band, not past the threshold
    ],
)
def test_the_declared_band(
    flat_framework: Flat,
    rated: Rated,
    controlling: list[int | str],
    stimulating: list[int | str],
    band: tuple[float, float],
    outside: bool,
) -> None:
    """The entity's own band takes the place of the framework's, its borders included."""
    found = balance_of(flat_framework, rated, controlling, stimulating, band)
    assert (found.low, found.high, found.outside) == (*band, outside)


def test_no_balance_of_nothing(flat_framework: Flat, rated: Rated) -> None:
    """Both legs at 0, or one leg without a topic in scope: there is no balance to print."""
    zero = balance_of(flat_framework, rated, [0], [0])
    assert (zero.controlling, zero.stimulating, zero.weaker) == (0, 0, 0)
    assert (zero.balance, zero.outside) == (None, False)
    one_leg = balance_of(flat_framework, rated, ["na"], [5])
    assert (one_leg.controlling, one_leg.stimulating, one_leg.weaker) == (None, 100, None)
    assert (one_leg.balance, one_leg.outside) == (None, False)


def test_levels_with_values_of_their_own(flat_framework: Flat, rated: Rated) -> None:
    """Where levels are worth 0, .1, .25, .5, .8 and 1: C is 50, S (.1 + .5) / 2 = 30."""
    source = flat_framework(
        {
            "p": [
                ("c", "core", "controlling"),
                ("s", "core", "stimulating"),
                ("z", "core", "stimulating"),
            ]
        }
    ).model_dump(mode="json")
    for level, value in zip(source["levels"], (0.0, 0.1, 0.25, 0.5, 0.8, 1.0), strict=True):
        level["value"] = value
    found = balance(Framework.model_validate(source), rated({"c": 3, "s": 1, "z": 3}), None)
    assert (found.controlling, found.stimulating, found.balance) == (50, 30, -20 / 80)


def test_open_topics_are_not_demonstrated(flat_framework: Flat, rated: Rated) -> None:
    """ "Don't know" and blank count 0 in a leg, not applicable leaves it."""
    found = balance_of(flat_framework, rated, [4, "dk"], [4, "na"])
    assert (found.controlling, found.stimulating) == (40, 80)


def test_worked_example(framework: Framework, rated: Rated) -> None:
    """`both` counts half in each leg, core topics double, the document not at all."""
    answers: Mapping[str, int | str] = {
        **{"d1": 3, "d2": 2, "d3": 5, "e1": 1, "e2": "na"},
        **{"p1": 4, "p2": "dk", "s1": 3, "l1": 4, "l2": 3},
    }
    found = measure(framework, rated(answers), policy_approved=True).balance
    # Weights: core 2, complementary 1, half of it for d1 and s1.
    # C: e1 2x1 + p2 2x0 + d1 1x3 + s1 1x3 = 8 over 2 + 2 + 1 + 1 = 6, x 20
    assert found.controlling == pytest.approx(20 * 8 / 6)
    # S: d2 2x2 + d3 1x5 + p1 2x4 + l1 2x4 + l2 2x3 + d1 1x3 + s1 1x3 = 37 over 11, x 20
    assert found.stimulating == pytest.approx(20 * 37 / 11)
    # (37/11 - 8/6) / (37/11 + 8/6) = (222 - 88) / (222 + 88)
    assert found.balance == pytest.approx(134 / 310)
    assert (found.low, found.high, found.outside) == (-0.2, 0.2, True)


@given(st.lists(st.integers(0, 5), min_size=1), st.lists(st.integers(0, 5), min_size=1))
def test_swapping_the_legs_turns_the_sign(
    flat_framework: Flat, rated: Rated, one: list[int], other: list[int]
) -> None:
    """Controlling and stimulating swapped give -B, and B stays within -1 and +1."""
    there = balance_of(flat_framework, rated, [*one], [*other]).balance
    back = balance_of(flat_framework, rated, [*other], [*one]).balance
    if there is None:
        assert back is None
    else:
        assert -1 <= there <= 1
        assert back == -there
