"""Invented respondents, who answer through the real interview: for authors, demos and tests.

A respondent has a mood, which colours every answer, and a mood of their own for each theme; an
item has a difficulty, the same for everybody. Statements that are turned round are answered the
other way round. Some answers are "don't know", some stay blank. Nothing here is a finding about
people: it gives a survey something to show before anybody has answered.
"""

from __future__ import annotations

import copy
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from imfsurvey.interview.answers import Answer, Value
from imfsurvey.interview.hints import hints_of
from imfsurvey.interview.invented import SENTENCES, invented_text, write_beside
from imfsurvey.interview.inventing import Inventor, fill, give, substantive
from imfsurvey.interview.options import Option
from imfsurvey.interview.walk import Interview
from imfsurvey.questionnaire import (
    STUDY_GROUPS,
    InfoItem,
    Item,
    LikertItem,
    MaturityItem,
    RepeatItem,
    SingleItem,
    TextItem,
)

_MIDDLE: Final = 0.6
"""Where on a scale from 0 to 1 an average person answers an average item."""
_PERSON, _THEME, _ITEM, _CHANCE = 0.12, 0.08, 0.05, 0.16
"""Spread of the four sources, on the same scale."""
_DONT_KNOW, _KNOWLEDGE_DONT_KNOW, _OTHER_NON_ANSWER, _BLANK = 0.05, 0.12, 0.02, 0.015
"""How often, where it is offered."""
_WRITES: Final = 0.3
"""How often, where nobody has to."""
_TRIES: Final = 25
"""Values tried before an item is left open."""


@dataclass(frozen=True)
class Climate:
    """What all respondents of a survey have in common."""

    mood: float = 0.0
    """Added to every answer, on a scale from 0 (lowest) to 1 (most favourable)."""
    themes: Mapping[str, float] = field(default_factory=dict)
    """The same, by theme id."""
    group_sizes: Sequence[int] = ()
    """How often the choices of an item on the respondent's group are taken, relatively."""


def simulated(
    interview: Interview, rng: random.Random, climate: Climate | None = None
) -> dict[str, Answer]:
    """Walk a fresh interview to its end and give the answers. The same `rng` state, the same
    answers; what the interview requires is never left open, unless nothing fulfils what it asks."""
    person = _Person(interview, rng, climate or Climate())
    person.answer(interview, interview.page.item)
    while interview.forward():
        person.answer(interview, interview.page.item)
    for item in interview.unfinished():  # asked for by what was answered after it
        person.answer(interview, item)
    return dict(interview.answers)


class _Person:
    """One respondent: moods, and how they answer each type of item."""

    def __init__(self, interview: Interview, rng: random.Random, climate: Climate) -> None:
        self._inventor = Inventor(rng, hints_of(interview.questionnaire))
        self._rng = rng
        self._climate = climate
        self._mood = climate.mood + rng.gauss(0, _PERSON)
        self._themes: dict[str, float] = {}
        # Of its own, so that one text more in a survey changes nobody's answers.
        self._writing = random.Random(copy.copy(rng).getrandbits(64))

    def answer(self, interview: Interview, item: Item, name: str = "") -> None:
        """Say something to the item, or nothing. `name`: of a field of a repeat."""
        if interview.questionnaire.anonymous and isinstance(item, TextItem):
            self._write(interview, item)
        elif not isinstance(item, InfoItem):
            self._answer(interview, item, name)
        write_beside(interview, item, self._writing)

    def _write(self, interview: Interview, item: TextItem) -> None:
        """Some people write something where nobody has to."""
        if self._writing.random() >= _WRITES:
            return
        text = invented_text(interview, SENTENCES, item.max_length, self._writing)
        inventor = replace(self._inventor, rng=self._writing)
        for _ in range(_TRIES):
            if give(interview, item, "answered", text):
                return
            text = str(inventor.value(interview, item))  # what its constraints look for
        interview.clear(item.id)

    def _answer(self, interview: Interview, item: Item, name: str) -> None:
        required = interview.needs.required(item)
        if not required and self._rng.random() < _BLANK:
            return
        if isinstance(item, RepeatItem):
            fill(interview, item, self._inventor, self.answer)
            return
        options = interview.options(item)
        refusal = self._non_answer(item, options)
        if refusal is not None and give(interview, item, refusal.status, None):
            return
        for _ in range(_TRIES):
            value = self._value(interview, item, options, name)
            if value is None or give(interview, item, "answered", value):
                return
        interview.clear(item.id)
        silent = [one for one in options if one.status != "answered"]
        if required and silent:
            give(interview, item, self._rng.choice(silent).status, None)

    def _non_answer(self, item: Item, options: Sequence[Option]) -> Option | None:
        knowledge = isinstance(item, LikertItem) and item.knowledge
        for option in options:
            if option.status == "answered":
                continue
            often = _OTHER_NON_ANSWER
            if option.status == "dk":
                often = _KNOWLEDGE_DONT_KNOW if knowledge else _DONT_KNOW
            if self._rng.random() < often:
                return option
        return None

    def _value(
        self, interview: Interview, item: Item, options: Sequence[Option], name: str
    ) -> Value | None:
        """What to say; None when there is nothing to choose from."""
        choices = substantive(options)
        if isinstance(item, SingleItem) and choices:
            weights: Sequence[int] = [1] * len(choices)
            sizes = self._climate.group_sizes
            if item.choices_from == STUDY_GROUPS and any(sizes) and len(sizes) == len(choices):
                weights = sizes
            return self._rng.choices(choices, weights=weights)[0].value
        if not isinstance(item, LikertItem | MaturityItem):
            return self._inventor.value(interview, item, name)
        place = self._favour(item)
        if isinstance(item, LikertItem) and item.reverse:
            place = 1 - place
        return choices[min(max(round(place * (len(choices) - 1)), 0), len(choices) - 1)].value

    def _favour(self, item: Item) -> float:
        """How favourable this person is about an item: 0 to 1, and beyond for the extreme."""
        theme = item.theme if isinstance(item, LikertItem) else None
        own = 0.0
        if theme is not None:
            own = self._themes.setdefault(theme, self._rng.gauss(0, _THEME))
            own += self._climate.themes.get(theme, 0.0)
        difficulty = random.Random(item.id).gauss(0, _ITEM)
        levels_are_lower = -0.2 if isinstance(item, MaturityItem) else 0.0
        chance = self._rng.gauss(0, _CHANCE)
        return _MIDDLE + self._mood + own + difficulty + levels_are_lower + chance
