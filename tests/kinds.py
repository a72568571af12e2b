"""A questionnaire with an item of every kind, and someone at one of its pages."""

from __future__ import annotations

import shutil
from pathlib import Path

from stage import TODAY

from imfsurvey.faces.named_sitting import NamedSitting
from imfsurvey.faces.tui.interview import InterviewScreen
from imfsurvey.interview.answers import Answer
from imfsurvey.study.assessment import Assessment
from imfsurvey.study.folder import Study
from imfsurvey.study.life import open_wave

KINDS = Path(__file__).parent / "faces" / "tui" / "kinds.yaml"


def kinds_sitting(study: Study, language: str = "fr") -> NamedSitting:
    """The mandatary at that questionnaire, in an open wave with nothing else."""
    target = study.folder / "questionnaires" / KINDS.name
    if not target.exists():
        shutil.copy(KINDS, target)
    wave = open_wave(study, study.new_wave("annual", 2030, questionnaires=[KINDS.name]), TODAY)
    return NamedSitting(wave, wave.questionnaire("kinds"), "mandatary", language)


def at(sitting: NamedSitting, item: str) -> InterviewScreen:
    """The screen at one of its pages."""
    sitting.interview.go_to(item)
    return InterviewScreen(sitting)


def stored(study: Study, item: str) -> Answer:
    """What is on disk for an item."""
    wave = next(one for one in study.waves if "2030" in one.id)
    draft = Assessment(wave).draft(wave.questionnaire("kinds"), "mandatary")
    return Answer() if draft is None else draft.answers.get(item, Answer())
