"""The slope: from the zero measurement to the reported one, a line for each part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from imfsurvey.report.charts.drawing import LEADING, SIZE, SMALL, Drawing
from imfsurvey.report.charts.metrics import text_width, wrapped
from imfsurvey.report.charts.palette import INK, MUTED, PILLARS

TALL: Final = 240.0
_TOP: Final = 30.0
_HIGHEST: Final = 100
_APART: Final = 15.0
"""Least distance of two labels."""


@dataclass(frozen=True)
class SlopeLine:
    """One node at two moments, on the index from 0 to 100."""

    label: str
    pillar: int
    """Which pillar, from 0; -1 for the whole."""
    then: float
    now: float
    then_words: str
    now_words: str
    spoken: str


def draw_slope(
    name: str, width: int, title: str, moments: tuple[str, str], lines: Sequence[SlopeLine]
) -> str:
    """The lines as SVG; `moments` are the names of the two measurements."""
    drawing = Drawing(name, width)
    figures = 40.0
    labels = 120.0 if drawing.narrow else 250.0
    left, right = figures + 8, width - labels - figures
    low, high = _room(lines)

    def y(value: float) -> float:
        return _TOP + TALL * (1 - (value - low) / (high - low))

    for x, start, room, words in (
        (left, 0.0, right - 8, moments[0]),
        (right, right, width - right, moments[1]),
    ):
        shown = wrapped(words, room, SMALL, bold=True)[0]
        drawing.text(start, 14, shown, size=SMALL, bold=True, fill=MUTED)
        drawing.line(x, 24, x, 36 + TALL)
    for line in lines:
        colour = _colour(line)
        thick = 3 if line.pillar < 0 else 2
        drawing.line(left, y(line.then), right, y(line.now), stroke=colour, thick=thick)
        for x, value in ((left, line.then), (right, line.now)):
            drawing.circle(x, y(value), 4, fill=colour, stroke=colour)
    for place, line in _spread([(y(line.then), line) for line in lines]):
        drawing.text(left - 8, place + 4, line.then_words, size=SMALL, anchor="end")
    for place, line in _spread([(y(line.now), line) for line in lines]):
        drawing.text(right + 8, place + 4, line.now_words, bold=True)
        start = right + 8 + max(text_width(line.now_words, SIZE, bold=True), 22) + 6
        first = wrapped(line.label, width - start - 2, SMALL, line.pillar < 0)
        words = first[0] if len(first) == 1 else first[0].rstrip(" ,") + " …"
        drawing.text(start, place + 4, words, size=SMALL, bold=line.pillar < 0, fill=_colour(line))
    height = 44 + TALL + SMALL * LEADING
    return drawing.close(height, title, " ".join(line.spoken for line in lines))


def _colour(line: SlopeLine) -> str:
    return PILLARS[line.pillar % len(PILLARS)] if line.pillar >= 0 else INK


def _room(lines: Sequence[SlopeLine]) -> tuple[float, float]:
    """The part of the index that is drawn: in tens, at least thirty points."""
    values = [value for line in lines for value in (line.then, line.now)]
    low = 10 * (min(values, default=0) // 10)
    high = min(10 * (max(values, default=_HIGHEST) // 10 + 1), _HIGHEST)
    low = max(min(low, high - 30), 0)
    return low, max(high, low + 30)


def _spread(places: Sequence[tuple[float, SlopeLine]]) -> list[tuple[float, SlopeLine]]:
    """Labels moved down so that none covers another, then up where they would leave the chart."""
    found: list[tuple[float, SlopeLine]] = []
    for place, line in sorted(places, key=lambda pair: pair[0]):
        above = found[-1][0] + _APART if found else place
        found.append((max(place, above), line))
    below = _TOP + TALL
    for number, (place, line) in reversed(list(enumerate(found))):
        found[number] = (min(place, below), line)
        below = found[number][0] - _APART
    return found
