"""One factor behind several statements, by maximum likelihood.

For given unique variances the best loadings are known, so only the unique variances are searched
for, as logarithms: Lawley, D. N. & Maxwell, A. E. (1971), Factor analysis as a statistical method,
chapter 4. Gradient and second derivatives are known as well, so a few steps of Newton's method
lead there. `scipy.optimize` could do the searching; to load it takes longer than all figures of
ten thousand responses.
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

LEAST_UNIQUENESS: Final = 0.005
"""Share of a statement's variance that is its own; at this border there is no proper solution."""

_LOWEST: Final = math.log(LEAST_UNIQUENESS)
_HIGHEST: Final = 0.0
_FLAT: Final = 1e-13
"""What a step must promise: less is nothing but rounding."""

_STEPS: Final = 200
_HALVINGS: Final = 40
_ENOUGH: Final = 1e-4
"""Of what a step promises, the part that it must keep (Armijo)."""

_LONGEST: Final = 0.5
"""The most that a step changes a logarithm."""

_CURVED: Final = 1e-9
"""Least curvature that is believed; where there is less, Newton's step would be too long."""


class _Point(NamedTuple):
    """The discrepancy of model and data at some unique variances, and how it changes."""

    logs: Floats
    height: float
    gradient: Floats
    curvature: Floats


def uniquenesses(correlation: Floats) -> Floats | None:
    """The unique variances, as shares, from a correlation matrix that can be inverted; at least
    `LEAST_UNIQUENESS`. None without convergence.

    Where two groups of statements hang together there may be two minima. So the search starts
    twice, from what the other statements leave of a variance and from what the first principal
    component leaves; the lower end counts.
    """
    values, vectors = np.linalg.eigh(correlation)
    starts = (1 / np.diag(np.linalg.inv(correlation)), 1 - values[-1] * vectors[:, -1] ** 2)
    ends = [_search(correlation, start) for start in starts]
    found = [end for end in ends if end is not None]
    return np.exp(min(found, key=lambda end: end.height).logs) if found else None


def loadings(correlation: Floats, unique: Floats) -> Floats:
    """The loadings that fit given unique variances best."""
    root = np.sqrt(unique)
    values, vectors = np.linalg.eigh(correlation / np.outer(root, root))
    found: Floats = root * vectors[:, -1] * math.sqrt(max(float(values[-1]) - 1, 0.0))
    return found


def _search(correlation: Floats, start: Floats) -> _Point | None:
    here = _point(correlation, np.log(np.clip(start, LEAST_UNIQUENESS, 1.0)))
    for _ in range(_STEPS):
        step = _step(here)
        if -float(here.gradient @ step) < _FLAT:
            return here
        lower = _lower(correlation, here, step)
        if lower is None:
            return None
        here = lower
    return None


def _point(correlation: Floats, logs: Floats) -> _Point:
    """With the eigenvalues v and eigenvectors w of what is divided by the unique variances, the
    largest left out: the discrepancy is the sum of v - log v - 1. An eigenvalue changes by
    -v w_i w_i with the logarithm i, an eigenvector likewise; the rest is the chain rule."""
    root = np.exp(logs / 2)
    values, vectors = np.linalg.eigh(correlation / np.outer(root, root))
    rest, others, first = values[:-1], vectors[:, :-1], vectors[:, -1]
    height = float((rest - np.log(rest) - 1).sum())
    gradient = (others**2) @ (1 - rest)
    among = ((others * rest) @ others.T) * (others @ others.T)
    turning = (1 - rest) * (values[-1] + rest) / np.maximum(values[-1] - rest, _CURVED)
    across = np.outer(first, first) * ((others * turning) @ others.T)
    return _Point(logs, height, gradient, among + across)


def _step(here: _Point) -> Floats:
    """Newton's step; none for a logarithm at a border that it would leave. Downhill, since no
    curvature counts as negative, and short enough to stay with the minimum nearby."""
    low, high = here.logs <= _LOWEST, here.logs >= _HIGHEST
    free = ~(low & (here.gradient > 0) | high & (here.gradient < 0))
    while True:
        step = np.zeros_like(here.logs)
        if not free.any():
            return step
        values, vectors = np.linalg.eigh(here.curvature[np.ix_(free, free)])
        bent = np.maximum(np.abs(values), _CURVED)
        step[free] = -vectors @ ((vectors.T @ here.gradient[free]) / bent)
        leaving = low & (step < 0) | high & (step > 0)
        if not leaving.any():
            return step * min(1.0, _LONGEST / float(np.abs(step).max() or 1.0))
        free &= ~leaving


def _lower(correlation: Floats, here: _Point, step: Floats) -> _Point | None:
    """A point along the step, within the borders, that lies low enough."""
    for halving in range(_HALVINGS):
        logs = np.clip(here.logs + step / 2**halving, _LOWEST, _HIGHEST)
        there = _point(correlation, logs)
        promised = float(here.gradient @ (logs - here.logs))
        # Near the bottom the heights differ by less than their last digit.
        if there.height <= here.height + _ENOUGH * promised + _FLAT:
            return there
    return None
