"""Answers in the files of a study: as plain JSON data, and when two programs write at one text.

Each of two programs has all answers in memory and saves them all. Item by item, what was changed
there since it was last read or saved is kept; of all else, what is stored by now. Where both
changed the same item, the one that saves last has the word.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ConfigDict, TypeAdapter

from imfsurvey.interview import Answer

ANSWERS: TypeAdapter[dict[str, Answer]] = TypeAdapter(
    dict[str, Answer], config=ConfigDict(defer_build=True)
)
"""To and from plain JSON data."""


def plain(answers: Mapping[str, Answer]) -> dict[str, Any]:
    """Answers as plain JSON data, without what is as always."""
    told: dict[str, Any] = ANSWERS.dump_python(dict(answers), mode="json", exclude_defaults=True)
    return told


def kept(
    now: Mapping[str, Answer], since: Mapping[str, Answer] | None, stored: object
) -> dict[str, Any]:
    """What is to be stored, plain: `now` as it was changed from `since`, on what is `stored`.

    Without `since`, or without answers that are stored, all of `now` and nothing else.
    """
    mine = plain(now)
    if since is None or not isinstance(stored, dict):
        return mine
    before = plain(since)
    untouched = {item for item in {*before, *stored} if before.get(item) == mine.get(item)}
    others = {item: stored[item] for item in untouched if item in stored}
    return {item: one for item, one in mine.items() if item not in untouched} | others
