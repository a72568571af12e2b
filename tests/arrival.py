"""How far one order follows another: what nothing that is stored may do with that of arrival."""

from __future__ import annotations

from collections.abc import Sequence

from scipy.stats import spearmanr

NOISE = 0.2
"""Of 600 responses in random order |rho| exceeds 0.2 once in about a million times."""


def rho(first: Sequence[int], second: Sequence[int] | None = None) -> float:
    """Spearman's correlation with the order of arrival, or of two orders: -1 one mirrors the
    other, 1 they are the same."""
    with_what = range(len(first)) if second is None else map(float, second)
    return float(spearmanr(list(with_what), list(map(float, first))).statistic)


def follows(order: Sequence[int]) -> float:
    """How far an order still is, or mirrors, that of arrival: 0 not at all, 1 wholly."""
    return abs(rho(order))
