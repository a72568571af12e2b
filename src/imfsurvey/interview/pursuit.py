"""What no invented respondent has come to yet, and how the next ones get nearer to it.

For every item and every choice behind a condition the walk that came nearest is kept: the one
whose answers lack least of what the conditions ask. Who pursues it repeats that walk with one or
two of the answers changed that the conditions speak of. So a branch within a branch is found step
by step, and not only by who happens to take every turn at once.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from imfsurvey.interview.answers import Answer, Code
from imfsurvey.interview.hints import named_in
from imfsurvey.interview.situation import Situation
from imfsurvey.questionnaire import ChoosingItem, Questionnaire
from imfsurvey.questionnaire.expressions import Expression
from imfsurvey.questionnaire.expressions.evaluate import evaluated
from imfsurvey.questionnaire.expressions.tree import Comparison, Junction, Node, Not

_UNKNOWN: Final = 2.0
"""What a condition is off whose items are not even answered; a false one is off by up to 1."""
_WATCHED: Final = 20
"""Aims for which a walk is weighed, besides the one that it pursued."""
_CHANGED: Final = (1, 1, 1, 2, 2, 3)
"""How many answers are changed, each as often."""


@dataclass
class Aim:
    """An item to be shown, or a choice to be offered, that nobody has come to yet."""

    item: str
    code: Code | None
    """Of the choice; None for the item itself."""
    conditions: tuple[Expression, ...]
    """All that must hold, and what the items named in it need to be shown themselves."""
    named: tuple[str, ...]
    """The items that the conditions speak of, in order of the file."""
    pursued: int = 0
    nearest: float = float("inf")
    answers: Mapping[str, Answer] = field(default_factory=dict)
    """Those of the walk that came nearest, to the items named."""

    @property
    def choice(self) -> tuple[str, Code | None]:
        """The item and the code of the choice."""
        return self.item, self.code

    def off(self, situation: Situation) -> float:
        """How much is lacking; 0 when every condition holds."""
        return sum(distance(one.tree, situation) for one in self.conditions)

    def weigh(self, situation: Situation) -> None:
        """Keep the answers of a walk that came as near as any before."""
        off = self.off(situation)
        if off <= self.nearest:
            self.nearest = off
            self.answers = {name: situation.said(name) for name in self.named}


class Pursuit:
    """The aims of one exploration that are still open."""

    def __init__(self, questionnaire: Questionnaire, rng: random.Random) -> None:
        self._rng = rng
        self.open = list(_aims(questionnaire))

    def next_aim(self) -> Aim | None:
        """One of those that were pursued least; None when nothing is open."""
        if not self.open:
            return None
        least = min(aim.pursued for aim in self.open)
        aim = self._rng.choice([one for one in self.open if one.pursued == least])
        aim.pursued += 1
        return aim

    def plan(self, aim: Aim) -> dict[str, Answer]:
        """The answers to repeat: those of the nearest walk, but for the few to be changed."""
        known = [name for name in aim.named if aim.answers.get(name, Answer()).given]
        if not known:
            return {}
        changed = self._rng.sample(known, min(self._rng.choice(_CHANGED), len(known)))
        return {name: aim.answers[name] for name in known if name not in changed}

    def weigh(self, situation: Situation, pursued: Aim | None) -> None:
        """See for what a walk that was made came near."""
        watched = self._rng.sample(self.open, min(_WATCHED, len(self.open)))
        for aim in watched if pursued is None or pursued in watched else [*watched, pursued]:
            aim.weigh(situation)

    def close(self, reached: set[str], offered: set[tuple[str, Code]]) -> None:
        """Leave out what somebody has come to by now."""
        self.open = [
            aim
            for aim in self.open
            if (
                aim.item not in reached if aim.code is None else (aim.item, aim.code) not in offered
            )
        ]


def _aims(questionnaire: Questionnaire) -> list[Aim]:
    found: list[Aim] = []
    for item in questionnaire.items.values():
        own = questionnaire.conditions[item.id]
        if own:
            found.append(_aim(item.id, None, own, questionnaire))
        if isinstance(item, ChoosingItem) and item.choices_from is None:
            found += [
                _aim(item.id, choice.code, (*own, choice.show_if), questionnaire)
                for choice in questionnaire.listed(item)
                if choice.show_if is not None
            ]
    return found


def _aim(
    item: str, code: Code | None, own: Sequence[Expression], questionnaire: Questionnaire
) -> Aim:
    """With the conditions of the items that its conditions name, and so on."""
    conditions = dict.fromkeys(own)
    named: set[str] = set()
    waiting = list(own)
    while waiting:
        for name in named_in(waiting.pop(), questionnaire) - named:
            named.add(name)
            more = [one for one in questionnaire.conditions.get(name, ()) if one not in conditions]
            conditions.update(dict.fromkeys(more))
            waiting += more
            source = getattr(questionnaire.items.get(name), "choices_from", None)
            if source in questionnaire.items:
                named.add(source)
    in_order = tuple(one for one in questionnaire.items if one in named)
    return Aim(item, code, tuple(conditions), in_order)


def distance(node: Node, situation: Situation, wanted: bool = True) -> float:
    """How far a condition is from being what is wanted; 0 when it is, more when much is lacking.

    Source: the branch distance of search-based testing (McMinn, 2004).
    """
    if isinstance(node, Not):
        return distance(node.operand, situation, not wanted)
    if isinstance(node, Junction):
        parts = [distance(part, situation, wanted) for part in node.parts]
        return sum(parts) if (node.word == "and") == wanted else min(parts)
    value = evaluated(node, situation)
    if value is wanted:
        return 0.0
    if value is None:
        return _UNKNOWN
    if isinstance(node, Comparison):
        sides = evaluated(node.left, situation), evaluated(node.right, situation)
        numbers = [float(one) for one in sides if isinstance(one, int | float)]
        if len(numbers) == 2:
            gap = abs(numbers[0] - numbers[1])
            return (gap + 1) / (gap + 2)
    return 1.0
