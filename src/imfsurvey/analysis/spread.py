"""The spread of answers that are known by their counts."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction


def sd_of(codes: Sequence[int], counts: Sequence[int]) -> float:
    """Standard deviation (with n - 1) of so many answers by code; reversing does not change it.

    ValueError on fewer than two answers.
    """
    n = sum(counts)
    if n < 2:
        raise ValueError("a spread needs at least two answers")
    pairs = list(zip(codes, counts, strict=True))
    total = sum(code * count for code, count in pairs)
    squares = sum(code * code * count for code, count in pairs)
    return math.sqrt(Fraction(n * squares - total * total, n * (n - 1)))
