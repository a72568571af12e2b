"""The figures of choices, bands and rankings, after disclosure control.

None means "there is no such figure", never zero. What is withheld is not here in any form.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from imfsurvey.interview.variables import Code

ChoiceKind = Literal["one", "bands", "several", "ranking"]
"""One choice or yes and no; a number kept as its band; any number of choices; an order."""

NoFigures = Literal["too_few", "large_majority", "protected"]
"""Why an item has no figures: fewer than k valid answers; all or all but one of fewer than 30 gave
the same one; what few people said could be worked out from any figure."""

Withheld = Literal["few", "nearly_all", "beside"]
"""Why a choice has none: fewer than k people took it; fewer than k did not; so that the number of
people behind a rare choice cannot be worked out."""


@dataclass(frozen=True)
class ChoiceShare:
    """One choice of an item; of a ranking, how often it stood first."""

    code: Code
    withheld: Withheld | None
    count: int | None = None
    """People who took it."""
    share: float | None = None
    """Of those who answered, 0-1."""
    mean_rank: float | None = None
    """In a ranking: 1 when everybody put it first. Who left it out counts with the mean of the
    places that they left open."""


@dataclass(frozen=True)
class ChoiceFigures:
    """One item that offers choices. With `hidden` set there is nothing more than that."""

    item: str
    kind: ChoiceKind
    k: int
    """Choices of 1 to k - 1 people have no figure."""
    hidden: NoFigures | None
    leading: Code | None = None
    """What the large majority took (or put first), when that is all that may be said."""
    n: int | None = None
    """Those who answered."""
    choices: tuple[ChoiceShare, ...] = ()
    """In the order of the questionnaire."""
    median: Code | None = None
    """Of bands: the one in which the median lies; None as well where it would tell more than the
    shares that are shown."""
    dont_know: float | None = None
    """Share of "don't know" among all who saw the item. This one and the next three are None
    together where one of them would tell of 1 to k - 1 people."""
    not_applicable: float | None = None
    refused: float | None = None
    blank: float | None = None
    unanswered: float | None = None
    """Share of all four together."""
