"""What changed since earlier measurements: core index, levels, topics that moved."""

from __future__ import annotations

from collections.abc import Iterator

from imfsurvey.report.document import Block, Bullets, Heading, Paragraph, Section, Table
from imfsurvey.report.view import Past, View
from imfsurvey.report.words import NO_FIGURE


def section(view: View) -> Section | None:
    """The change since the zero measurement and since the previous one; None without either."""
    if not view.past:
        return None
    t = view.t
    blocks: list[Block] = []
    for past in view.past:
        if len(view.past) > 1:
            blocks.append(
                Heading(
                    t("Since the zero measurement")
                    if past.is_zero
                    else t("Since the previous measurement")
                )
            )
        blocks += [_nodes_table(view, past), *_moved(view, past)]
        if past.results.framework != view.framework:
            blocks.append(Paragraph(t("The framework has changed since: compare with care.")))
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
    since_zero = any(past.is_zero for past in view.past)
    title = t("Change since the zero measurement") if since_zero else t("Change since last time")
    return Section("change", title, tuple(blocks))


def _nodes_table(view: View, past: Past) -> Table:
    words, t = view.words, view.t
    columns = (
        *("", t("Core index, {wave}", wave=past.within), t("Core index now"), t("Change")),
        *(t("Level, {wave}", wave=past.within), t("Level now")),
    )
    rows = []
    for place in view.places:
        now, then = place.figures, view.node(place.ident, past.results)
        before = then.core_index if then else None
        cells = (words.index(before), words.index(now.core_index))
        levels = (words.level(then) if then else NO_FIGURE, words.level(now))
        change = words.change(now.core_index, before)
        rows.append((view.node_label(place.ident), *cells, change, *levels))
    caption = t("Core index and level: {wave} and now", wave=past.within)
    return Table(caption, columns, tuple(rows))


def _moved(view: View, past: Past) -> Iterator[Block]:
    """The topics with another level than then: how many, which fell, all of them folded."""
    t, words = view.t, view.words
    then = {topic.id: rating.level for topic, rating in view.rated(past.results)}
    moved = [
        (words.text(topic.label), before, rating.level)
        for topic, rating in view.rated()
        if (before := then.get(topic.id)) is not None
        and rating.level is not None
        and rating.level != before
    ]
    if not moved:
        yield Paragraph(t("No topic has another level than then."))
        return
    moved.sort(key=lambda one: one[1] - one[2])
    fallen = tuple(label for label, before, now in reversed(moved) if now < before)
    higher = len(moved) - len(fallen)
    said = t(
        "Topics with a higher level than then: {higher}; with a lower one: {lower}.",
        higher=higher,
        lower=len(fallen),
    )
    yield Paragraph(said)
    if fallen:
        yield Paragraph(t("Lower than then:"))
        yield Bullets(fallen, short=True)
    rows = tuple(
        (label, words.count(before), words.count(now), words.change(now, before))
        for label, before, now in moved
    )
    columns = (t("Topic"), past.heading, t("Now"), t("Change"))
    caption = t("Level of the topics that moved: {wave} and now", wave=past.within)
    yield Table(caption, columns, rows, folded=True)
