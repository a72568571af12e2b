"""The entries of a repeat as values: how they are called, chosen, and freed of what is gone."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from imfsurvey.i18n.catalogue import Translator
from imfsurvey.interview.answers import BLANK, Answer, Code, Entry
from imfsurvey.questionnaire import (
    OTHER,
    Choice,
    ChoosingItem,
    Item,
    MultiItem,
    Questionnaire,
    RepeatItem,
)
from imfsurvey.source.model import Text

_LONGEST_NAME: Final = 120
"""Characters of what an entry is called by; two lines on a screen."""


def entry_name(repeat: RepeatItem, entry: Entry, number: int, t: Translator) -> str:
    """What an entry is called by: what was written there, else its number, which counts from 1."""
    value = entry.answers.get(repeat.label, BLANK).value
    name = " ".join(value.split()) if isinstance(value, str) else ""
    if len(name) > _LONGEST_NAME:
        name = f"{name[: _LONGEST_NAME - 1].rstrip()}…"
    return name or t("Entry {number}", number=number)


def as_choices(repeat: RepeatItem, entries: Sequence[Entry], t: Translator) -> tuple[Choice, ...]:
    """The entries as choices of another item: their ids are the codes."""
    return tuple(
        Choice(code=entry.id, text=Text({t.language: entry_name(repeat, entry, number, t)}))
        for number, entry in enumerate(entries, start=1)
    )


def following(
    questionnaire: Questionnaire, repeat: RepeatItem, answers: Mapping[str, Answer]
) -> Iterator[tuple[str, Answer]]:
    """The answers, by item id, that do not fit the entries of a repeat any more, so that they do.

    They lose the entries that are gone, and ticks stand in the order of those that are left.
    """
    entries = answers.get(repeat.id, BLANK).entries
    kept = (*(entry.id for entry in entries), OTHER)
    for item in questionnaire.asking_items():
        answer = answers.get(item.id, BLANK)
        left = answer
        if isinstance(item, RepeatItem) and answer.entries:
            choosing = (one for one in item.items if _chooses_from(one, repeat, questionnaire))
            fields = {one.id: one for one in choosing}
            left = replace(answer, value=_entries_following(answer.entries, fields, kept))
        elif _chooses_from(item, repeat, questionnaire):
            left = _following(item, answer, kept)
        if left != answer:
            yield item.id, left


def _chooses_from(item: Item, repeat: RepeatItem, questionnaire: Questionnaire) -> bool:
    """Whether what an item offers are entries of a repeat, or those that another item ticked."""
    return isinstance(item, ChoosingItem) and questionnaire.origin(item) is repeat


def _entries_following(
    entries: Sequence[Entry], fields: Mapping[str, Item], kept: Sequence[Code]
) -> tuple[Entry, ...]:
    """The entries of a repeat whose `fields` choose from another one."""
    return tuple(
        replace(
            entry,
            answers={
                field: left
                for field, answer in entry.answers.items()
                if (left := _following(fields.get(field), answer, kept)) != BLANK
            },
        )
        for entry in entries
    )


def _following(item: Item | None, answer: Answer, kept: Sequence[Code]) -> Answer:
    if item is None:
        return answer
    left = only(answer, kept)
    if isinstance(item, MultiItem) and left.codes:
        left = replace(left, value=tuple(code for code in kept if code in left.codes))
    return left


def only(answer: Answer, offered: Collection[Code]) -> Answer:
    """An answer with those of its codes that are offered; blank when none is left."""
    if answer.status != "answered":
        return answer
    left = tuple(code for code in answer.codes if code in offered)
    if left == answer.codes:
        return answer
    if not left:
        return replace(answer, status="blank", value=None)
    return replace(answer, value=left)
