"""The responses in the cells of the finest cross of the declared breakdown items.

A cell holds the people who gave the same answer to every such item; who gave none to an item is in
cells of their own there, that belong to the whole and to no group of that item.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, product
from typing import TYPE_CHECKING

from imfsurvey.analysis.microdata import Microdata
from imfsurvey.interview.variables import DONT_KNOW, Code
from imfsurvey.questionnaire import Questionnaire

if TYPE_CHECKING:
    from imfsurvey.analysis.tally import Places

Key = tuple[int, ...]
"""By breakdown item: the place of the answer among the codes; -1 without one."""


@dataclass(frozen=True)
class Group:
    """The people who gave some answers to the items of a breakdown."""

    by: tuple[str, ...]
    codes: tuple[Code, ...]
    """One for each of the items."""
    cells: frozenset[int]
    people: int
    """Responses."""

    @property
    def where(self) -> dict[str, Code]:
        """The answers by item."""
        return dict(zip(self.by, self.codes, strict=True))


@dataclass(frozen=True)
class Family:
    """A set of people and the groups that a further item parts them into."""

    parent: int | None
    """Place of the group that is parted; None for the whole."""
    children: tuple[int, ...]


@dataclass(frozen=True)
class Layout:
    """The cells of a survey, and the groups that its questionnaire declares."""

    of_response: tuple[int, ...]
    """By response: its cell."""
    people: tuple[int, ...]
    """By cell: responses."""
    keys: tuple[Key, ...]
    """By cell: the answers that its people have in common, and whether they were counted in each
    earlier release."""
    before: tuple[tuple[bool, ...], ...]
    """By cell and earlier release: whether its people were counted there."""
    groups: tuple[Group, ...]
    """Of all breakdowns: of single items first."""
    families: tuple[Family, ...]

    @classmethod
    def of(
        cls, questionnaire: Questionnaire, data: Microdata, before: Sequence[bytes] = ()
    ) -> Layout:
        """`before`: for each earlier release, by response, 1 where it was counted there."""
        items = questionnaire.privacy.breakdown_by
        columns = [
            [byte if byte < DONT_KNOW else -1 for byte in data.columns[item]] for item in items
        ]
        marks = [*columns, *before]
        keys: list[Key] = list(zip(*marks, strict=True)) if marks else [()] * data.responses
        found = {key: place for place, key in enumerate(sorted(set(keys)))}
        count = Counter(keys)
        groups, families = _groups(questionnaire, data, list(found), [count[key] for key in found])
        return cls(
            of_response=tuple(found[key] for key in keys),
            people=tuple(count[key] for key in found),
            keys=tuple(found),
            before=tuple(tuple(map(bool, key[len(items) :])) for key in found),
            groups=tuple(groups),
            families=tuple(families),
        )

    @property
    def everybody(self) -> frozenset[int]:
        """All cells."""
        return frozenset(range(len(self.people)))

    def counted(self, release: int) -> frozenset[int]:
        """The cells of those who were counted in an earlier release."""
        return frozenset(cell for cell, marks in enumerate(self.before) if marks[release])

    def tallies(self, column: bytes) -> list[Counter[int]]:
        """By cell: how often each byte stands in a column."""
        from imfsurvey.analysis.tally import tallies  # NumPy behind it takes time

        return tallies(self._places, len(self.people), column)

    @cached_property
    def _places(self) -> Places:
        from imfsurvey.analysis.tally import places

        return places(self.of_response)


def breakdowns(questionnaire: Questionnaire) -> Iterator[tuple[str, ...]]:
    """The sets of items that results are broken down by: one, then as many as may be crossed."""
    privacy = questionnaire.privacy
    for size in range(1, privacy.max_breakdowns + 1):
        yield from combinations(privacy.breakdown_by, size)


def _groups(
    questionnaire: Questionnaire, data: Microdata, keys: Sequence[Key], people: Sequence[int]
) -> tuple[list[Group], list[Family]]:
    items = questionnaire.privacy.breakdown_by
    groups: list[Group] = []
    families: list[Family] = []
    known: dict[tuple[tuple[str, ...], tuple[Code, ...]], int] = {}
    for by in breakdowns(questionnaire):
        places = [items.index(item) for item in by]
        inside: dict[Key, set[int]] = {}
        for cell, key in enumerate(keys):
            inside.setdefault(tuple(key[place] for place in places), set()).add(cell)
        for wanted in product(*(range(len(data.codes[item])) for item in by)):
            codes = tuple(data.codes[item][place] for item, place in zip(by, wanted, strict=True))
            cells = frozenset(inside.get(wanted, ()))
            known[by, codes] = len(groups)
            groups.append(Group(by, codes, cells, sum(people[cell] for cell in cells)))
        families += _families(by, groups, known)
    return groups, families


def _families(
    by: tuple[str, ...],
    groups: Sequence[Group],
    known: Mapping[tuple[tuple[str, ...], tuple[Code, ...]], int],
) -> Iterator[Family]:
    """Every group of one item less, parted by the item that it lacks."""
    for lacking in range(len(by)):
        children: dict[int | None, list[int]] = {}
        for place, group in enumerate(groups):
            if group.by == by:
                by_less = (*by[:lacking], *by[lacking + 1 :])
                codes_less = (*group.codes[:lacking], *group.codes[lacking + 1 :])
                children.setdefault(known.get((by_less, codes_less)), []).append(place)
        yield from (Family(parent, tuple(places)) for parent, places in children.items())
