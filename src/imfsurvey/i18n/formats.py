"""Numbers, shares, dates and lists as they are written in Belgium, per language.

The facts are those of the Unicode CLDR for fr-BE, nl-BE and de-BE; English follows en-GB, because
en-BE mixes English words with Belgian marks. A test compares every fact with Babel.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import MAX_PREC, ROUND_HALF_UP, Context, Decimal

Number = int | float | Decimal

_EXACT = Context(prec=MAX_PREC)
"""However many digits a number has before the point, only those behind it are rounded."""

NARROW_NO_BREAK_SPACE = "\u202f"
NO_BREAK_SPACE = "\u00a0"


@dataclass(frozen=True)
class Conventions:
    """How one language writes: marks of numbers, the percent sign, months, the last "and"."""

    thousands: str
    decimal: str
    percent: str
    day: str
    """What follows the day of the month."""
    months: tuple[str, ...]
    last: str
    """The word before the last item of a list."""


CONVENTIONS = {
    "fr": Conventions(
        thousands=NARROW_NO_BREAK_SPACE,
        decimal=",",
        percent=f"{NO_BREAK_SPACE}%",
        day="",
        months=(
            *("janvier", "février", "mars", "avril", "mai", "juin"),
            *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
        ),
        last="et",
    ),
    "nl": Conventions(
        thousands=".",
        decimal=",",
        percent="%",
        day="",
        months=(
            *("januari", "februari", "maart", "april", "mei", "juni"),
            *("juli", "augustus", "september", "oktober", "november", "december"),
        ),
        last="en",
    ),
    "en": Conventions(
        thousands=",",
        decimal=".",
        percent="%",
        day="",
        months=(
            *("January", "February", "March", "April", "May", "June"),
            *("July", "August", "September", "October", "November", "December"),
        ),
        last="and",
    ),
    "de": Conventions(
        thousands=".",
        decimal=",",
        percent=f"{NO_BREAK_SPACE}%",
        day=".",
        months=(
            *("Januar", "Februar", "März", "April", "Mai", "Juni"),
            *("Juli", "August", "September", "Oktober", "November", "Dezember"),
        ),
        last="und",
    ),
}


def number(value: Number, language: str, decimals: int = 0) -> str:
    """A number with the marks of the language: 1234567.89 is "1.234.567,9" in Dutch, 1 decimal.

    Halves are rounded away from zero on the figure as it is printed: 3.05 gives 3.1. TypeError
    for None: whoever has no figure decides what is written instead.
    """
    return _marked(_rounded(value, decimals), language)


def signed(value: Number, language: str, decimals: int = 0) -> str:
    """A change: "+0,5", "-1,0"; what rounds to zero has no sign."""
    rounded = _rounded(value, decimals)
    return ("+" if rounded > 0 else "") + _marked(rounded, language)


def percent(share: Number, language: str, decimals: int = 0) -> str:
    """A share from 0 to 1 as a percentage: 0.675 is "68%" in Dutch, without decimals."""
    return _marked(_rounded(_exact(share) * 100, decimals), language) + (
        CONVENTIONS[language].percent
    )


def date(day: datetime.date, language: str) -> str:
    """A date in full: "3 novembre 2026"; the first of a month is "1er" in French."""
    facts = CONVENTIONS[language]
    mark = "er" if language == "fr" and day.day == 1 else facts.day
    return f"{day.day}{mark} {facts.months[day.month - 1]} {day.year}"


def joined(items: Sequence[str], language: str) -> str:
    """A list in a sentence: "A, B et C"; nothing gives an empty text."""
    *first, last = items or ("",)
    return f"{', '.join(first)} {CONVENTIONS[language].last} {last}" if first else last


def labelled(label: str, text: str, language: str) -> str:
    """A label and what it is about: "Preuve : note 12" in French, "Bewijs: nota 12" in Dutch."""
    return f"{label}{NO_BREAK_SPACE if language == 'fr' else ''}: {text}"


def _exact(value: Number) -> Decimal:
    """The decimal number that is printed for a value: the shortest one that names the float."""
    if isinstance(value, Decimal):
        return value
    if not isinstance(value, int | float):
        raise TypeError(f"a number is needed, not {type(value).__name__}")
    return Decimal(str(value))


def _rounded(value: Number, decimals: int) -> Decimal:
    exact = _exact(value)
    if not exact.is_finite():
        raise ValueError(f"a finite number is needed, not {exact}")
    rounded = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, _EXACT)
    return abs(rounded) if rounded.is_zero() else rounded  # no "-0"


def _marked(rounded: Decimal, language: str) -> str:
    facts = CONVENTIONS[language]
    whole, _, fraction = f"{rounded:,f}".partition(".")
    return whole.replace(",", facts.thousands) + (fraction and facts.decimal + fraction)
