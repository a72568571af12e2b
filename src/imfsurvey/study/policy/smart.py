"""What the objectives and actions of the policy lack to be SMART: hints, never errors.

They know the shipped policy by the ids of its items; of a policy of one's own with other ids
nothing is hinted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from imfsurvey.framework.model import Approach
from imfsurvey.i18n.catalogue import N_, Marked, translator
from imfsurvey.interview import Interview
from imfsurvey.interview.answers import BLANK, Entry
from imfsurvey.interview.entries import entry_name
from imfsurvey.questionnaire import RepeatItem
from imfsurvey.study.actions.action import APPROACHES
from imfsurvey.study.actions.hints import (
    AFTER_PERIOD,
    NO_DATE,
    NO_OWNER,
    NO_TARGET,
    measurable,
)

STRATEGIC, OPERATIONAL, ACTIONS = "po_strategic", "po_operational", "po_actions"

AFTER_OBJECTIVE = N_("the date lies after that of its objective")


@dataclass(frozen=True)
class SmartHint:
    """What one entry lacks."""

    item: str
    entry: str
    """Its name."""
    words: Marked


def smart_hints(interview: Interview) -> tuple[SmartHint, ...]:
    """Every hint, in the order of the document."""
    last = _text_of(interview, "po_last_year")
    return tuple(
        SmartHint(item, name, words)
        for item in (STRATEGIC, OPERATIONAL, ACTIONS)
        for entry, name in _entries(interview, item)
        for words in _of_entry(interview, item, entry, last)
    )


def planned_approaches(interview: Interview) -> tuple[Approach, ...]:
    """The approaches of the actions in the policy, as far as they say one."""
    said = (_field(entry, "approach") for entry, _ in _entries(interview, ACTIONS))
    return tuple(one for text in said for one in APPROACHES if one == text)


def _of_entry(interview: Interview, item: str, entry: Entry, last: str) -> Iterator[Marked]:
    date = _field(entry, "until" if item == STRATEGIC else "deadline")
    if item == OPERATIONAL and not measurable(_field(entry, "target")):
        yield NO_TARGET
    if item == ACTIONS and not _field(entry, "owner"):
        yield NO_OWNER
    if not date:
        yield NO_DATE
    elif last and date[:4] > last:
        yield AFTER_PERIOD
    elif item == ACTIONS and (due := _due_of_objective(interview, entry)) and date > due:
        yield AFTER_OBJECTIVE


def _due_of_objective(interview: Interview, action: Entry) -> str:
    chosen = _field(action, "objective")
    found = (one for one, _ in _entries(interview, OPERATIONAL) if one.id == chosen)
    return next((_field(one, "deadline") for one in found), "")


def _entries(interview: Interview, item: str) -> Iterator[tuple[Entry, str]]:
    repeat = interview.questionnaire.items.get(item)
    if isinstance(repeat, RepeatItem):
        t = translator(interview.language)
        for number, entry in enumerate(interview.answer_to(item).entries, start=1):
            yield entry, entry_name(repeat, entry, number, t)


def _field(entry: Entry, name: str) -> str:
    value = entry.answers.get(name, BLANK).value
    return value if isinstance(value, str) else ""


def _text_of(interview: Interview, item: str) -> str:
    if item not in interview.questionnaire.items:
        return ""
    value = interview.answer_to(item).value
    return value if isinstance(value, str) else ""
