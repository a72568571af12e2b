"""What an outsider can still work out of hidden counts: a range for each.

The released figures tell cells apart only up to classes: two people of one class may change places
and no figure changes. So whoever knows even the sums of every class and how many people lie in
each cell, which is more than was released, is left with a range: for a group that has m of the n
people of a class, of whom s gave an answer, from max(0, s - (n - m)) to min(s, m). These are whole
numbers, every one of them is possible, and an outsider who knows less is left with more. For one
breakdown the range is exactly what can be worked out.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Range:
    """The counts that remain possible for one answer of a hidden group of `people`."""

    low: int
    high: int
    people: int

    @property
    def too_narrow(self) -> bool:
        """Exactly one count is left, or it is sure that all or all but one gave that answer."""
        if not self.people:
            return False
        return self.low == self.high or self.low >= max(1, self.people - 1)


def ranges(
    group: Collection[int], apart: Sequence[Sequence[int]], answers: Sequence[Sequence[int]]
) -> tuple[Range, ...]:
    """By answer, what remains possible for a group.

    `apart`: the classes of cells; `answers`: by cell, how often each answer was given.
    """
    width = len(answers[0]) if answers else 0
    low, high, people = [0] * width, [0] * width, 0
    for cells in apart:
        inside = [cell for cell in cells if cell in group]
        if not inside:
            continue
        all_of_them = sum(sum(answers[cell]) for cell in cells)
        mine = sum(sum(answers[cell]) for cell in inside)
        people += mine
        for answer in range(width):
            given = sum(answers[cell][answer] for cell in cells)
            low[answer] += max(0, given - (all_of_them - mine))
            high[answer] += min(given, mine)
    return tuple(Range(*pair, people) for pair in zip(low, high, strict=True))
