"""The worked example: a fictitious zone, measured in 2025 and 2026. Same story every time."""

from __future__ import annotations

import datetime
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from imfsurvey.i18n.errors import ImfsurveyError, RefusedError
from imfsurvey.interview import Interview
from imfsurvey.interview.simulate import Climate
from imfsurvey.questionnaire import MaturityItem, Questionnaire
from imfsurvey.store.disk import explained, make_folder
from imfsurvey.store.seal import new_key
from imfsurvey.study import demo_story as story
from imfsurvey.study.assessment import Assessment
from imfsurvey.study.demo_plan import plan_after_annual, plan_after_zero
from imfsurvey.study.files import write_text
from imfsurvey.study.folder import Study
from imfsurvey.study.keys import add_public_key, new_content, rehearse
from imfsurvey.study.kinds import WaveKind
from imfsurvey.study.life import RELEASED_FILE, close_wave, open_wave
from imfsurvey.study.place import STUDY_FILE
from imfsurvey.study.scoring import self_assessments
from imfsurvey.study.simulation import simulate
from imfsurvey.study.unsealing import unseal_wave
from imfsurvey.study.wave import Wave


@dataclass(frozen=True)
class Act:
    """One wave of the story."""

    index: int
    """Which of the two in the tables of the story."""
    kind: WaveKind
    opened: datetime.date
    closed: datetime.date
    responses: int


ACTS: Final = (
    Act(0, "zero", datetime.date(2025, 3, 3), datetime.date(2025, 3, 28), 95),
    Act(1, "annual", datetime.date(2026, 3, 2), datetime.date(2026, 3, 27), 110),
)


def complete_demo(folder: Path) -> Study | None:
    """The worked example that lies in a folder; None when it is not there, or not whole.

    Raises `RefusedError` when something else lies there.
    """
    with explained(folder):
        if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
            return None
    occupied = RefusedError(
        "IMF-T140",
        "'{folder}' holds something else than the worked example: name another folder.",
        folder=str(folder),
    )
    if not (folder / STUDY_FILE).is_file():
        raise occupied
    try:
        study = Study(folder)
        if study.file.entity.name != story.STUDY["entity"]["name"]:
            raise occupied
        wanted = {f"{act.opened.year}-{act.kind}" for act in ACTS}
        whole = {
            wave.id
            for wave in study.waves
            if wave.file.status == "closed" and (wave.folder / RELEASED_FILE).is_file()
        }
    except ImfsurveyError as fault:
        raise occupied from fault
    return study if wanted <= whole else None


def make_demo(folder: Path) -> Study:
    """Make the worked example, unless it is there; one that is not whole is replaced.

    It is made beside the folder and moved there at the end, so that it is whole or not there.
    Raises `RefusedError` when something else lies there, `StorageError` when the disk fails.
    """
    study = complete_demo(folder)
    if study is not None:
        return study
    with explained(folder):
        make_folder(folder.parent)
        with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as workshop:
            made = _made(Path(workshop) / folder.name)
            if folder.exists():
                shutil.rmtree(folder)
            made.folder.rename(folder)
    return Study(folder)


def _made(folder: Path) -> Study:
    study = Study.create(folder, story.STUDY)
    zero, annual = ACTS
    secret = _keys(study, zero.opened)
    _measure(study, zero, secret)
    plan_after_zero(study)
    study = Study(folder)
    _measure(study, annual, secret)
    plan_after_annual(study)
    return study


def _keys(study: Study, day: datetime.date) -> str:
    """Keys of the officer and of a second office, without passphrases: nothing here is real, and
    whoever plays with the example shall be able to unseal. Returns the officer's secret."""
    secrets = []
    for key_id, (holder, office) in story.KEYS.items():
        secret, public = new_key()
        key = add_public_key(study.folder, key_id, new_content(holder, office, "", public, day))
        write_text(key.secret_path, f"{story.KEY_NOTE}\n{secret}\n")
        rehearse(key, secret, "file", day)
        secrets.append(secret)
    return secrets[0]


def _measure(study: Study, act: Act, secret: str) -> None:
    """One wave from its opening to its figures."""
    wave = open_wave(study, study.new_wave(act.kind, act.opened.year), act.opened)
    for questionnaire in self_assessments(wave):
        _assess(wave, questionnaire, act)
    climate = Climate(story.MOODS[act.index], story.THEME_MOODS[act.index])
    simulate(wave, act.responses, seed=act.opened.year, climate=climate)
    close_wave(study, wave, act.closed)
    unseal_wave(wave.like(), [secret])


def _assess(wave: Wave, questionnaire: Questionnaire, act: Act) -> None:
    """The mandatary's answers to one part of the self-assessment, finished."""
    interview = Interview(questionnaire, wave.framework, "fr", groups=wave.groups, today=act.opened)
    for item in questionnaire.asking_items():
        if isinstance(item, MaturityItem):
            _rate(interview, item, story.LEVELS[item.topic][act.index])
    Assessment(wave).save(questionnaire, "mandatary", interview, finished=True)


def _rate(interview: Interview, item: MaturityItem, said: story.Said) -> None:
    if isinstance(said, int):
        interview.record(item.id, "answered", said)
    else:
        interview.record(item.id, said)
    notes: Mapping[str, str] = {
        "evidence": story.EVIDENCE.get(item.topic, ""),
        "reason": story.REASONS.get(item.topic, ""),
    }
    for objection in interview.objections(item):
        if objection.side is not None:
            interview.note(item.id, objection.side, notes[objection.side])
