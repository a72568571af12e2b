"""The results by group on the screen: themes × groups, hatched where nothing may be shown.

Every cell says its figure; colour only repeats it. Groups have a number, which stands above their
column; what does not fit beside each other goes below.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from textual.content import Content

from imfsurvey.analysis.groups import GroupFigures, GroupShare
from imfsurvey.faces.tui.text import paragraph, plain, shortened, wrapped
from imfsurvey.i18n import formats
from imfsurvey.i18n.catalogue import Translator
from imfsurvey.study.results import WaveResults

if TYPE_CHECKING:
    from imfsurvey.report.groupwords import GroupWords

_CELL: Final = 9
_LABEL: Final = 30
_LONGEST_LABEL: Final = 56
"""Columns of a theme's label: at least and, where there is room, at most."""

_HATCH: Final = "▒▒▒"


def group_lines(found: WaveResults, t: Translator, width: int) -> Iterator[Content]:
    """The lines of the view, one breakdown below the other."""
    from imfsurvey.report.groupwords import GroupWords  # Jinja2 behind it takes 20 ms
    from imfsurvey.report.words import Words

    breakdowns = GroupWords.all_of(found, Words(t.language, found.framework))
    if not breakdowns:
        yield from paragraph(t("There are no results by group in this wave."), width)
    for one in breakdowns:
        yield from _breakdown(one, width)
        yield Content("")


def _breakdown(one: GroupWords, width: int) -> Iterator[Content]:
    t, groups = one.t, one.figures.groups
    yield from paragraph(one.title, width, "bold $text-accent")
    for number, group in enumerate(groups, 1):
        said = t("{name}: {value}", name=one.name(group), value=one.responses(group.responses))
        yield from _numbered(number, said, width)
    yield Content("")
    yield plain(t("Share of favourable answers, by theme"), "bold $text-accent")
    fitting = max((width - _LABEL) // _CELL, 1)
    label = min(max(width - min(len(groups), fitting) * _CELL, _LABEL), _LONGEST_LABEL)
    for start in range(0, len(groups), fitting):
        yield from _columns(one, groups[start : start + fitting], start, label)
        yield Content("")
    yield from paragraph(one.reading, width, "$imf-muted")
    for letter, why in one.reasons(share for group in groups for share in group.themes):
        yield from paragraph(f"{_HATCH} {letter}  {why}", width, "$imf-muted")


def _columns(
    one: GroupWords, groups: Sequence[GroupFigures], start: int, width: int
) -> Iterator[Content]:
    """The themes of as many groups as fit."""
    head = "".join(f"{number:^{_CELL}}" for number in range(start + 1, start + len(groups) + 1))
    yield plain(" " * width + head, "$imf-muted")
    for shares in zip(*(group.themes for group in groups), strict=True):
        label = plain(shortened(one.theme(shares[0].of), width - 1))
        cells = [_cell(share, one.t.language) for share in shares]
        yield Content.assemble(label.pad_right(width - label.cell_length), *cells)


def _cell(share: GroupShare, language: str) -> Content:
    from imfsurvey.report.charts.palette import heat, ink_on
    from imfsurvey.report.groupwords import LETTERS

    if share.hidden is not None:
        return plain(f"{_HATCH} {LETTERS[share.hidden]}".center(_CELL), "$imf-muted")
    said, value = "", share.favourable or 0.0
    if share.band is not None:
        low, high = share.band
        value = (low + high) / 2
        said = f"{formats.number(100 * low, language)}–{formats.percent(high, language)}"
    elif share.favourable is not None:
        said = formats.percent(share.favourable, language)
        said = f"≈ {said}" if share.detail == "rounded" else said
    colour = heat(value)
    return Content.assemble(plain(said.center(_CELL - 1), f"{ink_on(colour)} on {colour}"), " ")


def _numbered(number: int, text: str, width: int) -> Iterator[Content]:
    for place, row in enumerate(wrapped(text, max(width - 4, 20))):
        yield plain(f"{number:>2}  {row}" if place == 0 else f"    {row}")
