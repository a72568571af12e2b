"""What the staff said at an earlier wave and now, and whether more than chance lies between.

Only from figures that both waves released, and only of what was asked alike. The tests of one
survey in two waves are one family for Holm: those of its themes, and apart from them those of its
statements. So a theme says the same on every screen and in every report.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from imfsurvey.analysis.change import (
    Difference,
    Sample,
    Verdict,
    holm,
    mann_whitney,
    verdict,
    welch,
)
from imfsurvey.analysis.figures import ItemFigures, PerceptionFigures, ThemeFigures
from imfsurvey.analysis.intervals import Interval, difference_of_shares
from imfsurvey.analysis.spread import sd_of
from imfsurvey.questionnaire import LikertItem, Questionnaire, Scale
from imfsurvey.study.comparison import Comparison, compare
from imfsurvey.study.results import WaveResults


@dataclass(frozen=True)
class IndexChange:
    """The test of an index now against then."""

    difference: Difference
    """In points of the index, now minus then."""
    adjusted: float
    """Its p after Holm."""
    verdict: Verdict


@dataclass(frozen=True)
class ThemeTrend:
    """A theme in two waves that asked it alike, and that both show."""

    theme: str
    favourable: tuple[float, float]
    """Then and now, 0-1."""
    tested: IndexChange | None
    """None where a wave released no index: there is no test then."""


@dataclass(frozen=True)
class StatementTrend:
    """A statement in two waves that asked it alike, and that both show."""

    item: str
    """Its id now."""
    favourable: tuple[float, float]
    share_interval: Interval
    """95 % of the difference of the shares, 0-1."""
    tested: IndexChange | None
    """None where a mean is not shown or nothing varies."""
    ranks: float | None
    """p of the rank test, a check that is not adjusted."""


def themes_since(
    then: WaveResults | None, now: WaveResults, survey: PerceptionFigures
) -> dict[str, ThemeTrend]:
    """The themes of a survey beside those of the wave before, by theme; none without such."""
    if then is None:
        return {}
    earlier = [one for one in then.figures.perception if one.questionnaire == survey.questionnaire]
    if not earlier:
        return {}
    trends = theme_trends(earlier[0], survey, compare(then, now))
    return {one.theme: one for one in trends}


def theme_trends(
    then: PerceptionFigures, now: PerceptionFigures, comparison: Comparison
) -> tuple[ThemeTrend, ...]:
    """The themes of a survey in two waves, in its order."""
    earlier = {one.theme: one for one in then.themes}
    found, differences = [], []
    for one in now.themes:
        alike = comparison.themes.get((now.questionnaire, one.theme))
        before = earlier.get(one.theme)
        if alike is None or alike.likeness == "other" or before is None:
            continue
        if one.favourable is None or before.favourable is None:
            continue
        found.append(ThemeTrend(one.theme, (before.favourable, one.favourable), None))
        differences.append(_of_themes(before, one))
    tested = _tested(differences)
    return tuple(replace(one, tested=test) for one, test in zip(found, tested, strict=True))


def statement_trends(
    then: PerceptionFigures,
    now: PerceptionFigures,
    comparison: Comparison,
    questionnaire: Questionnaire,
) -> tuple[StatementTrend, ...]:
    """The statements of a survey in two waves, in the order of `questionnaire`, that of now."""
    earlier = {one.item: one for one in then.items}
    found, differences = [], []
    for one in now.items:
        alike = comparison.statements.get((now.questionnaire, one.item))
        before = earlier.get(alike.item) if alike and alike.likeness != "other" else None
        item = questionnaire.items[one.item]
        if before is None or not isinstance(item, LikertItem):
            continue
        trend = _of_shares(before, one)
        if trend is not None:
            found.append(trend)
            differences.append(_of_items(before, one, questionnaire.scales[item.scale]))
    tested = _tested(differences)
    return tuple(replace(one, tested=test) for one, test in zip(found, tested, strict=True))


def _of_themes(then: ThemeFigures, now: ThemeFigures) -> Difference | None:
    samples = [
        Sample(one.scored, one.index, one.index_sd)
        for one in (now, then)
        if one.scored is not None and one.index is not None and one.index_sd is not None
    ]
    return welch(*samples) if len(samples) == 2 else None


def _of_shares(then: ItemFigures, now: ItemFigures) -> StatementTrend | None:
    """The shares side by side; None when one of them is not shown."""
    if then.favourable is None or now.favourable is None or not then.n or not now.n:
        return None
    found = difference_of_shares(now.favourable, now.n, then.favourable, then.n)
    if found is None or then.counts is None or now.counts is None:
        return None
    return StatementTrend(
        item=now.item,
        favourable=(then.favourable, now.favourable),
        share_interval=found[1],
        tested=None,
        # Without a mean, too few answered on the scale for a figure made of their codes.
        ranks=None
        if then.mean is None or now.mean is None
        else mann_whitney(now.counts, then.counts),
    )


def _of_items(then: ItemFigures, now: ItemFigures, scale: Scale) -> Difference | None:
    """On the index from 0 to 100; the deviation from the counts, which older waves have too."""
    stretch = 100 / (scale.values[-1] - scale.values[0])
    samples = [
        Sample(sum(one.counts), one.mean * stretch, sd_of(scale.values, one.counts) * stretch)
        for one in (now, then)
        if one.mean is not None and one.counts is not None
    ]
    return welch(*samples) if len(samples) == 2 else None


def _tested(differences: Sequence[Difference | None]) -> Iterator[IndexChange | None]:
    """Each with its p adjusted for all that are there."""
    adjusted = iter(holm([one.p for one in differences if one is not None]))
    for one in differences:
        if one is None:
            yield None
        else:
            p = next(adjusted)
            yield IndexChange(one, p, verdict(one.points, p))
