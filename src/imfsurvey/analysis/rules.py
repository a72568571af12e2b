"""One function for each aggregation rule, and the one place where the rule is chosen.

A score is exact and on the scale of levels, so that nothing is rounded on the way up; a level is
a score rounded down. Under every rule, raising a child never lowers the score.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import assert_never

from imfsurvey.framework.rules import (
    Aggregation,
    CappedShares,
    Mean,
    Minimum,
    Staged,
    SumOfMeans,
)


@dataclass(frozen=True)
class Child:
    """What a node is scored on: a topic in scope, or a node below."""

    score: Fraction
    """0 to the highest level: of a topic, what its level is worth (`scope.worth`)."""
    step: int | None = None
    """The step that a topic belongs to; None for a node, and where the rule knows no steps."""


def score(children: Iterable[Child], rule: Aggregation, top: int) -> Fraction:
    """The score that children give together. Raises ValueError without children."""
    found = list(children)
    scores = [child.score for child in found]
    match rule:
        case CappedShares():
            return Fraction(capped_shares([int(one) for one in scores], rule, top))
        case Mean():
            return mean(scores)
        case Minimum():
            return min(scores)
        case Staged():
            stepped, nodes = _apart(found)
            reached = [Fraction(staged(stepped, rule.reached_from, top))] if stepped else []
            return min([*reached, *nodes])
        case SumOfMeans():
            stepped, nodes = _apart(found)
            summed = [sum_of_means(stepped, top)] if stepped else []
            return mean([*summed, *nodes])
        case _:
            assert_never(rule)


def binding(children: Mapping[str, Child], rule: Aggregation, top: int) -> tuple[str, ...]:
    """The children that keep the level L of a node from being L + 1, in the order given.

    Raising them, and then those that are named next, raises the level. None at the highest level.
    Raises ValueError without children.
    """
    wanted = int(score(children.values(), rule, top)) + 1
    if wanted > top:
        return ()
    match rule:
        case CappedShares():
            levels = {name: int(child.score) for name, child in children.items()}
            return binding_shares(levels, rule, top)
        case Mean() | Minimum():
            held = {name: child.score < wanted for name, child in children.items()}
        case Staged():
            held = {
                name: child.score < wanted
                if child.step is None
                else child.step <= wanted and child.score < rule.reached_from
                for name, child in children.items()
            }
        case SumOfMeans():
            short = [c.step for c in children.values() if c.step is not None and c.score < top]
            lowest = min(short, default=None)
            held = {
                name: child.score < (wanted if child.step is None else top)
                and child.step in (None, lowest)
                for name, child in children.items()
            }
        case _:
            assert_never(rule)
    return tuple(name for name, holds in held.items() if holds)


def mean(values: Sequence[Fraction]) -> Fraction:
    """Exact, so that the order of the values does not matter. Raises ValueError without values."""
    if not values:
        raise ValueError("a mean needs at least one value")
    return sum(values, Fraction()) / len(values)


def staged(topics: Iterable[tuple[int, Fraction]], reached_from: int, top: int) -> int:
    """The highest level up to which every topic is reached; topics are (step, level).

    A step without topics stands in the way of nothing.
    """
    return min((step - 1 for step, level in topics if level < reached_from), default=top)


def sum_of_means(topics: Iterable[tuple[int, Fraction]], top: int) -> Fraction:
    """The sum over steps 1 … `top` of the mean of a step's topics; topics are (step, score).

    A score is the value of an answer, 0 to 1, times `top`, so that a step gives at most 1. A
    step that is out of scope leaves the count: the sum of the others is stretched to `top`, that
    is, it is `top` times the mean of their means. Raises ValueError without topics.
    """
    by_step: dict[int, list[Fraction]] = {}
    for step, one in topics:
        by_step.setdefault(step, []).append(one / top)
    return top * mean([mean(values) for values in by_step.values()])


def _apart(children: Iterable[Child]) -> tuple[list[tuple[int, Fraction]], list[Fraction]]:
    """Topics as (step, score), and the scores of nodes."""
    stepped: list[tuple[int, Fraction]] = []
    nodes: list[Fraction] = []
    for child in children:
        if child.step is None:
            nodes.append(child.score)
        else:
            stepped.append((child.step, child.score))
    return stepped, nodes


def capped_shares(levels: Sequence[int], rule: CappedShares, max_level: int) -> int:
    """The level that children at `levels` give together.

    `R` = highest L such that more than `mostly` % of the children are at L or above and, for each
    step below L, more than `fully` % are at that step or above; level = min(R, `cap` + lowest).
    In whole numbers, since 17 of 20 is exactly 85 % and must fail. Raising a child never lowers
    the level. Raises ValueError without children or with a level outside 0 … `max_level`.
    """
    if not levels or min(levels) < 0 or max(levels) > max_level:
        raise ValueError(f"levels from 0 to {max_level} are needed, at least one")
    reached = 0
    # The conditions are nested: where one step fails, every higher one does.
    while (
        reached < max_level
        and _more_than(rule.mostly, levels, reached + 1)
        and _more_than(rule.fully, levels, reached)
    ):
        reached += 1
    return min(reached, rule.cap + min(levels))


def _more_than(percent: int, levels: Iterable[int], level: int) -> bool:
    """Whether more than `percent` % of the levels are at `level` or above."""
    there = [one >= level for one in levels]
    return 100 * sum(there) > percent * len(there)


def binding_shares(
    children: Mapping[str, int], rule: CappedShares, max_level: int
) -> tuple[str, ...]:
    """The children that keep their level L from being L + 1, in the order given.

    When the cap, or the share that must be past the step below, stands in the way: those that are
    not past it. Else those that are not yet at L + 1. None at the highest level. Raises ValueError
    as `capped_shares` does.
    """
    levels = list(children.values())
    wanted = capped_shares(levels, rule, max_level) + 1
    if wanted > max_level:
        return ()
    hurdles = []
    if min(levels) + rule.cap < wanted:
        hurdles.append(wanted - rule.cap)
    if not _more_than(rule.fully, levels, wanted - 1):
        hurdles.append(wanted - 1)
    hurdle = max(hurdles, default=wanted)
    return tuple(child for child, level in children.items() if level < hurdle)
