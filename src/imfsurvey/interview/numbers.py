"""Numbers as they are typed and as they are shown, in the marks of each language."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Final

from imfsurvey.i18n import formats
from imfsurvey.i18n.catalogue import Translator
from imfsurvey.i18n.errors import InputError
from imfsurvey.questionnaire import NumberItem

Number = int | float

_BLANKS: Final = re.compile(r"(?<=\d)[\s\u00a0\u202f'’](?=\d{3}(?!\d))", re.ASCII)
"""Between groups of three digits; a blank anywhere else is a slip."""
_NUMBER: Final = re.compile(r"([+\-]?)(\d+)(?:\.(\d+))?", re.ASCII)
_MOST_DIGITS: Final = 15
"""A number of more digits cannot be kept as it was typed."""


def typed_number(text: str, item: NumberItem, language: str) -> Number:
    """The number that a person typed: `1234.5`, `1234,5` or with the language's own marks.

    Comma and point both begin the decimals; where that leaves two readings, it is refused. Raises
    `InputError` for what is no number, has too many decimals or lies out of bounds.
    """
    typed = _BLANKS.sub("", text.strip().replace("\u2212", "-"))
    found = _NUMBER.fullmatch(_with_point(typed, item, language))
    if found is None or len(found[2] + (found[3] or "")) > _MOST_DIGITS:
        raise InputError("IMF-I128", "This cannot be read as a number.")
    if len((found[3] or "").rstrip("0")) > item.decimals:
        if item.decimals == 0:
            raise InputError("IMF-I109", "Write a whole number.")
        raise InputError(
            "IMF-I109", "No more than {decimals} decimals are kept here.", decimals=item.decimals
        )
    exact = Decimal(f"{found[1]}{found[2]}.{found[3] or '0'}")
    value = float(exact) if item.decimals else int(exact)
    if not is_within(value, item):
        raise out_of_bounds(item, lambda bound: shown_bound(bound, language))
    return value


def _with_point(typed: str, item: NumberItem, language: str) -> str:
    """The number with a point before its decimals and no marks between its thousands."""
    marks = [character for character in typed if character in ".,"]
    if len(set(marks)) == 2:  # 1.234,5: the last one begins the decimals
        thousands, point = marks[0], marks[-1]
        return _joined(typed, thousands).replace(point, ".") if marks.count(point) == 1 else ""
    if len(marks) > 1:  # 1.234.567
        return _joined(typed, marks[0])
    if marks and marks[0] == formats.CONVENTIONS[language].thousands and _grouped(typed, marks[0]):
        if item.decimals > 2:  # 1.234 in Dutch, where so many decimals could be meant
            raise InputError(
                "IMF-I128", "This can be read in two ways: write no mark between thousands."
            )
        return _joined(typed, marks[0])
    return typed.replace(",", ".")


def _grouped(typed: str, mark: str) -> bool:
    """Whether a mark stands before groups of three digits only."""
    whole = re.split(r"[.,]", typed)
    groups = typed.split(mark)
    head = groups[0].lstrip("+-")
    last = groups[-1] if len(whole) == len(groups) else re.split(r"[.,]", groups[-1])[0]
    return (
        1 <= len(head) <= 3
        and head != "0"
        and all(len(group) == 3 for group in (*groups[1:-1], last))
    )


def _joined(typed: str, mark: str) -> str:
    """Without the marks between thousands; empty where they stand elsewhere."""
    return typed.replace(mark, "") if _grouped(typed, mark) else ""


def is_within(value: Number, item: NumberItem) -> bool:
    """Whether a number lies within the bounds of an item."""
    lowest, highest = item.lowest, item.max
    return (lowest is None or value >= lowest) and (highest is None or value <= highest)


def out_of_bounds(item: NumberItem, show: Callable[[Number], str] = str) -> InputError:
    """The error for a number beyond the bounds, which are told as `show` writes them."""
    named = {"min": item.lowest, "max": item.max}
    bounds = {name: show(bound) for name, bound in named.items() if bound is not None}
    if "min" not in bounds:
        return InputError("IMF-I107", "At most {max} is possible here.", **bounds)
    if "max" not in bounds:
        return InputError("IMF-I107", "At least {min} is possible here.", **bounds)
    return InputError("IMF-I107", "A number from {min} to {max} is asked for.", **bounds)


def band_of(value: Number, item: NumberItem) -> Number:
    """The lowest number of the band that a number lies in; the number itself without bands."""
    return max((band for band in item.bands if band <= value), default=value)


def shown_bound(value: Number, language: str) -> str:
    """A number of the questionnaire itself, with the decimals that it has there."""
    exact = Decimal(str(value)).normalize().as_tuple().exponent
    return formats.number(value, language, max(0, -exact) if isinstance(exact, int) else 0)


def editable_number(value: Number, item: NumberItem, language: str) -> str:
    """A number as one would type it: no marks between thousands."""
    marked = formats.number(value, language, item.decimals)
    return marked.replace(formats.CONVENTIONS[language].thousands, "")


def shown_number(value: Number, item: NumberItem, t: Translator) -> str:
    """A number with its unit, or in words the band whose lowest number it is: "5 to 14 years"."""
    if not item.bands:
        return _with_unit(formats.number(value, t.language, item.decimals), item, t)
    low = shown_bound(value, t.language)
    above = [band for band in item.bands if band > value]
    highest = above[0] if above else item.max
    if highest is None:
        return t("{low} or more", low=_with_unit(low, item, t))
    if above and item.decimals:
        high = shown_bound(highest, t.language)
        return t("{low} to less than {high}", low=low, high=_with_unit(high, item, t))
    last = highest - 1 if above else highest
    if last <= value:
        return _with_unit(low, item, t)
    high = shown_bound(last, t.language)
    return t("{low} to {high}", low=low, high=_with_unit(high, item, t))


def _with_unit(number: str, item: NumberItem, t: Translator) -> str:
    return f"{number}\u00a0{item.unit.say(t.language)}" if item.unit is not None else number
