"""Actions in words, for the lines of a command and for the screens."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from imfsurvey.analysis.planned import PlannedBalance
from imfsurvey.framework import Framework
from imfsurvey.framework.model import Approach
from imfsurvey.i18n import formats
from imfsurvey.i18n.catalogue import Translator
from imfsurvey.study.actions.action import Action, Decision, Ground, Step
from imfsurvey.study.actions.effect import Effect
from imfsurvey.study.actions.plan import Change, Verb


def step_word(step: Step, t: Translator) -> str:
    """How far an action is."""
    words: dict[Step, str] = {
        "plan": t("Plan"),
        "do": t("Do"),
        "check": t("Check"),
        "act": t("Act"),
    }
    return words[step]


def step_meaning(step: Step, t: Translator) -> str:
    """What that says."""
    words: dict[Step, str] = {
        "plan": t("planned"),
        "do": t("being carried out"),
        "check": t("carried out, effect to be seen"),
        "act": t("evaluated and taken on"),
    }
    return words[step]


def decision_word(decision: Decision, t: Translator) -> str:
    """What was decided on an action."""
    words: dict[Decision, str] = {
        "proposed": t("proposed"),
        "accepted": t("accepted"),
        "rejected": t("rejected"),
    }
    return words[decision]


def approach_word(approach: Approach, t: Translator) -> str:
    """Controlling, stimulating or both."""
    words: dict[Approach, str] = {
        "controlling": t("controlling"),
        "stimulating": t("stimulating"),
        "both": t("both controlling and stimulating"),
    }
    return words[approach]


def ground_word(ground: Ground, t: Translator) -> str:
    """Why an action was proposed."""
    words: dict[Ground, str] = {
        "binding": t("holds a level down"),
        "unconfirmed": t("not confirmed by the staff"),
    }
    return words[ground]


def verb_word(verb: Verb, t: Translator) -> str:
    """What was done to an action."""
    words: dict[Verb, str] = {
        "proposed": t("proposed"),
        "made": t("added"),
        "changed": t("changed"),
        "accepted": t("accepted"),
        "rejected": t("rejected"),
        "moved": t("moved"),
        "undone": t("undone"),
    }
    return words[verb]


def change_words(change: Change, t: Translator) -> str:
    """A change in one line: what, and of which actions."""
    names = ", ".join(turn.id for turn in change.turns)
    return f"{verb_word(change.verb, t)}{t(': ')}{names}"


def topic_word(action: Action, framework: Framework, language: str) -> str:
    """The label of an action's topic; its id when the framework has it no more."""
    topic = framework.topic_by_id.get(action.topic)
    return topic.label.say(language) if topic else action.topic


def due_words(action: Action, today: datetime.date, t: Translator) -> str:
    """Owner and day, with a word when the day has passed."""
    parts = [action.owner or t("no owner yet")]
    if action.deadline is None:
        parts.append(t("no date yet"))
    else:
        parts.append(t("by {date}", date=formats.date(action.deadline, t.language)))
    if action.overdue(today):
        parts.append(t("OVERDUE"))
    return " · ".join(parts)


def effect_words(action: Action, found: Sequence[Effect], t: Translator) -> str:
    """Level then and in each wave since; empty when no wave has followed."""
    if not found:
        return ""
    then = t("not rated") if action.level is None else t("level {level}", level=action.level)
    parts = [f"{action.wave} {then}"]
    for one in found:
        if one.level is None:
            parts.append(f"{one.wave} {t('not rated')}")
        elif one.comparable or action.level is None:
            parts.append(f"{one.wave} {t('level {level}', level=one.level)}")
        else:
            note = t("level {level}, asked otherwise", level=one.level)
            parts.append(f"{one.wave} {note}")
    return " → ".join(parts)


def no_proof(t: Translator) -> str:
    """What a reader must know of levels before and after an action."""
    return t(
        "A level that has risen does not prove that the action was the cause: other things have "
        "changed as well."
    )


def balance_words(planned: PlannedBalance, band: tuple[float, float], t: Translator) -> str:
    """How many actions control and stimulate, and the index with its band."""
    counts = t(
        "{controlling} controlling, {stimulating} stimulating, {both} both",
        controlling=planned.controlling,
        stimulating=planned.stimulating,
        both=planned.both,
    )
    if planned.balance is None:
        return counts
    index = formats.signed(planned.balance, t.language, 2)
    low, high = (formats.signed(one, t.language, 2) for one in band)
    words = t("balance {index}, band {low} to {high}", index=index, low=low, high=high)
    line = f"{counts} · {words}"
    if planned.outside(*band):
        line += " · " + t("outside the band")
    return line


def hint_lines(hints: Iterator[str], t: Translator) -> list[str]:
    """Hints on what is not SMART yet, translated."""
    return [t.messages.gettext(one) for one in hints]
