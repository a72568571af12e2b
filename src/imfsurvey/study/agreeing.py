"""What the raters of a self-assessment agree on, topic by topic, beside what each of them said.

Kept in assessment.json as a list that only grows: the last entry of a topic counts, an entry
without a rating takes the agreement back. The ratings of the raters are never touched.
"""

from __future__ import annotations

import datetime
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass

from pydantic import TypeAdapter, ValidationError

from imfsurvey.analysis.figures import Rating
from imfsurvey.i18n.errors import InputError, RefusedError, StorageError
from imfsurvey.store.desk import Desk
from imfsurvey.study.assessment import ASSESSMENT_FILE
from imfsurvey.study.kinds import INTERNAL, Rater, Said
from imfsurvey.study.results import Agreed, Side
from imfsurvey.study.wave import Wave

_TABLE = "agreed"
_ENTRY: TypeAdapter[Agreed] = TypeAdapter(Agreed)
_TAKEN_BACK = "taken_back"


def said(rating: Rating) -> Said:
    """A rating without what was written beside it."""
    if rating.level is not None:
        return rating.level
    return "blank" if rating.status == "answered" else rating.status


def agreeing(sides: Iterable[Side]) -> tuple[Rater, ...]:
    """Who can agree: everybody of the entity who has finished. The external rater never does."""
    return tuple(one.rater for one in sides if one.finished and one.rater in INTERNAL)


@dataclass(frozen=True)
class Agreement:
    """One agreement to be made: a topic, what is agreed, what is to be said of it."""

    topic: str
    rating: Said
    note: str = ""


class Agreements:
    """The agreements of one wave."""

    def __init__(self, wave: Wave) -> None:
        self._wave = wave
        self._desk = Desk(wave.folder / ASSESSMENT_FILE)

    def current(self) -> dict[str, Agreed]:
        """What is agreed now, by topic. Raises `StorageError` when it cannot be read."""
        found: dict[str, Agreed] = {}
        for record in self._desk.read().table(_TABLE):
            if record.get(_TAKEN_BACK):
                found.pop(str(record.get("topic")), None)
                continue
            try:
                entry = _ENTRY.validate_python(dict(record))
            except ValidationError as fault:
                raise StorageError(
                    "IMF-T457",
                    "'{file}' holds an agreement that cannot be read. Nothing was changed; "
                    "restore the file from a copy, or mend that entry.",
                    file=str(self._wave.folder / ASSESSMENT_FILE),
                ) from fault
            found[entry.topic] = entry
        order = {topic.id: n for n, topic in enumerate(self._wave.framework.topics)}
        known = (topic for topic in found if topic in order)
        return {topic: found[topic] for topic in sorted(known, key=order.__getitem__)}

    def agree(
        self,
        wanted: Sequence[Agreement],
        sides: Sequence[Side],
        evidence: Container[str],
        today: datetime.date,
    ) -> None:
        """Keep agreements of all of the entity who have finished, all or none.

        `evidence`: the topics for which one of them named any. Raises `RefusedError` when fewer
        than two have finished or the wave is not open, `InputError` for a topic that was not
        asked, a level off the scale, a missing reason or a missing note of evidence.
        """
        by = agreeing(sides)
        if len(by) < 2:
            raise RefusedError(
                "IMF-T451",
                "To agree takes two raters of the entity who have finished; so far there are "
                "{count}.",
                count=len(by),
            )
        for one in wanted:
            self._check(one, sides, evidence)
        entries = [
            Agreed(
                one.topic,
                one.rating,
                by,
                one.note.strip(),
                today,
                {side.rater: side.ratings[one.topic] for side in sides if side.rater in by},
            )
            for one in wanted
        ]
        with self._wave.held("open"), self._desk.transaction() as db:
            for entry in entries:
                db.table(_TABLE).insert(_ENTRY.dump_python(entry, mode="json"))

    def put_back(self, changes: Iterable[tuple[str, Agreed | None]]) -> None:
        """By topic, let what was agreed before count again; None: nothing. All or none of them.

        Raises `RefusedError` when the wave is not open.
        """
        records = [
            {"topic": topic, _TAKEN_BACK: True}
            if before is None
            else _ENTRY.dump_python(before, mode="json")
            for topic, before in changes
        ]
        with self._wave.held("open"), self._desk.transaction() as db:
            for record in records:
                db.table(_TABLE).insert(record)

    def _check(self, one: Agreement, sides: Sequence[Side], evidence: Container[str]) -> None:
        framework = self._wave.framework
        if any(one.topic not in side.ratings for side in sides):
            raise InputError(
                "IMF-T455", "Topic '{topic}' is not asked in this wave.", topic=one.topic
            )
        if isinstance(one.rating, int) and not 0 <= one.rating <= framework.max_level:
            raise InputError(
                "IMF-T456", "A level goes from 0 to {highest}.", highest=framework.max_level
            )
        if one.rating == "blank":
            raise InputError("IMF-T458", "Agree on a level, on 'not applicable' or 'don't know'.")
        if one.note.strip():
            return
        if one.rating == "na" and all(side.ratings[one.topic] != "na" for side in sides):
            raise InputError("IMF-T453", "Say why this is not applicable.")
        needed = isinstance(one.rating, int) and one.rating >= framework.aggregation.evidence_from
        if needed and one.topic not in evidence:
            raise InputError(
                "IMF-T454",
                "From level {level} on evidence is needed, and nobody named any: write what shows "
                "it.",
                level=framework.aggregation.evidence_from,
            )


def agreed_ratings(
    agreed: Mapping[str, Agreed], given: Mapping[Rater, Mapping[str, Rating]]
) -> dict[str, Rating]:
    """The ratings that an agreement on every topic gives.

    Evidence and reason are the note, else what the first of those who agreed wrote beside the
    same rating.
    """
    found: dict[str, Rating] = {}
    for topic, one in agreed.items():
        alike = [
            rating
            for rater in one.by
            if (rating := given.get(rater, {}).get(topic)) is not None
            and said(rating) == one.rating
        ]
        if isinstance(one.rating, int):
            evidence = next((rating.evidence for rating in alike if rating.evidence), "")
            found[topic] = Rating("answered", one.rating, evidence=one.note or evidence)
        else:
            reason = next((rating.reason for rating in alike if rating.reason), "")
            found[topic] = Rating(one.rating, reason=one.note or reason)
    return found
