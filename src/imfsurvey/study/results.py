"""What a wave tells, after disclosure control: all that screens and reports know of answers."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from pydantic import TypeAdapter

from imfsurvey.analysis.figures import MaturityFigures, PerceptionFigures
from imfsurvey.analysis.groups import BreakdownFigures
from imfsurvey.framework import Framework
from imfsurvey.questionnaire import Choice, Questionnaire
from imfsurvey.source.model import Text

WaveKind = Literal["zero", "annual", "final"]
WaveStatus = Literal["draft", "open", "closed"]
Rater = Literal["mandatary", "officer", "other", "external"]

RATERS: tuple[Rater, ...] = ("mandatary", "officer", "other", "external")
"""In order of precedence: the first who answered gives the figures."""


@dataclass(frozen=True)
class Unfinished:
    """A self-assessment set that was not finished: its open items count as blank."""

    questionnaire: str
    rater: Rater
    open_items: int


@dataclass(frozen=True)
class Collected:
    """What became of the responses to one survey on the way from its box to its figures."""

    questionnaire: str
    stored: int
    """Records in the box."""
    counted: int
    """Of these, responses that count; the others were not made for this box, or changed since."""
    as_closed: bool
    """Whether the box was still what the closing record says."""


@dataclass(frozen=True)
class WaveFigures:
    """The figures of one wave. Kept with the wave when it closes."""

    wave: str
    kind: WaveKind
    label: Text
    status: WaveStatus
    opened_on: datetime.date | None
    closed_on: datetime.date | None
    entity: str
    mandatary: str
    officer: str
    policy_approved_on: datetime.date | None
    """None when no policy was approved by the day of closing: the gate holds."""
    rater: Rater | None
    """Whose self-assessment is counted."""
    raters: tuple[Rater, ...]
    """All who gave one."""
    unfinished: tuple[Unfinished, ...]
    maturity: MaturityFigures | None
    perception: tuple[PerceptionFigures, ...]
    hashes: Mapping[str, str]
    """Content hash of the framework and of each questionnaire, by id."""
    sealed: tuple[str, ...] = ()
    """Surveys of a closed wave that no key holder has unsealed yet, by id: no figures so far."""
    collected: tuple[Collected, ...] = ()
    """By survey that was unsealed."""
    breakdowns: tuple[BreakdownFigures, ...] = ()
    """The surveys by group; none in a wave that was unsealed before version 0.1."""


FIGURES: TypeAdapter[WaveFigures] = TypeAdapter(WaveFigures)
"""To and from plain JSON data: `dump_python(mode="json")`, `validate_python`."""


@dataclass(frozen=True)
class WaveResults:
    """The figures of a wave with what is needed to put them into words."""

    figures: WaveFigures
    framework: Framework
    questionnaires: Mapping[str, Questionnaire]
    """By id, the frozen ones of the wave."""
    groups: tuple[Choice, ...] = ()
    """Those of the study when the wave opened, as choices: what they are called."""
