"""A list of one-line rows with a cursor: one self-drawn widget.

The stock option list shows its cursor by colour; here the cursor's row is reversed, so that it
shows without colour as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message

from imfsurvey.faces.tui.lines import Lines

_PAGE = 10


class Rows(Lines):
    """Rows by id. Arrows move, Enter and a click select."""

    DEFAULT_CSS = "Rows { height: auto; width: 100%; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", f"move(-{_PAGE})", show=False),
        Binding("pagedown", f"move({_PAGE})", show=False),
        Binding("home", "move(-1000000)", show=False),
        Binding("end", "move(1000000)", show=False),
        Binding("enter", "select", show=False),
    ]

    @dataclass
    class Selected(Message):
        """A row was selected."""

        row_id: str

    @dataclass
    class Moved(Message):
        """The cursor stands on another row."""

        row_id: str

    def __init__(self) -> None:
        super().__init__()
        self._ids: tuple[str, ...] = ()
        self._rows: tuple[Content, ...] = ()
        self.cursor = 0
        """Index of the cursor's row."""

    def show(self, rows: Sequence[tuple[str, Content]]) -> None:
        """Show other rows; the cursor keeps its place."""
        self._ids = tuple(row_id for row_id, _ in rows)
        self._rows = tuple(content for _, content in rows)
        self.go_to(self.cursor)

    @property
    def current(self) -> str | None:
        """Id of the cursor's row; None when there are no rows."""
        return self._ids[self.cursor] if self._ids else None

    def go_to(self, index: int) -> None:
        """Put the cursor on a row and bring it into view."""
        self.cursor = min(max(index, 0), max(len(self._ids) - 1, 0))
        self.redraw()

    def draw(self, width: int) -> list[Content]:
        """One line a row, the cursor's reversed."""
        lines = list(self._rows)
        if self.has_focus and lines:
            row = lines[self.cursor]
            padded = row.pad_right(max(0, width - row.cell_length))
            lines[self.cursor] = padded.stylize("reverse")
        return lines

    def cursor_lines(self) -> tuple[int, int]:
        """The cursor's row."""
        return self.cursor, 1

    def action_move(self, step: int) -> None:
        """Move the cursor."""
        self.go_to(self.cursor + step)
        if self.current is not None:
            self.post_message(self.Moved(self.current))

    def action_select(self) -> None:
        """Select the cursor's row."""
        if self.current is not None:
            self.post_message(self.Selected(self.current))

    def on_click(self, event: events.Click) -> None:
        """Select the row under the mouse."""
        if 0 <= event.y < len(self._ids):
            self.go_to(event.y)
            self.action_select()
