"""A respondent is asked for the ticket, on the screens."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from stage import picture, running, until
from textual.pilot import Pilot

from imfsurvey.faces.tui.dialogs import Notice, Question
from imfsurvey.faces.tui.interview import InterviewScreen
from imfsurvey.faces.tui.respondents import HandOverScreen
from imfsurvey.faces.tui.ticket import TicketDialog
from imfsurvey.faces.turns import SurveyTurns
from imfsurvey.i18n.errors import RefusedError
from imfsurvey.study.codes import drawn
from imfsurvey.study.drafts import drafts_in
from imfsurvey.study.tickets import TICKETS_FILE, Ticket, TicketBook
from imfsurvey.study.tries import Tries
from imfsurvey.study.wave import Wave


async def test_a_ticket_opens_the_questions(wave: Wave) -> None:
    """Language, then the ticket; a mistyped one is told, the right one leads to the first page."""
    (code,) = TicketBook(wave.folder / TICKETS_FILE, cost=16).issue(1)
    survey = wave.questionnaire("survey")
    async with running(lambda: HandOverScreen(SurveyTurns(wave, survey)), (80, 24), "en") as pilot:
        await pilot.press("enter", "2", "enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, TicketDialog)
        await pilot.press(*"12345678901", "enter")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        assert "! Er staat een tikfout in deze code" in "\n".join(picture(pilot))
        assert isinstance(pilot.app.screen, TicketDialog)
        await pilot.press("home", "ctrl+k", *code.lower(), "enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, InterviewScreen)
    assert TicketBook(wave.folder / TICKETS_FILE).counts().used == 0


@asynccontextmanager
async def asked(wave: Wave, tries: Tries) -> AsyncIterator[tuple[Pilot[Any], list[Ticket | None]]]:
    """The window of a ticket over the screen between two people, and what comes of it."""
    turns, found = SurveyTurns(wave, wave.questionnaire("survey")), list[Ticket | None]()
    async with running(lambda: HandOverScreen(turns), (80, 24), "en") as pilot:
        await pilot.app.push_screen(TicketDialog(turns.begin(), tries), found.append)
        yield pilot, found


async def test_guessing_makes_wait_until_the_pause_is_over(wave: Wave) -> None:
    """The third unknown code begins a pause of a second; after it a good code is taken."""
    (code,) = TicketBook(wave.folder / TICKETS_FILE, cost=16).issue(1)
    tries = Tries()
    async with asked(wave, tries) as (pilot, found):
        dialog = pilot.app.screen
        assert isinstance(dialog, TicketDialog)
        for guessed in range(1, 4):
            assert tries.pause == 0
            await pilot.press("home", "ctrl+k", *drawn(), "enter")
            await until(pilot, lambda: "! There is no such ticket" in "\n".join(picture(pilot)))
            assert (guessed, tries.pause) in ((1, 0), (2, 0), (3, 1))
        await until(pilot, lambda: not dialog.waiting)
        await pilot.press("home", "ctrl+k", *code, "enter")
        await until(pilot, lambda: found != [])
    assert found[0] is not None
    assert tries.pause == 0


async def test_in_a_pause_no_code_is_taken_and_leaving_is_possible(wave: Wave) -> None:
    """Who comes after somebody who guessed waits too, up to half a minute; Esc goes back."""
    (code,) = TicketBook(wave.folder / TICKETS_FILE, cost=16).issue(1)
    tries = Tries()
    for _ in range(10):
        tries.refused(RefusedError("IMF-T193", "There is no such ticket here."))
    async with asked(wave, tries) as (pilot, found):
        await pilot.press(*code, "enter")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        assert isinstance(pilot.app.screen, TicketDialog)
        assert "Several codes were wrong. Wait for" in " ".join(picture(pilot))
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, HandOverScreen)
    assert found == [None]


async def test_what_is_put_aside_waits_for_its_ticket_and_goes_with_leaving(wave: Wave) -> None:
    """F6 asks, and staying keeps nothing; put aside it is there again, and leaving destroys it."""
    (code,) = TicketBook(wave.folder / TICKETS_FILE, cost=16).issue(1)
    turns = SurveyTurns(wave, wave.questionnaire("survey"))
    async with running(lambda: HandOverScreen(turns), (80, 24), "fr") as pilot:
        await _begun(pilot, code)
        await pilot.press("enter", "2", "f6")
        assert isinstance(pilot.app.screen, Question)
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, InterviewScreen)
        assert drafts_in(wave) == 0
        await pilot.press("f6", "enter")
        assert isinstance(pilot.app.screen, Notice)
        assert drafts_in(wave) == 1
        await pilot.press("enter")
        assert isinstance(pilot.app.screen, HandOverScreen)
        assert "Merci" not in "\n".join(picture(pilot))
        await _begun(pilot, code)
        assert isinstance(pilot.app.screen, Notice)
        await pilot.press("enter")
        assert "(•) 2 CALog" in "\n".join(picture(pilot))
        await pilot.press("escape", "escape")
        assert drafts_in(wave) == 1
        await pilot.press("escape", "enter")
        assert isinstance(pilot.app.screen, HandOverScreen)
    assert drafts_in(wave) == 0
    assert TicketBook(wave.folder / TICKETS_FILE).counts().used == 0


async def _begun(pilot: Pilot[Any], code: str) -> None:
    """In French, from the screen between two people to what the ticket opens."""
    await pilot.press("enter", "1", *code, "enter")
    await until(pilot, lambda: not isinstance(pilot.app.screen, TicketDialog))


async def test_who_has_no_ticket_leaves_no_language_behind(wave: Wave) -> None:
    """The next person is spoken to in the first language again."""
    TicketBook(wave.folder / TICKETS_FILE, cost=16).issue(1)
    survey = wave.questionnaire("survey")
    async with running(lambda: HandOverScreen(SurveyTurns(wave, survey)), (80, 24), "fr") as pilot:
        await pilot.press("enter", "2", "enter")
        assert "Uw ticket" in "\n".join(picture(pilot))
        await pilot.press("escape")
        await pilot.pause()
        assert "Prêt pour la personne suivante." in "\n".join(picture(pilot))


async def test_a_wave_without_tickets_asks_for_none(wave: Wave) -> None:
    """As before."""
    survey = wave.questionnaire("survey")
    async with running(lambda: HandOverScreen(SurveyTurns(wave, survey)), (80, 24), "en") as pilot:
        await pilot.press("enter", "1", "enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, InterviewScreen)
