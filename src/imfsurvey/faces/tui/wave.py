"""One wave: its questionnaires, how far each is, and the way into them."""

from __future__ import annotations

import datetime
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content

from imfsurvey.faces.named_sitting import NamedSitting
from imfsurvey.faces.tui.chrome import Hint, Paragraph
from imfsurvey.faces.tui.interview import InterviewScreen
from imfsurvey.faces.tui.opened import OpenedScreen
from imfsurvey.faces.tui.raters import RatersScreen
from imfsurvey.faces.tui.respondents import HandOverScreen
from imfsurvey.faces.tui.results import ResultsScreen
from imfsurvey.faces.tui.rows import Rows
from imfsurvey.faces.tui.settled import Text
from imfsurvey.faces.tui.text import plain, shortened
from imfsurvey.faces.turns import SurveyTurns
from imfsurvey.faces.words import rater_word, status_word
from imfsurvey.i18n.describe import describe
from imfsurvey.i18n.errors import ImfsurveyError
from imfsurvey.interview import Interview
from imfsurvey.questionnaire import Questionnaire
from imfsurvey.study.assessment import Assessment, Draft
from imfsurvey.study.folder import Study
from imfsurvey.study.kinds import RATERS, Rater
from imfsurvey.study.life import closed_before, results
from imfsurvey.study.raters import require_own_first
from imfsurvey.study.wave import Wave

_TITLE_WIDTH = 44


class WaveScreen(OpenedScreen):
    """The questionnaires of a wave, for one rater."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "rater", show=False),
        Binding("r", "results", show=False),
        Binding("s", "side_by_side", show=False),
        Binding("left", "leave", show=False),
    ]

    def __init__(
        self, study: Study, wave: Wave, rater: Rater, begin: Questionnaire | None = None
    ) -> None:
        super().__init__()
        self._study, self._wave, self._rater, self._begin = study, wave, rater, begin

    def compose_body(self) -> ComposeResult:
        """Who answers, then the list."""
        yield Text(id="summary")
        yield Rows()
        yield Paragraph(id="text")

    def on_mount(self) -> None:
        """Straight into a questionnaire when one was asked for."""
        super().on_mount()
        self.query_one(Rows).focus()
        self._highlight_next()
        if self._begin is not None:
            self._open(self._begin)

    def translate(self) -> None:
        """All words in the language of the moment."""
        super().translate()
        self._list()

    def title_text(self) -> str:
        """The entity and the wave."""
        return f"{self._study.file.entity.name} – {self._wave.file.label.say(self.app.language)}"

    def hints(self) -> tuple[Hint, ...]:
        """Answer, change role, results."""
        t = self.t
        return (
            Hint("↑↓ Enter", t("Answer"), "screen.open_item"),
            Hint("A", t("Other role"), "screen.rater"),
            Hint("S", t("Side by side"), "screen.side_by_side"),
            Hint("R", t("Results"), "screen.results"),
            *self.back_hints(),
        )

    def help_text(self) -> str:
        """What a role is, what is kept."""
        return self.t(
            "The self-assessment has one part for each pillar, and one for ethical leadership. "
            "Each rater (mandate holder, integrity officer, others) answers apart: A changes the "
            "role. Answers are saved at once; a finished part can be changed as long as the wave "
            "is open. Who has finished sees the others with S and can agree with them. The staff "
            "survey is anonymous and has no role."
        )

    # --- drawing ----------------------------------------------------------------------------

    def _list(self) -> None:
        questionnaires = self._wave.questionnaires.values()
        self.query_one(Rows).show([(one.id, self._row(one)) for one in questionnaires])
        self.query_one("#summary", Text).update(
            Content.assemble(
                plain(self.t("You answer as: ")),
                plain(rater_word(self._rater, self.t), "bold"),
                plain("  ·  " + status_word(self._wave.file.status, self.t), "$imf-muted"),
            )
        )

    def _row(self, questionnaire: Questionnaire) -> Content:
        title = shortened(questionnaire.questionnaire.title.say(self.app.language), _TITLE_WIDTH)
        state, done = self._state(questionnaire)
        return Content.assemble(
            ("✓ " if done else "· ", ""),
            plain(title).pad_right(max(0, _TITLE_WIDTH - Content(title).cell_length)),
            "  ",
            plain(state),
        )

    def _state(self, questionnaire: Questionnaire) -> tuple[str, bool]:
        """How far a questionnaire is, in words, and whether it is finished."""
        if questionnaire.anonymous:
            return self.t("anonymous, several people"), False
        try:
            draft = Assessment(self._wave).draft(questionnaire, self._rater)
            if draft is None:
                return self.t("not begun"), False
            if draft.finished:
                return self.t("finished"), True
            return self._counted(questionnaire, draft), False
        except ImfsurveyError as error:
            self.complain(error)
            return self.t("cannot be read"), False

    def _counted(self, questionnaire: Questionnaire, draft: Draft) -> str:
        """How many items are done. Raises `InputError` for answers that it does not take."""
        interview = Interview(
            questionnaire,
            self._wave.framework,
            self.app.language,
            groups=self._wave.groups,
            answers=draft.answers,
            today=draft.day or datetime.date.today(),
        )
        progress = interview.progress
        return self.t("{done} of {total}", done=progress.done, total=progress.total)

    def complain(self, error: ImfsurveyError) -> None:
        """Say it where the description of the questionnaire stands."""
        words = f"! {error.code}: {describe(error, self.t)}"
        self.query_one("#text", Paragraph).show(words, "$text-error")

    def _highlight_next(self) -> None:
        """The cursor on the first part that is not finished."""
        states = [self._state(one)[1] for one in self._wave.questionnaires.values()]
        self.query_one(Rows).go_to(states.index(False) if False in states else 0)

    # --- what the keys do -------------------------------------------------------------------

    @on(Rows.Selected)
    def _selected(self, message: Rows.Selected) -> None:
        self._open(self._wave.questionnaire(message.row_id))

    def action_open_item(self) -> None:
        """Into the questionnaire under the cursor."""
        self.query_one(Rows).action_select()

    def _open(self, questionnaire: Questionnaire) -> None:
        self.query_one("#text", Paragraph).show("")
        try:
            self._wave.require("open")
            if questionnaire.anonymous:
                turns = SurveyTurns(self._wave, questionnaire)
                self.app.push_screen(HandOverScreen(turns), self._returned)
                return
            sitting = NamedSitting(self._wave, questionnaire, self._rater, self.app.language)
            sitting.keep()
        except ImfsurveyError as error:
            self.complain(error)
            return
        self.app.push_screen(InterviewScreen(sitting), self._returned)

    def _returned(self, _: bool | None) -> None:
        self.translate()
        self._highlight_next()

    def action_rater(self) -> None:
        """Answer as somebody else."""
        self._rater = RATERS[(RATERS.index(self._rater) + 1) % len(RATERS)]
        self.translate()
        self._highlight_next()

    def action_side_by_side(self) -> None:
        """What each rater said, once the own part is finished, and agreeing on it."""
        try:
            screen = RatersScreen(self._study, self._wave, self._rater)
        except ImfsurveyError as error:
            self.complain(error)
            return
        self.app.push_screen(screen)

    def action_results(self) -> None:
        """The figures of the wave."""
        study, wave, today = self._study, self._wave, datetime.date.today()
        try:
            found = results(study, wave, today, self._rater)
            require_own_first(found.figures, self._rater)
            earlier = [results(study, one, today) for one in closed_before(study, wave)]
        except ImfsurveyError as error:
            self.complain(error)
            return
        self.app.push_screen(ResultsScreen(found, *earlier))
