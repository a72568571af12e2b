"""What a wave proposes to do: for topics that hold a level down, and for those not confirmed.

The Act step of the cycle: which topics bind is said by the rule of the levels; what to do is the
next step that the questionnaire gives for the level where a topic stands.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from imfsurvey.analysis.figures import MaturityFigures
from imfsurvey.analysis.gap import unconfirmed
from imfsurvey.framework import Framework, Topic
from imfsurvey.framework.model import Approach
from imfsurvey.i18n.catalogue import Translator, translator
from imfsurvey.i18n.errors import RefusedError
from imfsurvey.questionnaire import MaturityItem
from imfsurvey.study.actions.action import LIMITS, Action, Ground
from imfsurvey.study.perceived import gaps_of
from imfsurvey.study.results import WaveResults

_SEMICOLON: Final = re.compile(r"\s*;")

AIM_FROM: Final = 2
"""The lowest level to aim at: below it nothing is written down."""


def proposals(
    found: WaveResults, language: str, doubted: Collection[str] | None = None
) -> tuple[Action, ...]:
    """What a wave proposes, the most pressing first, in the words of one language.

    First come the topics that hold the whole down, then those that hold a part of it down, then
    those that are only not confirmed. `doubted`: topics that somebody else found to be so;
    without it, `unconfirmed_topics` says which. Raises `RefusedError` T411 without a
    self-assessment. The actions have no id yet.
    """
    maturity = found.figures.maturity
    if maturity is None:
        raise RefusedError(
            "IMF-T411",
            "Wave '{wave}' has no self-assessment yet, so it proposes nothing. Answer it first: "
            "imfsurvey answer {wave}",
            wave=found.figures.wave,
        )
    doubted = unconfirmed_topics(found) if doubted is None else doubted
    grounds: dict[str, list[Ground]] = {}
    for topic in binding_topics(found.framework, maturity):
        grounds.setdefault(topic, []).append("binding")
    for rated in found.framework.rated_topics:
        if rated.id in doubted:
            grounds.setdefault(rated.id, []).append("unconfirmed")
    drafting = _Drafting(found, maturity, translator(language))
    return tuple(drafting.draft(topic, tuple(why)) for topic, why in grounds.items())


def binding_topics(framework: Framework, maturity: MaturityFigures) -> tuple[str, ...]:
    """The topics that hold a level down: those of the whole first, then those of any part."""
    chain = list(_held_by(framework, maturity, maturity.overall.binding))
    parts = (
        child
        for ident, node in maturity.nodes.items()
        if framework.nodes[ident].role == "level"
        for child in node.binding
        if child in framework.topic_by_id
    )
    return tuple(dict.fromkeys((*chain, *parts)))


def _held_by(
    framework: Framework, maturity: MaturityFigures, binding: Collection[str]
) -> Iterator[str]:
    """Down the tree, from what binds a node to the topics that bind it in the end."""
    for child in binding:
        if child in framework.topic_by_id:
            yield child
        elif child in maturity.nodes:
            yield from _held_by(framework, maturity, maturity.nodes[child].binding)


def unconfirmed_topics(found: WaveResults) -> frozenset[str]:
    """Topics that are claimed and that no more than half of the staff see (`analysis.gap`)."""
    return frozenset(unconfirmed(gaps_of(found)))


@dataclass
class _Drafting:
    """Puts proposals into words."""

    found: WaveResults
    maturity: MaturityFigures
    t: Translator
    items: Mapping[str, MaturityItem] = field(init=False)
    """The item that rates each topic."""

    def __post_init__(self) -> None:
        self.items = {
            item.topic: item
            for questionnaire in self.found.questionnaires.values()
            for item in questionnaire.asking_items()
            if isinstance(item, MaturityItem)
        }

    def draft(self, ident: str, grounds: tuple[Ground, ...]) -> Action:
        topic = self.found.framework.topic_by_id[ident]
        rating = self.maturity.ratings.get(ident)
        level = rating.level if rating else None
        step = self._next_step(topic, level)
        target = self._target(level) if "binding" in grounds else None
        return Action(
            id="",
            topic=ident,
            text=_cut(step[0], "text"),
            approach=step[1],
            objective=_cut(self._objective(topic, target, grounds), "objective"),
            indicator=_cut(self._indicator(level, target), "indicator"),
            target=target,
            wave=self.found.figures.wave,
            level=level,
            grounds=grounds,
        )

    def _target(self, level: int | None) -> int | None:
        highest = self.found.framework.max_level
        if level == highest:
            return None
        return min(max((level or 0) + 1, AIM_FROM), highest)

    def _next_step(self, topic: Topic, level: int | None) -> tuple[str, Approach]:
        t, item = self.t, self.items.get(topic.id)
        approach = topic.approach or "both"
        if level is None:
            return t("Find out how far this topic is, and note what shows it."), approach
        step = (item.next_steps or {}).get(str(level)) if item is not None else None
        if step is not None:
            return step.text.say(t.language), step.approach
        return t("Say what is to be done to get on with this topic."), approach

    def _objective(self, topic: Topic, target: int | None, grounds: tuple[Ground, ...]) -> str:
        if target is None and "unconfirmed" in grounds:
            return self.t("The staff see it too: more than half of their answers are favourable.")
        if target is None:
            return ""
        item = self.items.get(topic.id)
        rubric = (item.rubric or {}).get(str(target)) if item is not None else None
        definition = self.found.framework.levels[target].definition
        said = (rubric or definition).say(self.t.language)
        # Behind a semicolon stands what is not there yet at that level: no objective.
        wanted = _SEMICOLON.split(said)[0]
        return wanted if wanted == said else f"{wanted}."

    def _indicator(self, level: int | None, target: int | None) -> str:
        t = self.t
        if target is None:
            return t("Share of favourable answers in the next survey of the staff")
        if level is None:
            return t("Level {target} in the next measurement", target=target)
        return t("From level {level} to level {target}", level=level, target=target)


def _cut(text: str, field_name: str) -> str:
    """A text in the room that its field has."""
    limit = LIMITS[field_name]
    return text if len(text) <= limit else f"{text[: limit - 1].rstrip()}…"
