"""Self-assessment and perception, topic by topic: what is not confirmed comes first."""

from __future__ import annotations

from collections.abc import Iterator

from imfsurvey.analysis.gap import (
    CLAIMED_FROM,
    LARGE,
    NOTABLE,
    TopicGap,
    doubtful_pillars,
    mean_distance,
    mean_gap,
    unconfirmed,
)
from imfsurvey.i18n import formats
from imfsurvey.i18n.catalogue import Translator
from imfsurvey.report.document import Block, Bullets, Paragraph, Section, Table
from imfsurvey.report.statistics import bounds, census
from imfsurvey.report.view import View
from imfsurvey.report.words import NO_FIGURE, Words


def section(view: View) -> Section | None:
    """The gaps; None where no topic was measured both ways."""
    if not view.gaps:
        return None
    t = view.t
    blocks: list[Block] = [*_doubts(view), *_averages(view), _table(view)]
    blocks.append(Paragraph(ruler_note(t), "note"))
    return Section("gap", t("Self-assessment beside what the staff see"), tuple(blocks))


def headlines(view: View) -> Iterator[str]:
    """Pillars where most claims are not confirmed: what a reader must know before all else."""
    return doubted_pillars(view.gaps, view.words)


def doubted_pillars(found: tuple[TopicGap, ...], words: Words) -> Iterator[str]:
    """A sentence for each pillar where most claims are not confirmed."""
    for pillar in doubtful_pillars(words.framework, found):
        yield words.t(
            "{pillar}: the staff do not confirm most of what is claimed there.",
            pillar=words.quoted(words.text(pillar.label)),
        )


def ordered(found: tuple[TopicGap, ...]) -> list[TopicGap]:
    """Not confirmed first, the least seen before; then by size of the gap; what is hidden last."""
    rank = {topic: place for place, topic in enumerate(unconfirmed(found))}
    return sorted(
        found,
        key=lambda one: (
            rank.get(one.topic, len(rank)),
            one.gap is None,
            -abs(one.gap) if one.gap is not None else 0.0,
        ),
    )


def averages(found: tuple[TopicGap, ...], words: Words) -> str:
    """Direction and size of the gaps in a sentence; empty without a gap."""
    direction, distance = mean_gap(found), mean_distance(found)
    if direction is None or distance is None:
        return ""
    return words.t(
        "Mean gap, claimed minus seen: {direction} points of 100; without the signs {distance}.",
        direction=formats.signed(direction, words.language),
        distance=words.index(distance),
    )


def reading(one: TopicGap, t: Translator) -> str:
    """What the figures of a topic say, in words."""
    if one.size is None:
        said = t("not shown")
    elif one.blind_spot:
        said = t("large blind spot") if one.size == "large" else t("blind spot")
    elif one.hidden_strength:
        said = t("large hidden strength") if one.size == "large" else t("hidden strength")
    elif one.size == "chance":
        said = t("may be chance")
    elif one.size != "small":
        said = t("seen higher than claimed")
    else:
        said = t("close")
    return t("; ").join((t("not confirmed"), said)) if one.confirmed is False else said


def ruler_note(t: Translator) -> str:
    """How the figures are to be read."""
    return t(
        "The two scales are not the same ruler: staff who are of two minds give 50, a level of "
        "which little is there gives 0 or 20. Read ranks and large gaps, never single points. A "
        "gap is named from {notable} points on and called large from {large}, and only when the "
        "interval of what is seen leaves the claim out. A claim (level {level} or higher) is "
        "confirmed when more than half of the answers are favourable. No level is changed by it.",
        notable=NOTABLE,
        large=LARGE,
        level=CLAIMED_FROM,
    )


def doubted_words(one: TopicGap, words: Words) -> str:
    """A topic that is not confirmed, with both figures."""
    return words.t(
        "{topic} (level {level} claimed, {share} favourable)",
        topic=words.label(one.topic),
        level=one.level,
        share=favourable(one, words),
    )


def favourable(one: TopicGap, words: Words) -> str:
    """The favourable share of a topic, with a decimal: half is what matters."""
    if one.favourable is None:
        return NO_FIGURE
    return formats.percent(float(one.favourable), words.language, 1)


def _doubts(view: View) -> Iterator[Block]:
    t = view.t
    checked = [one for one in view.gaps if one.confirmed is not None]
    doubted = [one for one in ordered(view.gaps) if one.confirmed is False]
    if not checked:
        yield Paragraph(
            t("No topic is both claimed at level {level} and measured.", level=CLAIMED_FROM)
        )
        return
    if not doubted:
        yield Paragraph(
            t.plural(
                "The staff confirm the {n} topic that is claimed and that they were asked about.",
                "The staff confirm the {n} topics that are claimed and that they were asked about.",
                len(checked),
            )
        )
        return
    yield Paragraph(
        t(
            "Not confirmed by the staff: {n} of {total} topics claimed and measured.",
            n=len(doubted),
            total=len(checked),
        )
    )
    yield Bullets(tuple(doubted_words(one, view.words) for one in doubted))
    for said in headlines(view):
        yield Paragraph(said)


def _averages(view: View) -> Iterator[Block]:
    said = averages(view.gaps, view.words)
    if said:
        yield Paragraph(said)


def _table(view: View) -> Table:
    t = view.t
    columns = (
        *(t("Topic"), t("Level claimed"), t("Claimed, 0-100"), t("Seen, 0-100")),
        *(t("95% interval"), t("Gap"), t("Favourable"), t("Reading")),
    )
    rows = tuple(_row(view, one) for one in ordered(view.gaps))
    return Table(t("Topics measured both ways"), columns, rows, words=(7,))


def _row(view: View, one: TopicGap) -> tuple[str, ...]:
    t, words = view.t, view.words
    interval = NO_FIGURE if one.interval is None else bounds(one.interval, t, 0)
    return (
        words.label(one.topic),
        words.count(one.level),
        words.index(one.claimed),
        words.index(one.seen),
        census(t) if one.census and one.seen is not None else interval,
        words.change(one.claimed, one.seen),
        favourable(one, words),
        reading(one, t),
    )
