"""The options of one item: one self-drawn widget, reused from page to page.

Stock radio buttons show what is chosen by colour alone and cost a widget each; here the chosen
option has its own glyph and the cursor its own line style, so both show without colour.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.widget import Widget

from imfsurvey.faces.tui.text import plain, wrapped
from imfsurvey.interview import Answer, Option

CHOSEN, FREE = "(•)", "( )"


@dataclass(frozen=True)
class _Piece:
    """A part of a line that belongs to one option."""

    option: int
    content: Content


_Line = tuple[_Piece, ...]
"""One line: one piece, several short non-answers side by side, or nothing (the gap)."""


class Choices(Widget, can_focus=True):
    """Options with a cursor. Digits and letters choose, arrows move, space chooses the cursor's."""

    @dataclass
    class Chosen(Message):
        """An option was chosen, by key or mouse."""

        option: Option

    def __init__(self) -> None:
        super().__init__()
        self._options: tuple[Option, ...] = ()
        self._chosen: int | None = None
        self._cursor: int | None = None
        self._names = True
        self._lines: list[_Line] = []
        self._width = 0

    def show(self, options: Sequence[Option], answer: Answer) -> None:
        """Offer other options; the cursor stands on what was chosen, else nowhere."""
        self._options = tuple(options)
        self._chosen = next((i for i, option in enumerate(options) if _is(option, answer)), None)
        self._cursor = self._chosen
        self._redraw()

    def mark(self, answer: Answer) -> None:
        """Show another answer as chosen; the cursor stays."""
        self._chosen = next(
            (i for i, option in enumerate(self._options) if _is(option, answer)), None
        )
        self._redraw()

    def name_levels(self, names: bool) -> None:
        """Whether a described option also shows its name: left out where lines are scarce."""
        if names != self._names:
            self._names = names
            self._redraw()

    @property
    def under_cursor(self) -> Option | None:
        """The option that the cursor stands on."""
        return None if self._cursor is None else self._options[self._cursor]

    @property
    def cursor_is_chosen(self) -> bool:
        """Whether the cursor stands on the chosen option."""
        return self._cursor is not None and self._cursor == self._chosen

    def lines_needed(self, width: int, *, names: bool) -> int:
        """How many lines the options take at a width."""
        return len(self._laid_out(width, names))

    # --- drawing ----------------------------------------------------------------------------

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the options take."""
        return len(self._laid_out(width, self._names))

    def render(self) -> Content:
        """All lines, the cursor's option reversed."""
        width = self.content_size.width
        self._lines = self._laid_out(width, self._names)
        return Content("\n").join([self._drawn(line, width) for line in self._lines])

    def _drawn(self, line: _Line, width: int) -> Content:
        row = Content("")
        for piece in line:
            content = piece.content
            if len(line) == 1:
                content = content.pad_right(max(0, width - content.cell_length))
            if piece.option == self._cursor and self.has_focus:
                content = content.stylize("reverse")
            row = row + content
        return row

    def _laid_out(self, width: int, names: bool) -> list[_Line]:
        lines: list[_Line] = []
        beside: list[_Piece] = []
        for index, option in enumerate(self._options):
            rows = self._option_lines(index, width, names)
            if option.status == "answered":
                lines += [(_Piece(index, row),) for row in rows]
            else:
                beside.append(_Piece(index, rows[0].pad_right(2)))
        if not beside:
            return lines
        if lines:
            lines.append(())
        if sum(piece.content.cell_length for piece in beside) <= width:
            return [*lines, tuple(beside)]
        return [*lines, *((piece,) for piece in beside)]

    def _option_lines(self, index: int, width: int, names: bool) -> list[Content]:
        option = self._options[index]
        glyph = CHOSEN if index == self._chosen else FREE
        head = f" {glyph} {option.key or ' '} "
        bold = "bold" if index == self._chosen else ""
        room = width - len(head) - 1
        if not option.description:
            rows = [plain(row, bold) for row in wrapped(option.label, room)]
        elif names:
            rows = _named(option, room, bold)
        else:
            rows = [plain(row, bold) for row in wrapped(option.description, room)]
        first = Content.assemble((head, bold or ""), rows[0])
        rest = [Content.assemble(" " * len(head), row) for row in rows[1:]]
        return [first, *rest]

    def _redraw(self) -> None:
        self.refresh(layout=True)
        if self._cursor is not None and self.is_mounted:
            self.call_after_refresh(self._show_cursor)

    def _show_cursor(self) -> None:
        rows = [
            y
            for y, line in enumerate(self._lines)
            if any(piece.option == self._cursor for piece in line)
        ]
        parent = self.parent
        if rows and isinstance(parent, Widget):
            region = Region(0, rows[0], self.size.width, len(rows))
            parent.scroll_to_region(
                region.translate(self.virtual_region.offset), animate=False, force=True
            )

    # --- keys and mouse ---------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        """Arrows move, a key of an option or space chooses."""
        if event.key in ("up", "down", "home", "end"):
            self._move(event.key)
        elif event.key == "space":
            if self._cursor is None:
                return
            self._choose(self._cursor)
        else:
            by_key = {option.key: i for i, option in enumerate(self._options) if option.key}
            index = by_key.get((event.character or "").lower())
            if index is None:
                return
            self._choose(index)
        event.stop()
        event.prevent_default()

    def on_click(self, event: events.Click) -> None:
        """A click chooses the option under the mouse."""
        if not 0 <= event.y < len(self._lines):
            return
        line, x = self._lines[event.y], 0
        for piece in line:
            x += piece.content.cell_length
            if event.x < x or len(line) == 1:
                self._choose(piece.option)
                return

    def _move(self, key: str) -> None:
        if not self._options:
            return
        last = len(self._options) - 1
        if self._cursor is None:
            self._cursor = last if key in ("up", "end") else 0
        else:
            moved = {"up": self._cursor - 1, "down": self._cursor + 1, "home": 0, "end": last}
            self._cursor = min(max(moved[key], 0), last)
        self._redraw()

    def _choose(self, index: int) -> None:
        self._cursor = index
        self._redraw()
        self.post_message(self.Chosen(self._options[index]))

    def ensure_cursor(self) -> None:
        """Put the cursor on the first option when it is nowhere."""
        if self._cursor is None:
            self._move("home")

    def choose_cursor(self) -> bool:
        """Choose the option under the cursor; False when the cursor is nowhere."""
        if self._cursor is None:
            return False
        self._choose(self._cursor)
        return True


def _is(option: Option, answer: Answer) -> bool:
    return answer.given and option.status == answer.status and option.value == answer.value


def _named(option: Option, room: int, bold: str) -> list[Content]:
    """Name and description in one run of text, the name bold."""
    name = f"{option.label}. "
    rows = wrapped(name + option.description, room)
    if not rows[0].startswith(name.rstrip()):
        return [plain(row, bold) for row in rows]
    end = min(len(name), len(rows[0]))
    first = Content.assemble((rows[0][:end], "bold"), plain(rows[0][end:], bold))
    return [first, *(plain(row, bold) for row in rows[1:])]
