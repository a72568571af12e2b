"""Which groups' figures on one statement are shown, and why others are not.

1. No group of fewer than k valid answers, and under 30 none in which all or all but one are on one
   side.
2. In each family (a set of people and the groups it is parted into): what is left when the groups
   shown are taken away must be nobody, or again fit to be shown; and what is hidden must be two
   groups at least, so that none is left alone. Otherwise the smallest group shown is hidden too:
   the least loss. The order of the groups is the same for all statements, so that the same ones
   are given up.
3. For each hidden group, more than one count must remain possible (`bounds`), and so for each small
   cell that no table names (`pinned`).
4. The exact audit over all tables together and all that was released before (`span`). What it finds
   costs the smallest figure that it may be worked out from.

A group is hidden at most once, so this ends; at worst nothing but the whole is shown.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from imfsurvey.analysis.disclosure import bounds, span
from imfsurvey.analysis.disclosure.cells import Family, Layout
from imfsurvey.analysis.disclosure.pinned import Table, Tables
from imfsurvey.analysis.groups import GroupHidden
from imfsurvey.analysis.themes import SMALL

Sides = tuple[int, ...]
"""How often each answer was given."""


@dataclass(frozen=True)
class Statement:
    """The valid answers to one statement, by cell."""

    layout: Layout
    answers: tuple[Sides, ...]
    k: int
    before: tuple[frozenset[int], ...] = ()
    """What was released earlier on the same statement and of the same people: sets of cells."""

    def given(self, cells: Collection[int]) -> Sides:
        """By answer, over some cells."""
        return tuple(map(sum, zip(*(self.answers[cell] for cell in cells), strict=True)))

    def n(self, cells: Collection[int]) -> int:
        """Valid answers."""
        return sum(sum(self.answers[cell]) for cell in cells)

    def alike(self, cells: Collection[int]) -> bool:
        """Whether all or all but one of a few gave the same answer."""
        given = self.given(cells)
        n = sum(given)
        if len(given) == 1:  # people are counted, no answers
            return False
        return 0 < n < SMALL and n - max(given) <= 1

    def fit(self, cells: Collection[int]) -> bool:
        """Whether a figure on some cells tells of enough people, and not what each of them said."""
        return self.n(cells) >= self.k and not self.alike(cells)


def hidden_groups(statement: Statement) -> dict[int, GroupHidden]:
    """By place of the group: why it is not shown. Groups that are not in it are shown."""
    alone = _Release(Statement(statement.layout, statement.answers, statement.k))
    hidden = alone.settled()
    if not statement.before:
        return hidden
    with_earlier = _Release(statement).settled()
    return {place: hidden.get(place, "released") for place in with_earlier}


def safe_beside(statement: Statement) -> bool:
    """Whether the figure of the whole may stand beside what was released earlier."""
    return not _Release(statement).found([])


class _Release:
    """One statement on its way to what may be shown."""

    def __init__(self, statement: Statement) -> None:
        self.statement, self.layout = statement, statement.layout
        self.everybody = self.layout.everybody
        self.numbers = [statement.n([cell]) for cell in range(len(self.layout.people))]
        self.hidden: dict[int, GroupHidden] = {}
        self.open: set[frozenset[int]] = set()
        """Cells whose counts cannot be worked out, nor once still more is hidden."""
        self.others: list[Table] = []

        earlier = set(statement.before)
        for place, group in enumerate(self.layout.groups):
            if group.cells not in earlier and not statement.fit(group.cells):
                few = statement.n(group.cells) < statement.k
                self.hidden[place] = "too_few" if few else "protected"
        self.kept = {
            place for place, group in enumerate(self.layout.groups) if group.cells in earlier
        }

    def settled(self) -> dict[int, GroupHidden]:
        """Hide until nothing more is found."""
        while True:
            changed = True
            while changed:
                changed = False
                for family in self.layout.families:
                    changed |= self._parted(family)
            given_up = self._audited() or self._worked_out()
            if not given_up:
                return self.hidden
            for place in given_up:
                self.hidden[place] = "protected"

    @property
    def shown(self) -> list[int]:
        """The groups that are shown as things stand."""
        return [place for place in range(len(self.layout.groups)) if place not in self.hidden]

    # --- one family ------------------------------------------------------------------------------

    def _parted(self, family: Family) -> bool:
        """Hide what a family must hide; whether anything was."""
        if family.parent is not None and family.parent in self.hidden:
            given_up = [place for place in family.children if self._may_go(place)]
            self.hidden |= dict.fromkeys(given_up, "protected")
            return bool(given_up)
        changed = False
        while not self._complete(family):
            place = self._smallest(family.children)
            if place is None:
                break
            self.hidden[place] = "protected"
            changed = True
        return changed

    def _complete(self, family: Family) -> bool:
        """Whether nothing can be worked out by taking the groups shown from their whole."""
        groups = self.layout.groups
        whole = self.everybody if family.parent is None else groups[family.parent].cells
        children = [groups[place] for place in family.children]
        rest = whole.difference(*(child.cells for child in children))
        hidden = [
            groups[place].cells
            for place in family.children
            if place in self.hidden and groups[place].people
        ]
        if self.statement.n(rest):
            hidden.append(rest)
        if not hidden:
            return True
        left = frozenset[int]().union(*hidden)
        return len(hidden) > 1 and self.statement.fit(left)

    def _may_go(self, place: int) -> bool:
        return place not in self.hidden and place not in self.kept

    def _smallest(self, places: Collection[int]) -> int | None:
        """The group to give up: of the fewest responses, whatever the statement."""
        there = [place for place in places if self._may_go(place)]
        groups = self.layout.groups
        return min(there, key=lambda place: (groups[place].people, place), default=None)

    # --- all together ----------------------------------------------------------------------------

    def _rows(self) -> list[frozenset[int]]:
        groups = self.layout.groups
        return [self.everybody, *self.statement.before, *(groups[p].cells for p in self.shown)]

    def _worked_out(self) -> list[int]:
        """What to give up because the answers of too few follow, as whole numbers."""
        rows = self._rows()
        apart = span.classes(rows, self.everybody)
        tables = Tables(rows, self.layout.keys, self.statement.answers, self.others)
        for cells, related in self._to_protect():
            if cells in self.open:
                continue
            found = bounds.ranges(cells, apart, self.statement.answers)
            if not any(one.too_narrow for one in found) or tables.open(cells):
                self.open.add(cells)
            else:
                smallest = self._smallest(related)
                if smallest is None:
                    smallest = self._smallest(self.shown)
                return [] if smallest is None else [smallest]
        return []

    def _to_protect(self) -> Iterator[tuple[frozenset[int], list[int]]]:
        """Groups and cells unfit to be shown, each with the groups to give up first."""
        if not self.shown:
            return
        for place in self.hidden:
            cells = self.layout.groups[place].cells
            if self.statement.n(cells) and not self.statement.fit(cells):
                yield cells, self._beside(place)
        for cell, n in enumerate(self.numbers):
            if 0 < n < self.statement.k:
                groups = self.layout.groups
                yield frozenset({cell}), [p for p in self.shown if cell in groups[p].cells]

    def _beside(self, place: int) -> list[int]:
        """The groups of the families that a group is a child of."""
        families = [one for one in self.layout.families if place in one.children]
        return [child for one in families for child in one.children]

    def _audited(self) -> list[int]:
        """What to give up because a small group follows from all that is shown."""
        given_up = []
        for found in self.found(self.shown):
            smallest = self._smallest(found)
            if smallest is not None:
                given_up.append(smallest)
        return list(dict.fromkeys(given_up))

    def found(self, shown: Sequence[int]) -> list[list[int]]:
        """For each thing that can be worked out: the groups shown that it takes."""
        groups = self.layout.groups
        rows = [self.everybody, *self.statement.before, *(groups[p].cells for p in shown)]
        first = len(rows) - len(shown)
        # From how many answers on everybody has a figure is another border than that of groups.
        there = {cell for cell in self.everybody if self.numbers[cell]}
        light = [
            one for one in span.findings(rows, self.numbers, self.statement.k) if one.cells != there
        ]
        found = [[shown[row - first] for row in one.rows if row >= first] for one in light]
        alike = [
            groups[place].cells
            for place in self.hidden
            if self.statement.alike(groups[place].cells)
        ]
        if alike and any(span.follow(rows, self.numbers, alike)):
            found.append(list(shown))
        return found
