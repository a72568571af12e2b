"""The window in which a text is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import TextArea

from imfsurvey.faces.tui.chrome import Hint, KeyBar, Paragraph
from imfsurvey.faces.tui.settled import Pane, Text, Window
from imfsurvey.faces.tui.text import plain
from imfsurvey.faces.tui.written import Writing, characters

if TYPE_CHECKING:
    from imfsurvey.faces.tui.app import SurveyApp


@dataclass(frozen=True)
class WrittenAbout:
    """What a window says above the text that is written in it."""

    title: str
    text: str
    """What is asked."""
    caution: str = ""
    """What to beware of."""


class WritingDialog(Window[str | None]):
    """A text to write; None when it stays as it was. What was typed is not dropped by one key."""

    app: SurveyApp
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", show=False, priority=True),
        Binding("ctrl+s", "keep", show=False, priority=True),
    ]

    def __init__(self, about: WrittenAbout, before: str, limit: int) -> None:
        super().__init__()
        self._about, self._before, self._limit = about, before, limit
        self._warned = False

    def compose(self) -> ComposeResult:
        """What is asked, the text, how much room is left."""
        t = self.app.t
        with Pane(classes="dialog"):
            yield Paragraph(self._about.title, "bold", id="title")
            yield Paragraph(self._about.text, "$imf-muted")
            if self._about.caution:
                yield Paragraph(self._about.caution, id="caution")
            yield Writing(self._before, soft_wrap=True, tab_behavior="focus")
            yield Text(id="room")
            yield KeyBar(
                (
                    Hint("Enter", t("Keep"), "screen.keep"),
                    Hint("Ctrl+J", t("New line"), "screen.new_line"),
                    Hint("Esc", t("Cancel"), "screen.cancel"),
                )
            )

    def on_mount(self) -> None:
        """Write on at the end of what is there."""
        writing = self.query_one(Writing)
        writing.move_cursor(writing.document.end)
        writing.focus()
        self._count()

    @on(TextArea.Changed)
    def _count(self) -> None:
        length = len(self.query_one(Writing).text)
        over = length > self._limit
        words = characters(self.app.t, length, self._limit)
        self._room(words, "$text-error" if over else "$imf-muted")
        self._warned = False

    def _room(self, text: str, style: str) -> None:
        self.query_one("#room", Text).update(plain(text, style))

    @on(Writing.Kept)
    def action_keep(self) -> None:
        """Keep the text, unless something is wrong with it."""
        text = self.query_one(Writing).text
        wrong = self.fault(text)
        if wrong:
            self._room(wrong, "$text-error")
        else:
            self.dismiss(text)

    def fault(self, text: str) -> str:
        """What is wrong with the text, in words; empty when it can be kept."""
        if len(text) <= self._limit:
            return ""
        return self.app.t(
            "Too long: {length} of {limit} characters. Shorten it first.",
            length=len(text),
            limit=self._limit,
        )

    def action_new_line(self) -> None:
        """Start a new line."""
        self.query_one(Writing).insert("\n")

    def action_cancel(self) -> None:
        """Leave it as it was; asks for a second press when something was typed."""
        if self.query_one(Writing).text == self._before or self._warned:
            self.dismiss(None)
            return
        self._warned = True
        self._room(self.app.t("Press Esc again to drop what you typed."), "$text-warning")
