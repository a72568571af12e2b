"""Which waves a report compares, seen in one language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from imfsurvey.analysis.figures import MaturityFigures, NodeFigures, Rating
from imfsurvey.framework import Framework, Topic
from imfsurvey.i18n.catalogue import Translator
from imfsurvey.report.words import Words
from imfsurvey.study.results import WaveFigures, WaveResults

OVERALL = "overall"
"""Stands for the whole where a node id is expected."""

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

    @classmethod
    def of(cls, waves: Sequence[WaveResults], language: str) -> View:
        """The last wave, with the first zero measurement and the wave before it.

        ValueError without a wave.
        """
        if not waves:
            raise ValueError("a report needs at least one wave")
        *earlier, now = waves
        zero = next((wave for wave in earlier if wave.figures.kind == "zero"), None)
        previous = earlier[-1] if earlier and earlier[-1] is not zero else None
        return cls(Words(language, now.framework), now, zero, previous)

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
    def past(self) -> tuple[Past, ...]:
        """The earlier waves that have a self-assessment, the zero measurement first."""
        t = self.t
        both = (
            (t("Zero measurement"), t("zero measurement"), True, self.zero),
            (t("Previous measurement"), t("previous measurement"), False, self.previous),
        )
        return tuple(
            Past(heading, within, is_zero, wave)
            for heading, within, is_zero, wave in both
            if wave is not None and wave.figures.maturity is not None
        )

    def node(self, ident: str, wave: WaveResults | None = None) -> NodeFigures | None:
        """The figures of a node or of the whole, in the reported or an earlier wave."""
        maturity = (wave or self.now).figures.maturity
        if maturity is None:
            return None
        return maturity.overall if ident == OVERALL else maturity.nodes.get(ident)

    def zero_node(self, ident: str) -> NodeFigures | None:
        """The figures of a node at the zero measurement."""
        return self.node(ident, self.zero) if self.zero else None

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
