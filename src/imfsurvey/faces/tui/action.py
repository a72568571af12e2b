"""One action: what it says, field by field, and what became of it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from typing import Any, ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content

from imfsurvey.faces.action_words import (
    approach_word,
    decision_word,
    effect_words,
    ground_word,
    hint_lines,
    no_proof,
    step_meaning,
    step_word,
    topic_word,
    verb_word,
)
from imfsurvey.faces.tui.chrome import Hint, Paragraph
from imfsurvey.faces.tui.opened import OpenedScreen
from imfsurvey.faces.tui.picking import CheckedDialog, PickDialog
from imfsurvey.faces.tui.rows import Rows
from imfsurvey.faces.tui.text import plain, shortened
from imfsurvey.faces.tui.writing import WritingDialog, WrittenAbout
from imfsurvey.i18n import formats
from imfsurvey.i18n.errors import ImfsurveyError
from imfsurvey.interview.dates import shown_date
from imfsurvey.study.actions.action import APPROACHES, LIMITS, day_of
from imfsurvey.study.actions.effect import effects
from imfsurvey.study.actions.hints import hints
from imfsurvey.study.actions.plan import ActionPlan
from imfsurvey.study.folder import Study
from imfsurvey.study.results import WaveResults

_FIELDS: Final = (
    *("text", "objective", "approach", "owner", "deadline"),
    *("resources", "indicator", "target"),
)
_LABEL_WIDTH: Final = 18
_DATE_LENGTH: Final = 20


class ActionScreen(OpenedScreen):
    """The fields of an action; Enter changes one, which is saved at once."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "more", show=False),
    ]

    def __init__(
        self, study: Study, plan: ActionPlan, ident: str, waves: Sequence[WaveResults]
    ) -> None:
        super().__init__()
        self._study, self._plan, self._waves = study, plan, waves
        self._action = plan.action(ident)
        self._today = datetime.date.today()

    def compose_body(self) -> ComposeResult:
        """The topic, the fields, what is known besides."""
        yield Paragraph(id="summary")
        yield Rows()
        yield Paragraph(id="text")

    def on_mount(self) -> None:
        """The cursor on the first field."""
        super().on_mount()
        self.query_one(Rows).focus()

    # --- words ------------------------------------------------------------------------------

    def translate(self) -> None:
        """Everything in the language of the moment."""
        super().translate()
        topic = topic_word(self._action, self._study.framework, self.t.language)
        self.query_one("#summary", Paragraph).show(f"{topic}\n{self._state()}", "bold")
        self.query_one(Rows).show([(field, self._row(field)) for field in _FIELDS])
        self.query_one("#text", Paragraph).show(self._besides())

    def title_text(self) -> str:
        """Which action of whom."""
        action = self.t("Action {action}", action=self._action.id)
        return f"{self._study.file.entity.name} – {action}"

    def hints(self) -> tuple[Hint, ...]:
        """Change a field, go back."""
        t = self.t
        return (
            Hint("↑↓ Enter", t("Edit"), "screen.change"),
            Hint(t("Space"), t("More text"), "screen.more"),
            *self.back_hints(),
        )

    def help_text(self) -> str:
        """What a good action says."""
        return self.t(
            "A good action is SMART: it says what is done, who answers for it, by which day, and "
            "which figure will show that it worked. One function or service answers for it, not "
            "several. Every change is saved at once; U on the board takes it back."
        )

    def _state(self) -> str:
        t, action = self.t, self._action
        if action.decision != "accepted":
            return decision_word(action.decision, t)
        step = step_word(action.step, t)
        return t("{name}: {value}", name=step, value=step_meaning(action.step, t))

    def label(self, field: str) -> str:
        """What a field is called."""
        t = self.t
        labels = {
            "text": t("Action"),
            "objective": t("Objective"),
            "approach": t("Approach"),
            "owner": t("Owner"),
            "deadline": t("Date"),
            "resources": t("Resources"),
            "indicator": t("Indicator"),
            "target": t("Target"),
        }
        return labels[field]

    def _value(self, field: str) -> str:
        action, t = self._action, self.t
        if field == "approach":
            return approach_word(action.approach, t)
        if field == "deadline":
            return formats.date(action.deadline, t.language) if action.deadline else ""
        if field == "target":
            return "" if action.target is None else t("level {level}", level=action.target)
        return str(getattr(action, field))

    def _row(self, field: str) -> Content:
        label = shortened(self.label(field), _LABEL_WIDTH)
        width = max(self.app.size.width - _LABEL_WIDTH - 6, 20)
        return Content.assemble(
            plain(label, "bold").pad_right(_LABEL_WIDTH + 1 - Content(label).cell_length),
            plain(shortened(self._value(field), width) or "–"),
        )

    def _besides(self) -> str:
        """The whole text, why it was proposed, hints, levels since, what was changed."""
        t, action = self.t, self._action
        period = self._study.file.entity.period
        lines = [action.text]
        if action.grounds:
            grounds = ", ".join(ground_word(one, t) for one in action.grounds)
            lines.append(t("Proposed by {wave}: {grounds}.", wave=action.wave, grounds=grounds))
        lacking = hint_lines(hints(action, period.end if period else None), t)
        lines += [t("Hint: {hint}", hint=hint) for hint in lacking]
        later = effect_words(action, effects(action, self._waves), t)
        if later:
            lines += [later, no_proof(t)]
        lines.append(" · ".join(self._history()))
        return "\n\n".join(line for line in lines if line)

    def _history(self) -> list[str]:
        t = self.t
        return [
            f"{formats.date(change.day, t.language)} {verb_word(change.verb, t)}"
            for change in self._plan.history
            if any(turn.id == self._action.id for turn in change.turns)
        ]

    # --- what the keys do -------------------------------------------------------------------

    def action_change(self) -> None:
        """Change the field under the cursor."""
        self.query_one(Rows).action_select()

    @on(Rows.Selected)
    def _selected(self, message: Rows.Selected) -> None:
        field = message.row_id
        if field == "approach":
            self._pick_approach()
        elif field == "target":
            self._pick_target()
        elif field == "deadline":
            self._write_date()
        else:
            about = WrittenAbout(self.label(field), self._question(field))
            dialog = WritingDialog(about, str(getattr(self._action, field)), LIMITS[field])
            self.app.push_screen(dialog, self._keeping(field, str.strip))

    def _question(self, field: str) -> str:
        t = self.t
        questions = {
            "text": t("What is to be done?"),
            "objective": t("What is it to bring about?"),
            "owner": t("Which function or service answers for it?"),
            "resources": t("How much time and budget does it need?"),
            "indicator": t("Which figure will show that it worked?"),
        }
        return questions[field]

    def _write_date(self) -> None:
        t, day = self.t, self._action.deadline
        about = WrittenAbout(
            self.label("deadline"), t("By which day is it carried out? Such as 31/03/2027.")
        )
        before = shown_date(day.isoformat()) if day else ""
        dialog = CheckedDialog(about, before, _DATE_LENGTH, day_of)
        self.app.push_screen(dialog, self._keeping("deadline", day_of))

    def _pick_approach(self) -> None:
        rows = [(one, approach_word(one, self.t)) for one in APPROACHES]
        dialog = PickDialog(self.label("approach"), rows, self._action.approach)
        self.app.push_screen(dialog, self._keeping("approach", str))

    def _pick_target(self) -> None:
        framework, t = self._study.framework, self.t
        rows = [("", t("none"))]
        rows += [
            (str(level.level), f"{level.level} {level.name.say(t.language)}")
            for level in framework.levels[1:]
            if self._action.level is None or level.level > self._action.level
        ]
        current = "" if self._action.target is None else str(self._action.target)
        dialog = PickDialog(self.label("target"), rows, current)
        self.app.push_screen(dialog, self._keeping("target", _level))

    def _keeping(self, field: str, read: Callable[[str], Any]) -> Callable[[str | None], None]:
        """What keeps a new value of a field; None leaves it as it was."""

        def keep(text: str | None) -> None:
            if text is None:
                return
            try:
                changed = {field: read(text)}
                self._action = self._plan.edit(self._action.id, self._today, **changed)
            except ImfsurveyError as error:
                self.complain(error)
                return
            self.say("")
            self.translate()

        return keep


def _level(text: str) -> int | None:
    return int(text) if text else None
