"""Where something is written: the text area of windows and pages, and the page of one field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Static, TextArea

from imfsurvey.faces.tui.text import plain, visible
from imfsurvey.i18n.catalogue import Translator
from imfsurvey.interview import Answer
from imfsurvey.interview.dates import shown_date
from imfsurvey.questionnaire import DateItem, TextItem
from imfsurvey.questionnaire.items import Precision


class Writing(TextArea):
    """A text area in which Enter keeps the text; Ctrl+J starts a new line."""

    one_line = False

    @dataclass
    class Kept(Message):
        """Enter was pressed."""

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


class _PageWriting(Writing):
    """On a page of its own, the page keys go to other pages."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pagedown", "screen.later", show=False),
        Binding("pageup", "screen.back", show=False),
    ]


class WrittenField(Vertical):
    """A text or a date to write: the area, and a line on its length or its form."""

    DEFAULT_CSS = "WrittenField { height: auto; width: 100%; }"

    def __init__(self) -> None:
        super().__init__()
        self.item: TextItem | DateItem | None = None
        """What is being written; None on pages without a field."""

    def compose(self) -> ComposeResult:
        """Area and line."""
        yield _PageWriting(soft_wrap=True, tab_behavior="focus")
        yield Static(id="room")

    @property
    def area(self) -> Writing:
        """What has the cursor."""
        return self.query_one(_PageWriting)

    @property
    def typed(self) -> str:
        """What stands there now, without blanks around it."""
        return self.area.text.strip()

    def show(self, item: TextItem | DateItem, answer: Answer, t: Translator) -> None:
        """Show a field; what is being typed into the same field stays."""
        if item is not self.item:
            self.item = item
            one_line = isinstance(item, DateItem) or not item.multiline
            self.set_class(one_line, "one-line")
            self.area.one_line = one_line
            self.revert(answer)
        self.count(t)

    def revert(self, answer: Answer) -> None:
        """Show what was kept last."""
        value = answer.value if isinstance(answer.value, str) else ""
        self.area.text = visible(shown_date(value) if isinstance(self.item, DateItem) else value)
        self.area.move_cursor(self.area.document.end)

    def forget(self) -> None:
        """The page shows something else: the next field begins with what is stored."""
        self.item = None

    def count(self, t: Translator) -> None:
        """How long the text is, or how a date is written."""
        item = self.item
        if isinstance(item, DateItem):
            self._room(_date_form(item.precision, t), "$imf-muted")
        elif item is not None:
            length = len(self.typed)
            words = t("{length} of {limit} characters", length=length, limit=item.max_length)
            self._room(words, "$text-error" if length > item.max_length else "$imf-muted")

    def _room(self, words: str, style: str) -> None:
        self.query_one("#room", Static).update(plain(words, style))


def _date_form(precision: Precision, t: Translator) -> str:
    if precision == "day":
        return t("Day, month and year, such as 31/3/2026")
    if precision == "month":
        return t("Month and year, such as 3/2026")
    return t("Year, such as 2026")
