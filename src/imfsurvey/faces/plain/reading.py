"""How a typed line is understood as an answer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from imfsurvey.faces.plain.pages import Keyed
from imfsurvey.i18n.errors import InputError
from imfsurvey.interview import Interview, Option
from imfsurvey.interview.answers import Code
from imfsurvey.interview.dates import typed_date
from imfsurvey.interview.numbers import typed_number
from imfsurvey.questionnaire import DateItem, MultiItem, NumberItem, RankingItem, TextItem

_BETWEEN: Final = re.compile(r"[\s,;+]+")


def record_typed(interview: Interview, options: Keyed, typed: str) -> bool:
    """Record the answer to the page; False when not exactly what was typed could be kept.

    Raises `InputError` for what is no answer to it, and then nothing is changed.
    """
    item, offered = interview.page.item, dict(options)
    if isinstance(item, NumberItem):
        interview.record(item.id, "answered", typed_number(typed, item, interview.language))
    elif isinstance(item, DateItem):
        interview.record(item.id, "answered", typed_date(typed, item.precision))
    elif isinstance(item, TextItem):
        interview.record(item.id, "answered", typed)
    elif isinstance(item, RankingItem):
        interview.record(item.id, "answered", _codes(typed, offered))
    elif isinstance(item, MultiItem):
        return _record_ticks(interview, item, _codes(typed, offered))
    else:
        interview.record(item.id, "answered", _code(typed, offered))
    return True


def _record_ticks(interview: Interview, item: MultiItem, codes: tuple[Code, ...]) -> bool:
    """One tick after the other: what stands alone takes the others away."""
    ticked: tuple[Code, ...] = ()
    for code in codes:
        ticked = interview.rules.toggled(item, ticked, code)
    interview.record(item.id, "answered", ticked)
    return len(ticked) == len(codes)


def _codes(typed: str, offered: Mapping[str, Option]) -> tuple[Code, ...]:
    """Several codes in the order in which they were typed, each once."""
    keys = filter(None, _BETWEEN.split(typed))
    return tuple(dict.fromkeys(_code(key, offered) for key in keys)) or (_code("", offered),)


def _code(key: str, offered: Mapping[str, Option]) -> Code:
    option = offered.get(key)
    if option is None or option.value is None:  # a word such as "do not know" has no code
        raise InputError("IMF-F150", "This is not one of the answers offered here.")
    return option.value
