"""The anonymous record: the answers of one response as bytes, and nothing else.

No time, no order of answering, no language, no side field. Answers stand in the order of the
questionnaire's asking items, so that no two records differ in anything but the answers:
`{"form": "<hash>", "answers": [4, "ops", "~dk", …]}`. A status other than "answered" is written
with a leading `~`, which no code can begin with.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from imfsurvey.framework import Framework
from imfsurvey.i18n.errors import InputError
from imfsurvey.interview.answers import BLANK, Answer
from imfsurvey.interview.options import codes_of, offered_non_answers
from imfsurvey.questionnaire import Choice, Questionnaire

RecordValue = int | str
"""A code, or a status with a leading `~`."""


def encode(questionnaire: Questionnaire, answers: Mapping[str, Answer]) -> bytes:
    """The record of a response."""
    values = [_value(answers.get(item.id, BLANK)) for item in questionnaire.asking_items()]
    return _bytes(questionnaire.form_hash, values)


def decode(payload: bytes, questionnaire: Questionnaire) -> dict[str, RecordValue]:
    """The values of a record by item id. Raises `InputError` for a record of something else."""
    try:
        record = json.loads(payload)
    except ValueError as error:
        raise InputError("IMF-I120", "a stored response cannot be read") from error
    items = [item.id for item in questionnaire.asking_items()]
    if not isinstance(record, dict) or set(record) != {"form", "answers"}:
        raise InputError("IMF-I121", "a stored response holds other fields than it may")
    if record["form"] != questionnaire.form_hash or len(record["answers"]) != len(items):
        raise InputError(
            "IMF-I122",
            "a stored response belongs to another version of '{questionnaire}'",
            questionnaire=questionnaire.id,
        )
    return dict(zip(items, record["answers"], strict=True))


def largest_record(
    questionnaire: Questionnaire, framework: Framework, groups: Sequence[Choice]
) -> int:
    """Bytes of the longest record that a questionnaire can give."""
    longest: list[RecordValue] = []
    for item in questionnaire.asking_items():
        values: list[RecordValue] = [
            *codes_of(item, questionnaire, framework, groups),
            "~not_shown",
        ]
        values += [f"~{status}" for status in offered_non_answers(item, questionnaire)]
        longest.append(max(values, key=lambda value: len(json.dumps(value))))
    return len(_bytes(questionnaire.form_hash, longest))


def _value(answer: Answer) -> RecordValue:
    if answer.status == "answered" and answer.value is not None:
        return answer.value
    return f"~{answer.status}"


def _bytes(form_hash: str, values: Sequence[RecordValue]) -> bytes:
    return json.dumps({"form": form_hash, "answers": list(values)}, separators=(",", ":")).encode(
        "ascii"
    )
