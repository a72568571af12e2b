"""How a page of the interview is drawn: its texts, its options, how far one is."""

from __future__ import annotations

from contextlib import suppress
from typing import Final

from textual.app import ComposeResult
from textual.errors import NoWidget

from imfsurvey.faces.cautions import caution
from imfsurvey.faces.said import criteria_words, last_time_words, with_other
from imfsurvey.faces.takes import multi_limits, nothing_offered, ranking_limits
from imfsurvey.faces.tui.choices import Choices
from imfsurvey.faces.tui.chrome import KeyBar, Paragraph
from imfsurvey.faces.tui.entries import EntryRows
from imfsurvey.faces.tui.grid import GRID_FROM, Grid, GridRow, grid_lines
from imfsurvey.faces.tui.offered import Offered
from imfsurvey.faces.tui.pages import WrittenPages
from imfsurvey.faces.tui.ranking import Ranking
from imfsurvey.faces.tui.settled import Body, Text
from imfsurvey.faces.tui.text import plain, shortened, wrapped
from imfsurvey.faces.tui.ticks import Ticks
from imfsurvey.faces.tui.written import WrittenField
from imfsurvey.i18n import formats
from imfsurvey.i18n.describe import describe
from imfsurvey.interview import Objection, Option
from imfsurvey.questionnaire import (
    ChoosingItem,
    InfoItem,
    Item,
    MatrixItem,
    MultiItem,
    Questionnaire,
    RankingItem,
    RepeatItem,
    SectionItem,
    TextItem,
)

_BAR = 20
_FRAME_LINES = 3
"""Title, progress and message; the lines of keys come to it."""

_GRID_LINES = 4
"""Which row it is, and the blank lines around a grid."""

_ROOMY_LINES = 3
"""Blank lines that a page gets where there is room for them."""
_ROOMY_MARGINS: Final = {"progress": (0, 1), "introduction": (0, 1), "hint": (1, 0)}
"""Where they stand: above and below these."""


class DrawnPages(WrittenPages):
    """What an interview's screen shows; what its keys do is in its heirs."""

    gridded = False
    """Whether a matrix is shown as a whole."""
    _progress = ""
    """The line that tells how far one is."""

    def compose_body(self) -> ComposeResult:
        """Progress, texts, and one widget for each way of answering: the same for every page.

        Ways that the questionnaire has nothing for are left out: each widget costs a millisecond
        before the first question.
        """
        kinds = kinds_in(self.interview.questionnaire)
        yield Text(id="progress")
        yield Paragraph(id="introduction")
        yield Paragraph(id="lead")
        yield Paragraph(id="stem")
        yield Paragraph(id="hint")
        yield Paragraph(id="limits")
        yield Paragraph(id="caution")
        yield WrittenField()
        yield Choices()
        if MultiItem in kinds:
            yield Ticks()
        if RankingItem in kinds:
            yield Ranking()
        if MatrixItem in kinds:
            yield Grid()
        if RepeatItem in kinds:
            yield EntryRows()

    # --- what is shown ----------------------------------------------------------------------

    def show_page(self) -> None:
        """Draw the page of the moment from its beginning."""
        item, texts = self.interview.page.item, self._texts()
        self._find_places()
        self.gridded = self._fits_a_grid()
        for grid in self.query(Grid):
            grid.display = self.gridded
        offered = self._show_options(item)
        written = self.show_written(item)
        if self.gridded:
            self._show_grid()
        elif offered is not None and not written:
            offered.focus()
        for name, (text, style) in texts.items():
            self.query_one(f"#{name}", Paragraph).show(text, style)
        super().translate()  # before the lines are counted: the keys take some of them
        self._show_limits()
        self._fit(*(text for text, _ in texts.values() if text))
        self._show_progress()
        self.show_state()
        self.query_one("#body").scroll_home(animate=False, immediate=True)

    def _find_places(self) -> None:
        """Let Textual look up now where its widgets are. It does so once more when one is told to
        appear, and what it found with half of a page changed would cost one picture more."""
        for one in self.query(Offered):
            with suppress(NoWidget):
                self.find_widget(one)

    def show_answer(self) -> None:
        """Draw what an answer has changed on its page."""
        page = self.interview.page
        offered = self.offered
        if self.gridded and page.matrix is not None:
            self.query_one(Grid).mark(self._rows(page.matrix))
        elif offered is not None:
            offered.mark(self._options(page.item), self.interview.answer_to(page.item.id))
        self._show_limits()
        self._show_progress()
        self.show_state()
        self.query_one(KeyBar).show(self.all_hints())

    def _texts(self) -> dict[str, tuple[str, str]]:
        """What is read on the page, with its style, by the widget that says it."""
        page, say = self.interview.page, self.interview.say
        item, matrix = page.item, page.matrix
        introduction = page.section.introduction
        whole = matrix if matrix is not None else item
        stem = say(item.text)
        lead = say(matrix.text) if matrix is not None else ""
        if self._fits_a_grid():
            stem, lead = lead, ""
        return {
            "introduction": (say(introduction) if introduction else "", ""),
            "lead": (lead, ""),
            "stem": (stem, "" if isinstance(item, InfoItem) else "bold"),
            "hint": (say(whole.hint) if whole.hint else "", "$imf-muted"),
            "caution": (self._caution(item), ""),
        }

    def _caution(self, item: Item) -> str:
        """Beside a text; what is written beside an answer has a window with its own."""
        if not isinstance(item, TextItem):
            return ""
        return caution(self.interview.questionnaire, self.t)

    # --- options ----------------------------------------------------------------------------

    @property
    def offered(self) -> Offered | None:
        """The widget whose options are on the page; None where there are none."""
        return next((one for one in self.query(Offered) if one.display), None)

    @property
    def chooser(self) -> Offered | Grid | None:
        """The widget in which an answer is chosen."""
        return self.query_one(Grid) if self.gridded else self.offered

    def _show_options(self, item: Item) -> Offered | None:
        """Show the options of an item in the widget of its kind, and no other one."""
        kinds: dict[type[Item], type[Offered]] = {MultiItem: Ticks, RankingItem: Ranking}
        wanted = kinds.get(type(item), Choices)
        shown, options = None, self._options(item)
        for one in self.query(Offered):
            one.display = isinstance(one, wanted) and bool(options) and not self.gridded
            if one.display:
                one.show(options, self.interview.answer_to(item.id))
                shown = one
        return shown

    def _options(self, item: Item) -> tuple[Option, ...]:
        if isinstance(item, InfoItem | RepeatItem):
            return ()
        answer = self.interview.answer_to(item.id)
        return with_other(self.interview.options(item), answer, self.t)

    # --- a matrix ---------------------------------------------------------------------------

    def _rows(self, matrix: MatrixItem) -> list[GridRow]:
        interview = self.interview
        return [
            GridRow(row.id, interview.say(row.text), interview.answer_to(row.id))
            for row in interview.rows(matrix)
        ]

    def _show_grid(self) -> None:
        page, grid = self.interview.page, self.query_one(Grid)
        if page.matrix is None:
            raise TypeError("a grid on the page of something else")
        rows, options = self._rows(page.matrix), self.interview.options(page.item)
        airy = grid_lines(rows, options, self._width, airy=True)
        grid.show(rows, options, page.item.id, airy=airy is not None and airy <= self._room)
        grid.focus()

    def _fits_a_grid(self) -> bool:
        """Whether a matrix can be shown as a whole in this window."""
        page = self.interview.page
        if page.matrix is None or self.size.width < GRID_FROM:
            return False
        options = self.interview.options(page.item)
        lines = grid_lines(self._rows(page.matrix), options, self._width, airy=False)
        return lines is not None and lines <= self._room

    @property
    def _room(self) -> int:
        """Lines that are left for a grid."""
        section, matrix = self.interview.page.section, self.interview.page.matrix
        texts = (section.introduction, *((matrix.text, matrix.hint) if matrix else ()))
        said = [self.interview.say(text) for text in texts if text is not None]
        return self.size.height - self._lines_of(*said) - _GRID_LINES

    # --- room -------------------------------------------------------------------------------

    @property
    def _width(self) -> int:
        """Of the body, without its margins and the scroll bar."""
        return self.size.width - 4

    def _lines_of(self, *texts: str) -> int:
        """Lines of the frame and of some texts."""
        keys = self.query_one(KeyBar).lines_needed(self.size.width)
        return _FRAME_LINES + keys + sum(len(wrapped(text, self._width)) for text in texts)

    def _fit(self, *texts: str) -> None:
        """Leave the names of levels out where the page would not fit with them."""
        limits = self.query_one("#limits", Paragraph)
        used = self._lines_of(*texts) + limits.display + 1
        offered, needed = self.offered, 0
        if offered is not None:
            needed = offered.lines_needed(self._width, names=True)
            offered.name_levels(used + needed <= self.size.height)
        if self.query_one(WrittenField).display:
            needed += offered is not None  # the blank line between field and options
            # What is warned of is said below, in two lines rather than one.
            warned = self.query_one("#caution", Paragraph).display
            self.query_one(WrittenField).fit(self.size.height - used - needed - warned)
        needed += self.written_lines()
        # A bar that came or went only once all is laid out would cost two more pictures.
        body = self.query_one("#body", Body)
        body.show_vertical_scrollbar = used + needed > self.size.height
        roomy = self.gridded or used + needed + _ROOMY_LINES <= self.size.height
        for name, (top, bottom) in _ROOMY_MARGINS.items():
            # By themselves, not by a class: all styles of the page would be worked out anew.
            margin = (top, 0, bottom, 0) if roomy else (0, 0, 0, 0)
            self.query_one(f"#{name}").styles.margin = margin

    # --- how far, and what is still needed --------------------------------------------------

    def _show_limits(self) -> None:
        """How many choices are wanted and made; which row of a matrix this is."""
        page, t = self.interview.page, self.t
        item, codes = page.item, self.interview.answer_to(page.item.id).codes
        offered = sum(option.status == "answered" for option in self._options(item))
        words = last_time_words(item, self.sitting.last_time, t)
        if isinstance(item, MultiItem) and offered:
            words = multi_limits(item, offered, len(codes), t)
        elif isinstance(item, RankingItem) and offered:
            words = ranking_limits(item, offered, len(codes), t)
        elif page.matrix is not None:
            rows = [row.id for row in self.interview.rows(page.matrix)]
            words = t("Row {number} of {total}", number=rows.index(item.id) + 1, total=len(rows))
        self.query_one("#limits", Paragraph).show(words, "$imf-muted")

    def _show_progress(self) -> None:
        page, progress = self.interview.page, self.interview.progress
        filled = round(_BAR * progress.done / progress.total) if progress.total else 0
        where = self.t("{number} of {total}", number=page.number, total=progress.total)
        if isinstance(page.item, InfoItem):
            where = ""
        right = f"{where}  {'█' * filled}{'░' * (_BAR - filled)}"
        room = max(self._width - len(right) - 2, 1)
        section = shortened(self.interview.say(page.section.title), room)
        line = plain(section, "$text-accent").pad_right(max(0, room - len(section)))
        line = line.append(plain("  " + right, "$imf-muted"))
        if line.plain != self._progress:
            widget = self.query_one("#progress", Text)
            widget.update(line, layout=not widget.size.height)
            self._progress = line.plain

    def show_state(self) -> None:
        """The message: what is still needed, else what was written beside the answer."""
        item = self.interview.page.item
        answer = self.interview.answer_to(item.id)
        objections = [
            one
            for one in self.interview.objections(item)
            if answer.given or one.severity == "warn"  # of silence nothing is said yet
        ]
        if objections:
            self.say("! " + self.words_of(objections[0]), "$text-warning")
            return
        if isinstance(item, ChoosingItem) and not any(
            option.status == "answered" for option in self.interview.options(item)
        ):
            self.say("! " + nothing_offered(item, self.interview, self.t))
            return
        beside = [
            formats.labelled(label, text, self.t.language)
            for label, text in (
                (self.t("Reason"), answer.reason if answer.status == "na" else ""),
                (self.t("Evidence"), answer.evidence),
                (self.t("Comment"), answer.comment),
            )
            if text
        ]
        words = "  ".join((*filter(None, [criteria_words(item, answer, self.t)]), *beside))
        self.say(shortened(words, max(self.size.width - 2, 1)))

    def words_of(self, objection: Objection) -> str:
        """An objection in the language of the moment."""
        return describe(objection, self.t)


def kinds_in(questionnaire: Questionnaire) -> frozenset[type[SectionItem]]:
    """The kinds of items that a questionnaire has, also within its lists of entries."""
    items = [item for section in questionnaire.sections for item in section.items]
    inside = [one for item in items if isinstance(item, RepeatItem) for one in item.items]
    return frozenset(type(item) for item in (*items, *inside))
