"""What a respondent wrote in place of a choice, where the choices are shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from imfsurvey.i18n import formats
from imfsurvey.i18n.catalogue import Translator
from imfsurvey.interview import Answer, Option
from imfsurvey.questionnaire import OTHER

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
