"""A study whose open wave asks, besides much else, for words of one's own."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from keyholders import give_keys
from zone import IDENTITY, OPENED, SAMPLES

from imfsurvey.interview import Interview
from imfsurvey.study.boxes import Submission, submit
from imfsurvey.study.folder import Study
from imfsurvey.study.life import open_wave
from imfsurvey.study.wave import Wave


def make_asking(folder: Path, identity: Mapping[str, Any] = IDENTITY) -> tuple[Study, Wave]:
    """For 52 people, or others; `wish` is a text of at most 400 signs."""
    study = Study.create(folder, identity)
    (study.folder / "questionnaires").mkdir()
    for name in ("imf.framework.yaml", "anonymous.yaml"):
        shutil.copy(SAMPLES / name, study.folder / "questionnaires")
    give_keys(study.folder)
    draft = study.new_wave("zero", 2026, questionnaires=["anonymous.yaml"])
    return study, open_wave(study, draft, OPENED)


def copied(wave: Wave, folder: Path) -> Wave:
    """The wave on another computer."""
    shutil.copytree(wave.folder, folder)
    return Wave(folder, wave.folder.parents[1] / "questionnaires")


def write(wave: Wave, **texts: str) -> Submission:
    """One respondent, who says nothing but texts: `item` or `item__comment`."""
    (survey,) = wave.questionnaires.values()
    interview = Interview(survey, wave.framework, "fr", groups=wave.groups)
    for name, text in texts.items():
        item, _, field = name.partition("__")
        if field:
            interview.note(item, "comment", text)
        else:
            interview.record(item, "answered", text)
    submission = Submission()
    submit(wave, survey, submission, interview.response())
    return submission
