"""What an item offers, as lines with a cursor: one self-drawn widget, reused from page to page.

Stock radio buttons show what is chosen by colour alone and cost a widget each; here what is
chosen has its own glyph and the cursor its own line style, so both show without colour.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.content import Content
from textual.message import Message

from imfsurvey.faces.tui.lines import Lines
from imfsurvey.faces.tui.text import plain, shortened, wrapped
from imfsurvey.interview import Answer, Option


@dataclass(frozen=True)
class Group:
    """Options that stand together, by their index; `heading` above them, else a blank line."""

    members: tuple[int, ...]
    heading: str | None = None


@dataclass(frozen=True)
class _Piece:
    """A part of a line; `option` is the one that it belongs to, None for a heading."""

    option: int | None
    content: Content


_Line = tuple[_Piece, ...]
"""One line: one piece, several short non-answers side by side, or nothing (the gap)."""


class Offered(Lines):
    """Options with a cursor. Digits and letters choose, arrows move, space chooses the cursor's.

    Heirs say which glyph an option has and in which groups the options stand.
    """

    MOVES: ClassVar[frozenset[str]] = frozenset({"up", "down", "home", "end"})

    @dataclass
    class Chosen(Message):
        """An option was chosen, by key or mouse; who hears it calls `mark` or `redraw`."""

        option: Option

    def __init__(self) -> None:
        super().__init__()
        self.options: tuple[Option, ...] = ()
        self.chosen: dict[int, int] = {}
        """What the answer holds, in its order: by option, its place in it, from 0."""
        self.cursor: int | None = None
        self._names = True
        self._lines: list[_Line] = []
        self._cut: dict[tuple[Option, str, bool, int, bool], list[Content]] = {}
        """The lines of options, which are dear to cut; only of those shown now."""
        self._layouts: dict[tuple[int, bool, int], list[_Line]] = {}
        """All lines, until another answer is shown."""

    # --- what heirs say ---------------------------------------------------------------------

    def glyph(self, index: int) -> str:
        """The sign before an option: whether it is chosen, without colour."""
        raise NotImplementedError

    def groups(self, answered: Sequence[int]) -> list[Group]:
        """The options that are no non-answers, in the order shown."""
        return [Group(tuple(answered))]

    # --- what is shown ----------------------------------------------------------------------

    def show(self, options: Sequence[Option], answer: Answer) -> None:
        """Offer other options; the cursor stands on what was chosen, else nowhere."""
        self.options = tuple(options)
        self.chosen = _chosen(self.options, answer)
        self.cursor = next(iter(self.chosen), None)
        self._cut.clear()
        self._layouts.clear()
        self.refresh(layout=True)
        self.redraw()

    def mark(self, options: Sequence[Option], answer: Answer) -> None:
        """Show another answer to the same item; the cursor stays."""
        self.options = tuple(options)
        self.chosen = _chosen(self.options, answer)
        self._layouts.clear()
        if self.cursor is not None and self.cursor >= len(self.options):
            self.cursor = None
        self.redraw()

    def name_levels(self, names: bool) -> None:
        """Whether a described option also shows its name: left out where lines are scarce."""
        if names != self._names:
            self._names = names
            self.redraw()

    @property
    def under_cursor(self) -> Option | None:
        """The option that the cursor stands on."""
        return None if self.cursor is None else self.options[self.cursor]

    @property
    def cursor_is_chosen(self) -> bool:
        """Whether the cursor stands on a chosen option."""
        return self.cursor is not None and self.cursor in self.chosen

    def lines_needed(self, width: int, *, names: bool | None = None) -> int:
        """How many lines the options take at a width; `names` as in `name_levels`, or as now."""
        return len(self._laid_out(width, self._names if names is None else names))

    # --- drawing ----------------------------------------------------------------------------

    def draw(self, width: int) -> list[Content]:
        """All lines, the cursor's option reversed."""
        self._lines = self._laid_out(width, self._names)
        return [self._drawn(line, width) for line in self._lines]

    def cursor_lines(self) -> tuple[int, int] | None:
        """Those of the option that the cursor stands on."""
        if self.cursor is None:
            return None
        rows = [
            y
            for y, line in enumerate(self._lines)
            if any(piece.option == self.cursor for piece in line)
        ]
        return (rows[0], len(rows)) if rows else None

    def _drawn(self, line: _Line, width: int) -> Content:
        if len(line) == 1:  # most lines, and drawn anew they would be dear
            content = line[0].content
            if not self._under_cursor(line[0]):
                return content
            return content.pad_right(max(0, width - content.cell_length)).stylize("reverse")
        return Content("").join(
            piece.content.stylize("reverse") if self._under_cursor(piece) else piece.content
            for piece in line
        )

    def _under_cursor(self, piece: _Piece) -> bool:
        return piece.option is not None and piece.option == self.cursor and self.has_focus

    def _parted(self) -> tuple[list[Group], tuple[int, ...]]:
        """The groups of options, and the non-answers behind them."""
        answered = [i for i, option in enumerate(self.options) if option.status == "answered"]
        others = (i for i, option in enumerate(self.options) if option.status != "answered")
        return self.groups(answered), tuple(others)

    def _laid_out(self, width: int, names: bool) -> list[_Line]:
        """The lines at a width; a new page asks for them several times."""
        key = (width, names, self.content_size.width)
        if key not in self._layouts:
            self._layouts[key] = self._lay_out(width, names)
        return self._layouts[key]

    def _lay_out(self, width: int, names: bool) -> list[_Line]:
        groups, others = self._parted()
        lines: list[_Line] = []
        for group in groups:
            if group.heading is not None:
                heading = plain(shortened(group.heading, width), "$imf-muted")
                lines.append((_Piece(None, heading),))
            elif lines:
                lines.append(())
            for index in group.members:
                rows = self._cut_lines(index, width, names)
                lines += [(_Piece(index, row),) for row in rows]
        beside = [_Piece(i, self._cut_lines(i, width, names)[0].pad_right(2)) for i in others]
        if not beside:
            return lines
        if lines:
            lines.append(())
        if sum(piece.content.cell_length for piece in beside) <= width:
            return [*lines, tuple(beside)]
        return [*lines, *((piece,) for piece in beside)]

    def _cut_lines(self, index: int, width: int, names: bool) -> list[Content]:
        option, chosen = self.options[index], index in self.chosen
        key = (option, self.glyph(index), chosen, width, names and bool(option.description))
        if key not in self._cut:
            self._cut[key] = _option_lines(*key)
        return self._cut[key]

    # --- keys and mouse ---------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        """Arrows move, a key of an option or space chooses."""
        if self.pressed(event):
            event.stop()
            event.prevent_default()

    def pressed(self, event: events.Key) -> bool:
        """Do what a key does; False when it does nothing here."""
        if event.key in self.MOVES:
            self._move(event.key)
            return True
        if event.key == "space":
            return self.choose_cursor()
        return self.choose_key((event.character or "").lower())

    def choose_key(self, key: str) -> bool:
        """Choose the option with a key; False when there is none."""
        by_key = {option.key: i for i, option in enumerate(self.options) if option.key}
        index = by_key.get(key)
        if index is None:
            return False
        self._choose(index)
        return True

    def on_click(self, event: events.Click) -> None:
        """A click chooses the option under the mouse."""
        if not 0 <= event.y < len(self._lines):
            return
        line, x = self._lines[event.y], 0
        for piece in line:
            x += piece.content.cell_length
            if piece.option is not None and (event.x < x or len(line) == 1):
                self._choose(piece.option)
                return

    def _move(self, key: str) -> None:
        groups, others = self._parted()
        shown = [*(index for group in groups for index in group.members), *others]
        if not shown:
            return
        last = len(shown) - 1
        if self.cursor is None:
            self.cursor = shown[last if key in ("up", "end") else 0]
        else:
            at = shown.index(self.cursor)
            moved = {"up": at - 1, "down": at + 1, "home": 0, "end": last}
            self.cursor = shown[min(max(moved[key], 0), last)]
        self.redraw()

    def _choose(self, index: int) -> None:
        """The cursor is drawn together with what comes of it: one picture, not two."""
        self.cursor = index
        self.post_message(self.Chosen(self.options[index]))

    def ensure_cursor(self) -> None:
        """Put the cursor on the first option when it is nowhere."""
        if self.cursor is None:
            self._move("home")

    def choose_cursor(self) -> bool:
        """Choose the option under the cursor; False when the cursor is nowhere."""
        if self.cursor is None:
            return False
        self._choose(self.cursor)
        return True


def code_of(option: Option) -> int | str:
    """The code of an option that has one. TypeError for a non-answer."""
    if option.value is None:
        raise TypeError("a non-answer has no code")
    return option.value


def _chosen(options: Sequence[Option], answer: Answer) -> dict[int, int]:
    """The options that an answer holds, by index, in the order of the answer."""
    if not answer.given:
        return {}
    codes = answer.codes if answer.status == "answered" else (None,)
    places = {(option.status, option.value): i for i, option in enumerate(options)}
    found = (places.get((answer.status, code)) for code in codes)
    return {index: place for place, index in enumerate(one for one in found if one is not None)}


def _named(option: Option, room: int, bold: str) -> list[Content]:
    """Name and description in one run of text, the name bold."""
    name = f"{option.label}. "
    rows = wrapped(name + option.description, room)
    if not rows[0].startswith(name.rstrip()):
        return [plain(row, bold) for row in rows]
    end = min(len(name), len(rows[0]))
    first = Content.assemble((rows[0][:end], "bold"), plain(rows[0][end:], bold))
    return [first, *(plain(row, bold) for row in rows[1:])]


def _option_lines(
    option: Option, glyph: str, chosen: bool, width: int, names: bool
) -> list[Content]:
    head = f" {glyph} {option.key or ' '} "
    bold = "bold" if chosen else ""
    room, beside = width - len(head) - 1, " " * len(head)
    if names and option.description:
        first, *rest = _named(option, room, bold)
        return [plain(head, bold) + first, *(plain(beside) + row for row in rest)]
    row, *rows = wrapped(option.description or option.label, room)
    return [plain(head + row, bold), *(plain(beside + row, bold) for row in rows)]
