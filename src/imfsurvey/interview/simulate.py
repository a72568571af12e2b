"""Invented respondents, who answer through the real interview: for authors, demos and tests.

A respondent has a mood, which colours every answer, and a mood of their own for each theme; an
item has a difficulty, the same for everybody. Statements that are turned round are answered the
other way round. Some answers are "don't know", some stay blank. Nothing here is a finding about
people: it gives a survey something to show before anybody has answered.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from imfsurvey.interview.answers import Answer
from imfsurvey.interview.options import Option
from imfsurvey.interview.walk import Interview
from imfsurvey.questionnaire import InfoItem, Item, LikertItem, MaturityItem, SingleItem

_MIDDLE: Final = 0.6
"""Where on a scale from 0 to 1 an average person answers an average item."""
_PERSON, _THEME, _ITEM, _CHANCE = 0.12, 0.08, 0.05, 0.16
"""Spread of the four sources, on the same scale."""
_DONT_KNOW, _KNOWLEDGE_DONT_KNOW, _OTHER_NON_ANSWER, _BLANK = 0.05, 0.12, 0.02, 0.015
"""How often, where it is offered."""


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
    answers; what the interview requires is never left open."""
    person = _Person(interview, rng, climate or Climate())
    person.answer(interview.page.item)
    while interview.forward():
        person.answer(interview.page.item)
    return dict(interview.answers)


class _Person:
    """One respondent: moods, and how they answer each type of item."""

    def __init__(self, interview: Interview, rng: random.Random, climate: Climate) -> None:
        self._interview = interview
        self._rng = rng
        self._climate = climate
        self._mood = climate.mood + rng.gauss(0, _PERSON)
        self._themes: dict[str, float] = {}

    def answer(self, item: Item) -> None:
        """Say something to the item, or nothing."""
        if isinstance(item, InfoItem):
            return
        if not item.required and self._rng.random() < _BLANK:
            return
        options = self._interview.options(item)
        chosen = self._non_answer(item, options) or self._choice(item, options)
        if chosen is None:
            return
        self._interview.record(item.id, chosen.status, chosen.value)
        for objection in self._interview.objections(item):
            if objection.side is not None:
                self._interview.note(item.id, objection.side, "Simulation")

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

    def _choice(self, item: Item, options: Sequence[Option]) -> Option | None:
        choices = [option for option in options if option.status == "answered"]
        if not choices:  # an item on the groups of a study that has none
            return None
        if isinstance(item, SingleItem):
            sizes = self._climate.group_sizes
            weights = sizes if item.choices_from and sum(sizes) else [1] * len(choices)
            return self._rng.choices(choices, weights=weights)[0]
        place = self._favour(item)
        if isinstance(item, LikertItem) and item.reverse:
            place = 1 - place
        return choices[min(max(round(place * (len(choices) - 1)), 0), len(choices) - 1)]

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
