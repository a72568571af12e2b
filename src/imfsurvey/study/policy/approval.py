"""When and by whom the policy was approved: written into study.yaml, whose gate reads it."""

from __future__ import annotations

import datetime
from typing import Final, Literal

from imfsurvey.i18n.errors import InputError
from imfsurvey.source.document import parse, read
from imfsurvey.source.model import validated
from imfsurvey.source.settings import with_block
from imfsurvey.study.files import write_text
from imfsurvey.study.folder import Study
from imfsurvey.study.identity import StudyFile
from imfsurvey.study.place import STUDY_FILE
from imfsurvey.study.policy.text import PolicyText

State = Literal["none", "draft", "approved", "elsewhere", "changed"]
"""Nothing written; written, not approved; approved as it stands; approved without a text here;
changed since it was approved."""

LONGEST_NAME: Final = 200


def approve(text: PolicyText, on: datetime.date, by: str, today: datetime.date) -> None:
    """Say that the policy as it stands was approved, and keep it as a version.

    Only `policy` of study.yaml changes, whatever else stands in the file. Raises `InputError`
    T423 for a day that has not come, T424 without a name, T425 when the file cannot be changed
    without changing something else.
    """
    require_day(on, today)
    name = require_name(by)
    interview = text.interview("fr", today)
    text.approved(interview, on, name, lambda day, who: _write(text.study, day, who))


def require_day(on: datetime.date | None, today: datetime.date) -> datetime.date:
    """The day itself. Raises `InputError` T423 unless it is one that has come."""
    if on is None or on > today:
        raise InputError(
            "IMF-T423", "Give the day on which the policy was approved: today or before."
        )
    return on


def require_name(by: str) -> str:
    """The name itself. Raises `InputError` T424 for none, and for one that is too long."""
    name = " ".join(by.split())
    if not 0 < len(name) <= LONGEST_NAME:
        raise InputError(
            "IMF-T424",
            "Say who approved the policy, such as the police council, in {limit} characters at "
            "most.",
            limit=LONGEST_NAME,
        )
    return name


def state_of(text: PolicyText) -> State:
    """How the written policy and its approval stand to each other."""
    approved_on = text.study.file.policy.approved_on
    approved = [one for one in text.versions if one.why == "approved"]
    if approved_on is None:
        return "draft" if text.answers else "none"
    if not approved or approved[-1].approved_on != approved_on or not approved[-1].answers:
        return "elsewhere"
    return "approved" if approved[-1].answers == text.answers else "changed"


def _write(study: Study, on: datetime.date, by: str) -> None:
    """Into study.yaml, read afresh: somebody may have changed it since."""
    path = study.folder / STUDY_FILE
    made = with_block(read(path), "policy", {"approved_on": on.isoformat(), "approved_by": by})
    file = validated(StudyFile, parse(made, STUDY_FILE))
    write_text(path, made)
    study.file = file
