"""Several waves as one series: only over topics that all of them asked in a comparable way.

Waves that cannot serve as a measurement, or were rated with another framework, are left out before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from imfsurvey.analysis.figures import MaturityFigures, NodeFigures, Rating
from imfsurvey.analysis.levels import measure
from imfsurvey.analysis.progress import percent_to_target, progress_of
from imfsurvey.analysis.scope import levels_in_scope
from imfsurvey.framework import Framework
from imfsurvey.framework.model import OVERALL
from imfsurvey.study.comparison import compare
from imfsurvey.study.rescoring import rescored
from imfsurvey.study.results import WaveResults


@dataclass(frozen=True)
class Point:
    """One wave of a series."""

    wave: WaveResults
    nodes: Mapping[str, NodeFigures]
    """By node and for the whole: by the last wave's rule, on the topics that all waves share."""
    levels: Mapping[str, int]
    """The level of each topic that is compared and in scope, what is open as 0."""
    as_released: bool
    """Whether these are the figures that the wave was closed with."""


@dataclass(frozen=True)
class Trend:
    """A series of waves in order of time, at least two."""

    points: tuple[Point, ...]
    dropped: tuple[str, ...]
    """The core topics of the last wave that are not compared, in its framework's order."""

    @property
    def targets(self) -> dict[str, int]:
        """The last wave's target by topic that is compared."""
        now = self.points[-1]
        wanted = {one.topic: one.level for one in now.wave.figures.targets}
        return {topic: level for topic, level in wanted.items() if topic not in self.dropped}

    def progress(self, topics: Sequence[str] | None = None) -> float | None:
        """The share of the gaps of the first wave that is closed by now; None without a gap."""
        targets = self.targets
        if topics is not None:
            targets = {one: targets[one] for one in topics if one in targets}
        return progress_of(self.points[0].levels, self.points[-1].levels, targets)


def trend(waves: Sequence[WaveResults]) -> Trend | None:
    """The series of waves that have a self-assessment, in order of time; None of fewer than two,
    and where they share no core topic."""
    rated = [wave for wave in waves if wave.figures.maturity is not None]
    if len(rated) < 2:
        return None
    *earlier, now = rated
    shared = {topic.id for topic in now.framework.rated_topics}
    for number, one in enumerate(earlier):
        found = compare(one, now, earlier[number + 1 :])
        shared &= {topic for topic in shared if found.comparable(topic)}
    core = [topic.id for topic in now.framework.rated_topics if topic.layer == "core"]
    if not shared.intersection(core):
        return None
    dropped = tuple(topic for topic in core if topic not in shared)
    return Trend(tuple(_point(one, now.framework, shared, dropped) for one in rated), dropped)


def _point(
    wave: WaveResults, framework: Framework, shared: set[str], dropped: Sequence[str]
) -> Point:
    again = rescored(wave, framework)
    figures = again or wave.figures.maturity
    if figures is None:
        raise ValueError("a wave without a self-assessment has no place in a series")
    ratings = {topic: one for topic, one in figures.ratings.items() if topic in shared}
    if dropped:
        outside = {topic: Rating("na") for topic in dropped}
        approved = wave.figures.policy_approved_on is not None
        figures = measure(framework, {**ratings, **outside}, policy_approved=approved)
    levels = levels_in_scope(framework, ratings, open_as=0)
    return Point(
        wave,
        nodes_of(figures),
        {topic: level for topic, level in levels.items() if topic in ratings},
        as_released=again is None and not dropped,
    )


def nodes_of(figures: MaturityFigures) -> dict[str, NodeFigures]:
    """The figures of the nodes and, as "overall", of the whole."""
    return {OVERALL: figures.overall, **figures.nodes}


def levels_now(wave: WaveResults) -> dict[str, int]:
    """The level of each topic that was asked and is in scope, what is open as 0."""
    found = wave.figures.maturity
    if found is None:
        return {}
    levels = levels_in_scope(wave.framework, found.ratings, open_as=0)
    return {topic: level for topic, level in levels.items() if topic in found.ratings}


def to_target(wave: WaveResults, topics: Sequence[str] | None = None) -> float | None:
    """Percent to target of a wave, or of some topics of it, as a share; None without targets."""
    targets = {one.topic: one.level for one in wave.figures.targets}
    if topics is not None:
        targets = {one: targets[one] for one in topics if one in targets}
    return percent_to_target(levels_now(wave), targets)
