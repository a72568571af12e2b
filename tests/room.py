"""A wave with a team session, and people who vote in it."""

from __future__ import annotations

import datetime
from pathlib import Path

from keyholders import SECRETS, give_keys

from imfsurvey.interview.answers import Answer
from imfsurvey.store.seal import Opening, Unsealer
from imfsurvey.study.folder import Study
from imfsurvey.study.life import open_wave
from imfsurvey.study.sessions.ballot import Ballot
from imfsurvey.study.sessions.box import VoteBox, holders_part
from imfsurvey.study.sessions.session import Session, new_session, sessions_of
from imfsurvey.study.wave import Wave

DAY = datetime.date(2026, 11, 2)
SHIPPED = "team-session.yaml"
ROUND = "round_clarity"
ITEMS = (
    "ts_internal_integrity_notes",
    "ts_information_protection",
    "ts_behavioural_policy",
    "ts_resources_working_time",
)
"""Of the first round of the shipped questionnaire."""


def make_team_study(folder: Path, opening: Opening = "any_of") -> tuple[Study, Wave]:
    """A study with two key holders, its wave open with the shipped questionnaire for teams."""
    study = Study.create(
        folder,
        {
            "imfsurvey": 1,
            "entity": {"name": "Zone 5399 Valombre", "languages": ["fr", "nl"]},
            "mandatary": {"name": "Anne Dubois"},
            "officer": {"name": "Jan Peeters"},
            "groups": [{"id": "ops", "label": {"fr": "Ops", "nl": "Ops"}, "headcount": 40}],
        },
    )
    give_keys(folder)
    wave = study.new_wave("zero", 2026, questionnaires=[SHIPPED])
    return study, open_wave(study, wave, DAY, opening=opening)


def make_session(wave: Wave, name: str = "team-a", expected: int = 12) -> Session:
    """A session of some people."""
    return new_session(
        wave,
        name,
        expected=expected,
        title="Équipe A",
        place="Salle 2",
        facilitator="Camille Exemple",
    )


def session_in(study: Study) -> Session:
    """The first session of the first wave of a study."""
    return sessions_of(study.waves[0])[0]


def vote(session: Session, *codes: int | None, items: tuple[str, ...] = ITEMS) -> None:
    """One person votes: a code for each item, None leaves it blank."""
    answers = {
        item: Answer("answered", code)
        for item, code in zip(items, codes, strict=False)
        if code is not None
    }
    Ballot(session).cast(answers)


def stored(session: Session, round_id: str = ROUND, number: int = 1) -> list[bytes]:
    """What a key holder finds of a vote, in no order: a byte for each statement."""
    box = VoteBox(session, round_id, number)
    seal = session.wave.seal
    unsealer = Unsealer([SECRETS["officer"]], seal.opening, seal.public_keys)
    with box.store() as store:
        found = [box.box.record_in(unsealer.unseal(holders_part(p))) for p in store.payloads()]
    return sorted(box.codec.row(record) for record in found if record is not None)
