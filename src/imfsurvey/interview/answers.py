"""What a respondent says to one item, and what is still wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Status = Literal["answered", "na", "dk", "refused", "not_shown", "blank"]
Side = Literal["evidence", "comment", "reason"]


@dataclass(frozen=True)
class Answer:
    """Value and status of one item, with its side fields. Silence (`blank`) is a status too."""

    status: Status = "blank"
    value: int | str | None = None
    """The code, when answered."""
    evidence: str = ""
    comment: str = ""
    reason: str = ""
    """Why it is not applicable."""

    @property
    def given(self) -> bool:
        """Whether the respondent said anything, a non-answer included."""
        return self.status not in ("blank", "not_shown")


BLANK = Answer()


@dataclass(frozen=True)
class Objection:
    """Why an answer is not acceptable yet. `side` names the field that would settle it."""

    code: str
    template: str
    params: Mapping[str, object] = field(default_factory=dict)
    side: Side | None = None
