"""What is typed for an answer on paper: the code beside its box, or what was written."""

from __future__ import annotations

import re
from typing import Final

from imfsurvey.i18n.errors import InputError
from imfsurvey.interview.answers import BLANK, Answer
from imfsurvey.interview.dates import shown_date, typed_date
from imfsurvey.interview.numbers import editable_number, typed_number
from imfsurvey.interview.sheet import Box, Sheet
from imfsurvey.questionnaire import (
    DateItem,
    Item,
    MultiItem,
    NumberItem,
    RankingItem,
    TextItem,
)

NOTHING: Final = "-"
"""Typed for "no answer", as Enter alone is."""

_BETWEEN: Final = re.compile(r"[\s,;.+/]+")


def read_code(sheet: Sheet, item: Item, text: str) -> Answer:
    """The answer that was typed for an item; blank for nothing.

    Raises `InputError`: T470 no such code, T471 several codes where one is wanted, and what the
    readers of numbers and dates raise.
    """
    typed = text.strip()
    if typed in ("", NOTHING):
        return BLANK
    boxes = {box.code: box for box in sheet.boxes(item)}
    lone = boxes.get(typed.upper())
    if lone is not None and lone.option.status != "answered":
        return Answer(lone.option.status)
    if isinstance(item, TextItem):
        return Answer("answered", typed)
    if isinstance(item, DateItem):
        return Answer("answered", typed_date(typed, item.precision))
    if isinstance(item, NumberItem) and not item.bands:
        return Answer("answered", typed_number(typed, item, sheet.language))
    several = isinstance(item, MultiItem | RankingItem)
    chosen = _chosen(typed, boxes, several=several)
    if several:
        return Answer("answered", tuple(_code(box) for box in chosen))
    return Answer("answered", _value(item, chosen[0]))


def code_of(sheet: Sheet, item: Item, answer: Answer) -> str:
    """What is typed for an answer: `read_code` of it gives the answer again."""
    if not answer.given:
        return ""
    boxes = sheet.boxes(item)
    if answer.status != "answered":
        return "".join(box.code for box in boxes if box.option.status == answer.status)
    value = answer.value
    if isinstance(item, TextItem):
        return str(value)
    if isinstance(item, DateItem):
        return shown_date(str(value))
    if isinstance(item, NumberItem) and not item.bands:
        number = value if isinstance(value, int | float) else 0
        return editable_number(number, item, sheet.language)
    codes = {_value(item, box): box.code for box in boxes if box.option.status == "answered"}
    wanted = answer.codes if not isinstance(value, float) else (value,)
    return " ".join(codes[one] for one in wanted if one in codes)


def _code(box: Box) -> int | str:
    return "" if box.option.value is None else box.option.value


def _value(item: Item, box: Box) -> int | float | str:
    value = _code(box)
    return float(value) if isinstance(item, NumberItem) and isinstance(value, str) else value


def _chosen(typed: str, boxes: dict[str, Box], *, several: bool) -> list[Box]:
    """The boxes of the codes, in the order typed; digits may be typed without blanks."""
    codes = [code for code in _BETWEEN.split(typed) if code]
    if (
        len(codes) == 1
        and codes[0] not in boxes
        and several
        and all(len(code) == 1 for code in boxes)
    ):
        codes = list(codes[0])
    unknown = [code for code in codes if code not in boxes or code.isalpha()]
    if unknown or not codes:
        raise InputError(
            "IMF-T470",
            "'{typed}' is no code of this question; it has: {known}.",
            typed=" ".join(unknown) or typed,
            known=", ".join(boxes),
        )
    if len(codes) > 1 and not several:
        raise InputError(
            "IMF-T471",
            "Only one code belongs here. If several boxes are ticked, press Enter alone: that is "
            "no answer.",
        )
    return [boxes[code] for code in dict.fromkeys(codes)]
