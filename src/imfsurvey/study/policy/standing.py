"""Everything that is known of the policy at a moment, for whoever shows it."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from imfsurvey.analysis.planned import PlannedBalance, planned_balance
from imfsurvey.interview import Interview
from imfsurvey.study.identity import PolicyApproval
from imfsurvey.study.planning import band_of
from imfsurvey.study.policy.approval import State, state_of
from imfsurvey.study.policy.completeness import SectionState, completeness
from imfsurvey.study.policy.smart import SmartHint, planned_approaches, smart_hints
from imfsurvey.study.policy.text import PolicyText


@dataclass(frozen=True)
class Standing:
    """How the policy stands."""

    state: State
    approval: PolicyApproval
    versions: int
    sections: tuple[SectionState, ...]
    hints: tuple[SmartHint, ...]
    planned: PlannedBalance
    """Of the actions that the policy names."""
    band: tuple[float, float]

    @property
    def incomplete(self) -> Sequence[SectionState]:
        """The sections that are not fully there."""
        return [one for one in self.sections if one.grade != "F"]


def standing(text: PolicyText, language: str, today: datetime.date) -> Standing:
    """How the policy stands now. Raises what reading it raises."""
    return standing_of(text, text.interview(language, today))


def standing_of(text: PolicyText, interview: Interview) -> Standing:
    """The same, of a walk through it."""
    return Standing(
        state=state_of(text),
        approval=text.study.file.policy,
        versions=len(text.versions),
        sections=completeness(interview),
        hints=smart_hints(interview),
        planned=planned_balance(planned_approaches(interview)),
        band=band_of(text.study),
    )
