"""Targets: the level that is wanted for each topic, by the risks of the entity.

Kept in study.json as a list that only grows: the last entry of a topic counts, one without a
level gives it the framework's default back. A wave keeps the targets of the day it closed.
"""

from __future__ import annotations

import datetime
import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter, ValidationError

from imfsurvey.framework import Framework, Topic, load_framework
from imfsurvey.i18n.errors import InputError, StorageError
from imfsurvey.questionnaire.shipped import FRAMEWORK
from imfsurvey.source.problems import Problem
from imfsurvey.store.desk import Desk
from imfsurvey.study.folder import STUDY_DESK, Study
from imfsurvey.study.results import Target, WaveFigures

LONGEST_WHY: Final = 600
_TABLE = "targets"


@dataclass(frozen=True)
class Change:
    """One change of a target. Without a level: back to the framework's default."""

    topic: str
    level: int | None
    why: str
    on: datetime.date


_CHANGE: TypeAdapter[Change] = TypeAdapter(Change)


class Targets:
    """The targets that were set in a study."""

    def __init__(self, folder: Path) -> None:
        self._desk = Desk(folder / STUDY_DESK)

    def set_ones(self) -> dict[str, Change]:
        """What was set, by topic. Raises `StorageError` when it cannot be read."""
        found: dict[str, Change] = {}
        for change in self._changes():
            found.pop(change.topic, None)
            if change.level is not None:
                found[change.topic] = change
        return found

    def of(self, framework: Framework) -> tuple[Target, ...]:
        """The target of every rated topic that has one, in the order of the framework."""
        chosen, found = self.set_ones(), []
        for topic in framework.rated_topics:
            mine, default = chosen.get(topic.id), framework.default_target(topic)
            if mine is not None and mine.level is not None and mine.level <= framework.max_level:
                found.append(Target(topic.id, mine.level, False, mine.why, mine.on))
            elif default is not None:
                found.append(Target(topic.id, default, True))
        return tuple(found)

    def set(
        self,
        framework: Framework,
        topics: Sequence[str],
        level: int,
        why: str,
        today: datetime.date,
    ) -> None:
        """Want a level for topics. Raises `InputError` for one that is not rated, a level off the
        scale or a missing reason; then nothing is changed."""
        for topic in topics:
            require_topic(framework, topic)
        if not 0 <= level <= framework.max_level:
            raise InputError(
                "IMF-T441", "A target goes from 0 to {highest}.", highest=framework.max_level
            )
        reason = " ".join(why.split())
        if not reason:
            raise InputError(
                "IMF-T442", "Say why: which risk makes this level necessary, or enough."
            )
        if len(reason) > LONGEST_WHY:
            raise InputError(
                "IMF-T443",
                "The reason is too long: at most {limit} characters.",
                limit=LONGEST_WHY,
            )
        self.add([Change(topic, level, reason, today) for topic in topics])

    def clear(self, framework: Framework, topics: Sequence[str], today: datetime.date) -> None:
        """Give topics the framework's default back. Raises `InputError` as `set` does."""
        for topic in topics:
            require_topic(framework, topic)
        self.add([Change(topic, None, "", today) for topic in topics])

    def add(self, changes: Sequence[Change]) -> None:
        """Keep changes, all or none."""
        with self._desk.transaction() as db:
            for change in changes:
                db.table(_TABLE).insert(_CHANGE.dump_python(change, mode="json"))

    def _changes(self) -> list[Change]:
        try:
            records = self._desk.read().table(_TABLE)
            return [_CHANGE.validate_python(dict(record)) for record in records]
        except ValidationError as fault:
            raise StorageError(
                "IMF-T446",
                "'{file}' holds a target that cannot be read. Nothing was changed; restore the "
                "file from a copy, or mend that entry.",
                file=str(self._desk.path),
            ) from fault


def framework_of(study: Study) -> Framework:
    """The framework that targets are set in: that of the study, read anew."""
    waves = study.waves
    return waves[-1].framework if waves else load_framework(study.source_of(FRAMEWORK))


def require_topic(framework: Framework, ident: str) -> Topic:
    """A topic that gets a level, by its id. Raises `InputError` naming the nearest ones."""
    rated = {topic.id: topic for topic in framework.rated_topics}
    if ident not in rated:
        near = difflib.get_close_matches(ident, rated, n=3) or list(rated)[:3]
        raise InputError(
            "IMF-T440",
            "There is no rated topic '{topic}'; did you mean {known}? 'imfsurvey targets' lists "
            "all.",
            topic=ident[:64],
            known=", ".join(near),
        )
    return rated[ident]


def doubts(target: Target, figures: WaveFigures | None) -> list[Problem]:
    """What is odd about a target, seen from the last measurement: nothing is forbidden by it."""
    if figures is None or figures.maturity is None:
        return []
    rating = figures.maturity.ratings.get(target.topic)
    if rating is None or rating.level is None:
        return [
            Problem(
                "IMF-T445",
                "Topic '{topic}' has no level in wave '{wave}': its gap cannot be told.",
                {"topic": target.topic, "wave": figures.wave},
                severity="warning",
            )
        ]
    if target.level < rating.level:
        return [
            Problem(
                "IMF-T444",
                "The target {target} of topic '{topic}' is below the level {level} reached in "
                "wave '{wave}': it asks for less than there is.",
                {
                    "target": target.level,
                    "topic": target.topic,
                    "level": rating.level,
                    "wave": figures.wave,
                },
                severity="warning",
            )
        ]
    return []
