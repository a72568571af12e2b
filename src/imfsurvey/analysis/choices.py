"""From responses to the figures of choices, bands and rankings, of everybody.

The rules are those of statements (`analysis.perception`): nothing on fewer than k valid answers, no
figure where all or all but one of fewer than 30 gave the same answer. Choices are often facts about
people and not opinions, so beyond that a choice of 1 to k - 1 people is never counted out, however
many answered (`disclosure.rare`), nor is "rather not say".

k is `k_total`; the one of breakdowns where the item was shown to some only, and where the
questionnaire says that it could single somebody out. Items that form groups are left out: how many
people each group has, the results by group tell, under their rules.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from imfsurvey.analysis.chosen import ChoiceFigures, ChoiceKind, ChoiceShare, NoFigures
from imfsurvey.analysis.disclosure.rare import (
    Marks,
    tells_who_was_asked,
    withheld_of_one,
    withheld_of_several,
)
from imfsurvey.analysis.microdata import Microdata
from imfsurvey.analysis.themes import SMALL
from imfsurvey.interview.variables import (
    BLANK,
    DONT_KNOW,
    NOT_APPLICABLE,
    NOT_SHOWN,
    REFUSED,
    Code,
)
from imfsurvey.questionnaire import (
    ChoosingItem,
    Item,
    MultiItem,
    NumberItem,
    Questionnaire,
    RankingItem,
    SingleItem,
    YesNoItem,
)
from imfsurvey.questionnaire.expressions.tree import needs

_STATUSES: Final = (DONT_KNOW, NOT_APPLICABLE, REFUSED, BLANK)
"""In the order of the figures."""

_TOLD_BY_MEAN: Final = 3
"""With so many ranks or fewer, their numbers follow from n, the first places and the mean."""


def choice_figures(questionnaire: Questionnaire, data: Microdata) -> tuple[ChoiceFigures, ...]:
    """The figures of every item that offers choices and forms no groups."""
    deciding = _deciding(questionnaire)
    return tuple(
        _figures(
            _Given.of(item, data),
            fewest_choosing(questionnaire, item),
            whole=item.id in deciding,
            on_condition=bool(questionnaire.conditions[item.id]),
        )
        for item in counted_items(questionnaire)
    )


def counted_items(questionnaire: Questionnaire) -> Iterator[Item]:
    """The items whose choices have figures, in the order of the questionnaire."""
    for item in questionnaire.asking_items():
        chooses = isinstance(item, SingleItem | YesNoItem | MultiItem | RankingItem)
        banded = isinstance(item, NumberItem) and bool(item.bands)
        if (chooses or banded) and not _forms_groups(item, questionnaire):
            yield item


def fewest_choosing(questionnaire: Questionnaire, item: Item) -> int:
    """How many people a figure of an item and of each of its choices needs."""
    privacy = questionnaire.privacy
    single_out = isinstance(item, SingleItem | YesNoItem) and item.quasi_identifier
    for_few = single_out or questionnaire.conditions[item.id]
    return max(privacy.k, privacy.k_total) if for_few else privacy.k_total


def _forms_groups(item: Item, questionnaire: Questionnaire) -> bool:
    """Whether its answers are the groups of a breakdown or those of the study."""
    declared = item.id in questionnaire.privacy.breakdown_by
    return declared or questionnaire.offers_groups(item)


def _deciding(questionnaire: Questionnaire) -> frozenset[str]:
    """The items that decide who sees another one, or a choice of it: its n, or the sum of some of
    its choices, tells how many chose what."""
    choosing = [one for one in questionnaire.asking_items() if isinstance(one, ChoosingItem)]
    trees = [one.tree for every in questionnaire.conditions.values() for one in every]
    trees += [
        choice.show_if.tree
        for item in choosing
        for choice in questionnaire.listed(item)
        if choice.show_if is not None
    ]
    waiting = set().union(*map(needs, trees))
    waiting |= {item.choices_from for item in choosing if item.choices_from}
    found: set[str] = set()
    while waiting:
        name = waiting.pop()
        found.add(name)
        if name in questionnaire.formulas:
            waiting |= needs(questionnaire.formulas[name].tree) - found
    return frozenset(found)


@dataclass(frozen=True)
class _Given:
    """What was answered to one item."""

    item: Item
    codes: tuple[Code, ...]
    kind: ChoiceKind
    patterns: Mapping[tuple[int, ...], int]
    """How often each answer was given, one number for each variable; without non-answers."""
    statuses: Mapping[int, int]
    """How often each non-answer was."""

    @classmethod
    def of(cls, item: Item, data: Microdata) -> _Given:
        several = isinstance(item, MultiItem | RankingItem)
        names = [one for one in data.columns if one.startswith(f"{item.id}.")] if several else []
        codes: tuple[Code, ...] = tuple(name.partition(".")[2] for name in names)
        columns = [data.columns[name] for name in names or [item.id]]
        patterns = Counter(zip(*columns, strict=True))
        return cls(
            item,
            codes or data.codes[item.id],
            _kind(item),
            {one: count for one, count in patterns.items() if one[0] < DONT_KNOW},
            {one[0]: count for one, count in patterns.items() if one[0] >= DONT_KNOW},
        )

    @property
    def n(self) -> int:
        """Valid answers."""
        return sum(self.patterns.values())

    def taken(self) -> list[int]:
        """By choice: who took it; of a ranking, who put it first."""
        if self.kind in ("one", "bands"):
            return [self.patterns.get((place,), 0) for place in range(len(self.codes))]
        return [
            sum(count for one, count in self.patterns.items() if one[place] == 1)
            for place in range(len(self.codes))
        ]

    def ranks(self) -> list[Counter[float]]:
        """By choice of a ranking: how often it had each rank.

        The choices that a person did not rank share the places left open: each has their mean.
        """
        found: list[Counter[float]] = [Counter() for _ in self.codes]
        for pattern, count in self.patterns.items():
            left_out = (max(pattern) + 1 + len(pattern)) / 2
            for place, rank in enumerate(pattern):
                found[place][float(rank or left_out)] += count
        return found


def _kind(item: Item) -> ChoiceKind:
    if isinstance(item, RankingItem):
        return "ranking"
    if isinstance(item, MultiItem):
        return "several"
    return "bands" if isinstance(item, NumberItem) else "one"


def _figures(given: _Given, k: int, *, whole: bool, on_condition: bool) -> ChoiceFigures:
    """`whole`: where anything must be withheld, there is no figure at all."""
    n, counts = given.n, given.taken()
    without = given.statuses.get(NOT_SHOWN, 0)
    asked = n + sum(given.statuses.values()) - without
    if n < k or tells_who_was_asked(asked, without, k, on_condition=on_condition):
        return _hidden(given, k, "too_few")
    if given.kind != "several" and n < SMALL and n - max(counts) <= 1:
        leading = given.codes[counts.index(max(counts))]
        return _hidden(given, k, "large_majority", leading)
    marks = _marks(given, counts, k)
    if marks is None or (whole and any(marks)):
        return _hidden(given, k, "protected")
    return ChoiceFigures(
        item=given.item.id,
        kind=given.kind,
        k=k,
        hidden=None,
        n=n,
        choices=_choices(given, counts, marks, k),
        median=_median(given.codes, counts, marks) if given.kind == "bands" else None,
        **_non_answers(given, k),
    )


def _choices(given: _Given, counts: Sequence[int], marks: Marks, k: int) -> tuple[ChoiceShare, ...]:
    means = _mean_ranks(given, k) if given.kind == "ranking" else [None] * len(counts)
    return tuple(
        ChoiceShare(code, mark, None, None, mean)
        if mark
        else ChoiceShare(code, None, count, count / given.n, mean)
        for code, mark, count, mean in zip(given.codes, marks, counts, means, strict=True)
    )


def _hidden(given: _Given, k: int, why: NoFigures, leading: Code | None = None) -> ChoiceFigures:
    return ChoiceFigures(given.item.id, given.kind, k, why, leading)


def _marks(given: _Given, counts: Sequence[int], k: int) -> Marks | None:
    if not isinstance(given.item, MultiItem):
        return withheld_of_one(counts, k)
    most = given.item.max_choices or len(counts)
    return withheld_of_several(counts, given.n, k, most=most)


def _mean_ranks(given: _Given, k: int) -> list[float | None]:
    """All of them or none, since together they add up to a known sum.

    On fewer than 30 answers none: with few options, the mean and the first places tell how often
    each rank was given. None where fewer than k people gave a choice another rank than most did:
    the mean would be about those few. With no more than three ranks, none where one of them was
    given by 1 to k - 1 people.
    """
    ranks = given.ranks()
    about_few = any(given.n - max(one.values()) < k for one in ranks)
    all_told = len(set().union(*ranks)) <= _TOLD_BY_MEAN
    rare = all_told and any(0 < count < k for one in ranks for count in one.values())
    if given.n < SMALL or about_few or rare:
        return [None] * len(ranks)
    return [sum(rank * count for rank, count in one.items()) / given.n for one in ranks]


def _median(codes: Sequence[Code], counts: Sequence[int], marks: Marks) -> Code | None:
    """The first band up to which at least half of the answers lie.

    Only where it follows from what is shown: all withheld bands lie on one side of it.
    """
    half, below = sum(counts) / 2, 0
    place = next(place for place in range(len(counts)) if (below := below + counts[place]) >= half)
    withheld = [one for one, mark in enumerate(marks) if mark]
    follows = all(one < place for one in withheld) or all(one > place for one in withheld)
    return codes[place] if follows else None


def _non_answers(given: _Given, k: int) -> dict[str, float | None]:
    """Their shares among all who saw the item: each kind, when none was given by 1 to k - 1 people;
    all together, when these are not so few."""
    names = ("dont_know", "not_applicable", "refused", "blank")
    counts = [given.statuses.get(status, 0) for status in _STATUSES]
    together = sum(counts)
    seen = given.n + together
    shares: dict[str, float | None] = dict.fromkeys(names)
    if not any(0 < count < k for count in counts):
        shares = {name: count / seen for name, count in zip(names, counts, strict=True)}
    return {**shares, "unanswered": None if 0 < together < k else together / seen}
