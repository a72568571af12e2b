"""How exactly a share is told: the fewer answers, the coarser.

With an exact share of 12 people, eleven who tell each other their answers know the twelfth's. A
fifth leaves several counts possible; a share rounded to 5 points hides the number n.

What is told coarsely must not come out exactly by subtraction: in each family, those who are not in
a group with exact figures are nobody, or as many as an exact figure needs. Otherwise the smallest
exact group of the family is rounded too.
"""

from __future__ import annotations

from collections.abc import Collection
from math import floor
from typing import Final

from imfsurvey.analysis.disclosure.cells import Family
from imfsurvey.analysis.disclosure.hiding import Statement
from imfsurvey.analysis.groups import Detail
from imfsurvey.analysis.themes import SMALL

FEW: Final = 15
"""Below so many answers, only the fifth in which a share lies is told."""

_STEPS: Final = 20
_FIFTHS: Final = 5


def details(statement: Statement, hidden: Collection[int]) -> dict[int, Detail]:
    """By place of a group that is shown: how exactly its shares are told."""
    layout = statement.layout
    found = {
        place: _detail(statement.n(group.cells))
        for place, group in enumerate(layout.groups)
        if place not in hidden
    }
    for family in layout.families:
        place = _tells_by_subtraction(statement, family, found)
        if place is not None:  # then 30 answers more are not exact: no family needs another look
            found[place] = "rounded"
    return found


def _detail(n: int) -> Detail:
    if n >= SMALL:
        return "exact"
    return "rounded" if n >= FEW else "band"


def _tells_by_subtraction(
    statement: Statement, family: Family, found: dict[int, Detail]
) -> int | None:
    """The smallest exact group of a family where the others would come out exactly."""
    groups = statement.layout.groups
    if family.parent is not None and found.get(family.parent) != "exact":
        return None
    exact = [place for place in family.children if found.get(place) == "exact"]
    whole = statement.layout.everybody if family.parent is None else groups[family.parent].cells
    left = whole.difference(*(groups[place].cells for place in exact))
    if not exact or not 0 < statement.n(left) < SMALL:
        return None
    return min(exact, key=lambda place: (groups[place].people, place))


def rounded(share: float) -> float:
    """To the nearest 5 points, halves up as everywhere: 12.5 % is 15 %, and so is 17 %."""
    return floor(share * _STEPS + 0.5) / _STEPS


def fifth(share: float) -> tuple[float, float]:
    """The fifth in which a share lies; on the border of two the upper one, the last for 1."""
    place = min(int(share * _FIFTHS), _FIFTHS - 1)
    return place / _FIFTHS, (place + 1) / _FIFTHS
