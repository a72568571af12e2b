"""The maturity matrix: every topic with its level, what holds levels down, what does not apply."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from imfsurvey.analysis.figures import Rating
from imfsurvey.framework import Node, Topic
from imfsurvey.framework.model import Layer
from imfsurvey.report.charts.drawing import NARROW, WIDE
from imfsurvey.report.charts.matrix import TopicGroup, TopicRow, draw_matrix
from imfsurvey.report.document import Block, Bullets, Chart, Heading, Paragraph, Section, Table
from imfsurvey.report.view import View
from imfsurvey.report.words import NO_FIGURE, clean

MOST_NAMES = 3
"""So many topics are named in one sentence; the mark in the chart names the rest."""

LAYERS: tuple[Layer, ...] = ("core", "complementary")

Rated = Sequence[tuple[Topic, Rating]]


def section(view: View) -> Section:
    """One chart and one table a pillar, then what does not apply."""
    t = view.t
    blocks: list[Block] = [
        Paragraph(
            t(
                "Each row is one topic, filled up to the level reached. Only core topics make the "
                "levels; complementary ones count in the index."
            )
        )
    ]
    for pillar in view.framework.pillars:
        blocks += _pillar(view, pillar)
    blocks += _not_applicable(view)
    return Section("topics", t("Maturity matrix: the topics"), tuple(blocks))


def _pillar(view: View, pillar: Node) -> Iterator[Block]:
    node = view.node(pillar.id)
    if node is None:
        return
    t, label = view.t, view.words.label(pillar.id)
    title = t("{label}: level {level}", label=label, level=view.words.level(node))
    yield Heading(title)
    held = tuple(_held(view, pillar))
    if held:
        yield Bullets(held)
    parts = [(part, _rated_under(view, part)) for part in (pillar, *pillar.children)]
    groups = [group for part, rated in parts for group in _groups(view, part, rated, pillar)]
    names = [view.words.level_name(level.level) for level in view.framework.levels]
    name = f"topics-{pillar.id}"
    yield Chart(
        title=t("Topics of {pillar}", pillar=view.words.quoted(label)),
        svg=draw_matrix(name, WIDE, title, groups, names, t),
        narrow=draw_matrix(f"{name}-narrow", NARROW, title, groups, names, t),
        table=_table(view, label, parts),
    )


def _rated_under(view: View, node: Node) -> Rated:
    """The topics directly under a node, core first."""
    here = [(topic, rating) for topic, rating in view.rated() if topic.under == node.id]
    return sorted(here, key=lambda pair: LAYERS.index(pair[0].layer or "core"))


def _held(view: View, pillar: Node) -> Iterator[str]:
    """What holds the levels of a pillar and its functions down, in words."""
    for part in (pillar, *pillar.children):
        node = view.node(part.id)
        if node is None or not node.binding or part.role != "level":
            continue
        names = [view.words.label(child) for child in node.binding]
        params = {
            "node": view.words.label(part.id),
            "level": node.demonstrated,
            "names": view.words.listed(names[:MOST_NAMES]),
        }
        more = len(names) - MOST_NAMES
        if more > 0:
            yield view.t.plural(
                "{node}: held at level {level} by {names} and {n} more topic, marked ◆.",
                "{node}: held at level {level} by {names} and {n} more topics, marked ◆.",
                more,
                **params,
            )
        else:
            yield view.t("{node}: held at level {level} by {names}.", **params)


def _groups(view: View, part: Node, rated: Rated, pillar: Node) -> Iterator[TopicGroup]:
    t = view.t
    words = {"core": t("Core topics"), "complementary": t("Complementary topics")}
    node = view.node(part.id)
    if not rated and part is not pillar:
        return
    if part is not pillar and node is not None:
        level = t("level {level}", level=view.words.level(node))
        yield TopicGroup(view.words.label(part.id), level, minor=False, rows=())
    for layer in LAYERS:
        rows = tuple(_row(view, topic, one) for topic, one in rated if topic.layer == layer)
        if rows:
            yield TopicGroup(words[layer], "", minor=True, rows=rows)


def _row(view: View, topic: Topic, rating: Rating) -> TopicRow:
    t, label = view.t, view.words.text(topic.label)
    binding = topic.id in view.binding
    remark = why_no_level(view, rating)
    zero, target = view.zero_level(topic.id), view.targets.get(topic.id)
    if rating.level is None:
        spoken = t("{label}: {remark}.", label=label, remark=remark)
    elif binding:
        spoken = t("{label}: level {level}, holds the level down.", label=label, level=rating.level)
    else:
        spoken = t("{label}: level {level}.", label=label, level=rating.level)
    if zero is not None:
        spoken += " " + t("Zero measurement: level {level}.", level=zero)
    if target is not None and rating.status != "na":
        spoken += " " + t("Target: level {level}.", level=target.level)
    unknown = rating.status in ("dk", "blank")
    wanted = target.level if target is not None and rating.status != "na" else None
    return TopicRow(label, rating.level, remark, unknown, binding, spoken, zero, wanted)


def why_no_level(view: View, rating: Rating) -> str:
    """Why a topic has no level; empty when it has one."""
    t = view.t
    words = {
        "answered": "",
        "na": t("not applicable"),
        "dk": t("don't know"),
        "blank": t("not answered"),
    }
    return words[rating.status]


def _table(view: View, label: str, parts: Sequence[tuple[Node, Rated]]) -> Table:
    t, words = view.t, view.words
    layers = {"core": t("core"), "complementary": t("complementary")}
    rows = []
    for part, rated in parts:
        for topic, one in rated:
            named = NO_FIGURE if one.level is None else words.level_name(one.level)
            held = t("holds the level down") if topic.id in view.binding else ""
            remark = t("; ").join(filter(None, (why_no_level(view, one), held)))
            level = words.bounded(one.level, None)
            layer = layers[topic.layer or "core"]
            cells = (words.text(topic.label), words.label(part.id), layer, level, named, remark)
            rows.append(cells)
    columns = (t("Topic"), t("Part"), t("Layer"), t("Level"), t("Name of the level"), t("Remark"))
    caption = t("Topics of {pillar}", pillar=words.quoted(label))
    return Table(caption, columns, tuple(rows), words=(1, 2, 4, 5))


def _not_applicable(view: View) -> Iterator[Block]:
    """Every topic declared not applicable, with its reason: N/A could be used to raise a level."""
    t = view.t
    rows = tuple(
        (view.words.text(topic.label), clean(rating.reason) or t("no reason given"))
        for topic, rating in view.rated()
        if rating.status == "na"
    )
    unasked = len(view.framework.rated_topics) - len(list(view.rated()))
    if rows:
        yield Heading(t("Topics declared not applicable"))
        yield Table(
            t("Not applicable: these topics do not count"),
            (t("Topic"), t("Reason given")),
            rows,
            words=(1,),
        )
    if unasked:
        yield Paragraph(
            t.plural(
                "{n} topic of the framework was not asked in this measurement.",
                "{n} topics of the framework were not asked in this measurement.",
                unasked,
            ),
            "note",
        )
