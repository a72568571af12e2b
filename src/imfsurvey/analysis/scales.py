"""Scores of persons on the statements of a theme, straight from the columns of the answers.

Every answer is first put on an index from 0 (least favourable end of its scale) to 100: POMP, the
percent of the maximum possible (`Scale.score`): Cohen, P., Cohen, J., Aiken, L. S. & West, S. G.
(1999), The problem of units and the circumstance for POMP, Multivariate Behavioral Research 34,
315-346. A person's score is the mean over the statements answered on the scale, when these are at
least half of the theme and at least two; else there is none.

"Don't know" on a knowledge statement is an answer without a place on the scale: it is in the
shares, in no score.

Works on any `Microdata`, that of a group as well. Answers are read in blocks, so that memory does
not grow with their number, apart from one score a person.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from imfsurvey.analysis.microdata import Microdata
from imfsurvey.questionnaire import LikertItem, Scale

LEAST_ANSWERED: Final = 2
"""Statements that a person must have answered for a score, besides half of them."""

_BLOCK: Final = 1 << 14

Floats = NDArray[np.float64]


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
    statements = [_Statement(item, scale) for item, scale in zip(items, scales, strict=True)]
    steps = np.array([one.step for one in statements])
    persons: list[Floats] = []
    partial, moments = 0, _Moments(len(items))
    for block in _blocks(statements, microdata):
        whole = block.answered == len(items)
        partial += int(np.count_nonzero((block.answered > 0) & ~whole))
        moments.add(block.values if whole.all() else block.values[:, whole])
        persons.append(_scores(block, statements))
    return Scores(
        persons=np.sort(np.concatenate(persons)) if persons else np.empty(0),
        partial=partial,
        complete=moments.n,
        covariance=moments.covariance() * np.outer(steps, steps),
    )


def _scores(block: _Block, statements: Sequence[_Statement]) -> Floats:
    """Of those who answered enough. Added up statement by statement: a sum over all at once would
    depend, in its last digit, on where in the block a person lies."""
    weights, points = np.zeros(block.values.shape[1]), np.zeros(block.values.shape[1])
    for one, values, there in zip(statements, block.values, block.there, strict=True):
        points += values * (one.step * one.weight)
        weights += there * one.weight
    enough = block.answered >= max(LEAST_ANSWERED, (len(statements) + 1) // 2)
    found: Floats = points[enough] / weights[enough]
    return found


class _Moments:
    """Sums of products, block by block. Of whole numbers, so that they are exact in any order."""

    def __init__(self, width: int) -> None:
        self.n = 0
        self._sums = np.zeros(width)
        self._products = np.zeros((width, width))

    def add(self, columns: Floats) -> None:
        """Take in persons who answered everything, a row a statement."""
        self.n += columns.shape[1]
        self._sums += columns.sum(axis=1)
        self._products += columns @ columns.T

    def covariance(self) -> Floats:
        """With n - 1; zeros on fewer than two persons."""
        if self.n < 2:
            return np.zeros_like(self._products)
        outer = np.outer(self._sums, self._sums) / self.n
        return (self._products - outer) / (self.n - 1)


class _Statement:
    """What each byte of a column stands for."""

    def __init__(self, item: LikertItem, scale: Scale) -> None:
        codes = scale.values
        self.name = item.id
        self.weight = item.weight
        self.step = scale.score(1) - scale.score(0)
        """Points of the index."""
        self.there = bytes(byte < len(codes) for byte in range(256))
        """1 for an answer on the scale."""
        self.values = np.zeros(256)
        """Steps from the least favourable code; 0 for whatever is no answer on the scale."""
        for place, code in enumerate(codes):
            self.values[place] = codes[-1] - code if item.reverse else code - codes[0]


class _Block(NamedTuple):
    """Some persons: a row a statement, a column a person."""

    values: Floats
    there: NDArray[np.uint8]
    answered: NDArray[np.intp]


def _blocks(statements: Sequence[_Statement], microdata: Microdata) -> Iterator[_Block]:
    for start in range(0, microdata.responses, _BLOCK):
        pieces = [microdata.columns[one.name][start : start + _BLOCK] for one in statements]
        values = [
            one.values[np.frombuffer(piece, np.uint8)]
            for one, piece in zip(statements, pieces, strict=True)
        ]
        there = np.stack(
            [
                np.frombuffer(piece.translate(one.there), np.uint8)
                for one, piece in zip(statements, pieces, strict=True)
            ]
        )
        yield _Block(np.stack(values), there, there.sum(axis=0, dtype=np.intp))
