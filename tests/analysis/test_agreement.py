"""Agreement and camps, against figures worked out by hand."""

from __future__ import annotations

import pytest

from imfsurvey.analysis.agreement import polarised, r_wg, strength


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
