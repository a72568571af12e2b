"""The exact audit: which small groups follow from all that was released, by adding and taking away.

Each released figure adds up the answers of a set of cells: it is a row of zeros and ones, a column
a cell. What follows from several figures are the linear combinations of their rows, with any
factors. A combination that is not zero on fewer than k people tells of fewer than k people. The
question is therefore whether the span of the rows holds a vector, other than zero, whose support
has fewer than k people (a light vector).

Whole numbers only, so that nothing is lost to rounding. Two facts keep the search small. Cells that
every row treats alike are one column. And by elimination with the largest cells first, the vectors
that are zero on every cell of k people or more are spanned by the last rows of the echelon form;
mostly there are none.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import gcd
from typing import Final

Vector = dict[int, int]
"""By column, its whole numbers other than zero."""

MOST_STEPS: Final = 20_000
"""Of the search among light rows; beyond it a vector counts as light (and is hidden for safety)."""


@dataclass(frozen=True)
class Finding:
    """Something that follows from the rows and tells of too few people."""

    cells: frozenset[int]
    """Those it tells of: fewer than k people together."""
    rows: tuple[int, ...]
    """The rows it may be worked out from, by their place."""
    proven: bool = True
    """False when the search was given up: then it is not known whether it follows."""


@dataclass(frozen=True)
class _Row:
    """A vector of the span, and the given rows that went into it."""

    vector: Vector
    used: int
    """A bit for each given row."""


def findings(rows: Sequence[Collection[int]], people: Sequence[int], k: int) -> list[Finding]:
    """What of the span of `rows` tells of fewer than k people; empty when the release is safe.

    `rows`: the cells that each figure adds up; `people`: how many lie in each cell. At least one
    finding where there is any, not all of them.
    """
    columns = _columns(rows, people)
    weights = [sum(people[cell] for cell in cells) for cells in columns]
    light = [
        row for row in _echelon(_vectors(rows, columns), weights) if _is_light(row, weights, k)
    ]
    return [
        Finding(
            frozenset(cell for column in found.vector for cell in columns[column]),
            tuple(_bits(found.used)),
            proven,
        )
        for part in _parts(light)
        for found, proven in _lightest(part, weights, k)
    ]


def follow(
    rows: Sequence[Collection[int]], people: Sequence[int], wanted: Sequence[Collection[int]]
) -> list[bool]:
    """For each set of cells: whether the sum over it follows from the rows.

    Cells without people do not matter.
    """
    columns = _columns([*rows, *wanted], people)
    weights = [1] * len(columns)
    vectors = _vectors([*rows, *wanted], columns)
    basis = _echelon(vectors[: len(rows)], weights)
    begins = {min(row.vector): row for row in basis}
    found = []
    for rest in vectors[len(rows) :]:
        while rest.vector and min(rest.vector) in begins:
            first = min(rest.vector)
            rest = _without(rest, begins[first], first)
        found.append(not rest.vector)
    return found


def classes(rows: Sequence[Collection[int]], cells: Iterable[int]) -> list[tuple[int, ...]]:
    """The cells that no row tells apart, together."""
    marks: dict[int, int] = {}
    for place, row in enumerate(rows):
        for cell in row:
            marks[cell] = marks.get(cell, 0) | 1 << place
    found: dict[int, list[int]] = {}
    for cell in cells:
        found.setdefault(marks.get(cell, 0), []).append(cell)
    return [tuple(alike) for alike in found.values()]


def _columns(rows: Sequence[Collection[int]], people: Sequence[int]) -> list[tuple[int, ...]]:
    """The classes of cells with people that some row adds up."""
    there = {cell for row in rows for cell in row if people[cell]}
    return classes(rows, sorted(there))


def _vectors(rows: Sequence[Collection[int]], columns: Sequence[tuple[int, ...]]) -> list[_Row]:
    of = {cell: place for place, cells in enumerate(columns) for cell in cells}
    return [
        _Row({of[cell]: 1 for cell in row if cell in of}, 1 << place)
        for place, row in enumerate(rows)
    ]


def _echelon(rows: Iterable[_Row], weights: Sequence[int]) -> list[_Row]:
    """A basis of the span in which each row begins, heaviest column first, where no other does."""
    order = {
        column: place
        for place, column in enumerate(sorted(range(len(weights)), key=lambda c: (-weights[c], c)))
    }
    begins: dict[int, _Row] = {}
    for row in sorted(rows, key=lambda one: (len(one.vector), one.used)):
        rest = row
        while rest.vector:
            first = min(rest.vector, key=order.__getitem__)
            if first not in begins:
                begins[first] = rest
                break
            rest = _without(rest, begins[first], first)
    return list(begins.values())


def _without(row: _Row, other: _Row, column: int) -> _Row:
    """The combination of two rows that is zero at a column where neither is, without common
    factors."""
    mine, its = row.vector[column], other.vector[column]
    divisor = gcd(mine, its)
    mine, its = mine // divisor, its // divisor
    vector = dict(row.vector) if its == 1 else {c: v * its for c, v in row.vector.items()}
    for c, v in other.vector.items():
        value = vector.get(c, 0) - v * mine
        if value:
            vector[c] = value
        else:
            vector.pop(c, None)
    common = gcd(*vector.values())
    if common > 1:
        vector = {c: v // common for c, v in vector.items()}
    return _Row(vector, row.used | other.used)


def _is_light(row: _Row, weights: Sequence[int], k: int) -> bool:
    """Whether a row of the echelon form is zero on every column of k people or more."""
    return all(weights[column] < k for column in row.vector)


def _parts(rows: Iterable[_Row]) -> Iterator[list[_Row]]:
    """The rows in sets that share no column: a lightest vector lies within one of them."""
    parts: list[tuple[set[int], list[_Row]]] = []
    for row in rows:
        columns, mine, apart = set(row.vector), [row], []
        for part in parts:
            if part[0] & columns:
                columns |= part[0]
                mine += part[1]
            else:
                apart.append(part)
        parts = [*apart, (columns, mine)]
    return (mine for _, mine in parts)


def _lightest(part: list[_Row], weights: Sequence[int], k: int) -> list[tuple[_Row, bool]]:
    """A light vector of the span of a part, if there is one."""
    weight = {column: weights[column] for row in part for column in row.vector}
    search = _Search()
    found = search.light(part, weight, k - 1)
    if found is None:
        return []
    return [(found, search.steps <= MOST_STEPS)]


class _Search:
    """Looks for a vector of a span whose support weighs little, by taking columns in or out."""

    def __init__(self) -> None:
        self.steps = 0

    def light(self, rows: list[_Row], weight: Mapping[int, int], budget: int) -> _Row | None:
        """A vector other than zero whose support weighs at most `budget`."""
        while True:
            for heavy in {c for row in rows for c in row.vector if weight[c] > budget}:
                rows = _zero_at(rows, heavy)
            if not rows:
                return None
            self.steps += 1
            best = min(rows, key=lambda row: sum(weight[c] for c in row.vector))
            if self.steps > MOST_STEPS or sum(weight[c] for c in best.vector) <= budget:
                return best
            column = max({c for row in rows for c in row.vector}, key=lambda c: (weight[c], -c))
            inside = self.light(rows, {**weight, column: 0}, budget - weight[column])
            if inside is not None:
                return inside
            rows = _zero_at(rows, column)


def _zero_at(rows: Sequence[_Row], column: int) -> list[_Row]:
    """A basis of those vectors of a span that are zero at a column."""
    there = [row for row in rows if column in row.vector]
    if not there:
        return list(rows)
    pivot = min(there, key=lambda row: (len(row.vector), row.used))
    rest = [
        _without(row, pivot, column) if column in row.vector else row
        for row in rows
        if row is not pivot
    ]
    return [row for row in rest if row.vector]


def _bits(number: int) -> Iterator[int]:
    place = 0
    while number:
        if number & 1:
            yield place
        number, place = number >> 1, place + 1
