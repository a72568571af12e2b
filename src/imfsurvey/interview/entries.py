"""The entries of a repeat as values: how they are called, chosen, and freed of what is gone."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from imfsurvey.i18n.catalogue import Translator
from imfsurvey.interview.answers import BLANK, Answer, Code, Entry
from imfsurvey.questionnaire import OTHER, Choice, ChoosingItem, Item, Questionnaire, RepeatItem
from imfsurvey.source.model import Text

_LONGEST_NAME: Final = 120
"""Characters of what an entry is called by; two lines on a screen."""


def entries_in(answer: Answer) -> tuple[Entry, ...]:
    """The entries that an answer to a repeat holds."""
    return answer.entries


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


def freed(
    questionnaire: Questionnaire, repeat: RepeatItem, answers: Mapping[str, Answer]
) -> Iterator[tuple[str, Answer]]:
    """The answers, by item id, that had chosen entries which are gone: without these."""
    entries = answers.get(repeat.id, BLANK).entries
    kept = {OTHER, *(entry.id for entry in entries)}
    for item in questionnaire.asking_items():
        answer = answers.get(item.id, BLANK)
        left = answer
        if isinstance(item, RepeatItem) and answer.entries:
            fields = {one.id for one in item.items if _chooses_from(one, repeat)}
            if fields:
                left = replace(answer, value=without_gone(answer.entries, fields, kept))
        elif _chooses_from(item, repeat):
            left = only(answer, kept)
        if left != answer:
            yield item.id, left


def _chooses_from(item: Item, repeat: RepeatItem) -> bool:
    return isinstance(item, ChoosingItem) and item.choices_from == repeat.id


def without_gone(
    entries: Sequence[Entry], fields: Collection[str], kept: Collection[Code]
) -> tuple[Entry, ...]:
    """The entries, freed in their `fields` of the choice of something that is not `kept`."""
    return tuple(
        replace(
            entry,
            answers={
                field: left
                for field, answer in entry.answers.items()
                if (left := only(answer, kept) if field in fields else answer) != BLANK
            },
        )
        for entry in entries
    )


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
