"""The answers that an item offers, in the order shown, each with its key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from imfsurvey.framework import Framework
from imfsurvey.i18n.catalogue import Translator
from imfsurvey.interview.answers import Status
from imfsurvey.questionnaire import (
    Choice,
    DateItem,
    InfoItem,
    Item,
    LikertItem,
    MaturityItem,
    NonAnswer,
    Questionnaire,
    RepeatItem,
    SingleItem,
    TextItem,
)


@dataclass(frozen=True)
class Option:
    """One answer that can be chosen."""

    status: Status
    value: int | str | None
    label: str
    description: str = ""
    """What one would see at this level; empty for other items."""
    key: str = ""
    """The key that chooses it; empty where there are more choices than digits."""


def options_of(
    item: Item,
    questionnaire: Questionnaire,
    framework: Framework,
    taken: Sequence[Choice],
    t: Translator,
) -> tuple[Option, ...]:
    """The options of an item in the translator's language: choices first, then non-answers.

    `taken`: the choices of an item that has none of its own (`choices_from`).
    """
    if isinstance(item, InfoItem | TextItem | DateItem | RepeatItem):
        return ()
    if isinstance(item, MaturityItem):
        return (*_levels(item, framework, t.language), *_non_answers(item.non_answers, t))
    if isinstance(item, LikertItem):
        scale = questionnaire.scales[item.scale]
        return (*_choices(scale.codes, t.language), *_non_answers(scale.non_answers, t))
    choices = taken if item.choices_from else item.choices
    return (*_choices(choices, t.language), *_non_answers(item.non_answers, t))


def codes_of(
    item: Item, questionnaire: Questionnaire, framework: Framework, taken: Sequence[Choice]
) -> tuple[int | str, ...]:
    """The codes that may be stored for an item, in order; `taken` as in `options_of`."""
    if isinstance(item, MaturityItem):
        return tuple(level.level for level in framework.levels)
    if isinstance(item, LikertItem):
        return questionnaire.scales[item.scale].values
    if isinstance(item, SingleItem):
        return tuple(choice.code for choice in (taken if item.choices_from else item.choices))
    return ()


def offered_non_answers(item: Item, questionnaire: Questionnaire) -> tuple[NonAnswer, ...]:
    """The non-answers that an item offers."""
    if isinstance(item, InfoItem | TextItem | DateItem | RepeatItem):
        return ()
    if isinstance(item, LikertItem):
        return questionnaire.scales[item.scale].non_answers
    return item.non_answers


def _levels(item: MaturityItem, framework: Framework, language: str) -> tuple[Option, ...]:
    rubric = item.rubric or {}
    return tuple(
        Option(
            "answered",
            level.level,
            level.name.say(language),
            rubric.get(str(level.level), level.definition).say(language),
            key=str(level.level),
        )
        for level in framework.levels
    )


def _choices(choices: Sequence[Choice], language: str) -> tuple[Option, ...]:
    return tuple(
        Option("answered", choice.code, choice.text.say(language), key=str(n) if n < 10 else "")
        for n, choice in enumerate(choices, start=1)
    )


def _non_answers(offered: Sequence[NonAnswer], t: Translator) -> tuple[Option, ...]:
    words: dict[NonAnswer, tuple[str, str]] = {
        "dk": (t("Don't know"), "d"),
        "na": (t("Not applicable"), "n"),
        "refused": (t("I prefer not to say"), "r"),
    }
    order: tuple[NonAnswer, ...] = ("dk", "na", "refused")
    return tuple(
        Option(status, None, words[status][0], key=words[status][1])
        for status in order
        if status in offered
    )
