"""A drawing that is higher than a page, cut where it says that it may be cut."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

_VIEW: Final = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
_BREAKS: Final = re.compile(r'data-breaks="([\d. ]*)"')

MOST: Final = 1.36
"""Height of a drawing that fits on a page below its title, in widths."""


def pages(svg: str) -> list[list[str]]:
    """The drawing as strips from top to bottom, page by page; a page is one strip when all fits.

    Each page repeats the head and the legend around the rows that it shows. A drawing that may
    not be cut stays whole. ValueError when the drawing has no size.
    """
    view = _VIEW.search(svg)
    if view is None:
        raise ValueError("a drawing without a size")
    width, height = float(view[1]), float(view[2])
    marked = _BREAKS.search(svg)
    breaks = [float(one) for one in marked[1].split()] if marked else []
    if height <= MOST * width or len(breaks) < 3:
        return [[svg]]
    head, foot = (0.0, breaks[0]), (breaks[-1], height)
    room = MOST * width - breaks[0] - (height - breaks[-1])
    return [
        [_strip(svg, view, *bounds) for bounds in (head, body, foot)]
        for body in _bodies(breaks, room)
    ]


def _bodies(breaks: list[float], room: float) -> list[tuple[float, float]]:
    """Rows from the first break to the last, as many together as there is room for."""
    found = [breaks[0]]
    for here, after in pairwise(breaks):
        if after - found[-1] > room and here > found[-1]:
            found.append(here)
    return list(pairwise([*found, breaks[-1]]))


def _strip(svg: str, view: re.Match[str], top: float, bottom: float) -> str:
    """The part of a drawing between two heights."""
    window = f'viewBox="0 {top:g} {view[1]} {bottom - top:g}"'
    return svg[: view.start()] + window + svg[view.end() :]
