"""One action: what is done about a topic, by whom, until when; and what is wrong with one."""

from __future__ import annotations

import datetime
import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from pydantic import TypeAdapter

from imfsurvey.framework import Framework
from imfsurvey.framework.model import Approach
from imfsurvey.i18n.errors import InputError, RefusedError
from imfsurvey.interview.dates import typed_date

Decision = Literal["proposed", "accepted", "rejected"]
Step = Literal["plan", "do", "check", "act"]
Ground = Literal["binding", "unconfirmed"]

STEPS: Final[tuple[Step, ...]] = ("plan", "do", "check", "act")
"""Planned; being carried out; carried out, its effect to be seen; evaluated and taken on."""

APPROACHES: Final[tuple[Approach, ...]] = ("controlling", "stimulating", "both")

LIMITS: Final[Mapping[str, int]] = {
    **{"text": 600, "objective": 400, "owner": 150, "resources": 400},
    **{"indicator": 300, "reason": 600},
}
"""Most characters of what is written about an action."""

_NEAR: Final = 3
"""Topics that are named when one is not known."""


@dataclass(frozen=True)
class Action:
    """One action of the plan."""

    id: str
    """Such as a7; for ever."""
    topic: str
    text: str
    """What is done."""
    approach: Approach
    objective: str = ""
    """What it is to bring about."""
    owner: str = ""
    deadline: datetime.date | None = None
    """The day by which it is carried out."""
    resources: str = ""
    indicator: str = ""
    """What shows whether it worked."""
    target: int | None = None
    """Level of the topic that is aimed at."""
    decision: Decision = "proposed"
    step: Step = "plan"
    """How far an accepted action is."""
    wave: str = ""
    """Id of the wave that proposed it, or that was the last when somebody thought of it."""
    level: int | None = None
    """Level of the topic in that wave."""
    grounds: tuple[Ground, ...] = ()
    """Why that wave proposed it; empty for what somebody thought of."""
    reason: str = ""
    """Why it was rejected."""

    @property
    def open(self) -> bool:
        """Whether something is still to be decided or done about it."""
        return self.decision == "proposed" or (self.decision == "accepted" and self.step != "act")

    def overdue(self, today: datetime.date) -> bool:
        """Whether its day has passed and it has not been carried out."""
        late = self.deadline is not None and self.deadline < today
        return late and self.decision == "accepted" and self.step in ("plan", "do")


ACTION: TypeAdapter[Action] = TypeAdapter(Action)
"""To and from plain JSON data."""


def day_of(text: str) -> datetime.date | None:
    """The day that somebody typed, None for nothing. Raises `InputError` T406 for anything else."""
    if not text.strip():
        return None
    try:
        stored = typed_date(text, "day")
    except InputError as fault:
        raise InputError(
            "IMF-T406",
            "'{text}' is no day: write it like 31/03/2027 or 2027-03-31.",
            text=text.strip(),
        ) from fault
    return datetime.date.fromisoformat(stored)


def require_topic(topic: str, framework: Framework) -> None:
    """Raise `InputError` T400 unless it is a topic that is rated."""
    rated = [one.id for one in framework.rated_topics]
    if topic not in rated:
        near = difflib.get_close_matches(topic, rated, _NEAR, cutoff=0.4)
        raise InputError(
            "IMF-T400",
            "There is no topic '{topic}' that is rated. Near it: {near}.",
            topic=topic,
            near=", ".join(near or rated[:_NEAR]),
        )


def checked(action: Action, framework: Framework) -> Action:
    """The action itself. Raises `InputError` (T401 to T405) for what no action can be."""
    if not action.text.strip():
        raise InputError("IMF-T401", "Say what is to be done: an action needs words.")
    for field, limit in LIMITS.items():
        length = len(str(getattr(action, field)))
        if length > limit:
            raise InputError(
                "IMF-T402",
                "'{field}' takes {limit} characters at most, these are {length}. Shorten it.",
                field=field,
                limit=limit,
                length=length,
            )
    _check_target(action, framework)
    if action.decision == "rejected" and not action.reason.strip():
        raise InputError("IMF-T405", "Say why it is rejected: the reason is kept.")
    return action


def _check_target(action: Action, framework: Framework) -> None:
    target, highest = action.target, framework.max_level
    if target is None:
        return
    if not 1 <= target <= highest:
        raise InputError(
            "IMF-T403",
            "A target is a level from 1 to {highest}, not {target}.",
            highest=highest,
            target=target,
        )
    if action.level is not None and target <= action.level:
        raise InputError(
            "IMF-T404",
            "The target {target} is not above level {level}, where the topic stands already. Aim "
            "higher, or give no target.",
            target=target,
            level=action.level,
        )


def require_accepted(action: Action) -> None:
    """Raise `RefusedError` T407 unless it was decided to carry the action out."""
    if action.decision != "accepted":
        raise RefusedError(
            "IMF-T407",
            "Action {action} is not accepted: accept it first, then it can move on.",
            action=action.id,
        )
