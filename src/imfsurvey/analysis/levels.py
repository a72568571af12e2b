"""From ratings of topics to levels and indices of functions, pillars and the whole.

Two figures, never one. The *level* is what may be claimed; the framework's rule makes it (`rules`).
The *index*, 0-100, is what is tracked: a weighted mean. Both are computed twice, with open topics
at the lowest and at the highest level, so that nothing is imputed. Method: maturity page of docs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from imfsurvey.analysis.balance import balance
from imfsurvey.analysis.figures import MaturityFigures, NodeFigures, Rating
from imfsurvey.analysis.rules import Child, binding, mean, score
from imfsurvey.analysis.scope import in_framework_order, levels_in_scope, weight, worth
from imfsurvey.framework import Framework, Node, Topic
from imfsurvey.framework.model import OVERALL


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
        return self._as_index(_mean([self._worth(self._demonstrated[one]) for one in topics]))

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
            binding=binding(demonstrated, self._rule, highest) if demonstrated else (),
        )

    def _is_rated(self, topic: str) -> bool:
        return self._ratings[topic].status == "answered"

    def _children(
        self, own: Sequence[Topic], below: Sequence[Node], levels: Mapping[str, int]
    ) -> dict[str, Child]:
        """By id, core topics and nodes; children with nothing in scope are left out."""
        children = {
            topic.id: Child(self._worth(levels[topic.id]), topic.step)
            for topic in own
            if topic.layer == "core" and topic.id in levels
        }
        for node in below:
            inside = self._children(self._own_topics(node), _level_nodes(node), levels)
            if inside:
                children[node.id] = Child(self._score(inside))
        return children

    def _score(self, children: Mapping[str, Child]) -> Fraction:
        return score(children.values(), self._rule, self._framework.max_level)

    def _level(self, children: Mapping[str, Child]) -> int | None:
        return int(self._score(children)) if children else None

    def _worth(self, level: int) -> Fraction:
        return worth(self._framework, level)

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
        parts = [
            self._mean_level(
                self._own_topics(node), _level_nodes(node), levels, core_only=core_only
            )
            for node in below
        ]
        parts.append(self._of_topics(counted, levels))
        return _mean([part for part in parts if part is not None])

    def _of_topics(self, topics: Sequence[Topic], levels: Mapping[str, int]) -> Fraction | None:
        """Mean by weight; where the rule adds up steps, the steps weigh the same."""
        by_step: dict[int | None, list[Topic]] = {}
        for topic in topics:
            step = topic.step if self._rule.rule == "sum_of_means" else None
            by_step.setdefault(step, []).append(topic)
        means = [self._weighted(step, levels) for step in by_step.values()]
        return _mean([one for one in means if one is not None])

    def _weighted(self, topics: Sequence[Topic], levels: Mapping[str, int]) -> Fraction | None:
        """None when the topics weigh nothing."""
        weights = {topic.id: weight(self._framework, topic) for topic in topics}
        total = sum(weights.values())
        if not total:
            return None
        return sum((weights[one] * self._worth(levels[one]) for one in weights), Fraction()) / total

    def _as_index(self, mean_level: Fraction | None) -> float | None:
        return None if mean_level is None else float(100 * mean_level / self._framework.max_level)


def _level_nodes(node: Node) -> tuple[Node, ...]:
    return tuple(child for child in node.children if child.role == "level")


def _mean(values: Sequence[Fraction]) -> Fraction | None:
    """None without values."""
    return mean(values) if values else None
