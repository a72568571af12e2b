"""The interview on the screen: one item a page, in 80 columns and 24 lines."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType

from imfsurvey.faces.aside_words import aside_promise
from imfsurvey.faces.said import says_other, topic_help
from imfsurvey.faces.sitting import EntrySitting, Sitting
from imfsurvey.faces.tui.chrome import EVERYWHERE, Hint
from imfsurvey.faces.tui.grid import Grid
from imfsurvey.faces.tui.keys import how_to, page_hints
from imfsurvey.faces.tui.leaving import LeavingPages
from imfsurvey.faces.tui.offered import Offered, code_of
from imfsurvey.faces.tui.ranking import Ranking
from imfsurvey.i18n.describe import describe
from imfsurvey.i18n.errors import ImfsurveyError, InputError
from imfsurvey.interview import Objection, Option
from imfsurvey.questionnaire import OTHER, MaturityItem, MultiItem, RankingItem, RepeatItem


class InterviewScreen(LeavingPages):
    """Walks through one questionnaire. Dismissed when it is left or finished."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go_on", show=False),
        Binding("right,pagedown", "later", show=False),
        Binding("left,pageup", "back", show=False),
        Binding("backspace,delete", "clear", show=False),
        Binding("tab", "other_answers", show=False),
        Binding("e,f5", "side('evidence')", show=False),
        Binding("c,f4", "side('comment')", show=False),
        Binding("w", "side('other')", show=False),
        Binding("k", "criteria", show=False),
        *EVERYWHERE,
        Binding("f3,o", "review", show=False),
        Binding("f6", "put_aside", show=False),
        Binding("escape,ctrl+q", "leave", show=False),
    ]

    def __init__(self, sitting: Sitting) -> None:
        super().__init__()
        self.sitting = sitting
        self.interview = sitting.interview
        self._blank_warned = False
        self._confirmed: tuple[Objection, ...] = ()
        """Warnings that were said and need only another Enter."""

    def on_resize(self) -> None:
        """Lay the page out anew."""
        if self.outgrown:
            self.show_page()

    def on_screen_resume(self) -> None:
        """Back from the review page, perhaps at another item."""
        if self.is_mounted:
            self.show_page()

    # --- words ------------------------------------------------------------------------------

    def translate(self) -> None:
        """The page in the language of the moment; answers stay."""
        self.take_over()  # a number is read with the marks of the language it was typed in
        self.interview.speak(self.app.language)
        self.show_page()

    def languages(self) -> tuple[str, ...]:
        """Those of the questionnaire."""
        return tuple(self.interview.questionnaire.questionnaire.languages)

    def title_text(self) -> str:
        """The questionnaire's title."""
        return self.interview.say(self.interview.questionnaire.questionnaire.title)

    def hints(self) -> tuple[Hint, ...]:
        """The keys that work on this page."""
        t = self.t
        return (
            *page_hints(self.interview, t, grid=self.gridded),
            Hint("F3", t("Overview"), "screen.review"),
            *self.aside_hints(),
            *self.last_hints(self.leave_word()),
        )

    def help_text(self) -> str:
        """How to answer, and the item's own longer help."""
        t, page = self.t, self.interview.page
        item = page.item
        parts = [how_to(item, t, grid=self.gridded)]
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
        if self.sitting.aside is not None:
            parts.append(aside_promise(t))
        helped = page.matrix if page.matrix is not None else item
        if helped.help is not None:
            parts.insert(0, self.interview.say(helped.help))
        if isinstance(item, MaturityItem):
            parts = [*topic_help(item, self.interview, t), *parts]
        return "\n\n".join(parts)

    # --- answering --------------------------------------------------------------------------

    @on(Offered.Chosen)
    def _chosen(self, message: Offered.Chosen) -> None:
        self._choose(message.option)
        answer = self.interview.answer_to(self.interview.page.item.id)
        if message.option.value == OTHER and says_other(answer):
            self.action_side("other")

    def _choose(self, option: Option) -> bool:
        """Record, tick or rank an option; what keeps it from that is said."""
        item = self.interview.page.item
        try:
            if option.status != "answered":
                self.interview.record(item.id, option.status)
                self.drop_typed()
            elif isinstance(item, MultiItem | RankingItem):
                self.interview.toggle(item.id, code_of(option))
            else:
                self.interview.record(item.id, option.status, option.value)
        except InputError as error:
            self.say(f"! {describe(error, self.t)}", "$text-warning")
            if self.chooser is not None:
                self.chooser.redraw()
            return False
        self.after_answer()
        return True

    @on(Ranking.Moved)
    def _moved(self, message: Ranking.Moved) -> None:
        item = self.interview.page.item
        if self.interview.move(item.id, code_of(message.option), message.step):
            self.after_answer()

    @on(Grid.Chosen)
    def _chosen_in_grid(self, message: Grid.Chosen) -> None:
        self.interview.go_to(message.item_id)
        self._choose(message.option)

    @on(Grid.RowAsked)
    def _row_asked(self, message: Grid.RowAsked) -> None:
        self.interview.go_to(message.item_id)
        self._turned()

    def after_answer(self) -> None:
        """Show and keep what was said."""
        self._blank_warned = False
        self._confirmed = ()
        self.show_answer()
        self._keep()

    def _keep(self) -> None:
        try:
            self.sitting.keep()
        except ImfsurveyError as error:
            self.complain(error)

    def action_choose(self) -> None:
        """Choose what the cursor stands on, by mouse."""
        chooser = self.chooser
        if chooser is not None:
            chooser.ensure_cursor()
            chooser.choose_cursor()

    def action_rank(self, step: int) -> None:
        """Move what has a rank, by mouse."""
        self.query_one(Ranking).ask_to_move(step)

    def action_row(self, step: int) -> None:
        """To another statement of a matrix, by mouse."""
        self.query_one(Grid).ask_for_row(step)

    def action_clear(self) -> None:
        """Take the answer back."""
        item = self.interview.page.item
        shown = self.gridded or self.offered is not None
        if shown and self.interview.answer_to(item.id).given:
            self.interview.clear(item.id)
            self.drop_typed()
            self.after_answer()

    # --- from page to page ------------------------------------------------------------------

    def action_go_on(self) -> None:
        """Choose what the cursor stands on, if nothing else is, and go on when all is said."""
        if not self._take_cursor() or not self.settled(leaving=False):
            return
        item = self.interview.page.item
        objections = self.interview.objections(item)
        errors = [one for one in objections if one.severity == "error"]
        if errors:
            self._settle(errors[0])
        elif objections and self._confirmed != objections:
            self._confirmed = objections
            words = self.words_of(objections[0])
            self.say(f"! {words} {self.t('Press Enter again to keep it.')}", "$text-warning")
        elif self.interview.state(item) == "skipped" and not self._blank_warned:
            self._blank_warned = True
            self.say(self.t("No answer chosen. Press Enter again to leave it open."))
        else:
            self.forward()

    def _take_cursor(self) -> bool:
        """Choose the cursor's option where one of several is chosen; False when that stops here."""
        item = self.interview.page.item
        chooser = self.chooser
        if chooser is None or not chooser.has_focus or isinstance(item, MultiItem | RankingItem):
            return True
        option = chooser.under_cursor
        if option is None or chooser.cursor_is_chosen:
            return True
        if not self._choose(option):
            return False
        answer = self.interview.answer_to(item.id)
        if says_other(answer) and not answer.other:
            self.write("other", self.t("Say in your own words what it is."), and_go_on=True)
            return False
        return True

    def _settle(self, objection: Objection) -> None:
        if objection.side is None:
            self.say("! " + self.words_of(objection), "$text-warning")
            return
        self.write(objection.side, self.words_of(objection), and_go_on=True)

    def action_later(self) -> None:
        """On to the next page, whatever is still open on this one."""
        if not self.settled():
            return
        if self.gridded:
            self._to_the_end_of_the_matrix(self.interview.forward)
        self.forward()

    def forward(self) -> None:
        """On to the next page."""
        if not self.interview.forward():
            self.at_the_end()
            return
        self._turned()

    def at_the_end(self) -> None:
        """After the last page comes the list of all."""
        self.action_review()

    def action_back(self) -> None:
        """One page back."""
        if not self.settled():
            return
        if self.gridded:
            self._to_the_end_of_the_matrix(self.interview.back)
        if self.interview.back():
            self._turned()

    def _to_the_end_of_the_matrix(self, step: Callable[[], bool]) -> None:
        """A grid is left as a whole: go to its last row in one direction."""
        matrix, here = self.interview.page.matrix, self.interview.page.item.id
        while self.interview.page.matrix == matrix:
            here = self.interview.page.item.id
            if not step():
                return
        self.interview.go_to(here)

    def _turned(self) -> None:
        """Another page: show it, and remember it."""
        self._blank_warned = False
        self._confirmed = ()
        self.show_page()
        self.keep_place()

    def keep_place(self) -> None:
        """Remember the page that is open, once something was said."""
        if self.interview.answers:
            self._keep()

    # --- elsewhere --------------------------------------------------------------------------

    def action_review(self) -> None:
        """The list of all items."""
        if not self.settled():
            return
        from imfsurvey.faces.tui.review import ReviewScreen  # behind the first question

        self.app.push_screen(ReviewScreen(self.sitting), self._reviewed)

    def _reviewed(self, finished: bool | None) -> None:
        if finished:
            self.dismiss(True)
        else:
            self._turned()

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
