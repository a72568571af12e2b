"""A respondent is asked for the ticket, on the screens."""

from __future__ import annotations

from stage import picture, running

from imfsurvey.faces.tui.interview import InterviewScreen
from imfsurvey.faces.tui.respondents import HandOverScreen
from imfsurvey.faces.tui.ticket import TicketDialog
from imfsurvey.faces.turns import SurveyTurns
from imfsurvey.study.codes import drawn
from imfsurvey.study.tickets import TICKETS_FILE, TicketBook
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
        assert "!" in "".join(picture(pilot))
        assert isinstance(pilot.app.screen, TicketDialog)
        await pilot.press("home", "ctrl+k", *code.lower(), "enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, InterviewScreen)
    assert TicketBook(wave.folder / TICKETS_FILE).counts().used == 0


async def test_guessing_makes_wait_and_leaving_is_possible(wave: Wave) -> None:
    """After the third unknown code Enter does nothing until the pause is over; Esc goes back."""
    TicketBook(wave.folder / TICKETS_FILE, cost=16).issue(1)
    survey = wave.questionnaire("survey")
    async with running(lambda: HandOverScreen(SurveyTurns(wave, survey)), (80, 24), "en") as pilot:
        await pilot.press("enter", "1", "enter")
        for _ in range(3):
            await pilot.press("home", "ctrl+k", *drawn(), "enter")
            await pilot.pause()
        dialog = pilot.app.screen
        assert isinstance(dialog, TicketDialog)
        assert dialog.waiting
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, HandOverScreen)


async def test_a_wave_without_tickets_asks_for_none(wave: Wave) -> None:
    """As before."""
    survey = wave.questionnaire("survey")
    async with running(lambda: HandOverScreen(SurveyTurns(wave, survey)), (80, 24), "en") as pilot:
        await pilot.press("enter", "1", "enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, InterviewScreen)
