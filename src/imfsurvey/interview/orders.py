"""The order in which items and choices come: as in the file, shuffled, or turned."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import TypeVar

from imfsurvey.questionnaire import Choice, ListedChoice, Section, SectionItem
from imfsurvey.questionnaire.items import Order, Pin

T = TypeVar("T")


class Orders:
    """The orders drawn for one respondent: what was drawn once stays, also when a list grows.

    Each is drawn by its name, so that the same `rng` gives the same orders on whatever path.
    Without `rng` everything comes as in the file.
    """

    def __init__(self, rng: random.Random | None) -> None:
        self._seed = None if rng is None else rng.getrandbits(128)
        self._drawn: dict[tuple[str, int | str | None], float] = {}

    def arranged(
        self,
        of: str,
        things: Sequence[T],
        order: Order,
        *,
        name: Callable[[T], int | str],
        pin: Callable[[T], Pin | None],
    ) -> list[T]:
        """The things of an item or section, by its id; what is pinned keeps its end."""
        if self._seed is None or order == "fixed":
            return list(things)
        loose = [thing for thing in things if pin(thing) is None]
        if order == "random":
            # By a number drawn for each: whatever else is shown, any order is as likely.
            loose.sort(key=lambda thing: self._draw(of, name(thing)))
        elif loose:
            turn = min(int(self._draw(of, None) * len(loose)), len(loose) - 1)
            loose = loose[turn:] + loose[:turn]
        first = [thing for thing in things if pin(thing) == "first"]
        return [*first, *loose, *(thing for thing in things if pin(thing) == "last")]

    def items(self, section: Section) -> list[SectionItem]:
        """The items of a section; the rows of a matrix stay together."""
        return self.arranged(
            section.id,
            section.items,
            section.order,
            name=lambda item: item.id,
            pin=lambda item: item.pin,
        )

    def choices(self, of: str, choices: Sequence[Choice], order: Order) -> list[Choice]:
        """The choices of an item, by its id."""
        return self.arranged(
            of,
            choices,
            order,
            name=lambda choice: choice.code,
            pin=lambda choice: choice.pin if isinstance(choice, ListedChoice) else None,
        )

    def _draw(self, of: str, name: int | str | None) -> float:
        """The number drawn for one thing, or for the whole."""
        if (of, name) not in self._drawn:
            self._drawn[of, name] = random.Random(f"{self._seed}/{of}/{name!r}").random()
        return self._drawn[of, name]
