"""Days, months and years as they are typed, and as they are stored: 2026-03-31, 2026-03, 2026."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import Final

from imfsurvey.i18n.errors import InputError
from imfsurvey.questionnaire.written import Precision

_PARTS: Final[Mapping[Precision, int]] = {"day": 3, "month": 2, "year": 1}
_STORED: Final = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_SEPARATOR: Final = re.compile(r"\s*[./\-\s]\s*")
_NUMBER: Final = re.compile(r"\d{1,4}", re.ASCII)
FIRST_YEAR, LAST_YEAR = 1900, 2199


def is_date(value: str, precision: Precision) -> bool:
    """Whether that is a date as it is stored, cut to the precision."""
    found = _STORED.fullmatch(value)
    parts = [int(part) for part in found.groups() if part] if found else []
    return len(parts) == _PARTS[precision] and _exists(parts)


def typed_date(text: str, precision: Precision) -> str:
    """The stored date for what a person typed: 31/3/2026, 31.03.2026 or 2026-03-31.

    In Belgium the day comes first, in all its languages; a year of four digits in front is read as
    year, month, day. Raises `InputError` for what is no such date.
    """
    parts = _SEPARATOR.split(text.strip())
    if all(_NUMBER.fullmatch(part) for part in parts) and len(parts) == _PARTS[precision]:
        if len(parts[0]) != 4:
            parts.reverse()
        numbers = [int(part) for part in parts]
        if len(parts[0]) == 4 and _exists(numbers):
            return "-".join(f"{number:02}" for number in numbers)
    raise InputError("IMF-I104", "This cannot be read as a date of the kind asked for.")


def shown_date(value: str) -> str:
    """A stored date as it is typed: 31/03/2026, 03/2026 or 2026."""
    return "/".join(reversed(value.split("-")))


def _exists(parts: list[int]) -> bool:
    """Year, month and day, the last two where there are any."""
    year, month, day = (*parts, 1, 1)[:3]
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return False
    try:
        datetime.date(year, month, day)
    except ValueError:
        return False
    return True
