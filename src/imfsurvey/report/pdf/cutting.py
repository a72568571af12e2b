"""A drawing that is higher than a page, cut where it says that it may be cut."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from imfsurvey.report.document import view_of

_BREAKS: Final = re.compile(r'data-breaks="([\d. ]*)"')
_PARTS: Final = re.compile(r'data-parts="([\d. ]*)"')

_SHAPE: Final = re.compile(r"<(?:rect|line|circle) [^>]*/>|<text [^>]*>[^<]*</text>")
_MEASURE: Final = re.compile(r' (y|y1|y2|cy|r|height|font-size|stroke-width)="(-?[\d.]+)"')

MOST: Final = 1.36
"""Height of a drawing that fits on a page below its title, in widths."""

_FULL: Final = 0.7
"""Of the room on a page, what is used before a page ends early."""


def pages(svg: str) -> list[list[str]]:
    """The drawing as strips from top to bottom, page by page; a page is one strip when all fits.

    Each page repeats the head and the legend around the rows that it shows. A drawing that may
    not be cut stays whole. ValueError when the drawing has no size.
    """
    view = view_of(svg)
    width, height = float(view[1]), float(view[2])
    breaks = _marked(_BREAKS, svg)
    if height <= MOST * width or len(breaks) < 3:
        return [[svg]]
    head, foot = (0.0, breaks[0]), (breaks[-1], height)
    room = MOST * width - breaks[0] - (height - breaks[-1])
    bodies = _bodies(breaks, _marked(_PARTS, svg), room)
    before, end_of_defs, drawn = svg[view.end() :].rpartition("</defs>")
    pieces = list(_pieces(drawn))

    def strip(top: float, bottom: float) -> str:
        """The part between two heights, without what lies outside of it: that would be searched,
        copied and read out all the same, and once a page."""
        window = f'viewBox="0 {top:g} {view[1]} {bottom - top:g}"'
        seen = "".join(piece for piece, low, high in pieces if high > top and low < bottom)
        return svg[: view.start()] + window + before + end_of_defs + seen

    return [[strip(*bounds) for bounds in (head, body, foot)] for body in bodies]


def _marked(marks: re.Pattern[str], svg: str) -> list[float]:
    """Heights that a drawing tells of itself."""
    found = marks.search(svg)
    return [float(one) for one in found[1].split()] if found else []


def _bodies(breaks: list[float], parts: list[float], room: float) -> list[tuple[float, float]]:
    """Rows from the first break to the last on as few pages as there can be. Two pages are about
    as full: then the first may stand below what comes before, and the other above what follows."""
    full = _filled(breaks, parts, room)
    if len(full) != 2:
        return full
    within = range(int(room))
    half = bisect_left(within, True, key=lambda one: len(_filled(breaks, parts, one)) <= 2)
    return _filled(breaks, parts, half) if half < len(within) else full


def _filled(breaks: list[float], parts: list[float], room: float) -> list[tuple[float, float]]:
    """The rows, on each page as many as there is room for; a row that is higher stands alone. A
    page ends before a part of which it would show the beginning only, unless it gets much shorter.
    """
    found = [breaks[0]]
    for here, after in pairwise(breaks):
        while after - found[-1] > room and here > found[-1]:
            least = found[-1] + _FULL * max(room, 1)
            found.append(max((one for one in parts if least <= one <= here), default=here))
    return list(pairwise([*found, breaks[-1]]))


def _pieces(drawn: str) -> Iterator[tuple[str, float, float]]:
    """What is drawn, piece by piece, with the heights between which some of it may lie: from
    anywhere to anywhere when in doubt."""
    done = 0
    for shape in _SHAPE.finditer(drawn):
        yield drawn[done : shape.start()], -math.inf, math.inf
        yield shape[0], *_reach(shape[0])
        done = shape.end()
    yield drawn[done:], -math.inf, math.inf


def _reach(shape: str) -> tuple[float, float]:
    given = {name: float(value) for name, value in _MEASURE.findall(shape)}
    around = given.get("r", given.get("font-size", 0.0)) + given.get("stroke-width", 1.0)
    heights = [given[name] for name in ("y", "y1", "y2", "cy") if name in given]
    if not heights:
        return -math.inf, math.inf
    return min(heights) - around, max(heights) + given.get("height", 0.0) + around
