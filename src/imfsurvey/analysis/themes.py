"""The figures of a theme: shares of its statements, scores of persons, reliability, agreement.

A score brings several answers of one person together, so it can tell what the figures of the
statements do not. When everybody answered all statements, the mean score is nothing but the mean
of their means. The people who answered some and not all are what makes the two differ, so they
can be told apart from the others: the mean of 39 scores and the means of five statements give
away the one person who left a statement out. Hence, whatever the number of answers: no score,
and nothing made of scores, where 1 to k - 1 people answered some of the statements only.

The spread of the scores tells how the answers of one person hang together, which no count does:
of few people, whether the one who disagreed here is the one who disagreed there. Hence, on fewer
than `SMALL` scores, the index stands alone: without SD, interval and test.

Agreement is worked out from the counts of the statements, and needs no such rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from imfsurvey.analysis.agreement import r_wg_j
from imfsurvey.analysis.figures import ItemFigures, Reliability, ThemeFigures
from imfsurvey.analysis.microdata import Microdata
from imfsurvey.questionnaire import LikertItem, Scale

if TYPE_CHECKING:
    from imfsurvey.analysis.scales import Floats, Scores

SMALL: Final = 30
"""Below so many answers (or people), unanimity, rare non-answers, exact rates, the spread of scores
and reliability are withheld."""

_LEAST_FOR_ALPHA: Final = 3

_DIGITS: Final = 9
"""After the comma, of a mean of scores: what lies behind them is floating point's. Thirds do not
add up to a half that is printed up."""


def theme_figures(
    theme: str,
    items: Sequence[tuple[LikertItem, Scale, ItemFigures]],
    microdata: Microdata,
    k: int,
    population: int | None,
) -> ThemeFigures:
    """The figures of a theme from those of its items, after disclosure control, and the answers.

    `k`: answers that a figure needs, the highest of its items. `population`: the people who were
    asked, None when that is not known.
    """
    sided = [one for one in items if one[2].favourable is not None]
    complete = all(one.hidden is None for _, _, one in items)
    if not sided or not complete:
        return ThemeFigures(theme=theme, favourable=None, items=len(sided))
    favourable = mean_share(
        (item.weight, one.exact_favourable or Fraction(0)) for item, _, one in sided
    )
    figures = ThemeFigures(theme=theme, favourable=favourable, items=len(sided))
    if len(sided) < 2 or any(one.mean is None for _, _, one in sided):
        return figures
    return _together(figures, sided, microdata, k, population)


def mean_share(shares: Iterable[tuple[float, Fraction]]) -> float:
    """The mean of the shares of a theme's statements, each with its weight; of at least one."""
    exact = [(Fraction(str(weight)), share) for weight, share in shares]
    total = sum(weight for weight, _ in exact)
    return float(sum(weight * share for weight, share in exact) / total)


def _together(
    figures: ThemeFigures,
    items: Sequence[tuple[LikertItem, Scale, ItemFigures]],
    microdata: Microdata,
    k: int,
    population: int | None,
) -> ThemeFigures:
    """With what several statements that are all shown say together."""
    from imfsurvey.analysis.scales import scores

    counts = [one.counts or () for _, _, one in items]
    figures = replace(figures, agreement=r_wg_j(counts), agreement_skewed=r_wg_j(counts, "skewed"))
    found = scores([item for item, _, _ in items], [scale for _, scale, _ in items], microdata)
    if 0 < found.partial < k or len(found.persons) < k:
        return figures
    return replace(
        _with_index(figures, found.persons, population),
        reliability=_reliability(found, len(items)),
    )


def _with_index(figures: ThemeFigures, persons: Floats, population: int | None) -> ThemeFigures:
    from imfsurvey.analysis.intervals import mean_interval

    n, mean = len(persons), round(float(persons.mean()), _DIGITS)
    figures = replace(figures, index=mean, scored=n, census=n == population)
    if n < SMALL:
        return figures
    sd = float(persons.std(ddof=1))
    return replace(figures, index_sd=sd, index_interval=mean_interval(mean, sd, n, population))


def _reliability(found: Scores, items: int) -> Reliability | None:
    """Alpha and omega of three statements or more, Spearman-Brown of two; on `SMALL` persons."""
    if found.complete < SMALL:
        return None
    from imfsurvey.analysis import reliability

    if items < _LEAST_FOR_ALPHA:
        both = reliability.spearman_brown(found.covariance)
        if both is None:
            return None
        interval = reliability.spearman_brown_interval(found.covariance, found.complete)
        return Reliability(
            n=found.complete, items=items, spearman_brown=both, spearman_brown_interval=interval
        )
    alpha = reliability.alpha(found.covariance)
    if alpha is None:
        return None
    omega = reliability.omega(found.covariance)
    return Reliability(
        n=found.complete,
        items=items,
        alpha=alpha,
        alpha_interval=reliability.alpha_interval(alpha, found.complete, items),
        omega=omega if isinstance(omega, float) else None,
        no_omega=None if isinstance(omega, float) else omega,
    )
