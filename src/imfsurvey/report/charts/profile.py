"""The profile: levels of the whole, the pillars and the functions on one common axis.

A ring is the zero measurement, a diamond the previous one, a dot the present one, a bar the
target; a dashed whisker runs from the dot to the level that is possible at most. No radar: its
values lie along different angles, its area grows with their square.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from imfsurvey.i18n.catalogue import Translator
from imfsurvey.report.charts.drawing import LEADING, SIZE, SMALL, Drawing, Key
from imfsurvey.report.charts.metrics import wrapped
from imfsurvey.report.charts.palette import INK, MUTED, PAPER, PILLARS

COLUMN: Final = 120.0
"""Room for the level in words, at the right."""
LABELS: Final = 270.0


@dataclass(frozen=True)
class ProfileRow:
    """One node. None: no such level."""

    label: str
    depth: int
    """0: the whole, 1: a pillar, 2: below a pillar."""
    pillar: int
    """Which pillar, from 0; -1 for the whole."""
    zero: int | None
    previous: int | None
    now: int | None
    at_most: int | None
    level: str
    """The present level in words: "1 (at most 3)"."""
    spoken: str
    """The row in words."""
    target: int | None = None


def draw_profile(
    name: str,
    width: int,
    title: str,
    rows: Sequence[ProfileRow],
    level_names: Sequence[str],
    t: Translator,
) -> str:
    """The profile as SVG. `level_names` has one name a level, lowest first."""
    profile = _Profile(name, width, len(level_names), t)
    drawing = profile.drawing
    y = profile.head()
    for row in rows:
        y = profile.row(y, row)
    names = " · ".join(f"{level} {name}" for level, name in enumerate(level_names))
    lines = wrapped(names, width - 4, SMALL)
    drawing.lines(2, y + 16, lines, size=SMALL, fill=MUTED)
    y = profile.legend(y + 8 + len(lines) * SMALL * LEADING, rows)
    return drawing.close(y, title, " ".join(row.spoken for row in rows))


class _Profile:
    def __init__(self, name: str, width: int, levels: int, t: Translator) -> None:
        self.drawing = Drawing(name, width)
        self.levels = levels
        self.t = t
        narrow = self.drawing.narrow
        self.left = 18.0 if narrow else LABELS + 20
        self.right = width - 12.0 if narrow else width - COLUMN - 16

    def x(self, level: float) -> float:
        return self.left + level * (self.right - self.left) / (self.levels - 1)

    def head(self) -> float:
        for level in range(self.levels):
            self.drawing.text(
                self.x(level), 13, str(level), size=SMALL, bold=True, fill=MUTED, anchor="middle"
            )
        return 20

    def row(self, y: float, row: ProfileRow) -> float:
        """One node; gives the y below it."""
        drawing, bold = self.drawing, row.depth < 2
        indent = 10.0 + 12 * max(row.depth - 1, 0)
        room = drawing.width - COLUMN - indent if drawing.narrow else LABELS - indent
        lines = wrapped(row.label, room, SIZE, bold)
        tall = len(lines) * SIZE * LEADING
        if row.depth == 1:
            drawing.line(0, y + 1, drawing.width, y + 1)
            y += 4
        height = tall + 28 if drawing.narrow else max(26.0, tall + 8)
        first = y + 15 if drawing.narrow else y + height / 2 - tall / 2 + SIZE * 0.95
        drawing.lines(indent, first, lines, bold=bold)
        drawing.text(drawing.width - 2, first, row.level, bold=bold, anchor="end")
        colour = PILLARS[row.pillar % len(PILLARS)] if row.pillar >= 0 else INK
        drawing.box(0, y + 3, 4, height - 4, fill=colour)
        track = y + tall + 14 if drawing.narrow else y + height / 2
        self._track(track, row, colour)
        return y + height

    def _track(self, y: float, row: ProfileRow, colour: str) -> None:
        drawing = self.drawing
        for level in range(self.levels):
            drawing.line(self.x(level), y - 9, self.x(level), y + 9)
        drawing.line(self.x(0), y, self.x(self.levels - 1), y)
        if row.now is not None:
            if row.zero is not None and row.zero != row.now:
                drawing.line(self.x(row.zero), y, self.x(row.now), y, stroke=colour, thick=3)
            if row.at_most is not None and row.at_most > row.now:
                drawing.whisker(self.x(row.now), self.x(row.at_most), y, colour)
        if row.target is not None:
            drawing.bar(self.x(row.target), y)
        if row.zero is not None:
            drawing.circle(self.x(row.zero), y, 8, fill=PAPER, stroke=colour)
        if row.previous is not None:
            drawing.diamond(self.x(row.previous), y, 7, fill=PAPER, stroke=colour)
        if row.now is not None:
            drawing.circle(self.x(row.now), y, 4, fill=colour, stroke=colour)

    def legend(self, y: float, rows: Sequence[ProfileRow]) -> float:
        """What the marks mean, of those that are there."""
        t = self.t
        keys = [Key("dot", t("now"))]
        if any(row.previous is not None for row in rows):
            keys.append(Key("diamond", t("previous measurement")))
        if any(row.zero is not None for row in rows):
            keys.append(Key("ring", t("zero measurement")))
        if any(row.target is not None for row in rows):
            keys.append(Key("bar", t("target")))
        if any(row.at_most is not None and row.at_most != row.now for row in rows):
            keys.append(Key("whisker", t("possible at most, when the open answers are known")))
        return self.drawing.legend(y, keys)
