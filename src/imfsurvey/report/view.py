"""Which waves a report compares, seen in one language."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from imfsurvey.analysis.figures import MaturityFigures, NodeFigures, Rating
from imfsurvey.analysis.gap import TopicGap
from imfsurvey.analysis.progress import targets_of_nodes
from imfsurvey.framework import Framework, Topic
from imfsurvey.framework.model import OVERALL
from imfsurvey.i18n.catalogue import Translator
from imfsurvey.report.words import NO_FIGURE, Words
from imfsurvey.study.actions.action import Action
from imfsurvey.study.actions.effect import Effects
from imfsurvey.study.comparison import Comparison, compare
from imfsurvey.study.fitness import left_out, serves
from imfsurvey.study.perceived import gaps_of
from imfsurvey.study.rescoring import rescored
from imfsurvey.study.results import Target, WaveFigures, WaveResults
from imfsurvey.study.series import Trend, trend

__all__ = ["MARK", "OVERALL", "WEAK_BELOW", "Past", "Place", "View"]

MARK = "*"
"""Beside an earlier figure whose questions were worded otherwise, or were not all the same."""

WEAK_BELOW = 2
"""Topics under this level come first among the next steps: below it nothing is written down."""


@dataclass(frozen=True)
class Past:
    """An earlier wave that the reported one is compared with."""

    heading: str
    """"Zero measurement", "Previous measurement"."""
    within: str
    """The same inside a sentence."""
    is_zero: bool
    results: WaveResults
    comparison: Comparison
    """What of the two may be laid side by side."""
    rescored: MaturityFigures | None = None
    """Its ratings by the rule of the reported wave, when that is another one."""

    def node(self, ident: str) -> NodeFigures | None:
        """The figures of a node that those of the reported wave are compared with."""
        maturity = self.rescored or self.results.figures.maturity
        if maturity is None:
            return None
        return maturity.overall if ident == OVERALL else maturity.nodes.get(ident)


@dataclass(frozen=True)
class Place:
    """A node of the tree with its figures in the reported wave."""

    ident: str
    depth: int
    """0: the whole, 1: a pillar, 2: below a pillar."""
    pillar: int
    """Number of its pillar, from 0; -1 for the whole."""
    figures: NodeFigures


@dataclass(frozen=True)
class View:
    """The reported wave, the zero one and the previous one, and the words for them.

    Framework and labels are those of the reported wave; what an earlier wave does not have, or
    has under another id, is not compared.
    """

    words: Words
    now: WaveResults
    zero: WaveResults | None
    previous: WaveResults | None
    """None as well when it is the zero measurement."""
    between: tuple[WaveResults, ...] = ()
    """The waves since the zero measurement: they may have renamed items."""
    series: tuple[WaveResults, ...] = ()
    """All that are compared, the reported one last."""
    left_out: tuple[WaveResults, ...] = ()
    """Earlier ones that are not compared: too little was rated, or with another framework."""
    actions: tuple[Action, ...] = ()
    """The action plan, as it is on the day of the report."""
    made_on: datetime.date = datetime.date.min
    """The day of the report: what is overdue depends on it."""

    @classmethod
    def of(
        cls,
        waves: Sequence[WaveResults],
        language: str,
        actions: Sequence[Action] = (),
        made_on: datetime.date = datetime.date.min,
    ) -> View:
        """The last wave, with the first zero measurement and the wave before it.

        ValueError without a wave.
        """
        if not waves:
            raise ValueError("a report needs at least one wave")
        *before, now = waves
        before = [one for one in before if not _corrected_in(one, waves)]
        left = left_out((*before, now))
        earlier = [one for one in before if all(one is not other for other in left)]
        zeros = (n for n, wave in enumerate(earlier) if wave.figures.kind == "zero")
        first = next(zeros, None)
        zero = earlier[first] if first is not None else None
        previous = earlier[-1] if earlier and earlier[-1] is not zero else None
        between = tuple(earlier[first + 1 :]) if first is not None else ()
        words = Words(language, now.framework)
        series = (*earlier, now)
        plan = tuple(actions)
        return cls(words, now, zero, previous, between, series, left, plan, made_on)

    @property
    def t(self) -> Translator:
        """The interface's texts."""
        return self.words.t

    @property
    def framework(self) -> Framework:
        """The framework of the reported wave."""
        return self.now.framework

    @property
    def figures(self) -> WaveFigures:
        """The figures of the reported wave."""
        return self.now.figures

    @property
    def maturity(self) -> MaturityFigures:
        """The scored self-assessment; ValueError when there is none (ask `has_maturity`)."""
        if self.figures.maturity is None:
            raise ValueError("this wave has no self-assessment")
        return self.figures.maturity

    @property
    def has_maturity(self) -> bool:
        """Whether the reported wave has a self-assessment."""
        return self.figures.maturity is not None

    @cached_property
    def earlier(self) -> tuple[Past, ...]:
        """The earlier waves that the reported one is compared with, the zero measurement first."""
        t, found = self.t, []
        if self.zero is not None:
            compared = compare(self.zero, self.now, self.between)
            names = t("Zero measurement"), t("zero measurement")
            found.append(Past(*names, True, self.zero, compared, self._again(self.zero)))
        if self.previous is not None:
            names = t("Previous measurement"), t("previous measurement")
            compared = compare(self.previous, self.now)
            again = self._again(self.previous)
            found.append(Past(*names, False, self.previous, compared, again))
        return tuple(found)

    def _again(self, wave: WaveResults) -> MaturityFigures | None:
        return rescored(wave, self.framework)

    @cached_property
    def trend(self) -> Trend | None:
        """The series of all waves that are compared; None of fewer than two."""
        return trend(self.series) if serves(self.figures) else None

    @cached_property
    def gaps(self) -> tuple[TopicGap, ...]:
        """What is claimed beside what the staff see, by topic measured both ways."""
        return gaps_of(self.now)

    @cached_property
    def effects(self) -> Effects:
        """What the compared waves say of the topics of actions."""
        return Effects(self.series)

    @cached_property
    def targets(self) -> dict[str, Target]:
        """By topic that was asked."""
        return {one.topic: one for one in self.figures.targets}

    @cached_property
    def node_targets(self) -> dict[str, int]:
        """The level of each node once all its targets are reached."""
        wanted = {topic: one.level for topic, one in self.targets.items()}
        if not self.has_maturity or not wanted:
            return {}
        return targets_of_nodes(self.framework, wanted, self.maturity.ratings)

    @cached_property
    def past(self) -> tuple[Past, ...]:
        """Those of them that have a self-assessment."""
        return tuple(past for past in self.earlier if past.results.figures.maturity is not None)

    def was(self, ident: str, past: Past) -> str:
        """The level of a node in an earlier wave, marked where its items were not all the same."""
        then = self.node(ident, past.results)
        if then is None:
            return NO_FIGURE
        said, again = self.words.level(then), past.node(ident)
        if past.rescored is not None and again is not None:
            level = self.words.level(again)
            said = self.t("{level} (by the present rule: {again})", level=said, again=level)
        return self.marked(said, ident, past)

    def marked(self, text: str, ident: str, past: Past) -> str:
        """Words on an earlier figure of a node, with the mark where it needs a note."""
        return f"{text} {MARK}" if past.comparison.noted(self.framework, ident) else text

    def footnote(self, idents: Sequence[str]) -> tuple[str, ...]:
        """What the mark means, when it stands beside one of these nodes; else nothing."""
        marks = ((ident, past) for past in self.past for ident in idents)
        if not any(past.comparison.noted(self.framework, ident) for ident, past in marks):
            return ()
        said = self.t(
            "{mark} The topics behind this figure were not all rated by the same questions, or "
            "not in the same words: compare it with care.",
            mark=MARK,
        )
        return (said,)

    def node(self, ident: str, wave: WaveResults | None = None) -> NodeFigures | None:
        """The figures of a node or of the whole, in the reported or an earlier wave."""
        maturity = (wave or self.now).figures.maturity
        if maturity is None:
            return None
        return maturity.overall if ident == OVERALL else maturity.nodes.get(ident)

    def zero_node(self, ident: str) -> NodeFigures | None:
        """The figures of a node at the zero measurement, by the rule of the reported wave."""
        return next((past.node(ident) for past in self.past if past.is_zero), None)

    def zero_level(self, topic: str) -> int | None:
        """The level of a topic at the zero measurement, where it can be compared."""
        for past in self.past:
            then = past.results.figures.maturity
            if past.is_zero and then is not None and past.comparison.comparable(topic):
                rating = then.ratings.get(topic)
                return rating.level if rating is not None else None
        return None

    def node_label(self, ident: str) -> str:
        """What a node is called."""
        return self.t("Overall") if ident == OVERALL else self.words.label(ident)

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """The whole, the pillars and what is below them, as far as there are figures."""
        nodes = [(OVERALL, 0, -1)]
        for number, pillar in enumerate(self.framework.pillars):
            nodes.append((pillar.id, 1, number))
            nodes += [(child.id, 2, number) for child in pillar.children]
        return tuple(
            Place(ident, depth, pillar, figures)
            for ident, depth, pillar in nodes
            if (figures := self.node(ident)) is not None
        )

    @property
    def main_places(self) -> tuple[Place, ...]:
        """The whole and the pillars."""
        return tuple(place for place in self.places if place.depth < 2)

    @property
    def tells_of_policy(self) -> bool:
        """Whether there is something to say of an approved policy: not every framework asks."""
        return self.framework.gate is not None or self.figures.policy_approved_on is not None

    @property
    def gate_lowers(self) -> bool:
        """Whether the missing policy keeps the level down: then no pillar is named as binding."""
        overall, gate = self.maturity.overall, self.framework.gate
        at_gate = gate is not None and overall.demonstrated == gate.level
        return self.maturity.gate_holds and at_gate and not overall.binding

    @cached_property
    def binding(self) -> frozenset[str]:
        """The topics that hold the level of their function or pillar down."""
        return frozenset(
            child
            for ident, node in self.maturity.nodes.items()
            if self.framework.nodes[ident].role == "level"
            for child in node.binding
            if child in self.framework.topic_by_id
        )

    def rated(self, wave: WaveResults | None = None) -> Iterator[tuple[Topic, Rating]]:
        """The topics of the framework that were asked, with their rating, in its order."""
        maturity = (wave or self.now).figures.maturity
        for topic in self.framework.rated_topics if maturity else ():
            if maturity and (rating := maturity.ratings.get(topic.id)):
                yield topic, rating


def _corrected_in(wave: WaveResults, waves: Sequence[WaveResults]) -> bool:
    """Whether a later revision of a wave is among the others."""
    mine = wave.figures.corrected
    name, number = (mine.of, mine.number) if mine else (wave.figures.wave, 1)
    others = (one.figures.corrected for one in waves)
    return any(one is not None and one.of == name and one.number > number for one in others)
