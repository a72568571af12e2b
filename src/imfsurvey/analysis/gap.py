"""What is claimed of a topic beside what the staff see of it.

Two sources, two rulers: a level that somebody claims, and statements that others agree with. Both
are put on 0 to 100 so that ranks and large gaps can be read, never decimals. Nothing here changes
a level. A topic is measured by the statements that name it, outside themes that are `apart`, on
scales that say what is favourable. One of them that is not shown leaves the topic without figures.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import fmean
from typing import Final, Literal

from imfsurvey.analysis.figures import ItemFigures, PerceptionFigures, Rating
from imfsurvey.analysis.intervals import Interval
from imfsurvey.analysis.scope import worth
from imfsurvey.framework import Framework, Node
from imfsurvey.questionnaire import LikertItem, Questionnaire, Scale

CLAIMED_FROM: Final = 3
"""From this level on a topic is said to be carried out, so that the staff should see it."""

CONFIRMED_ABOVE: Final = Fraction(1, 2)
"""Share of favourable answers above which a claim is confirmed, and a strength is one: "largely" of
ISO/IEC 33020."""

NOTABLE, LARGE = 10, 25
"""Points of a gap from which it is named, and from which it is called large."""

_ROUNDING: Final = 1e-9
"""What floating point may take from a gap that is exactly 10 or 25."""

Size = Literal["small", "chance", "notable", "large"]
"""Small: under `NOTABLE`. Chance: larger, but the claim lies within the interval."""


@dataclass(frozen=True)
class TopicGap:
    """One topic that both the self-assessment and the staff speak of."""

    topic: str
    level: int
    claimed: float
    """The level on 0 to 100: 20 times a level of 0 to 5."""
    statements: int
    """That measure the topic, shown or not."""
    seen: float | None = None
    """Mean of its statements on 0 to 100; None where one of them is not shown."""
    interval: Interval | None = None
    """95 % of `seen`, rather too wide than too narrow; None as well when everybody answered."""
    census: bool = False
    """Everybody invited answered: nothing is left to chance."""
    favourable: Fraction | None = None
    """Mean favourable share of its statements, exact; None where one of them is not shown."""

    @property
    def gap(self) -> float | None:
        """Claimed minus seen, in points: above 0 may be a blind spot, below a hidden strength."""
        return None if self.seen is None else self.claimed - self.seen

    @property
    def size(self) -> Size | None:
        """How far the two are apart; None without a gap."""
        if self.gap is None:
            return None
        points = abs(self.gap) + _ROUNDING
        if points < NOTABLE:
            return "small"
        if not self.census and (self.interval is None or self._within(self.interval)):
            return "chance"
        return "large" if points >= LARGE else "notable"

    @property
    def blind_spot(self) -> bool:
        """Whether more is claimed than is seen, by more than chance."""
        return self.size in ("notable", "large") and (self.gap or 0) > 0

    @property
    def hidden_strength(self) -> bool:
        """Whether more is seen than is claimed, by more than chance, and by most: what most of
        the staff do not see is no strength, however little is claimed."""
        seen = self.favourable is not None and self.favourable > CONFIRMED_ABOVE
        return seen and self.size in ("notable", "large") and (self.gap or 0) < 0

    @property
    def confirmed(self) -> bool | None:
        """Whether the staff see what is claimed; None where nothing is claimed or shown."""
        if self.level < CLAIMED_FROM or self.favourable is None:
            return None
        return self.favourable > CONFIRMED_ABOVE

    def _within(self, interval: Interval) -> bool:
        return interval[0] <= self.claimed <= interval[1]


def gaps(
    framework: Framework,
    ratings: Mapping[str, Rating],
    surveys: Sequence[tuple[PerceptionFigures, Questionnaire]],
) -> tuple[TopicGap, ...]:
    """The topics with a level and at least one statement, in the order of the framework."""
    asked: dict[str, list[_Statement]] = {}
    for figures, questionnaire in surveys:
        for one in _statements(figures, questionnaire):
            asked.setdefault(one.topic, []).append(one)
    found = []
    for topic in framework.rated_topics:
        rating = ratings.get(topic.id)
        if rating is not None and rating.level is not None and topic.id in asked:
            claimed = float(100 * worth(framework, rating.level) / framework.max_level)
            found.append(_measured(topic.id, rating.level, claimed, asked[topic.id]))
    return tuple(found)


def mean_gap(found: Sequence[TopicGap]) -> float | None:
    """The direction: positive when more is claimed than seen; None without a gap."""
    known = [one.gap for one in found if one.gap is not None]
    return fmean(known) if known else None


def mean_distance(found: Sequence[TopicGap]) -> float | None:
    """The size: the mean of the gaps without their signs, which cannot cancel out."""
    known = [abs(one.gap) for one in found if one.gap is not None]
    return fmean(known) if known else None


def unconfirmed(found: Sequence[TopicGap]) -> tuple[str, ...]:
    """The topics that are claimed and not confirmed, the least seen first."""
    doubted = [one for one in found if one.confirmed is False]
    return tuple(one.topic for one in sorted(doubted, key=lambda one: one.favourable or 0))


def doubtful_pillars(framework: Framework, found: Sequence[TopicGap]) -> tuple[Node, ...]:
    """The pillars where most of the claims that could be checked are not confirmed."""
    doubtful = []
    for pillar in framework.pillars:
        inside = {topic.id for topic in framework.topics_of(pillar)}
        checked = [
            one.confirmed for one in found if one.topic in inside and one.confirmed is not None
        ]
        if 2 * checked.count(False) > len(checked):
            doubtful.append(pillar)
    return tuple(doubtful)


@dataclass(frozen=True)
class _Statement:
    """One statement about a topic."""

    topic: str
    figures: ItemFigures
    scale: Scale


def _statements(figures: PerceptionFigures, questionnaire: Questionnaire) -> Iterator[_Statement]:
    apart = {theme.id for theme in questionnaire.themes if theme.apart}
    shown = {one.item: one for one in figures.items}
    for item in questionnaire.asking_items():
        if not isinstance(item, LikertItem) or item.topic is None or item.theme in apart:
            continue
        scale = questionnaire.scales[item.scale]
        if item.id in shown and scale.favourable:
            yield _Statement(item.topic, shown[item.id], scale)


def _measured(topic: str, level: int, claimed: float, statements: Sequence[_Statement]) -> TopicGap:
    plain = TopicGap(topic, level, claimed, len(statements), favourable=_favourable(statements))
    means = [
        one.scale.score(one.figures.mean) for one in statements if one.figures.mean is not None
    ]
    if len(means) < len(statements):
        return plain
    return TopicGap(
        topic,
        level,
        claimed,
        len(statements),
        seen=fmean(means),
        interval=_interval(statements),
        census=all(one.figures.census for one in statements),
        favourable=plain.favourable,
    )


def _favourable(statements: Sequence[_Statement]) -> Fraction | None:
    """The mean of the shares; None where one is not shown."""
    every = [one.figures.exact_favourable for one in statements]
    shares = [one for one in every if one is not None]
    return sum(shares, Fraction(0)) / len(shares) if len(shares) == len(every) else None


def _interval(statements: Sequence[_Statement]) -> Interval | None:
    """The mean of the bounds: what the same people answer goes together at most wholly, and then
    the half widths add up; a statement that everybody answered has no width."""
    bounds: list[Interval] = []
    for one in statements:
        figures = one.figures
        if figures.mean_interval is not None:
            bounds.append(figures.mean_interval)
        elif figures.census and figures.mean is not None:
            bounds.append((figures.mean, figures.mean))
        else:
            return None
    if all(one.figures.census for one in statements):
        return None
    lows, highs = (
        [one.scale.score(bound[side]) for one, bound in zip(statements, bounds, strict=True)]
        for side in (0, 1)
    )
    return fmean(lows), fmean(highs)
