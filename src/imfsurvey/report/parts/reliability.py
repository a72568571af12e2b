"""Whether the statements of a theme measure one thing, and how far the answers lie together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from imfsurvey.analysis.figures import ThemeFigures
from imfsurvey.report.document import Block, Paragraph, Table
from imfsurvey.report.statistics import agreement_word, bounds, coefficient, reliability_remarks
from imfsurvey.report.view import View
from imfsurvey.report.words import NO_FIGURE

Themes = Sequence[tuple[str, ThemeFigures | None, Any]]
"""Label and figures of each."""


def statistics_of(view: View, themes: Themes) -> Iterator[Block]:
    """Two tables, each only when it has a row, with how to read them."""
    t, named = view.t, [(label, one) for label, one, _ in themes if one is not None]
    reliable = tuple(row for label, one in named for row in _reliability(view, label, one))
    if reliable:
        columns = (
            *(t("Theme"), t("Statements"), t("People"), t("Alpha"), t("95% interval")),
            *(t("Omega"), t("Spearman-Brown"), t("Reading")),
        )
        caption = t("Do the statements of a theme measure one thing?")
        yield Table(caption, columns, reliable, words=(7,), folded=True)
    agreed = tuple(
        _agreement(view, label, one) for label, one in named if one.agreement is not None
    )
    if agreed:
        heads = (t("Theme"), t("r_wg(j)"), t("Agreement"), t("r_wg(j), people lenient"))
        caption = t("How far do the answers lie together?")
        yield Table(caption, heads, agreed, words=(2,), folded=True)
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
        NO_FIGURE if interval is None else bounds(interval, t, 2),
        coefficient(found.omega, t),
        coefficient(found.spearman_brown, t),
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
