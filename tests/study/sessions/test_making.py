"""What a session can be made on: an open wave with a questionnaire that all can vote on."""

from __future__ import annotations

from pathlib import Path

import pytest
from room import DAY, SHIPPED
from zone import OPENED, QUESTIONNAIRES, make_zone

from imfsurvey.i18n.errors import RefusedError
from imfsurvey.questionnaire.shipped import shipped
from imfsurvey.study.folder import Study
from imfsurvey.study.life import open_wave
from imfsurvey.study.sessions.session import new_session, sessions_of


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
    own = study.folder / "questionnaires"
    own.mkdir(exist_ok=True)
    text = shipped(SHIPPED).read_text("utf-8")
    assert old in text
    (own / SHIPPED).write_text(text.replace(old, new, 1), "utf-8")
    wave = open_wave(study, study.new_wave("annual", 2027, questionnaires=[SHIPPED]), DAY)
    with pytest.raises(RefusedError, match=r"IMF-T217.*'ts_"):
        new_session(wave, "team-b", expected=5)
    assert sessions_of(wave) == ()
