"""Where a study lies and what it brings of its own, told without reading it."""

from __future__ import annotations

from pathlib import Path

from imfsurvey.questionnaire.shipped import shipped
from imfsurvey.store.disk import explained

STUDY_FILE = "study.yaml"
QUESTIONNAIRES = "questionnaires"
"""Where the study's own questionnaires lie; they go before the shipped ones."""


def folder_around(start: Path) -> Path | None:
    """The study folder that a folder lies in, looked for upwards; None when there is none."""
    for folder in (start, *start.parents):
        with explained(folder):
            there = (folder / STUDY_FILE).is_file()
        if there:
            return folder
    return None


def source_of(folder: Path, name: str) -> Path:
    """Where a questionnaire or the framework comes from: the study's own, else shipped."""
    local = folder / QUESTIONNAIRES / name
    return local if local.is_file() else shipped(name)
