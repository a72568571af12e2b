"""The text of the policy in study.json: one document, whoever writes it, versions kept."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, Literal

from pydantic import TypeAdapter, ValidationError
from tinydb import TinyDB

from imfsurvey.i18n.catalogue import N_
from imfsurvey.i18n.errors import InputError, StorageError
from imfsurvey.interview import Answer, Interview
from imfsurvey.questionnaire import Questionnaire, questionnaire_from
from imfsurvey.questionnaire.shipped import POLICY
from imfsurvey.source.document import read
from imfsurvey.store.desk import Desk
from imfsurvey.study.answers import ANSWERS, kept, plain
from imfsurvey.study.folder import STUDY_DESK, Study

_TEXT, _VERSIONS = "policy", "policy_versions"

Why = Literal["finished", "approved"]
ApprovalWriter = Callable[[datetime.date, str], None]


@dataclass(frozen=True)
class Version:
    """The text as it stood when it was finished or approved."""

    number: int
    """From 1."""
    day: datetime.date
    why: Why
    answers: Mapping[str, Answer]
    approved_on: datetime.date | None = None
    approved_by: str = ""


_VERSION: Final[TypeAdapter[Version]] = TypeAdapter(Version)


class PolicyText:
    """What is written of the policy of a study. It is on disk when `save` returns."""

    def __init__(self, study: Study) -> None:
        self.study = study
        self._desk = Desk(study.folder / STUDY_DESK)

    @cached_property
    def questionnaire(self) -> Questionnaire:
        """What is asked: the study's own `policy.yaml`, else the shipped one.

        Raises `ProblemsFoundError`, and `InputError` T420 when it is no policy.
        """
        path = self.study.source_of(POLICY)
        found = questionnaire_from(read(path), self.study.framework)
        if found.kind != "policy":
            raise InputError(
                "IMF-T420", "'{file}' is no policy: its 'kind' must be 'policy'.", file=str(path)
            )
        return found

    @property
    def answers(self) -> Mapping[str, Answer]:
        """What is written. Raises `StorageError` T421 when that cannot be read."""
        return self._answers(self._record(self._desk.read()))

    @property
    def versions(self) -> tuple[Version, ...]:
        """Every version that was kept, the first one first. Raises `StorageError` T421."""
        try:
            return tuple(
                _VERSION.validate_python(dict(one)) for one in self._desk.read().table(_VERSIONS)
            )
        except ValidationError as fault:
            raise self._unreadable(N_("a version of it is not readable")) from fault

    def version(self, number: int) -> Version:
        """One of them. Raises `InputError` T422 when there is none of that number."""
        found = self.versions
        if not 1 <= number <= len(found):
            raise InputError(
                "IMF-T422",
                "There is no version {number} of the policy; {count} are kept.",
                number=number,
                count=len(found),
            )
        return found[number - 1]

    def interview(
        self,
        language: str,
        today: datetime.date,
        answers: Mapping[str, Answer] | None = None,
    ) -> Interview:
        """A walk through the text, or through other `answers` of it, where it was left.

        Raises `StorageError` T421 when what is stored does not fit what is asked.
        """
        record = self._record(self._desk.read())
        try:
            return Interview(
                self.questionnaire,
                self.study.framework,
                language,
                groups=tuple(self.study.groups),
                answers=self._answers(record) if answers is None else answers,
                at=record.get("at"),
                today=today,
            )
        except InputError as fault:
            raise self._unreadable(fault) from fault

    def save(
        self,
        interview: Interview,
        *,
        since: Mapping[str, Answer] | None = None,
        version: bool = False,
    ) -> None:
        """Keep what is written; `version`: as one more version, unless nothing has changed.

        `since`: the answers as this writer last read or saved them, so that nothing is lost of
        what somebody else has written meanwhile; without it, all of the text is replaced.
        """
        with self._desk.transaction() as db:
            answers = kept(interview, since, self._record(db).get("answers", {}))
            self._write(db, interview, answers)
            if version:
                self._add_version(db, interview.today, answers, "finished")

    def approved(
        self, interview: Interview, on: datetime.date, by: str, write: ApprovalWriter
    ) -> None:
        """Keep the text as the version that was approved; `write` tells the study of it first."""
        with self._desk.transaction() as db:
            write(on, by)
            self._add_version(db, interview.today, plain(interview.answers), "approved", on, by)

    # --- the file -----------------------------------------------------------------------------

    @staticmethod
    def _record(db: TinyDB) -> Mapping[str, Any]:
        return next(iter(db.table(_TEXT)), {})

    def _answers(self, record: Mapping[str, Any]) -> dict[str, Answer]:
        try:
            return ANSWERS.validate_python(record.get("answers", {}))
        except ValidationError as fault:
            raise self._unreadable(N_("a field of it is not readable")) from fault

    def _write(self, db: TinyDB, interview: Interview, answers: Mapping[str, Any]) -> None:
        db.table(_TEXT).truncate()
        db.table(_TEXT).insert(
            {
                "questionnaire": interview.questionnaire.id,
                "form": interview.questionnaire.form_hash,
                "at": interview.page.item.id,
                "answers": answers,
            }
        )

    def _add_version(
        self,
        db: TinyDB,
        day: datetime.date | None,
        answers: Mapping[str, Any],
        why: Why,
        on: datetime.date | None = None,
        by: str = "",
    ) -> None:
        table = db.table(_VERSIONS)
        before = table.all()
        if why == "finished" and before and before[-1]["answers"] == answers:
            return
        table.insert(
            {
                "number": len(before) + 1,
                "day": (day or datetime.date.today()).isoformat(),
                "why": why,
                "answers": answers,
                "approved_on": on.isoformat() if on else None,
                "approved_by": by,
            }
        )

    def _unreadable(self, reason: object) -> StorageError:
        return StorageError(
            "IMF-T421",
            "'{file}' holds a policy that '{questionnaire}' cannot have ({reason}). Nothing was "
            "changed; restore the file from a copy, mend that entry, or put the questionnaire of "
            "then into the folder 'questionnaires' as policy.yaml.",
            file=str(self._desk.path),
            questionnaire=self.questionnaire.id,
            reason=reason,
        )
