"""Unsealed responses in memory, one byte an answer: for key holders, never written in the clear.

A column is the `bytes` of one variable over all responses, so that counting is `bytes.count`. A
byte below `DONT_KNOW` is the place of the answer among the variable's codes; the five statuses
stand at the top of the range. An item is one variable, by its id; one with several choices has a
variable for each of them, `item.code`: 0 or 1 for a tick, the rank (0 for none) in a ranking. No
value ever appears in an error or in a `repr`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from imfsurvey.i18n.errors import InputError
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
    YesNoItem,
)

Code = int | float | str
"""What a variable says when it is answered."""

AnswerValue = Code | tuple[int | str, ...]
"""A code or several when answered, else "~dk", "~na", "~refused", "~not_shown" or "~blank"."""

DONT_KNOW: Final = 251
NOT_APPLICABLE: Final = 252
REFUSED: Final = 253
NOT_SHOWN: Final = 254
BLANK: Final = 255

_STATUSES: Final[Mapping[Code, int]] = {
    "~dk": DONT_KNOW,
    "~na": NOT_APPLICABLE,
    "~refused": REFUSED,
    "~not_shown": NOT_SHOWN,
    "~blank": BLANK,
}


@dataclass(frozen=True)
class Microdata:
    """All responses to one questionnaire."""

    responses: int
    codes: Mapping[str, tuple[Code, ...]]
    """By variable, in item order: the codes that a byte is the place of."""
    columns: Mapping[str, bytes] = field(repr=False)
    """By variable, in item order: one byte for each response, all in the same order."""

    @classmethod
    def from_answers(
        cls,
        questionnaire: Questionnaire,
        rows: Iterable[Mapping[str, AnswerValue]],
        groups: Sequence[Choice] = (),
    ) -> Microdata:
        """Responses as the interview's record codec gives them, one value for each coded item.

        `groups`: the choices of items with `choices_from: study.groups`. Raises `InputError` for
        an item too many or too few, and for a value that is neither a code of its item nor a
        status.
        """
        items = {item.id: item for item in questionnaire.coded_items()}
        offered = {one: _codes(item, questionnaire, groups) for one, item in items.items()}
        variables = {one: _variables(items[one], codes) for one, codes in offered.items()}
        codes = {name: code for each in variables.values() for name, code in each.items()}
        places = {name: _places(name, choices) for name, choices in codes.items()}
        columns = {name: bytearray() for name in codes}
        for row in rows:
            _require_same_items(row, items)
            for one, item in items.items():
                for name, value in _told(item, row[one], offered[one]).items():
                    columns[name].append(_byte(one, value, places[name]))
        responses = max((len(column) for column in columns.values()), default=0)
        return cls(responses, codes, {name: bytes(column) for name, column in columns.items()})

    def counts(self, variable: str) -> tuple[int, ...]:
        """How many responses gave each code of a variable, in the order of its codes."""
        column = self.columns[variable]
        return tuple(column.count(place) for place in range(len(self.codes[variable])))

    def answers(self, variable: str) -> tuple[Code, ...]:
        """The values of a variable over all responses."""
        words = {byte: status for status, byte in _STATUSES.items()}
        words.update(enumerate(self.codes[variable]))
        return tuple(words[byte] for byte in self.columns[variable])


def _codes(item: Item, questionnaire: Questionnaire, groups: Sequence[Choice]) -> tuple[Code, ...]:
    """The codes that an item offers."""
    if isinstance(item, LikertItem):
        return questionnaire.scales[item.scale].values
    if isinstance(item, YesNoItem):
        return ("yes", "no")
    if isinstance(item, NumberItem) and item.bands:
        return item.bands
    if isinstance(item, ChoosingItem):
        source = questionnaire.items.get(item.choices_from or "")
        own = (OTHER,) if item.other is not None else ()
        if isinstance(source, MultiItem):
            return (*_codes(source, questionnaire, groups), *own)
        choices = groups if item.choices_from == STUDY_GROUPS else questionnaire.listed(item)
        return (*(choice.code for choice in choices), *own)
    raise InputError(
        "IMF-A103",
        "item '{item}' is written or rated by name; it has no code to be counted",
        item=item.id,
    )


def _variables(item: Item, codes: tuple[Code, ...]) -> Mapping[str, tuple[Code, ...]]:
    """The variables of an item, each with its codes."""
    if isinstance(item, MultiItem):
        return {f"{item.id}.{code}": (0, 1) for code in codes}
    if isinstance(item, RankingItem):
        ranks = tuple(range((item.top or len(codes)) + 1))
        return {f"{item.id}.{code}": ranks for code in codes}
    return {item.id: codes}


def _told(item: Item, value: AnswerValue, codes: tuple[Code, ...]) -> Mapping[str, AnswerValue]:
    """What a value says in each variable of its item."""
    if not isinstance(item, MultiItem | RankingItem):
        return {item.id: value}
    if not isinstance(value, tuple):  # a status, or what the check of the byte refuses
        return dict.fromkeys(_variables(item, codes), value if value in _STATUSES else "")
    if not set(value) <= set(codes):
        raise _not_offered(item.id)
    ranked = isinstance(item, RankingItem)
    return {
        f"{item.id}.{code}": (value.index(code) + 1 if ranked else 1) if code in value else 0
        for code in codes
    }


def _places(variable: str, codes: Sequence[Code]) -> Mapping[Code, int]:
    if len(codes) > DONT_KNOW:
        raise InputError(
            "IMF-A104",
            "item '{item}' has more than {limit} choices",
            item=variable,
            limit=DONT_KNOW,
        )
    return {**_STATUSES, **{code: place for place, code in enumerate(codes)}}


def _require_same_items(row: Mapping[str, AnswerValue], items: Mapping[str, object]) -> None:
    for item in sorted(row.keys() - items.keys()):
        raise InputError(
            "IMF-A105", "a response answers item '{item}', which is not asked", item=item
        )
    for item in sorted(items.keys() - row.keys()):
        raise InputError("IMF-A106", "a response says nothing about item '{item}'", item=item)


def _byte(item: str, value: AnswerValue, places: Mapping[Code, int]) -> int:
    # By exact type: True and 1.0 equal the code 1, a list cannot even be looked up.
    known = places.get(value) if isinstance(value, int | float | str) else None
    place = known if type(value) in (int, str) or _is_band(value, places) else None
    if place is None:
        raise _not_offered(item)
    return place


def _is_band(value: AnswerValue, places: Mapping[Code, int]) -> bool:
    return type(value) is float and any(type(code) is float and code == value for code in places)


def _not_offered(item: str) -> InputError:
    return InputError(
        "IMF-A107", "a response holds an answer that item '{item}' does not offer", item=item
    )
