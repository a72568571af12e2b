"""The next step of weak topics: what the level to aim at would look like."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from imfsurvey.framework import Topic
from imfsurvey.questionnaire import MaturityItem
from imfsurvey.report.document import Block, Bullets, Heading, Paragraph, Section, Table
from imfsurvey.report.view import WEAK_BELOW, View
from imfsurvey.report.words import NO_FIGURE
from imfsurvey.source.model import Text

_FIRST = 3
"""Topics named as those to begin with."""

Rated = tuple[Topic, int]
"""A topic with its level."""


def section(view: View) -> Section | None:
    """Weak topics by the level to aim at, then those that nobody could rate; None without any."""
    t = view.t
    weak = _weak(view)
    blocks: list[Block] = []
    for target in sorted(weak):
        blocks += _towards(view, target, weak[target])
    unknown = [
        view.words.text(topic.label)
        for topic, rating in view.rated()
        if rating.status in ("dk", "blank")
    ]
    if unknown:
        blocks.append(Heading(t("First find out")))
        blocks.append(Paragraph(t("Nobody could rate these topics, so they have no level yet.")))
        blocks.append(Bullets(tuple(unknown), short=True))
    if not blocks:
        return None
    return Section("steps", t("Weak topics and their next step"), tuple(blocks))


def headline(view: View) -> str:
    """What comes next, in a sentence; empty where no topic is weak."""
    weak = _weak(view)
    if not weak:
        return ""
    level = min(weak)
    topics = [view.words.text(topic.label) for topic, _ in weak[level][:_FIRST]]
    return view.t(
        "To bring to level {level} first: {topics}.",
        level=level,
        topics=view.words.listed(topics),
    )


def _weak(view: View) -> dict[int, list[Rated]]:
    """Topics by the level to aim at: what holds a level down first, core before complementary.

    Weak are those under `WEAK_BELOW` and those that hold a level down. The former aim at that
    level at once: one step up from nothing would be unplanned action, which nobody should aim at.
    """
    floor, highest = min(WEAK_BELOW, view.framework.max_level), view.framework.max_level
    found: dict[int, list[Rated]] = {}
    for topic, rating in view.rated():
        level = rating.level
        if level is None or level == highest:
            continue
        if level < floor or topic.id in view.binding:
            found.setdefault(max(level + 1, floor), []).append((topic, level))
    for rated in found.values():
        rated.sort(key=lambda one: (one[0].id not in view.binding, one[0].layer != "core", one[1]))
    return found


def _towards(view: View, target: int, rated: list[Rated]) -> Iterator[Block]:
    t, words = view.t, view.words
    name = words.level_name(target)
    yield Heading(t("Topics to bring to level {level}: {name}", level=target, name=name))
    items = _items(view)
    described = [one for one in rated if _rubric(items.get(one[0].id), target)]
    if described:
        yield _described(view, target, [(one, items[one[0].id]) for one in described])
    others = [one for one in rated if one not in described]
    if others:
        yield Paragraph(words.text(view.framework.levels[target].definition), "quote")
    for heading, group in _by_weight(view, others):
        yield Paragraph(heading)
        yield Bullets(tuple(_now(view, one) for one in group), short=True)


def _described(view: View, target: int, rated: list[tuple[Rated, MaturityItem]]) -> Table:
    """Topics with what the level to aim at looks like, and the action that leads on, if any."""
    t, words = view.t, view.words
    looks = t("What level {level} looks like", level=target)
    rows = [
        (_now(view, one), _step(view, item, one[1]), words.text(_rubric(item, target)[0]))
        for one, item in rated
    ]
    if any(item.next_steps for _, item in rated):
        return Table(looks, (t("Topic"), t("Next step"), looks), tuple(rows), words=(1, 2))
    without = tuple((topic, picture) for topic, _, picture in rows)
    return Table(looks, (t("Topic"), looks), without, words=(1,))


def _by_weight(view: View, rated: list[Rated]) -> Iterator[tuple[str, list[Rated]]]:
    """Topics under what is said of them; groups without a topic are left out."""
    t = view.t
    binding = [one for one in rated if one[0].id in view.binding]
    rest = [one for one in rated if one[0].id not in view.binding]
    groups = (
        (t("Begin with the topics that hold a level down (◆):"), binding),
        (t("Other core topics:"), [one for one in rest if one[0].layer == "core"]),
        (t("Complementary topics:"), [one for one in rest if one[0].layer != "core"]),
    )
    return ((heading, group) for heading, group in groups if group)


def _now(view: View, rated: Rated) -> str:
    """A topic with its level."""
    topic, level = rated
    return view.t("{label} (level {level})", label=view.words.text(topic.label), level=level)


def _items(view: View) -> Mapping[str, MaturityItem]:
    """The item that asks about each topic."""
    return {
        item.topic: item
        for questionnaire in view.now.questionnaires.values()
        for item in questionnaire.items.values()
        if isinstance(item, MaturityItem)
    }


def _rubric(item: MaturityItem | None, level: int) -> tuple[Text, ...]:
    """What one would see at a level; nothing where the item leaves that to the framework."""
    rubric = item.rubric if item is not None else None
    return (rubric[str(level)],) if rubric and str(level) in rubric else ()


def _step(view: View, item: MaturityItem, level: int) -> str:
    """The action that leads on from a level, with its approach."""
    step = (item.next_steps or {}).get(str(level))
    if step is None:
        return NO_FIGURE
    t = view.t
    approach = t("controlling") if step.approach == "controlling" else t("stimulating")
    return f"{view.words.text(step.text)} ({approach})"
