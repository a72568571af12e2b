"""The criteria of a rating: a window with what must be there before each level may be claimed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from imfsurvey.faces.said import criteria_words
from imfsurvey.faces.tui.chrome import Hint, KeyBar, Paragraph
from imfsurvey.faces.tui.offered import Offered
from imfsurvey.faces.tui.settled import Body, Pane, Window
from imfsurvey.faces.tui.ticks import Checklist
from imfsurvey.i18n import formats
from imfsurvey.interview import Answer, Interview, Option
from imfsurvey.questionnaire import MaturityItem

if TYPE_CHECKING:
    from imfsurvey.faces.tui.app import SurveyApp


class CriteriaDialog(Window[None]):
    """A checklist, lowest level first. Every tick is recorded at once; `changed` is told of it."""

    app: SurveyApp
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,k", "cancel", show=False),
    ]

    def __init__(
        self, interview: Interview, item: MaturityItem, changed: Callable[[], None]
    ) -> None:
        super().__init__()
        self._interview, self._item, self._changed = interview, item, changed

    def compose(self) -> ComposeResult:
        """How many are met, the list, the keys."""
        t = self.app.t
        with Pane(classes="dialog"):
            yield Paragraph(id="title")
            with Body(classes="dialog-body"):
                yield Checklist()
            yield KeyBar(
                (
                    Hint(t("Space"), t("Tick"), "screen.tick"),
                    Hint("Enter", t("Close"), "screen.cancel"),
                )
            )

    def on_mount(self) -> None:
        """The cursor on the first criterion."""
        interview = self._interview
        names = {one.level: one.name.say(interview.language) for one in interview.framework.levels}
        criteria = sorted(self._item.criteria, key=lambda one: one.level)
        options = [
            Option("answered", one.id, interview.say(one.text), key=str(n) if n < 10 else "")
            for n, one in enumerate(criteria, start=1)
        ]
        t = self.app.t
        headings = [
            formats.labelled(t("Level {level}", level=one.level), names[one.level], t.language)
            for one in criteria
        ]
        checklist = self.query_one(Checklist)
        checklist.list_checks(options, headings, self._met())
        checklist.cursor = 0
        checklist.focus()
        self._count()

    def _met(self) -> Answer:
        return Answer("answered", self._interview.answer_to(self._item.id).criteria)

    def _count(self) -> None:
        answer = self._interview.answer_to(self._item.id)
        words = criteria_words(self._item, answer, self.app.t)
        self.query_one("#title", Paragraph).show(words, "bold")

    @on(Offered.Chosen)
    def _tick(self, message: Offered.Chosen) -> None:
        self._interview.meet(self._item.id, str(message.option.value))
        checklist = self.query_one(Checklist)
        checklist.mark(checklist.options, self._met())
        self._count()
        self._changed()

    def action_tick(self) -> None:
        """Tick or untick the one under the cursor."""
        self.query_one(Checklist).choose_cursor()

    def action_cancel(self) -> None:
        """Back to the page; what was ticked stays."""
        self.dismiss(None)
