"""Which choices have no figure because few people took them, or left them out.

Whoever reads the figures is taken to know these rules: a count of 1 to k - 1 people must not follow
from what is shown and from which choices are withheld. The tests try every small table.
"""

from __future__ import annotations

from collections.abc import Sequence

from imfsurvey.analysis.chosen import Withheld
from imfsurvey.analysis.themes import SMALL

Marks = tuple[Withheld | None, ...]
"""By choice: why it is withheld; None where it is shown."""


def withheld_of_one(counts: Sequence[int], k: int) -> Marks | None:
    """Where everybody took exactly one choice, so that the counts add up to n.

    Rare choices, and those that nobody took, are "few". Their sum follows from n and the others.
    Where it is under k, or leaves one count only for each, another choice stays out beside them:
    the first of the file, whatever its count, since the smallest would tell its size by being
    chosen. None: no figure at all can be shown, as where fewer than 2 k people answered and every
    choice would be withheld: of so few, the reasons alone would tell the counts.
    """
    few = [place for place, count in enumerate(counts) if count < k]
    people = sum(counts[place] for place in few)
    if not people:
        return (None,) * len(counts)
    marks: list[Withheld | None] = ["few" if place in few else None for place in range(len(counts))]
    if not k <= people < len(few) * (k - 1):
        beside = next((place for place, mark in enumerate(marks) if mark is None), None)
        if beside is None or people + counts[beside] <= k + 1:
            return None
        marks[beside] = "beside"
    return None if all(marks) and sum(counts) < 2 * k else tuple(marks)


def withheld_of_several(counts: Sequence[int], n: int, k: int, *, most: int) -> Marks | None:
    """Where each of n people took one choice at least, and `most` at most.

    One, whatever is asked for at least: a choice that stands alone is enough. Each choice is a
    question of its own, with two answers: taken or not. None: since everybody took so many, the sum
    of the withheld counts is bounded by those shown; no figure can be shown.
    """
    marks = tuple(_of_one_choice(count, n, k) for count in counts)
    if not any(marks):
        return marks
    shown = sum(count for count, mark in zip(counts, marks, strict=True) if mark is None)
    at_most = sum({"few": k - 1, "nearly_all": n}.get(mark, 0) for mark in marks if mark)
    at_least = marks.count("nearly_all") * (n - k + 1)
    bound = n > shown + at_least or n * most < shown + at_most
    return None if bound else marks


def tells_who_was_asked(asked: int, not_asked: int, k: int, *, on_condition: bool) -> bool:
    """Whether figures of an item would tell of few what they answered to the one that decides who
    is asked.

    The n of an item that everybody is asked gives the number of those who were not. Of 1 to k - 1
    it is the count of a rare answer. Nobody, where a condition could have left somebody out, tells
    the answer of each, of fewer than `SMALL`.
    """
    return 0 < not_asked < k or (on_condition and not not_asked and asked < SMALL)


def _of_one_choice(count: int, n: int, k: int) -> Withheld | None:
    if count < k:
        return "few"
    return "nearly_all" if n - count < k else None
