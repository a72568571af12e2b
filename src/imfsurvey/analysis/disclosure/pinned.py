"""Counts that no table names and that can be worked out all the same, as whole numbers.

With two breakdowns that are not crossed, nobody publishes how the few people said who are in this
unit and of that sex; yet the two tables together leave only so many whole numbers. A count is open
when another table of whole numbers gives the same figures. Mostly one is found at once: two people
change places, or four or eight do so that every sum stays. Only where none of that is possible an
integer program decides (HiGHS, by SciPy).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import product
from typing import Final

from imfsurvey.analysis.disclosure.cells import Key

MOST_PROGRAMS: Final = 20
"""Integer programs for one set of tables; beyond it a count passes for pinned (and is hidden)."""

Move = dict[int, int]
"""By cell: 1 where one more gives an answer, -1 where one fewer does; no figure changes."""


Table = Sequence[Sequence[int]]
"""By cell, how often each answer was given."""


class Tables:
    """The answers by cell, and the figures that are shown of them."""

    def __init__(
        self,
        rows: Sequence[Collection[int]],
        keys: Sequence[Key],
        answers: Sequence[Sequence[int]],
        others: list[Table],
    ) -> None:
        """`others`: tables that give the same figures, found before; new ones are added."""
        self._rows = rows
        self._answers = answers
        self._keys = keys
        self._cells = {key: cell for cell, key in enumerate(keys)}
        self._kinds = range(len(answers[0])) if answers else range(0)
        self._sums = [
            [sum(answers[cell][kind] for cell in row) for kind in self._kinds] for row in rows
        ]
        # One number with a byte for each figure: where such numbers add up to 0, every figure does.
        self._marks = [
            sum(1 << 8 * place for place, row in enumerate(rows) if cell in row)
            for cell in range(len(answers))
        ]
        self._programs = 0
        self.others = others

    def open(self, cells: Collection[int]) -> bool:
        """Whether for no answer the count in some cells is known, nor that (nearly) all gave it.

        What one figure says by itself does not count: that nobody gave an answer of all whom it is
        about, or everybody.
        """
        return all(
            self._follows_from_one(cells, kind)
            or self._may_change(cells, kind)
            or self._undecided(cells, kind)
            for kind in self._kinds
        )

    def _follows_from_one(self, cells: Collection[int], kind: int) -> bool:
        return any(
            sums[kind] in (0, sum(sums))
            for row, sums in zip(self._rows, self._sums, strict=True)
            if all(cell in row for cell in cells)
        )

    def _count(self, cells: Collection[int], kind: int) -> tuple[int, int]:
        """How many gave an answer, of how many."""
        return (
            sum(self._answers[cell][kind] for cell in cells),
            sum(sum(self._answers[cell]) for cell in cells),
        )

    # --- another table, by moving one answer -------------------------------------------------

    def _may_change(self, cells: Collection[int], kind: int) -> bool:
        """Whether a table with another count is found near the real one.

        Where all or all but one gave the answer, one in which that is not so.
        """
        count, people = self._count(cells, kind)
        lower = count - max(1, people - 1) + 1  # as many have to change their answer
        if lower > 1:
            return False
        for move in self._moves(cells):
            change = sum(move.get(cell, 0) for cell in cells)
            for sign in (1, -1):
                if change * sign < 0 or (change and lower < 1):
                    for other in self._kinds:
                        if other != kind and self._possible(move, sign, kind, other):
                            return True
        return False

    def _possible(self, move: Move, sign: int, kind: int, other: int) -> bool:
        """Whether there are people to move: those with the one answer, and with the other."""
        return all(
            self._answers[cell][other if way * sign > 0 else kind] for cell, way in move.items()
        )

    def _moves(self, cells: Collection[int]) -> Iterator[Move]:
        """Two, four or eight cells at the corners between a cell and another one."""
        for cell in cells:
            for other in range(len(self._keys)):
                move = self._between(cell, other)
                if move and not sum(way * self._marks[one] for one, way in move.items()):
                    yield move

    def _between(self, cell: int, other: int) -> Move | None:
        one, two = self._keys[cell], self._keys[other]
        apart = [
            place for place, pair in enumerate(zip(one, two, strict=True)) if pair[0] != pair[1]
        ]
        move: Move = {}
        for corner in product((0, 1), repeat=len(apart)):
            key = list(one)
            for place, there in zip(apart, corner, strict=True):
                key[place] = (one, two)[there][place]
            found = self._cells.get(tuple(key))
            if found is None or not apart:
                return None
            move[found] = -1 if sum(corner) % 2 == 0 else 1
        return move

    # --- another table at all ----------------------------------------------------------------

    def _is_other(self, table: Table, cells: Collection[int], kind: int) -> bool:
        """Whether the count is another one in a table, and leaves two with another answer."""
        count, people = self._count(cells, kind)
        there = sum(table[cell][kind] for cell in cells)
        lowest = max(1, people - 1)
        return there != count and (count < lowest or there < lowest)

    def _undecided(self, cells: Collection[int], kind: int) -> bool:
        """Whether an integer program finds a table with another count."""
        if any(self._is_other(table, cells, kind) for table in self.others):
            return True
        count, people = self._count(cells, kind)
        fewer = min(count, max(1, people - 1)) - 1
        wanted = [(0, fewer)] if fewer >= 0 else []
        if count < max(1, people - 1):
            wanted.append((count + 1, people))
        for low, high in wanted:
            self._programs += 1
            if self._programs > MOST_PROGRAMS:
                return False
            table = self._table_with(cells, kind, low, high)
            if table is not None:
                self.others.append(table)
                return True
        return False

    def _table_with(self, cells: Collection[int], kind: int, low: int, high: int) -> Table | None:
        """A table of whole numbers with the same figures and a count between two numbers."""
        from scipy.optimize import Bounds, LinearConstraint, milp
        from scipy.sparse import csr_array

        width, many = len(self._kinds), len(self._answers)
        places = [(0, cell * width + kind) for cell in cells]
        lows, highs = [low], [high]
        for row, given in zip(self._rows, self._sums, strict=True):
            for place in self._kinds:
                places += [(len(lows), cell * width + place) for cell in row]
                lows.append(given[place])
                highs.append(given[place])
        for cell in range(many):  # how many people lie in a cell is taken as known
            places += [(len(lows), cell * width + place) for place in self._kinds]
            lows.append(sum(self._answers[cell]))
            highs.append(sum(self._answers[cell]))
        at, of = zip(*places, strict=True)
        matrix = csr_array(([1.0] * len(places), (at, of)), shape=(len(lows), many * width))
        found = milp(
            [0.0] * (many * width),
            integrality=[1] * (many * width),
            bounds=Bounds(0),
            constraints=LinearConstraint(matrix, lows, highs),
        )
        if found.x is None:
            return None
        whole = [round(value) for value in found.x]
        return [whole[start : start + width] for start in range(0, len(whole), width)]
