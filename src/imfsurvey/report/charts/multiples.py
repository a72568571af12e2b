"""Small multiples: an index over all measurements, one small panel for each part or theme.

Every panel has the same axis, 0 to 100, so that panels can be compared; figures stand at the first
and the last measurement, and at every one where there is room.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from imfsurvey.report.charts.drawing import LEADING, SMALL, Drawing
from imfsurvey.report.charts.metrics import text_width, wrapped
from imfsurvey.report.charts.palette import INK, MUTED, PAPER, PILLARS

TALL: Final = 70.0
_GAP: Final = 22.0
_HIGHEST: Final = 100
_LABEL_LINES: Final = 2


@dataclass(frozen=True)
class Panel:
    """One part or theme over the measurements, on an index from 0 to 100. None: no figure."""

    label: str
    pillar: int
    """Which pillar, from 0; -1 for the whole."""
    values: tuple[float | None, ...]
    words: tuple[str, ...]
    spoken: str
    bands: tuple[tuple[float, float] | None, ...] = ()
    """What chance leaves open at each measurement; empty where chance plays no part."""


def draw_multiples(
    name: str, width: int, title: str, moments: Sequence[str], panels: Sequence[Panel]
) -> str:
    """The panels as SVG; `moments` are short names of the measurements, in order of time."""
    drawing = Drawing(name, width)
    across = 2 if drawing.narrow else 3
    wide = (width - _GAP * (across - 1)) / across
    tall = TALL + (_LABEL_LINES + 2) * SMALL * LEADING + 18 + _lower(moments, wide)
    for number, panel in enumerate(panels):
        x, y = (number % across) * (wide + _GAP), (number // across) * tall
        _panel(drawing, x, y, wide, moments, panel)
    rows = -(-len(panels) // across)
    return drawing.close(rows * tall + 4, title, " ".join(panel.spoken for panel in panels))


def _panel(
    drawing: Drawing, x: float, y: float, wide: float, moments: Sequence[str], panel: Panel
) -> None:
    colour = PILLARS[panel.pillar % len(PILLARS)] if panel.pillar >= 0 else INK
    lines = wrapped(panel.label, wide, SMALL, bold=True)
    if len(lines) > _LABEL_LINES:
        lines = [lines[0], lines[1].rstrip(" ,") + " …"]
    drawing.lines(x, y + 12, lines, size=SMALL, bold=True)
    top = y + 12 + _LABEL_LINES * SMALL * LEADING + 4
    for share in (0, 0.5, 1):
        drawing.line(x, top + TALL * share, x + wide, top + TALL * share)
    step = (wide - 28) / max(len(moments) - 1, 1)
    points = [
        (x + 14 + step * number, top + TALL * (1 - value / _HIGHEST), number)
        for number, value in enumerate(panel.values)
        if value is not None
    ]
    drawing.polyline([(a, b) for a, b, _ in points], stroke=colour, thick=2)
    for a, _, number in points:
        if ends := [top + TALL * (1 - one / _HIGHEST) for one in _band(panel, number)]:
            drawing.line(a, ends[0], a, ends[-1], stroke=colour, thick=1.5)
        for end in ends:
            drawing.line(a - 4, end, a + 4, end, stroke=colour, thick=1.5)
    everywhere = step >= 30
    for a, b, number in points:
        drawing.circle(a, b, 2 if panel.bands else 3, fill=colour, stroke=colour)
        if everywhere or number in (points[0][2], points[-1][2]):
            half = text_width(panel.words[number], SMALL, bold=True) / 2 + 1
            reach = _reach(panel, number)
            place = b - reach - 8 if b - reach - 18 > top - 6 else b + reach + 16
            drawing.box(a - half, place - 9, 2 * half, 11, fill=PAPER)
            drawing.text(a, place, panel.words[number], size=SMALL, bold=True, anchor="middle")
    below = top + TALL + 13
    drawing.text(x, below, moments[0], size=SMALL, fill=MUTED)
    last = below + _lower(moments, wide)
    drawing.text(x + wide, last, moments[-1], size=SMALL, fill=MUTED, anchor="end")


def _lower(moments: Sequence[str], wide: float) -> float:
    """By how much the name of the last measurement stands below that of the first: a line, where
    both are too long to stand beside each other."""
    both = text_width(moments[0], SMALL) + text_width(moments[-1], SMALL)
    return SMALL * LEADING if both + 6 > wide else 0.0


def _band(panel: Panel, number: int) -> tuple[float, ...]:
    """The ends of the interval at a measurement; none where there is no interval."""
    return (panel.bands[number] or ()) if panel.bands else ()


def _reach(panel: Panel, number: int) -> float:
    """How far the interval goes above and below its point, so that the figure stands beyond it."""
    value = panel.values[number]
    if value is None:
        return 0
    return TALL * max((abs(end - value) for end in _band(panel, number)), default=0.0) / _HIGHEST
