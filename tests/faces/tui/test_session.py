"""The facilitator's console: rounds by keys, results only after closing, notes saved at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from room import ROUND, make_session, make_team_study, vote
from stage import picture, running

from imfsurvey.faces.tui.respondents import HandOverScreen
from imfsurvey.faces.tui.session import SessionScreen
from imfsurvey.faces.tui.session_end import SessionEnd
from imfsurvey.faces.tui.session_round import RoundScreen
from imfsurvey.faces.voting import SessionTurns
from imfsurvey.study.folder import Study
from imfsurvey.study.sessions.room import Room
from imfsurvey.study.sessions.session import Session


@pytest.fixture
def study(tmp_path: Path) -> Study:
    """A study with an open wave for teams."""
    return make_team_study(tmp_path / "zone")[0]


@pytest.fixture
def session(study: Study) -> Session:
    """A session of twelve."""
    return make_session(study.waves[0])


async def test_a_round_from_opening_to_the_second_vote(study: Study, session: Session) -> None:
    """Nothing of the votes is shown before the round closes; then the spread comes first."""
    room = Room(session)
    async with running(lambda: SessionScreen(study, room), (80, 24), "en") as pilot:
        await pilot.press("o")
        await pilot.pause()
        for code in (1, 1, 1, 1, 2, 2, 3, 4, 5, 5, 5, 5):
            vote(session, code)
        screen = pilot.app.screen
        assert isinstance(screen, SessionScreen)
        screen._read()
        await pilot.pause()
        shown = "\n".join(picture(pilot))
        assert "12 voted" in shown and "0 still need a machine" in shown
        assert "█" not in shown
        await pilot.press("c", "escape")
        assert room.session.file.round(ROUND).state == "open"
        await pilot.press("c", "enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, RoundScreen)
        shown = "\n".join(picture(pilot))
        assert "Two camps" in shown and "█" in shown
        assert "r_wg" not in shown
        await pilot.press("a")
        await pilot.pause()
        assert "r_wg 0.00" in "\n".join(picture(pilot))
        await pilot.press("right")
        await pilot.pause()
        assert "r_wg" not in "\n".join(picture(pilot))
        await pilot.press("escape", "o")
        await pilot.pause()
    assert [one.number for one in session.refresh().round(ROUND).votes] == [1, 2]


async def test_too_few_votes_are_told_and_not_shown(study: Study, session: Session) -> None:
    """Four of twelve: the reason stands there, and no bar."""
    room = Room(session)
    async with running(lambda: SessionScreen(study, room), (80, 24), "en") as pilot:
        await pilot.press("o")
        for code in (1, 2, 3, 4):
            vote(session, code)
        await pilot.press("c", "enter")
        await pilot.pause()
        shown = "\n".join(picture(pilot))
        assert "Fewer than 5 have voted" in shown and "█" not in shown


async def test_notes_are_on_the_disk_when_they_are_kept(study: Study, session: Session) -> None:
    """Conclusion and actions each have their key."""
    room = Room(session)
    async with running(lambda: RoundScreen(room, ROUND), (80, 24), "en") as pilot:
        await pilot.press("n", *"Clear", "enter", "m", *"Ask", "enter")
        await pilot.pause()
        assert "Clear" in "\n".join(picture(pilot))
    kept = session.refresh().round(ROUND)
    assert (kept.conclusion, kept.actions) == ("Clear", "Ask")


async def test_people_come_late_and_leaving_asks(study: Study, session: Session) -> None:
    """+ and - change the number; with a round open Escape asks before the key is gone."""
    room = Room(session)
    async with running(lambda: SessionScreen(study, room), (80, 24), "en") as pilot:
        await pilot.press("plus", "plus", "minus", "o", "escape")
        await pilot.pause()
        assert "Leave while a round is open?" in "\n".join(picture(pilot))
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, SessionScreen)
    assert session.refresh().expected == 13


async def test_the_end_shows_the_record_and_writes_the_page(study: Study, session: Session) -> None:
    """Each box with its words; a PDF to sign lies among the reports."""
    room = Room(session)
    room.open_round(ROUND)
    vote(session, 1)
    room.close_round(ROUND)
    async with running(lambda: SessionScreen(study, room), (80, 24), "en") as pilot:
        await pilot.press("e", "enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, SessionEnd)
        shown = " ".join(" ".join(picture(pilot)).split())
        assert "What is expected of us, vote 1: 1 vote cast" in shown
    (page,) = (study.folder / "reports").glob("*.pdf")
    assert page.name == "2026-zero-team-a-closing-record.en.pdf"
    assert page.read_bytes().startswith(b"%PDF")
    assert session.refresh().status == "closed"


async def test_who_sends_too_late_is_not_told_to_send_again(session: Session) -> None:
    """The round is closed for good: trying again would not help."""
    room = Room(session)
    room.open_round(ROUND)
    turns = SessionTurns(session)
    async with running(lambda: HandOverScreen(turns), (80, 24), "en") as pilot:
        await pilot.press("enter", "enter", "f3")
        room.close_round(ROUND)
        await pilot.press("f")
        await pilot.pause()
        shown = " ".join(" ".join(picture(pilot)).split())
    assert "IMF-T221" in shown and "tell the facilitator" in shown
    assert "again" not in shown


async def test_the_state_of_a_round_is_whole_in_a_narrow_window(
    study: Study, session: Session
) -> None:
    """In Dutch, with a second vote and a note: the longest that there is."""
    room = Room(session)
    for _ in range(2):
        room.open_round(ROUND)
        for _ in range(10):
            vote(session, 1)
        room.close_round(ROUND)
    room.note(ROUND, conclusion="Duidelijk", actions="")
    async with running(lambda: SessionScreen(study, room), (80, 24), "nl") as pilot:
        shown = "\n".join(picture(pilot))
    assert "Wat van ons wordt verwacht    gesloten: 10 stemmen (stemming nr. 2) ✎" in shown


async def test_what_cannot_be_ended_is_said_before_the_question(
    study: Study, session: Session
) -> None:
    """With a round open there is nothing to confirm; what was said goes with the next key."""
    room = Room(session)
    async with running(lambda: SessionScreen(study, room), (80, 24), "en") as pilot:
        await pilot.press("o", "e")
        await pilot.pause()
        assert isinstance(pilot.app.screen, SessionScreen)
        assert "IMF-T226" in "\n".join(picture(pilot))
        await pilot.press("down")
        await pilot.pause()
        assert "IMF-T226" not in "\n".join(picture(pilot))
    assert session.refresh().status == "open"


async def test_where_there_is_no_agreement_its_key_says_so(study: Study, session: Session) -> None:
    """Everybody said the same: no figure, and A is not silent about it."""
    room = Room(session)
    room.open_round(ROUND)
    for _ in range(6):
        vote(session, 4, 4, 4, 4)
    room.close_round(ROUND)
    async with running(lambda: RoundScreen(room, ROUND), (80, 24), "en") as pilot:
        await pilot.press("a")
        await pilot.pause()
        shown = "\n".join(picture(pilot))
        assert "Large majority" in shown and "neither agreement nor mean" in shown
        await pilot.press("right")
        await pilot.pause()
        assert "neither agreement nor mean" not in "\n".join(picture(pilot))


async def test_the_page_to_sign_is_written_in_every_language(
    study: Study, session: Session
) -> None:
    """P writes it once more, in the language that is shown now."""
    room = Room(session)
    room.open_round(ROUND)
    room.close_round(ROUND)
    async with running(lambda: SessionScreen(study, room), (80, 24), "fr") as pilot:
        await pilot.press("e", "enter", "f2", "2", "p")
        await pilot.pause()
        assert "af te drukken en te ondertekenen" in "\n".join(picture(pilot))
    names = {page.name for page in (study.folder / "reports").glob("*.pdf")}
    assert names == {f"2026-zero-team-a-closing-record.{one}.pdf" for one in ("fr", "nl")}


async def test_what_cannot_be_read_does_not_end_the_console(study: Study, session: Session) -> None:
    """It holds the keys of what is open: the fault is said, and the round closes with a result."""
    room, lock = Room(session), session.folder / "sitting.lock"
    async with running(lambda: SessionScreen(study, room), (80, 24), "en") as pilot:
        await pilot.press("o")
        for _ in range(5):
            vote(session, 1, 2, 3, 4)
        lock.unlink()
        lock.mkdir()
        await pilot.press("down", "up")
        await pilot.pause()
        assert "! IMF-S" in "\n".join(picture(pilot))
        lock.rmdir()
        await pilot.press("c", "enter")
        await pilot.pause()
    (voted,) = session.refresh().round(ROUND).votes
    assert (voted.status, voted.outcome, voted.votes) == ("closed", "shown", 5)


async def test_a_turn_that_cannot_begin_is_said(session: Session) -> None:
    """The screen for the next person stays, and says why."""
    room, lock = Room(session), session.folder / "sitting.lock"
    room.open_round(ROUND)
    lock.mkdir()
    turns = SessionTurns(session)
    async with running(lambda: HandOverScreen(turns), (80, 24), "en") as pilot:
        await pilot.press("enter", "enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, HandOverScreen)
        assert "! IMF-S" in "\n".join(picture(pilot))
