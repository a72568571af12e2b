"""What an item takes, and what keeps an answer to it from being acceptable."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from imfsurvey.framework import Framework
from imfsurvey.i18n.errors import InputError
from imfsurvey.interview.answers import BLANK, SIDES, Answer, Entry, Objection, Side, Value
from imfsurvey.interview.dates import is_date
from imfsurvey.interview.entries import entries_in
from imfsurvey.interview.options import codes_of, offered_non_answers
from imfsurvey.questionnaire import (
    Choice,
    DateItem,
    InfoItem,
    Item,
    MaturityItem,
    Questionnaire,
    RepeatItem,
    SingleItem,
    TextItem,
)

_ENTRY_ID: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}", re.ASCII)


@dataclass(frozen=True)
class Rules:
    """The rules of one questionnaire, for one response."""

    questionnaire: Questionnaire
    framework: Framework
    taken: Callable[[Item], Sequence[Choice]]
    """The choices of an item that has none of its own, as they are now."""

    # --- what is taken --------------------------------------------------------------------

    def require_offered(self, item: Item, answer: Answer) -> None:
        """Raise `InputError` unless an item can have that status and that value."""
        if answer.status == "answered":
            fits = self._takes(item, answer.value)
        elif answer.status in ("blank", "not_shown"):
            fits = answer.value is None
        else:
            offered = offered_non_answers(item, self.questionnaire)
            fits = answer.value is None and answer.status in offered
        if not fits:
            raise InputError("IMF-I101", "item '{item}' does not offer this answer", item=item.id)

    def _takes(self, item: Item, value: Value | None) -> bool:
        if isinstance(item, TextItem):
            if type(value) is not str or not value or value != cleaned(item, value):
                return False
            require_length(value, item.max_length)
            return True
        if isinstance(item, DateItem):
            return type(value) is str and is_date(value, item.precision)
        if isinstance(item, RepeatItem):
            return isinstance(value, tuple) and self._takes_entries(item, value)
        codes = codes_of(item, self.questionnaire, self.framework, self.taken(item))
        # By exact type: True and 1.0 equal the code 1.
        return type(value) in (int, str) and value in codes

    def _takes_entries(self, item: RepeatItem, entries: tuple[Entry, ...]) -> bool:
        if len(entries) > item.max:
            raise InputError(
                "IMF-I105", "No more than {max} entries can be kept here.", max=item.max
            )
        fields = {field.id: field for field in item.items}
        for entry in entries:
            for field, answer in entry.answers.items():
                if field not in fields:
                    return False
                self.require_offered(fields[field], answer)
                for side in SIDES:
                    require_side(fields[field], side, answer.said(side))
        ids = [entry.id for entry in entries]
        return bool(ids) and len(set(ids)) == len(ids) and all(map(_ENTRY_ID.fullmatch, ids))

    # --- what is still needed ---------------------------------------------------------------

    def objections(self, item: Item, answer: Answer) -> tuple[Objection, ...]:
        """What keeps an answer from being acceptable; nothing for a free blank."""
        if isinstance(item, InfoItem):
            return ()
        if isinstance(item, RepeatItem):
            return self._of_entries(item, entries_in(answer))
        if not answer.given:
            return (self._nothing_said(item),) if item.required else ()
        if not isinstance(item, MaturityItem):
            return ()
        if answer.status == "na" and not answer.reason:
            return (Objection("IMF-I111", "Say why this is not applicable.", side="reason"),)
        needed = item.evidence.required_from
        if needed is None:
            needed = self.framework.aggregation.evidence_from
        if isinstance(answer.value, int) and answer.value >= needed and not answer.evidence:
            return (
                Objection(
                    "IMF-I112",
                    "From level {level} on, evidence is required.",
                    {"level": needed},
                    side="evidence",
                ),
            )
        return ()

    def _nothing_said(self, item: Item) -> Objection:
        if isinstance(item, TextItem | DateItem):
            return Objection("IMF-I110", "Something has to be written here.")
        if isinstance(item, SingleItem) and item.choices_from and not self.taken(item):
            return Objection(
                "IMF-I113", "Nothing to choose from yet: first fill the list that this refers to."
            )
        return Objection("IMF-I110", "Choose an answer first.")

    def _of_entries(self, item: RepeatItem, entries: tuple[Entry, ...]) -> tuple[Objection, ...]:
        if len(entries) < item.min:
            return (
                Objection("IMF-I114", "Entries needed here: at least {min}.", {"min": item.min}),
            )
        for number, entry in enumerate(entries, start=1):
            if not self.is_complete(item, entry):
                return (
                    Objection("IMF-I115", "Entry {number} is not complete.", {"number": number}),
                )
        return ()

    def is_complete(self, item: RepeatItem, entry: Entry) -> bool:
        """Whether all that is required of an entry is there."""
        return not any(
            self.objections(field, entry.answers.get(field.id, BLANK)) for field in item.items
        )


def cleaned(item: Item, value: Value | None) -> Value | None:
    """A text without blanks around it, on one line where the item has one; the rest unchanged."""
    if not isinstance(item, TextItem) or not isinstance(value, str):
        return value
    lines = value.strip().splitlines()
    if not item.multiline:
        return " ".join(line.strip() for line in lines if line.strip())
    return "\n".join(line.rstrip() for line in lines)


def side_limit(item: Item, side: Side) -> int:
    """Most characters of a side field of an item; 0 where the item has no such field."""
    if not isinstance(item, MaturityItem):
        return 0
    return item.comment_max_length if side == "comment" else item.evidence.max_length


def require_side(item: Item, side: Side, text: str) -> None:
    """Raise `InputError` for a side field that an item does not have, or that is too long."""
    limit = side_limit(item, side)
    if text and limit == 0:
        raise InputError(
            "IMF-I102", "item '{item}' takes no {side}", item=item.id, side=SIDES[side]
        )
    require_length(text, limit)


def require_length(text: str, limit: int) -> None:
    """Raise `InputError` for a text of more characters than that."""
    if len(text) > limit:
        raise InputError(
            "IMF-I103",
            "This text is {length} characters long; {limit} is the most.",
            length=len(text),
            limit=limit,
        )
