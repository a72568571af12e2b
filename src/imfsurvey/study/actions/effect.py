"""What became of the topics of actions in the waves after: levels then and now, never a cause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from imfsurvey.study.actions.action import Action
from imfsurvey.study.comparison import Comparison, compare
from imfsurvey.study.results import WaveResults


@dataclass(frozen=True)
class Effect:
    """The level of an action's topic in a wave after the one that it comes from."""

    wave: str
    level: int | None
    """None where the wave did not rate the topic."""
    comparable: bool
    """Whether the same was asked, so that the two levels may be laid side by side."""


class Effects:
    """What became of the topics of a whole plan: two waves are laid side by side once only."""

    def __init__(self, waves: Sequence[WaveResults]) -> None:
        """`waves`: in order of time."""
        self._waves = tuple(waves)
        self._compared: dict[tuple[int, int], Comparison] = {}

    def of(self, action: Action) -> tuple[Effect, ...]:
        """What the waves after an action's own one say of its topic.

        A correction is no later measurement: of a wave and its revisions, the one that counts.
        """
        names = [wave.figures.wave for wave in self._waves]
        if action.wave not in names:
            return ()
        own = names.index(action.wave)
        return tuple(self._effect(action.topic, own, later) for later in self._after(own))

    def _after(self, own: int) -> list[int]:
        """The places of the measurements after that of a wave, each by its last revision that is
        closed."""
        figures, found = [wave.figures for wave in self._waves], dict[str, int]()
        later = range(own + 1, len(figures))
        for place in sorted(later, key=lambda place: figures[place].measurement[1]):
            measured, _ = figures[place].measurement
            if measured not in found or figures[place].status == "closed":
                found[measured] = place
        found.pop(figures[own].measurement[0], None)
        return sorted(found.values())

    def _effect(self, topic: str, own: int, later: int) -> Effect:
        figures = self._waves[later].figures
        rating = figures.maturity.ratings.get(topic) if figures.maturity else None
        level = rating.level if rating else None
        alike = level is not None and self._comparison(own, later).comparable(topic)
        return Effect(figures.wave, level, alike)

    def _comparison(self, then: int, now: int) -> Comparison:
        if (then, now) not in self._compared:
            waves = self._waves
            self._compared[then, now] = compare(waves[then], waves[now], waves[then + 1 : now])
        return self._compared[then, now]


def effects(action: Action, waves: Sequence[WaveResults]) -> tuple[Effect, ...]:
    """The effects of one action; of several, an `Effects` gives them sooner."""
    return Effects(waves).of(action)
