"""How far a measurement is from its targets, and how far it has come since the zero measurement.

The follow-up metrics of OWASP SAMM, on levels of topics. What is open counts as the lowest level,
as in every demonstrated figure; what is not applicable counts nowhere. To be above one target
never pays for another: a gap is never negative.
"""

from __future__ import annotations

from collections.abc import Mapping

from imfsurvey.analysis.figures import NodeFigures, Rating
from imfsurvey.analysis.levels import measure
from imfsurvey.framework import Framework


def gap(current: int, target: int) -> int:
    """Levels that are missing to the target; 0 at or above it."""
    return max(target - current, 0)


def gaps(current: Mapping[str, int], targets: Mapping[str, int]) -> dict[str, int]:
    """By topic that has both a level and a target."""
    return {topic: gap(current[topic], targets[topic]) for topic in targets if topic in current}


def percent_to_target(current: Mapping[str, int], targets: Mapping[str, int]) -> float | None:
    """1 - sum of the gaps / sum of the targets, 0 to 1, over the topics that have both.

    None where all targets are 0, or there are none: there is nothing to be on the way to.
    """
    wanted = sum(level for topic, level in targets.items() if topic in current)
    return _closed(sum(gaps(current, targets).values()), wanted)


def progress_of(
    zero: Mapping[str, int], now: Mapping[str, int], targets: Mapping[str, int]
) -> float | None:
    """The share of the gaps at the zero measurement that is closed; negative when they grew.

    1 - sum of the gaps now / sum of the gaps then, over the topics that have both levels and a
    target. None without a gap then: there was no way to go.
    """
    both = {topic: level for topic, level in targets.items() if topic in zero and topic in now}
    then = sum(gaps(zero, both).values())
    return _closed(sum(gaps(now, both).values()), then)


def _closed(missing: int, of: int) -> float | None:
    """1 - missing / of, by one division: 1 - 0.675 is a hair below 0.325, and would be printed
    32 %. None of nothing."""
    return (of - missing) / of if of else None


def targets_of_nodes(
    framework: Framework, targets: Mapping[str, int], ratings: Mapping[str, Rating]
) -> dict[str, int]:
    """The level that functions, pillars and the whole ("overall") have once all targets are
    reached, by the framework's rule and with an approved policy.

    Only where every core topic in scope has a target: the others are left out.
    """
    wanted: dict[str, Rating] = {}
    for topic in framework.rated_topics:
        rating = ratings.get(topic.id)
        if rating is not None and rating.status == "na":
            wanted[topic.id] = Rating("na")
        elif topic.id in targets:
            wanted[topic.id] = Rating("answered", targets[topic.id])
    reached = measure(framework, wanted, policy_approved=True)
    found: list[NodeFigures] = [reached.overall, *reached.nodes.values()]
    return {
        node.node: node.demonstrated
        for node in found
        if node.demonstrated is not None and node.coverage == 1
    }
