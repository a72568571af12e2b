"""What a respondent says to one item, and what is still wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Literal

from imfsurvey.i18n.catalogue import N_

Status = Literal["answered", "na", "dk", "refused", "not_shown", "blank"]
Side = Literal["evidence", "comment", "reason", "other"]

SIDES: Final[Mapping[Side, str]] = {
    "evidence": N_("evidence"),
    "comment": N_("comment"),
    "reason": N_("reason"),
    "other": N_("answer of your own"),
}
"""The side fields, each with its word inside a sentence."""


@dataclass(frozen=True)
class Entry:
    """One thing of a repeat, such as one objective, with the answers to the items asked of it."""

    id: str
    """For ever: other items may have chosen it."""
    answers: Mapping[str, Answer] = field(default_factory=dict)


Code = int | str

Value = int | float | str | tuple[Code, ...] | tuple[Entry, ...]
"""A code, a number, a text, a date (2026, 2026-03 or 2026-03-31), several codes (in the order of
the file, or ranked), or the entries of a repeat."""


@dataclass(frozen=True)
class Answer:
    """Value and status of one item, with its side fields. Silence (`blank`) is a status too."""

    status: Status = "blank"
    value: int | float | str | tuple[Code, ...] | tuple[Entry, ...] | None = None
    """What was chosen or written, when answered."""
    evidence: str = ""
    comment: str = ""
    reason: str = ""
    """Why it is not applicable."""
    other: str = ""
    """What was written for the choice `other`."""
    criteria: tuple[str, ...] = ()
    """Ids of the criteria of a rating that were ticked."""

    @property
    def codes(self) -> tuple[Code, ...]:
        """What was chosen, of one choice or of several."""
        if isinstance(self.value, tuple):
            return tuple(one for one in self.value if not isinstance(one, Entry))
        return (self.value,) if isinstance(self.value, int | str) else ()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The entries of a repeat."""
        if isinstance(self.value, tuple):
            return tuple(one for one in self.value if isinstance(one, Entry))
        return ()

    @property
    def given(self) -> bool:
        """Whether the respondent said anything, a non-answer included."""
        return self.status not in ("blank", "not_shown")

    def said(self, side: Side) -> str:
        """The text of a side field."""
        texts: dict[Side, str] = {
            "evidence": self.evidence,
            "comment": self.comment,
            "reason": self.reason,
            "other": self.other,
        }
        return texts[side]

    def saying(self, side: Side, text: str) -> Answer:
        """The same answer with a side field written."""
        match side:
            case "evidence":
                return replace(self, evidence=text)
            case "comment":
                return replace(self, comment=text)
            case "reason":
                return replace(self, reason=text)
            case "other":
                return replace(self, other=text)


BLANK = Answer()


@dataclass(frozen=True)
class Objection:
    """Why an answer is not acceptable yet. `side` names the field that would settle it."""

    code: str
    template: str
    params: Mapping[str, object] = field(default_factory=dict)
    side: Side | None = None
    severity: Literal["error", "warn"] = "error"
    """A warning is said once, and does not keep the response from being finished."""
