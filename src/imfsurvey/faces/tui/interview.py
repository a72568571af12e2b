"""The interview on the screen: one item a page, in 80 columns and 24 lines."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from imfsurvey.faces.tui.choices import Choices
from imfsurvey.faces.tui.chrome import Hint, Paragraph
from imfsurvey.faces.tui.dialogs import Question, WritingDialog
from imfsurvey.faces.tui.entries import EntryRows
from imfsurvey.faces.tui.pages import WrittenPages
from imfsurvey.faces.tui.review import ReviewScreen
from imfsurvey.faces.tui.sitting import EntrySitting, Sitting
from imfsurvey.faces.tui.text import plain, shortened, wrapped
from imfsurvey.faces.tui.written import WrittenField
from imfsurvey.i18n import formats
from imfsurvey.i18n.describe import describe
from imfsurvey.i18n.errors import ImfsurveyError
from imfsurvey.interview import Objection
from imfsurvey.interview.answers import Side
from imfsurvey.questionnaire import InfoItem, MaturityItem, RepeatItem, SingleItem

_BAR = 20
_FRAME_LINES = 5
"""Title, progress, message and two lines of keys."""

_ROOMY_LINES = 3
"""Blank lines that a page gets where there is room for them."""


class InterviewScreen(WrittenPages):
    """Walks through one questionnaire. Dismissed when it is left or finished."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go_on", show=False),
        Binding("right,pagedown", "later", show=False),
        Binding("left,pageup", "back", show=False),
        Binding("backspace,delete", "clear", show=False),
        Binding("e", "side('evidence')", show=False),
        Binding("c", "side('comment')", show=False),
        Binding("f1,question_mark", "help", show=False),
        Binding("f2,l", "language", show=False),
        Binding("f3,o", "review", show=False),
        Binding("escape,ctrl+q", "leave", show=False),
    ]

    def __init__(self, sitting: Sitting) -> None:
        super().__init__()
        self.sitting = sitting
        self.interview = sitting.interview
        self._blank_warned = False

    def compose_body(self) -> ComposeResult:
        """Progress, stem, hint, options: the same widgets for every page."""
        yield Static(id="progress")
        yield Paragraph(id="introduction")
        yield Paragraph(id="stem")
        yield Paragraph(id="hint")
        yield Choices()
        yield WrittenField()
        yield EntryRows()

    def on_mount(self) -> None:
        """Show the page that the draft was left at."""
        super().on_mount()

    def on_resize(self) -> None:
        """Lay the page out anew."""
        self._show_page()

    def on_screen_resume(self) -> None:
        """Back from the review page, perhaps at another item."""
        if self.is_mounted:
            self._show_page()

    # --- words ------------------------------------------------------------------------------

    def translate(self) -> None:
        """The page in the language of the moment; answers stay."""
        self.interview.speak(self.app.language)
        super().translate()
        self._show_page()

    def languages(self) -> tuple[str, ...]:
        """Those of the questionnaire."""
        return tuple(self.interview.questionnaire.questionnaire.languages)

    def title_text(self) -> str:
        """The questionnaire's title."""
        return self.interview.questionnaire.questionnaire.title.say(self.app.language)

    def hints(self) -> tuple[Hint, ...]:
        """The keys that work on this page."""
        t, item = self.t, self.interview.page.item
        hints = [
            *self.page_hints(item),
            Hint("F3", t("Overview"), "screen.review"),
            Hint("F2", t("Language"), "screen.language"),
            Hint("F1", t("Help"), "screen.help"),
            Hint("Esc", self.leave_word(), "screen.leave"),
        ]
        return tuple(hints)

    def help_text(self) -> str:
        """How to answer, and the item's own longer help."""
        t, item = self.t, self.interview.page.item
        parts = [self.how_to(item)]
        if self.sitting.resumable:
            parts.append(
                t("Every answer is saved at once. You can leave at any moment and go on later.")
            )
        else:
            parts.append(
                t(
                    "Nothing is stored before you send your answers at the end; then only the "
                    "answers are stored: no name, no time, no order, no language."
                )
            )
        if item.help is not None:
            parts.insert(0, item.help.say(self.app.language))
        if isinstance(item, MaturityItem):
            parts = [*self._topic_help(item), *parts]
        return "\n\n".join(parts)

    def _topic_help(self, item: MaturityItem) -> list[str]:
        """What the topic is, why it matters, what an inspector would accept as evidence."""
        t, language = self.t, self.app.language
        topic = self.interview.framework.topic_by_id[item.topic]
        told = [
            (t("What it is"), topic.explanation),
            (t("Why it matters"), topic.why),
            (t("The risk"), topic.risk),
        ]
        parts = [
            formats.labelled(label, text.say(language), language)
            for label, text in told
            if text is not None
        ]
        if item.evidence_kinds:
            kinds = "\n".join(f"· {kind.say(language)}" for kind in item.evidence_kinds)
            parts.append(formats.labelled(t("Evidence that counts"), f"\n{kinds}", language))
        return parts

    # --- drawing ----------------------------------------------------------------------------

    def _show_page(self) -> None:
        interview, language = self.interview, self.app.language
        item = interview.page.item
        choices = self.query_one(Choices)
        choices.show(interview.options(item), interview.answer_to(item.id))
        written = self.show_written(item)
        choices.display = not written and not isinstance(item, InfoItem)
        if choices.display:
            choices.focus()
        stem, hint = item.text.say(language), item.hint.say(language) if item.hint else ""
        introduction = interview.page.section.introduction
        opening = introduction.say(language) if introduction else ""
        style = "" if isinstance(item, InfoItem) else "bold"
        self.query_one("#introduction", Paragraph).show(opening)
        self.query_one("#stem", Paragraph).show(stem, style)
        self.query_one("#hint", Paragraph).show(hint, "$imf-muted")
        self._fit(*(text for text in (opening, stem, hint) if text))
        self._show_progress()
        self._show_state()
        self.query_one("#body").scroll_home(animate=False)
        super().translate()

    def _fit(self, *texts: str) -> None:
        """Leave the names of levels out where the page would not fit with them."""
        width = self.size.width - 4
        used = _FRAME_LINES + 1 + sum(len(wrapped(text, width)) for text in texts)
        choices = self.query_one(Choices)
        needed = choices.lines_needed(width, names=True) + self.written_lines()
        choices.name_levels(used + needed <= self.size.height)
        roomy = used + needed + _ROOMY_LINES <= self.size.height
        self.query_one("#body").set_class(roomy, "roomy")

    def _show_progress(self) -> None:
        page, progress = self.interview.page, self.interview.progress
        filled = round(_BAR * progress.done / progress.total) if progress.total else 0
        where = self.t("{number} of {total}", number=page.number, total=progress.total)
        if isinstance(page.item, InfoItem):
            where = ""
        right = f"{where}  {'█' * filled}{'░' * (_BAR - filled)}"
        room = max(self.size.width - 4 - len(right) - 2, 1)
        section = shortened(page.section.title.say(self.app.language), room)
        line = plain(section, "$text-accent").pad_right(max(0, room - len(section)))
        self.query_one("#progress", Static).update(line.append(plain("  " + right, "$imf-muted")))

    def _show_state(self) -> None:
        """The message line: what is still needed, else what was written beside the answer."""
        item = self.interview.page.item
        answer = self.interview.answer_to(item.id)
        objections = self.interview.objections(item) if answer.given else ()
        if objections:
            self.say("! " + self._words(objections[0]), "$text-warning")
            return
        if isinstance(item, SingleItem) and not self.interview.options(item):
            self.say("! " + self.t("Nothing to choose from yet: fill in that list first."))
            return
        written = [
            formats.labelled(label, text, self.t.language)
            for label, text in (
                (self.t("Reason"), answer.reason if answer.status == "na" else ""),
                (self.t("Evidence"), answer.evidence),
                (self.t("Comment"), answer.comment),
            )
            if text
        ]
        self.say("  ".join(written))

    def _words(self, objection: Objection) -> str:
        return self.t(objection.template, **objection.params)

    # --- what the keys do -------------------------------------------------------------------

    @on(Choices.Chosen)
    def _record(self, message: Choices.Chosen) -> None:
        option = message.option
        self.interview.record(self.interview.page.item.id, option.status, option.value)
        self.after_answer()

    def after_answer(self) -> None:
        """Show and keep what was said."""
        self._blank_warned = False
        item = self.interview.page.item
        self.query_one(Choices).mark(self.interview.answer_to(item.id))
        self._show_progress()
        self._show_state()
        self._keep()

    def _keep(self) -> None:
        try:
            self.sitting.keep()
        except ImfsurveyError as error:
            self.say(f"! {error.code}: {describe(error, self.t)}", "$text-error")

    def action_go_on(self) -> None:
        """Choose what the cursor stands on, if it is not chosen yet, and go on when all is said."""
        item = self.interview.page.item
        choices = self.query_one(Choices)
        option = choices.under_cursor
        if option is not None and not choices.cursor_is_chosen and choices.display:
            self.interview.record(item.id, option.status, option.value)
            self.after_answer()
        if not self.settled(leaving=False):
            return
        objections = self.interview.objections(item)
        if objections:
            self._settle(objections[0])
        elif self.interview.state(item) == "skipped" and not self._blank_warned:
            self._blank_warned = True
            self.say(self.t("No answer chosen. Press Enter again to leave it open."))
        else:
            self._forward()

    def _settle(self, objection: Objection) -> None:
        if objection.side is None:
            self.say("! " + self._words(objection), "$text-warning")
            return
        self._write(objection.side, self._words(objection), and_go_on=True)

    def action_later(self) -> None:
        """On to the next page, whatever is still open on this one."""
        if self.settled():
            self._forward()

    def _forward(self) -> None:
        self._blank_warned = False
        if not self.interview.forward():
            self.at_the_end()
            return
        self._show_page()
        self._keep_place()

    def at_the_end(self) -> None:
        """After the last page comes the list of all."""
        self.action_review()

    def action_back(self) -> None:
        """One page back."""
        self._blank_warned = False
        if self.settled() and self.interview.back():
            self._show_page()
            self._keep_place()

    def _keep_place(self) -> None:
        if self.interview.answers:
            self._keep()

    def action_clear(self) -> None:
        """Take the answer back."""
        item = self.interview.page.item
        if self.query_one(Choices).display and self.interview.answer_to(item.id).given:
            self.interview.clear(item.id)
            self.after_answer()
            self.query_one(Choices).show(
                self.interview.options(item), self.interview.answer_to(item.id)
            )

    def action_side(self, side: Side) -> None:
        """Write evidence or a comment."""
        if self.interview.side_limit(self.interview.page.item, side):
            prompts: dict[Side, str] = {
                "evidence": self.t("What shows it? Name documents, dates, figures."),
                "comment": self.t("A remark for yourself and for the report's makers."),
                "reason": self.t("Say why this is not applicable."),
            }
            self._write(side, prompts[side], and_go_on=False)

    def _write(self, side: Side, text: str, *, and_go_on: bool) -> None:
        item = self.interview.page.item
        answer = self.interview.answer_to(item.id)
        titles: dict[Side, tuple[str, str]] = {
            "evidence": (self.t("Evidence"), answer.evidence),
            "comment": (self.t("Comment"), answer.comment),
            "reason": (self.t("Reason"), answer.reason),
        }
        title, before = titles[side]

        def written(new: str | None) -> None:
            if new is None:
                return
            self.interview.note(item.id, side, new)
            self.after_answer()
            if and_go_on and not self.interview.objections(item):
                self._forward()

        limit = self.interview.side_limit(item, side)
        self.app.push_screen(WritingDialog(title, text, before, limit), written)

    def action_review(self) -> None:
        """The list of all items."""
        if not self.settled():
            return
        self.app.push_screen(ReviewScreen(self.sitting), self._reviewed)

    def _reviewed(self, finished: bool | None) -> None:
        if finished:
            self.dismiss(True)
        else:
            self._show_page()
            self._keep_place()

    def action_leave(self) -> None:
        """Leave: a named draft is kept, an anonymous response is dropped after a question."""
        if not self.settled():
            return
        if self.sitting.resumable:
            self._keep_place()
            self.dismiss(None)
            return

        def answered(leave: bool | None) -> None:
            if leave:
                self.dismiss(None)

        self.app.push_screen(
            Question(
                self.t("Leave without sending?"),
                self.t("Your answers are not stored: nothing of them will be kept."),
                self.t("Leave"),
                self.t("Stay"),
            ),
            answered,
        )

    def open_entry(self, repeat: RepeatItem, entry_id: str) -> None:
        """Show the pages of an entry, then its list again."""
        sitting = EntrySitting(self.sitting, repeat, entry_id)
        self.app.push_screen(EntryScreen(sitting), lambda _: self.returned(repeat, entry_id))


class EntryScreen(InterviewScreen):
    """Walks through one entry of a repeat. What was typed is kept, however it is left."""

    def __init__(self, sitting: EntrySitting) -> None:
        super().__init__(sitting)
        self._entry = sitting.entry

    def title_text(self) -> str:
        """The questionnaire and the entry."""
        return f"{super().title_text()} – {self._entry.name}"

    def leave_word(self) -> str:
        """What Escape does."""
        return self.t("To the list")

    def at_the_end(self) -> None:
        """After the last field comes the list of entries."""
        self.dismiss(True)
