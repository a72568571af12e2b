"""Change between waves against SciPy and statsmodels."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.weightstats import CompareMeans, DescrStatsW

from imfsurvey.analysis.change import Sample, holm, mann_whitney, verdict, welch
from imfsurvey.analysis.spread import sd_of

COUNTS = st.lists(st.integers(0, 40), min_size=5, max_size=5).filter(lambda one: sum(one) > 1)


def answers(counts: Sequence[int]) -> list[int]:
    """Codes 1 to 5, each as often as said."""
    return [code for code, count in enumerate(counts, 1) for _ in range(count)]


def sample(counts: Sequence[int]) -> Sample:
    """What is released of these answers, the mean and SD by SciPy."""
    given = answers(counts)
    return Sample(len(given), float(np.mean(given)), float(np.std(given, ddof=1)))


@given(COUNTS, COUNTS)
def test_welch_against_scipy_and_statsmodels(now: list[int], then: list[int]) -> None:
    """`ttest_ind(equal_var=False)` for p, `CompareMeans.tconfint_diff` for the interval."""
    one, other = answers(now), answers(then)
    found = welch(sample(now), sample(then))
    if np.ptp(one) == 0 and np.ptp(other) == 0:
        assert found is None
        return
    assert found is not None
    assert found.points == pytest.approx(np.mean(one) - np.mean(other))
    assert found.p == pytest.approx(stats.ttest_ind(one, other, equal_var=False).pvalue)
    compared = CompareMeans(DescrStatsW(one), DescrStatsW(other))
    assert found.interval == pytest.approx(compared.tconfint_diff(usevar="unequal"))


def test_nothing_to_compare() -> None:
    """One answer has no spread; an empty side no ranks; all alike neither."""
    assert welch(Sample(1, 3.0, 0.0), Sample(9, 3.0, 1.0)) is None
    assert mann_whitney((0, 0), (1, 2)) is None
    assert mann_whitney((0, 4), (0, 2)) is None


@given(COUNTS, COUNTS)
def test_ranks_against_scipy(now: list[int], then: list[int]) -> None:
    """`mannwhitneyu(method="asymptotic")`, with its corrections for ties and continuity."""
    found = mann_whitney(now, then)
    if found is None:
        assert len({*answers(now), *answers(then)}) == 1
        return
    expected = stats.mannwhitneyu(answers(now), answers(then), method="asymptotic")
    assert found == pytest.approx(expected.pvalue, abs=1e-12)


@given(COUNTS, COUNTS)
def test_turning_round_and_swapping_change_no_p(now: list[int], then: list[int]) -> None:
    """A reversed scale, and the waves the other way round, are tested alike."""
    found = mann_whitney(now, then)
    assert mann_whitney(now[::-1], then[::-1]) == pytest.approx(found)
    assert mann_whitney(then, now) == pytest.approx(found)
    one, other = welch(sample(now), sample(then)), welch(sample(then), sample(now))
    if one is not None and other is not None:
        assert (one.p, one.points) == pytest.approx((other.p, -other.points))


@pytest.mark.parametrize(
    "values", [(0.04,), (0.01, 0.04, 0.03), (0.5, 0.9, 0.001, 0.02, 0.02), (1.0, 0.0, 0.6)]
)
def test_holm_against_statsmodels(values: tuple[float, ...]) -> None:
    """`multipletests(method="holm")`, in the order given."""
    assert holm(values) == pytest.approx(multipletests(values, method="holm")[1])


@given(st.lists(st.floats(0, 1), max_size=12))
def test_holm_step_by_step(values: list[float]) -> None:
    """The smallest times m, the next times m - 1 ...; never less than one before it, never over 1.

    Another order of the themes gives every theme the same.
    """
    expected: dict[int, float] = {}
    for rank, place in enumerate(sorted(range(len(values)), key=lambda n: values[n])):
        raised = [(len(values) - rank) * values[place], *expected.values()]
        expected[place] = min(1.0, max(raised))
    assert holm(values) == pytest.approx([expected[n] for n in range(len(values))])
    assert holm(values[::-1]) == pytest.approx(holm(values)[::-1])
    assert holm([]) == ()


@pytest.mark.parametrize(
    ("points", "p", "said"),
    [
        (6.0, 0.01, "higher"),
        (-6.0, 0.01, "lower"),
        (6.0, 0.05, "none"),  # under .05, not at it
        (4.9, 0.01, "none"),  # too little to speak of
        (5.0, 0.01, "higher"),
        (0.1 + 0.2 + 4.7, 0.01, "higher"),  # 5.000000000000000x
        (62.3 - 57.3, 0.01, "higher"),  # 5, less what floating point takes
    ],
)
def test_a_change_is_significant_and_worth_speaking_of(points: float, p: float, said: str) -> None:
    """Both conditions, at their borders."""
    assert verdict(points, p) == said


@given(COUNTS)
def test_spread_of_counts_against_numpy(counts: list[int]) -> None:
    """Standard deviation with n - 1; the same for a reversed scale."""
    expected = float(np.std(answers(counts), ddof=1))
    assert sd_of((1, 2, 3, 4, 5), counts) == pytest.approx(expected)
    assert sd_of((1, 2, 3, 4, 5), counts[::-1]) == pytest.approx(expected)


def test_one_answer_has_no_spread() -> None:
    """It is refused, not called 0."""
    with pytest.raises(ValueError, match="at least two"):
        sd_of((1, 2), (1, 0))
