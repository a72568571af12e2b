"""Small windows over a screen: help, a yes or no, something to read."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content

from imfsurvey.faces.tui.chrome import Hint, KeyBar, Paragraph
from imfsurvey.faces.tui.settled import Pane, Text, Window
from imfsurvey.faces.tui.text import plain

if TYPE_CHECKING:
    from imfsurvey.faces.tui.app import SurveyApp


class HelpDialog(Window[None]):
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
        with Pane(classes="dialog"):
            yield Paragraph(self._title or self.app.t("Help"), "bold", id="title")
            with VerticalScroll(classes="dialog-body"):
                yield Paragraph(self._text)
                yield Text(Content("\n").join([Content(""), *keys]))
            yield KeyBar((close,))


class Question(Window[bool]):
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
        with Pane(classes="dialog small"):
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


class Notice(Window[None]):
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
        with Pane(classes="dialog small"):
            yield Paragraph(self._title, "bold", id="title")
            yield Paragraph(self._text)
            yield KeyBar((Hint("Enter", self.app.t("Go on"), "screen.dismiss"),))
