"""Targets: how far the measurement is from them, how far it has come, what was not reached."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from imfsurvey.analysis.progress import gap
from imfsurvey.framework import Topic
from imfsurvey.report.document import Block, Bullets, Paragraph, Section, Table
from imfsurvey.report.view import OVERALL, Place, View
from imfsurvey.report.words import NO_FIGURE, clean
from imfsurvey.study.results import Target
from imfsurvey.study.series import levels_now, to_target

MOST_GAPS = 8
"""So many topics are named as the furthest from their target."""


def section(view: View) -> Section | None:
    """Percent to target, progress since the zero measurement, the gaps; None without targets."""
    if not view.targets or not view.has_maturity:
        return None
    t = view.t
    blocks: list[Block] = [Paragraph(_whole(view)), _parts(view), Paragraph(_how(view), "note")]
    blocks += _origin(view)
    blocks += _gaps(view)
    blocks += _odd(view)
    return Section("targets", t("Targets and progress"), tuple(blocks))


def _whole(view: View) -> str:
    t, words = view.t, view.words
    said = t(
        "On the way to its targets the policy is at {percent}.",
        percent=words.share(to_target(view.now)),
    )
    done = _progress(view, OVERALL)
    if done is not None:
        said += " " + t(
            "Of the levels that were missing at the zero measurement, {percent} are there now.",
            percent=words.share(done),
        )
    return said


def _topics_under(view: View, ident: str) -> tuple[str, ...]:
    """The rated topics under a node; all of the pillars for the whole."""
    framework = view.framework
    nodes = framework.pillars if ident == OVERALL else (framework.nodes[ident],)
    return tuple(topic.id for node in nodes for topic in framework.topics_of(node))


def _progress(view: View, ident: str) -> float | None:
    """Since the zero measurement; None where it cannot be told."""
    if view.trend is None or view.series[0] is not view.zero:
        return None
    return view.trend.progress(_topics_under(view, ident))


def _parts(view: View) -> Table:
    t = view.t
    columns = (
        *("", t("Level now"), t("Level of the targets"), t("Levels missing")),
        *(t("Percent to target"), t("Progress since the zero measurement")),
    )
    rows = tuple(_part(view, place) for place in view.places)
    return Table(t("How far the parts are from their targets"), columns, rows)


def _part(view: View, place: Place) -> tuple[str, ...]:
    words, under = view.words, _topics_under(view, place.ident)
    levels = levels_now(view.now)
    missing = [
        gap(levels[topic], view.targets[topic].level)
        for topic in under
        if topic in levels and topic in view.targets
    ]
    return (
        view.node_label(place.ident),
        words.level(place.figures),
        words.bounded(view.node_targets.get(place.ident), None),
        words.count(sum(missing)) if missing else NO_FIGURE,
        words.share(to_target(view.now, under)),
        words.share(_progress(view, place.ident)),
    )


def _how(view: View) -> str:
    return view.t(
        "Percent to target is 1 minus the sum of the gaps over the sum of the targets, topic by "
        "topic; progress is the share of the gaps of the zero measurement that is closed. What is "
        "open counts as level 0. A topic above its target never makes up for another."
    )


def _origin(view: View) -> Iterator[Block]:
    """How many targets were set, and why; how many are the framework's."""
    t, words = view.t, view.words
    asked = {topic.id: topic for topic, _ in view.rated()}
    targets = [one for topic, one in view.targets.items() if topic in asked]
    default = sum(one.default for one in targets)
    if default and default == len(targets):
        yield Paragraph(t("All targets are the framework's defaults."))
    elif default:
        yield Paragraph(
            t.plural(
                "{n} of {total} targets is the framework's default; the entity has set the others.",
                "{n} of {total} targets are the framework's defaults; the entity has set the "
                "others.",
                default,
                total=len(targets),
            )
        )
    rows = tuple(
        (words.text(asked[one.topic].label), words.count(one.level), clean(one.why))
        for one in targets
        if not one.default
    )
    if rows:
        yield Table(
            t("Targets that were set, and why"),
            (t("Topic"), t("Target"), t("Reason given")),
            rows,
            words=(2,),
            folded=True,
        )


def _wanted(view: View) -> Iterator[tuple[Topic, int | None, Target]]:
    """The topics in scope with a target: their level (None: open) and it."""
    for topic, rating in view.rated():
        target = view.targets.get(topic.id)
        if target is not None and rating.status != "na":
            yield topic, rating.level, target


def _gaps(view: View) -> Iterator[Block]:
    t, words = view.t, view.words
    wanted = list(_wanted(view))
    short = [one for one in wanted if gap(one[1] or 0, one[2].level)]
    if view.figures.kind == "final" or not short:
        yield Paragraph(
            t(
                "Targets reached: {reached} of {total}.",
                reached=len(wanted) - len(short),
                total=len(wanted),
            )
        )
    if not short:
        return
    short.sort(key=lambda one: (-gap(one[1] or 0, one[2].level), one[0].layer != "core"))
    final = view.figures.kind == "final"
    shown = short if final else short[:MOST_GAPS]
    title = t("Targets not reached") if final else t("Furthest from their target")
    yield Table(
        title,
        (t("Topic"), t("Zero measurement"), t("Level now"), t("Target"), t("Levels missing")),
        tuple(
            (
                words.text(topic.label),
                words.bounded(view.zero_level(topic.id), None),
                words.bounded(level, None),
                words.count(target.level),
                words.count(gap(level or 0, target.level)),
            )
            for topic, level, target in shown
        ),
    )


def _odd(view: View) -> Iterator[Block]:
    """Targets below the level reached: said, so that nobody takes them for ambition."""
    below = [
        view.words.text(topic.label)
        for topic, level, target in _wanted(view)
        if not target.default and level is not None and level > target.level
    ]
    if below:
        yield from _listed(view.t("Set below the level that is reached already:"), below)


def _listed(said: str, names: Sequence[str]) -> Iterator[Block]:
    yield Paragraph(said, "note")
    yield Bullets(tuple(names), short=True)
