"""The window in which a language is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from imfsurvey.faces.tui.choices import Choices
from imfsurvey.faces.tui.chrome import Hint, KeyBar, Paragraph
from imfsurvey.faces.tui.settled import Pane, Window
from imfsurvey.i18n.catalogue import LANGUAGE_NAMES
from imfsurvey.interview import Answer, Option

if TYPE_CHECKING:
    from imfsurvey.faces.tui.app import SurveyApp


class LanguageDialog(Window[str | None]):
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
        with Pane(classes="dialog small"):
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
