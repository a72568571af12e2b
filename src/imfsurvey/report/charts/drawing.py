"""One chart being drawn: elements are collected, then closed into an accessible SVG.

Everything is text: a report has ten thousand elements, and each is needed once. What comes from
outside are words, and all of them pass through `_worded`, which escapes them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal
from xml.sax.saxutils import escape

from imfsurvey.report.charts.metrics import text_width, wrapped
from imfsurvey.report.charts.palette import HATCH, INK, MUTED, PAPER, RULE

FONT: Final = "Inter, 'Helvetica Neue', Helvetica, Arial, 'Liberation Sans', sans-serif"
WIDE: Final = 720
NARROW: Final = 360
"""The two widths that every chart can be drawn in: a page, a telephone."""

SIZE: Final = 12.0
SMALL: Final = 10.5
LEADING: Final = 1.2
"""Distance of lines, in sizes."""

Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True)
class Key:
    """One entry of a legend: a sample drawn in a box of 14 x 12, and what it means."""

    sample: Literal["box", "hatch", "dashed", "dot", "ring", "diamond", "whisker", "bar", "glyph"]
    words: str
    colour: str = INK


class Drawing:
    """The elements of one chart. `name` makes its ids unique on a page."""

    def __init__(self, name: str, width: int) -> None:
        self.name = name
        self.width = width
        self._elements: list[str] = []
        self._breaks: list[float] = []
        self._parts: list[float] = []

    def may_break(self, y: float, *, part: bool = False) -> None:
        """A page may end at `y`: what is above the first of these is repeated on every page as the
        head, what is below the last as the legend. `part`: below stands the head of several rows,
        so that a page had better end here than between these.
        """
        self._breaks.append(_tidy(y))
        if part:
            self._parts.append(_tidy(y))

    @property
    def narrow(self) -> bool:
        """Whether labels go above what they label."""
        return self.width < WIDE

    @property
    def hatch(self) -> str:
        """The fill that says: not known, or not shown."""
        return f"url(#{self.name}-hatch)"

    def text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        size: float = SIZE,
        bold: bool = False,
        fill: str = INK,
        anchor: Anchor = "start",
    ) -> None:
        """One line of text on the baseline `y`."""
        look = _values(
            text_anchor=None if anchor == "start" else anchor,
            font_size=size,
            font_weight="700" if bold else None,
            fill=fill,
            x=_tidy(x),
            y=_tidy(y),
        )
        self._elements.append(_worded("text", look, words))

    def lines(
        self, x: float, y: float, lines: Sequence[str], *, size: float = SIZE, bold: bool = False,
        fill: str = INK, anchor: Anchor = "start",
    ) -> None:  # fmt: skip
        """Lines of text, the first on the baseline `y`."""
        for number, line in enumerate(lines):
            place = y + number * size * LEADING
            self.text(x, place, line, size=size, bold=bold, fill=fill, anchor=anchor)

    def box(
        self, x: float, y: float, width: float, height: float, *, fill: str,
        stroke: str | None = None, dashed: bool = False, thick: float = 1,
    ) -> None:  # fmt: skip
        """A rectangle."""
        look = _values(
            stroke=stroke,
            stroke_dasharray="3 3" if dashed else None,
            stroke_width=thick if stroke else None,
            x=_tidy(x),
            y=_tidy(y),
            width=_tidy(width),
            height=_tidy(height),
            fill=fill,
        )
        self._elements.append(f"<rect{look}/>")

    def line(
        self, x1: float, y1: float, x2: float, y2: float, *, stroke: str = RULE, thick: float = 1,
        dashed: bool = False,
    ) -> None:  # fmt: skip
        """A straight line."""
        look = _values(
            stroke=stroke,
            stroke_dasharray="4 3" if dashed else None,
            stroke_width=thick,
            x1=_tidy(x1),
            y1=_tidy(y1),
            x2=_tidy(x2),
            y2=_tidy(y2),
        )
        self._elements.append(f"<line{look}/>")

    def circle(self, x: float, y: float, radius: float, *, fill: str, stroke: str) -> None:
        """A dot or a ring."""
        place = _values(cx=_tidy(x), cy=_tidy(y), r=_tidy(radius))
        rim = _values(stroke=stroke, stroke_width=2)
        self._elements.append(f'<circle{rim}{place} fill="{fill}"/>')

    def diamond(self, x: float, y: float, radius: float, *, fill: str, stroke: str) -> None:
        """A square on its corner."""
        corners = [(x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y)]
        points = " ".join(f"{_tidy(across)},{_tidy(down)}" for across, down in corners)
        look = _values(stroke=stroke, stroke_width=1.5, points=points, fill=fill)
        self._elements.append(f"<polygon{look}/>")

    def legend(self, y: float, keys: Sequence[Key]) -> float:
        """A legend from `y` down, over as many rows as it takes; gives the y below it."""
        x, row = 2.0, y + 16
        for key in keys:
            lines = wrapped(key.words, self.width - 24, SMALL)
            needed = 20 + max(text_width(line, SMALL) for line in lines)
            if x > 2 and x + needed > self.width:
                x, row = 2.0, row + 18
            self._sample(x, row - 10, key)
            self.lines(x + 20, row, lines, size=SMALL, fill=MUTED)
            x += needed + 16
            if len(lines) > 1:
                x, row = 2.0, row + 18 + (len(lines) - 1) * SMALL * LEADING
        return row + 8

    def _sample(self, x: float, y: float, key: Key) -> None:
        if key.sample in ("box", "hatch", "dashed"):
            fill = {"box": key.colour, "hatch": self.hatch, "dashed": PAPER}[key.sample]
            self.box(x, y, 14, 12, fill=fill, stroke=HATCH, dashed=key.sample == "dashed")
        elif key.sample in ("dot", "ring"):
            fill = key.colour if key.sample == "dot" else PAPER
            self.circle(x + 7, y + 6, 5, fill=fill, stroke=key.colour)
        elif key.sample == "diamond":
            self.diamond(x + 7, y + 6, 5, fill=PAPER, stroke=key.colour)
        elif key.sample == "bar":
            self.bar(x + 7, y + 6, key.colour)
        elif key.sample == "whisker":
            self.whisker(x, x + 13, y + 6, key.colour)
        else:
            self.text(x + 7, y + 10, "◆", size=SMALL, fill=key.colour, anchor="middle")

    def bar(self, x: float, y: float, colour: str = INK) -> None:
        """An upright bar on a track: a target. Its rim keeps it apart from what is below it."""
        self.line(x, y - 10, x, y + 10, stroke=PAPER, thick=6)
        self.line(x, y - 10, x, y + 10, stroke=colour, thick=3)

    def polyline(self, points: Sequence[tuple[float, float]], *, stroke: str, thick: float) -> None:
        """A line through points."""
        for (x1, y1), (x2, y2) in pairwise(points):
            self.line(x1, y1, x2, y2, stroke=stroke, thick=thick)

    def whisker(self, x1: float, x2: float, y: float, colour: str) -> None:
        """From a level to what it may be at most."""
        self.line(x1, y, x2, y, stroke=colour, thick=1.5, dashed=True)
        self.line(x2, y - 5, x2, y + 5, stroke=colour, thick=1.5)

    def close(self, height: float, title: str, description: str) -> str:
        """The chart as SVG, with its title and, in words, all that it shows."""
        ids = f"{self.name}-title", f"{self.name}-desc"
        look = _values(
            xmlns="http://www.w3.org/2000/svg",
            viewBox=f"0 0 {self.width} {round(height)}",
            font_family=FONT,
            role="img",
            aria_labelledby=" ".join(ids),
            data_breaks=" ".join(map(str, self._breaks)),
            data_parts=" ".join(map(str, self._parts)),
        )
        parts = (
            _worded("title", _values(id=ids[0]), title),
            _worded("desc", _values(id=ids[1]), description),
            f"<defs>{self._pattern()}</defs>",
            *self._elements,
        )
        return f"<svg{look}>{''.join(parts)}</svg>"

    def _pattern(self) -> str:
        look = _values(
            id=f"{self.name}-hatch",
            patternUnits="userSpaceOnUse",
            patternTransform="rotate(45)",
            width=6,
            height=6,
        )
        ground = f"<rect{_values(width=6, height=6, fill=PAPER)}/>"
        stroke = f"<line{_values(stroke=HATCH, stroke_width=2, x1=0, y1=0, x2=0, y2=6)}/>"
        return f"<pattern{look}>{ground}{stroke}</pattern>"


def _values(**values: object) -> str:
    """Attributes, those that are not None; `stroke_width` is written `stroke-width`. Their values
    are figures, colours and names of ours."""
    return "".join(
        f' {name.replace("_", "-")}="{value}"'
        for name, value in values.items()
        if value is not None
    )


def _worded(name: str, look: str, words: str) -> str:
    """An element that holds words, whatever they are."""
    return f"<{name}{look}>{escape(words)}</{name}>" if words else f"<{name}{look}/>"


def _tidy(number: float) -> float:
    """Tenths are enough, and the same on every machine."""
    return round(number, 1)
