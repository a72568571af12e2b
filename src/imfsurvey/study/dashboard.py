"""A study at a glance: its measurements, what staff confirm, its actions, what comes next."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from imfsurvey.analysis.gap import TopicGap
from imfsurvey.analysis.progress import gap
from imfsurvey.study.actions.action import Action
from imfsurvey.study.actions.plan import ActionPlan
from imfsurvey.study.folder import REPORTS, Study
from imfsurvey.study.keys import KEYS
from imfsurvey.study.perceived import gaps_of
from imfsurvey.study.results import WaveResults
from imfsurvey.study.scoring import self_assessments
from imfsurvey.study.series import levels_now
from imfsurvey.study.wave import Wave

StepKind = Literal[
    "keys",
    "zero",
    "open",
    "answer",
    "finish",
    "close",
    "unseal",
    "report",
    "propose",
    "decide",
    "policy",
    "overdue",
    "measure",
    "late",
    "handover",
]


@dataclass(frozen=True)
class Step:
    """Something to be done now in the cycle of measuring and acting."""

    kind: StepKind
    wave: str = ""
    count: int = 0
    """Of questionnaires, proposals or actions, where the kind counts some."""
    day: datetime.date | None = None
    """By when the next measurement is due."""


@dataclass(frozen=True)
class Dashboard:
    """What the home screen and `imfsurvey` without a terminal show of a study."""

    today: datetime.date
    waves: tuple[WaveResults, ...]
    """Every wave that was opened, in order of time."""
    actions: tuple[Action, ...]
    steps: tuple[Step, ...]
    """The most pressing first."""

    @property
    def last(self) -> WaveResults | None:
        """The last wave with a self-assessment."""
        rated = [one for one in self.waves if one.figures.maturity is not None]
        return rated[-1] if rated else None

    @property
    def gaps(self) -> tuple[TopicGap, ...]:
        """Of the last wave that measured topics both ways; none while there is no such wave."""
        found = [gaps for one in self.waves if (gaps := gaps_of(one))]
        return found[-1] if found else ()

    @property
    def overdue(self) -> tuple[Action, ...]:
        """Actions whose day has passed, the oldest day first."""
        late = [one for one in self.actions if one.overdue(self.today)]
        return tuple(sorted(late, key=lambda one: one.deadline or self.today))

    @property
    def due(self) -> tuple[Action, ...]:
        """Accepted actions that are not carried out and not overdue, the next day first."""
        waiting = [
            one
            for one in self.actions
            if one.decision == "accepted"
            and one.step in ("plan", "do")
            and not one.overdue(self.today)
        ]
        return tuple(sorted(waiting, key=lambda one: one.deadline or datetime.date.max))

    @property
    def targets(self) -> tuple[int, int] | None:
        """Targets reached, and all, in the last wave; None without any."""
        if self.last is None:
            return None
        levels = levels_now(self.last)
        wanted = [one for one in self.last.figures.targets if one.topic in levels]
        reached = sum(gap(levels[one.topic], one.level) == 0 for one in wanted)
        return (reached, len(wanted)) if wanted else None


def dashboard(study: Study, waves: Sequence[WaveResults], today: datetime.date) -> Dashboard:
    """The study on a day; `waves`: what is known of those that were opened, in order of time.

    Raises `StorageError` when the action plan cannot be read.
    """
    actions = ActionPlan(study).actions
    steps = tuple(_steps(study, {one.figures.wave: one for one in waves}, actions, today))
    return Dashboard(today, tuple(waves), actions, steps)


def _steps(
    study: Study, known: dict[str, WaveResults], actions: Sequence[Action], today: datetime.date
) -> Iterator[Step]:
    waves = study.waves
    if not waves:
        if not any((study.folder / KEYS).glob("*.yaml")):
            yield Step("keys")
        yield Step("zero")
        return
    for wave in waves:
        yield from _of_wave(wave, known.get(wave.id))
    closed = [one for one in waves if one.file.status == "closed"]
    if closed:
        yield from _acting(study, known.get(closed[-1].id), actions, today)
    if len(closed) == len(waves):
        yield from _measuring(closed[-1], today)


def _of_wave(wave: Wave, found: WaveResults | None) -> Iterator[Step]:
    """What a wave itself still needs."""
    if wave.file.status == "draft":
        yield Step("open", wave.id)
    elif wave.file.status == "open":
        asked = self_assessments(wave)
        if found is not None and asked and not found.figures.raters:
            yield Step("answer", wave.id)
        elif found is not None and found.figures.unfinished:
            yield Step("finish", wave.id, len(found.figures.unfinished))
        yield Step("close", wave.id)
    elif found is not None and found.figures.sealed and wave.file.revision is None:
        yield Step("unseal", wave.id)  # a revision has no boxes of its own


def _acting(
    study: Study, last: WaveResults | None, actions: Sequence[Action], today: datetime.date
) -> Iterator[Step]:
    """Report, proposals, policy, what is overdue."""
    name = last.figures.wave if last is not None else ""
    if name and not any((study.folder / REPORTS).glob(f"{name}-summary.*")):
        yield Step("report", name)
    proposed = sum(one.decision == "proposed" for one in actions)
    if proposed:
        yield Step("decide", count=proposed)
    elif last is not None and last.figures.maturity and all(one.wave != name for one in actions):
        yield Step("propose", name)
    if study.file.policy.approved_on is None:
        yield Step("policy")
    late = sum(one.overdue(today) for one in actions)
    if late:
        yield Step("overdue", count=late)


def _measuring(last: Wave, today: datetime.date) -> Iterator[Step]:
    """The next measurement, within a year of the last; after the final one, the next mandate.

    A correction is no measurement: the year runs from the day of what it corrects.
    """
    revision = last.file.revision
    measured_on = revision.as_of if revision is not None else last.file.closed_on
    if last.file.kind == "final":
        yield Step("handover", last.id)
    elif measured_on is not None:
        due = _a_year_after(measured_on)
        yield Step("late" if due < today else "measure", day=due)


def _a_year_after(day: datetime.date) -> datetime.date:
    """The same day of the next year; the last of February after a leap day."""
    if (day.month, day.day) == (2, 29):
        return datetime.date(day.year + 1, 2, 28)
    return day.replace(year=day.year + 1)
