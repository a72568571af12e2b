"""Small windows over a screen: help, language, a yes or no, a text to write."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static, TextArea

from imfsurvey.faces.tui.choices import Choices
from imfsurvey.faces.tui.chrome import Hint, KeyBar, Paragraph
from imfsurvey.faces.tui.text import plain
from imfsurvey.faces.tui.written import Writing
from imfsurvey.faces.words import LANGUAGE_NAMES
from imfsurvey.interview import Answer, Option

if TYPE_CHECKING:
    from imfsurvey.faces.tui.app import SurveyApp


class HelpDialog(ModalScreen[None]):
    """What the screen is for, and its keys."""

    app: SurveyApp
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,f1,question_mark,q", "dismiss", show=False),
    ]

    def __init__(self, text: str, hints: tuple[Hint, ...], title: str = "") -> None:
        super().__init__()
        self._text, self._hints, self._title = text, hints, title

    def compose(self) -> ComposeResult:
        """The text, then one line a key."""
        hints = (*self._hints, *self.app.help_hints())
        width = max((len(hint.key) for hint in hints), default=0) + 2
        keys = [
            Content.assemble((f"{hint.key:<{width}}", "bold $accent"), plain(hint.label))
            for hint in hints
        ]
        close = Hint("Esc", self.app.t("Close"), "screen.dismiss")
        with Vertical(classes="dialog"):
            yield Paragraph(self._title or self.app.t("Help"), "bold", id="title")
            with VerticalScroll(classes="dialog-body"):
                yield Paragraph(self._text)
                yield Static(Content("\n").join([Content(""), *keys]))
            yield KeyBar((close,))


class LanguageDialog(ModalScreen[str | None]):
    """One of the languages; None when it stays as it is."""

    app: SurveyApp
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", show=False),
        Binding("enter", "take", show=False, priority=True),
    ]

    def __init__(self, languages: tuple[str, ...]) -> None:
        super().__init__()
        self._languages = languages

    def compose(self) -> ComposeResult:
        """The languages under their own names."""
        with Vertical(classes="dialog small"):
            yield Paragraph(self.app.t("Language"), "bold", id="title")
            yield Choices()
            yield KeyBar(
                (
                    Hint("Enter", self.app.t("Choose"), "screen.take"),
                    Hint("Esc", self.app.t("Cancel"), "screen.cancel"),
                )
            )

    def on_mount(self) -> None:
        """Put the cursor on the language of the moment."""
        options = tuple(
            Option("answered", code, LANGUAGE_NAMES[code], key=str(number))
            for number, code in enumerate(self._languages, start=1)
        )
        choices = self.query_one(Choices)
        choices.show(options, Answer("answered", self.app.language))
        choices.focus()
        choices.ensure_cursor()

    @on(Choices.Chosen)
    def _chosen(self, message: Choices.Chosen) -> None:
        self.dismiss(str(message.option.value))

    def action_take(self) -> None:
        """Take the language under the cursor."""
        if not self.query_one(Choices).choose_cursor():
            self.dismiss(None)

    def action_cancel(self) -> None:
        """Stay with the language of the moment."""
        self.dismiss(None)


class Question(ModalScreen[bool]):
    """A yes or no. The safe answer is Escape."""

    app: SurveyApp
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "yes", show=False),
        Binding("escape", "no", show=False),
    ]

    def __init__(self, title: str, text: str, yes: str, no: str) -> None:
        super().__init__()
        self._title, self._text, self._yes, self._no = title, text, yes, no

    def compose(self) -> ComposeResult:
        """Title, text and the two ways out."""
        with Vertical(classes="dialog small"):
            yield Paragraph(self._title, "bold", id="title")
            yield Paragraph(self._text)
            yield KeyBar(
                (Hint("Enter", self._yes, "screen.yes"), Hint("Esc", self._no, "screen.no"))
            )

    def action_yes(self) -> None:
        """Agree."""
        self.dismiss(True)

    def action_no(self) -> None:
        """Refuse."""
        self.dismiss(False)


class Notice(ModalScreen[None]):
    """Something that has to be read before one goes on."""

    app: SurveyApp
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,escape", "dismiss", show=False),
    ]

    def __init__(self, title: str, text: str) -> None:
        super().__init__()
        self._title, self._text = title, text

    def compose(self) -> ComposeResult:
        """Title and text."""
        with Vertical(classes="dialog small"):
            yield Paragraph(self._title, "bold", id="title")
            yield Paragraph(self._text)
            yield KeyBar((Hint("Enter", self.app.t("Go on"), "screen.dismiss"),))


@dataclass(frozen=True)
class WrittenAbout:
    """What a window says above the text that is written in it."""

    title: str
    text: str
    """What is asked."""
    caution: str = ""
    """What to beware of."""


class WritingDialog(ModalScreen[str | None]):
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
        with Vertical(classes="dialog"):
            yield Paragraph(self._about.title, "bold", id="title")
            yield Paragraph(self._about.text, "$imf-muted")
            if self._about.caution:
                yield Paragraph(self._about.caution, id="caution")
            yield Writing(self._before, soft_wrap=True, tab_behavior="focus")
            yield Static(id="room")
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
        text = self.app.t("{length} of {limit} characters", length=length, limit=self._limit)
        self._room(text, "$text-error" if over else "$imf-muted")
        self._warned = False

    def _room(self, text: str, style: str) -> None:
        self.query_one("#room", Static).update(plain(text, style))

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
