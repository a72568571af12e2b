"""What changed between two measurements: Welch, Newcombe, Holm, Mann-Whitney."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep
from statsmodels.stats.weightstats import CompareMeans, DescrStatsW

from independent.staff import Item, Pair


@dataclass(frozen=True)
class Moved:
    """A change of an index."""

    points: float
    interval: Pair
    p: float
    """Adjusted over its family."""

    @property
    def word(self) -> str:
        """What may be said of it."""
        if self.p >= 0.05 or abs(self.points) < 5:
            return "no change shown"
        return "higher" if self.points > 0 else "lower"


def moved(pairs: Sequence[tuple[Sequence[float], Sequence[float]]]) -> list[Moved]:
    """Each (then, now) by Welch's test, p by Holm over all of them."""
    compared = [CompareMeans(DescrStatsW(now), DescrStatsW(then)) for then, now in pairs]
    raw = [float(one.ttest_ind(usevar="unequal")[1]) for one in compared]
    adjusted = multipletests(raw, method="holm")[1] if raw else []
    found = []
    for (then, now), one, p in zip(pairs, compared, adjusted, strict=True):
        low, high = one.tconfint_diff(usevar="unequal")
        found.append(
            Moved(float(np.mean(now) - np.mean(then)), (float(low), float(high)), float(p))
        )
    return found


def share_interval(then: Item, now: Item) -> Pair:
    """Newcombe's hybrid score interval of now minus then."""
    low, high = confint_proportions_2indep(
        now.sides[0], now.n, then.sides[0], then.n, method="newcomb", compare="diff"
    )
    return float(low), float(high)


def ranks(then: Item, now: Item) -> float:
    """The p of Mann and Whitney, normal, corrected for ties and continuity."""
    return float(stats.mannwhitneyu(then.values, now.values, method="asymptotic").pvalue)
