"""A matrix as a whole: a line for each statement, a column for each answer of the scale.

Another drawing of consecutive pages; the cursor's line is the page of the interview.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from textual import events
from textual.content import Content
from textual.message import Message

from imfsurvey.faces.tui.choices import CHOSEN, FREE
from imfsurvey.faces.tui.lines import Lines
from imfsurvey.faces.tui.text import plain, wrapped
from imfsurvey.interview import Answer, Option

GRID_FROM: Final = 100
"""Columns of a window that is wide enough for a grid."""

_MARGIN, _GAP = 2, 3
"""Left of the statements; between the scale and the non-answers."""
_SMALLEST_STATEMENT, _LARGEST_STATEMENT = 24, 64
_SMALLEST_COLUMN, _LARGEST_COLUMN = 7, 15


@dataclass(frozen=True)
class GridRow:
    """One statement and what was said to it."""

    item_id: str
    statement: str
    answer: Answer


@dataclass(frozen=True)
class Widths:
    """Of the statements, and of each column of the scale."""

    statement: int
    columns: tuple[int, ...]


def widths_for(options: Sequence[Option], width: int) -> Widths | None:
    """How the room is shared out; None where the statements would have too little of it.

    A column is at least as wide as the longest word of its head; what the statements do not need
    goes to the columns.
    """
    columns = [_narrowest(option) for option in options]
    room = width - _MARGIN - (_GAP if _others(options) else 0)
    if not options or room - sum(columns) < _SMALLEST_STATEMENT:
        return None
    spare = max(room - sum(columns) - _LARGEST_STATEMENT, 0) // len(options)
    columns = [max(column, min(column + spare, _LARGEST_COLUMN)) for column in columns]
    return Widths(min(room - sum(columns), _LARGEST_STATEMENT), tuple(columns))


def _narrowest(option: Option) -> int:
    longest = max((Content(word).cell_length for word in option.label.split()), default=0)
    return max(longest + 1, _SMALLEST_COLUMN)


def _head_rows(options: Sequence[Option], widths: Widths) -> list[list[str]]:
    """The text of each column's head in lines."""
    return [
        wrapped(option.label, column - 1)
        for option, column in zip(options, widths.columns, strict=True)
    ]


def grid_lines(
    rows: Sequence[GridRow], options: Sequence[Option], width: int, *, airy: bool
) -> int | None:
    """How many lines a grid takes; None where a window is too narrow for it."""
    widths = widths_for(options, width)
    if widths is None:
        return None
    lines = sum(len(wrapped(row.statement, widths.statement - 1)) for row in rows)
    head = max(map(len, _head_rows(options, widths))) + 1
    return head + lines + (len(rows) - 1 if airy else 0)


def _others(options: Sequence[Option]) -> list[Option]:
    return [option for option in options if option.status != "answered"]


class Grid(Lines):
    """Statements by answers. Up and down ask for another page, left and right move, digits choose.

    `grid_lines` says first whether it fits.
    """

    DEFAULT_CSS = "Grid { height: auto; width: 100%; }"

    @dataclass
    class Chosen(Message):
        """An answer was chosen for a statement."""

        item_id: str
        option: Option

    @dataclass
    class RowAsked(Message):
        """The cursor is to go to another statement."""

        item_id: str

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[GridRow, ...] = ()
        self.options: tuple[Option, ...] = ()
        self.row = 0
        self.column: int | None = None
        self._airy = False
        self._spans: list[tuple[int, int]] = []
        """First line and number of lines of each statement."""
        self._cut: dict[object, list[Content]] = {}
        """The lines of head and statements, which are dear to cut; only of those shown now."""

    def show(
        self,
        rows: Sequence[GridRow],
        options: Sequence[Option],
        item_id: str,
        *,
        airy: bool,
    ) -> None:
        """Show statements, the cursor on one of them: on its answer, else where it was.

        `airy`: with a blank line between statements.
        """
        before = self.rows[self.row].item_id if self.rows else ""
        if tuple(options) != self.options or [*map(_asked, rows)] != [*map(_asked, self.rows)]:
            self._cut.clear()
        self.rows, self.options, self._airy = tuple(rows), tuple(options), airy
        self.row = [row.item_id for row in rows].index(item_id)
        if item_id != before:
            self.column = self._chosen(self.rows[self.row])
        self.redraw()

    def mark(self, rows: Sequence[GridRow]) -> None:
        """Show other answers to the same statements."""
        self.rows = tuple(rows)
        self.redraw()

    @property
    def under_cursor(self) -> Option | None:
        """The answer that the cursor stands on."""
        return None if self.column is None else self.options[self.column]

    @property
    def cursor_is_chosen(self) -> bool:
        """Whether the cursor stands on the chosen answer of its statement."""
        return self.column is not None and self.column == self._chosen(self.rows[self.row])

    def _chosen(self, row: GridRow) -> int | None:
        said = row.answer
        return next(
            (
                index
                for index, option in enumerate(self.options)
                if said.given and (option.status, option.value) == (said.status, said.value)
            ),
            None,
        )

    # --- drawing ----------------------------------------------------------------------------

    def draw(self, width: int) -> list[Content]:
        """The texts of the scale, then a line or more for each statement.

        A width that it does not fit into is never shown.
        """
        widths = widths_for(self.options, width)
        if widths is None or not self.rows:
            return [Content("")]
        lines = [*self._kept(widths, lambda: self._head(widths))]
        self._spans = []
        for index in range(len(self.rows)):
            if index and self._airy:
                lines.append(Content(""))
            rows = self._kept(self._look(index, widths), partial(self._row_lines, index, widths))
            self._spans.append((len(lines), len(rows)))
            lines += rows
        return lines

    def _kept(self, look: object, cut: Callable[[], list[Content]]) -> list[Content]:
        """Lines as they were cut for the same look."""
        if look not in self._cut:
            self._cut[look] = cut()
        return self._cut[look]

    def _look(self, index: int, widths: Widths) -> object:
        """All that decides how a statement is drawn."""
        row, here = self.rows[index], index == self.row
        cursor = (self.column, self.has_focus) if here else None
        return row.item_id, widths, self._chosen(row), cursor

    def cursor_lines(self) -> tuple[int, int] | None:
        """Those of the statement that the cursor stands on."""
        return self._spans[self.row] if self.row < len(self._spans) else None

    def _head(self, widths: Widths) -> list[Content]:
        """The texts of the scale, their last lines side by side, and the keys below them."""
        heads = _head_rows(self.options, widths)
        height = max(len(head) for head in heads)
        columns = [
            [*[""] * (height - len(head)), *head, option.key]
            for head, option in zip(heads, self.options, strict=True)
        ]
        return [self._head_line(columns, y, widths, last=y == height) for y in range(height + 1)]

    def _head_line(
        self, columns: list[list[str]], y: int, widths: Widths, *, last: bool
    ) -> Content:
        line = Content(" " * (_MARGIN + widths.statement))
        for column, texts in enumerate(columns):
            text = plain(texts[y], "bold $accent" if last else "$imf-muted")
            line = line + Content(self._gap(column)) + _centred(text, widths.columns[column])
        return line

    def _gap(self, column: int) -> str:
        """The blanks before the first of the non-answers."""
        first = len(self.options) - len(_others(self.options))
        return " " * _GAP if column == first < len(self.options) else ""

    def _row_lines(self, index: int, widths: Widths) -> list[Content]:
        row, here = self.rows[index], index == self.row
        style = "bold" if here else ""
        rows = wrapped(row.statement, widths.statement - 1)
        lines = [
            Content.assemble(
                "> " if here and y == 0 else "  ",
                plain(text, style).pad_right(widths.statement - Content(text).cell_length),
            )
            for y, text in enumerate(rows)
        ]
        if here and self.column is None and self.has_focus:
            lines = [line.stylize("reverse") for line in lines]
        chosen = self._chosen(row)
        for column in range(len(self.options)):
            cell = Content.styled(CHOSEN, "bold") if column == chosen else Content(FREE)
            if here and column == self.column and self.has_focus:
                cell = cell.stylize("reverse")
            lines[0] = (
                lines[0] + Content(self._gap(column)) + _centred(cell, widths.columns[column])
            )
        return lines

    # --- keys and mouse ---------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        """Arrows move, a key of an answer or space chooses."""
        if self._pressed(event):
            event.stop()
            event.prevent_default()

    def _pressed(self, event: events.Key) -> bool:
        if event.key in ("up", "down"):
            self.ask_for_row(1 if event.key == "down" else -1)
        elif event.key in ("left", "right", "home", "end"):
            self._move(event.key)
        elif event.key == "space":
            return self.choose_cursor()
        else:
            by_key = {option.key: i for i, option in enumerate(self.options) if option.key}
            column = by_key.get((event.character or "").lower())
            if column is None:
                return False
            self._choose(self.row, column)
        return True

    def _move(self, key: str) -> None:
        last = len(self.options) - 1
        if self.column is None:
            self.column = last if key in ("left", "end") else 0
        else:
            moved = {"left": self.column - 1, "right": self.column + 1, "home": 0, "end": last}
            self.column = min(max(moved[key], 0), last)
        self.redraw()

    def _choose(self, row: int, column: int) -> None:
        """The cursor is drawn together with what comes of it: one picture, not two."""
        if row == self.row:
            self.column = column
        self.post_message(self.Chosen(self.rows[row].item_id, self.options[column]))

    def ask_for_row(self, step: int) -> None:
        """Ask the page for the statement so many lines further."""
        self._ask_for_row(self.row + step)

    def ensure_cursor(self) -> None:
        """Put the cursor on the first answer when it is nowhere."""
        if self.column is None:
            self._move("home")

    def choose_cursor(self) -> bool:
        """Choose the answer under the cursor; False when the cursor is nowhere."""
        if self.column is None:
            return False
        self._choose(self.row, self.column)
        return True

    def _ask_for_row(self, row: int) -> None:
        if 0 <= row < len(self.rows):
            self.post_message(self.RowAsked(self.rows[row].item_id))

    def on_click(self, event: events.Click) -> None:
        """A click on an answer chooses it; one on a statement goes there."""
        row = next(
            (i for i, (y, height) in enumerate(self._spans) if y <= event.y < y + height), None
        )
        widths = widths_for(self.options, self.content_size.width)
        if row is None or widths is None:
            return
        x = _MARGIN + widths.statement
        for column in range(len(self.options)):
            x += len(self._gap(column))
            if x <= event.x < x + widths.columns[column]:
                self._choose(row, column)
                return
            x += widths.columns[column]
        self._ask_for_row(row)


def _asked(row: GridRow) -> tuple[str, str]:
    return row.item_id, row.statement


def _centred(content: Content, width: int) -> Content:
    left = max(width - content.cell_length, 0) // 2
    return content.pad_left(left).pad_right(max(width - left - content.cell_length, 0))
