"""The figures of a vote as the room sees them."""

from __future__ import annotations

from pathlib import Path

from room import DAY, ITEMS, ROUND, SHIPPED, make_session, make_team_study, vote

from imfsurvey.questionnaire.shipped import shipped
from imfsurvey.study.life import open_wave
from imfsurvey.study.sessions.room import Room


def test_the_mean_of_a_reversed_statement_is_that_of_what_was_said(tmp_path: Path) -> None:
    """By hand: 8 x 1, 9 x 2, 1 x 3, 2 x 4 is 37, of twenty 1.85. Worked out as 6 - 4.15 it would
    be a hair less, and be printed as 1.8."""
    study, _ = make_team_study(tmp_path / "zone")
    text = shipped(SHIPPED).read_text("utf-8")
    head = f"      - id: {ITEMS[0]}\n        type: likert\n"
    assert text.count(head) == 1
    own = study.folder / "questionnaires" / "reversed.yaml"
    own.parent.mkdir(exist_ok=True)
    own.write_text(text.replace(head, f"{head}        reverse: true\n"), "utf-8")
    wave = open_wave(study, study.new_wave("annual", 2027, questionnaires=[own.name]), DAY)
    session = make_session(wave, expected=20)
    room = Room(session)
    room.open_round(ROUND)
    for code in [1] * 8 + [2] * 9 + [3] + [4] * 2:
        vote(session, code)
    shown = room.close_round(ROUND).items[0]
    assert shown.counts == (8, 9, 1, 2, 0)
    assert shown.mean == 1.85
