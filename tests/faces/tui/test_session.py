"""The facilitator's console: rounds by keys, results only after closing, notes saved at once."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from pypdf import PdfReader
from room import ROUND, make_session, make_team_study, stored, vote
from stage import picture, running, until

from imfsurvey.faces.tui.respondents import HandOverScreen
from imfsurvey.faces.tui.session import SessionScreen
from imfsurvey.faces.tui.session_end import SessionEnd
from imfsurvey.faces.tui.session_round import RoundScreen
from imfsurvey.faces.voting import SessionTurns
from imfsurvey.study.folder import Study
from imfsurvey.study.merging import merge
from imfsurvey.study.sessions.room import Room
from imfsurvey.study.sessions.session import Session, session_of
from imfsurvey.study.sessions.sitting import at_a_machine, sitting_now


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
            vote(session, code, code)
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
        shown = "\n".join(picture(pilot))
        assert "r_wg" not in shown and "statement 2 of 4" in shown
        await pilot.press("a")
        await pilot.pause()
        assert "r_wg 0.00" in "\n".join(picture(pilot))  # it was there to be shown
        await pilot.press("left", "left")
        await pilot.pause()
        assert "statement 4 of 4" in "\n".join(picture(pilot))
        await pilot.press("escape", "o")
        await pilot.pause()
    assert [one.number for one in session.refresh().round(ROUND).votes] == [1, 2]


async def test_a_result_is_shown_vote_by_vote_and_none_while_it_is_open(
    study: Study, session: Session
) -> None:
    """V goes to the vote before, behind the first one to the last; of an open one nothing is said
    but that it has to be closed."""
    room = Room(session)
    for votes in (6, 0, 5):
        room.open_round(ROUND)
        for _ in range(votes):
            vote(session, 4, 4, 4, 4)
        room.close_round(ROUND)
    async with running(lambda: RoundScreen(room, ROUND), (80, 24), "en") as pilot:
        said = []
        for key in ("g", "v", "v", "v"):
            await pilot.press(key)
            said.append(next(line.strip() for line in picture(pilot) if "vote no." in line))
    assert [one.split(" · ")[:2] for one in said] == [
        ["vote no. 3", "5 votes cast"],
        ["vote no. 2", "0 votes cast"],
        ["vote no. 1", "6 votes cast"],
        ["vote no. 3", "5 votes cast"],
    ]
    room.open_round("round_situations")
    vote(session, 1, items=("ts_needs_risk_analysis",))
    async with running(lambda: RoundScreen(room, "round_situations"), (80, 24), "en") as pilot:
        shown = "\n".join(picture(pilot))
    assert "There is no result yet: close the round first." in shown
    assert "cast" not in shown


async def test_votes_that_came_too_late_are_counted_apart(
    study: Study, session: Session, tmp_path: Path
) -> None:
    """Two on another laptop, brought after the round had closed: told, and in no figure."""
    room = Room(session)
    room.open_round(ROUND)
    copy = shutil.copytree(study.folder, tmp_path / "laptop")
    for _ in range(2):
        vote(session_of(Study(copy).waves[0], "team-a"), 1)
    for _ in range(5):
        vote(session, 5)
    room.close_round(ROUND)
    assert sum(taken.new for taken in merge(study, copy)) == 2
    async with running(lambda: RoundScreen(room, ROUND), (80, 24), "en") as pilot:
        shown = " ".join(" ".join(picture(pilot)).split())
    assert "5 votes cast" in shown and "2 came too late, stored but not counted" in shown


async def test_who_has_voted_who_sits_and_who_needs_a_machine(
    study: Study, session: Session
) -> None:
    """Of twelve, three have voted and one sits here: eight are left. What another program changed
    is seen by itself; more votes than people are told, as many as people are not."""
    room = Room(session)
    room.open_round(ROUND)
    for _ in range(3):
        vote(session, 1)
    async with running(lambda: SessionScreen(study, room), (80, 24), "en") as pilot:
        shown = "\n".join(picture(pilot))
        assert "3 voted · 0 answering here · 9 still need a machine" in shown
        with at_a_machine(session):
            await pilot.press("down", "up")
            await pilot.pause()
            shown = "\n".join(picture(pilot))
            assert "3 voted · 1 answering here · 8 still need a machine" in shown
            elsewhere = session_of(session.wave, "team-a")
            Room(elsewhere).expect(3)
            await until(pilot, lambda: "3 people expected" in "\n".join(picture(pilot)))
            shown = "\n".join(picture(pilot))
            assert "3 voted · 1 answering here · 0 still need a machine" in shown
            assert "more votes than people" not in shown
        vote(session, 1)
        await pilot.press("down", "up")
        await pilot.pause()
        assert "! more votes than people" in "\n".join(picture(pilot))


async def test_a_round_whose_key_is_gone_is_said(study: Study, session: Session) -> None:
    """Opened by a program that has ended: it says so, and leaving needs no question."""
    Room(session).open_round(ROUND)
    async with running(lambda: SessionScreen(study, Room(session)), (80, 24), "en") as pilot:
        assert "its key is gone." in " ".join(" ".join(picture(pilot)).split())
        await pilot.press("escape")
        await until(pilot, lambda: not pilot.app.is_running)


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
    """After a question, which staying answers as well: each box with its words; a PDF to sign lies
    among the reports."""
    room = Room(session)
    room.open_round(ROUND)
    vote(session, 1)
    room.close_round(ROUND)
    async with running(lambda: SessionScreen(study, room), (80, 24), "en") as pilot:
        await pilot.press("e")
        inside = [line.partition("│")[2].rpartition("│")[0] for line in picture(pilot)]
        named = " ".join(" ".join(inside).split()).partition("no vote on:")[2]
        for one in session.file.rounds:
            assert (session.section(one.id).title.say("en") in named) is (one.id != ROUND)
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, SessionScreen)
        assert session.refresh().status == "open"
        await pilot.press("e", "enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, SessionEnd)
        shown = " ".join(" ".join(picture(pilot)).split())
        assert "What is expected of us, vote 1: 1 vote cast" in shown
    (page,) = (study.folder / "reports").glob("*.pdf")
    on_paper = " ".join(PdfReader(page).pages[0].extract_text().split())
    spoken, figures = re.findall(r"1 vote cast ((?:[a-z]+ ){8})((?:[0-9a-f]{4} ?){8})", shown)[0]
    assert f"{spoken.strip()} {figures.strip()}" in on_paper
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
        (segment,) = session.folder.rglob("seg-*.json")
        segment.rename(segment.with_suffix(".away"))
        segment.mkdir()
        await pilot.press("c")
        await pilot.pause()
        assert "! IMF-S" in "\n".join(picture(pilot))
        segment.rmdir()
        segment.with_suffix(".away").rename(segment)
        await pilot.press("c", "enter")
        await pilot.pause()
    (voted,) = session.refresh().round(ROUND).votes
    assert (voted.status, voted.outcome, voted.votes) == ("closed", "shown", 5)


async def test_who_is_done_or_has_left_sits_here_no_more(session: Session) -> None:
    """The number for who leads goes up with each person and down again, however they end."""
    Room(session).open_round(ROUND)
    turns = SessionTurns(session)
    async with running(lambda: HandOverScreen(turns), (80, 24), "en") as pilot:
        for ways in (("escape", "enter"), ("f3", "f")):
            await pilot.press("enter", "enter")
            assert sitting_now(session) == 1
            await pilot.press(*ways)
            await pilot.pause()
            assert isinstance(pilot.app.screen, HandOverScreen)
            assert sitting_now(session) == 0
    assert len(stored(session)) == 1


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
