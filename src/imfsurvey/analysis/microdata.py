"""Unsealed responses in memory, one byte an answer: for key holders, never written in the clear.

A column is the `bytes` of one item over all responses, so that counting is `bytes.count`. A byte
below `DONT_KNOW` is the place of the chosen code among the item's codes; the five statuses stand
at the top of the range. No value ever appears in an error or in a `repr`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from imfsurvey.i18n.errors import InputError
from imfsurvey.questionnaire import Choice, Item, LikertItem, Questionnaire, SingleItem

AnswerValue = int | str
"""A code when answered, else "~dk", "~na", "~refused", "~not_shown" or "~blank"."""

DONT_KNOW: Final = 251
NOT_APPLICABLE: Final = 252
REFUSED: Final = 253
NOT_SHOWN: Final = 254
BLANK: Final = 255

_STATUSES: Final[Mapping[AnswerValue, int]] = {
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
    codes: Mapping[str, tuple[AnswerValue, ...]]
    """By item id, in item order: the codes that a byte is the place of."""
    columns: Mapping[str, bytes] = field(repr=False)
    """By item id, in item order: one byte for each response, all in the same order."""

    @classmethod
    def from_answers(
        cls,
        questionnaire: Questionnaire,
        rows: Iterable[Mapping[str, AnswerValue]],
        groups: Sequence[Choice] = (),
    ) -> Microdata:
        """Responses as the interview's record codec gives them, one value for each asking item.

        `groups`: the choices of items with `choices_from: study.groups`. Raises `InputError` for
        an item too many or too few, and for a value that is neither a code of its item nor a
        status.
        """
        codes = {
            item.id: _codes(item, questionnaire, groups) for item in questionnaire.asking_items()
        }
        places = {item: _places(item, choices) for item, choices in codes.items()}
        columns = {item: bytearray() for item in codes}
        for row in rows:
            _require_same_items(row, codes)
            for item, column in columns.items():
                column.append(_byte(item, row[item], places[item]))
        responses = max((len(column) for column in columns.values()), default=0)
        return cls(responses, codes, {item: bytes(column) for item, column in columns.items()})

    def counts(self, item: str) -> tuple[int, ...]:
        """How many responses gave each code of an item, in the order of its codes."""
        column = self.columns[item]
        return tuple(column.count(place) for place in range(len(self.codes[item])))

    def answers(self, item: str) -> tuple[AnswerValue, ...]:
        """The values of an item over all responses, as `from_answers` took them."""
        words = {byte: status for status, byte in _STATUSES.items()}
        words.update(enumerate(self.codes[item]))
        return tuple(words[byte] for byte in self.columns[item])


def _codes(
    item: Item, questionnaire: Questionnaire, groups: Sequence[Choice]
) -> tuple[AnswerValue, ...]:
    if isinstance(item, LikertItem):
        return questionnaire.scales[item.scale].values
    if isinstance(item, SingleItem):
        return tuple(choice.code for choice in (groups if item.choices_from else item.choices))
    raise InputError(
        "IMF-A103", "item '{item}' rates a topic by name; it has no anonymous answers", item=item.id
    )


def _places(item: str, codes: Sequence[AnswerValue]) -> Mapping[AnswerValue, int]:
    if len(codes) > DONT_KNOW:
        raise InputError(
            "IMF-A104", "item '{item}' has more than {limit} choices", item=item, limit=DONT_KNOW
        )
    return {**_STATUSES, **{code: place for place, code in enumerate(codes)}}


def _require_same_items(row: Mapping[str, AnswerValue], codes: Mapping[str, object]) -> None:
    for item in sorted(row.keys() - codes.keys()):
        raise InputError(
            "IMF-A105", "a response answers item '{item}', which is not asked", item=item
        )
    for item in sorted(codes.keys() - row.keys()):
        raise InputError("IMF-A106", "a response says nothing about item '{item}'", item=item)


def _byte(item: str, value: AnswerValue, places: Mapping[AnswerValue, int]) -> int:
    # By exact type: True and 1.0 equal the code 1, a list cannot even be looked up.
    place = places.get(value) if type(value) in (int, str) else None
    if place is None:
        raise InputError(
            "IMF-A107", "a response holds an answer that item '{item}' does not offer", item=item
        )
    return place
