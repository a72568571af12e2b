"""Dates as they are stored: 2026, 2026-03 or 2026-03-31, compared at the coarser precision."""

from __future__ import annotations

import datetime
import re
from typing import Final

_DATE: Final = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?", re.ASCII)


def looks_like_date(text: str) -> bool:
    """Whether a text is written like a date; 2026-02-30 is."""
    return _DATE.fullmatch(text) is not None


def is_date(text: str) -> bool:
    """Whether a text is a day, a month or a year that exists."""
    if not looks_like_date(text):
        return False
    try:
        datetime.date.fromisoformat(text + "-01-01"[len(text) - 4 :])
    except ValueError:
        return False
    return True


def at_coarser(one: str, other: str) -> tuple[str, str]:
    """Two dates cut to what both of them say."""
    length = min(len(one), len(other))
    return one[:length], other[:length]


def years_between(earlier: str, today: datetime.date) -> int | None:
    """Whole years from a date to today, at its precision; negative for a date to come."""
    if not looks_like_date(earlier):
        return None
    behind_year = earlier[4:]
    return today.year - int(earlier[:4]) - (today.isoformat()[4 : len(earlier)] < behind_year)
