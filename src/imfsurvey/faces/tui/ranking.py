"""The options of an item that are put into an order: the ranked ones on top, a line, the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from textual import events
from textual.message import Message

from imfsurvey.faces.tui.choices import CHOSEN, FREE
from imfsurvey.faces.tui.offered import Group, Offered
from imfsurvey.interview import Option

_STEPS: Final[Mapping[str, int]] = {
    **dict.fromkeys(("k", "K", "shift+up", "ctrl+up", "alt+up"), -1),
    **dict.fromkeys(("j", "J", "shift+down", "ctrl+down", "alt+down"), 1),
}


class Ranking(Offered):
    """Choosing an option gives it the next rank or takes its rank away; K and J move it."""

    @dataclass
    class Moved(Message):
        """A ranked option is to go one rank up (-1) or down (+1)."""

        option: Option
        step: int

    _digits = 1
    """Of the last rank, so that all boxes are of one width."""

    def glyph(self, index: int) -> str:
        """The rank in a box; a circle for a non-answer: it is chosen instead of an order."""
        if self.options[index].status != "answered":
            return CHOSEN if index in self.chosen else FREE
        rank = f"{self.chosen[index] + 1}" if index in self.chosen else ""
        return f"[{rank:>{self._digits}}]"

    def groups(self, answered: Sequence[int]) -> list[Group]:
        """First what has a rank, in its order; a line; then the rest."""
        self._digits = len(str(len(answered)))
        ranked = tuple(i for i in self.chosen if self.options[i].status == "answered")
        rest = tuple(index for index in answered if index not in self.chosen)
        if not ranked:
            return [Group(rest)]
        line = "─" * max(self.content_size.width, 1)
        return [Group(ranked), *([Group(rest, line)] if rest else [])]

    def pressed(self, event: events.Key) -> bool:
        """K and J, or arrows with a shift key, move what has a rank."""
        step = _STEPS.get(event.key)
        if step is None:
            return super().pressed(event)
        self.ask_to_move(step)
        return True

    def ask_to_move(self, step: int) -> None:
        """Ask the page to move the cursor's option, if it has a rank."""
        option = self.under_cursor
        if option is not None and option.status == "answered" and self.cursor_is_chosen:
            self.post_message(self.Moved(option, step))
