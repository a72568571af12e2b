"""The second view of results: every topic with its level and its target."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from textual.content import Content

from imfsurvey.analysis.figures import MaturityFigures
from imfsurvey.faces.tui.text import plain, wrapped
from imfsurvey.framework import Framework, Node, Topic
from imfsurvey.i18n.catalogue import Translator
from imfsurvey.study.results import WaveResults

_REACHED, _POSSIBLE, _ABOVE = "■", "▨", "□"
_BESIDE: Final = 27
"""Columns of a line beside its label: the cells, the level, the target, the mark."""


def level_cells(demonstrated: int | None, at_most: int | None, top: int) -> str:
    """A level as cells: reached, possible, above."""
    if demonstrated is None:
        return "–" * top
    possible = at_most if at_most is not None else demonstrated
    return (
        _REACHED * demonstrated + _POSSIBLE * (possible - demonstrated) + _ABOVE * (top - possible)
    )


def node_tree(framework: Framework) -> Iterator[tuple[Node, int]]:
    """The rated nodes with their depth, pillars first."""

    def below(node: Node, depth: int) -> Iterator[tuple[Node, int]]:
        yield node, depth
        for child in node.children:
            yield from below(child, depth + 1)

    for pillar in framework.pillars:
        yield from below(pillar, 0)


def topic_lines(found: WaveResults, width: int, t: Translator) -> Iterator[Content]:
    """The lines in a window of so many columns."""
    maturity, framework = found.figures.maturity, found.framework
    if maturity is None:
        yield plain(t("No self-assessment was given in this wave."))
        return
    targets = {one.topic: one.level for one in found.figures.targets}
    signs = []
    if any(figures.binding for figures in maturity.nodes.values()):
        signs.append("◄ " + t("holds a level back"))
    if targets:
        signs.append("→ " + t("target"))
    if signs:
        yield plain("   ".join(signs), "$imf-muted")
    for node, _ in node_tree(framework):
        topics = [one for one in framework.topics if one.under == node.id]
        asked = [one for one in topics if one.id in maturity.ratings]
        if not asked:
            continue
        yield Content("")
        yield plain(node.label.say(t.language), "bold $text-accent")
        for topic in asked:
            yield from _topic(topic, maturity, targets.get(topic.id), framework, width, t)


def _topic(
    topic: Topic,
    maturity: MaturityFigures,
    target: int | None,
    framework: Framework,
    width: int,
    t: Translator,
) -> Iterator[Content]:
    rating = maturity.ratings[topic.id]
    room = max(width - 4 - _BESIDE, 20)
    held = any(topic.id in figures.binding for figures in maturity.nodes.values())
    cells = level_cells(rating.level, rating.level, framework.max_level)
    side = {
        "answered": f"{cells} {rating.level}",
        "na": t("not applicable"),
        "dk": t("don't know"),
        "blank": t("open"),
    }[rating.status]
    wanted = f"→{target}" if target is not None and rating.status != "na" else ""
    label = topic.label.say(t.language)
    if topic.layer == "complementary":
        label += " (" + t("complementary") + ")"
    rows = wrapped(label, room)
    first = plain(rows[0]).pad_right(max(0, room + 1 - Content(rows[0]).cell_length))
    yield Content.assemble(first, plain(f"{side} {wanted} {'◄' if held else ' '}".rstrip()))
    for row in rows[1:]:
        yield plain(row)
