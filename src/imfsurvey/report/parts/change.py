"""What changed since earlier measurements: core index, levels, topics that moved.

What may be compared says `study.comparison`; this shows it, with a mark and a note where the
questions are in other words.
"""

from __future__ import annotations

from collections.abc import Iterator

from imfsurvey.questionnaire.stems import stem
from imfsurvey.report.document import Block, Bullets, Heading, Paragraph, Section, Table
from imfsurvey.report.view import MARK, Past, View


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
        blocks += [_nodes_table(view, past), *_notes(view, past), *_moved(view, past)]
        blocks += [*_not_compared(view, past), *_reworded(view, past)]
        if past.rescored is not None:
            said = t(
                "The rule that makes levels and indices has changed since. Core indices of then "
                "are by the present rule; levels of then are given by both."
            )
            blocks.append(Paragraph(said))
        elif past.results.framework != view.framework:
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
        now, then = place.figures, past.node(place.ident)
        before = then.core_index if then else None
        cells = (words.index(before), words.index(now.core_index))
        levels = (view.was(place.ident, past), words.level(now))
        change = words.change(now.core_index, before)
        if before is not None:
            change = view.marked(change, place.ident, past)
        rows.append((view.node_label(place.ident), *cells, change, *levels))
    caption = t("Core index and level: {wave} and now", wave=past.within)
    return Table(caption, columns, tuple(rows))


def _notes(view: View, past: Past) -> Iterator[Block]:
    """What the mark beside a change of the whole or of a part means."""
    idents = [place.ident for place in view.places]
    if any(past.comparison.noted(view.framework, ident) for ident in idents):
        yield from (Paragraph(said, "note") for said in view.footnote(idents))


def _not_compared(view: View, past: Past) -> Iterator[Block]:
    """How many topics are left out of what moved, and which."""
    other = past.comparison.other()
    labels = [view.words.text(one.label) for one, _ in view.rated() if one.id in other]
    if labels:
        yield Paragraph(
            view.t.plural(
                "{n} topic is asked in another way since and is not compared:",
                "{n} topics are asked in another way since and are not compared:",
                len(labels),
            )
        )
        yield Bullets(tuple(labels), short=True)


def _reworded(view: View, past: Past) -> Iterator[Block]:
    """The items behind the mark of a topic, by their stems."""
    reworded = past.comparison.reworded()
    stems = [
        view.words.text(stem(view.now.questionnaires[questionnaire], item))
        for topic, _ in view.rated()
        if topic.id in reworded
        for questionnaire, item in past.comparison.topics[topic.id].items
    ]
    if stems:
        yield Paragraph(
            view.t("{mark} Asked in other words or under other conditions since:", mark=MARK),
            "note",
        )
        yield Bullets(tuple(stems))


def _moved(view: View, past: Past) -> Iterator[Block]:
    """The topics with another level than then: how many, which fell, all of them folded."""
    t, words = view.t, view.words
    then = {topic.id: rating.level for topic, rating in view.rated(past.results)}
    reworded = past.comparison.reworded()
    moved = [
        (f"{label} {MARK}" if topic.id in reworded else label, before, rating.level)
        for topic, rating in view.rated()
        if past.comparison.comparable(topic.id)
        and (before := then.get(topic.id)) is not None
        and rating.level is not None
        and rating.level != before
        for label in (words.text(topic.label),)
    ]
    if not moved:
        yield Paragraph(
            t("None of the topics that are compared has another level than then.")
            if past.comparison.other()
            else t("No topic has another level than then.")
        )
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
