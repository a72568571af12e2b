"""The anonymous record: the answers of one response as bytes, and nothing else.

No time, no order of answering, no language, no side field, no free text, nor whether one was
written: texts are stored apart (see `comments`). Answers stand in the order of the questionnaire's
coded items, so that no two records differ in anything but the answers:
`{"form": "<hash>", "answers": [4, "ops", "~dk", …]}`. A status other than "answered" is written
with a leading `~`, which no code can begin with.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final, get_args

from imfsurvey.framework import Framework
from imfsurvey.i18n.errors import InputError
from imfsurvey.interview.answers import BLANK, Answer, Code, Status
from imfsurvey.interview.options import codes_of
from imfsurvey.questionnaire import (
    OTHER,
    Choice,
    ChoosingItem,
    DateItem,
    Item,
    MultiItem,
    NumberItem,
    Questionnaire,
    RankingItem,
    RepeatItem,
    TextItem,
)

RecordValue = int | float | str | tuple[Code, ...]
"""A code, the lowest number of a band, several codes, or a status with a leading `~`."""

_STATUSES: Final = frozenset(f"~{status}" for status in get_args(Status) if status != "answered")


def encode(questionnaire: Questionnaire, answers: Mapping[str, Answer]) -> bytes:
    """The record of a response. Raises ValueError for an answer without a code.

    Of "other" stands there that it was chosen, not its words. A date, a repeat and a number of
    which more than the band is known have no code, nor has a text that stays with the answers, as
    in a named questionnaire.
    """
    if any(_is_uncoded(item, questionnaire) for item in questionnaire.asking_items()):
        raise ValueError("a questionnaire that asks what has no code")
    items = questionnaire.coded_items()
    values = [_value(answers.get(item.id, BLANK)) for item in items]
    return _bytes(questionnaire.form_hash, values)


def _is_uncoded(item: Item, questionnaire: Questionnaire) -> bool:
    if isinstance(item, NumberItem):
        return not item.bands
    if isinstance(item, TextItem):
        return not questionnaire.anonymous
    return isinstance(item, DateItem | RepeatItem)


def decode(payload: bytes, questionnaire: Questionnaire) -> dict[str, RecordValue]:
    """The values of a record by item id, one for each coded item.

    Raises `InputError` for what is no record of this questionnaire. Whether an item offers a code
    is not looked at: that takes the groups of the study.
    """
    try:
        record = json.loads(payload)
    except (ValueError, RecursionError) as error:
        raise InputError("IMF-I120", "a stored response cannot be read") from error
    if not isinstance(record, dict) or record.keys() != {"form", "answers"}:
        raise InputError("IMF-I121", "a stored response holds other fields than it may")
    items, values = list(questionnaire.coded_items()), record["answers"]
    if not isinstance(values, list):
        raise InputError("IMF-I123", "a stored response holds what is no answer")
    if record["form"] != questionnaire.form_hash or len(values) != len(items):
        raise InputError(
            "IMF-I122",
            "a stored response belongs to another version of '{questionnaire}'",
            questionnaire=questionnaire.id,
        )
    if not all(_is_value(value, item) for value, item in zip(values, items, strict=True)):
        raise InputError("IMF-I123", "a stored response holds what is no answer")
    return {
        item.id: tuple(value) if isinstance(value, list) else value
        for item, value in zip(items, values, strict=True)
    }


def _is_value(value: Any, item: Item) -> bool:
    """Whether that can be an answer: several codes and fractions only where the item has such."""
    if isinstance(value, str) and value.startswith("~"):
        return value in _STATUSES
    if isinstance(value, list):
        several = isinstance(item, MultiItem | RankingItem)
        return several and bool(value) and all(type(one) in (int, str) for one in value)
    if type(value) is float:
        return isinstance(item, NumberItem) and value in item.bands
    return type(value) in (int, str)


def largest_record(
    questionnaire: Questionnaire, framework: Framework, groups: Sequence[Choice]
) -> int:
    """No record of a questionnaire has more bytes than this."""
    longest: list[RecordValue] = []
    for item in questionnaire.coded_items():
        values: list[RecordValue] = [*_codes(item, questionnaire, framework, groups), *_STATUSES]
        if isinstance(item, MultiItem | RankingItem):
            values.append(_codes(item, questionnaire, framework, groups))
        longest.append(max(values, key=lambda value: len(json.dumps(value))))
    return len(_bytes(questionnaire.form_hash, longest))


def _codes(
    item: Item, questionnaire: Questionnaire, framework: Framework, groups: Sequence[Choice]
) -> tuple[Code, ...]:
    """Every code that may be recorded of an item; of one that takes its choices, all of those."""
    if isinstance(item, NumberItem):
        return tuple(json.dumps(low) for low in item.bands)  # as long as they are written
    choices: Sequence[Choice] = ()
    if isinstance(item, ChoosingItem):
        source = questionnaire.items.get(item.choices_from or "")
        if isinstance(source, MultiItem):
            codes = _codes(source, questionnaire, framework, groups)
            return _with_other(item, codes)
        choices = groups if item.choices_from else questionnaire.listed(item)
    codes = codes_of(item, questionnaire, framework, choices)
    return _with_other(item, codes)


def _with_other(item: Item, codes: tuple[Code, ...]) -> tuple[Code, ...]:
    return (*codes, OTHER) if isinstance(item, ChoosingItem) and item.other is not None else codes


def _value(answer: Answer) -> RecordValue:
    if answer.status != "answered":
        return f"~{answer.status}"
    if answer.value is None or answer.entries:
        raise ValueError("an answer without a code")
    return answer.codes if isinstance(answer.value, tuple) else answer.value


def _bytes(form_hash: str, values: Sequence[RecordValue]) -> bytes:
    return json.dumps({"form": form_hash, "answers": list(values)}, separators=(",", ":")).encode(
        "ascii"
    )
