"""Where something is written: the text area of windows and pages, and the page of one field."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.dom import DOMNode
from textual.message import Message
from textual.widgets import TextArea

from imfsurvey.faces.takes import date_form, number_form
from imfsurvey.faces.tui.settled import Pair, Settled, Text
from imfsurvey.faces.tui.text import plain, wrapped
from imfsurvey.faces.visible import visible
from imfsurvey.i18n.catalogue import Translator, translator
from imfsurvey.i18n.describe import describe
from imfsurvey.i18n.errors import InputError
from imfsurvey.interview import Answer
from imfsurvey.interview.dates import shown_date, typed_date
from imfsurvey.interview.numbers import band_of, editable_number, shown_number, typed_number
from imfsurvey.questionnaire import DateItem, NumberItem, TextItem

_TALL, _SMALL, _ONE_LINE = 10, 5, 3
"""Lines of an area with its frame: for several lines where there is room, where there is not."""
_SHORT = 28
"""Columns of an area for a number or a date."""

FieldItem = TextItem | DateItem | NumberItem


def characters(t: Translator, length: int, limit: int) -> str:
    """How much of its room a text takes; in French the first number counts."""
    return t.plural("{n} of {limit} characters", "{n} of {limit} characters", length, limit=limit)


class Writing(TextArea):
    """A text area in which Enter keeps the text; Ctrl+J starts a new line."""

    one_line = False

    @dataclass
    class Kept(Message):
        """Enter was pressed."""

    def watch(
        self,
        obj: DOMNode,
        attribute_name: str,
        callback: Callable[..., Any],
        init: bool = True,
    ) -> None:
        """The application is not watched: it would keep the area, and what was typed, until its
        colours change. Ours come by the style sheet."""
        if obj is not self.app:
            super().watch(obj, attribute_name, callback, init)

    async def _on_key(self, event: events.Key) -> None:
        new_line = event.key in ("ctrl+j", "shift+enter", "alt+enter")
        if event.key == "enter" or (new_line and self.one_line):
            event.stop()
            event.prevent_default()
            self.post_message(self.Kept())
        elif new_line:
            event.stop()
            event.prevent_default()
            self.insert("\n")
        else:
            await super()._on_key(event)


class PageWriting(Writing):
    """On a page of its own, the page keys go to other pages."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pagedown", "screen.later", show=False),
        Binding("pageup", "screen.back", show=False),
        Binding("f6", "screen.put_aside", show=False),  # Textual's own F6 marks a line
    ]

    letters = ""
    """Letters that no number or date holds: they choose a non-answer instead."""

    @dataclass
    class LetterTyped(Message):
        """One of those letters."""

        letter: str

    async def _on_key(self, event: events.Key) -> None:
        letter = (event.character or "").lower()
        if letter and letter in self.letters:
            event.stop()
            event.prevent_default()
            self.post_message(self.LetterTyped(letter))
        else:
            await super()._on_key(event)


@dataclass(frozen=True)
class Beside:
    """What a field needs to know besides its item."""

    spoken: Translator
    """Of the questionnaire, whose languages are not always those of the interface."""
    unit: str = ""
    letters: str = ""
    """Keys of the non-answers."""


class WrittenField(Settled, Vertical):
    """A text, a date or a number to write: the area, its unit, and a line on what it takes."""

    DEFAULT_CSS = "WrittenField, WrittenField > Pair { height: auto; width: 100%; }"

    def __init__(self) -> None:
        super().__init__()
        self.item: FieldItem | None = None
        """What is being written; None on pages without a field."""
        self._spoken = translator("en")
        self._said = ("", "")
        """The line on what it takes, and its style."""

    def compose(self) -> ComposeResult:
        """Area, unit and line."""
        with Pair():
            yield PageWriting(soft_wrap=True, tab_behavior="focus")
            yield Text(id="unit")
        yield Text(id="room")

    @property
    def area(self) -> Writing:
        """What has the cursor."""
        return self.query_one(PageWriting)

    @property
    def typed(self) -> str:
        """What stands there now, without blanks around it."""
        return self.area.text.strip()

    def value(self) -> int | float | str | None:
        """What was typed as it is recorded, None for nothing; `InputError` for what is wrong."""
        item, typed = self.item, self.typed
        if not typed:
            return None
        if isinstance(item, NumberItem):
            return typed_number(typed, item, self._spoken.language)
        return typed_date(typed, item.precision) if isinstance(item, DateItem) else typed

    def show(self, item: FieldItem, answer: Answer, t: Translator, beside: Beside) -> None:
        """Show a field; what is being typed into the same field stays."""
        area = self.query_one(PageWriting)
        area.letters = "" if isinstance(item, TextItem) else beside.letters
        other_marks = self._spoken != beside.spoken and self._reads_as_number()
        self._spoken = beside.spoken
        if item is not self.item or other_marks:
            self.item = item
            one_line = not (isinstance(item, TextItem) and item.multiline)
            short = not isinstance(item, TextItem)
            # By themselves, not by a class: all styles of the field would be worked out anew.
            area.styles.width = _SHORT if short else None
            self.query_one("#unit", Text).display = short
            area.one_line = one_line
            area.styles.height = _ONE_LINE if one_line else _TALL
            self.revert(answer)
        self.query_one("#unit", Text).update(plain(beside.unit))
        self.count(t)

    def _reads_as_number(self) -> bool:
        """Whether a number stands there, to be written with other marks; what is none yet stays."""
        try:
            self.value()
        except InputError:
            return False
        return isinstance(self.item, NumberItem)

    def fit(self, room: int) -> None:
        """Take no more lines than there are, as far as one can still write in them."""
        if not self.area.one_line:
            self.area.styles.height = min(max(room - 1, _SMALL), _TALL)

    @property
    def lines(self) -> int:
        """How many lines it takes."""
        height = self.area.styles.height
        tall = _TALL if height is None or height.cells is None else height.cells
        return 1 + (_ONE_LINE if self.area.one_line else tall)

    def revert(self, answer: Answer) -> None:
        """Show what was kept last."""
        self.area.text = visible(self._kept(answer))
        self.area.move_cursor(self.area.document.end)

    def _kept(self, answer: Answer) -> str:
        value, item = answer.value, self.item
        if isinstance(item, NumberItem):
            number = value if isinstance(value, int | float) else None
            return "" if number is None else editable_number(number, item, self._spoken.language)
        written = value if isinstance(value, str) else ""
        return shown_date(written) if isinstance(item, DateItem) else written

    def forget(self) -> None:
        """The page shows something else: the next field begins with what is stored."""
        self.item = None

    def count(self, t: Translator) -> None:
        """How long the text is, how a date is written, what becomes of a number."""
        item = self.item
        if isinstance(item, DateItem):
            self._room(date_form(item, t), "$imf-muted")
        elif isinstance(item, NumberItem):
            self._room(*self._read_back(item, t))
        elif item is not None:
            length = len(self.typed)
            words = characters(t, length, item.max_length)
            self._room(words, "$text-error" if length > item.max_length else "$imf-muted")

    def _read_back(self, item: NumberItem, t: Translator) -> tuple[str, str]:
        """What is wrong with a number at once; else its form, and the band that is kept of it."""
        kept = ""
        try:
            value = self.value()
        except InputError as error:
            return f"! {describe(error, t)}", "$text-warning"
        if item.bands and isinstance(value, int | float):
            kept = shown_number(band_of(value, item), item, self._spoken)
        return number_form(item, t, kept), "$imf-muted"

    def _room(self, words: str, style: str) -> None:
        said = "\n".join(wrapped(words, self.app.size.width - 4))
        before, self._said = self._said, (said, style)
        if before != self._said:
            grown = before[0].count("\n") != said.count("\n")
            self.query_one("#room", Text).update(plain(said, style), layout=grown)
