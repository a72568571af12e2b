"""What unsealing a closed wave would add to its figures: all of them, or what came later."""

from __future__ import annotations

from typing import Literal

from imfsurvey.analysis.choices import counted_items
from imfsurvey.questionnaire import Questionnaire
from imfsurvey.study.results import WaveFigures

Part = Literal["whole", "groups", "choices"]
"""Of a survey: everything about everybody, the results by group, the choices of everybody."""


def lacking_of(figures: WaveFigures, survey: Questionnaire) -> frozenset[Part]:
    """What a survey of a wave has not got; nothing as long as the wave is open.

    A wave that was unsealed by an earlier version has no groups or no choices.
    """
    if figures.status != "closed":
        return frozenset()
    if figures.sealed:
        return frozenset({"whole", "groups", "choices"})
    lacking: set[Part] = set()
    grouped = any(one.questionnaire == survey.id for one in figures.breakdowns)
    if survey.privacy.breakdown_by and not grouped:
        lacking.add("groups")
    there = next((one for one in figures.perception if one.questionnaire == survey.id), None)
    if there is not None and there.choices is None and any(counted_items(survey)):
        lacking.add("choices")
    return frozenset(lacking)
