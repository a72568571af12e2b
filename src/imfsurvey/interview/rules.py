"""What an item takes: which values, how many, how long. What it still needs is in `needs`."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, TypeGuard

from imfsurvey.framework import Framework
from imfsurvey.i18n.errors import InputError
from imfsurvey.interview.answers import SIDES, Answer, Code, Entry, Side, Value
from imfsurvey.interview.dates import is_date
from imfsurvey.interview.numbers import band_of, is_within, out_of_bounds
from imfsurvey.interview.options import codes_of
from imfsurvey.questionnaire import (
    AskingItem,
    Choice,
    ChoosingItem,
    DateItem,
    Item,
    MaturityItem,
    MultiItem,
    NumberItem,
    Questionnaire,
    RankingItem,
    RepeatItem,
    TextItem,
)

_ENTRY_ID: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}", re.ASCII)


@dataclass(frozen=True)
class Rules:
    """The rules of one questionnaire, for one response."""

    questionnaire: Questionnaire
    framework: Framework
    possible: Callable[[Item], Sequence[Choice]]
    """All choices that an item may ever offer in this response, whatever conditions say."""

    def require_offered(self, item: Item, answer: Answer) -> None:
        """Raise `InputError` unless an item can have that status and that value."""
        if answer.status == "answered":
            fits = self._takes(item, answer.value)
        elif answer.status in ("blank", "not_shown"):
            fits = answer.value is None
        else:
            offered = self.questionnaire.offered_non_answers(item)
            fits = answer.value is None and answer.status in offered
        if isinstance(item, MaturityItem):
            fits = fits and set(answer.criteria) <= {one.id for one in item.criteria}
        else:
            fits = fits and not answer.criteria
        if not fits:
            raise _not_offered(item)

    def _takes(self, item: Item, value: Value | None) -> bool:
        if isinstance(item, TextItem):
            if type(value) is not str or not value or value != self.cleaned(item, value):
                return False
            require_length(value, item.max_length)
            return True
        if isinstance(item, DateItem):
            return type(value) is str and is_date(value, item.precision)
        if isinstance(item, RepeatItem):
            return isinstance(value, tuple) and self._takes_entries(item, value)
        if isinstance(item, NumberItem):
            return _is_kept_number(item, value)
        codes = self.codes(item)
        if isinstance(item, MultiItem | RankingItem):
            return isinstance(value, tuple) and self._takes_codes(item, value, codes)
        # By exact type: True and 1.0 equal the code 1.
        return type(value) in (int, str) and value in codes

    def _takes_codes(
        self, item: MultiItem | RankingItem, value: tuple[Code | Entry, ...], codes: Sequence[Code]
    ) -> bool:
        """Several codes, none twice; of ticks in the order of the list, an exclusive one alone.

        What is taken from elsewhere may stand in another order by now than when it was ticked.
        """
        if not value or any(type(one) not in (int, str) or one not in codes for one in value):
            return False
        if len(set(value)) < len(value):
            return False
        most = item.top if isinstance(item, RankingItem) else item.max_choices
        if most is not None and len(value) > most:
            raise InputError("IMF-I108", "No more than {max} can be chosen here.", max=most)
        if isinstance(item, RankingItem):
            return True
        alone = exclusive(item, self.questionnaire)
        ordered = item.choices_from is not None or value == in_order(value, codes)
        return ordered and (len(value) == 1 or not alone & set(value))

    def toggled(self, item: Item, chosen: Sequence[Code], code: Code) -> tuple[Code, ...]:
        """What is chosen when one more is ticked or, if it is already, unticked.

        What stands alone unticks the others, and the others untick it. Raises `InputError` where
        only one can be chosen.
        """
        if not isinstance(item, MultiItem | RankingItem):
            raise _not_offered(item)
        if code in chosen:
            return tuple(one for one in chosen if one != code)
        alone = exclusive(item, self.questionnaire) if isinstance(item, MultiItem) else frozenset()
        if code in alone:
            return (code,)
        return (*(one for one in chosen if one not in alone), code)

    def codes(self, item: Item) -> tuple[Code, ...]:
        """The codes that may be stored for an item, in order of the file."""
        choices = self.possible(item)
        return codes_of(item, self.questionnaire, self.framework, choices)

    def _takes_entries(self, item: RepeatItem, entries: tuple[Code | Entry, ...]) -> bool:
        if len(entries) > item.max:
            raise InputError(
                "IMF-I105", "No more than {max} entries can be kept here.", max=item.max
            )
        fields = {field.id: field for field in item.items}
        ids = []
        for entry in entries:
            if not isinstance(entry, Entry):
                return False
            ids.append(entry.id)
            for field, answer in entry.answers.items():
                if field not in fields:
                    return False
                self.require_answer(fields[field], answer)
        return bool(ids) and len(set(ids)) == len(ids) and all(map(_ENTRY_ID.fullmatch, ids))

    def require_answer(self, item: Item, answer: Answer) -> None:
        """Raise `InputError` unless an item can have that answer with all its side fields."""
        self.require_offered(item, answer)
        for side in SIDES:
            require_side(item, side, answer.said(side))

    def cleaned(self, item: Item, value: Value | None) -> Value | None:
        """A value as it is kept.

        A text without blanks around it, on one line where the item has one; of a number its
        band, where only that is kept; ticks in the order of the list. Raises `InputError` for a
        number out of bounds.
        """
        if isinstance(item, TextItem) and isinstance(value, str):
            return _tidy(value, multiline=item.multiline)
        if isinstance(item, NumberItem) and _is_number(value):
            return _kept_number(item, value)
        if isinstance(item, MultiItem) and isinstance(value, tuple):
            return in_order(value, self.codes(item))
        return value


def _not_offered(item: Item) -> InputError:
    return InputError("IMF-I101", "item '{item}' does not offer this answer", item=item.id)


def exclusive(item: MultiItem, questionnaire: Questionnaire) -> frozenset[Code]:
    """The codes of an item that stand alone."""
    listed = questionnaire.listed(item) if item.choices_from is None else ()
    return frozenset(choice.code for choice in listed if choice.exclusive)


def in_order(value: Sequence[Code | Entry], codes: Sequence[Code]) -> tuple[Code, ...]:
    """The codes of a value in the order of a list; what the list does not have comes last."""
    said = {(type(one), one) for one in value if not isinstance(one, Entry)}  # True is not 1
    known = tuple(code for code in codes if (type(code), code) in said)
    return (*known, *(one for kind, one in said if (kind, one) not in _typed(codes)))


def _typed(codes: Sequence[Code]) -> set[tuple[type, Code]]:
    return {(type(code), code) for code in codes}


def _tidy(text: str, *, multiline: bool) -> str:
    lines = text.strip().splitlines()
    if not multiline:
        return " ".join(line.strip() for line in lines if line.strip())
    return "\n".join(line.rstrip() for line in lines)


def _kept_number(item: NumberItem, value: int | float) -> int | float:
    if not is_within(value, item):
        raise out_of_bounds(item)
    if not math.isfinite(value) or round(value, item.decimals) != value:
        raise InputError(
            "IMF-I109", "No more than {decimals} decimals are kept here.", decimals=item.decimals
        )
    if item.bands:
        return band_of(value, item)
    return int(value) if item.decimals == 0 else float(value)


def _is_number(value: Value | None) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool)  # True equals 1


def _is_kept_number(item: NumberItem, value: Value | None) -> bool:
    """Whether a number is one that is kept: of a banded one the lowest number of a band."""
    if not _is_number(value):
        return False
    if item.bands:
        return value in item.bands
    return value == _kept_number(item, value)


# --- what is written beside an answer ---------------------------------------------------------


def side_limit(item: Item, side: Side) -> int:
    """Most characters of a side field of an item; 0 where the item has no such field."""
    if not isinstance(item, AskingItem):
        return 0
    match side:
        case "comment":
            return item.comment.max_length if item.comment is not None else 0
        case "other":
            other = item.other if isinstance(item, ChoosingItem) else None
            return other.max_length if other is not None else 0
        case "reason" if not isinstance(item, MaturityItem):
            return 0
        case "evidence" | "reason":
            return item.evidence.max_length if item.evidence is not None else 0


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
