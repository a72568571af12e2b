"""What a wave tells, after disclosure control: all that screens and reports know of answers."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from pydantic import ConfigDict, TypeAdapter

from imfsurvey.analysis.figures import MaturityFigures, PerceptionFigures
from imfsurvey.analysis.groups import BreakdownFigures
from imfsurvey.framework import Framework
from imfsurvey.questionnaire import Choice, Questionnaire
from imfsurvey.source.model import Text
from imfsurvey.source.problems import Problem
from imfsurvey.study.figurefit import breakdown_fits, maturity_fits, perception_fits
from imfsurvey.study.kinds import Counted, Rater, Said, WaveKind, WaveStatus


@dataclass(frozen=True)
class Side:
    """What one rater said, shown beside the others."""

    rater: Rater
    finished: bool
    """Whether every part of the self-assessment was finished."""
    ratings: Mapping[str, Said]
    """By topic that was asked."""
    levels: Mapping[str, int | None]
    """By node and for the whole ("overall"): the level demonstrated by these ratings alone."""


@dataclass(frozen=True)
class Agreed:
    """What several raters agreed on for one topic; their own ratings stay as they were."""

    topic: str
    rating: Said
    by: tuple[Rater, ...]
    note: str
    on: datetime.date
    said: Mapping[Rater, Said]
    """What each of them had said when they agreed."""


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
class Corrected:
    """That the figures are those of a revision."""

    of: str
    """Id of the wave that was corrected."""
    number: int
    why: str


@dataclass(frozen=True)
class Target:
    """The level that is wanted for a topic."""

    topic: str
    level: int
    default: bool
    """The framework's, because nobody has set one."""
    why: str = ""
    on: datetime.date | None = None
    """The day on which it was set."""


@dataclass(frozen=True)
class WaveFigures:
    """The figures of one wave. Kept with the wave when it closes."""

    # No figure is endless, not even where a file says so; it counts for what lies inside as well.
    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(allow_inf_nan=False)

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
    rater: Counted | None
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
    sides: tuple[Side, ...] = ()
    """What each rater said; while the wave is open, only what may be seen."""
    agreed: tuple[Agreed, ...] = ()
    """What they agreed on so far, in the order of the framework."""
    targets: tuple[Target, ...] = ()
    """As they were when the wave closed; while it is open, as they are."""
    corrected: Corrected | None = None
    """Set where the wave is a revision of another one."""
    breakdowns: tuple[BreakdownFigures, ...] = ()
    """The surveys by group; none in a wave that was unsealed before version 0.1."""

    @property
    def measurement(self) -> tuple[str, int]:
        """Id of the wave that was measured first, and 1 for itself, 2 for its first revision."""
        return (self.corrected.of, self.corrected.number) if self.corrected else (self.wave, 1)


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
    remarks: tuple[Problem, ...] = ()
    """What keeps the wave from serving as a measurement, or from being compared."""

    @property
    def fitting(self) -> bool:
        """Whether all figures are about what the wave asks (see `study/figurefit.py`)."""
        figures, surveys = self.figures, self.questionnaires
        return (
            all(perception_fits(one, surveys) for one in figures.perception)
            and all(breakdown_fits(one, surveys) for one in figures.breakdowns)
            and (figures.maturity is None or maturity_fits(figures.maturity, self.framework))
        )
