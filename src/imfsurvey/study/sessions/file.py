"""session.yaml: what a team session is about and how far it is. No answer, no person, no time."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Literal

from pydantic import Field

from imfsurvey.source.model import ItemId, LanguageVersion, Many, SourceModel
from imfsurvey.study.identity import Day
from imfsurvey.study.keys import PublicKey

Outcome = Literal["shown", "too_few", "key_lost"]
"""What came of a vote: figures; too few votes to look at; or its key was gone, see `room`."""

ByHolders = Literal["as_closed", "changed"]
"""Whether the box was what the closing record says when key holders unsealed it."""

RoundState = Literal["not_yet", "open", "closed"]

LONGEST_NOTE = 2_000
"""Characters of a conclusion, and of proposed actions."""


class ItemOutcome(SourceModel):
    """The figures of one statement after disclosure control, as `analysis.figures.ItemFigures`."""

    item: ItemId
    hidden: Literal["too_few", "large_majority"] | None = None
    leaning: Literal["favourable", "neutral", "unfavourable"] | None = None
    n: int | None = None
    counts: Many[int] | None = None
    mean: float | None = None
    """Of the codes as they were given: a reversed statement is not turned round in the room."""
    agreement: float | None = None
    """r_wg, 0 to 1."""
    polarised: bool = False
    dont_know: float | None = None
    blank: float | None = None


class VoteFile(SourceModel):
    """One vote on a round; a second one after discussion is another vote, with a box of its own."""

    number: int = Field(ge=1)
    status: Literal["open", "closed"] = "open"
    public_key: PublicKey
    """Made when the vote opened; its secret was never written down."""
    votes: int | None = Field(default=None, ge=0)
    """How many had voted when it closed; everybody in the room could count them."""
    outcome: Outcome | None = None
    by_holders: ByHolders | None = None
    """Set when key holders made the figures after the session, see `lost`."""
    items: Many[ItemOutcome] = ()

    def without_figures(self, votes: int, outcome: Outcome) -> VoteFile:
        """The same, closed with so many votes and nothing to show."""
        return self.model_copy(update={"status": "closed", "votes": votes, "outcome": outcome})

    def shown(self, votes: int, items: tuple[ItemOutcome, ...]) -> VoteFile:
        """The same, closed with so many votes and what may be shown of them."""
        return self.without_figures(votes, "shown").model_copy(update={"items": items})


class RoundFile(SourceModel):
    """A block of statements that are voted on together: a section of the questionnaire."""

    id: ItemId
    votes: Many[VoteFile] = ()
    conclusion: str = Field(default="", max_length=LONGEST_NOTE)
    """What the group concludes, in its own words."""
    actions: str = Field(default="", max_length=LONGEST_NOTE)
    """What the group proposes to do."""

    @property
    def state(self) -> RoundState:
        """Not yet, open or closed."""
        return self.votes[-1].status if self.votes else "not_yet"

    @property
    def open_vote(self) -> VoteFile | None:
        """The vote that is going on."""
        return self.votes[-1] if self.state == "open" else None


class SessionFile(SourceModel):
    """A whole session.yaml, validated."""

    imfsurvey: LanguageVersion
    uid: str = Field(pattern=r"^[0-9a-f]{16}$")
    """Drawn by chance: copies of the session on other laptops are known by it."""
    revision: int = Field(default=1, ge=1)
    """Counts the changes: of two copies, the one with more of them is the newer."""
    title: str = Field(min_length=1)
    place: str = ""
    facilitator: str = ""
    questionnaire: str
    """Its id."""
    expected: int = Field(ge=1)
    """How many people take part."""
    status: Literal["open", "closed"] = "open"
    closed_on: Day | None = None
    rounds: Many[RoundFile] = Field(min_length=1)

    def round(self, round_id: str) -> RoundFile:
        """A round by its id. KeyError: there is none."""
        return {one.id: one for one in self.rounds}[round_id]

    def with_round(self, round_id: str, change: Callable[[RoundFile], RoundFile]) -> SessionFile:
        """The same with one round changed."""
        rounds = tuple(change(one) if one.id == round_id else one for one in self.rounds)
        return self.model_copy(update={"rounds": rounds})

    def ended(self, today: datetime.date) -> SessionFile:
        """The same, closed."""
        return self.model_copy(update={"status": "closed", "closed_on": today})

    @property
    def open_votes(self) -> tuple[tuple[str, VoteFile], ...]:
        """By round: the votes that are going on."""
        found = ((one.id, one.open_vote) for one in self.rounds)
        return tuple((round_id, vote) for round_id, vote in found if vote is not None)
