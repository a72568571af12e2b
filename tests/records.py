"""Records of an anonymous questionnaire as values by item, for tests to look at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from imfsurvey.analysis.microdata import Microdata
from imfsurvey.interview import Answer, Interview
from imfsurvey.interview.record import RecordCodec
from imfsurvey.interview.variables import DONT_KNOW, STATUS_BYTES
from imfsurvey.questionnaire import Choice, Questionnaire, RankingItem

AnswerValue = Any
"""A code, several codes, or a status with a leading `~`."""

STATUSES = {byte: f"~{status}" for status, byte in STATUS_BYTES.items()}


def encode(
    questionnaire: Questionnaire, answers: Mapping[str, Answer], groups: Sequence[Choice] = ()
) -> bytes:
    """The record of a response."""
    return RecordCodec(questionnaire, groups).encode(answers)


def decode(
    record: bytes, questionnaire: Questionnaire, groups: Sequence[Choice] = ()
) -> dict[str, Any]:
    """What a record says of each item: a code, several, or a status with a leading `~`."""
    codec = RecordCodec(questionnaire, groups)
    row, found = codec.row(record), {}
    for item in codec.items:
        mine, row = row[: len(item.variables)], row[len(item.variables) :]
        found[item.id] = _said(mine, item.id, codec)
    return found


def _said(mine: bytes, item_id: str, codec: RecordCodec) -> Any:
    if mine[0] >= DONT_KNOW:
        return STATUSES[mine[0]]
    item = next(one for one in codec.items if one.id == item_id)
    if not item.several:
        return item.variables[0].codes[mine[0]]
    names = [variable.name.partition(".")[2] for variable in item.variables]
    given = sorted((byte, place) for place, byte in enumerate(mine) if byte)
    if not isinstance(codec.questionnaire.items[item_id], RankingItem):
        given.sort(key=lambda pair: pair[1])
    return tuple(names[place] for _, place in given)


def said_in(interview: Interview) -> list[AnswerValue]:
    """The values of the record that a walk gives, in the order of its items."""
    questionnaire = interview.questionnaire
    return list(decode(encode(questionnaire, interview.response()), questionnaire).values())


def microdata(
    questionnaire: Questionnaire, rows: Sequence[Mapping[str, Any]], groups: Sequence[Choice] = ()
) -> Microdata:
    """Responses given as values by item, each of which must answer every coded item."""
    codec = RecordCodec(questionnaire, groups)
    answers = [{item: _answer(value) for item, value in row.items()} for row in rows]
    assert all(set(one) == {item.id for item in codec.items} for one in answers)
    return Microdata.from_rows(codec.variables, [codec.row(codec.encode(one)) for one in answers])


def _answer(value: Any) -> Answer:
    if isinstance(value, str) and value.startswith("~"):
        return Answer(value[1:])
    return Answer("answered", value)
