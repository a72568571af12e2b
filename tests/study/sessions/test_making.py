"""What a session can be made on: an open wave with a questionnaire that all can vote on."""

from __future__ import annotations

from pathlib import Path

import pytest
from room import DAY, SHIPPED, make_session
from zone import OPENED, QUESTIONNAIRES, make_zone

from imfsurvey.i18n.errors import RefusedError
from imfsurvey.interview.answers import Answer
from imfsurvey.questionnaire.shipped import shipped
from imfsurvey.study.folder import Study
from imfsurvey.study.life import open_wave
from imfsurvey.study.sessions.ballot import Ballot
from imfsurvey.study.sessions.room import Room
from imfsurvey.study.sessions.session import new_session, sessions_of
from imfsurvey.study.wave import Wave


def changed(study: Study, old: str, new: str) -> Wave:
    """A further wave, open, on the shipped questionnaire for teams with something else in it."""
    own = study.folder / "questionnaires"
    own.mkdir()
    text = shipped(SHIPPED).read_text("utf-8")
    assert old in text
    (own / SHIPPED).write_text(text.replace(old, new, 1), "utf-8")
    return open_wave(study, study.new_wave("annual", 2027, questionnaires=[SHIPPED]), DAY)


def test_a_session_needs_an_open_wave_made_for_it(tmp_path: Path) -> None:
    """Not a draft; not one without such a questionnaire, nor the survey of the staff."""
    study = make_zone(tmp_path / "zone")
    draft = study.new_wave("zero", 2026, questionnaires=QUESTIONNAIRES)
    with pytest.raises(RefusedError, match="IMF-T102"):
        new_session(draft, "team-a", expected=5)
    wave = open_wave(study, draft, OPENED)
    with pytest.raises(RefusedError, match=r"IMF-T215.*team-session\.yaml"):
        new_session(wave, "team-a", expected=5)
    with pytest.raises(RefusedError, match=r"IMF-T216.*sample\.survey"):
        new_session(wave, "team-a", expected=5, questionnaire="survey")
    assert sessions_of(wave) == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("reverse: true\n", "reverse: true\n        show_if: answered(ts_needs_risk_analysis)\n"),
        (
            "type: likert\n        scale: agree5\n        topic: needs-risk-analysis\n"
            "        theme: difficult-situations\n",
            "type: yes_no\n        topic: needs-risk-analysis\n",
        ),
    ],
)
def test_everybody_votes_on_the_same_statements(study: Study, old: str, new: str) -> None:
    """A statement for some only would tell by its number who they are; a question without a scale
    has no figures for the room."""
    wave = changed(study, old, new)
    with pytest.raises(RefusedError, match=r"IMF-T217.*'ts_"):
        new_session(wave, "team-b", expected=5)
    assert sessions_of(wave) == ()


def test_four_who_know_are_no_camps(study: Study) -> None:
    """Of six, two do not know: a statement on knowledge counts them in its shares, but the four
    others, at 1 and at 5, are too few for two camps and for a measure of agreement."""
    wave = changed(study, "reverse: true\n", "knowledge: true\n")
    session = make_session(wave)
    room, item = Room(session), "ts_unwritten_norms"
    room.open_round("round_situations")
    for said in (Answer("dk"), Answer("answered", 1), Answer("answered", 5)) * 2:
        Ballot(session).cast({item: said})
    found = {one.item: one for one in room.close_round("round_situations").items}[item]
    assert (found.hidden, found.n, found.counts) == (None, 6, (2, 0, 0, 0, 2))
    assert (found.mean, found.agreement, found.polarised) == (None, None, False)
