"""The pages of the policy: an interview that can take over what the study knows."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.binding import Binding, BindingType

from imfsurvey.faces.named_sitting import PolicySitting
from imfsurvey.faces.tui.chrome import Hint
from imfsurvey.faces.tui.interview import InterviewScreen
from imfsurvey.faces.tui.picking import PickDialog
from imfsurvey.faces.tui.written import PageWriting
from imfsurvey.i18n.describe import describe
from imfsurvey.i18n.errors import InputError
from imfsurvey.interview.dates import shown_date
from imfsurvey.questionnaire import DateItem, RepeatItem
from imfsurvey.study.policy.suggestions import Suggestion, Suggestions


class PolicyInterviewScreen(InterviewScreen):
    """F8 takes over a suggestion; nothing is taken over by itself."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("f8", "take_over_suggestion", show=False)]

    def __init__(self, sitting: PolicySitting, offered: Callable[[str], Suggestions]) -> None:
        super().__init__(sitting)
        self._offered = offered

    @property
    def _suggestions(self) -> tuple[Suggestion, ...]:
        """What could be taken over on this page."""
        offered = self._offered(self.interview.language)
        return offered.open(self.interview, self.interview.page.item.id)

    def hints(self) -> tuple[Hint, ...]:
        """The keys of the page, and F8 where there is something to take over."""
        first, *others = super().hints()
        if not self._suggestions:
            return (first, *others)
        return (first, Hint("F8", self.t("Suggestion"), "screen.take_over_suggestion"), *others)

    def show_page(self) -> None:
        """Draw the page, and say what the study suggests for it."""
        super().show_page()
        found = self._suggestions
        if not found:
            return
        if isinstance(self.interview.page.item, RepeatItem):
            words = self.t.plural(
                "From the study: {n} suggestion, F8 shows it.",
                "From the study: {n} suggestions, F8 shows them.",
                len(found),
            )
        else:
            words = self.t("From the study: {words} (F8 takes it over)", words=found[0].words)
        self.say(words)

    def action_take_over_suggestion(self) -> None:
        """A text into the field, to be confirmed or changed; of a list, one entry is picked."""
        found, item = self._suggestions, self.interview.page.item
        if not found:
            return
        if isinstance(item, RepeatItem):
            rows = [(str(number), one.words) for number, one in enumerate(found)]
            dialog = PickDialog(self.t("From the study"), rows, text=self.t("Which one?"))
            self.app.push_screen(dialog, lambda taken: self._take_entry(item, found, taken))
            return
        value = found[0].value
        area = self.query_one(PageWriting)
        area.text = shown_date(value) if isinstance(item, DateItem) else value
        area.move_cursor(area.document.end)
        self.say(self.t("Taken over: change it as you like, then press Enter."))

    def _take_entry(
        self, repeat: RepeatItem, found: tuple[Suggestion, ...], taken: str | None
    ) -> None:
        entry = found[int(taken)].entry if taken is not None else None
        if entry is None:
            return
        entries = self.interview.answer_to(repeat.id).entries
        try:
            self.interview.record(repeat.id, "answered", (*entries, entry))
        except InputError as error:
            self.say(f"! {describe(error, self.t)}", "$text-warning")
            return
        self.after_answer()
        self.open_entry(repeat, entry.id)
