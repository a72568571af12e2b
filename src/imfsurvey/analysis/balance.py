"""The balance index: how far an entity leans to controlling or to stimulating integrity.

B = (S - C) / (S + C), after the continuum controlling - stimulating of the source toolbox. B is
large whenever both are small (C = 5, S = 10 gives +.33), so C, S and their difference go with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from imfsurvey.analysis.figures import BalanceFigures, Rating
from imfsurvey.analysis.scope import levels_in_scope, weight, worth
from imfsurvey.framework import Framework
from imfsurvey.framework.model import Approach, Balance


def balance(
    framework: Framework, ratings: Mapping[str, Rating], band: tuple[float, float] | None
) -> BalanceFigures:
    """Controlling against stimulating, on demonstrated levels of all rated topics in scope.

    C and S are indices, so topics weigh by layer as in every index; a topic tagged `both` counts
    half in each. `band`: low and high of the declared band; without it, the framework's own. A
    framework without a balance has no figures, and the whole range as its band. Expects ratings
    that `scope.in_framework_order` accepts.
    """
    thresholds = framework.balance
    if thresholds is None:
        return BalanceFigures(None, None, None, None, low=-1.0, high=1.0, outside=False)
    levels = levels_in_scope(framework, ratings, open_as=0)
    controlling = _index(framework, levels, "controlling")
    stimulating = _index(framework, levels, "stimulating")
    low, high = band or (thresholds.low, thresholds.high)
    index = weaker = None
    outside = False
    if controlling is not None and stimulating is not None:
        weaker = min(controlling, stimulating)
        difference = stimulating - controlling
        if controlling + stimulating:
            index = difference / (controlling + stimulating)
            outside = not (_as_written(low) <= index <= _as_written(high)) and _called_out(
                thresholds, index, difference
            )
    return BalanceFigures(
        controlling=_float(controlling),
        stimulating=_float(stimulating),
        balance=_float(index),
        weaker=_float(weaker),
        low=low,
        high=high,
        outside=outside,
    )


def _called_out(thresholds: Balance, index: Fraction, difference: Fraction) -> bool:
    return abs(index) > _as_written(thresholds.flag_index) and abs(difference) >= _as_written(
        thresholds.flag_difference
    )


def _index(framework: Framework, levels: Mapping[str, int], approach: Approach) -> Fraction | None:
    """0-100, exact; None when no topic of that approach is in scope (or none has weight)."""
    weights = {
        topic.id: weight(framework, topic) * (1 if topic.approach == "both" else 2)
        for topic in framework.rated_topics
        if topic.id in levels and topic.approach in (approach, "both")
    }
    total = sum(weights.values())
    if not total:
        return None
    weighted = sum((weights[one] * worth(framework, levels[one]) for one in weights), Fraction())
    return 100 * weighted / (total * framework.max_level)


def _as_written(number: float) -> Fraction:
    """The decimal that stands in the file: a threshold of .3 is 3/10, not the float next to it."""
    return Fraction(str(number))


def _float(number: Fraction | None) -> float | None:
    return None if number is None else float(number)
