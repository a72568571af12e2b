"""From ratings of topics to levels and indices of functions, pillars and the whole.

Two figures, never one. The *level* is what may be claimed: ordinal, so children are only counted
(the rule of ISO/IEC 33020, "largely here, fully below", with a cap one step above the weakest).
The *index*, 0-100, is what is tracked: a weighted mean. Both are computed twice, with open topics
at the lowest and at the highest level, so that nothing is imputed. Method: maturity page of docs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from imfsurvey.analysis.balance import balance
from imfsurvey.analysis.figures import MaturityFigures, NodeFigures, Rating
from imfsurvey.analysis.scope import in_framework_order, levels_in_scope, weight
from imfsurvey.framework import Framework, Node, Topic
from imfsurvey.framework.model import CappedShares

OVERALL = "overall"
"""The node id of the figures of the whole."""


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


def binding_children(
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


def measure(
    framework: Framework,
    ratings: Mapping[str, Rating],
    *,
    policy_approved: bool,
    band: tuple[float, float] | None = None,
) -> MaturityFigures:
    """The figures of a self-assessment, by the framework's rule.

    `ratings` by topic id; a topic that is missing counts as blank. `band`: the declared balance
    band, low and high; without it, the framework's own. Without an approved policy the overall
    level (demonstrated and at most) stays at the gate's or below; where the gate is what lowers
    the demonstrated level, no pillar is named as binding. Raises `InputError` for ratings that do
    not fit the framework.
    """
    given = in_framework_order(framework, ratings)
    scoring = _Scoring(framework, given)
    overall = scoring.overall()
    gate = framework.gate
    gate_holds = gate is not None and not policy_approved
    if gate is not None and gate_holds:
        overall = _held_down(overall, gate.level)
    return MaturityFigures(
        ratings=given,
        nodes={
            node.id: scoring.node(node)
            for node in framework.nodes.values()
            if node.role != "document"
        },
        overall=overall,
        overall_equal_weights=scoring.equal_weights(),
        gate_holds=gate_holds,
        balance=balance(framework, given, band),
    )


def _held_down(overall: NodeFigures, level: int) -> NodeFigures:
    if overall.demonstrated is None or overall.at_most is None:
        return overall
    demonstrated = min(overall.demonstrated, level)
    return replace(
        overall,
        demonstrated=demonstrated,
        at_most=min(overall.at_most, level),
        binding=overall.binding if demonstrated == overall.demonstrated else (),
    )


class _Scoring:
    """One set of ratings under the rule of its framework."""

    def __init__(self, framework: Framework, ratings: Mapping[str, Rating]) -> None:
        self._framework = framework
        self._rule = framework.aggregation
        self._ratings = ratings
        self._demonstrated = levels_in_scope(framework, ratings, open_as=0)
        self._at_most = levels_in_scope(framework, ratings, open_as=framework.max_level)

    def node(self, node: Node) -> NodeFigures:
        """The figures of a function, a pillar or a view."""
        return self._figures(
            node.id, self._own_topics(node), _level_nodes(node), self._framework.topics_of(node)
        )

    def overall(self) -> NodeFigures:
        """The figures of the whole: its children are the pillars."""
        return self._figures(OVERALL, (), self._framework.pillars, self._topics_of_pillars())

    def equal_weights(self) -> float | None:
        """The index of the whole with every topic in scope weighing the same."""
        topics = [topic.id for topic in self._topics_of_pillars() if topic.id in self._demonstrated]
        return self._as_index(_mean([Fraction(self._demonstrated[topic]) for topic in topics]))

    def _topics_of_pillars(self) -> tuple[Topic, ...]:
        framework = self._framework
        return tuple(t for pillar in framework.pillars for t in framework.topics_of(pillar))

    def _own_topics(self, node: Node) -> tuple[Topic, ...]:
        """The topics that count as children of a node: its own and those of its views."""
        views = [child for child in node.children if child.role == "view"]
        own = [topic for topic in self._framework.rated_topics if topic.under == node.id]
        return (*own, *(topic for view in views for topic in self._framework.topics_of(view)))

    def _figures(
        self, name: str, own: Sequence[Topic], below: Sequence[Node], all_topics: Sequence[Topic]
    ) -> NodeFigures:
        """`own` and `below` are the children; `all_topics`, those at any depth, are counted."""
        demonstrated = self._children(own, below, self._demonstrated)
        at_most = self._children(own, below, self._at_most)
        core = [topic.id for topic in all_topics if topic.layer == "core"]
        in_scope = sum(topic in self._demonstrated for topic in core)
        rated = sum(topic in self._ratings and self._is_rated(topic) for topic in core)
        not_applicable = len(core) - in_scope
        highest = self._framework.max_level
        return NodeFigures(
            node=name,
            demonstrated=self._level(demonstrated),
            at_most=self._level(at_most),
            index=self._as_index(self._mean_level(own, below, self._demonstrated)),
            index_at_most=self._as_index(self._mean_level(own, below, self._at_most)),
            core_index=self._as_index(
                self._mean_level(own, below, self._demonstrated, core_only=True)
            ),
            coverage=rated / in_scope if in_scope else None,
            in_scope=in_scope,
            not_applicable=not_applicable,
            reduced_scope=100 * not_applicable > self._rule.reduced_scope * len(core),
            incomplete=100 * rated < self._rule.coverage * in_scope,
            binding=binding_children(demonstrated, self._rule, highest) if demonstrated else (),
        )

    def _is_rated(self, topic: str) -> bool:
        return self._ratings[topic].status == "answered"

    def _children(
        self, own: Sequence[Topic], below: Sequence[Node], levels: Mapping[str, int]
    ) -> dict[str, int]:
        """Level by child, core topics and nodes; children with nothing in scope are left out."""
        children = {
            topic.id: levels[topic.id]
            for topic in own
            if topic.layer == "core" and topic.id in levels
        }
        for node in below:
            level = self._level(self._children(self._own_topics(node), _level_nodes(node), levels))
            if level is not None:
                children[node.id] = level
        return children

    def _level(self, children: Mapping[str, int]) -> int | None:
        if not children:
            return None
        return capped_shares(list(children.values()), self._rule, self._framework.max_level)

    def _mean_level(
        self,
        own: Sequence[Topic],
        below: Sequence[Node],
        levels: Mapping[str, int],
        *,
        core_only: bool = False,
    ) -> Fraction | None:
        """Mean of the nodes below; topics directly under a node weigh by layer within one part."""
        counted = [
            topic
            for topic in own
            if topic.id in levels and (topic.layer == "core" or not core_only)
        ]
        weights = {topic.id: weight(self._framework, topic) for topic in counted}
        parts = [
            self._mean_level(
                self._own_topics(node), _level_nodes(node), levels, core_only=core_only
            )
            for node in below
        ]
        total = sum(weights.values())
        if total:
            weighted = sum(weights[topic] * levels[topic] for topic in weights)
            parts.append(Fraction(weighted, total))
        return _mean([part for part in parts if part is not None])

    def _as_index(self, mean_level: Fraction | None) -> float | None:
        return None if mean_level is None else float(100 * mean_level / self._framework.max_level)


def _level_nodes(node: Node) -> tuple[Node, ...]:
    return tuple(child for child in node.children if child.role == "level")


def _mean(values: Sequence[Fraction]) -> Fraction | None:
    """Exact, so that the order of the values does not matter; None without values."""
    return sum(values, Fraction()) / len(values) if values else None
