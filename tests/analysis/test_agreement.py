"""Agreement and camps, against figures worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import f_oneway

from imfsurvey.analysis.agreement import Group, intraclass, polarised, r_wg, r_wg_j, strength


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        # Ten times the same: no variance.
        ((0, 0, 0, 10, 0), 1.0),
        # 3, 4, 4, 4, 5: mean 4, squares 1 + 1 = 2, variance 2/4 = 0.5; (25 - 1)/12 = 2;
        # 1 - 0.5/2 = 0.75.
        ((0, 0, 1, 3, 1), 0.75),
        # 1, 2, 3, 4, 5: variance 10/4 = 2.5, more than 2: set to 0.
        ((1, 1, 1, 1, 1), 0.0),
        # Four codes, 2, 2, 3, 3: mean 2.5, variance 4 x 0.25 / 3 = 1/3; (16 - 1)/12 = 1.25;
        # 1 - (1/3)/1.25 = 11/15.
        ((0, 2, 2, 0), 11 / 15),
    ],
)
def test_r_wg_is_what_the_formula_gives_by_hand(counts: tuple[int, ...], expected: float) -> None:
    """James, Demaree & Wolf (1984) with a uniform null distribution."""
    assert r_wg(counts) == pytest.approx(expected)


def test_there_is_no_agreement_of_one() -> None:
    """One answer, or a scale of one code, has no agreement."""
    assert r_wg((0, 1, 0)) is None
    assert r_wg((5,)) is None


def test_words_follow_the_borders_of_the_source() -> None:
    """LeBreton & Senter (2008): the border itself belongs to the lower word."""
    found = [strength(value) for value in (0.0, 0.30, 0.31, 0.50, 0.70, 0.90, 0.91, 1.0)]
    assert found == [
        *("none", "none", "weak", "weak"),
        *("moderate", "strong", "very_strong", "very_strong"),
    ]


@pytest.mark.parametrize(
    ("counts", "camps"),
    [
        ((5, 0, 2, 0, 5), True),
        ((2, 1, 2, 4, 3), True),  # 3 of 12 is a quarter, and more than the middle
        ((2, 0, 1, 5, 4), False),  # 2 of 12 is less than a quarter
        ((2, 2, 4, 2, 2), False),  # a spread: the middle is as large as either side
        ((3, 0, 0, 3), True),  # an even scale has no middle
        ((0, 0, 0), False),
        ((4,), False),
    ],
)
def test_two_camps_hold_a_quarter_each_and_leave_the_middle_thin(
    counts: tuple[int, ...], camps: bool
) -> None:
    """The definition, at its borders."""
    assert polarised(counts) is camps


def test_agreement_on_several_statements_by_hand() -> None:
    """3, 4, 4, 4, 5: s² = 0.5. 2, 3, 3, 4, 4: mean 3.2, squares of the distances 2.8, s² = 0.7.

    Over the uniform 2: q is the mean of 1/4 and 7/20 = 3/10; 2 · 0.7 / (2 · 0.7 + 0.3) = 14/17.
    """
    assert r_wg_j([(0, 0, 1, 3, 1), (0, 1, 2, 2, 0)]) == pytest.approx(14 / 17)


def test_the_skewed_null_is_stricter() -> None:
    """Its variance by its proportions: .05, .15, .20, .35, .25 have 14.3 - 3.6² = 1.34.

    q = (0.5 + 0.7) / 2 / 1.34, J = 2.
    """
    shares = (0.05, 0.15, 0.20, 0.35, 0.25)
    mean = sum(code * share for code, share in enumerate(shares, 1))
    variance = sum(code * code * share for code, share in enumerate(shares, 1)) - mean**2
    assert variance == pytest.approx(1.34)
    q = 0.6 / variance
    found = r_wg_j([(0, 0, 1, 3, 1), (0, 1, 2, 2, 0)], "skewed")
    assert found == pytest.approx(2 * (1 - q) / (2 * (1 - q) + q))
    assert r_wg_j([(1, 2, 2, 1), (1, 2, 2, 1)], "skewed") is None


def test_more_spread_than_chance_is_no_agreement() -> None:
    """Five 1s and five 5s: s² = 40/9, more than 2; set to 0. One statement has no r_wg(j)."""
    assert r_wg_j([(5, 0, 0, 0, 5)] * 3) == 0.0
    assert r_wg_j([(0, 0, 1, 3, 1)]) is None
    assert r_wg_j([(0, 0, 1, 3, 1), (0, 0, 1, 0, 0)]) is None


@given(st.lists(st.lists(st.integers(0, 9), min_size=5, max_size=5), min_size=2, max_size=5))
def test_agreement_against_numpy(items: list[list[int]]) -> None:
    """James, Demaree & Wolf's formula on the variances by NumPy; turned round it is the same."""
    if any(sum(counts) < 2 for counts in items):
        assert r_wg_j(items) is None
        return
    rows = [np.repeat(np.arange(1, 6), counts) for counts in items]
    q = float(np.mean([np.var(row, ddof=1) / 2 for row in rows]))
    expected = 0.0 if q >= 1 else len(items) * (1 - q) / (len(items) * (1 - q) + q)
    assert r_wg_j(items) == pytest.approx(expected, abs=1e-12)
    assert r_wg_j([counts[::-1] for counts in items]) == r_wg_j(items)


@pytest.mark.parametrize("sizes", [(12, 12, 12, 12), (31, 12, 9, 14)])
def test_intraclass_against_an_analysis_of_variance(sizes: tuple[int, ...]) -> None:
    """F = MSB / MSW by `scipy.stats.f_oneway`, for groups of one size and of several; ICC(2) is
    1 - 1/F, ICC(1) (F - 1) / (F + m - 1), m the mean size."""
    draw, mean_size = np.random.default_rng(8), sum(sizes) / 4
    shifts = (0, 0.5, 1.5, 2)
    groups = [draw.normal(shift, 1, n) for shift, n in zip(shifts, sizes, strict=True)]
    ratio = f_oneway(*groups).statistic
    found = intraclass([Group(len(g), float(g.mean()), float(g.std(ddof=1))) for g in groups])
    assert found is not None
    assert found.icc1 == pytest.approx((ratio - 1) / (ratio + mean_size - 1))
    assert found.icc2 == pytest.approx(1 - 1 / ratio)


def test_intraclass_needs_two_groups_that_differ() -> None:
    """One group, nothing to divide by, an empty group beside two that differ: no figure."""
    assert intraclass([Group(12, 3.0, 1.0)]) is None
    assert intraclass([Group(12, 3.0, 0.0), Group(12, 3.0, 0.0)]) is None
    two = [Group(12, 3.0, 1.0), Group(12, 4.0, 1.0)]
    assert intraclass(two) is not None
    assert intraclass([*two, Group(0, 0.0, 0.0)]) is None
    assert intraclass([Group(1, 3.0, 0.0), Group(1, 4.0, 0.0)]) is None
