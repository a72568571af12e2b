"""The group heatmap: one row a theme, one column a group, hatched where nothing may be shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from imfsurvey.i18n import formats
from imfsurvey.i18n.catalogue import Translator
from imfsurvey.report.charts.drawing import LEADING, SIZE, SMALL, Drawing, Key
from imfsurvey.report.charts.metrics import text_width, wrapped
from imfsurvey.report.charts.palette import HATCH, MUTED, PAPER, RULE, SEQUENTIAL, heat, ink_on

_CELL: Final = 62.0
_HEIGHT: Final = 24.0


@dataclass(frozen=True)
class HeatCell:
    """One group's share of a theme."""

    value: float | None
    """0-1: what the colour says; None when it is hidden."""
    words: str
    """The share as exactly as it may be told, or the letter of the reason."""


@dataclass(frozen=True)
class HeatRow:
    """One theme."""

    label: str
    cells: tuple[HeatCell, ...]
    spoken: str
    """The row in words."""


def columns_in(width: int) -> int:
    """How many groups fit beside each other."""
    return int((width - _label_width(width)) // _CELL)


def _label_width(width: int) -> float:
    return width * 0.31


def draw_heat(
    name: str,
    width: int,
    title: str,
    heads: Sequence[str],
    rows: Sequence[HeatRow],
    reasons: Sequence[tuple[str, str]],
    t: Translator,
) -> str:
    """The heatmap as SVG. `heads`: a short name a column; `reasons`: letter and words of what is
    hidden. Columns that do not fit go below, in further blocks.
    """
    heatmap = _Heatmap(name, width)
    fitting, y = columns_in(width), 0.0
    for start in range(0, len(heads), fitting):
        y = heatmap.block(y, heads[start : start + fitting], rows, start) + 10
    keys = [Key("box", t("0% favourable"), SEQUENTIAL[0])]
    keys += [Key("box", t("100% favourable"), SEQUENTIAL[-1])]
    keys += [Key("hatch", formats.labelled(*one, t.language)) for one in reasons]
    y = heatmap.drawing.legend(y, keys)
    return heatmap.drawing.close(y, title, " ".join(row.spoken for row in rows))


class _Heatmap:
    def __init__(self, name: str, width: int) -> None:
        self.drawing = Drawing(name, width)
        self.left = _label_width(width)

    def block(self, y: float, heads: Sequence[str], rows: Sequence[HeatRow], start: int) -> float:
        """As many columns as fit, from the one at `start`; gives the y below them."""
        for place, head in enumerate(heads):
            middle = self.left + (place + 0.5) * _CELL
            self.drawing.text(
                middle, y + 13, head, size=SMALL, bold=True, fill=MUTED, anchor="middle"
            )
        y += 18
        for row in rows:
            lines = wrapped(row.label, self.left - 8, SIZE)
            height = max(_HEIGHT, len(lines) * SIZE * LEADING + 6)
            first = y + height / 2 - (len(lines) - 1) * SIZE * LEADING / 2 + SIZE * 0.35
            self.drawing.lines(0, first, lines)
            for place, cell in enumerate(row.cells[start : start + len(heads)]):
                self._cell(self.left + place * _CELL, y, height, cell)
            y += height
        return y

    def _cell(self, x: float, y: float, height: float, cell: HeatCell) -> None:
        fill = self.drawing.hatch if cell.value is None else heat(cell.value)
        edge = HATCH if cell.value is None else RULE
        self.drawing.box(
            x + 1, y + 1, _CELL - 2, height - 2, fill=fill, stroke=edge, dashed=cell.value is None
        )
        centre, middle = x + _CELL / 2, y + height / 2
        if cell.value is None:
            half = text_width(cell.words, SMALL) / 2 + 4
            self.drawing.box(centre - half, middle - 8, 2 * half, 16, fill=PAPER)
            self.drawing.text(centre, middle + 4, cell.words, size=SMALL, anchor="middle")
            return
        self.drawing.text(
            centre, middle + 4, cell.words, size=SMALL, fill=ink_on(fill), anchor="middle"
        )
