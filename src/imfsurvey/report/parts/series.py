"""All measurements in a row: the slope since the zero measurement, every part over time."""

from __future__ import annotations

from collections.abc import Iterator

from imfsurvey.report.charts.drawing import NARROW, WIDE
from imfsurvey.report.charts.multiples import Panel, draw_multiples
from imfsurvey.report.charts.slope import SlopeLine, draw_slope
from imfsurvey.report.document import Block, Bullets, Chart, Paragraph, Section, Table
from imfsurvey.report.view import Place, View
from imfsurvey.report.words import NO_FIGURE
from imfsurvey.study.results import WaveResults
from imfsurvey.study.series import Point, Trend

FROM_WAVES = 3
"""Small multiples say more than the slope from so many measurements on."""


def section(view: View) -> Section | None:
    """The core index of every part over the measurements; None with fewer than two."""
    trend = view.trend
    if trend is None:
        return None
    t = view.t
    blocks: list[Block] = [Paragraph(_basis(view, trend)), *_dropped(view, trend)]
    blocks.append(_slope(view, trend))
    if len(trend.points) >= FROM_WAVES:
        blocks.append(_multiples(view, trend))
    blocks += _both_rules(view, trend)
    return Section("series", t("All measurements in a row"), tuple(blocks))


def _basis(view: View, trend: Trend) -> str:
    core = sum(topic.layer == "core" for topic in view.framework.rated_topics)
    return view.t(
        "Compared on the core index, over the {n} of {total} core topics that the {waves} "
        "measurements asked with the same items.",
        n=core - len(trend.dropped),
        total=core,
        waves=len(trend.points),
    )


def _dropped(view: View, trend: Trend) -> Iterator[Block]:
    if trend.dropped:
        said = view.t("Left out, because not all measurements asked them alike:")
        yield Paragraph(said, "note")
        yield Bullets(tuple(view.words.label(topic) for topic in trend.dropped), short=True)


def _index(point: Point, place: Place) -> float | None:
    node = point.nodes.get(place.ident)
    return node.core_index if node is not None else None


def moment(view: View, wave: WaveResults) -> str:
    """A measurement as the head of a column: its kind and year, or its id when it has no day."""
    figures = wave.figures
    day = figures.opened_on
    kinds = {"zero": view.t("zero"), "annual": view.t("annual"), "final": view.t("final")}
    return f"{kinds[figures.kind]} {day.year}" if day else figures.wave


def _slope(view: View, trend: Trend) -> Chart:
    t, words = view.t, view.words
    first, last = trend.points[0], trend.points[-1]
    moments = (moment(view, first.wave), moment(view, last.wave))
    lines = [
        SlopeLine(
            label=view.node_label(place.ident),
            pillar=place.pillar,
            then=then,
            now=now,
            then_words=words.index(then),
            now_words=words.index(now),
            spoken=t(
                "{label}: core index {then}, now {now} ({change}).",
                label=view.node_label(place.ident),
                then=words.index(then),
                now=words.index(now),
                change=words.change(now, then),
            ),
        )
        for place in view.main_places
        if (then := _index(first, place)) is not None and (now := _index(last, place)) is not None
    ]
    title = t("Core index, {first} to {last}", first=moments[0], last=moments[1])
    rows = tuple(
        (line.label, line.then_words, line.now_words, words.change(line.now, line.then))
        for line in lines
    )
    return Chart(
        title=title,
        svg=draw_slope("slope", WIDE, title, moments, lines),
        narrow=draw_slope("slope-narrow", NARROW, title, moments, lines),
        table=Table(title, ("", *moments, t("Change")), rows),
    )


def _multiples(view: View, trend: Trend) -> Chart:
    t, words = view.t, view.words
    moments = [moment(view, point.wave) for point in trend.points]
    panels, rows = [], []
    for place in view.places:
        values = tuple(_index(point, place) for point in trend.points)
        said = tuple(words.index(value) for value in values)
        label = view.node_label(place.ident)
        spoken = t("{label}: {said}.", label=label, said=", ".join(said))
        panels.append(Panel(label, place.pillar, values, said, spoken))
        rows.append((label, *said))
    title = t("Core index of every part, measurement by measurement")
    return Chart(
        title=title,
        svg=draw_multiples("multiples", WIDE, title, moments, panels),
        narrow=draw_multiples("multiples-narrow", NARROW, title, moments, panels),
        table=Table(title, ("", *moments), tuple(rows)),
    )


def _both_rules(view: View, trend: Trend) -> Iterator[Block]:
    """Levels as they were released and by the present rule, where these are not the same thing."""
    t, words = view.t, view.words
    again = [point for point in trend.points[:-1] if not point.as_released]
    if not again:
        return
    columns = [""]
    for point in again:
        when = moment(view, point.wave)
        columns += [t("{wave}, as released", wave=when), t("{wave}, as compared", wave=when)]
    rows = []
    for place in view.places:
        cells = [view.node_label(place.ident)]
        for point in again:
            then = view.node(place.ident, point.wave)
            now = point.nodes.get(place.ident)
            cells += [words.level(one) if one else NO_FIGURE for one in (then, now)]
        rows.append(tuple(cells))
    said = t(
        "The rule or the topics that are compared are not those of the day: the levels that were "
        "released then stay beside those that are compared."
    )
    yield Paragraph(said)
    yield Table(t("Levels as released and as compared"), tuple(columns), tuple(rows))
