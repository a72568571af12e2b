"""The aggregation rule of a framework in words, for the method page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from imfsurvey.framework.rules import CappedShares, Mean, Minimum, Staged, SumOfMeans
from imfsurvey.i18n import formats
from imfsurvey.report.view import View


def rule_in_words(view: View) -> Iterator[str]:
    """How topics are rated, and how the level of a part comes from them."""
    yield _scale(view)
    yield _levels(view)


def _scale(view: View) -> str:
    t, framework = view.t, view.framework
    if framework.aggregation.rule == "sum_of_means":
        values = [level.value for level in framework.levels if level.value is not None]
        said = [formats.number(value, view.words.language, 2) for value in values]
        return t(
            "Every topic is rated from {lowest} to {highest}; the ratings count for {values}.",
            lowest=0,
            highest=framework.max_level,
            values=formats.joined(said, view.words.language),
        )
    return t(
        "Every topic is rated from {lowest} to {highest}; each level includes all lower ones.",
        lowest=0,
        highest=framework.max_level,
    )


def _levels(view: View) -> str:
    t, rule, percent = view.t, view.framework.aggregation, view.words.whole_percent
    match rule:
        case CappedShares():
            return t(
                "The level of a function, of a pillar and of the whole is the highest one that "
                "more than {mostly} of its parts reach while more than {fully} of them reach "
                "every step below. It is never more than {cap} above the weakest part.",
                mostly=percent(rule.mostly),
                fully=percent(rule.fully),
                cap=rule.cap,
            )
        case Mean():
            return t(
                "The level of a function, of a pillar and of the whole is the mean of its parts, "
                "rounded down. The mean itself is carried up unrounded."
            )
        case Minimum():
            return t(
                "The level of a function, of a pillar and of the whole is that of its lowest part."
            )
        case Staged():
            return t(
                "Every topic belongs to a step. A part is at a level when all its topics of that "
                "step and of every step below are reached, that is, rated {level} or higher.",
                level=rule.reached_from,
            )
        case SumOfMeans():
            return t(
                "Every topic belongs to one of {steps} steps. The score of a part that holds "
                "topics is the sum, over the steps, of the mean of the step's ratings; above, it "
                "is the mean of the parts. The level is the score rounded down.",
                steps=view.framework.max_level,
            )
        case _:
            assert_never(rule)
