"""The answers that an item offers, in the order shown, each with its key."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from imfsurvey.framework import Framework
from imfsurvey.i18n.catalogue import N_, Translator
from imfsurvey.interview.answers import Code, Status
from imfsurvey.questionnaire import (
    OTHER,
    Choice,
    ChoosingItem,
    Item,
    LikertItem,
    ListedChoice,
    MaturityItem,
    NonAnswer,
    Questionnaire,
    YesNoItem,
)
from imfsurvey.source.model import Text

Say = Callable[[Text], str]
"""A text of the questionnaire in the language of the walk."""

YES_NO: Final = {"yes": N_("Yes"), "no": N_("No")}
"""The codes of an item of type `yes_no`, each with its word."""


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
    exclusive: bool = False
    """Of several choices: stands alone."""


def options_of(
    item: Item,
    questionnaire: Questionnaire,
    framework: Framework,
    choices: Sequence[Choice],
    t: Translator,
    say: Say,
) -> tuple[Option, ...]:
    """The options of an item in the translator's language: choices first, then non-answers.

    `choices`: those that are offered now, where the item has a list of them.
    """
    non_answers = non_answer_options(questionnaire.offered_non_answers(item), t)
    if isinstance(item, MaturityItem):
        return (*_levels(item, framework, t.language, say), *non_answers)
    if isinstance(item, LikertItem):
        choices = questionnaire.scales[item.scale].codes
    if isinstance(item, YesNoItem):
        words = enumerate(YES_NO.items(), start=1)
        answers = [
            Option("answered", code, t.messages.gettext(word), key=str(n))
            for n, (code, word) in words
        ]
        return (*answers, *non_answers)
    return (*_choices(choices, say), *non_answers)


def codes_of(
    item: Item, questionnaire: Questionnaire, framework: Framework, choices: Sequence[Choice]
) -> tuple[Code, ...]:
    """The codes that may be stored for an item, in order; `choices`: all that it may ever offer."""
    if isinstance(item, MaturityItem):
        return tuple(level.level for level in framework.levels)
    if isinstance(item, LikertItem):
        return questionnaire.scales[item.scale].values
    if isinstance(item, YesNoItem):
        return tuple(YES_NO)
    if isinstance(item, ChoosingItem):
        return tuple(choice.code for choice in choices)
    return ()


def other_choice(item: ChoosingItem, words: str, t: Translator) -> ListedChoice:
    """The choice that lets a respondent write; `words`: what was written, if anything."""
    own = item.other.text if item.other is not None else None
    text = own or Text({t.language: t("Other")})
    said = Text({t.language: words}) if words else text
    # Nothing to check: and a validator built for it would be felt on the first page that has one.
    return ListedChoice.model_construct(code=OTHER, text=said, pin="last")


def _levels(
    item: MaturityItem, framework: Framework, language: str, say: Say
) -> tuple[Option, ...]:
    """The framework's levels; its texts name no answers, so a brace in them is a brace."""
    rubric = item.rubric or {}
    return tuple(
        Option(
            "answered",
            level.level,
            level.name.say(language),
            say(rubric[name]) if name in rubric else level.definition.say(language),
            key=name,
        )
        for level in framework.levels
        for name in (str(level.level),)
    )


def _choices(choices: Sequence[Choice], say: Say) -> tuple[Option, ...]:
    return tuple(
        Option(
            "answered",
            choice.code,
            say(choice.text),
            key=str(n) if n < 10 else "",
            exclusive=isinstance(choice, ListedChoice) and choice.exclusive,
        )
        for n, choice in enumerate(choices, start=1)
    )


def non_answer_options(offered: Sequence[NonAnswer], t: Translator) -> tuple[Option, ...]:
    """Non-answers as options, always in the same order."""
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
