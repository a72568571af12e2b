"""One chart being drawn: elements are collected, then closed into an accessible SVG.

The package `svg` writes texts as they are, without escaping; so every text passes through
`Drawing`, which escapes it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal
from xml.sax.saxutils import escape

import svg

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

    sample: Literal["box", "hatch", "dashed", "dot", "ring", "diamond", "whisker", "glyph"]
    words: str
    colour: str = INK


class Drawing:
    """The elements of one chart. `name` makes its ids unique on a page."""

    def __init__(self, name: str, width: int) -> None:
        self.name = name
        self.width = width
        self._elements: list[svg.Element] = []
        self._breaks: list[float] = []

    def may_break(self, y: float) -> None:
        """A page may end at `y`: what is above the first of these is repeated on every page as the
        head, what is below the last as the legend.
        """
        self._breaks.append(_tidy(y))

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
        self._elements.append(
            svg.Text(
                x=_tidy(x),
                y=_tidy(y),
                text=escape(words),
                font_size=size,
                font_weight="700" if bold else None,
                fill=fill,
                text_anchor=None if anchor == "start" else anchor,
            )
        )

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
        self._elements.append(
            svg.Rect(
                x=_tidy(x),
                y=_tidy(y),
                width=_tidy(width),
                height=_tidy(height),
                fill=fill,
                stroke=stroke,
                stroke_width=thick if stroke else None,
                stroke_dasharray=[3, 3] if dashed else None,
            )
        )

    def line(
        self, x1: float, y1: float, x2: float, y2: float, *, stroke: str = RULE, thick: float = 1,
        dashed: bool = False,
    ) -> None:  # fmt: skip
        """A straight line."""
        self._elements.append(
            svg.Line(
                x1=_tidy(x1),
                y1=_tidy(y1),
                x2=_tidy(x2),
                y2=_tidy(y2),
                stroke=stroke,
                stroke_width=thick,
                stroke_dasharray=[4, 3] if dashed else None,
            )
        )

    def circle(self, x: float, y: float, radius: float, *, fill: str, stroke: str) -> None:
        """A dot or a ring."""
        self._elements.append(
            svg.Circle(
                cx=_tidy(x), cy=_tidy(y), r=_tidy(radius), fill=fill, stroke=stroke, stroke_width=2
            )
        )

    def diamond(self, x: float, y: float, radius: float, *, fill: str, stroke: str) -> None:
        """A square on its corner."""
        corners = [(x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y)]
        points = [svg.Point(_tidy(across), _tidy(down)) for across, down in corners]
        self._elements.append(
            svg.Polygon(points=points, fill=fill, stroke=stroke, stroke_width=1.5)
        )

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
        elif key.sample == "whisker":
            self.whisker(x, x + 13, y + 6, key.colour)
        else:
            self.text(x + 7, y + 10, "◆", size=SMALL, fill=key.colour, anchor="middle")

    def whisker(self, x1: float, x2: float, y: float, colour: str) -> None:
        """From a level to what it may be at most."""
        self.line(x1, y, x2, y, stroke=colour, thick=1.5, dashed=True)
        self.line(x2, y - 5, x2, y + 5, stroke=colour, thick=1.5)

    def close(self, height: float, title: str, description: str) -> str:
        """The chart as SVG, with its title and, in words, all that it shows."""
        ids = f"{self.name}-title", f"{self.name}-desc"
        chart = svg.SVG(
            viewBox=svg.ViewBoxSpec(0, 0, self.width, round(height)),
            extra={
                "font-family": FONT,
                "role": "img",
                "aria-labelledby": " ".join(ids),
                "data-breaks": " ".join(map(str, self._breaks)),
            },
            elements=[
                svg.Title(id=ids[0], text=escape(title)),
                svg.Desc(id=ids[1], text=escape(description)),
                svg.Defs(elements=[self._pattern()]),
                *self._elements,
            ],
        )
        return str(chart)

    def _pattern(self) -> svg.Pattern:
        stroke = svg.Line(x1=0, y1=0, x2=0, y2=6, stroke=HATCH, stroke_width=2)
        return svg.Pattern(
            id=f"{self.name}-hatch",
            width=6,
            height=6,
            patternUnits="userSpaceOnUse",
            patternTransform=[svg.Rotate(45)],
            elements=[svg.Rect(width=6, height=6, fill=PAPER), stroke],
        )


def _tidy(number: float) -> float:
    """Tenths are enough, and the same on every machine."""
    return round(number, 1)
