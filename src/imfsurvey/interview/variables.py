"""The variables of an anonymous questionnaire, each one byte of a record.

A byte below `DONT_KNOW` is the place of the answer among the variable's codes; the five statuses
other than "answered" stand at the top of the range. An item is one variable, by its id; one with
several choices has a variable for each of them, `item.code`: 0 or 1 for a tick, the rank (0 for
none) in a ranking.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from imfsurvey.i18n.errors import InputError
from imfsurvey.interview.answers import Answer, Status
from imfsurvey.questionnaire import (
    OTHER,
    STUDY_GROUPS,
    Choice,
    ChoosingItem,
    Item,
    LikertItem,
    MultiItem,
    NumberItem,
    Questionnaire,
    RankingItem,
    TextItem,
    YesNoItem,
)
from imfsurvey.questionnaire.items import YES_NO_CODES

Code = int | float | str
"""What a variable says when it is answered; of a number, where its band begins."""

DONT_KNOW: Final = 251
NOT_APPLICABLE: Final = 252
REFUSED: Final = 253
NOT_SHOWN: Final = 254
BLANK: Final = 255

STATUS_BYTES: Final[Mapping[Status, int]] = {
    "dk": DONT_KNOW,
    "na": NOT_APPLICABLE,
    "refused": REFUSED,
    "not_shown": NOT_SHOWN,
    "blank": BLANK,
}


@dataclass(frozen=True)
class Variable:
    """One column of a data matrix."""

    name: str
    codes: tuple[Code, ...]
    """A byte is the place among these."""


class CodedItem:
    """An item with its variables: answers to bytes and back."""

    def __init__(self, item: Item, codes: tuple[Code, ...]) -> None:
        self.id = item.id
        self.several = isinstance(item, MultiItem | RankingItem)
        self._ranked = isinstance(item, RankingItem)
        self._codes = codes
        # By exact type: True and 1.0 equal the code 1.
        self._bytes: dict[tuple[type, object], bytes] = {
            (type(code), code): bytes([place]) for place, code in enumerate(codes)
        }
        self._most = item.top or len(codes) if isinstance(item, RankingItem) else len(codes)
        self.variables = tuple(self._variables(item))
        self._unanswered = {
            status: bytes([byte]) * len(self.variables) for status, byte in STATUS_BYTES.items()
        }

    def _variables(self, item: Item) -> list[Variable]:
        if not self.several:
            return [Variable(item.id, self._codes)]
        values = tuple(range(self._most + 1)) if self._ranked else (0, 1)
        return [Variable(f"{item.id}.{code}", values) for code in self._codes]

    def bytes_of(self, answer: Answer) -> bytes:
        """One byte for each variable. ValueError: the answer has no code of this item."""
        if answer.status != "answered":
            return self._unanswered[answer.status]
        value = answer.value
        if self.several:
            return self._ticked(value if isinstance(value, tuple) else ())
        byte = self._bytes.get((type(value), value))
        if byte is None:
            raise ValueError("an answer without a code")
        return byte

    def _ticked(self, given: tuple[object, ...]) -> bytes:
        """A 1 or a rank for each choice that was taken, 0 for the others."""
        codes = [(type(one), one) for one in given]
        if not codes or len(set(codes)) < len(codes) or not self._bytes.keys() >= set(codes):
            raise ValueError("an answer without a code")
        ranks = {code: rank if self._ranked else 1 for rank, code in enumerate(codes, start=1)}
        return bytes(ranks.get(code, 0) for code in self._bytes)

    def holds(self, row: bytes) -> bool:
        """Whether bytes are what some answer gives."""
        if not row:  # several of the groups, in a study that has none
            return True
        first = row[0]
        if first >= DONT_KNOW:
            return row.count(first) == len(row)
        if not self.several:
            return first < len(self._codes)
        given = sorted(byte for byte in row if byte)
        if self._ranked:
            return (
                bool(given) and given == list(range(1, len(given) + 1)) and len(given) <= self._most
            )
        return bool(given) and given[-1] == 1


def coded_items(
    questionnaire: Questionnaire, groups: Sequence[Choice] = ()
) -> tuple[CodedItem, ...]:
    """The items of a record, in order.

    `groups`: the choices of items with `choices_from: study.groups`. Raises `InputError` for an
    item that has no code, or more choices than bytes.
    """
    for item in questionnaire.asking_items():
        if isinstance(item, TextItem) and not questionnaire.anonymous:
            raise _uncoded(item)  # in a named questionnaire texts stay with the answers
    return tuple(
        CodedItem(item, _codes(item, questionnaire, groups)) for item in questionnaire.coded_items()
    )


def _codes(item: Item, questionnaire: Questionnaire, groups: Sequence[Choice]) -> tuple[Code, ...]:
    """The codes that an item offers."""
    codes: tuple[Code, ...] | None = None
    if isinstance(item, LikertItem):
        codes = questionnaire.scales[item.scale].values
    elif isinstance(item, YesNoItem):
        codes = YES_NO_CODES
    elif isinstance(item, NumberItem):
        codes = item.bands or None
    elif isinstance(item, ChoosingItem):
        codes = _chosen_from(item, questionnaire, groups)
    if codes is None:
        raise _uncoded(item)
    most = DONT_KNOW - isinstance(item, RankingItem)  # ranks count from 1
    if len(codes) > most:
        raise InputError(
            "IMF-I129",
            "item '{item}' has more than {limit} choices",
            item=item.id,
            limit=most,
        )
    return codes


def _uncoded(item: Item) -> InputError:
    return InputError(
        "IMF-I123",
        "item '{item}' is written or rated by name; it has no code to be counted",
        item=item.id,
    )


def _chosen_from(
    item: ChoosingItem, questionnaire: Questionnaire, groups: Sequence[Choice]
) -> tuple[Code, ...]:
    source = questionnaire.items.get(item.choices_from or "")
    if isinstance(source, MultiItem):
        codes = _codes(source, questionnaire, groups)
    else:
        choices = groups if item.choices_from == STUDY_GROUPS else questionnaire.listed(item)
        codes = tuple(choice.code for choice in choices)
    return (*codes, OTHER) if item.other is not None else codes
