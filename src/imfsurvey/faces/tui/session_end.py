"""The end of a session: its closing record, to be read aloud and signed."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from imfsurvey.faces.tui.chrome import EVERYWHERE, Frame, Hint, Paragraph
from imfsurvey.i18n import formats
from imfsurvey.i18n.errors import ImfsurveyError
from imfsurvey.study.closing import ClosingRecord
from imfsurvey.study.folder import REPORTS, Study
from imfsurvey.study.phrases import grouped, spoken
from imfsurvey.study.sessions.session import Session


class SessionEnd(Frame):
    """What lay in the boxes, and where the page to sign is."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *EVERYWHERE,
        Binding("enter,escape", "leave", show=False),
        Binding("p", "page", show=False),
        Binding("down", "body('down')", show=False),
        Binding("up", "body('up')", show=False),
    ]

    def __init__(self, study: Study, session: Session, record: ClosingRecord) -> None:
        super().__init__()
        self._study, self._session, self._record = study, session, record
        self._file: Path | None = None
        """The page to sign that was written last."""

    def compose_body(self) -> ComposeResult:
        """One text."""
        yield Paragraph(id="text")

    def on_mount(self) -> None:
        """Write the page, in the language of who leads."""
        super().on_mount()
        self.action_page()

    def action_page(self) -> None:
        """Write the page in the language of the moment: another one, or once more."""
        from imfsurvey.report.closing import write_session_page  # Typst behind it takes time

        folder = self._study.folder / REPORTS
        try:
            self._file = write_session_page(
                self._study, self._session, self._record, folder, self.t
            )
        except ImfsurveyError as error:
            self.complain(error)
            return
        self._tell()

    def _tell(self) -> None:
        if self._file is not None:
            words = self.t("Closing record, to be printed and signed: {file}", file=self._file)
            self.say(words)

    def translate(self) -> None:
        """The record in the language of the moment."""
        super().translate()
        self.query_one("#text", Paragraph).show("\n".join(self._lines()))
        self._tell()

    def _lines(self) -> list[str]:
        t = self.t
        lines = [t("The session is closed. Read the words aloud and compare them with the sheet.")]
        for box in self._record.boxes:
            round_id, number = box.box.rsplit(".", 1)
            title = self._session.section(round_id).title.say(self.app.language)
            name = t("{title}, vote {number}", title=title, number=number)
            counted = t.plural("{n} vote cast", "{n} votes cast", box.records)
            labelled = formats.labelled(name, counted, t.language)
            lines += ["", labelled, f"  {spoken(box.digest)}"]
            lines.append(f"  {grouped(box.digest[:16])}")
        return lines

    def title_text(self) -> str:
        """The session."""
        return f"{self._session.file.title} – {self.t('Closing record')}"

    def hints(self) -> tuple[Hint, ...]:
        """Scroll, leave."""
        t = self.t
        return (
            Hint("↑↓", t("Scroll"), "screen.body('down')"),
            Hint("P", t("Page to sign in this language"), "screen.page"),
            *self.last_hints(t("Leave")),
        )

    def help_text(self) -> str:
        """What the words prove."""
        return self.t(
            "When the boxes are opened, their fingerprints are worked out again. If they are those "
            "on this sheet, nothing was added, removed, changed or exchanged after it was signed."
        )

    def action_body(self, way: str) -> None:
        """Scroll."""
        body = self.query_one("#body")
        body.scroll_relative(y=3 if way == "down" else -3, animate=False)

    def action_leave(self) -> None:
        """The end."""
        self.dismiss(True)
