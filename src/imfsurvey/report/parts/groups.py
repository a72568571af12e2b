"""What the staff said, by group: who answered, the heatmap of themes, every statement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from imfsurvey.analysis.groups import GroupShare
from imfsurvey.i18n import formats
from imfsurvey.report.charts.drawing import NARROW, WIDE
from imfsurvey.report.charts.groupheat import HeatCell, HeatRow, draw_heat
from imfsurvey.report.document import Block, Bullets, Chart, Paragraph, Section, Table
from imfsurvey.report.groupwords import LETTERS, GroupWords
from imfsurvey.report.view import View

_BESIDE: Final = 6
"""Groups beside each other in a table of statements."""


def sections(view: View) -> Iterator[Section]:
    """One section a breakdown."""
    for number, one in enumerate(GroupWords.all_of(view.now, view.words), 1):
        title = view.t("Perception by group: {title}", title=one.title)
        yield Section(f"groups-{number}", title, tuple(_blocks(one, f"groups-{number}")))


def _blocks(one: GroupWords, name: str) -> Iterator[Block]:
    t, groups = one.t, one.figures.groups
    yield _responses(one)
    yield Paragraph(one.reading, "note")
    hidden = list(one.reasons(_all_shares(one)))
    if hidden:
        yield Paragraph(t("What is not shown, and why:"))
        said = (formats.labelled(letter, why, t.language) for letter, why in hidden)
        yield Bullets(tuple(said))
    if groups and groups[0].themes:
        title = t("Share of favourable answers, by theme and group")
        heads = [str(number) for number in range(1, len(groups) + 1)]
        rows = [_row(one, shares) for shares in _by_theme(one)]
        reasons = one.reasons(share for group in groups for share in group.themes)
        yield Chart(
            title=title,
            svg=draw_heat(name, WIDE, title, heads, rows, reasons, t),
            narrow=draw_heat(f"{name}-narrow", NARROW, title, heads, rows, reasons, t),
            table=_themes(one, title),
        )
    yield from _statements(one)


def _all_shares(one: GroupWords) -> Iterator[GroupShare]:
    for group in one.figures.groups:
        yield from group.themes
        yield from group.items


def _by_theme(one: GroupWords) -> Iterator[tuple[GroupShare, ...]]:
    return zip(*(group.themes for group in one.figures.groups), strict=True)


def _responses(one: GroupWords) -> Table:
    rows = tuple(
        (str(number), one.name(group), one.responses(group.responses))
        for number, group in enumerate(one.figures.groups, 1)
    )
    columns = (one.t("Number"), one.t("Group"), one.t("Who answered"))
    return Table(one.t("The groups"), columns, rows, words=(1, 2))


def _row(one: GroupWords, shares: Sequence[GroupShare]) -> HeatRow:
    label, t = one.theme(shares[0].of), one.t
    said = [
        t("{name}: {value}", name=one.name(group), value=one.share_or_letter(share))
        for group, share in zip(one.figures.groups, shares, strict=True)
    ]
    spoken = t("{label}: {remark}.", label=label, remark=t("; ").join(said))
    return HeatRow(label, tuple(_cell(one, share) for share in shares), spoken)


def _cell(one: GroupWords, share: GroupShare) -> HeatCell:
    language = one.t.language
    if share.hidden is not None:
        return HeatCell(None, LETTERS[share.hidden])
    if share.band is not None:
        low, high = share.band
        said = f"{formats.number(100 * low, language)}–{formats.percent(high, language)}"
        return HeatCell((low + high) / 2, said)
    exact = one.words.share(share.favourable)
    return HeatCell(share.favourable, f"≈ {exact}" if share.detail == "rounded" else exact)


def _themes(one: GroupWords, title: str) -> Table:
    """What there is more of stands below each other: themes or groups."""
    t, groups = one.t, one.figures.groups
    themes = [one.theme(share.of) for share in groups[0].themes]
    if len(groups) <= len(themes):
        pairs = zip(themes, _by_theme(one), strict=True)
        rows = tuple((theme, *_said(one, shares)) for theme, shares in pairs)
        return Table(title, (t("Theme"), *map(one.name, groups)), rows)
    rows = tuple((one.name(group), *_said(one, group.themes)) for group in groups)
    return Table(title, (t("Group"), *themes), rows)


def _statements(one: GroupWords) -> Iterator[Table]:
    """Every statement, some groups beside each other."""
    t, groups = one.t, one.figures.groups
    for start in range(0, len(groups), _BESIDE):
        some = groups[start : start + _BESIDE]
        rows = tuple(
            (one.statement(shares[0].of), *_said(one, shares))
            for shares in zip(*(group.items for group in some), strict=True)
        )
        columns = (t("Statement"), *(one.name(group) for group in some))
        caption = t("Share of favourable answers, by statement and group")
        if rows:
            yield Table(caption, columns, rows, folded=True)


def _said(one: GroupWords, shares: Iterable[GroupShare]) -> tuple[str, ...]:
    return tuple(one.share_or_letter(share) for share in shares)
