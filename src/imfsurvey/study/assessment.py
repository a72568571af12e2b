"""assessment.json: the named responses of a wave, saved at every answer, versions kept."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any

from pydantic import Field, TypeAdapter, ValidationError
from tinydb import Query
from tinydb.table import Document as Record

from imfsurvey.framework import Framework
from imfsurvey.i18n.catalogue import N_
from imfsurvey.i18n.errors import InputError, StorageError
from imfsurvey.interview import Answer, Interview
from imfsurvey.questionnaire import Questionnaire
from imfsurvey.store.desk import Desk
from imfsurvey.store.disk import erase_file, explained, replace_file, temporary
from imfsurvey.store.seal import seal
from imfsurvey.study.answers import ANSWERS, kept
from imfsurvey.study.kinds import Rater
from imfsurvey.study.wave import Wave

ASSESSMENT_FILE = "assessment.json"
SEALED_FILE = "assessment.json.age"
"""The same, sealed to the key holders of the wave when it closed."""

_RESPONSES, _VERSIONS = "responses", "versions"
_DAY: TypeAdapter[datetime.date | None] = TypeAdapter(datetime.date | None)
_VERSION: TypeAdapter[int] = TypeAdapter(Annotated[int, Field(strict=True, ge=0)])


@dataclass(frozen=True)
class Draft:
    """A named response as it stands: what was said, where it was left, whether it is finished."""

    answers: Mapping[str, Answer]
    """What was said, to items that are hidden now as well."""
    counted: Mapping[str, Answer] = field(default_factory=dict)
    """What counts of it, for every item, on the day when it was saved."""
    day: datetime.date | None = None
    at: str | None = None
    """Id of the item that was on screen."""
    finished: bool = False
    version: int = 0
    """How many times it has been finished."""


class Assessment:
    """The named responses of a wave, one for each questionnaire and rater."""

    def __init__(self, wave: Wave) -> None:
        self.wave = wave
        self._desk = Desk(wave.folder / ASSESSMENT_FILE)

    def draft(self, questionnaire: Questionnaire, rater: Rater) -> Draft | None:
        """The stored response, checked against its questionnaire; None when there is none.

        Raises `StorageError` when it holds what the questionnaire does not ask.
        """
        for record in self._desk.read().table(_RESPONSES):
            if record.get("questionnaire") == questionnaire.id and record.get("rater") == rater:
                return self._checked(record, questionnaire, self.wave.framework)
        return None

    def save(
        self,
        questionnaire: Questionnaire,
        rater: Rater,
        interview: Interview,
        *,
        since: Mapping[str, Answer] | None = None,
        finished: bool = False,
    ) -> None:
        """Keep a response durably. Finishing adds a version; raises when the wave is not open.

        `since`: the answers as this program last read or saved them, so that nothing is lost of
        what the rater has said elsewhere meanwhile; without it, the whole response is replaced.
        """
        key = (Query().questionnaire == questionnaire.id) & (Query().rater == rater)
        with self.wave.held("open"), self._desk.transaction() as db:
            found = db.table(_RESPONSES).get(key)
            before = found if isinstance(found, dict) else {}
            version = before.get("version", 0)
            record = {
                "questionnaire": questionnaire.id,
                "form": questionnaire.form_hash,
                "rater": rater,
                "day": interview.today.isoformat() if interview.today else None,
                "at": interview.page.item.id,
                "finished": finished,
                "version": version + 1 if finished else version,
                "answers": kept(interview, since, before.get("answers", {})),
            }
            db.table(_RESPONSES).upsert(record, key)
            if finished:
                db.table(_VERSIONS).insert(record)

    def _checked(
        self, record: Record | dict[str, Any], questionnaire: Questionnaire, framework: Framework
    ) -> Draft:
        try:
            answers = ANSWERS.validate_python(record.get("answers", {}))
            day = _DAY.validate_python(record.get("day"))
            version = _VERSION.validate_python(record.get("version", 0))
            interview = Interview(
                questionnaire,
                framework,
                questionnaire.questionnaire.default_language,
                groups=self.wave.groups,
                answers=answers,
                today=day,
            )
            if record.get("form") != questionnaire.form_hash:
                raise InputError("IMF-T121", "it was given to another version of the questionnaire")
        except (ValidationError, InputError) as fault:
            unreadable = N_("a field of it is not readable")
            reason = fault if isinstance(fault, InputError) else unreadable
            raise StorageError(
                "IMF-T120",
                "'{file}' holds an answer that '{questionnaire}' cannot have ({reason}). Nothing "
                "was changed; restore the file from a copy, or mend that entry.",
                file=str(self.wave.folder / ASSESSMENT_FILE),
                questionnaire=questionnaire.id,
                reason=reason,
            ) from fault
        at = record.get("at")
        return Draft(
            answers,
            interview.response(),
            day,
            at if isinstance(at, str) else None,
            bool(record.get("finished")),
            version,
        )


def seal_assessment(wave: Wave) -> None:
    """Seal the named responses of a wave that is closing: `assessment.json.age`.

    The readable file stays until the wave is closed: see `drop_readable`. Raises `RefusedError`
    when the wave has no keys.
    """
    path = wave.folder / ASSESSMENT_FILE
    with explained(path):
        if path.is_file():
            sealed = seal(path.read_bytes(), wave.seal.public_keys, wave.seal.opening)
            replace_file(path.with_name(SEALED_FILE), sealed)


def drop_sealed(wave: Wave) -> None:
    """Remove what a closing that was broken off has sealed: this one does not seal."""
    path = wave.folder / SEALED_FILE
    with explained(path):
        path.unlink(missing_ok=True)


def drop_readable(closed: Wave) -> None:
    """Overwrite and remove the readable file of a closed wave where it is sealed as well.

    The figures do not need it any more. Harmless when repeated.
    """
    path = closed.folder / ASSESSMENT_FILE
    with explained(path):
        if path.with_name(SEALED_FILE).is_file():
            for one in (path, temporary(path)):  # the second one is a killed program's
                if one.is_file():
                    erase_file(one)
