"""Numbers worked with as the fractions that they are, so that 0.1 + 0.2 is 0.3."""

from __future__ import annotations

import math
from fractions import Fraction
from functools import lru_cache
from typing import Final

Exact = int | Fraction

GREATEST: Final = 10**15
"""Beyond it a result is unknown: nothing that people are asked is that large."""

_AS_WRITTEN: Final = 10**9
_SIMPLE: Final = 10**6


def exact(value: object) -> Exact | None:
    """The number that a value is; None when it is none that can be worked with."""
    if type(value) is int or type(value) is Fraction:
        return value if -GREATEST <= value <= GREATEST else None
    return _of_float(value) if type(value) is float else None


@lru_cache(maxsize=4096)
def _of_float(value: float) -> Exact | None:
    """What was typed: a float with few decimals is that decimal, not the binary number next to it.

    Any other comes from a division, such as a third, and is the simple fraction next to it.
    """
    if not math.isfinite(value):
        return None
    written = Fraction(repr(value))
    if written.denominator > _AS_WRITTEN:
        written = written.limit_denominator(_SIMPLE)
    return shortest(written)


def shortest(value: Exact) -> Exact | None:
    """A fraction that is whole as an int; None when the number is too large."""
    if not -GREATEST <= value <= GREATEST:
        return None
    return value.numerator if value.denominator == 1 else value


def worked(operator: str, left: Exact, right: Exact) -> Exact | None:
    """The result of + - * /; None when there is none."""
    match operator:
        case "+":
            return shortest(left + right)
        case "-":
            return shortest(left - right)
        case "*":
            return shortest(left * right)
        case _:
            return shortest(Fraction(left) / right) if right else None


def rounded(value: Exact, decimals: int) -> Exact | None:
    """Rounded as people do: a half away from zero."""
    scale = 10**decimals
    whole = math.floor(abs(value) * scale + Fraction(1, 2))
    return shortest(Fraction(whole if value >= 0 else -whole, scale))
