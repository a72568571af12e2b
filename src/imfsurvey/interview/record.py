"""The anonymous record: the answers of one response as bytes, and nothing else.

No time, no order of answering, no language, no side field. Answers stand in the order of the
questionnaire's asking items, so that no two records differ in anything but the answers:
`{"form": "<hash>", "answers": [4, "ops", "~dk", …]}`. A status other than "answered" is written
with a leading `~`, which no code can begin with.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final, get_args

from imfsurvey.framework import Framework
from imfsurvey.i18n.errors import InputError
from imfsurvey.interview.answers import BLANK, Answer, Status
from imfsurvey.interview.options import codes_of
from imfsurvey.questionnaire import Choice, DateItem, Questionnaire, RepeatItem, TextItem

RecordValue = int | str
"""A code, or a status with a leading `~`."""

_STATUSES: Final = frozenset(f"~{status}" for status in get_args(Status) if status != "answered")


def encode(questionnaire: Questionnaire, answers: Mapping[str, Answer]) -> bytes:
    """The record of a response. Raises ValueError for an answer without a code.

    What is written freely has no code and no place in an anonymous record.
    """
    items = list(questionnaire.asking_items())
    if any(isinstance(item, TextItem | DateItem | RepeatItem) for item in items):
        raise ValueError("a questionnaire with free texts")
    values = [_value(answers.get(item.id, BLANK)) for item in items]
    return _bytes(questionnaire.form_hash, values)


def decode(payload: bytes, questionnaire: Questionnaire) -> dict[str, RecordValue]:
    """The values of a record by item id, one for each asking item.

    Raises `InputError` for what is no record of this questionnaire. Whether an item offers a code
    is not looked at: that takes the groups of the study.
    """
    try:
        record = json.loads(payload)
    except (ValueError, RecursionError) as error:
        raise InputError("IMF-I120", "a stored response cannot be read") from error
    if not isinstance(record, dict) or record.keys() != {"form", "answers"}:
        raise InputError("IMF-I121", "a stored response holds other fields than it may")
    items = [item.id for item in questionnaire.asking_items()]
    values = record["answers"]
    if not isinstance(values, list) or not all(_is_value(value) for value in values):
        raise InputError("IMF-I123", "a stored response holds what is no answer")
    if record["form"] != questionnaire.form_hash or len(values) != len(items):
        raise InputError(
            "IMF-I122",
            "a stored response belongs to another version of '{questionnaire}'",
            questionnaire=questionnaire.id,
        )
    return dict(zip(items, values, strict=True))


def _is_value(value: Any) -> bool:
    if isinstance(value, str) and value.startswith("~"):
        return value in _STATUSES
    return type(value) in (int, str)


def largest_record(
    questionnaire: Questionnaire, framework: Framework, groups: Sequence[Choice]
) -> int:
    """No record of a questionnaire has more bytes than this."""
    longest: list[RecordValue] = []
    for item in questionnaire.asking_items():
        codes = codes_of(item, questionnaire, framework, groups)
        values: list[RecordValue] = [*codes, *_STATUSES]
        longest.append(max(values, key=lambda value: len(json.dumps(value))))
    return len(_bytes(questionnaire.form_hash, longest))


def _value(answer: Answer) -> RecordValue:
    if answer.status != "answered":
        return f"~{answer.status}"
    if answer.value is None or isinstance(answer.value, tuple):
        raise ValueError("an answer without a code")
    return answer.value


def _bytes(form_hash: str, values: Sequence[RecordValue]) -> bytes:
    return json.dumps({"form": form_hash, "answers": list(values)}, separators=(",", ":")).encode(
        "ascii"
    )
