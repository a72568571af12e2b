"""The balance gauge: one scale from all controlling to all stimulating, band and pointer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from imfsurvey.report.charts.drawing import LEADING, SIZE, SMALL, Drawing, Key
from imfsurvey.report.charts.metrics import text_width, wrapped
from imfsurvey.report.charts.palette import HATCH, INK, MUTED, PAPER, SEQUENTIAL

_EDGE: Final = 14.0
_TOP: Final = 34.0
_TALL: Final = 18.0


@dataclass(frozen=True)
class Gauge:
    """What the gauge shows, all words ready."""

    value: float
    """-1 to +1."""
    low: float
    high: float
    value_words: str
    low_words: str
    high_words: str
    ends: tuple[str, str]
    """What the left end means, and the right one."""
    band: str
    """What the band is called."""
    spoken: str


def draw_gauge(name: str, width: int, title: str, gauge: Gauge) -> str:
    """The gauge as SVG. The band is framed and its ends have their figures, the pointer is a bar
    with its own: both are told from the rest without colour."""
    drawing = Drawing(name, width)

    def x(value: float) -> float:
        return _EDGE + (width - 2 * _EDGE) * (value + 1) / 2

    drawing.box(x(-1), _TOP, x(1) - x(-1), _TALL, fill=SEQUENTIAL[0], stroke=HATCH)
    left, right = x(gauge.low), x(gauge.high)
    drawing.box(left, _TOP - 4, right - left, _TALL + 8, fill=SEQUENTIAL[1], stroke=INK, thick=2)
    drawing.line(x(0), _TOP - 3, x(0), _TOP + _TALL + 3, stroke=MUTED)
    at = x(gauge.value)
    drawing.line(at, _TOP - 8, at, _TOP + _TALL + 8, stroke=PAPER, thick=7)
    drawing.line(at, _TOP - 8, at, _TOP + _TALL + 8, stroke=INK, thick=4)
    half = text_width(gauge.value_words, SIZE, bold=True) / 2
    place = min(max(at, _EDGE + half), width - _EDGE - half)
    drawing.text(place, _TOP - 14, gauge.value_words, bold=True, anchor="middle")
    y = _TOP + _TALL + 20
    drawing.text(left, y, gauge.low_words, size=SMALL, anchor="middle", fill=MUTED)
    drawing.text(right, y, gauge.high_words, size=SMALL, anchor="middle", fill=MUTED)
    y += SMALL * LEADING + 4
    room = width / 2 - _EDGE - 8
    starts = wrapped(gauge.ends[0], room, SMALL)
    ends = wrapped(gauge.ends[1], room, SMALL)
    drawing.lines(_EDGE, y, starts, size=SMALL)
    drawing.lines(width - _EDGE, y, ends, size=SMALL, anchor="end")
    y += max(len(starts), len(ends)) * SMALL * LEADING
    y = drawing.legend(y, [Key("box", gauge.band, SEQUENTIAL[1])])
    return drawing.close(y + 4, title, gauge.spoken)
