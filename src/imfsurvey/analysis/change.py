"""Chance or change: two waves of unlinked answers, from what was released of both.

The answers of an earlier wave are sealed or destroyed; n, mean, standard deviation and counts
were released. Nobody is linked between waves, so the two are taken for independent samples,
which makes the tests careful where the same people answered twice.

It is called a change only when chance hardly explains it (p < .05 after Holm) and it is worth
speaking of (5 points of 100 or more). The second is a convention of this project.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from imfsurvey.analysis.intervals import CONFIDENCE, Interval

WORTH: Final = 5.0
"""The least change, in points of an index from 0 to 100, that is called one."""

SIGNIFICANT: Final = 0.05
"""A p after Holm under this is hardly chance."""

_ROUNDING: Final = 1e-9
"""What floating point may take from a difference that is exactly 5."""

Verdict = Literal["higher", "lower", "none"]


@dataclass(frozen=True)
class Sample:
    """What was released of one wave: valid answers, their mean, their SD (with n - 1)."""

    n: int
    mean: float
    sd: float


@dataclass(frozen=True)
class Difference:
    """The difference of two means, now minus then, in the unit of the means."""

    points: float
    interval: Interval
    p: float


def welch(now: Sample, then: Sample) -> Difference | None:
    """The unequal-variances t test with its interval: Welch, B. L. (1947), The generalization of
    "Student's" problem when several different population variances are involved, Biometrika 34,
    28-35.

    None with fewer than two answers on a side, and when neither side varies.
    """
    if min(now.n, then.n) < 2:
        return None
    a, b = now.sd**2 / now.n, then.sd**2 / then.n
    if a + b == 0:
        return None
    from scipy import special

    points, error = now.mean - then.mean, math.sqrt(a + b)
    freedom = (a + b) ** 2 / (a**2 / (now.n - 1) + b**2 / (then.n - 1))
    half = float(special.stdtrit(freedom, (1 + CONFIDENCE) / 2)) * error
    p = 2 * float(special.stdtr(freedom, -abs(points) / error))
    return Difference(points, (points - half, points + half), p)


def mann_whitney(now: Sequence[int], then: Sequence[int]) -> float | None:
    """The p of the rank test, two-sided, for counts by code (lowest first): Mann, H. B. & Whitney,
    D. R. (1947), On a test of whether one of two random variables is stochastically larger than
    the other, Annals of Mathematical Statistics 18, 50-60.

    The normal approximation, corrected for ties and continuity. A check beside Welch that asks
    nothing of the distances between the codes. None when a side is empty or all answers are alike.
    """
    n, m = sum(now), sum(then)
    both = [a + b for a, b in zip(now, then, strict=True)]
    total = n + m
    if n == 0 or m == 0 or max(both) == total:
        return None
    from scipy import special

    twice, below = 0, 0  # pairs that "now" wins, ties as half, times two
    for a, b in zip(now, then, strict=True):
        twice += a * (2 * below + b)
        below += b
    ties = sum(one**3 - one for one in both)
    variance = n * m / 12 * (total + 1 - ties / (total * (total - 1)))
    distance = max(abs(twice - n * m) - 1, 0) / 2
    return 2 * float(special.ndtr(-distance / math.sqrt(variance)))


def holm(values: Sequence[float]) -> tuple[float, ...]:
    """The p values of one family, adjusted step by step: Holm, S. (1979), A simple sequentially
    rejective multiple test procedure, Scandinavian Journal of Statistics 6, 65-70.

    In the order given. Whoever reads twenty themes finds one "change" in pure chance; adjusted,
    that happens once in twenty reports.
    """
    order = sorted(range(len(values)), key=values.__getitem__)
    adjusted, highest = [0.0] * len(values), 0.0
    for rank, place in enumerate(order):
        highest = max(highest, min((len(values) - rank) * values[place], 1.0))
        adjusted[place] = highest
    return tuple(adjusted)


def verdict(points: float, adjusted: float) -> Verdict:
    """What may be said of a difference in points of an index, with its p after Holm."""
    if adjusted >= SIGNIFICANT or abs(points) < WORTH - _ROUNDING:
        return "none"
    return "higher" if points > 0 else "lower"
