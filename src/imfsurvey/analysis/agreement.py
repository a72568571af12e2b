"""How far the answers lie together, and when they fall into two camps.

For the room of a team session, where the spread is shown before any mean, and for the themes of
a survey. All is worked out from the counts by code of the scale (of groups, from n, mean and SD),
so it tells nothing that these do not tell.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal

Strength = Literal["none", "weak", "moderate", "strong", "very_strong"]

CAMP: Final = Fraction(1, 4)
"""The least share of a camp. Below a quarter it is one or two people of a team, and to speak of a
camp would point at them."""

Null = Literal["uniform", "skewed"]
"""What answers would be like without agreement: each code as likely as the other, or slightly
skewed to one side, because people are lenient when they judge those who lead them."""

_SKEWED: Final = {5: Fraction(134, 100)}
"""Variance of the slightly skewed null distribution by number of codes: LeBreton & Senter (2008),
table 2; .05, .15, .20, .35 and .25 of the answers on the five codes."""

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
    ratio = _against_chance(counts, "uniform")
    return None if ratio is None else float(max(Fraction(0), 1 - ratio))


def r_wg_j(items: Sequence[Sequence[int]], null: Null = "uniform") -> float | None:
    """Within-group agreement on J statements together.

    `J (1 - q) / (J (1 - q) + q)`, with q the mean of the statements' s² / s²_EU: James, Demaree &
    Wolf (1984). What is below 0 is set to 0. `items`: the counts of each, lowest code first. None
    on fewer than two statements, when one of them has no r_wg, and for a null distribution that
    nobody published for its number of codes.
    """
    ratios = [_against_chance(counts, null) for counts in items]
    known = [ratio for ratio in ratios if ratio is not None]
    if len(known) < 2 or len(known) < len(ratios):
        return None
    mean = sum(known, Fraction(0)) / len(known)
    if mean >= 1:
        return 0.0
    agreed = len(known) * (1 - mean)
    return float(agreed / (agreed + mean))


def _against_chance(counts: Sequence[int], null: Null) -> Fraction | None:
    """The variance of the answers over the one that chance would give."""
    n, codes = sum(counts), len(counts)
    if n < 2 or codes < 2:
        return None
    expected = Fraction(codes * codes - 1, 12) if null == "uniform" else _SKEWED.get(codes)
    if expected is None:
        return None
    total = sum(place * count for place, count in enumerate(counts))
    squares = sum(place * place * count for place, count in enumerate(counts))
    return Fraction(n * squares - total * total, n * (n - 1)) / expected


@dataclass(frozen=True)
class Group:
    """What is published of one group: answers or scores, their mean, their SD (with n - 1)."""

    n: int
    mean: float
    sd: float


@dataclass(frozen=True)
class Intraclass:
    """How much of the differences lies between groups, and how well their means tell them apart."""

    icc1: float
    """Share of one person's answer that the group explains."""
    icc2: float
    """Reliability of the means of the groups."""


def intraclass(groups: Iterable[Group]) -> Intraclass | None:
    """ICC(1) and ICC(2) of published groups, from a one-way analysis of variance.

    `ICC(1) = (MSB - MSW) / (MSB + (m - 1) MSW)`, `ICC(2) = (MSB - MSW) / MSB`, m the mean size of
    a group: Bliese, P. D. (2000), Within-group agreement, non-independence, and reliability, in
    Klein & Kozlowski, Multilevel theory, research, and methods in organizations. Both may be
    negative. None on fewer than two groups, on a group without answers, and when nothing differs.
    """
    known = list(groups)
    persons = sum(one.n for one in known)
    if len(known) < 2 or any(one.n < 1 for one in known) or persons <= len(known):
        return None
    grand = sum(one.n * one.mean for one in known) / persons
    between = sum(one.n * (one.mean - grand) ** 2 for one in known) / (len(known) - 1)
    within = sum((one.n - 1) * one.sd**2 for one in known) / (persons - len(known))
    size = persons / len(known)
    if between == 0 or between + (size - 1) * within == 0:
        return None
    explained = between - within
    return Intraclass(explained / (between + (size - 1) * within), explained / between)


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
