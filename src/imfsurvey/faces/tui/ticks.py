"""The options of an item of which several are ticked, and checklists in groups."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from imfsurvey.faces.tui.choices import CHOSEN, FREE
from imfsurvey.faces.tui.offered import Group, Offered
from imfsurvey.interview import Answer, Option

TICKED, UNTICKED = "[x]", "[ ]"


class Ticks(Offered):
    """Any number of options. What stands alone ("none of these") is set apart by a blank line."""

    def glyph(self, index: int) -> str:
        """A box with a cross, a circle for a non-answer: it is chosen instead of all others."""
        if self.options[index].status != "answered":
            return CHOSEN if index in self.chosen else FREE
        return TICKED if index in self.chosen else UNTICKED

    def groups(self, answered: Sequence[int]) -> list[Group]:
        """Neighbours of one kind: those that go together, those that stand alone."""
        runs = groupby(answered, key=lambda index: self.options[index].exclusive)
        return [Group(tuple(run)) for _, run in runs]


class Checklist(Ticks):
    """Ticks under headings."""

    def __init__(self) -> None:
        super().__init__()
        self._headings: tuple[str, ...] = ()

    def list_checks(
        self, options: Sequence[Option], headings: Sequence[str], answer: Answer
    ) -> None:
        """Show options, each with the heading that it stands under; neighbours share theirs."""
        self._headings = tuple(headings)
        self.show(options, answer)

    def groups(self, answered: Sequence[int]) -> list[Group]:
        """Neighbours under one heading."""
        runs = groupby(answered, key=lambda index: self._headings[index])
        return [Group(tuple(run), heading) for heading, run in runs]
