"""The action plan as a board: plan, do, check, act."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from imfsurvey.analysis.planned import planned_balance
from imfsurvey.faces.action_words import (
    balance_words,
    change_words,
    effect_words,
    ground_word,
    no_proof,
    step_word,
    topic_word,
)
from imfsurvey.faces.tui.action import ActionScreen
from imfsurvey.faces.tui.chrome import Hint, Paragraph
from imfsurvey.faces.tui.columns import Card, Columns
from imfsurvey.faces.tui.opened import OpenedScreen
from imfsurvey.faces.tui.picking import CheckedDialog, PickDialog
from imfsurvey.faces.tui.writing import WritingDialog, WrittenAbout
from imfsurvey.i18n.errors import ImfsurveyError, InputError
from imfsurvey.interview.dates import shown_date
from imfsurvey.study.actions.action import LIMITS, STEPS, Action
from imfsurvey.study.actions.effect import effects
from imfsurvey.study.actions.making import own_action
from imfsurvey.study.actions.plan import ActionPlan
from imfsurvey.study.actions.proposals import proposals
from imfsurvey.study.folder import Study
from imfsurvey.study.planning import band_of
from imfsurvey.study.results import WaveResults

_NEVER: Final = datetime.date.max
"""After every day: actions without a date come last."""


class BoardScreen(OpenedScreen):
    """What is proposed and planned, carried out, evaluated. Every change is saved at once."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "new", show=False),
        Binding("p", "propose", show=False),
        Binding("a", "accept", show=False),
        Binding("r", "reject", show=False),
        Binding("plus,equals_sign", "on(1)", show=False),
        Binding("minus", "on(-1)", show=False),
        Binding("u", "undo", show=False),
        Binding("o", "overdue", show=False),
    ]

    def __init__(self, study: Study, waves: tuple[WaveResults, ...]) -> None:
        super().__init__()
        self._study = study
        self._plan = ActionPlan(study)
        self._waves = waves
        self._actions: dict[str, Action] = {}
        self._overdue_only = False
        self._today = datetime.date.today()

    def compose_head(self) -> ComposeResult:
        """How many there are, above the board that scrolls."""
        yield Paragraph(id="summary")

    def compose_body(self) -> ComposeResult:
        """The board."""
        yield Columns()

    def on_mount(self) -> None:
        """Read the plan, as at every change."""
        super().on_mount()
        self.query_one(Columns).focus()
        if not self._actions:
            self.say(self.t("No action yet: P lets the last wave propose some, N adds one."))

    def on_screen_resume(self) -> None:
        """An action may have been edited meanwhile."""
        if self.is_mounted:
            self.translate()

    def on_resize(self) -> None:
        """Side by side, or one column."""
        self.query_one(Columns).refresh(layout=True)

    # --- words ------------------------------------------------------------------------------

    def translate(self) -> None:
        """Everything in the language of the moment, from what the file says now."""
        try:
            self._actions = {one.id: one for one in self._plan.actions}
        except ImfsurveyError as error:
            self.complain(error)
        super().translate()
        shown = [one for one in self._actions.values() if self._is_shown(one)]
        shown.sort(key=lambda one: (one.decision == "proposed", one.deadline or _NEVER))
        columns = [[self._card(one) for one in shown if one.step == step] for step in STEPS]
        titles = [step_word(step, self.t) for step in STEPS]
        self.query_one(Columns).show(titles, columns)
        self.query_one("#summary", Paragraph).show(self._summary(), "$imf-muted")

    def title_text(self) -> str:
        """The entity and what this is."""
        return f"{self._study.file.entity.name} – {self.t('Actions')}"

    def hints(self) -> tuple[Hint, ...]:
        """New, edit, decide, move, undo, filter."""
        t = self.t
        shown = t("All") if self._overdue_only else t("Overdue only")
        return (
            Hint("←↑↓→ Enter", t("Edit"), "screen.edit"),
            Hint("N", t("New"), "screen.new"),
            Hint("P", t("Propose"), "screen.propose"),
            Hint("A", t("Accept"), "screen.accept"),
            Hint("R", t("Reject"), "screen.reject"),
            Hint("+", t("To the right"), "screen.on(1)"),
            Hint("-", t("To the left"), "screen.on(-1)"),
            Hint("U", t("Undo"), "screen.undo"),
            Hint("O", shown, "screen.overdue"),
            *self.back_hints(),
        )

    def help_text(self) -> str:
        """What the columns mean and what a proposal is."""
        t = self.t
        return "\n\n".join(
            (
                t(
                    "P lets the last wave propose actions: for the topics that hold a level "
                    "down and for those that the staff do not confirm. A proposal bears a ? and "
                    "waits under Plan until it is accepted (A) or rejected with a reason (R)."
                ),
                t(
                    "Plan: it is planned. Do: it is being carried out. Check: it was carried "
                    "out, its effect is to be seen. Act: it was evaluated and taken on. An action "
                    "is overdue when its day has passed and it was not carried out."
                ),
                t(
                    "Every change is saved at once and can be undone (U), one after the other. "
                    "What was rejected is kept: imfsurvey actions --rejected."
                ),
                no_proof(t),
            )
        )

    def _is_shown(self, action: Action) -> bool:
        if action.decision == "rejected":
            return False
        return not self._overdue_only or action.overdue(self._today)

    def _card(self, action: Action) -> Card:
        proposed = action.decision == "proposed"
        topic = topic_word(action, self._study.framework, self.t.language)
        grounds = ", ".join(ground_word(one, self.t) for one in action.grounds)
        foot = grounds or self.t("proposed") if proposed else self._due(action)
        overdue = action.overdue(self._today)
        mark = "? " if proposed else "! " if overdue else ""
        return Card(action.id, f"{mark}{action.id} {topic}", action.text, foot, overdue)

    def _due(self, action: Action) -> str:
        """Day and owner, as short as a card needs; first that the day has passed."""
        day = shown_date(action.deadline.isoformat()) if action.deadline else self.t("no date yet")
        parts = [day, action.owner or self.t("no owner yet")]
        if action.overdue(self._today):
            parts.insert(0, self.t("OVERDUE"))
        return " · ".join(parts)

    def _summary(self) -> str:
        t, actions = self.t, self._actions.values()
        accepted = [one for one in actions if one.decision == "accepted"]
        late = [one.id for one in accepted if one.overdue(self._today)]
        waiting = sum(one.decision == "proposed" for one in actions)
        parts = [t.plural("{n} accepted", "{n} accepted", len(accepted))]
        if waiting:
            parts.append(t.plural("{n} to be decided", "{n} to be decided", waiting))
        if late:
            parts.append(t("Overdue: {actions}", actions=", ".join(late)))
        line = " · ".join(parts)
        if accepted:
            planned = planned_balance(one.approach for one in accepted)
            line += "\n" + balance_words(planned, band_of(self._study), t)
        return line

    # --- what the keys do -------------------------------------------------------------------

    @property
    def _current(self) -> Action | None:
        return self._actions.get(self.query_one(Columns).current or "")

    @on(Columns.Moved)
    def _moved(self) -> None:
        """What became of the topic of the card under the cursor."""
        action = self._current
        words = effect_words(action, effects(action, self._waves), self.t) if action else ""
        self.say(words)

    @on(Columns.Selected)
    def _selected(self, message: Columns.Selected) -> None:
        self._edit(message.card_id)

    def action_edit(self) -> None:
        """Into the action under the cursor."""
        self.query_one(Columns).action_select()

    def _edit(self, ident: str) -> None:
        self.say("")
        try:
            screen = ActionScreen(self._study, self._plan, ident, self._waves)
        except ImfsurveyError as error:  # another window may have taken it back meanwhile
            self.translate()
            self.complain(error)
            return
        self.app.push_screen(screen)

    def action_new(self) -> None:
        """Pick a topic, then say what is to be done."""
        topics = [
            (topic.id, topic.label.say(self.t.language))
            for topic in self._study.framework.rated_topics
        ]
        self.app.push_screen(PickDialog(self.t("Which topic is it about?"), topics), self._write)

    def _write(self, topic: str | None) -> None:
        if topic is None:
            return
        t = self.t

        def written(text: str | None) -> None:
            if text is not None and text.strip():
                self._changed(lambda: self._add(topic, text.strip()))

        label = self._study.framework.topic_by_id[topic].label.say(t.language)
        about = WrittenAbout(label, t("What is to be done?"))
        self.app.push_screen(WritingDialog(about, "", LIMITS["text"]), written)

    def _add(self, topic: str, text: str) -> Action:
        draft = own_action(self._study, topic, self._today, text=text)
        return self._plan.add(draft, self._today)

    def action_propose(self) -> None:
        """Let the last wave propose."""
        if not self._waves:
            self.say(self.t("Open a wave first: it proposes once it has been rated."))
            return
        try:
            drafts = proposals(self._waves[-1], self.t.language)
            added = self._plan.propose(drafts, self._today)
        except ImfsurveyError as error:
            self.complain(error)
            return
        self.translate()
        t = self.t
        words = t.plural("{n} action is proposed.", "{n} actions are proposed.", len(added))
        self.say(words)

    def action_accept(self) -> None:
        """Decide to carry out what is under the cursor."""
        action = self._current
        if action is not None:
            self._changed(lambda: self._plan.accept(action.id, self._today))

    def action_reject(self) -> None:
        """Decide against it, with a reason."""
        action = self._current
        if action is None:
            return
        t = self.t

        def written(reason: str | None) -> None:
            if reason is not None:
                self._changed(lambda: self._plan.reject(action.id, reason, self._today))

        about = WrittenAbout(t("Reject action {action}", action=action.id), t("Why? It is kept."))
        self.app.push_screen(CheckedDialog(about, "", LIMITS["reason"], _require_reason), written)

    def action_on(self, step: int) -> None:
        """One column to the right or to the left."""
        action = self._current
        if action is None:
            return
        place = STEPS.index(action.step) + step
        if 0 <= place < len(STEPS):
            self._changed(lambda: self._plan.move(action.id, STEPS[place], self._today))

    def action_undo(self) -> None:
        """Take the last change back."""
        try:
            undone = self._plan.undo(self._today)
        except ImfsurveyError as error:
            self.complain(error)
            return
        self.translate()
        self.say(self.t("Undone: {change}", change=change_words(undone, self.t)))

    def action_overdue(self) -> None:
        """Only what is overdue, or all."""
        self._overdue_only = not self._overdue_only
        self.translate()

    def _changed(self, change: Callable[[], Action]) -> None:
        """Make a change and show it, the cursor on the action."""
        try:
            action = change()
        except ImfsurveyError as error:
            self.complain(error)
            return
        self.say("")
        self.translate()
        self.query_one(Columns).go_to(action.id)


def _require_reason(text: str) -> None:
    if not text.strip():
        raise InputError("IMF-T405", "Say why it is rejected: the reason is kept.")
