"""Targets: the level that is wanted for each topic, set by the risks of the entity."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content

from imfsurvey.faces.tui.chrome import Hint
from imfsurvey.faces.tui.opened import OpenedList
from imfsurvey.faces.tui.rows import Rows
from imfsurvey.faces.tui.settled import Text
from imfsurvey.faces.tui.text import plain, shortened
from imfsurvey.faces.tui.writing import WritingDialog, WrittenAbout
from imfsurvey.framework import Topic
from imfsurvey.i18n import formats
from imfsurvey.i18n.describe import describe
from imfsurvey.i18n.errors import ImfsurveyError
from imfsurvey.study.folder import Study
from imfsurvey.study.results import Target, WaveResults
from imfsurvey.study.targets import (
    LONGEST_WHY,
    Change,
    Targets,
    doubts,
    framework_of,
    require_topic,
)

_COLUMN: Final = 13


class TargetsScreen(OpenedList):
    """Every rated topic with its level now and its target."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(level), f"level({level})", show=False) for level in range(10)),
        Binding("c", "reason", show=False),
        Binding("backspace,delete", "default", show=False),
        Binding("u", "undo", show=False),
    ]

    def __init__(self, study: Study, last: WaveResults | None) -> None:
        super().__init__()
        self._study, self._last = study, last
        self._framework = framework_of(study)
        self._store = Targets(study.folder)
        self._targets: dict[str, Target] = {}
        self._undo: list[list[Change]] = []
        self._read()

    def _read(self) -> None:
        self._targets = {one.topic: one for one in self._store.of(self._framework)}

    def compose_head(self) -> ComposeResult:
        """The heads of the columns."""
        yield Text(id="heads")

    def translate(self) -> None:
        """All words in the language of the moment."""
        super().translate()
        self._list()

    def title_text(self) -> str:
        """The entity and what is shown."""
        return f"{self._study.file.entity.name} – {self.t('Targets')}"

    def hints(self) -> tuple[Hint, ...]:
        """Set, give back, undo, leave."""
        t = self.t
        return (
            Hint(f"0-{self._framework.max_level}", t("Set the target"), "screen.help"),
            Hint("C", t("Reason"), "screen.reason"),
            Hint("⌫", t("Default"), "screen.default"),
            Hint("U", t("Undo"), "screen.undo"),
            *self.back_hints(),
        )

    def help_text(self) -> str:
        """What a target is, and that a closed wave keeps its own."""
        return self.t(
            "The target of a topic is the level that its risks call for: not always the highest. "
            "Whatever nobody has set has the framework's default, shown without a star. A reason "
            "is asked for. A wave keeps the targets of the day it closes: later changes do not "
            "rewrite it."
        )

    # --- drawing ----------------------------------------------------------------------------

    def _list(self) -> None:
        topics = self._framework.rated_topics
        self.query_one(Rows).show([(topic.id, self._line(topic)) for topic in topics])
        heads = f"{self.t('Now'):>{_COLUMN}}{self.t('Target'):>{_COLUMN}}"
        room = " " * self._label_width
        self.query_one("#heads", Text).update(plain(f"  {room}{heads}", "$imf-muted"))
        self._tell()

    @property
    def _label_width(self) -> int:
        return max(self.size.width - 7 - 2 * _COLUMN, 20)

    def _line(self, topic: Topic) -> Content:
        width, target = self._label_width, self._targets.get(topic.id)
        label = Content(shortened(topic.label.say(self.app.language), width))
        now = self._level(topic.id)
        wanted = "–" if target is None else f"{target.level}{' ' if target.default else '*'}"
        return Content.assemble(
            label.pad_right(max(0, width - label.cell_length)),
            plain(f"{'–' if now is None else now:>{_COLUMN}}"),
            plain(f"{wanted:>{_COLUMN + 1}}", "bold"),
        )

    def _level(self, topic: str) -> int | None:
        found = self._last.figures.maturity if self._last else None
        rating = found.ratings.get(topic) if found else None
        return rating.level if rating else None

    @on(Rows.Moved)
    def _tell(self) -> None:
        """The topic under the cursor: why its target is what it is, and what is odd about it."""
        topic = self._current
        if topic is None:
            return
        target = self._targets.get(topic.id)
        text = topic.label.say(self.app.language)
        if target is not None and target.why:
            text = formats.labelled(text, target.why, self.t.language)
        odd = []
        if target is not None and not target.default:
            odd = doubts(target, self._last.figures if self._last else None)
        if odd:
            text += "\n" + "! " + describe(odd[0], self.t)
        self.say(text, "$text-warning" if odd else "$imf-muted")

    @property
    def _current(self) -> Topic | None:
        current = self.query_one(Rows).current
        return require_topic(self._framework, current) if current is not None else None

    # --- setting ------------------------------------------------------------------------------

    def action_level(self, level: int) -> None:
        """Want a level for the topic under the cursor; the reason is asked for."""
        topic = self._current
        if topic is None:
            return
        if level > self._framework.max_level:
            self.say(self.t("A level goes from 0 to {highest}.", highest=self._framework.max_level))
            return
        self._ask_why(topic, level)

    def action_reason(self) -> None:
        """Write another reason for the target that was set."""
        topic = self._current
        target = self._targets.get(topic.id) if topic else None
        if topic is None or target is None or target.default:
            self.say(self.t("Set a target first: a default has no reason of its own."))
            return
        self._ask_why(topic, target.level)

    def _ask_why(self, topic: Topic, level: int) -> None:
        target = self._targets.get(topic.id)
        before = target.why if target is not None else ""

        def written(why: str | None) -> None:
            if why is None:
                return
            today = datetime.date.today()
            self._change(
                [topic.id], lambda: self._store.set(self._framework, [topic.id], level, why, today)
            )

        about = WrittenAbout(
            self.t("Target {level}", level=level),
            self.t("Which risk makes this level necessary, or enough."),
        )
        self.app.push_screen(WritingDialog(about, before, LONGEST_WHY), written)

    def action_default(self) -> None:
        """Give the topic under the cursor the framework's default back."""
        topic = self._current
        target = self._targets.get(topic.id) if topic else None
        if topic is None or target is None or target.default:
            return
        today = datetime.date.today()
        self._change([topic.id], lambda: self._store.clear(self._framework, [topic.id], today))

    def _change(self, topics: Sequence[str], change: Callable[[], None]) -> None:
        """Change the targets of topics, so that it can be undone."""
        today = datetime.date.today()
        try:
            chosen = self._store.set_ones()
            before = [chosen.get(topic) or Change(topic, None, "", today) for topic in topics]
            change()
        except ImfsurveyError as error:
            self.complain(error)
            return
        self._undo.append(before)
        self._again()

    def action_undo(self) -> None:
        """Undo the last change made on this screen."""
        if not self._undo:
            self.say(self.t("There is nothing to undo."))
            return
        try:
            self._store.add(self._undo[-1])
        except ImfsurveyError as error:
            self.complain(error)
            return
        self._undo.pop()
        self._again()

    def _again(self) -> None:
        try:
            self._read()
        except ImfsurveyError as error:
            self.complain(error)
            return
        self._list()
