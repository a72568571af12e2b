"""The models of a framework file."""

from collections.abc import Iterator
from functools import cached_property
from typing import Final, Literal, Self

from pydantic import Field, model_validator

from imfsurvey.framework.rules import ChosenRule
from imfsurvey.i18n.catalogue import LANGUAGES
from imfsurvey.source.model import Code, LanguageVersion, Many, SourceModel, Text, fault, faults
from imfsurvey.source.texts import unknown_language

OVERALL: Final = "overall"
"""Stands for the whole where the id of a node is expected; no node may be called so."""

Layer = Literal["core", "complementary"]
Approach = Literal["controlling", "stimulating", "both"]
Use = Literal["self_assessment", "perception", "team_session"]


class FrameworkIdentity(SourceModel):
    """Who the framework is."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9._-]*$")
    version: str
    title: Text
    notice: Text
    """What a reader must know about its standing; printed on the method page."""
    languages: Many[str] = Field(min_length=1)
    """Not one text is missing in any of these."""

    @model_validator(mode="after")
    def _known_languages(self) -> Self:
        found = [
            unknown_language(language, at=("languages", index))
            for index, language in enumerate(self.languages)
            if language not in LANGUAGES
        ]
        if found:
            raise faults(found)
        return self


class Level(SourceModel):
    """One step of the scale that topics are rated on."""

    level: int = Field(ge=0, le=9)
    name: Text
    definition: Text
    value: float | None = Field(default=None, ge=0, le=1)
    """What a topic at this level counts for, where the rule is `sum_of_means`."""


class Gate(SourceModel):
    """What must be there before the overall level may pass `level`."""

    requires: Literal["approved_policy"]
    level: int = Field(ge=0, le=9)


class Balance(SourceModel):
    """The balance index between the controlling and the stimulating approach."""

    low: float = Field(ge=-1, le=1)
    high: float = Field(ge=-1, le=1)
    """The band meant to be in, unless the study declares its own."""
    flag_index: float = Field(ge=0, le=1)
    flag_difference: float = Field(ge=0, le=100)
    """Outside the band is called out only when both are passed."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.high < self.low:
            raise fault("IMF-E072", "the band ends below its start", at=("high",))
        return self


class Targets(SourceModel):
    """The level wanted for a topic of a layer as long as nobody has set one; None: no target."""

    core: int | None = Field(default=None, ge=0, le=9)
    complementary: int | None = Field(default=None, ge=0, le=9)


class Node(SourceModel):
    """A pillar or a function. `role` says how it counts.

    `level`: its children are its topics, or the nodes below it.
    `view`: its topics are children of the parent node; its own level is shown beside.
    `document`: its topics are sections of a document, not rated on the scale.
    """

    id: Code
    label: Text
    role: Literal["level", "view", "document"] = "level"
    children: Many["Node"] = ()


class Topic(SourceModel):
    """The smallest thing that gets a level."""

    id: Code
    under: Code
    """Id of the node it belongs to."""
    layer: Layer | None = None
    """None for topics of a document."""
    step: int | None = Field(default=None, ge=1, le=9)
    """The level that it is part of, under a rule that goes by steps."""
    approach: Approach | None = None
    """Needed where the framework has a balance."""
    target: int | None = Field(default=None, ge=0, le=9)
    """The level wanted for this topic as long as nobody has set one; None: that of its layer."""
    label: Text
    explanation: Text | None = None
    """One sentence: what the topic is, with examples."""
    why: Text | None = None
    risk: Text | None = None
    source: str
    """Heading of the source text it comes from."""
    asked_in: Many[Use]


class Framework(SourceModel):
    """A whole framework file, validated."""

    imfsurvey: LanguageVersion
    framework: FrameworkIdentity
    levels: Many[Level] = Field(min_length=2)
    aggregation: ChosenRule
    gate: Gate | None = None
    balance: Balance | None = None
    targets: Targets | None = None
    tree: Many[Node] = Field(min_length=1)
    topics: Many[Topic] = Field(min_length=1)

    @model_validator(mode="after")
    def _levels_count_up(self) -> Self:
        for index, level in enumerate(self.levels):
            if level.level != index:
                raise fault(
                    "IMF-E040",
                    "levels must count 0, 1, 2 … without a gap",
                    at=("levels", index, "level"),
                )
        return self

    @property
    def max_level(self) -> int:
        """The highest level of the scale."""
        return len(self.levels) - 1

    @cached_property
    def nodes(self) -> dict[str, Node]:
        """Every node of the tree by id, in order of the file."""
        return {node.id: node for node in _walk(self.tree)}

    @cached_property
    def topic_by_id(self) -> dict[str, Topic]:
        """Every topic by id, in order of the file."""
        return {topic.id: topic for topic in self.topics}

    @property
    def rated_topics(self) -> tuple[Topic, ...]:
        """The topics that get a level (not those of a document)."""
        return tuple(t for t in self.topics if self.nodes[t.under].role != "document")

    @property
    def pillars(self) -> tuple[Node, ...]:
        """The nodes that the overall level is made of."""
        return tuple(node for node in self.tree if node.role == "level")

    def default_target(self, topic: Topic) -> int | None:
        """The level wanted for a rated topic as long as nobody has set one; None: none."""
        if topic.target is not None or self.targets is None:
            return topic.target
        return self.targets.core if topic.layer == "core" else self.targets.complementary

    def topics_of(self, node: Node) -> tuple[Topic, ...]:
        """The rated topics anywhere below a node (its views included)."""
        inside = {child.id for child in _walk((node,))}
        return tuple(topic for topic in self.rated_topics if topic.under in inside)


def _walk(nodes: tuple[Node, ...]) -> Iterator[Node]:
    for node in nodes:
        yield node
        yield from _walk(node.children)
