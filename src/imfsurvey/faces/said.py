"""What every face says of an item and of what was answered to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from imfsurvey.i18n import formats
from imfsurvey.i18n.catalogue import Translator
from imfsurvey.interview import Answer, Interview, Option
from imfsurvey.interview.saying import words_of
from imfsurvey.questionnaire import OTHER, Item, MaturityItem

if TYPE_CHECKING:
    from imfsurvey.study.lasttime import LastTime

_LONGEST_OTHER: Final = 60
"""Characters of what was written that the option shows."""


def with_other(options: Sequence[Option], answer: Answer, t: Translator) -> tuple[Option, ...]:
    """The options, the one for something else with what was written there."""
    if not answer.other:
        return tuple(options)
    words = " ".join(answer.other.split())
    if len(words) > _LONGEST_OTHER:
        words = f"{words[: _LONGEST_OTHER - 1].rstrip()}…"
    return tuple(
        replace(option, label=formats.labelled(option.label, words, t.language))
        if option.value == OTHER
        else option
        for option in options
    )


def says_other(answer: Answer) -> bool:
    """Whether "other" is among what was chosen."""
    return answer.given and OTHER in answer.codes


def criteria_words(item: Item, answer: Answer, t: Translator) -> str:
    """How many criteria are met; empty where there are none."""
    if not isinstance(item, MaturityItem) or not item.criteria:
        return ""
    return t("Criteria met: {met} of {total}", met=len(answer.criteria), total=len(item.criteria))


def last_time_words(item: Item, last: LastTime | None, t: Translator) -> str:
    """What was rated of a topic in the measurement before; empty where there is nothing."""
    if last is None or not isinstance(item, MaturityItem):
        return ""
    said = last.ratings.get(item.topic)
    if said is None or said == "blank":
        return ""
    words = {"na": t("not applicable"), "dk": t("don't know")}
    return t(
        "Last time ({wave}): {said}. Confirm it or change it: nothing is carried over.",
        wave=last.wave.file.label.say(t.language),
        said=words[said] if isinstance(said, str) else said,
    )


def name_of(item: Item, interview: Interview) -> str:
    """The topic of a rating, which is shorter than its statement; else the stem."""
    if isinstance(item, MaturityItem):
        topic = interview.framework.topic_by_id[item.topic]
        return topic.label.say(interview.language)
    return interview.say(item.text)


def answer_words(item: Item, interview: Interview) -> str:
    """What was said; a level with its number."""
    answer = interview.answer_to(item.id)
    words = words_of(item, answer, interview)
    return f"{answer.value} {words}" if isinstance(item, MaturityItem) and answer.codes else words


def topic_help(item: MaturityItem, interview: Interview, t: Translator) -> list[str]:
    """What the topic is, why it matters, what an inspector would accept as evidence."""
    topic = interview.framework.topic_by_id[item.topic]
    told = [
        (t("What it is"), topic.explanation),
        (t("Why it matters"), topic.why),
        (t("The risk"), topic.risk),
    ]
    parts = [
        formats.labelled(label, text.say(t.language), t.language)
        for label, text in told
        if text is not None
    ]
    if item.evidence_kinds:
        kinds = "\n".join(f"· {interview.say(kind)}" for kind in item.evidence_kinds)
        parts.append(formats.labelled(t("Evidence that counts"), f"\n{kinds}", t.language))
    return parts
