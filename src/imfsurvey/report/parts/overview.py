"""The essentials: tiles, headline sentences, the levels of the pillars in the waves compared."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from imfsurvey.analysis.figures import NodeFigures
from imfsurvey.report.charts.drawing import NARROW, WIDE
from imfsurvey.report.charts.profile import ProfileRow, draw_profile
from imfsurvey.report.document import Block, Chart, Paragraph, Section, Table, Tile
from imfsurvey.report.view import OVERALL, WEAK_BELOW, Place, View
from imfsurvey.report.words import NO_FIGURE

MOST_HEADLINES = 5

WORTH_SAYING = 5.0
"""Pillars at one level are called stronger or weaker from so many points of the index on."""


def tiles(view: View) -> tuple[Tile, ...]:
    """The whole and the pillars."""
    return tuple(_tile(view, place) for place in view.main_places)


def _tile(view: View, place: Place) -> Tile:
    words, t, node = view.words, view.t, place.figures
    highest, level, most = view.framework.max_level, node.demonstrated, node.at_most
    return Tile(
        label=view.node_label(place.ident),
        level=words.bounded(level, None),
        scale=t("of {max}", max=highest),
        name=t("not rated") if level is None else words.level_name(level),
        at_most="" if most is None or most == level else t("at most {level}", level=most),
        index=t("Index {index} of 100", index=words.index(node.index)),
        change=_tile_change(view, place.ident),
        filled=tuple(level is not None and step <= level for step in range(1, highest + 1)),
    )


def _tile_change(view: View, ident: str) -> str:
    """The level at the zero measurement, marked where it needs a note; empty without one."""
    zero = next((past for past in view.past if past.is_zero), None)
    then = zero.node(ident) if zero else None
    if zero is None or then is None or then.demonstrated is None:
        return ""
    said = view.t("Zero measurement: level {level}", level=then.demonstrated)
    return view.marked(said, ident, zero)


def headlines(view: View) -> Iterator[str]:
    """What the self-assessment says, the most important first."""
    sentences = (
        *(_whole(view), _holding(view)),
        *(_since_zero(view), _pillars(view), _weak(view)),
    )
    return islice((sentence for sentence in sentences if sentence), MOST_HEADLINES)


def _whole(view: View) -> str:
    words, t, overall = view.words, view.t, view.maturity.overall
    if overall.demonstrated is None:
        return t("No topic is in scope, so there is no overall level.")
    said = t(
        "The integrity policy as a whole is at level {level} of {max}: {name}.",
        level=overall.demonstrated,
        max=view.framework.max_level,
        name=words.quoted(words.level_name(overall.demonstrated)),
    )
    if overall.at_most in (None, overall.demonstrated):
        return said
    return said + " " + t("Open answers leave room up to level {most}.", most=overall.at_most)


def _holding(view: View) -> str:
    t, overall, gate = view.t, view.maturity.overall, view.framework.gate
    if view.maturity.gate_holds and gate:
        return (
            t(
                "Without an approved written policy the overall level stays at {level}.",
                level=gate.level,
            )
            if view.gate_lowers
            else t(
                "Without an approved written policy the overall level cannot pass {level}.",
                level=gate.level,
            )
        )
    if not overall.binding or len(overall.binding) == len(view.main_places) - 1:
        return ""  # to name every pillar would say nothing
    names = view.words.listed([view.node_label(child) for child in overall.binding])
    return t("What holds it at level {level}: {names}.", level=overall.demonstrated, names=names)


def _since_zero(view: View) -> str:
    words, t = view.words, view.t
    now, zero = view.maturity.overall, view.zero_node(OVERALL)
    if zero is None or zero.core_index is None or now.core_index is None:
        return ""
    params = {
        "before": words.index(zero.core_index),
        "now": words.index(now.core_index),
        "change": words.change(now.core_index, zero.core_index),
        "level": now.demonstrated,
        "old": zero.demonstrated,
    }
    if now.demonstrated == zero.demonstrated:
        said = t(
            "Since the zero measurement the core index went from {before} to {now} ({change}); "
            "the overall level is still {level}.",
            **params,
        )
    else:
        said = t(
            "Since the zero measurement the core index went from {before} to {now} ({change}) and "
            "the overall level from {old} to {level}.",
            **params,
        )
    return " ".join((said, *_other_questions(view)))


def _other_questions(view: View) -> Iterator[str]:
    """That the questions of the zero measurement were not all the same."""
    for past in view.past:
        if past.is_zero and past.comparison.noted(view.framework, OVERALL):
            yield view.t("The questions were not all the same, or not in the same words.")


def _pillars(view: View) -> str:
    t = view.t
    pillars = [place.figures for place in view.main_places if place.depth == 1]
    ranked = sorted((node for node in pillars if node.demonstrated is not None), key=_rank)
    if len(ranked) < 2 or any(node.incomplete for node in ranked):
        return ""  # a pillar that hardly anybody rated is not the weakest one
    worst, best = ranked[0], ranked[-1]
    (low, low_index), (high, high_index) = _rank(worst), _rank(best)
    if low == high and high_index - low_index < WORTH_SAYING:
        return t(
            "The pillars are all at level {level}, with indices from {low} to {high}.",
            level=low,
            low=view.words.index(low_index),
            high=view.words.index(high_index),
        )
    return t(
        "Strongest pillar: {best} (level {high}, index {high_index}); weakest: {worst} "
        "(level {low}, index {low_index}).",
        best=view.words.quoted(view.node_label(best.node)),
        high=high,
        high_index=view.words.index(best.index),
        worst=view.words.quoted(view.node_label(worst.node)),
        low=low,
        low_index=view.words.index(worst.index),
    )


def _rank(node: NodeFigures) -> tuple[int, float]:
    return node.demonstrated or 0, node.index or 0.0


def _weak(view: View) -> str:
    core = [r.level for topic, r in view.rated() if topic.layer == "core" and r.level is not None]
    if not core or view.framework.max_level < WEAK_BELOW:
        return ""
    return view.t.plural(
        "{n} of the {total} core topics rated is below level {level}.",
        "{n} of the {total} core topics rated are below level {level}.",
        sum(level < WEAK_BELOW for level in core),
        total=len(core),
        level=view.words.named_level(WEAK_BELOW),
    )


def section(view: View) -> Section:
    """Levels and indices of the whole and the pillars, now and before, and the profile."""
    t = view.t
    blocks: list[Block] = [
        _levels_table(view),
        Paragraph(_two_figures(view), "note"),
        *(Paragraph(said, "note") for said in view.footnote([one.ident for one in view.places])),
        _profile(view),
    ]
    return Section("levels", t("Levels of the pillars"), tuple(blocks))


def _two_figures(view: View) -> str:
    """What level and index are for; only some rules never average."""
    t = view.t
    if view.framework.aggregation.rule in ("mean", "sum_of_means"):
        return t(
            "The level is what may be claimed today: a mean, rounded down. The index, from 0 to "
            "100, shows progress sooner."
        )
    return t(
        "The level is what may be claimed today; the index, from 0 to 100, shows progress "
        "sooner. A level is never an average."
    )


def _levels_table(view: View) -> Table:
    words, t = view.words, view.t
    columns = ["", t("Level now"), t("Name of the level"), t("Index"), t("Core index")]
    for past in view.past:
        columns.append(t("Level, {wave}", wave=past.within))
    rows = []
    for place in view.main_places:
        node, level = place.figures, place.figures.demonstrated
        cells = [view.node_label(place.ident), words.level(node)]
        cells.append(NO_FIGURE if level is None else words.level_name(level))
        cells += [words.index(node.index), words.index(node.core_index)]
        cells += [view.was(place.ident, past) for past in view.past]
        rows.append(tuple(cells))
    return Table(t("Levels and indices"), tuple(columns), tuple(rows), words=(2,))


def _profile(view: View) -> Chart:
    t = view.t
    title = t("Level of every part, on one scale")
    rows = [_profile_row(view, place) for place in view.places]
    names = [view.words.level_name(level.level) for level in view.framework.levels]
    return Chart(
        title=title,
        svg=draw_profile("profile", WIDE, title, rows, names, t),
        narrow=draw_profile("profile-narrow", NARROW, title, rows, names, t),
        table=_profile_table(view),
    )


def _profile_row(view: View, place: Place) -> ProfileRow:
    t, now = view.t, place.figures
    before = {past.is_zero: past.node(place.ident) for past in view.past}
    zero, previous = before.get(True), before.get(False)
    label, level = view.node_label(place.ident), view.words.level(now)
    spoken = [t("{label}: level {level}.", label=label, level=level)]
    for past in view.past:
        then = view.node(place.ident, past.results)
        if then is not None:
            was = view.was(place.ident, past)
            spoken.append(t("{wave}: level {level}.", wave=past.heading, level=was))
    target = view.node_targets.get(place.ident)
    if target is not None:
        spoken.append(t("Target: level {level}.", level=target))
    return ProfileRow(
        label=label,
        depth=place.depth,
        pillar=place.pillar,
        zero=zero.demonstrated if zero else None,
        previous=previous.demonstrated if previous else None,
        now=now.demonstrated,
        at_most=now.at_most,
        level=level,
        spoken=" ".join(spoken),
        target=target,
    )


def _profile_table(view: View) -> Table:
    words, t = view.words, view.t
    columns = ["", t("Level now"), t("Index"), t("Core index"), t("Core topics rated")]
    columns += [t("Level, {wave}", wave=past.within) for past in view.past]
    columns += [t("Target")] if view.node_targets else []
    rows = []
    for place in view.places:
        node = place.figures
        cells = [view.node_label(place.ident), words.level(node), words.index(node.index)]
        cells += [words.index(node.core_index), words.share(node.coverage)]
        cells += [view.was(place.ident, past) for past in view.past]
        if view.node_targets:
            cells.append(words.bounded(view.node_targets.get(place.ident), None))
        rows.append(tuple(cells))
    return Table(t("Level of every part"), tuple(columns), tuple(rows))
