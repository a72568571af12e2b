"""What became of the topics of actions in the waves after: levels then and now, never a cause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from imfsurvey.study.actions.action import Action
from imfsurvey.study.comparison import compare
from imfsurvey.study.results import WaveResults


@dataclass(frozen=True)
class Effect:
    """The level of an action's topic in a wave after the one that it comes from."""

    wave: str
    level: int | None
    """None where the wave did not rate the topic."""
    comparable: bool
    """Whether the same was asked, so that the two levels may be laid side by side."""


def effects(action: Action, waves: Sequence[WaveResults]) -> tuple[Effect, ...]:
    """What the waves after an action's own one say of its topic; `waves` in order of time.

    A correction is no later measurement: of a wave and its revisions, the one that counts.
    """
    places = [index for index, wave in enumerate(waves) if wave.figures.wave == action.wave]
    if not places:
        return ()
    own, later = waves[places[0]], _after(waves[places[0]], waves[places[0] + 1 :])
    found = []
    for index, wave in enumerate(later):
        maturity = wave.figures.maturity
        rating = maturity.ratings.get(action.topic) if maturity else None
        level = rating.level if rating else None
        alike = level is not None and compare(own, wave, later[:index]).comparable(action.topic)
        found.append(Effect(wave.figures.wave, level, alike))
    return tuple(found)


def _after(own: WaveResults, waves: Sequence[WaveResults]) -> list[WaveResults]:
    """The measurements that are not that of `own`, each by its last revision that is closed."""
    found: dict[str, WaveResults] = {}
    for one in sorted(waves, key=lambda wave: wave.figures.measurement[1]):
        measured, _ = one.figures.measurement
        if measured not in found or one.figures.status == "closed":
            found[measured] = one
    found.pop(own.figures.measurement[0], None)
    return [one for one in waves if any(one is last for last in found.values())]
