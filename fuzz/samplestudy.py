"""A small study with a file of every kind in it: one wave closed, one open and in full swing."""

from __future__ import annotations

import datetime
import random
import shutil
from pathlib import Path
from typing import Final

from collected import make_collected
from keyholders import SECRETS
from lockedkeys import LOCKED
from reading import command

from imfsurvey.interview import Interview
from imfsurvey.interview.simulate import simulated
from imfsurvey.questionnaire import Questionnaire
from imfsurvey.study.assessment import Assessment
from imfsurvey.study.boxes import Submission, submit
from imfsurvey.study.drafts import Draft, TicketDraft
from imfsurvey.study.folder import Study
from imfsurvey.study.importing import import_responses
from imfsurvey.study.keying.batch import Batch
from imfsurvey.study.life import open_wave
from imfsurvey.study.sessions.session import new_session
from imfsurvey.study.tickets import TICKETS_FILE, TicketBook
from imfsurvey.study.wave import Wave

CLOSED: Final = "2026-zero"
OPEN: Final = "2027-annual"
"""Assessment, survey, policy, sheets that wait, imports, boxes of others, a session."""
TICKETED: Final = "tickets"
"""With tickets and a draft."""
DAY: Final = datetime.date(2027, 3, 1)
SESSION: Final = "team"
_VOTED: Final = """\
imfsurvey: 1
questionnaire: {id: voted, version: "1", kind: session, framework: sample, title: {fr: Votes},
  languages: [fr], default_language: fr}
privacy: {mode: anonymous}
scales:
  yn: {codes: [{code: 1, text: {fr: Non}}, {code: 2, text: {fr: Oui}}], favourable: [2],
    unfavourable: [1]}
sections:
  - id: first
    title: {fr: Premier}
    items:
      - {id: heard, type: likert, scale: yn, topic: code, text: {fr: Nous sommes écoutés.}}
"""
_SAMPLES = Path(__file__).resolve().parents[1] / "tests" / "samples"


def make_study(folder: Path) -> tuple[Study, str]:
    """The study, and a ticket of it with which answers were put aside."""
    study, _ = make_collected(folder)
    shutil.copy(_SAMPLES / "policy.yaml", folder / "questionnaires" / "policy.yaml")
    (folder / "questionnaires" / "voted.yaml").write_text(_VOTED, "utf-8")
    _plan(folder)
    wave = study.new_wave(
        "annual", 2027, questionnaires=("anonymous.yaml", "kinds.yaml", "voted.yaml")
    )
    wave = open_wave(study, wave, DAY)
    _fill(wave)
    _merge(study, wave)
    name = {"name": TICKETED, "questionnaires": ("anonymous.yaml",)}
    return study, _put_aside(open_wave(study, study.new_wave("annual", 2028, **name), DAY))


def _plan(folder: Path) -> None:
    """Targets, actions, a policy that was approved."""
    where = ("--study", str(folder))
    for words in (
        ("targets", "set", "code", "4", "--why", "Because"),
        ("targets", "set", "rules", "3", "--why", "Enough"),
        ("actions", "new", "--text", "Write it down", "--topic", "code", "--owner", "Robin"),
        ("actions", "new", "--text", "Say it aloud", "--topic", "rules"),
        ("actions", "propose", CLOSED),
        ("actions", "undo"),
        ("policy", "approve", "--on", "2026-05-04", "--by", "Conseil"),
    ):
        said = command(*words, *where)
        assert said.code == 0, (words, said)
    typed = "Une vision\n\n\n\n" * 3
    command("policy", "edit", "--plain", *where, typed=typed.encode())


def _walked(wave: Wave, survey: Questionnaire, seed: int) -> Interview:
    interview = Interview(survey, wave.framework, "fr", groups=wave.groups, today=DAY)
    simulated(interview, random.Random(seed))
    return interview


def _fill(wave: Wave) -> None:
    """Ratings, responses, an import, sheets of paper, a session."""
    survey, rated = wave.questionnaire("anonymous"), wave.questionnaire("kinds")
    Assessment(wave).save(rated, "mandatary", _walked(wave, rated, 3), finished=True)
    answers = [_walked(wave, survey, seed).response() for seed in range(8)]
    for one in answers[:4]:
        submit(wave, survey, Submission(), one)
    import_responses(wave, survey, answers[4:])
    batch = Batch(wave, survey, (SECRETS["officer"], LOCKED["officer"]))
    batch.keep("1", {"category": "1"})
    batch.save()
    new_session(wave, SESSION, expected=12, questionnaire="voted", facilitator="Camille")


def _merge(study: Study, wave: Wave) -> None:
    """Take in the boxes of a copy that was closed elsewhere."""
    other = study.folder.with_name("other")
    shutil.copytree(study.folder, other)
    shutil.rmtree(other / "waves" / wave.id / "keying")
    there = ("--study", str(other))
    for words in (
        ("wave", "close", wave.id, "--yes", "--incomplete", "--end-sessions", *there),
        ("merge", str(other / "waves" / wave.id), "--study", str(study.folder)),
    ):
        said = command(*words)
        assert said.code == 0, (words, said)
    shutil.rmtree(other)


def _put_aside(wave: Wave) -> str:
    """Tickets that are quick to check, one used, and what was put aside with another."""
    book = TicketBook(wave.folder / TICKETS_FILE, cost=16)
    first, second, _ = book.issue(3)
    survey = wave.questionnaire("anonymous")
    said = _walked(wave, survey, 1)
    submit(wave, survey, Submission(), said.response(), ticket=book.check(first))
    said = _walked(wave, survey, 2)
    draft = Draft(said.answers, said.page.item.id, "seed")
    TicketDraft(wave, survey, book.check(second)).keep(draft)
    return second
