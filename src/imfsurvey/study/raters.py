"""The ratings of several raters side by side: who may see them, where they differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from imfsurvey.framework import Framework, Topic
from imfsurvey.i18n.errors import RefusedError
from imfsurvey.study.kinds import INTERNAL, Rater, Said
from imfsurvey.study.results import Agreed, WaveFigures


@dataclass(frozen=True)
class Compared:
    """One topic, rater by rater."""

    topic: Topic
    said: Mapping[Rater, Said]
    agreed: Agreed | None

    @property
    def inside(self) -> tuple[Said, ...]:
        """What the raters of the entity said."""
        return tuple(one for rater, one in self.said.items() if rater in INTERNAL)

    @property
    def differs(self) -> bool:
        """Whether the raters of the entity do not all say the same."""
        return len(set(self.inside)) > 1

    @property
    def spread(self) -> int:
        """Levels between the lowest and the highest of them; 0 without two levels."""
        levels = [one for one in self.inside if isinstance(one, int)]
        return max(levels) - min(levels) if levels else 0

    @property
    def alike(self) -> Said | None:
        """What all of them say, when there are several and they say the same; else None."""
        same = len(self.inside) > 1 and not self.differs and self.inside[0] != "blank"
        return self.inside[0] if same else None

    @property
    def changed_since(self) -> bool:
        """Whether somebody who agreed has changed their own rating afterwards."""
        if self.agreed is None:
            return False
        then = self.agreed.said
        return any(self.said.get(rater) != one for rater, one in then.items())


def side_by_side(figures: WaveFigures, framework: Framework) -> tuple[Compared, ...]:
    """Every topic that was asked, those on which the raters of the entity differ most first."""
    agreed = {one.topic: one for one in figures.agreed}
    asked = {topic for side in figures.sides for topic in side.ratings}
    rows = [
        Compared(
            topic,
            {side.rater: side.ratings[topic.id] for side in figures.sides},
            agreed.get(topic.id),
        )
        for topic in framework.rated_topics
        if topic.id in asked
    ]
    return tuple(sorted(rows, key=lambda row: (not row.differs, -row.spread)))


def seen_by(figures: WaveFigures, rater: Rater | None) -> WaveFigures:
    """The figures without what a rater may not see yet; None: somebody who is no rater.

    In an open wave nobody sees what another said before finishing their own part. Whoever is no
    rater sees it when all who began have finished. What is not finished is never shown.
    """
    if figures.status == "closed":
        return figures
    done = tuple(side for side in figures.sides if side.finished)
    allowed = (
        len(done) == len(figures.sides)
        if rater is None
        else any(side.rater == rater for side in done)
    )
    return replace(
        figures,
        sides=done if allowed else (),
        agreed=figures.agreed if allowed else (),
    )


def require_seen(figures: WaveFigures) -> None:
    """Raise `RefusedError` when nothing may be laid side by side, in figures as `seen_by` left
    them."""
    if figures.sides:
        return
    if figures.raters and figures.status == "open":
        raise _too_early()
    raise RefusedError(
        "IMF-T459", "There is no self-assessment in wave '{wave}' to compare.", wave=figures.wave
    )


def require_own_first(figures: WaveFigures, rater: Rater) -> None:
    """Raise `RefusedError` when figures that `seen_by` left for a rater are made from the ratings
    of another, and the rater has not finished yet."""
    others = figures.rater not in (None, rater)
    done = any(side.rater == rater for side in figures.sides)
    if figures.status == "open" and others and not done:
        raise _too_early()


def _too_early() -> RefusedError:
    return RefusedError(
        "IMF-T450",
        "Nobody sees what another said before finishing their own self-assessment: finish all "
        "parts of it first.",
    )
