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
from textual.geometry import Region, Size
from textual.message import Message
from textual.widget import Widget

_PAGE = 10


class Rows(Widget, can_focus=True):
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
        self._contents: tuple[Content, ...] = ()
        self.cursor = 0
        """Index of the cursor's row."""

    def show(self, rows: Sequence[tuple[str, Content]]) -> None:
        """Show other rows; the cursor keeps its place."""
        self._ids = tuple(row_id for row_id, _ in rows)
        self._contents = tuple(content for _, content in rows)
        self.go_to(self.cursor)

    @property
    def current(self) -> str | None:
        """Id of the cursor's row; None when there are no rows."""
        return self._ids[self.cursor] if self._ids else None

    def go_to(self, index: int) -> None:
        """Put the cursor on a row and bring it into view."""
        self.cursor = min(max(index, 0), max(len(self._ids) - 1, 0))
        self.refresh(layout=True)
        if self.is_mounted:
            self.call_after_refresh(self._show_cursor)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """One line a row."""
        return len(self._contents)

    def render(self) -> Content:
        """All rows, the cursor's reversed."""
        width = self.content_size.width
        return Content("\n").join(
            [
                content.pad_right(max(0, width - content.cell_length)).stylize("reverse")
                if index == self.cursor and self.has_focus
                else content
                for index, content in enumerate(self._contents)
            ]
        )

    def _show_cursor(self) -> None:
        parent = self.parent
        if isinstance(parent, Widget):
            row = Region(0, self.cursor, self.size.width, 1)
            parent.scroll_to_region(
                row.translate(self.virtual_region.offset), animate=False, force=True
            )

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
