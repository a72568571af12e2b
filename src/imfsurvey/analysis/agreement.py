"""How far the votes on one statement lie together, and when they fall into two camps.

For the room of a team session, where the spread is shown before any mean. Both are worked out
from the counts by code of the scale, so they tell nothing that the counts do not tell.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Final, Literal

Strength = Literal["none", "weak", "moderate", "strong", "very_strong"]

CAMP: Final = Fraction(1, 4)
"""The least share of a camp. Below a quarter it is one or two people of a team, and to speak of a
camp would point at them."""

_STRENGTHS: Final[Sequence[tuple[float, Strength]]] = (
    (0.90, "very_strong"),
    (0.70, "strong"),
    (0.50, "moderate"),
    (0.30, "weak"),
)


def r_wg(counts: Sequence[int]) -> float | None:
    """Within-group agreement on one item: 1 is one same answer, 0 is no better than chance.

    `r_wg = 1 - s² / s²_EU` with `s²_EU = (A² - 1) / 12`: James, L. R., Demaree, R. G. & Wolf, G.
    (1984), Estimating within-group interrater reliability with and without response bias, Journal
    of Applied Psychology 69(1), 85-98. `s²` is the variance of the answers (divided by n - 1) in
    places on the scale, `s²_EU` that of a uniform null distribution over its A codes. What is
    below 0, more spread than chance, is set to 0, as these authors do. `counts`: answers by code,
    lowest first. None with fewer than two answers or codes.
    """
    n, codes = sum(counts), len(counts)
    if n < 2 or codes < 2:
        return None
    total = sum(place * count for place, count in enumerate(counts))
    squares = sum(place * place * count for place, count in enumerate(counts))
    variance = Fraction(n * squares - total * total, n * (n - 1))
    uniform = Fraction(codes * codes - 1, 12)
    return float(max(Fraction(0), 1 - variance / uniform))


def strength(agreement: float) -> Strength:
    """The word for an r_wg: LeBreton, J. M. & Senter, J. L. (2008), Answers to 20 questions about
    interrater reliability and interrater agreement, Organizational Research Methods 11(4),
    815-852, table 3: up to .30 none, .50 weak, .70 moderate, .90 strong."""
    for above, word in _STRENGTHS:
        if agreement > above:
            return word
    return "none"


def polarised(counts: Sequence[int]) -> bool:
    """Whether there are two camps: a quarter or more on each side of the scale, and the middle
    smaller than either.

    A convention of this project. The variance alone, and so r_wg, takes a spread over the whole
    scale for two camps; a room needs the difference, because camps ask for another conversation.
    A scale with an even number of codes has no middle. `counts`: answers by code, lowest first.
    """
    n, half = sum(counts), len(counts) // 2
    if n == 0 or half == 0:
        return False
    low, high = sum(counts[:half]), sum(counts[-half:])
    middle = n - low - high
    return min(low, high) >= CAMP * n and middle < min(low, high)
