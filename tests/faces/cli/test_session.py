"""`imfsurvey session --unseal`, and sessions that are open when a wave closes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from commandline import Cli
from room import ROUND, make_session, make_team_study, vote

from imfsurvey.study.folder import Study
from imfsurvey.study.sessions.room import Room
from imfsurvey.study.sessions.session import Session

WAVE, NAME = "2026-zero", "team-a"
SIX = (2, 2, 3, 4, 4, 5)


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Session:
    """A session in the current folder; six have voted, and the console is gone."""
    study, wave = make_team_study(tmp_path / "zone")
    made = make_session(wave)
    Room(made).open_round(ROUND)
    for code in SIX:
        vote(made, code)
    monkeypatch.chdir(study.folder)
    return made


def state() -> str:
    """Of the wave in the current folder."""
    return Study(Path.cwd()).wave(WAVE).file.status


def test_closing_names_open_sessions_before_it_is_final(cli: Cli, session: Session) -> None:
    """--yes alone is not enough; the refusal names the session, its round and the option."""
    refused = cli("wave", "close", WAVE, "--yes")
    assert refused.code == 3
    assert "Team session still open: team-a: Équipe A · 12 people expected" in refused.err
    title = session.section(ROUND).title.say("en")
    assert f"Round '{title}' is open, 6 have voted: it would get no result." in refused.err
    assert "IMF-T320" in refused.err and "--end-sessions" in refused.err
    assert state() == "open"
    assert "open: 6 of 12 voted" in cli("session", WAVE, NAME, "--show").out
    assert cli("wave", "close", WAVE, "--yes", "--end-sessions").code == 0
    assert state() == "closed"
    assert session.refresh().status == "closed"


def test_a_key_holder_unseals_what_the_console_lost(cli: Cli, session: Session) -> None:
    """The words of the record come first; then the distribution is printed, and kept."""
    assert cli("wave", "close", WAVE, "--yes", "--end-sessions").code == 0
    key = Path("keys/dpo.age").resolve()
    ran = cli("session", WAVE, NAME, "--unseal", "--key-file", key, "--yes")
    assert ran.code == 0, ran.err
    assert "6 votes cast. Fingerprint:" in ran.err
    assert "is there now" in ran.err
    assert "A key holder made this result after the session" in ran.out
    again = cli("session", WAVE, NAME)
    assert again.out == ran.out
    vote_kept = json.loads(cli("session", WAVE, NAME, "--json").out)["rounds"][0]["votes"][0]
    # Counted by hand: 2 2 3 4 4 5.
    assert vote_kept["items"][0]["counts"] == [0, 2, 1, 2, 1]
    refused = cli("session", WAVE, NAME, "--unseal", "--key-file", key, "--yes")
    assert refused.code == 3 and "IMF-T322" in refused.err


def test_a_box_that_was_changed_is_told_beside_its_result(cli: Cli, session: Session) -> None:
    """A seventh vote is there when the session ends and gone afterwards: it takes a word more to
    unseal the six, and whoever reads the result is told."""
    before = {path: path.read_bytes() for path in session.folder.rglob("seg-*.json")}
    assert before
    vote(session, 5)
    assert cli("wave", "close", WAVE, "--yes", "--end-sessions").code == 0
    for path, content in before.items():
        path.write_bytes(content)
    unsealing = ("session", WAVE, NAME, "--unseal", "--yes", "--key-file", "keys/dpo.age")
    refused = cli(*unsealing)
    assert (refused.code, refused.out, "IMF-T177" in refused.err) == (3, "", True), refused.err
    ran = cli(*unsealing, "--despite-differences")
    assert "The box was not what the closing record says" in ran.out, ran.err


def test_of_four_votes_nothing_is_printed(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither on the terminal nor for programs, but that it was too few and for whom they are."""
    study, wave = make_team_study(tmp_path / "few")
    made = make_session(wave)
    room = Room(made)
    room.open_round(ROUND)
    for code in (1, 1, 2, 5):
        vote(made, code)
    room.close_round(ROUND)
    monkeypatch.chdir(study.folder)
    ran = cli("session", WAVE, NAME, "--show")
    assert ran.code == 0 and "Fewer than 5 have voted: nothing was unsealed" in ran.out
    assert "█" not in ran.out and "Mean" not in ran.out
    (kept,) = json.loads(cli("session", WAVE, NAME, "--json").out)["rounds"][0]["votes"]
    assert (kept["outcome"], kept.get("items", [])) == ("too_few", [])


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (("--expected", "30"), "IMF-F493"),
        (("--title", "Équipe B"), "IMF-F493"),
        (("--yes",), "IMF-F493"),
        (("--new", "--show"), "IMF-F494"),
        (("--new", "--unseal"), "IMF-F494"),
    ],
)
def test_no_option_is_passed_over(
    cli: Cli, session: Session, given: tuple[str, ...], code: str
) -> None:
    """Who wants another title, or more people, is not shown the session as if it had them."""
    ran = cli("session", WAVE, NAME, *given)
    assert (ran.code, ran.out, code in ran.err) == (2, "", True), ran.err
    assert session.refresh().title == "Équipe A"


@pytest.mark.parametrize("command", [("answer",), ("answer", "--plain"), ("serve",), ("kiosk",)])
def test_a_session_has_its_own_questionnaire(
    cli: Cli, session: Session, command: tuple[str, ...]
) -> None:
    """One that is named beside it would not be what is voted on."""
    ran = cli(*command, WAVE, "team-session", "--session", NAME)
    assert (ran.code, ran.out, "IMF-F300" in ran.err) == (2, "", True), ran.err


def test_unsealing_asks_and_needs_a_name(cli: Cli, session: Session) -> None:
    """Without a yes nothing is unsealed; without a name there is nothing to unseal."""
    assert cli("wave", "close", WAVE, "--yes", "--end-sessions").code == 0
    ran = cli("session", WAVE, NAME, "--unseal", "--key-file", Path("keys/dpo.age").resolve())
    assert ran.code == 3 and "Compare these words" not in ran.out
    assert session.refresh().round(ROUND).votes[0].items == ()
    assert "IMF-F193" in cli("session", WAVE, "--unseal").err
