"""A study of 52 people on the sample questionnaires, and ways to fill its zero wave."""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from keyholders import give_keys

from imfsurvey.interview import Answer, Interview
from imfsurvey.study.assessment import Assessment
from imfsurvey.study.boxes import Submission, submit
from imfsurvey.study.folder import Study
from imfsurvey.study.kinds import Rater
from imfsurvey.study.wave import Wave

SAMPLES = Path(__file__).parent / "samples"
QUESTIONNAIRES = ("assessment.yaml", "survey.yaml")
OPENED, CLOSED = datetime.date(2026, 3, 2), datetime.date(2026, 3, 27)
IDENTITY: Mapping[str, Any] = {
    "imfsurvey": 1,
    "entity": {"name": "Zone d'essai", "languages": ["fr", "nl"]},
    "mandatary": {"name": "M"},
    "officer": {"name": "O"},
    "groups": [
        {"id": "ops", "label": {"fr": "Opérationnel", "nl": "Operationeel"}, "headcount": 40},
        {"id": "08", "label": {"fr": "CALog", "nl": "CALog"}, "headcount": 12},
    ],
}


def make_zone(folder: Path) -> Study:
    """A study whose own questionnaires are the samples."""
    study = Study.create(folder, IDENTITY)
    shutil.copytree(SAMPLES, folder / "questionnaires")
    give_keys(folder)
    return study


def rate(
    wave: Wave,
    levels: Mapping[str, Any],
    rater: Rater = "mandatary",
    finished: bool = True,
    evidence: str = "Note",
) -> Interview:
    """Store a self-assessment: by item, a level (with a note of evidence) or a status."""
    questionnaire = wave.questionnaire("assessment")
    interview = Interview(questionnaire, wave.framework, "fr", groups=wave.groups)
    for item, said in levels.items():
        if isinstance(said, int):
            interview.record(item, "answered", said)
            interview.note(item, "evidence", evidence)
        else:
            interview.record(item, said)
            interview.note(item, "reason", "Sans objet")
    Assessment(wave).save(questionnaire, rater, interview, finished=finished)
    return interview


def respond(wave: Wave, n: int, **values: int | str) -> None:
    """Store `n` equal responses to the survey."""
    answers = {item: Answer("answered", value) for item, value in values.items()}
    for _ in range(n):
        submit(wave, wave.questionnaire("survey"), Submission(), answers)
