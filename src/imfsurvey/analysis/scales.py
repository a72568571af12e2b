"""Scores of persons on the statements of a theme, straight from the columns of the answers.

Every answer is first put on an index from 0 (least favourable end of its scale) to 100: POMP, the
percent of the maximum possible, 100 (x - lowest) / (highest - lowest): Cohen, P., Cohen, J.,
Aiken, L. S. & West, S. G. (1999), The problem of units and the circumstance for POMP, Multivariate
Behavioral Research 34, 315-346. A person's score is the mean over the statements answered on the
scale, when these are at least half of the theme and at least two; else there is none.

"Don't know" on a knowledge statement is an answer without a place on the scale: it is in the
shares, in no score.

Works on any `Microdata`, that of a group as well. Answers are read in blocks, so that memory does
not grow with their number, apart from one score a person.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from imfsurvey.analysis.microdata import Microdata
from imfsurvey.questionnaire import LikertItem, Scale

LEAST_ANSWERED: Final = 2
"""Statements that a person must have answered for a score, besides half of them."""

_BLOCK: Final = 1 << 14

Floats = NDArray[np.float64]


def index(value: float, scale: Scale) -> float:
    """A code, or a mean of codes, as a number from 0 to 100."""
    low, high = scale.values[0], scale.values[-1]
    return 100 * (value - low) / (high - low)


@dataclass(frozen=True)
class Scores:
    """What the persons and statements of one theme give together."""

    persons: Floats
    """The scores, one for each person who has one, in order of size: that of the responses is
    random, and would leave its mark in the last digits of their mean."""
    partial: int
    """Persons who answered some of the statements, not all."""
    complete: int
    """Persons who answered all."""
    covariance: Floats
    """Of the statements over the complete persons (with n - 1), in points of the index."""


def scores(items: Sequence[LikertItem], scales: Sequence[Scale], microdata: Microdata) -> Scores:
    """The scores on statements with their scales: turned round where reversed, each statement
    with its weight.
    """
    tables = [_table(item, scale) for item, scale in zip(items, scales, strict=True)]
    steps = np.array([index(1, scale) - index(0, scale) for scale in scales])
    weights = np.array([item.weight for item in items], dtype=float)
    needed = max(LEAST_ANSWERED, (len(items) + 1) // 2)
    persons: list[Floats] = []
    partial, moments = 0, _Moments(len(items))
    for block in _blocks([item.id for item in items], tables, microdata):
        there = ~np.isnan(block)
        answered = there.sum(axis=1)
        partial += int(np.count_nonzero((answered > 0) & (answered < len(items))))
        moments.add(block[answered == len(items)])
        enough = answered >= needed
        weighed = there[enough] * weights
        points = np.nansum(block[enough] * steps * weights, axis=1)
        persons.append(points / weighed.sum(axis=1))
    return Scores(
        persons=np.sort(np.concatenate(persons)) if persons else np.empty(0),
        partial=partial,
        complete=moments.n,
        covariance=moments.covariance() * np.outer(steps, steps),
    )


class _Moments:
    """Sums of products, block by block. Of whole numbers, so that they are exact in any order."""

    def __init__(self, width: int) -> None:
        self.n = 0
        self._sums = np.zeros(width)
        self._products = np.zeros((width, width))

    def add(self, rows: Floats) -> None:
        """Take in persons who answered everything."""
        self.n += len(rows)
        self._sums += rows.sum(axis=0)
        self._products += rows.T @ rows

    def covariance(self) -> Floats:
        """With n - 1; zeros on fewer than two persons."""
        if self.n < 2:
            return np.zeros_like(self._products)
        outer = np.outer(self._sums, self._sums) / self.n
        return (self._products - outer) / (self.n - 1)


def _table(item: LikertItem, scale: Scale) -> Floats:
    """What each byte of a column stands for: steps from the least favourable code; NaN for
    whatever is no answer on the scale."""
    table = np.full(256, np.nan)
    low, high = scale.values[0], scale.values[-1]
    for place, code in enumerate(scale.values):
        table[place] = high - code if item.reverse else code - low
    return table


def _blocks(
    names: Sequence[str], tables: Sequence[Floats], microdata: Microdata
) -> Iterator[Floats]:
    """Rows of persons, columns of statements."""
    for start in range(0, microdata.responses, _BLOCK):
        size = min(_BLOCK, microdata.responses - start)
        columns = [
            table[np.frombuffer(microdata.columns[name], np.uint8, size, start)]
            for name, table in zip(names, tables, strict=True)
        ]
        yield np.stack(columns, axis=1)
