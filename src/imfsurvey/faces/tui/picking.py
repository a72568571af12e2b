"""Small windows in which one of several things is picked, or a text is written that is checked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from imfsurvey.faces.tui.chrome import Hint, KeyBar, Paragraph
from imfsurvey.faces.tui.rows import Rows
from imfsurvey.faces.tui.settled import Body, Pane, Window
from imfsurvey.faces.tui.text import plain, shortened
from imfsurvey.faces.tui.writing import WritingDialog, WrittenAbout
from imfsurvey.i18n.describe import describe
from imfsurvey.i18n.errors import ImfsurveyError

if TYPE_CHECKING:
    from imfsurvey.faces.tui.app import SurveyApp

_WIDTH = 66
"""Cells of a row inside the window."""


class RowsDialog(Window[str | None]):
    """A window with rows, of which one is taken by its id; None when none is."""

    app: SurveyApp
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "cancel", show=False)]

    @on(Rows.Selected)
    def _selected(self, message: Rows.Selected) -> None:
        self.dismiss(message.row_id)

    def action_take(self) -> None:
        """Take the row under the cursor."""
        self.query_one(Rows).action_select()

    def action_cancel(self) -> None:
        """Take none."""
        self.dismiss(None)


class PickDialog(RowsDialog):
    """One of several things, under a title."""

    def __init__(
        self, title: str, rows: Sequence[tuple[str, str]], current: str = "", text: str = ""
    ) -> None:
        super().__init__()
        self._title, self._rows, self._current, self._text = title, rows, current, text

    def compose(self) -> ComposeResult:
        """The title, the rows, the keys."""
        with Pane(classes="dialog"):
            yield Paragraph(self._title, "bold", id="title")
            if self._text:
                yield Paragraph(self._text, "$imf-muted")
            with Body(classes="dialog-body"):
                yield Rows()
            yield KeyBar(
                (
                    Hint("↑↓ Enter", self.app.t("Choose"), "screen.take"),
                    Hint("Esc", self.app.t("Cancel"), "screen.cancel"),
                )
            )

    def on_mount(self) -> None:
        """The cursor on what holds now."""
        rows = self.query_one(Rows)
        rows.show([(ident, plain(shortened(words, _WIDTH))) for ident, words in self._rows])
        ids = [ident for ident, _ in self._rows]
        rows.go_to(ids.index(self._current) if self._current in ids else 0)
        rows.focus()


class CheckedDialog(WritingDialog):
    """A text to write that is kept only when a check lets it through; what is wrong is said."""

    def __init__(
        self, about: WrittenAbout, before: str, limit: int, check: Callable[[str], object]
    ) -> None:
        super().__init__(about, before, limit)
        self._check = check

    def fault(self, text: str) -> str:
        """Too long, or what the check raises."""
        wrong = super().fault(text)
        if wrong:
            return wrong
        try:
            self._check(text)
        except ImfsurveyError as error:
            return f"! {describe(error, self.app.t)}"
        return ""
