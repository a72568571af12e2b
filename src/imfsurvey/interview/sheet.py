"""A questionnaire as it stands on paper: numbers, codes and texts, before anybody has answered.

Whoever prints a sheet and whoever types it in go by the same numbers and codes. They depend on the
questionnaire and the groups alone, not on the language nor on what somebody says.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from imfsurvey.framework import Framework
from imfsurvey.i18n.catalogue import Translator, translator
from imfsurvey.interview.numbers import shown_number
from imfsurvey.interview.offers import Offers
from imfsurvey.interview.options import Option, options_of
from imfsurvey.interview.saying import UNKNOWN
from imfsurvey.interview.situation import Situation
from imfsurvey.questionnaire import (
    OTHER,
    Choice,
    ChoosingItem,
    Item,
    ListedChoice,
    NumberItem,
    Questionnaire,
    RepeatItem,
)
from imfsurvey.questionnaire.expressions import Expression
from imfsurvey.questionnaire.piping import Reference, pieces
from imfsurvey.source.model import Text

_MARK: Final = 8
"""Figures and letters of the mark of a sheet."""


@dataclass(frozen=True)
class Box:
    """One answer on paper: what is ticked, and the code that is typed for it."""

    code: str
    option: Option
    show_if: Expression | None = None
    """Offered only when this is true."""


class Sheet:
    """One questionnaire on paper, in one language."""

    def __init__(
        self,
        questionnaire: Questionnaire,
        framework: Framework,
        language: str,
        groups: Sequence[Choice] = (),
    ) -> None:
        self.questionnaire = questionnaire
        self.framework = framework
        self.language = language
        nobody = Situation(questionnaire, {}, None)
        self._offers = Offers(questionnaire, tuple(groups), lambda: nobody, lambda: language)

    @property
    def t(self) -> Translator:
        """The words of the interface in the language of the sheet."""
        return translator(self.language)

    @property
    def mark(self) -> str:
        """What stands at the foot of every page: it tells which version was printed."""
        return self.questionnaire.form_hash[:_MARK]

    @cached_property
    def numbers(self) -> dict[str, str]:
        """By item id its number, over all that take an answer; `repeat.field`: such as 23.1."""
        found: dict[str, str] = {}
        for number, item in enumerate(self.questionnaire.asking_items(), start=1):
            found[item.id] = str(number)
            if isinstance(item, RepeatItem):
                for place, field in enumerate(item.items, start=1):
                    found[f"{item.id}.{field.id}"] = f"{number}.{place}"
        return found

    def say(self, text: Text) -> str:
        """A text in the language of the sheet; where it names an answer, the question stands."""
        parts = pieces(text.say(self.language))
        return "".join(part if isinstance(part, str) else self._named(part) for part in parts)

    def _named(self, reference: Reference) -> str:
        name = reference.name if reference.field is None else f"{reference.name}.{reference.field}"
        number = self.numbers.get(name)
        return UNKNOWN if number is None else self.t("[answer to question {n}]", n=number)

    def choices(self, item: Item) -> tuple[Choice, ...]:
        """All choices that an item may ever offer, in the order of the file."""
        return self._offers.possible(item)

    def boxes(self, item: Item) -> tuple[Box, ...]:
        """What can be ticked at an item: answers first, then non-answers."""
        choices, t = self.choices(item), self.t
        options = options_of(item, self.questionnaire, self.framework, choices, t, self.say)
        answers = [one for one in options if one.status == "answered"]
        if isinstance(item, NumberItem):
            answers = list(_bands(item, t))
        conditions = [one.show_if if isinstance(one, ListedChoice) else None for one in choices]
        conditions += [None] * (len(answers) - len(conditions))
        codes = _places(answers) if isinstance(item, NumberItem) else _codes(answers)
        coded = zip(codes, answers, conditions, strict=True)
        return (
            *(Box(code, option, show_if) for code, option, show_if in coded),
            *(Box(one.key.upper(), one) for one in options if one.status != "answered"),
        )

    def listed(self, item: Item) -> bool:
        """Whether what can be chosen is known before anybody answers."""
        if not isinstance(item, ChoosingItem):
            return True
        return any(choice.code != OTHER for choice in self.choices(item))


def _bands(item: NumberItem, t: Translator) -> Iterator[Option]:
    """On paper the band itself is ticked: the exact number is told to nobody."""
    for band in item.bands:
        value = band if isinstance(band, int) else str(band)
        yield Option("answered", value, shown_number(band, item, t))


def _codes(answers: Sequence[Option]) -> list[str]:
    """The codes of the file where these are numbers, else their places, from 1."""
    if all(isinstance(one.value, int) for one in answers):
        return [str(one.value) for one in answers]
    return _places(answers)


def _places(answers: Sequence[Option]) -> list[str]:
    return [str(place) for place in range(1, len(answers) + 1)]
