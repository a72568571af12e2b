"""A board of cards in columns: all of them side by side, or one at a time below its tabs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message

from imfsurvey.faces.tui.lines import Lines
from imfsurvey.faces.tui.text import plain, shortened, wrapped

SIDE_BY_SIDE_FROM = 112
"""Cells from which on all columns stand beside each other."""

_TEXT_LINES = 2
_CARD_LINES = 5
"""A name, two lines of text, one at the foot, a blank one."""
_HEAD_LINES = 2
_EMPTY = Content("")


@dataclass(frozen=True)
class Card:
    """One thing on the board."""

    id: str
    name: str
    text: str
    foot: str
    marked: bool = False
    """What stands at its foot is a warning."""


class Columns(Lines):
    """Cards by column. Arrows go from card to card, Enter and a click select one."""

    DEFAULT_CSS = "Columns { height: auto; width: 100%; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "across(-1)", show=False),
        Binding("right", "across(1)", show=False),
        Binding("up", "along(-1)", show=False),
        Binding("down", "along(1)", show=False),
        Binding("home", "along(-1000000)", show=False),
        Binding("end", "along(1000000)", show=False),
        Binding("enter", "select", show=False),
    ]

    @dataclass
    class Selected(Message):
        """A card was selected."""

        card_id: str

    @dataclass
    class Moved(Message):
        """The cursor stands elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self._titles: tuple[str, ...] = ()
        self._columns: tuple[tuple[Card, ...], ...] = ()
        self._column = 0
        self._places: list[int] = []
        """The cursor's place in each column."""
        self._cut: dict[tuple[Card, int, bool, bool], list[Content]] = {}
        self._rows: dict[tuple[int, ...], tuple[Content, tuple[Content, ...]]] = {}
        """Cards and lines as they were drawn: to cut them is dear. Lines keep what they are of."""

    def show(self, titles: Sequence[str], columns: Sequence[Sequence[Card]]) -> None:
        """Show other cards; the cursor stays on its card, or as near to it as there is one."""
        before = self.current
        self._cut.clear()
        self._rows.clear()
        self._titles = tuple(titles)
        self._columns = tuple(tuple(column) for column in columns)
        if len(self._places) != len(self._columns):
            self._places = [0] * len(self._columns)
        for index, column in enumerate(self._columns):
            self._places[index] = min(self._places[index], max(len(column) - 1, 0))
        if before is not None:
            self.go_to(before)
        self.redraw()

    @property
    def current(self) -> str | None:
        """Id of the cursor's card; None in an empty column."""
        cards = self._cards
        return cards[self._places[self._column]].id if cards else None

    @property
    def _cards(self) -> tuple[Card, ...]:
        return self._columns[self._column] if self._columns else ()

    def go_to(self, card_id: str) -> None:
        """Put the cursor on a card, when it is there."""
        for index, column in enumerate(self._columns):
            for place, card in enumerate(column):
                if card.id == card_id:
                    self._column, self._places[index] = index, place
                    self.redraw()

    # --- drawing ----------------------------------------------------------------------------

    @property
    def _side_by_side(self) -> bool:
        return self.app.size.width >= SIDE_BY_SIDE_FROM

    def draw(self, width: int) -> list[Content]:
        """The columns, or the tabs and one column."""
        if not self._columns:
            return [Content("")]
        if not self._side_by_side:
            return [self._tabs(), Content("─" * width), *self._lines_of(self._column, width)]
        each = width // len(self._columns)
        line = Content("─" * (each - 1))
        drawn = [
            [self._head(index, each), line, *self._lines_of(index, each - 2)]
            for index in range(len(self._columns))
        ]
        return [self._beside(cells, each) for cells in zip_longest(*drawn, fillvalue=_EMPTY)]

    def _beside(self, cells: tuple[Content, ...], each: int) -> Content:
        """One line of all columns; put together once for the same lines of the same cards."""
        key = (each, *map(id, cells))
        if key not in self._rows:
            row = Content("").join(
                [cell.pad_right(max(0, each - cell.cell_length)) for cell in cells]
            )
            self._rows[key] = (row, cells)
        return self._rows[key][0]

    def _tabs(self) -> Content:
        parts = [self._head(index, 100) for index in range(len(self._titles))]
        return Content("  ").join(parts)

    def _head(self, index: int, width: int) -> Content:
        """A title with how many cards there are; that of the cursor's column between brackets."""
        count = f" {len(self._columns[index])}"
        name = shortened(self._titles[index], max(1, width - len(count) - 4))
        if index == self._column:
            return Content.assemble(plain(f"[{name}{count}]", "bold"))
        return Content.assemble(plain(f" {name}{count} "))

    def _lines_of(self, index: int, width: int) -> list[Content]:
        lines: list[Content] = []
        for place, card in enumerate(self._columns[index]):
            here = index == self._column and place == self._places[index]
            lines += self._card(card, width, here, here and self.has_focus)
        return lines

    def _card(self, card: Card, width: int, here: bool, reverse: bool) -> list[Content]:
        key = (card, width, here, reverse)
        if key not in self._cut:
            lines = []
            for text, style in _drawn(card, width - 1):
                line = plain(f"{'▌' if here else ' '}{text}", style)
                line = line.pad_right(max(0, width - line.cell_length))
                lines.append(line.stylize("reverse") if reverse else line)
            self._cut[key] = [*lines, _EMPTY]
        return self._cut[key]

    def cursor_lines(self) -> tuple[int, int] | None:
        """Those of the cursor's card; of the first one, with what stands above it."""
        if not self._columns:
            return None
        place = self._places[self._column]
        top = 0 if place == 0 else _HEAD_LINES + place * _CARD_LINES
        return top, _HEAD_LINES + (place + 1) * _CARD_LINES - top

    # --- keys -------------------------------------------------------------------------------

    def action_across(self, step: int) -> None:
        """To another column."""
        self._column = min(max(self._column + step, 0), max(len(self._columns) - 1, 0))
        self.redraw()
        self.post_message(self.Moved())

    def action_along(self, step: int) -> None:
        """To another card of the column."""
        if self._cards:
            place = self._places[self._column] + step
            self._places[self._column] = min(max(place, 0), len(self._cards) - 1)
            self.redraw()
        self.post_message(self.Moved())

    def action_select(self) -> None:
        """Select the cursor's card."""
        if self.current is not None:
            self.post_message(self.Selected(self.current))

    def on_click(self, event: events.Click) -> None:
        """Put the cursor where the mouse is; on a card, select it."""
        if not self._columns:
            return
        if self._side_by_side:
            each = self.content_size.width // len(self._columns)
            self._column = min(event.x // max(each, 1), len(self._columns) - 1)
        place = (event.y - _HEAD_LINES) // _CARD_LINES
        if event.y >= _HEAD_LINES and place < len(self._cards):
            self._places[self._column] = place
            self.action_select()
        self.redraw()


def _drawn(card: Card, width: int) -> list[tuple[str, str]]:
    """The lines of a card with their styles."""
    text = wrapped(card.text, width)
    if len(text) > _TEXT_LINES:
        rest = " ".join(text[_TEXT_LINES - 1 :])
        text = [*text[: _TEXT_LINES - 1], shortened(rest, width)]
    text += [""] * (_TEXT_LINES - len(text))
    foot = "$text-warning" if card.marked else "$imf-muted"
    return [
        (shortened(card.name, width), "bold"),
        *((line, "") for line in text),
        (shortened(card.foot, width), foot),
    ]
