"""The free texts of an anonymous response, each a record of its own and nothing beside it.

`{"form":"<hash>","item":"<id>","field":"comment","text":"…"}`, in UTF-8: no respondent, no time, no
number, no language, and no reference to the answers or to what else the same person wrote. There
is one way only to write a given comment down, so that no spelling of it can carry a mark.
"""

from __future__ import annotations

import dataclasses
import json
import unicodedata
from collections.abc import Mapping
from typing import Any, Final

from imfsurvey.i18n.errors import InputError
from imfsurvey.interview.answers import BLANK, Answer
from imfsurvey.questionnaire import (
    OTHER,
    FreeField,
    Questionnaire,
    TextItem,
    detached_fields,
)
from imfsurvey.source.characters import hidden_in_value, without_hidden

_BYTES: Final = 4
"""Most bytes of a character in UTF-8; what JSON escapes here (quotes, line ends) takes two."""


@dataclasses.dataclass(frozen=True)
class Comment:
    """One free text, cut off from the response that it came with."""

    item: str
    """Id of the item."""
    field: FreeField
    text: str = dataclasses.field(repr=False)


def comments_of(questionnaire: Questionnaire, answers: Mapping[str, Answer]) -> tuple[Comment, ...]:
    """The free texts of a response (`Interview.response()`) that are not empty.

    In an order that says nothing: by item id, then by field. None of a named questionnaire, whose
    texts stay with the answers. Raises ValueError for a text that is longer than its limit.
    """
    found = []
    for (item_id, name), limit in sorted(detached_fields(questionnaire).items()):
        said = _said(answers.get(item_id, BLANK), name)
        if not said:
            continue
        text = kept_text(said, lines=_keeps_lines(questionnaire, item_id, name))
        if len(text) > limit:
            raise ValueError("a free text longer than its limit")
        if text:
            found.append(Comment(item_id, name, text))
    return tuple(found)


def comment_fields(questionnaire: Questionnaire) -> int:
    """How many free texts one respondent may write."""
    return len(detached_fields(questionnaire))


def kept_text(text: str, *, lines: bool) -> str:
    """A text as it is stored: no blanks around it, nothing that cannot be seen.

    Signs that can be written in two ways are written in one (NFC, unless that is longer), since
    systems differ in it. `lines`: whether it may have several.
    """
    seen = without_hidden(text)
    composed = unicodedata.normalize("NFC", seen)
    chosen = composed if len(composed) <= len(seen) else seen
    parts = [part.strip() for part in chosen.strip().split("\n")]
    return "\n".join(parts) if lines else " ".join(filter(None, parts))


def encode_comment(form_hash: str, comment: Comment) -> bytes:
    """The record of a comment; `form_hash` is that of its questionnaire.

    Raises ValueError for a text that is empty or not as `kept_text` gives it.
    """
    if not _is_kept(comment.text):
        raise ValueError("a free text that was not made ready to be stored")
    return _bytes(form_hash, comment.item, comment.field, comment.text)


def decode_comment(payload: bytes, questionnaire: Questionnaire) -> Comment:
    """The comment of a record. Raises `InputError` for what is none of this questionnaire."""
    try:
        record = json.loads(payload.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise InputError("IMF-I130", "a stored comment cannot be read") from error
    if not isinstance(record, dict) or record.keys() != {"form", "item", "field", "text"}:
        raise InputError("IMF-I131", "a stored comment holds other fields than it may")
    if record["form"] != questionnaire.form_hash:
        raise InputError(
            "IMF-I132",
            "a stored comment belongs to another version of '{questionnaire}'",
            questionnaire=questionnaire.id,
        )
    comment = _taken(record, questionnaire)
    if comment is None or encode_comment(questionnaire.form_hash, comment) != payload:
        raise InputError("IMF-I133", "a stored comment holds what nobody can have written there")
    return comment


def _taken(record: Mapping[str, Any], questionnaire: Questionnaire) -> Comment | None:
    """The comment of a record whose item takes such a text; None for any other."""
    item_id, name, text = record["item"], record["field"], record["text"]
    if not all(isinstance(one, str) for one in (item_id, name, text)):
        return None
    limit = detached_fields(questionnaire).get((item_id, name))
    if limit is None or len(text) > limit or not _is_kept(text):
        return None
    if "\n" in text and not _keeps_lines(questionnaire, item_id, name):
        return None
    return Comment(item_id, name, text)


def largest_comment(questionnaire: Questionnaire) -> int:
    """No record of a comment of a questionnaire has more bytes than this; 0 where there is none."""
    return max(
        (
            len(_bytes(questionnaire.form_hash, item_id, name, "")) + _BYTES * limit
            for (item_id, name), limit in detached_fields(questionnaire).items()
        ),
        default=0,
    )


def _said(answer: Answer, name: FreeField) -> str:
    """What was written; of "other" only as long as that is what was chosen."""
    if name == "text":
        return str(answer.value) if answer.status == "answered" else ""
    if name == "other":
        return answer.other if answer.given and OTHER in answer.codes else ""
    return answer.comment


def _keeps_lines(questionnaire: Questionnaire, item_id: str, name: FreeField) -> bool:
    """Whether a text may have several lines."""
    item = questionnaire.items[item_id]
    if name == "text":
        return isinstance(item, TextItem) and item.multiline
    return name == "comment"


def _is_kept(text: str) -> bool:
    return bool(text) and text == text.strip() and hidden_in_value(text.replace("\t", "\0")) is None


def _bytes(form_hash: str, item_id: str, name: FreeField, text: str) -> bytes:
    record = {"form": form_hash, "item": item_id, "field": name, "text": text}
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
