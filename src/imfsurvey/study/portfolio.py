"""Several studies side by side, as an inspectorate sees them: levels only, never the staff.

Of each study the last closed measurement with a self-assessment counts, by its last revision. A
study that cannot be read is named with its error, and the others are shown.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from imfsurvey.analysis.figures import NodeFigures
from imfsurvey.framework import Framework
from imfsurvey.framework.model import OVERALL
from imfsurvey.i18n.errors import ImfsurveyError, RefusedError
from imfsurvey.study.fitness import serves
from imfsurvey.study.folder import Study
from imfsurvey.study.kinds import Counted, WaveKind
from imfsurvey.study.life import released
from imfsurvey.study.revising import current
from imfsurvey.study.series import nodes_of


@dataclass(frozen=True)
class Entry:
    """One study."""

    folder: str
    entity: str
    wave: str
    kind: WaveKind
    revision: int
    """1: the measurement itself."""
    closed_on: datetime.date | None
    policy_approved_on: datetime.date | None
    counted: Counted | None
    external: int | None
    """The overall level by the external rating alone; None without one."""
    serves: bool
    """Whether enough core topics were rated for a measurement."""
    framework: Framework
    nodes: Mapping[str, NodeFigures]
    """By pillar, function and, as "overall", for the whole."""


@dataclass(frozen=True)
class Unreadable:
    """A study that has nothing to show."""

    folder: str
    error: ImfsurveyError


def portfolio(folders: Iterable[Path]) -> list[Entry | Unreadable]:
    """An entry for each folder, in their order."""
    found: list[Entry | Unreadable] = []
    for folder in folders:
        try:
            found.append(_entry(folder))
        except ImfsurveyError as error:
            found.append(Unreadable(str(folder), error))
    return found


def _entry(folder: Path) -> Entry:
    study = Study(folder)
    closed = [wave for wave in current(study.waves) if wave.file.status == "closed"]
    for wave in reversed(closed):
        figures = released(wave)
        if figures.maturity is None:
            continue
        outside = [side for side in figures.sides if side.rater == "external"]
        return Entry(
            folder=str(folder),
            entity=study.file.entity.name,
            wave=wave.id,
            kind=figures.kind,
            revision=figures.corrected.number if figures.corrected else 1,
            closed_on=figures.closed_on,
            policy_approved_on=figures.policy_approved_on,
            counted=figures.rater,
            external=outside[0].levels.get(OVERALL) if outside else None,
            serves=serves(figures),
            framework=wave.framework,
            nodes=nodes_of(figures.maturity),
        )
    raise RefusedError(
        "IMF-T465", "The study in '{folder}' has no closed self-assessment yet.", folder=str(folder)
    )
