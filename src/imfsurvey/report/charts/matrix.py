"""The maturity matrix: one row a topic, one cell a level, filled up to the level that is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from imfsurvey.i18n.catalogue import Translator
from imfsurvey.report.charts.drawing import LEADING, SIZE, SMALL, Drawing, Key
from imfsurvey.report.charts.metrics import text_width, wrapped
from imfsurvey.report.charts.palette import (
    HATCH,
    INK,
    MARK,
    MUTED,
    PAPER,
    RULE,
    ink_on,
    level_colours,
)

GUTTER: Final = 16.0
"""Room for the mark of what holds a level down."""


@dataclass(frozen=True)
class TopicRow:
    """One topic. Without a level, `remark` says why, and `unknown` that it could be any level."""

    label: str
    level: int | None
    remark: str
    unknown: bool
    binding: bool
    spoken: str
    """The row in words."""


@dataclass(frozen=True)
class TopicGroup:
    """The topics of one node and layer, with a line above them; `level` stands at its right."""

    label: str
    level: str
    minor: bool
    """A group inside the one before: set smaller."""
    rows: tuple[TopicRow, ...]


def draw_matrix(
    name: str,
    width: int,
    title: str,
    groups: Sequence[TopicGroup],
    level_names: Sequence[str],
    t: Translator,
) -> str:
    """The matrix as SVG. `level_names` has one name a level, lowest first."""
    matrix = _Matrix(name, width, level_names, t)
    y = matrix.head()
    headed = False
    for group in groups:
        if not headed:  # a line that groups stand below stays with the first of them
            matrix.drawing.may_break(y)
        y = matrix.group(y, group)
        headed = not group.rows
    matrix.drawing.may_break(y)
    y = matrix.legend(y + 6, groups)
    spoken = " ".join(row.spoken for group in groups for row in group.rows)
    return matrix.drawing.close(y, title, spoken)


class _Matrix:
    def __init__(self, name: str, width: int, level_names: Sequence[str], t: Translator) -> None:
        self.drawing = Drawing(name, width)
        self.names = level_names
        self.colours = level_colours(len(level_names))
        self.t = t
        most = 150 if self.drawing.narrow else 252
        self.cell = min(42.0, most / len(level_names))
        self.left = width - 2 - self.cell * len(level_names)

    def head(self) -> float:
        for level in range(len(self.names)):
            x = self.left + (level + 0.5) * self.cell
            self.drawing.text(x, 13, str(level), size=SMALL, bold=True, fill=MUTED, anchor="middle")
        return 18

    def group(self, y: float, group: TopicGroup) -> float:
        """The line of a group and its rows; gives the y below them."""
        size, bold = (SMALL, False) if group.minor else (SIZE, True)
        colour = MUTED if group.minor else INK
        if not group.minor:
            y += 6
            self.drawing.line(0, y, self.drawing.width, y, stroke=MUTED)
            y += 2
        level_width = text_width(group.level, SIZE, bold=True)
        beside = level_width + 8 < self.drawing.width - self.left
        room = (self.left if beside else self.drawing.width) - 8
        lines = wrapped(group.label, room, size, bold)
        self.drawing.lines(0, y + 14, lines, size=size, bold=bold, fill=colour)
        y += 14 + (len(lines) - 1) * size * LEADING
        if group.level:
            y += 0 if beside else 15
            right = self.drawing.width - 2
            self.drawing.text(right, y, group.level, bold=True, anchor="end")
        y += 6
        for number, row in enumerate(group.rows):
            if number:
                self.drawing.may_break(y)
            y = self.row(y, row)
        return y

    def row(self, y: float, row: TopicRow) -> float:
        """One topic; gives the y below it."""
        lines = wrapped(row.label, self.left - GUTTER - 8, SIZE)
        height = max(22.0, len(lines) * SIZE * LEADING + 6)
        middle = y + height / 2
        first = middle - (len(lines) - 1) * SIZE * LEADING / 2 + SIZE * 0.35
        if row.binding:
            self.drawing.text(GUTTER / 2, first, "◆", size=SMALL, fill=MARK, anchor="middle")
        self.drawing.lines(GUTTER, first, lines)
        if row.level is None:
            self._without_level(middle, row)
        else:
            self._cells(middle, row.level)
        return y + height

    def _cells(self, middle: float, level: int) -> None:
        """Filled from the lowest to the level, which bears its number."""
        for step, colour in enumerate(self.colours):
            x, filled = self.left + step * self.cell, step <= level
            fill = colour if filled else PAPER
            edge = INK if step == level else (HATCH if filled else RULE)
            thick = 1.5 if step == level else 0.5
            self.drawing.box(
                x + 1, middle - 9, self.cell - 2, 18, fill=fill, stroke=edge, thick=thick
            )
        x, fill = self.left + (level + 0.5) * self.cell, self.colours[level]
        self.drawing.text(x, middle + 4, str(level), bold=True, fill=ink_on(fill), anchor="middle")

    def _without_level(self, middle: float, row: TopicRow) -> None:
        """Hatched when it could be any level, an empty frame when it is out of scope."""
        across = self.cell * len(self.colours) - 2
        fill = self.drawing.hatch if row.unknown else PAPER
        self.drawing.box(
            self.left + 1, middle - 9, across, 18, fill=fill, stroke=HATCH, dashed=not row.unknown
        )
        line = wrapped(row.remark, across - 12, SMALL)[0]
        centre, half = self.left + 1 + across / 2, text_width(line, SMALL) / 2 + 4
        self.drawing.box(centre - half, middle - 7, 2 * half, 14, fill=PAPER)
        self.drawing.text(centre, middle + 4, line, size=SMALL, anchor="middle")

    def legend(self, y: float, groups: Sequence[TopicGroup]) -> float:
        """What colours, hatching and marks mean, of those that are there."""
        rows = [row for group in groups for row in group.rows]
        keys = [
            Key("box", f"{level} {name}", colour)
            for level, (name, colour) in enumerate(zip(self.names, self.colours, strict=True))
        ]
        if any(row.unknown for row in rows):
            keys.append(Key("hatch", self.t("not known: any level is possible")))
        if any(row.level is None and not row.unknown for row in rows):
            keys.append(Key("dashed", self.t("not applicable: does not count")))
        if any(row.binding for row in rows):
            keys.append(Key("glyph", self.t("holds the level down"), MARK))
        return self.drawing.legend(y, keys)
