"""The order in which items and choices come: as in the file, shuffled, or turned."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import TypeVar

from imfsurvey.questionnaire.items import Order, Pin

T = TypeVar("T")


class Orders:
    """The orders drawn for one respondent: each is drawn once, when it is first needed.

    Without `rng` everything comes as in the file.
    """

    def __init__(self, rng: random.Random | None) -> None:
        self._rng = rng
        self._drawn: dict[str, list[int]] = {}

    def arranged(
        self, of: str, things: Sequence[T], order: Order, pin: Callable[[T], Pin | None]
    ) -> list[T]:
        """The things of an item or section, by its id; what is pinned keeps its end."""
        if self._rng is None or order == "fixed":
            return list(things)
        if of not in self._drawn:
            loose = [index for index, thing in enumerate(things) if pin(thing) is None]
            first = [index for index, thing in enumerate(things) if pin(thing) == "first"]
            last = [index for index, thing in enumerate(things) if pin(thing) == "last"]
            if order == "random":
                self._rng.shuffle(loose)
            elif loose:
                turn = self._rng.randrange(len(loose))
                loose = loose[turn:] + loose[:turn]
            self._drawn[of] = [*first, *loose, *last]
        return [things[index] for index in self._drawn[of] if index < len(things)]
