"""Answers in the files of a study: as plain JSON data, and when two programs write at one text.

Each of two programs has all answers in memory and saves them all. Item by item, and entry by entry
of a list, what was changed there since it was last read or saved is kept; of all else, what is
stored by now. Where both changed the same, the one that saves last has the word.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pydantic import ConfigDict, TypeAdapter, ValidationError

from imfsurvey.i18n.errors import InputError
from imfsurvey.interview import Answer, Interview
from imfsurvey.interview.answers import BLANK
from imfsurvey.interview.entries import following
from imfsurvey.questionnaire import RepeatItem

ANSWERS: TypeAdapter[dict[str, Answer]] = TypeAdapter(
    dict[str, Answer], config=ConfigDict(defer_build=True)
)
"""To and from plain JSON data."""


def plain(answers: Mapping[str, Answer]) -> dict[str, Any]:
    """Answers as plain JSON data, without what is as always."""
    told: dict[str, Any] = ANSWERS.dump_python(dict(answers), mode="json", exclude_defaults=True)
    return told


def kept(
    interview: Interview, since: Mapping[str, Answer] | None, stored: object
) -> dict[str, Any]:
    """What is to be stored, plain: the answers as they were changed from `since`, on what is
    `stored`, plain.

    Without `since`, or where the two do not go together, all of the interview and nothing else.
    """
    mine = plain(interview.answers)
    if since is None or stored == plain(since):
        return mine
    try:
        return plain(_united(interview, since, ANSWERS.validate_python(stored)))
    except (ValidationError, InputError):
        return mine


def _united(
    interview: Interview, since: Mapping[str, Answer], stored: Mapping[str, Answer]
) -> dict[str, Answer]:
    """Raises `InputError` for answers that nobody could have given together."""
    now, asked = interview.answers, interview.questionnaire
    found = {
        item: _of_item(now.get(item, BLANK), since.get(item, BLANK), stored.get(item, BLANK))
        for item in asked.items
    }
    for item in asked.items.values():
        if isinstance(item, RepeatItem):
            found.update(list(following(asked, item, found)))
    given = {item: one for item, one in found.items() if one != BLANK}
    Interview(
        asked,
        interview.framework,
        interview.language,
        groups=interview.groups,
        answers=given,
        today=interview.today,
    )
    return given


def _of_item(now: Answer, since: Answer, stored: Answer) -> Answer:
    if now == since:
        return stored
    if stored == since or not (now.entries and stored.entries):
        return now
    was, theirs = ({one.id: one for one in answer.entries} for answer in (since, stored))
    mine = {one.id: one for one in now.entries}
    changed = {ident: one for ident, one in mine.items() if was.get(ident) != one}
    united = [
        changed.get(ident) or theirs[ident] for ident in mine if ident in changed or ident in theirs
    ]
    united += [one for ident, one in theirs.items() if ident not in mine and ident not in was]
    return replace(now, value=tuple(united)) if united else now
