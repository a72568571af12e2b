"""How complete the policy is, section by section, and what is missing.

Each required item is worth the same within its section. A text is there or not. Of a list, the
parts count: every required field of every entry, and every entry of the list that it serves (each
objective needs an action). The grades are those of ISO/IEC 33020: N not, P partially, L largely,
F fully achieved.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal

from imfsurvey.i18n.catalogue import Translator, translator
from imfsurvey.interview import Interview
from imfsurvey.interview.answers import Entry
from imfsurvey.interview.entries import entry_name
from imfsurvey.questionnaire import ChoosingItem, Item, RepeatItem, Section

Grade = Literal["N", "P", "L", "F"]
Lack = Literal["blank", "no_entry", "field", "unserved"]

_UP_TO: Final[tuple[tuple[int, Grade], ...]] = ((15, "N"), (50, "P"), (85, "L"), (100, "F"))
"""The highest percentage of each grade: 85 % exactly is still L."""


@dataclass(frozen=True)
class Missing:
    """One thing that is not there yet."""

    item: str
    lack: Lack
    entry: str = ""
    """Name of the entry that lacks it; of the entry that nothing serves."""
    field: str = ""
    """Id of the field of an entry."""


@dataclass(frozen=True)
class SectionState:
    """How complete a section is."""

    section: str
    share: Fraction
    missing: tuple[Missing, ...]

    @property
    def grade(self) -> Grade:
        """N, P, L or F."""
        return grade(self.share)


def grade(share: Fraction) -> Grade:
    """The grade of a share from 0 to 1, compared in whole numbers."""
    return next(name for limit, name in _UP_TO if 100 * share <= limit)


def completeness(interview: Interview) -> tuple[SectionState, ...]:
    """The state of every section that asks for something."""
    states = (_state(interview, one) for one in interview.questionnaire.sections)
    return tuple(one for one in states if one is not None)


def _state(interview: Interview, section: Section) -> SectionState | None:
    items = [
        page.item
        for page in interview.pages
        if page.section.id == section.id and interview.needs.required(page.item)
    ]
    if not items:
        return None
    parts = [list(_parts(interview, item)) for item in items]
    shares = [Fraction(sum(one is None for one in found), len(found)) for found in parts]
    missing = tuple(one for found in parts for one in found if one is not None)
    return SectionState(section.id, sum(shares, Fraction()) / len(shares), missing)


def _parts(interview: Interview, item: Item) -> Iterator[Missing | None]:
    """One for each part of an item: None when it is there, else what is missing."""
    answer = interview.answer_to(item.id)
    if not isinstance(item, RepeatItem):
        done = answer.status == "answered" and interview.state(item) == "done"
        yield None if done else Missing(item.id, "blank")
        return
    entries, t = answer.entries, translator(interview.language)
    if not entries:
        yield Missing(item.id, "no_entry")
        return
    for number, entry in enumerate(entries, start=1):
        name = entry_name(item, entry, number, t)
        yield from _fields(interview, item, entry, name)
    yield from _served(interview, item, entries, t)


def _fields(
    interview: Interview, item: RepeatItem, entry: Entry, name: str
) -> Iterator[Missing | None]:
    for field in item.items:
        answer = interview.situation.field_answer(item, entry, field.id)
        if answer.status != "not_shown" and field.required:
            there = answer.status == "answered"
            yield None if there else Missing(item.id, "field", name, field.id)


def _served(
    interview: Interview, item: RepeatItem, entries: tuple[Entry, ...], t: Translator
) -> Iterator[Missing | None]:
    """Where each entry must name one of another list, each of that list must be named."""
    for field in item.items:
        if not (isinstance(field, ChoosingItem) and field.required):
            continue
        other = interview.questionnaire.items.get(field.choices_from or "")
        if not isinstance(other, RepeatItem):
            continue
        named = {
            code
            for entry in entries
            for code in interview.situation.field_answer(item, entry, field.id).codes
        }
        for number, one in enumerate(interview.answer_to(other.id).entries, start=1):
            name = entry_name(other, one, number, t)
            yield None if one.id in named else Missing(item.id, "unserved", name)
