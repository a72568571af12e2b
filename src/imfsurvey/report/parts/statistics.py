"""What chance leaves open, whether statements measure one thing, how far answers lie together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from imfsurvey.analysis.figures import ItemFigures, ThemeFigures
from imfsurvey.analysis.intervals import Interval
from imfsurvey.report.document import Block, Paragraph, Table
from imfsurvey.report.statistics import (
    agreement_word,
    bounds,
    census,
    coefficient,
    reliability_remarks,
    share_bounds,
)
from imfsurvey.report.view import View
from imfsurvey.report.words import NO_FIGURE


def index_cells(view: View, theme: ThemeFigures) -> tuple[str, str, str]:
    """The index of a theme, its interval, and the people behind it."""
    words, t = view.words, view.t
    inside = census(t) if theme.census else _bounds(view, theme.index_interval)
    people = NO_FIGURE if theme.scored is None else words.count(theme.scored)
    return words.index(theme.index), inside, people


def intervals(view: View, statements: Sequence[tuple[str, ItemFigures]]) -> Iterator[Block]:
    """The statements (label, figures) with what chance leaves open of share and mean."""
    t, words = view.t, view.words
    rows = tuple(
        (
            label,
            words.share(one.favourable),
            census(t) if one.census else _share_bounds(view, one),
            words.mean(one.mean),
            _bounds(view, one.mean_interval, 1),
            words.mean(one.sd),
            NO_FIGURE if one.n is None else words.count(one.n),
        )
        for label, one in statements
        if one.sd is not None or one.favourable_interval is not None or one.census
    )
    if rows:
        columns = (
            *(t("Statement"), t("Favourable"), t("95% interval"), t("Mean")),
            *(t("95% interval of the mean"), t("SD"), t("Answers")),
        )
        yield Table(t("Statements: what chance leaves open"), columns, rows, folded=True)


def _share_bounds(view: View, one: ItemFigures) -> str:
    interval = one.favourable_interval
    return NO_FIGURE if interval is None else share_bounds(interval, view.t)


def _bounds(view: View, interval: Interval | None, decimals: int = 0) -> str:
    return NO_FIGURE if interval is None else bounds(interval, view.t, decimals)


def statistics_of(view: View, themes: Sequence[tuple[str, ThemeFigures]]) -> Iterator[Block]:
    """Reliability and agreement of themes (label, figures), with how to read them."""
    t = view.t
    reliable = tuple(row for label, one in themes for row in _reliability(view, label, one))
    if reliable:
        columns = (
            *(t("Theme"), t("Statements"), t("People"), t("Alpha"), t("Spearman-Brown")),
            *(t("95% interval"), t("Omega"), t("Reading")),
        )
        caption = t("Do the statements of a theme measure one thing?")
        yield Table(caption, columns, reliable, words=(len(columns) - 1,)).without_empty()
    agreed = tuple(
        _agreement(view, label, one) for label, one in themes if one.agreement is not None
    )
    if agreed:
        heads = (t("Theme"), t("r_wg(j)"), t("Agreement"), t("r_wg(j), people lenient"))
        caption = t("How far do the answers lie together?")
        yield Table(caption, heads, agreed, words=(2,))
        yield Paragraph(
            t(
                "Agreement is 1 when all gave the same answers and 0 when they differ as much as "
                "by chance. The last column supposes that people are lenient on those who lead "
                "them, and asks for more."
            ),
            "note",
        )


def _reliability(view: View, label: str, theme: ThemeFigures) -> Iterator[tuple[str, ...]]:
    found, t, words = theme.reliability, view.t, view.words
    if found is None:
        return
    interval = found.alpha_interval or found.spearman_brown_interval
    yield (
        label,
        words.count(found.items),
        words.count(found.n),
        coefficient(found.alpha, t),
        coefficient(found.spearman_brown, t),
        _bounds(view, interval, 2),
        coefficient(found.omega, t),
        t("; ").join(reliability_remarks(found, t)),
    )


def _agreement(view: View, label: str, theme: ThemeFigures) -> tuple[str, ...]:
    assert theme.agreement is not None
    return (
        label,
        coefficient(theme.agreement, view.t),
        agreement_word(theme.agreement, view.t),
        coefficient(theme.agreement_skewed, view.t),
    )
