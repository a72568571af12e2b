"""How far chance alone may carry a mean or a share: intervals of 95 % confidence.

They cover chance, not who chose not to answer. In a small entity most people answer, and what
nearly everybody said is hardly left to chance: with the number of people `population`, intervals
get narrower; when everybody answered (a census) there are none.

SciPy is imported where a quantile is needed, so that whoever only reads figures does not wait
for it.
"""

from __future__ import annotations

import math
from typing import Final

CONFIDENCE: Final = 0.95

Interval = tuple[float, float]
"""Lower and upper bound."""


def mean_interval(mean: float, sd: float, n: int, population: int | None = None) -> Interval | None:
    """The t interval of a mean: m ± t(.975, n - 1) · s / √n · √(1 - n / N).

    The last factor is the finite-population correction: Cochran, W. G. (1977), Sampling
    techniques, 3rd edition, section 2.8. `sd` is the standard deviation with n - 1; without
    `population` (N unknown) there is no correction. None on fewer than two answers, and when
    everybody answered.
    """
    if n < 2 or _everybody(n, population):
        return None
    from scipy import special

    half = float(special.stdtrit(n - 1, (1 + CONFIDENCE) / 2)) * sd / math.sqrt(n)
    if population is not None:
        half *= math.sqrt(1 - n / population)
    return mean - half, mean + half


def share_interval(share: float, n: int, population: int | None = None) -> Interval | None:
    """The score interval of a share of n: Wilson, E. B. (1927), Probable inference, the law of
    succession, and statistical inference, Journal of the American Statistical Association 22,
    209-212.

    With a finite population n* = n (N - 1) / (N - n) answers stand in for n: as many as would
    tell the same of an endless one. None without answers, and when everybody answered.
    """
    if n < 1 or _everybody(n, population):
        return None
    likened = n if population is None else n * (population - 1) / (population - n)
    return _score_interval(share, likened)


def difference_of_shares(
    now: float, n_now: int, then: float, n_then: int
) -> tuple[float, Interval] | None:
    """`now - then` with the hybrid score interval: Newcombe, R. G. (1998), Interval estimation for
    the difference between independent proportions, Statistics in Medicine 17, 873-890, method 10.

    Two independent samples, without correction for a finite population: two moments of what goes
    on are no draw from one list. None when one of them is empty.
    """
    if n_now < 1 or n_then < 1:
        return None
    low_now, high_now = _score_interval(now, n_now)
    low_then, high_then = _score_interval(then, n_then)
    difference = now - then
    below = math.hypot(now - low_now, high_then - then)
    above = math.hypot(high_now - now, then - low_then)
    return difference, (difference - below, difference + above)


def normal_quantile() -> float:
    """The z that 95 % of a normal distribution lie within, on both sides of 0."""
    from scipy import special

    return float(special.ndtri((1 + CONFIDENCE) / 2))


def _score_interval(share: float, n: float) -> Interval:
    square = normal_quantile() ** 2
    middle = (share + square / (2 * n)) / (1 + square / n)
    spread = share * (1 - share) / n + square / (4 * n * n)
    half = math.sqrt(square * spread) / (1 + square / n)
    # Exactly 0 or 1 where nobody or everybody is on that side: rounding may miss it by a hair.
    low = 0.0 if share == 0 else middle - half
    return low, 1.0 if share == 1 else middle + half


def _everybody(n: int, population: int | None) -> bool:
    return population is not None and n >= population
