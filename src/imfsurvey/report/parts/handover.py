"""The end of a mandate: what was reached of what was aimed at, and what the next one takes over."""

from __future__ import annotations

from collections.abc import Iterator

from imfsurvey.report.document import Block, Bullets, Heading, Paragraph, Section, Table
from imfsurvey.report.parts.actions import named, plan_table, reached
from imfsurvey.report.parts.gap import doubted_words, ordered
from imfsurvey.report.view import View
from imfsurvey.report.words import NO_FIGURE


def section(view: View) -> Section | None:
    """Only of a final measurement: every target, every objective, and what is handed over."""
    if view.figures.kind != "final":
        return None
    t = view.t
    blocks: list[Block] = [*_targets(view), *_objectives(view)]
    left = [*_open_actions(view), *_unreached(view), *_unconfirmed(view)]
    blocks.append(Heading(t("Handed over to the next mandate")))
    blocks += left or [Paragraph(t("Nothing is left open: no action, no target, no doubt."))]
    return Section("handover", t("End of the mandate"), tuple(blocks))


def _targets(view: View) -> Iterator[Block]:
    t, words = view.t, view.words
    rows = tuple(
        (
            words.text(topic.label),
            words.bounded(view.zero_level(topic.id), None),
            words.bounded(rating.level, None),
            words.count(view.targets[topic.id].level),
            t("reached") if _at_target(view, topic.id) else t("not reached"),
        )
        for topic, rating in view.rated()
        if topic.id in view.targets and rating.status != "na"
    )
    if rows:
        columns = (t("Topic"), t("Zero measurement"), t("Level now"), t("Target"), t("State"))
        yield Table(t("Targets of the mandate"), columns, rows, words=(4,), folded=True)


def _at_target(view: View, topic: str) -> bool:
    rating = view.maturity.ratings[topic]
    return (rating.level or 0) >= view.targets[topic].level


def _objectives(view: View) -> Iterator[Block]:
    """What the accepted actions were to bring about, and whether the level aimed at is there."""
    t, words = view.t, view.words
    said = {True: t("reached"), False: t("not reached"), None: NO_FIGURE}
    rows = tuple(
        (
            named(view, one, one.objective or one.text),
            words.label(one.topic),
            words.bounded(one.target, None),
            said[reached(view, one)],
        )
        for one in view.actions
        if one.decision == "accepted"
    )
    if rows:
        columns = (t("Objective"), t("Topic"), t("Target"), t("State"))
        yield Table(t("Objectives of the actions"), columns, rows, words=(1, 3))


def _open_actions(view: View) -> Iterator[Block]:
    still_open = [one for one in view.actions if one.open]
    if still_open:
        yield plan_table(view, view.t("Actions that are still open"), still_open)


def _unreached(view: View) -> Iterator[Block]:
    names = tuple(
        view.t(
            "{topic} (level {level}, target {target})",
            topic=view.words.text(topic.label),
            level=view.words.bounded(rating.level, None),
            target=view.targets[topic.id].level,
        )
        for topic, rating in view.rated()
        if topic.id in view.targets and rating.status != "na" and not _at_target(view, topic.id)
    )
    if names:
        yield Paragraph(view.t("Targets that were not reached:"))
        yield Bullets(names, short=True)


def _unconfirmed(view: View) -> Iterator[Block]:
    doubted = [one for one in ordered(view.gaps) if one.confirmed is False]
    if doubted:
        yield Paragraph(view.t("Topics that the staff do not confirm:"))
        yield Bullets(tuple(doubted_words(one, view.words) for one in doubted), short=True)
