"""The figures of a survey by group, after disclosure control. What is hidden never gets here.

None means "there is no such figure", never zero. What a small group may not be told exactly is
rounded here already, so that no reader of the file knows more than a reader of the screen.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Literal

from imfsurvey.interview.variables import Code

GroupHidden = Literal["too_few", "protected", "released", "whole", "for_some"]
"""Why a group has no figure: fewer than k answers; so that another group, or what nearly everybody
in it said, cannot be worked out; it would follow from what was released before; the whole has no
figure either; the statement was shown to some only, so that its n would tell what others said."""

Detail = Literal["exact", "rounded", "band"]
"""From 30 answers on exact; from 15 on rounded to 5 points; below, the fifth in which it lies."""


@dataclass(frozen=True)
class GroupShare:
    """What one group said to a statement, or on a theme."""

    of: str
    """Id of the statement or theme."""
    hidden: GroupHidden | None
    detail: Detail | None = None
    """None when it is hidden."""
    favourable: float | None = None
    """0-1, exact or rounded; None in a band."""
    unfavourable: float | None = None
    """Likewise; None for a theme."""
    band: tuple[float, float] | None = None
    """Lower and upper end of the favourable share."""
    n: int | None = None
    """Valid answers to a statement, when it is exact."""


@dataclass(frozen=True)
class GroupResponses:
    """How many of a group answered."""

    headcount: int | None
    """None where nobody knows: only the groups of the study have one."""
    returned: int | None
    """None when the number itself may not be shown."""
    rate: float | None
    band: tuple[float, float] | None
    """Lower and upper share, for a group of fewer than 30. With fewer than k, nothing is said."""
    hidden: GroupHidden | None
    too_many: bool = False
    """More responses than the headcount says: somebody named the wrong group, or it is wrong."""


@dataclass(frozen=True)
class GroupFigures:
    """One group."""

    codes: tuple[Code, ...]
    """What its people answered, one code for each item of the breakdown."""
    responses: GroupResponses
    items: tuple[GroupShare, ...]
    """By statement whose scale says what is favourable, in order of the questionnaire."""
    themes: tuple[GroupShare, ...]


@dataclass(frozen=True)
class BreakdownFigures:
    """A survey broken down by one declared item, or by several crossed."""

    questionnaire: str
    by: tuple[str, ...]
    """Ids of the items."""
    k: int
    groups: tuple[GroupFigures, ...]
    """All that the items offer, those that nobody named as well: empty and hidden look alike."""
    earlier: datetime.date | None = None
    """The day of the release from which what is hidden as "released" would follow."""
