"""Counting by cell: one pass of NumPy over a column, however many responses there are.

Only those who count import this: NumPy takes a tenth of a second to load.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.uint32]
"""By response: where the counts of its cell begin."""

_BYTES: Final = 256

_BLOCK: Final = 1 << 13
"""Responses counted at a time, so that what is made for counting stays in a cache."""


def places(cells: Sequence[int] | bytes) -> Places:
    """`cells`: by response, its cell, from 0. Made once, used for every column."""
    held = np.frombuffer(cells, np.uint8) if isinstance(cells, bytes) else np.array(cells)
    return held.astype(np.uint32) * np.uint32(_BYTES)


def tally(column: bytes) -> dict[int, int]:
    """How often each byte stands in a column."""
    counts = np.bincount(np.frombuffer(column, np.uint8))
    return {byte: count for byte, count in enumerate(counts.tolist()) if count}


def tallies(where: Places, cells: int, column: bytes) -> list[Counter[int]]:
    """By cell: how often each byte stands in a column."""
    answers, counts = np.frombuffer(column, np.uint8), np.zeros(cells * _BYTES, np.intp)
    for start in range(0, len(answers), _BLOCK):
        keys = where[start : start + _BLOCK] + answers[start : start + _BLOCK]
        counts += np.bincount(keys, minlength=len(counts))
    found: list[Counter[int]] = [Counter() for _ in range(cells)]
    for key in np.flatnonzero(counts).tolist():
        found[key // _BYTES][key % _BYTES] = int(counts[key])
    return found
