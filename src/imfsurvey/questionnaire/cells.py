"""How few people share a combination of answers that could single somebody out.

Expected people in a cell = people / product of the numbers of choices of the items combined.
That takes every answer to be as frequent as every other. Real answers are not: the smallest real
cells are smaller than that, so no warning is no proof. Non-answers are not counted as choices.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Final

from imfsurvey.questionnaire.items import STUDY_GROUPS, ChoosingItem, SingleItem, YesNoItem
from imfsurvey.questionnaire.model import Item, Questionnaire
from imfsurvey.questionnaire.places import places
from imfsurvey.source.places import Document, KeyPath
from imfsurvey.source.problems import Problem

SMALL_CELLS: Final = "IMF-W103"


@dataclass(frozen=True)
class Cells:
    """The combinations of the answers to some items, and how many people each can expect."""

    items: tuple[str, ...]
    """In order of the file."""
    choices: tuple[int, ...]
    """How many answers each of them has."""
    people: int

    @property
    def count(self) -> int:
        """How many combinations there are."""
        return math.prod(self.choices)

    @property
    def expected(self) -> float:
        """People in each, were every combination as frequent as every other."""
        return self.people / self.count


def small_cells(questionnaire: Questionnaire, people: int, groups: int) -> tuple[Cells, ...]:
    """The smallest sets of items whose cells are expected below `privacy.k`, then all together.

    Single items; when none is below, pairs; when no pair is, the one larger set with the smallest
    cells. `groups`: how many the study has.
    """
    numbers = _numbers(questionnaire, groups)
    everything = _cells(tuple(numbers), numbers, people)
    for size in range(1, len(numbers) + 1):
        if size > 2:  # of large sets there may be very many, and the worst says enough
            largest = sorted(numbers, key=lambda name: -numbers[name])[:size]
            sets = [tuple(name for name in numbers if name in largest)]
        else:
            sets = list(combinations(numbers, size))
        found = [_cells(names, numbers, people) for names in sets]
        below = [one for one in found if one.expected < questionnaire.privacy.k]
        if below:
            rest = () if everything in below else (everything,)
            return (*sorted(below, key=lambda one: one.expected), *rest)
    return ()


def _cells(names: tuple[str, ...], numbers: Mapping[str, int], people: int) -> Cells:
    return Cells(names, tuple(numbers[name] for name in names), people)


def _numbers(questionnaire: Questionnaire, groups: int) -> dict[str, int]:
    """The items that could single somebody out, in order of the file, each with its choices."""
    counted = {
        item.id: _choices(item, questionnaire, groups)
        for item in questionnaire.items.values()
        if isinstance(item, SingleItem | YesNoItem) and item.quasi_identifier
    }
    return {name: number for name, number in counted.items() if number > 1}


def _choices(item: Item | None, questionnaire: Questionnaire, groups: int) -> int:
    """How many answers an item offers; where that is not known beforehand, 0."""
    if isinstance(item, YesNoItem):
        return 2
    if not isinstance(item, ChoosingItem):
        return 0
    own = 1 if item.other is not None else 0
    if item.choices_from == STUDY_GROUPS:
        return groups + own
    if item.choices_from is not None:
        return _choices(questionnaire.items.get(item.choices_from), questionnaire, groups) + own
    return len(questionnaire.listed(item)) + own


def cell_warnings(
    questionnaire: Questionnaire, document: Document, people: int, groups: int
) -> Iterator[Problem]:
    """A warning for each of the smallest sets whose cells are too small, at its last item.

    Named questionnaires promise nothing of the kind, so they get none.
    """
    if not questionnaire.anonymous:
        return
    where = {item.id: path for path, item in places(questionnaire)}
    for cells in small_cells(questionnaire, people, groups):
        at = (*where[cells.items[-1]], "quasi_identifier")
        yield replace(_problem(cells, questionnaire.privacy.k, at, document), severity="warning")


def _problem(cells: Cells, k: int, at: KeyPath, document: Document) -> Problem:
    numbers: dict[str, int] = {
        "count": cells.count,
        "people": cells.people,
        "fewer": cells.people // cells.count + 1,
        "k": k,
    }
    if len(cells.items) == 1:
        return document.problem_at(
            SMALL_CELLS,
            "item '{item}' could single people out: {count} answers, so {people} people spread "
            "evenly leave fewer than {fewer} at each, and k is {k}",
            document.place(at),
            item=cells.items[0],
            **numbers,
        )
    return document.problem_at(
        SMALL_CELLS,
        "items {items} together could single people out: {product} = {count} combinations of "
        "answers, so {people} people spread evenly leave fewer than {fewer} in each, and k is {k}",
        document.place(at),
        items=", ".join(f"'{name}'" for name in cells.items),
        product=" × ".join(map(str, cells.choices)),
        **numbers,
    )
