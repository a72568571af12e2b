"""A window that is too small: what is asked before leaving is asked there too."""

from __future__ import annotations

from stage import picture, running

from imfsurvey.faces.tui.app import TooSmall
from imfsurvey.faces.tui.dialogs import Question
from imfsurvey.faces.tui.kiosk import KioskApp, Veil
from imfsurvey.faces.tui.respondents import HandOverScreen
from imfsurvey.faces.turns import SurveyTurns
from imfsurvey.study.wave import Wave


async def test_ctrl_c_asks_what_escape_asks(wave: Wave) -> None:
    """A page that is covered is not left without its question, and covered again after "stay"."""
    turns = SurveyTurns(wave, wave.questionnaire("survey"))
    async with running(lambda: HandOverScreen(turns)) as pilot:
        await pilot.press("enter", "enter", "enter", "1")
        await pilot.resize_terminal(60, 20)
        assert isinstance(pilot.app.screen, TooSmall)
        await pilot.press("ctrl+c")
        assert isinstance(pilot.app.screen, Question)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, TooSmall)
        assert pilot.app.is_running
        await pilot.resize_terminal(80, 24)
        assert "(•) 1" in "\n".join(picture(pilot))


async def test_a_window_that_grew_under_the_veil_is_not_covered(wave: Wave) -> None:
    """What covers a small window goes with the cause, also when something lay over both."""
    turns = SurveyTurns(wave, wave.questionnaire("survey"))
    app = KioskApp(turns, turns.begin(), "fr")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter", "1")
        await pilot.resize_terminal(60, 20)
        await pilot.press("f9")
        assert isinstance(app.screen, Veil)
        await pilot.resize_terminal(80, 24)
        await pilot.press("enter")
        await pilot.pause()
        assert "(•) 1" in "\n".join(picture(pilot))


async def test_what_lies_below_a_window_has_the_size_of_the_terminal(wave: Wave) -> None:
    """Also after a time at which neither of them could be shown."""
    turns = SurveyTurns(wave, wave.questionnaire("survey"))
    async with running(lambda: HandOverScreen(turns), size=(120, 40)) as pilot:
        await pilot.press("enter", "enter", "f1")
        for size in ((200, 60), (40, 10), (80, 24), (120, 40)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            if size != (40, 10):
                shown = picture(pilot)
                assert any("Aide" in line and "│" in line for line in shown)
                assert shown[0].endswith("FR") and len(shown[0]) == size[0] - 1  # a blank behind
