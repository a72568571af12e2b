"""From what may be shown of a statement to the figures of one group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Final, get_args

from imfsurvey.analysis.disclosure.hiding import Statement
from imfsurvey.analysis.disclosure.shares import details, fifth, rounded
from imfsurvey.analysis.groups import Detail, GroupHidden, GroupResponses, GroupShare
from imfsurvey.analysis.themes import mean_share

_DETAILS: Final[tuple[Detail, ...]] = get_args(Detail)
_REASONS: Final[tuple[GroupHidden, ...]] = get_args(GroupHidden)


@dataclass(frozen=True)
class Outcome:
    """What is shown of one statement: its answers by cell, and why groups are hidden."""

    of: str
    """Id of the statement."""
    weight: float
    """Within its theme."""
    statement: Statement
    hidden: Mapping[int, GroupHidden]
    """By place of the group."""

    @cached_property
    def details(self) -> Mapping[int, Detail]:
        """By place of a group that is shown: how exactly."""
        return details(self.statement, self.hidden)

    def exact(self, place: int) -> bool:
        """Whether numbers of a group are told as they are."""
        return self.details.get(place) == "exact"

    def cells(self, place: int) -> frozenset[int]:
        """Those of a group."""
        return self.statement.layout.groups[place].cells

    def share(self, place: int) -> GroupShare:
        """The figure of one group."""
        if place in self.hidden:
            return GroupShare(self.of, self.hidden[place])
        favourable, _, unfavourable = self.statement.given(self.cells(place))
        n, detail = self.statement.n(self.cells(place)), self.details[place]
        if detail == "band":
            return GroupShare(self.of, None, detail, band=fifth(favourable / n))
        shares = (favourable / n, unfavourable / n)
        if detail == "rounded":
            return GroupShare(self.of, None, detail, rounded(shares[0]), rounded(shares[1]))
        return GroupShare(self.of, None, detail, *shares, n=n)

    def exactly(self, place: int) -> Fraction:
        """The favourable share of a group that is shown."""
        given = self.statement.given(self.cells(place))
        return Fraction(given[0], sum(given))


def theme_share(theme: str, place: int, inside: Sequence[Outcome]) -> GroupShare:
    """The mean of the shares of a theme's statements, each with its weight.

    Hidden when one of them is, and as coarse as the coarsest.
    """
    shares = [one.share(place) for one in inside]
    why = [one.hidden for one in shares if one.hidden is not None]
    if why:
        return GroupShare(theme, min(why, key=_REASONS.index))
    mean = mean_share((one.weight, one.exactly(place)) for one in inside)
    detail = max((one.details[place] for one in inside), key=_DETAILS.index)
    if detail == "band":
        return GroupShare(theme, None, detail, band=fifth(mean))
    return GroupShare(theme, None, detail, rounded(mean) if detail == "rounded" else mean)


def group_responses(
    returned: int, headcount: int | None, why: GroupHidden | None, *, exact: bool
) -> GroupResponses:
    """The number and the rate when they may be exact, else the fifth in which the rate lies.

    Below k nothing. Without a headcount there is no rate.
    """
    if why == "too_few":
        return GroupResponses(headcount, None, None, None, why)
    number = returned if exact else None
    if headcount is None or returned > headcount:
        too_many = headcount is not None
        return GroupResponses(headcount, number, None, None, why, too_many)
    rate = returned / headcount
    if exact:
        return GroupResponses(headcount, number, rate, None, why)
    return GroupResponses(headcount, None, None, fifth(rate), why)
