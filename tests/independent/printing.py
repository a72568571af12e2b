"""Numbers as an English report prints them: halves away from zero, a sign for changes."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

Value = int | float | Fraction
NONE = "–"


def number(value: Value | None, decimals: int = 0) -> str:
    """A number; a dash for none."""
    if value is None:
        return NONE
    if isinstance(value, Fraction):
        exact = Decimal(value.numerator) / Decimal(value.denominator)
    else:
        exact = Decimal(str(float(value)))
    rounded = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return f"{abs(rounded) if rounded == 0 else rounded:,f}"


def signed(value: Value | None, decimals: int = 0) -> str:
    """A change."""
    said = number(value, decimals)
    above = value is not None and value > 0 and said.strip("0.") != ""
    return f"+{said}" if above else said


def percent(share: Value | None) -> str:
    """A share."""
    return NONE if share is None else f"{number(100 * share)}%"


def between(low: Value, high: Value, decimals: int = 0) -> str:
    """An interval."""
    return f"{number(low, decimals)} to {number(high, decimals)}"


def shares(low: Value, high: Value) -> str:
    """An interval of a share."""
    return f"{percent(low)} to {percent(high)}"


def signs(low: Value, high: Value) -> str:
    """An interval of a change."""
    return f"{signed(low)} to {signed(high)}"


def p_value(p: float | None) -> str:
    """A p to three decimals, never zero."""
    return NONE if p is None else "< 0.001" if p < 0.0005 else number(p, 3)


def bounded(level: int | None, most: int | None) -> str:
    """A level and what it may be at most."""
    if level is None:
        return NONE
    return str(level) if most in (None, level) else f"{level} (at most {most})"
