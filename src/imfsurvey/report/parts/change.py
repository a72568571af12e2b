"""What changed since earlier measurements: core index, levels, topics that moved."""

from __future__ import annotations

from collections.abc import Iterator

from imfsurvey.report.document import Block, Heading, Paragraph, Section, Table
from imfsurvey.report.view import Past, View
from imfsurvey.report.words import NO_FIGURE


def section(view: View) -> Section | None:
    """The change since the zero measurement and since the previous one; None without either."""
    if not view.past:
        return None
    t = view.t
    blocks: list[Block] = [_nodes_table(view)]
    blocks.append(
        Paragraph(
            t(
                "Measurements are compared on the core index, because the annual measurement may "
                "ask core topics only. A difference is taken before rounding, so it may deviate "
                "by 1 from the difference of the figures printed."
            ),
            "note",
        )
    )
    for past in view.past:
        blocks += _moved(view, past)
    for past in view.past:
        if past.results.framework != view.framework:
            said = t("The framework has changed since: {wave}.", wave=past.within)
            blocks.append(Paragraph(said + " " + t("Compare with care."), "note"))
    since_zero = any(past.is_zero for past in view.past)
    title = t("Change since the zero measurement") if since_zero else t("Change since last time")
    return Section("change", title, tuple(blocks))


def _nodes_table(view: View) -> Table:
    t, words = view.t, view.words
    columns = [""]
    columns += [t("Core index, {wave}", wave=past.within) for past in view.past]
    columns.append(t("Core index now"))
    columns += [t("Change since: {wave}", wave=past.within) for past in view.past]
    columns += [t("Level, {wave}", wave=past.within) for past in view.past]
    columns.append(t("Level now"))
    rows = []
    for place in view.places:
        now = place.figures
        before = [view.node(place.ident, past.results) for past in view.past]
        indices = [then.core_index if then else None for then in before]
        cells = [view.node_label(place.ident), *(words.index(index) for index in indices)]
        cells.append(words.index(now.core_index))
        cells += [words.change(now.core_index, index) for index in indices]
        cells += [words.level(then) if then else NO_FIGURE for then in before]
        rows.append((*cells, words.level(now)))
    return Table(t("Core index and level in the measurements"), tuple(columns), tuple(rows))


def _moved(view: View, past: Past) -> Iterator[Block]:
    """The topics with another level than then."""
    t, words = view.t, view.words
    then = {topic.id: rating.level for topic, rating in view.rated(past.results)}
    moved = [
        (topic, before, rating.level)
        for topic, rating in view.rated()
        if (before := then.get(topic.id)) is not None
        and rating.level is not None
        and rating.level != before
    ]
    moved.sort(key=lambda one: one[1] - one[2])
    rows = tuple(
        (words.text(topic.label), str(before), str(now), words.change(now, before))
        for topic, before, now in moved
    )
    yield Heading(t("Topics with another level: {wave} and now", wave=past.within))
    if not rows:
        yield Paragraph(t("No topic has another level than then."))
        return
    fallen = [topic for topic, before, now in moved if now < before]
    yield Paragraph(
        t(
            "Topics with a higher level than then: {higher}; with a lower one: {lower}.",
            higher=len(moved) - len(fallen),
            lower=len(fallen),
        )
    )
    if fallen:
        names = words.listed([words.text(topic.label) for topic in fallen])
        yield Paragraph(t("Lower than then: {names}.", names=names))
    columns = (t("Topic"), past.heading, t("Now"), t("Change"))
    yield Table(t("Level of the topics that moved"), columns, rows, folded=True)
