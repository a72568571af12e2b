"""Side by side: what each rater said of each topic, and agreeing on one rating."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content

from imfsurvey.faces.tui.chrome import Hint, Paragraph
from imfsurvey.faces.tui.opened import OpenedList
from imfsurvey.faces.tui.rows import Rows
from imfsurvey.faces.tui.settled import Text
from imfsurvey.faces.tui.text import plain, shortened
from imfsurvey.faces.tui.writing import WritingDialog, WrittenAbout
from imfsurvey.faces.words import rater_short, rater_word, said_legend, said_short
from imfsurvey.i18n import formats
from imfsurvey.i18n.describe import describe
from imfsurvey.i18n.errors import ImfsurveyError, InputError
from imfsurvey.study.agreeing import Agreement, Agreements, agreeing
from imfsurvey.study.folder import Study
from imfsurvey.study.kinds import Rater, Said
from imfsurvey.study.life import results
from imfsurvey.study.raters import Compared, require_seen, side_by_side
from imfsurvey.study.results import Agreed, WaveFigures
from imfsurvey.study.scoring import evidenced
from imfsurvey.study.wave import Wave

_COLUMN: Final = 9
_NARROWEST: Final = 20
_LONGEST_NOTE: Final = 600
_NEEDS_A_NOTE: Final = ("IMF-T453", "IMF-T454")


class RatersScreen(OpenedList):
    """Topics by rater, those that differ first. Raises `RefusedError` when made too early."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(level), f"level({level})", show=False) for level in range(10)),
        Binding("n", "other('na')", show=False),
        Binding("d", "other('dk')", show=False),
        Binding("a", "alike", show=False),
        Binding("c", "note", show=False),
        Binding("backspace,delete", "take_back", show=False),
        Binding("u", "undo", show=False),
    ]

    def __init__(self, study: Study, wave: Wave, rater: Rater | None) -> None:
        super().__init__()
        self._study, self._wave, self._rater = study, wave, rater
        self._framework = wave.framework
        self._figures = self._read()
        require_seen(self._figures)
        self._rows = side_by_side(self._figures, self._framework)
        self._undo: list[list[tuple[str, Agreed | None]]] = []

    def _read(self) -> WaveFigures:
        return results(self._study, self._wave, datetime.date.today(), self._rater).figures

    @property
    def _open(self) -> bool:
        return self._figures.status == "open"

    def compose_head(self) -> ComposeResult:
        """Who agrees, how far they are, the heads of the columns."""
        yield Paragraph(id="standing")
        yield Text(id="heads")

    def translate(self) -> None:
        """All words in the language of the moment."""
        super().translate()
        self._list()

    def title_text(self) -> str:
        """The wave and what is shown."""
        label = self._wave.file.label.say(self.app.language)
        return f"{label} – {self.t('Raters side by side')}"

    def hints(self) -> tuple[Hint, ...]:
        """Agree, undo, leave; in a closed wave only to look."""
        t = self.t
        keys = (*self.back_hints(),)
        if not self._open:
            return (Hint("↑↓", t("Topic"), "screen.help"), *keys)
        return (
            Hint(f"0-{self._framework.max_level}", t("Agree on a level"), "screen.help"),
            Hint("N", t("not applicable"), "screen.other('na')"),
            Hint("D", t("don't know"), "screen.other('dk')"),
            Hint("A", t("Agree where all say the same"), "screen.alike"),
            Hint("C", t("Note"), "screen.note"),
            Hint("⌫", t("Take back"), "screen.take_back"),
            Hint("U", t("Undo"), "screen.undo"),
            *keys,
        )

    def help_text(self) -> str:
        """What agreeing is and what it does to the figures."""
        t = self.t
        return "\n\n".join(
            (
                t(
                    "Every rater's own answers stay as they are. What is agreed on is kept beside "
                    "them, with who agreed. Once every topic is agreed on, the figures are made "
                    "from that; until then, from the first of those who answered."
                ),
                t(
                    "Topics on which the raters of the entity differ most stand first, marked ≠. "
                    "The external rating is shown beside; it is in no figure."
                ),
                said_legend(t),
            )
        )

    # --- drawing ----------------------------------------------------------------------------

    def _list(self) -> None:
        self.query_one(Rows).show([(row.topic.id, self._line(row)) for row in self._rows])
        self.query_one("#standing", Paragraph).show(self._standing())
        heads = [rater_short(side.rater, self.t) for side in self._figures.sides]
        heads.append(rater_short("agreed", self.t))
        cells = "".join(f"{one:>{_COLUMN}}" for one in heads)
        self.query_one("#heads", Text).update(
            plain(" " * (self._label_width + 4) + cells, "$imf-muted")
        )
        self._tell()

    @property
    def _label_width(self) -> int:
        columns = len(self._figures.sides) + 1
        return max(self.size.width - 9 - _COLUMN * columns, _NARROWEST)

    def _line(self, row: Compared) -> Content:
        width = self._label_width
        label = Content(shortened(row.topic.label.say(self.app.language), width))
        agreed = said_short(row.agreed.rating if row.agreed else None, self.t)
        cells = [said_short(one, self.t) for one in row.said.values()]
        return Content.assemble(
            "≠ " if row.differs else "  ",
            label.pad_right(max(0, width - label.cell_length)),
            plain("".join(f"{one:>{_COLUMN}}" for one in cells)),
            plain(f"{agreed + ('*' if row.changed_since else ''):>{_COLUMN}}", "bold"),
        )

    def _standing(self) -> str:
        t, by = self.t, agreeing(self._figures.sides)
        names = formats.joined([rater_word(one, t) for one in by], t.language)
        done = sum(row.agreed is not None for row in self._rows)
        parts = [t("Agreed on: {done} of {total} topics", done=done, total=len(self._rows))]
        if self._open and len(by) > 1:
            parts.insert(0, t("Who agrees: {names}", names=names))
        elif self._open:
            parts.insert(0, t("To agree, a second rater of the entity has to finish first."))
        if any(row.changed_since for row in self._rows):
            parts.append(t("* own rating changed since"))
        return " · ".join(parts)

    @on(Rows.Moved)
    def _tell(self) -> None:
        """The whole label of the topic under the cursor, and what was noted of it."""
        row = self._current
        if row is None:
            return
        text = row.topic.label.say(self.app.language)
        if row.agreed is not None and row.agreed.note:
            text = formats.labelled(text, row.agreed.note, self.t.language)
        self.say(text)

    @property
    def _current(self) -> Compared | None:
        current = self.query_one(Rows).current
        return next((row for row in self._rows if row.topic.id == current), None)

    # --- agreeing -----------------------------------------------------------------------------

    def action_level(self, level: int) -> None:
        """Agree on a level for the topic under the cursor."""
        self._agree_here(level)

    def action_other(self, said: Said) -> None:
        """Agree that it is not applicable, or that nobody knows."""
        self._agree_here(said)

    def _agree_here(self, said: Said, note: str | None = None) -> None:
        row = self._current
        if row is None:
            return
        kept = row.agreed.note if row.agreed is not None and row.agreed.rating == said else ""
        wanted = Agreement(row.topic.id, said, kept if note is None else note)
        try:
            self._agree([wanted])
        except InputError as error:
            if error.code not in _NEEDS_A_NOTE:
                self.complain(error)
                return
            self._write(describe(error, self.t), lambda text: self._agree_here(said, text))
        except ImfsurveyError as error:
            self.complain(error)

    def _agree(self, wanted: Sequence[Agreement]) -> None:
        Agreements(self._wave).agree(
            wanted, self._figures.sides, evidenced(self._wave), datetime.date.today()
        )
        before = {row.topic.id: row.agreed for row in self._rows}
        self._undo.append([(one.topic, before[one.topic]) for one in wanted])
        self._again()

    def action_alike(self) -> None:
        """Agree on every topic of which all say the same and nothing is agreed yet."""
        wanted = [
            Agreement(row.topic.id, said)
            for row in self._rows
            if row.agreed is None and (said := row.alike) is not None
        ]
        if not wanted:
            self.say(self.t("There is no further topic of which all say the same."))
            return
        try:
            self._agree(wanted)
        except ImfsurveyError as error:
            self.complain(error)

    def action_note(self) -> None:
        """Write something beside an agreement."""
        row = self._current
        if row is None or row.agreed is None or not self._open:
            self.say(self.t("A note belongs to what was agreed on: agree on a level first."))
            return
        said = row.agreed.rating
        text = self.t("How you came to agree, or what shows it.")
        self._write(text, lambda note: self._agree_here(said, note), row.agreed.note)

    def _write(self, text: str, then: Callable[[str], None], before: str = "") -> None:
        def written(note: str | None) -> None:
            if note is not None:
                then(note)

        about = WrittenAbout(self.t("Note"), text)
        self.app.push_screen(WritingDialog(about, before, _LONGEST_NOTE), written)

    def action_take_back(self) -> None:
        """Take the agreement on the topic under the cursor back."""
        row = self._current
        if row is None or row.agreed is None:
            return
        if self._put_back([(row.topic.id, None)]):
            self._undo.append([(row.topic.id, row.agreed)])

    def action_undo(self) -> None:
        """Undo the last change made on this screen."""
        if not self._undo:
            self.say(self.t("There is nothing to undo."))
            return
        if self._put_back(self._undo[-1]):
            self._undo.pop()

    def _put_back(self, changes: Sequence[tuple[str, Agreed | None]]) -> bool:
        """Let these count again; False when it was refused, which is said."""
        try:
            Agreements(self._wave).put_back(changes)
        except ImfsurveyError as error:
            self.complain(error)
            return False
        self._again()
        return True

    def _again(self) -> None:
        """Show what is kept now; the order of the topics stays."""
        try:
            self._figures = self._read()
        except ImfsurveyError as error:
            self.complain(error)
            return
        self._rows = side_by_side(self._figures, self._framework)
        self._list()
