"""Screens that are drawn once: how many pictures reach the terminal, and whether they suffice."""

from __future__ import annotations

from typing import Any

import pyte
import pytest
from stage import picture, running, until
from textual._compositor import CompositorUpdate
from textual.screen import Screen

from imfsurvey.faces.named_sitting import NamedSitting
from imfsurvey.faces.tui.app import SurveyApp
from imfsurvey.faces.tui.interview import InterviewScreen
from imfsurvey.faces.tui.respondents import HandOverScreen
from imfsurvey.faces.turns import SurveyTurns
from imfsurvey.study.wave import Wave

SIZE = (80, 24)
WALK = [
    "1",
    "enter",
    "c",
    "a",
    "b",
    "f1",
    "escape",
    "enter",
    "f2",
    "down",
    "enter",
    "pagedown",
    "2",
    "f3",
    "f1",
    "escape",
    "home",
    "enter",
    "end",
    "escape",
    "c",
    "enter",
    "left",
    "f9",
    "f1",
    "escape",
    "f9",
    "pagedown",
    "pagedown",
    "f3",
    "escape",
]
"""Windows and screens over the interview, its language and its look changed."""


class Terminal:
    """What was sent to the terminal, shown by another program than ours."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.pictures = 0
        self._screen = pyte.Screen(*SIZE)
        self._stream = pyte.Stream(self._screen)
        display = SurveyApp._display

        def shown(app: SurveyApp, screen: Screen[object], update: Any) -> None:
            if isinstance(update, CompositorUpdate) and not app._batch_count:
                self.pictures += 1
                self._stream.feed(update.render_segments(app.console))
            display(app, screen, update)

        monkeypatch.setattr(SurveyApp, "_display", shown)

    @property
    def lines(self) -> list[str]:
        """What stands there, without blanks at the ends."""
        return [line.rstrip() for line in self._screen.display]


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Beside the screens that run in memory."""
    return Terminal(monkeypatch)


@pytest.mark.parametrize("key", ["f2", "f3", "c"])
async def test_what_opens_is_drawn_once(wave: Wave, terminal: Terminal, key: str) -> None:
    """Languages, the overview and a comment: a window or a screen is one picture."""
    sitting = NamedSitting(wave, wave.questionnaire("assessment"), "mandatary", "fr")
    async with running(lambda: InterviewScreen(sitting), SIZE) as pilot:
        await pilot.press("1")
        await pilot.pause(0.2)
        page = pilot.app.screen
        terminal.pictures = 0
        await pilot.press(key)
        await until(pilot, lambda: terminal.pictures > 0)
        await pilot.pause(0.2)
        assert pilot.app.screen is not page
        assert terminal.pictures == 1


async def test_the_terminal_shows_what_a_whole_picture_would(
    wave: Wave, terminal: Terminal
) -> None:
    """Only what has changed is sent: after each key nothing of it is missing, nothing is left."""
    turns = SurveyTurns(wave, wave.questionnaire("survey"))
    seen: set[str] = set()
    async with running(lambda: HandOverScreen(turns), SIZE) as pilot:
        await pilot.press("enter", "enter")
        for key in WALK:
            await pilot.press(key)
            await pilot.pause(0.05)
            await until(pilot, lambda: terminal.lines == picture(pilot))
            seen.add(type(pilot.app.screen).__name__)
    assert seen > {"InterviewScreen", "HelpDialog", "LanguageDialog", "ReviewScreen", "Question"}
