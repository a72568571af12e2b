"""Home: the study at a glance, its waves, and the next step of the cycle in words."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content

from imfsurvey.faces.dashboard_lines import dashboard_lines
from imfsurvey.faces.progress_lines import tabular
from imfsurvey.faces.step_words import step_lines
from imfsurvey.faces.tui.board import BoardScreen
from imfsurvey.faces.tui.chrome import EVERYWHERE, Frame, Hint, Paragraph
from imfsurvey.faces.tui.policy import PolicyScreen
from imfsurvey.faces.tui.raters import RatersScreen
from imfsurvey.faces.tui.results import ResultsScreen
from imfsurvey.faces.tui.rows import Rows
from imfsurvey.faces.tui.settled import Text
from imfsurvey.faces.tui.targets import TargetsScreen
from imfsurvey.faces.tui.text import plain, shortened, wrapped
from imfsurvey.faces.tui.wave import WaveScreen
from imfsurvey.faces.words import status_word
from imfsurvey.i18n import formats
from imfsurvey.i18n.errors import ImfsurveyError
from imfsurvey.study.dashboard import Dashboard, dashboard
from imfsurvey.study.folder import Study
from imfsurvey.study.life import closed_before, results
from imfsurvey.study.results import WaveResults
from imfsurvey.study.wave import Wave

_LABEL_WIDTH = 26
_STATUS_WIDTH = 16


class HomeScreen(Frame):
    """The study's dashboard; without a study, how to get one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "results", show=False),
        Binding("s", "side_by_side", show=False),
        Binding("t", "targets", show=False),
        Binding("a", "actions", show=False),
        Binding("p", "policy", show=False),
        Binding("space", "more", show=False),
        *EVERYWHERE,
        Binding("escape,q", "leave", show=False),
    ]

    def __init__(self, study: Study | None) -> None:
        super().__init__()
        self._study = study
        self._waves: tuple[Wave, ...] = ()
        self._figures: dict[str, WaveResults] = {}
        self._faults: dict[str, ImfsurveyError] = {}
        """By wave: why its figures cannot be read."""
        self._dashboard: Dashboard | None = None

    def compose_body(self) -> ComposeResult:
        """Who, which waves, what next."""
        yield Paragraph(id="summary")
        yield Rows()
        yield Paragraph(id="text")
        yield Text(id="dashboard")

    def on_resize(self) -> None:
        """Sentences have another width."""
        self.cut_anew()

    def on_mount(self) -> None:
        """Read the waves; the cursor on the last one."""
        self._read()
        super().on_mount()
        rows = self.query_one(Rows)
        rows.go_to(len(self._waves) - 1)
        rows.focus()

    def on_screen_resume(self) -> None:
        """A wave may have changed meanwhile."""
        if self.is_mounted and self._study is not None:
            self._read()
            self.translate()

    def _read(self) -> None:
        if self._study is None:
            return
        today = datetime.date.today()
        try:
            self._waves = self._known(self._study.waves)
        except ImfsurveyError as error:  # a file was spoilt meanwhile: what was read before stays
            self.complain(error)
            return
        self._figures, self._faults = {}, {}
        for wave in self._waves:
            if wave.file.status != "draft":
                try:
                    self._figures[wave.id] = results(self._study, wave, today)
                except ImfsurveyError as error:
                    self._faults[wave.id] = error
                    self.complain(error)
        try:
            self._dashboard = dashboard(self._study, self._measured, today)
        except ImfsurveyError as error:
            self.complain(error)

    def _known(self, waves: Iterable[Wave]) -> tuple[Wave, ...]:
        """Waves as they were read before, where nothing is another.

        What was frozen is for ever: to read and check it anew at each return would be felt.
        """
        before = {wave.folder: wave for wave in self._waves if wave.file.status != "draft"}
        found = ((wave, before.get(wave.folder)) for wave in waves)
        return tuple(old if old and old.file == wave.file else wave for wave, old in found)

    # --- words ------------------------------------------------------------------------------

    def translate(self) -> None:
        """All words in the language of the moment."""
        super().translate()
        self.query_one(Rows).show([(wave.id, self._row(wave)) for wave in self._waves])
        self.query_one("#summary", Paragraph).show(self._identity())
        steps = self._dashboard.steps if self._dashboard else ()
        self.query_one("#text", Paragraph).show("\n".join(step_lines(steps, self.t)))
        self.query_one("#dashboard", Text).update(Content("\n").join(self._glance()))

    def title_text(self) -> str:
        """The entity."""
        return self._study.file.entity.name if self._study else "imfsurvey"

    def hints(self) -> tuple[Hint, ...]:
        """Open a wave, see its results."""
        t = self.t
        keys = (*self.last_hints(t("Leave")),)
        if self._study is None:
            return keys
        policy = Hint("P", t("Policy"), "screen.policy")
        if not self._waves:
            return (policy, *keys)
        return (
            Hint("↑↓ Enter", t("Open the wave"), "screen.open_item"),
            Hint("R", t("Results"), "screen.results"),
            Hint("S", t("Side by side"), "screen.side_by_side"),
            Hint("T", t("Targets"), "screen.targets"),
            Hint("A", t("Actions"), "screen.actions"),
            policy,
            Hint(t("Space"), t("More text"), "screen.more"),
            *keys,
        )

    def help_text(self) -> str:
        """What the screen is for."""
        return self.t(
            "A study follows one integrity policy over years: a zero measurement, annual ones, a "
            "final one. Each wave can hold a self-assessment and a staff survey. The level says "
            "what may be claimed, the index (0 to 100) what is followed over time."
        )

    def _identity(self) -> str:
        if self._study is None:
            return self.t(
                "There is no study here.\n\n"
                "imfsurvey demo        shows a worked example\n"
                "imfsurvey new DIR     makes a study in a new folder"
            )
        t, file = self.t, self._study.file
        approved = file.policy.approved_on
        policy = (
            t("Policy approved on {date}", date=formats.date(approved, self.app.language))
            if approved
            else t("No integrity policy approved yet: the overall level stays at 1 at most")
        )
        people = " · ".join(
            (
                formats.labelled(t("Mandate holder"), file.mandatary.name, t.language),
                formats.labelled(t("Integrity officer"), file.officer.name, t.language),
            )
        )
        return f"{people}\n{policy}"

    def _row(self, wave: Wave) -> Content:
        label = shortened(wave.file.label.say(self.app.language), _LABEL_WIDTH)
        status = shortened(status_word(wave.file.status, self.t), _STATUS_WIDTH)
        return Content.assemble(
            plain(label, "bold").pad_right(max(0, _LABEL_WIDTH - Content(label).cell_length)),
            " ",
            plain(status).pad_right(max(0, _STATUS_WIDTH - Content(status).cell_length)),
            " ",
            plain(self._level(wave)),
        )

    def _level(self, wave: Wave) -> str:
        found = self._figures.get(wave.id)
        maturity = found.figures.maturity if found else None
        if maturity is None or maturity.overall.demonstrated is None:
            return ""
        overall = maturity.overall
        level = self.t("level {level}", level=overall.demonstrated)
        if overall.at_most != overall.demonstrated:
            level += " " + self.t("(at most {level})", level=overall.at_most)
        if overall.index is not None:
            index = formats.number(overall.index, self.app.language)
            level += " · " + self.t("index {index}", index=index)
        return level

    def _glance(self) -> list[Content]:
        """The dashboard in lines of the window's width."""
        if self._dashboard is None:
            return []
        rows: list[Content] = []
        for line in dashboard_lines(self._dashboard, self.t):
            cut = [line] if tabular(line) else wrapped(line, max(self.size.width - 5, 20))
            rows += [plain(one) for one in cut]
        return rows

    # --- what the keys do -------------------------------------------------------------------

    def _highlighted(self) -> Wave | None:
        current = self.query_one(Rows).current
        return next((wave for wave in self._waves if wave.id == current), None)

    @on(Rows.Selected)
    def _selected(self) -> None:
        self.action_open_item()

    def action_open_item(self) -> None:
        """Into the wave under the cursor: its questionnaires while open, its results after."""
        wave = self._highlighted()
        if wave is None or self._study is None:
            return
        if wave.file.status == "closed":
            self.action_results()
        else:
            self.app.push_screen(WaveScreen(self._study, wave, "mandatary"))

    def action_results(self) -> None:
        """The figures of the wave under the cursor."""
        wave = self._highlighted()
        if wave is None:
            return
        if wave.id in self._figures:
            self._show_results(wave)
        elif wave.id in self._faults:
            self.complain(self._faults[wave.id])
        else:
            self.say(self.t("A wave in preparation has no results yet."))

    def _show_results(self, wave: Wave) -> None:
        try:
            earlier = self._before(wave)
        except ImfsurveyError as error:
            self.complain(error)
            return
        self.app.push_screen(ResultsScreen(self._figures[wave.id], *earlier))

    def action_actions(self) -> None:
        """The board of the action plan."""
        if self._study is not None:
            self.app.push_screen(BoardScreen(self._study, self._measured))

    def action_policy(self) -> None:
        """The integrity policy."""
        if self._study is not None:
            self.app.push_screen(PolicyScreen(self._study), lambda _: self.translate())

    @property
    def _measured(self) -> tuple[WaveResults, ...]:
        """The figures of the waves that have some."""
        return tuple(self._figures[one.id] for one in self._waves if one.id in self._figures)

    def _before(self, wave: Wave) -> list[WaveResults]:
        """The figures of the closed waves before this one, each by its last revision."""
        earlier = closed_before(self._study, wave) if self._study is not None else ()
        return [self._figures[one.id] for one in earlier if one.id in self._figures]

    def action_side_by_side(self) -> None:
        """What each rater said in the wave under the cursor."""
        wave = self._highlighted()
        if wave is None or self._study is None:
            return
        try:
            screen = RatersScreen(self._study, wave, None)
        except ImfsurveyError as error:
            self.complain(error)
            return
        self.app.push_screen(screen)

    def action_targets(self) -> None:
        """The level that is wanted for each topic."""
        if self._study is None or not self._waves:
            return
        known = self._measured
        try:
            screen = TargetsScreen(self._study, known[-1] if known else None)
        except ImfsurveyError as error:
            self.complain(error)
            return
        self.app.push_screen(screen)

    def action_leave(self) -> None:
        """Leave the program."""
        self.dismiss(True)
