"""A closed and unsealed wave with 30 invented responses and two raters."""

from __future__ import annotations

import datetime
import random
import shutil
from pathlib import Path

from keyholders import SECRETS, close_and_unseal, give_keys
from zone import CLOSED, IDENTITY, OPENED, SAMPLES

from imfsurvey.analysis.microdata import Microdata
from imfsurvey.exchange.data.tables import Subject
from imfsurvey.i18n.catalogue import translator
from imfsurvey.interview import Interview
from imfsurvey.interview.simulate import simulated
from imfsurvey.store.batches import Batches
from imfsurvey.study.assessment import Assessment
from imfsurvey.study.boxes import Submission, submit
from imfsurvey.study.folder import Study
from imfsurvey.study.life import open_wave
from imfsurvey.study.unsealing import microdata_of
from imfsurvey.study.wave import Wave

KINDS = Path(__file__).parent / "faces" / "tui" / "kinds.yaml"
RESPONSES = 30
EVIDENCE = '=HYPERLINK("http://x.example";"open")'
"""What the mandatary wrote as evidence: a formula, to a spreadsheet."""


def make_study(folder: Path, *questionnaires: str, second: str = "") -> tuple[Study, Wave]:
    """A study with an open wave of these questionnaires: "anonymous.yaml", "kinds.yaml".

    `second`: name of another survey, with the questions of the anonymous one.
    """
    study = Study.create(folder, IDENTITY)
    (folder / "questionnaires").mkdir()
    for path in (SAMPLES / "imf.framework.yaml", SAMPLES / "anonymous.yaml", KINDS):
        shutil.copy(path, folder / "questionnaires")
    if second:
        survey = (SAMPLES / "anonymous.yaml").read_text("utf-8")
        own = survey.replace("id: sample.anonymous", "id: sample.second")
        (folder / "questionnaires" / second).write_text(own, "utf-8")
    give_keys(folder)
    named = (*questionnaires, *filter(None, [second]))
    draft = study.new_wave("zero", 2026, questionnaires=named)
    return study, open_wave(study, draft, OPENED)


def answer(wave: Wave, count: int = RESPONSES, seed: int = 1, name: str = "anonymous") -> None:
    """So many invented people answer a survey."""
    survey = wave.questionnaire(name)
    rng = random.Random(seed)
    for _ in range(count):
        interview = Interview(survey, wave.framework, "fr", groups=wave.groups, today=OPENED)
        simulated(interview, rng)
        submit(wave, survey, Submission(), interview.response())


def rate_kinds(wave: Wave) -> None:
    """The mandatary and the officer answer every kind of item in their own name."""
    questionnaire = wave.questionnaire("kinds")
    raters = ("mandatary", "officer")
    for seed, rater in enumerate(raters, start=3):
        interview = Interview(questionnaire, wave.framework, "fr", today=OPENED)
        simulated(interview, random.Random(seed))
        if rater == "mandatary":
            interview.record("sa_code", "answered", 3)
            interview.note("sa_code", "evidence", EVIDENCE)
            interview.record("remark", "answered", "Ligne 1\nR&D <b> 🙂 مرحبا")
        Assessment(wave).save(questionnaire, rater, interview, finished=rater == "mandatary")


def make_collected(folder: Path) -> tuple[Study, Wave]:
    """All of it, the figures computed."""
    study, wave = make_study(folder, "anonymous.yaml", "kinds.yaml")
    answer(wave)
    rate_kinds(wave)
    close_and_unseal(study, wave, CLOSED)
    return study, study.wave(wave.id)


def unsealed(wave: Wave) -> Microdata:
    """What a key holder finds in the box of the survey."""
    seal = wave.seal
    batches = Batches([SECRETS["officer"]], seal.opening, seal.public_keys)
    return microdata_of(wave, wave.questionnaire("anonymous"), batches)


def subject_of(wave: Wave, name: str, language: str = "nl") -> Subject:
    """One questionnaire of it, to be described."""
    return Subject(
        wave, wave.questionnaire(name), wave.groups, "Zone d'essai", translator(language)
    )


TODAY = datetime.date(2026, 4, 1)
