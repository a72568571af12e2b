"""What a respondent says to one item, and what is still wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Literal

from imfsurvey.i18n.catalogue import N_

Status = Literal["answered", "na", "dk", "refused", "not_shown", "blank"]
Side = Literal["evidence", "comment", "reason"]

SIDES: Final[Mapping[Side, str]] = {
    "evidence": N_("evidence"),
    "comment": N_("comment"),
    "reason": N_("reason"),
}
"""The side fields, each with its word inside a sentence."""


@dataclass(frozen=True)
class Entry:
    """One thing of a repeat, such as one objective, with the answers to the items asked of it."""

    id: str
    """For ever: other items may have chosen it."""
    answers: Mapping[str, Answer] = field(default_factory=dict)


Value = int | str | tuple[Entry, ...]
"""A code, a text, a date (2026, 2026-03 or 2026-03-31), or the entries of a repeat."""


@dataclass(frozen=True)
class Answer:
    """Value and status of one item, with its side fields. Silence (`blank`) is a status too."""

    status: Status = "blank"
    value: int | str | tuple[Entry, ...] | None = None
    """The code or what was written, when answered."""
    evidence: str = ""
    comment: str = ""
    reason: str = ""
    """Why it is not applicable."""

    @property
    def given(self) -> bool:
        """Whether the respondent said anything, a non-answer included."""
        return self.status not in ("blank", "not_shown")

    def said(self, side: Side) -> str:
        """The text of a side field."""
        return {"evidence": self.evidence, "comment": self.comment, "reason": self.reason}[side]

    def saying(self, side: Side, text: str) -> Answer:
        """The same answer with a side field written."""
        if side == "evidence":
            return replace(self, evidence=text)
        if side == "comment":
            return replace(self, comment=text)
        return replace(self, reason=text)


BLANK = Answer()


@dataclass(frozen=True)
class Objection:
    """Why an answer is not acceptable yet. `side` names the field that would settle it."""

    code: str
    template: str
    params: Mapping[str, object] = field(default_factory=dict)
    side: Side | None = None
