"""Pictures of the main screens as plain text, at two sizes.

A difference is read by a person: `UPDATE_GOLDENS=1 python3 dev.py test tests/faces/tui` writes
the pictures anew, and the change of the files is part of the review.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from stage import TODAY, picture, running

from imfsurvey.faces.tui.chrome import Frame
from imfsurvey.faces.tui.home import HomeScreen
from imfsurvey.faces.tui.interview import InterviewScreen
from imfsurvey.faces.tui.respondents import HandOverScreen
from imfsurvey.faces.tui.results import ResultsScreen
from imfsurvey.faces.tui.review import ReviewScreen
from imfsurvey.faces.tui.sitting import AnonymousSitting, NamedSitting
from imfsurvey.faces.tui.wave import WaveScreen
from imfsurvey.study.folder import Study
from imfsurvey.study.life import results
from imfsurvey.study.wave import Wave

GOLDENS = Path(__file__).parent / "goldens"
SCREENS = ("home", "wave", "interview", "survey", "review", "handover", "overview", "topics")


def answered(wave: Wave, language: str) -> NamedSitting:
    """The mandatary after two items."""
    sitting = NamedSitting(wave, wave.questionnaire("assessment"), "mandatary", language)
    sitting.interview.record("sa_code", "answered", 3)
    sitting.interview.note("sa_code", "evidence", "Note 12")
    sitting.interview.record("sa_rules", "answered", 1)
    sitting.keep()
    return sitting


def screen(name: str, study: Study, wave: Wave, language: str) -> Callable[[], Frame]:
    """A main screen after two answers."""
    sitting = answered(wave, language)
    survey = wave.questionnaire("survey")
    anonymous = AnonymousSitting(wave, survey, language)
    anonymous.interview.go_to("clear")
    found = results(study, wave, TODAY)
    screens: dict[str, Callable[[], Frame]] = {
        "home": lambda: HomeScreen(study),
        "wave": lambda: WaveScreen(study, wave, "mandatary"),
        "interview": lambda: InterviewScreen(sitting),
        "survey": lambda: InterviewScreen(anonymous),
        "review": lambda: ReviewScreen(sitting),
        "handover": lambda: HandOverScreen(wave, survey),
        "overview": lambda: ResultsScreen(found),
        "topics": lambda: ResultsScreen(found),
    }
    return screens[name]


@pytest.mark.parametrize("language", ["fr", "nl"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
@pytest.mark.parametrize("name", SCREENS)
async def test_main_screens_look_as_reviewed(
    name: str, size: tuple[int, int], language: str, study: Study, wave: Wave
) -> None:
    """The screen shows what its golden shows, and no line is wider than the window."""
    async with running(screen(name, study, wave, language), size, language) as pilot:
        if name == "topics":
            await pilot.press("2")
            await pilot.pause()
        shown = "\n".join(picture(pilot)) + "\n"
    golden = GOLDENS / f"{name}-{size[0]}x{size[1]}-{language}.txt"
    if os.environ.get("UPDATE_GOLDENS"):
        golden.write_text(shown, "utf-8")
    assert shown == golden.read_text("utf-8")
    assert len(shown.splitlines()) <= size[1]


def test_every_golden_has_its_screen() -> None:
    """No picture is left behind from a screen that is gone."""
    names = {re.sub(r"-\d+x\d+-..$", "", path.stem) for path in GOLDENS.glob("*.txt")}
    assert names == set(SCREENS)
