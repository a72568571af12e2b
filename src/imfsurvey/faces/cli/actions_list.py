"""The action plan as lines of text and as JSON."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from imfsurvey.analysis.planned import planned_balance
from imfsurvey.faces.action_words import (
    approach_word,
    balance_words,
    decision_word,
    due_words,
    effect_words,
    ground_word,
    hint_lines,
    no_proof,
    step_meaning,
    step_word,
    topic_word,
)
from imfsurvey.faces.cli.call import Call
from imfsurvey.faces.cli.layout import wrapped
from imfsurvey.faces.cli.terminal import narrate, say, say_json
from imfsurvey.study.actions.action import ACTION, STEPS, Action
from imfsurvey.study.actions.effect import Effect, effects
from imfsurvey.study.actions.hints import hints
from imfsurvey.study.actions.plan import ActionPlan
from imfsurvey.study.folder import Study
from imfsurvey.study.planning import band_of, measured
from imfsurvey.study.results import WaveResults

_INDENT = "      "


def list_actions(call: Call, *, overdue: bool, rejected: bool, as_json: bool) -> None:
    """Print the plan: what is proposed, then step by step what was accepted."""
    study = call.study()
    shown = [
        one
        for one in ActionPlan(study).actions
        if (rejected or one.decision != "rejected") and (not overdue or one.overdue(call.today))
    ]
    waves = measured(study, call.today) if shown else ()
    if as_json:
        say_json([_plain(one, waves, call.today) for one in shown])
        return
    if not shown:
        _say_nothing(call, overdue)
        return
    moved = {one.id: effects(one, waves) for one in shown}
    for heading, actions in _parts(shown, call):
        say(heading)
        for one in actions:
            for line in said(one, study, call, moved[one.id]):
                say(line)
        say()
    _say_end(study, shown, any(moved.values()), call)


def said(action: Action, study: Study, call: Call, moved: Sequence[Effect] = ()) -> Iterator[str]:
    """One action in lines of 80 columns."""
    t = call.t
    head = topic_word(action, study.framework, t.language)
    if action.decision != "accepted":
        head += f" ({decision_word(action.decision, t)})"
    yield from wrapped(head, f"{action.id:<5} ")
    yield from wrapped(action.text, _INDENT)
    for name, value in (
        (t("Objective"), action.objective),
        (t("Indicator"), action.indicator),
        (t("Resources"), action.resources),
        (t("Reason"), action.reason if action.decision == "rejected" else ""),
    ):
        if value:
            yield from wrapped(t("{name}: {value}", name=name, value=value), _INDENT)
    facts = [approach_word(action.approach, t)]
    if action.target is not None:
        facts.append(t("aims at level {level}", level=action.target))
    facts += [ground_word(one, t) for one in action.grounds]
    yield from wrapped(" · ".join(facts), _INDENT)
    if action.decision == "accepted":
        yield from wrapped(due_words(action, call.today, t), _INDENT)
        for hint in hint_lines(hints(action, _end(study)), t):
            yield from wrapped(t("Hint: {hint}", hint=hint), _INDENT)
    if moved:
        yield from wrapped(effect_words(action, moved, t), _INDENT)


def _end(study: Study) -> int | None:
    """The last year of the policy."""
    period = study.file.entity.period
    return period.end if period else None


def _parts(actions: Sequence[Action], call: Call) -> Iterator[tuple[str, list[Action]]]:
    t = call.t
    proposed = [one for one in actions if one.decision == "proposed"]
    if proposed:
        yield t("Proposed, to be decided").upper(), proposed
    for step in STEPS:
        there = [one for one in actions if one.decision == "accepted" and one.step == step]
        if there:
            heading = t("{name}: {value}", name=step_word(step, t), value=step_meaning(step, t))
            yield heading.upper(), there
    rejected = [one for one in actions if one.decision == "rejected"]
    if rejected:
        yield t("Rejected").upper(), rejected


def _say_nothing(call: Call, overdue: bool) -> None:
    if overdue:
        narrate(call.t("No action is overdue."))
    else:
        narrate(call.t("No action yet. Next: 'imfsurvey actions propose WAVE'."))


def _say_end(study: Study, shown: Sequence[Action], any_moved: bool, call: Call) -> None:
    """The balance of what is planned, who is late, and what a change of level proves."""
    t = call.t
    planned = planned_balance(one.approach for one in shown if one.decision == "accepted")
    if planned.balance is not None:
        for line in wrapped(balance_words(planned, band_of(study), t)):
            say(line)
    late = [one.id for one in shown if one.overdue(call.today)]
    if late:
        say(t("Overdue: {actions}", actions=", ".join(late)))
    if any_moved:
        for line in wrapped(no_proof(t)):
            say(line)


def _plain(action: Action, waves: Sequence[WaveResults], today: datetime.date) -> Mapping[str, Any]:
    return {
        **ACTION.dump_python(action, mode="json"),
        "overdue": action.overdue(today),
        "later": [
            {"wave": one.wave, "level": one.level, "comparable": one.comparable}
            for one in effects(action, waves)
        ],
    }
