"""Alpha, omega and Spearman-Brown against published values, statsmodels and scripts in NumPy."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize, stats
from statsmodels.multivariate.factor import Factor

from imfsurvey.analysis.onefactor import uniquenesses
from imfsurvey.analysis.reliability import (
    alpha,
    alpha_interval,
    omega,
    spearman_brown,
    spearman_brown_interval,
)

SEEDS = st.integers(0, 10_000)


def answers(seed: int, loadings: list[float], n: int = 200) -> Any:
    """Answers 1 to 5 of n people to statements that measure one thing more or less."""
    draw = np.random.default_rng(seed)
    weights = np.array(loadings)
    noise = draw.standard_normal((n, len(weights))) * np.sqrt(1 - weights**2)
    latent = np.outer(draw.standard_normal(n), weights) + noise
    return np.clip(np.round(3 + 1.2 * latent), 1, 5)


def covariance(rows: Any) -> Any:
    """Of the columns, with n - 1."""
    return np.cov(rows, rowvar=False)


def test_alpha_by_hand() -> None:
    """Three people, two statements (1, 2), (3, 3), (5, 4): variances 4 and 1, of the sum 9.

    alpha = 2 (1 - 5/9) = 8/9.
    """
    assert alpha(covariance([[1, 2], [3, 3], [5, 4]])) == pytest.approx(8 / 9)


def test_a_forgotten_reversal_makes_alpha_negative() -> None:
    """(1, 5), (3, 3), (5, 2): variances 4 and 7/3, covariance -3; 2 (1 - (19/3) / (1/3)) = -36."""
    assert alpha(covariance([[1, 5], [3, 3], [5, 2]])) == pytest.approx(-36)


def test_no_alpha_without_variance() -> None:
    """One statement, a sum that does not vary, nothing that varies."""
    assert alpha(np.array([[2.0]])) is None
    assert alpha(covariance([[1, 5], [3, 3], [5, 1]])) is None
    assert alpha(np.zeros((3, 3))) is None


@given(SEEDS)
@settings(max_examples=20)
def test_alpha_against_the_other_form(seed: int) -> None:
    """k mean covariance / (mean variance + (k - 1) mean covariance): the other way to say it."""
    rows = answers(seed, [0.6, 0.5, 0.7, 0.4])
    matrix = covariance(rows)
    off = matrix[~np.eye(4, dtype=bool)].mean()
    assert alpha(matrix) == pytest.approx(4 * off / (np.diag(matrix).mean() + 3 * off))


@pytest.mark.parametrize(
    ("value", "n", "items", "low", "high"),
    [
        # R package statpsych 1.9, help page of ci.cronbach (Feldt 1965): alpha .85, 7 items, n 89.
        (0.85, 89, 7, 0.7971, 0.8932),
    ],
)
def test_a_published_interval_of_alpha(
    value: float, n: int, items: int, low: float, high: float
) -> None:
    """To the four digits printed."""
    found = alpha_interval(value, n, items)
    assert [round(bound, 4) for bound in found] == [low, high]


@given(st.floats(-0.5, 0.99), st.integers(30, 500), st.integers(2, 12))
def test_the_interval_of_alpha_against_the_f_distribution(value: float, n: int, k: int) -> None:
    """P(F < (1 - alpha) / (1 - bound)) is .975 and .025 by `scipy.stats.f`, turned round."""
    low, high = alpha_interval(value, n, k)
    distribution = stats.f(n - 1, (n - 1) * (k - 1))
    assert distribution.cdf((1 - low) / (1 - value)) == pytest.approx(0.975)
    assert distribution.cdf((1 - high) / (1 - value)) == pytest.approx(0.025)
    assert low < value < high


def factored(matrix: Any) -> float:
    """Omega with the loadings of `statsmodels.multivariate.factor.Factor` (maximum likelihood)."""
    sds = np.sqrt(np.diag(matrix))
    fit = Factor(corr=matrix / np.outer(sds, sds), n_factor=1, method="ml").fit()
    common = (fit.loadings[:, 0] * sds).sum() ** 2
    return float(common / (common + (fit.uniqueness * sds**2).sum()))


@pytest.mark.parametrize("loadings", [[0.7, 0.6, 0.8], [0.8, 0.5, 0.6, 0.7, 0.3], [0.5] * 9])
def test_omega_against_statsmodels(loadings: list[float]) -> None:
    """Three, five and nine statements."""
    matrix = covariance(answers(1, loadings, 400))
    assert omega(matrix) == pytest.approx(factored(matrix), abs=1e-5)


def test_omega_of_a_perfect_model_by_hand() -> None:
    """Loadings 2, 1, 1, 1 and unique variances 1: 25 / (25 + 4), though alpha is lower."""
    loadings = np.array([2.0, 1.0, 1.0, 1.0])
    matrix = np.outer(loadings, loadings) + np.eye(4)
    assert omega(matrix) == pytest.approx(25 / 29, abs=1e-6)
    # Variances 5, 2, 2, 2 of 29: 4/3 (1 - 11/29).
    assert alpha(matrix) == pytest.approx(4 / 3 * 18 / 29)


def test_three_statements_by_the_triads() -> None:
    """Spearman's triads: a loading squared is r12 r13 / r23; here .5, .4 and .3 correlate."""
    matrix = np.array([[1.0, 0.5, 0.4], [0.5, 1.0, 0.3], [0.4, 0.3, 1.0]])
    squares = np.array([0.5 * 0.4 / 0.3, 0.5 * 0.3 / 0.4, 0.4 * 0.3 / 0.5])
    common = np.sqrt(squares).sum() ** 2
    assert omega(matrix) == pytest.approx(common / (common + (1 - squares).sum()), abs=1e-5)


def test_why_there_is_no_omega() -> None:
    """r12 r13 / r23 = 1.28 leaves no unique variance; two alike neither; one does not vary."""
    heywood = np.array([[1.0, 0.8, 0.8], [0.8, 1.0, 0.5], [0.8, 0.5, 1.0]])
    assert omega(heywood) == "heywood"
    twins = answers(3, [0.7, 0.7, 0.7])
    twins[:, 1] = twins[:, 0]
    assert omega(covariance(twins)) == "heywood"
    still = answers(3, [0.7, 0.7, 0.7])
    still[:, 1] = 4
    assert omega(covariance(still)) == "constant"


def test_the_two_definitions_of_omega_differ() -> None:
    """Where one factor does not fit: the model's total variance is not the observed one."""
    draw = np.random.default_rng(5)
    pairs = draw.standard_normal((300, 2))[:, [0, 0, 1, 1]]
    common = draw.standard_normal((300, 1))
    rows = common + 0.8 * pairs + draw.standard_normal((300, 4))
    matrix = covariance(rows)
    found = omega(matrix)
    assert found == pytest.approx(factored(matrix), abs=1e-5)
    sds = np.sqrt(np.diag(matrix))
    fit = Factor(corr=matrix / np.outer(sds, sds), n_factor=1, method="ml").fit()
    observed = (fit.loadings[:, 0] * sds).sum() ** 2 / matrix.sum()
    assert abs(observed - factored(matrix)) > 0.005


def discrepancy(unique: Any, correlation: Any) -> float:
    """Of one factor by maximum likelihood: log-determinant and trace, the best loading put in."""
    scaled = correlation / np.sqrt(np.outer(unique, unique))
    values, vectors = np.linalg.eigh(scaled)
    loading = np.sqrt(unique) * vectors[:, -1] * np.sqrt(values[-1] - 1)
    model = np.outer(loading, loading) + np.diag(unique)
    both = np.linalg.slogdet(model)[1] - np.linalg.slogdet(correlation)[1]
    return float(both + np.trace(np.linalg.solve(model, correlation)) - len(unique))


@pytest.mark.parametrize("seed", [1, 88, 129])
def test_no_search_by_scipy_ends_lower(seed: int) -> None:
    """L-BFGS-B of SciPy from ten starts, for two bundles of statements, which make two minima. Of
    our two starts the first alone leads to the lower one with 88, the second alone with 129."""
    draw = np.random.default_rng(seed)
    common, bundle = draw.standard_normal((60, 1)), draw.standard_normal((60, 1))
    inside = np.array([1, 1, 1, 0, 0, 0, 0, 0])
    rows = 0.8 * common + 1.2 * bundle * inside + draw.standard_normal((60, 8))
    correlation = np.corrcoef(rows, rowvar=False)
    found = uniquenesses(correlation)
    assert found is not None
    bounds = [(0.005, 1.0)] * 8
    ends = [
        optimize.minimize(discrepancy, start, (correlation,), "L-BFGS-B", bounds=bounds).fun
        for start in draw.uniform(0.2, 0.9, (10, 8))
    ]
    assert discrepancy(found, correlation) <= min(ends) + 1e-9


@given(SEEDS, st.permutations(range(5)), st.floats(0.1, 25))
@settings(max_examples=15)
def test_order_unit_and_direction_change_nothing(
    seed: int, order: list[int], stretch: float
) -> None:
    """The statements in another order, in another unit, all reversed."""
    rows = answers(seed, [0.7, 0.6, 0.8, 0.5, 0.6], 300)
    other = 100 - stretch * rows[:, order]
    assert alpha(covariance(other)) == pytest.approx(alpha(covariance(rows)))
    assert omega(covariance(other)) == pytest.approx(omega(covariance(rows)), abs=1e-4)


def test_two_statements_against_scipy() -> None:
    """2 r / (1 + r) with `scipy.stats.pearsonr`, and its interval stepped up likewise."""
    rows = answers(2, [0.8, 0.7], 80)
    found = stats.pearsonr(rows[:, 0], rows[:, 1])
    matrix = covariance(rows)
    assert spearman_brown(matrix) == pytest.approx(2 * found.statistic / (1 + found.statistic))
    bounds = [2 * r / (1 + r) for r in found.confidence_interval()]
    assert spearman_brown_interval(matrix, 80) == pytest.approx(bounds)


def test_two_statements_that_say_the_opposite() -> None:
    """261 people, each with x on one statement and 4 - x on the other: r is -1, so 2 r / (1 + r)
    does not exist. Left a hair above -1 by rounding, it came out as -18 million billions."""
    said = np.random.default_rng(11).integers(0, 5, 261)
    for people in range(30, 262):
        matrix = covariance([[one, 4 - one] for one in said[:people]])
        assert spearman_brown(matrix) is None
        assert spearman_brown_interval(matrix, people) is None


def test_two_statements_without_a_figure() -> None:
    """One that does not vary; two that mirror each other; a perfect r has no interval."""
    assert spearman_brown(covariance([[1, 2], [1, 3], [1, 4]])) is None
    assert spearman_brown(covariance([[1, 5], [2, 4], [4, 2]])) is None
    twins = covariance([[1, 1], [2, 2], [4, 4], [5, 5]])
    assert spearman_brown(twins) == pytest.approx(1)
    assert spearman_brown_interval(twins, 40) is None
