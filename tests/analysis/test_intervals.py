"""Intervals against statsmodels, SciPy and worked examples."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint
from statsmodels.stats.weightstats import DescrStatsW

from imfsurvey.analysis.intervals import difference_of_shares, mean_interval, share_interval

COUNTS = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def test_the_mean_of_a_long_list_against_statsmodels() -> None:
    """Without N: `DescrStatsW.tconfint_mean` of the same answers."""
    answers = [1] * 3 + [2] * 7 + [3] * 11 + [4] * 14 + [5] * 5
    mean, sd = stats.tmean(answers), stats.tstd(answers)
    expected = DescrStatsW(answers).tconfint_mean()
    assert mean_interval(mean, sd, len(answers)) == pytest.approx(expected)


def test_the_mean_of_a_small_entity_by_hand() -> None:
    """N = 60, n = 42, s = .9: t(41) = 2.0195 (table); .280 without correction, .154 with."""
    wide = mean_interval(3.0, 0.9, 42)
    narrow = mean_interval(3.0, 0.9, 42, 60)
    assert wide is not None and narrow is not None
    assert wide[1] - 3 == pytest.approx(2.0195 * 0.9 / math.sqrt(42), abs=1e-4)
    assert round(wide[1] - 3, 3) == 0.280
    assert round(narrow[1] - 3, 3) == 0.154
    assert narrow[0] + narrow[1] == pytest.approx(6)


def test_a_census_has_no_interval() -> None:
    """Everybody answered: nothing is left to chance. Nor is there one for a single answer."""
    assert mean_interval(3.0, 0.9, 60, 60) is None
    assert share_interval(0.5, 60, 60) is None
    assert mean_interval(3.0, 0.9, 1) is None
    assert share_interval(0.5, 0) is None


@given(COUNTS)
def test_a_share_against_statsmodels(counted: tuple[int, int]) -> None:
    """`proportion_confint(method="wilson")`, from nobody to everybody."""
    count, n = counted
    expected = proportion_confint(count, n, method="wilson")
    found = share_interval(count / n, n)
    assert found == pytest.approx(expected, abs=1e-12)
    assert found is not None and 0 <= found[0] <= count / n <= found[1] <= 1


def test_a_share_of_a_small_entity_against_statsmodels() -> None:
    """n* = 42 · 59 / 18 = 137.67 answers stand in for 42 of 60; 21 of them favourable."""
    likened = 42 * 59 / 18
    expected = proportion_confint(likened / 2, likened, method="wilson")
    assert share_interval(0.5, 42, 60) == pytest.approx(expected)


@given(COUNTS, COUNTS)
def test_a_difference_of_shares_against_statsmodels(
    one: tuple[int, int], other: tuple[int, int]
) -> None:
    """`confint_proportions_2indep(method="newcomb")`."""
    (a, n), (b, m) = one, other
    expected = confint_proportions_2indep(a, n, b, m, method="newcomb", compare="diff")
    found = difference_of_shares(a / n, n, b / m, m)
    assert found is not None
    assert found[0] == pytest.approx(a / n - b / m)
    assert found[1] == pytest.approx(expected, abs=1e-12)


def test_a_published_difference_of_shares() -> None:
    """Newcombe (1998), table II, example (a), method 10: 56/70 - 48/80 is .0524 to .3339."""
    found = difference_of_shares(56 / 70, 70, 48 / 80, 80)
    assert found is not None
    assert [round(bound, 4) for bound in found[1]] == [0.0524, 0.3339]
    assert difference_of_shares(0.5, 0, 0.5, 8) is None


@given(COUNTS, st.integers(1, 500))
def test_the_smaller_the_entity_the_narrower(counted: tuple[int, int], more: int) -> None:
    """Turned round, an interval is mirrored; a finite N never makes it wider."""
    count, n = counted
    wide, narrow = share_interval(count / n, n), share_interval(count / n, n, n + more)
    mirrored = share_interval(1 - count / n, n, n + more)
    assert wide is not None and narrow is not None and mirrored is not None
    assert narrow[1] - narrow[0] <= wide[1] - wide[0] + 1e-12
    assert mirrored == pytest.approx((1 - narrow[1], 1 - narrow[0]), abs=1e-9)
