"""What several tests share: a small study with an open wave, a screen without a terminal."""

from __future__ import annotations

import datetime
import shutil
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from keyholders import give_keys
from textual.pilot import Pilot

from imfsurvey.faces.tui.app import SurveyApp
from imfsurvey.faces.tui.chrome import Frame
from imfsurvey.study.folder import Study
from imfsurvey.study.life import open_wave
from imfsurvey.study.wave import Wave

SAMPLES = Path(__file__).parent / "samples"
HOSTILE = (
    "[@click=app.quit]go[/]",
    "x [/] y",
    "x [/foo] y",
    "x [a=' y",
    "[red]x[/red]",
    "a\\[b]",
    "$primary {x} %s",
)
"""Texts that a markup parser would take for something else."""
TODAY = datetime.date(2026, 11, 1)


def make_study(folder: Path, samples: Path = SAMPLES, entity: str = "Zone 5399") -> Study:
    """A study whose questionnaires are the samples."""
    study = Study.create(
        folder,
        {
            "imfsurvey": 1,
            "entity": {"name": entity, "languages": ["fr", "nl"]},
            "mandatary": {"name": "Anne Dubois"},
            "officer": {"name": "Jan Peeters"},
            "groups": [
                {
                    "id": "ops",
                    "label": {"fr": "Opérationnel", "nl": "Operationeel"},
                    "headcount": 40,
                },
                {"id": "calog", "label": {"fr": "CALog", "nl": "CALog"}, "headcount": 12},
            ],
        },
    )
    (folder / "questionnaires").mkdir()
    for file in samples.glob("*.yaml"):
        shutil.copy(file, folder / "questionnaires")
    give_keys(folder)
    return study


def open_zero(study: Study) -> Wave:
    """Its zero wave, open."""
    wave = study.new_wave("zero", 2026, questionnaires=["assessment.yaml", "survey.yaml"])
    return open_wave(study, wave, TODAY)


@asynccontextmanager
async def running(
    first: Callable[[], Frame], size: tuple[int, int] = (80, 24), language: str = "fr"
) -> AsyncIterator[Pilot[Any]]:
    """The app on a screen of some size, its first screen shown."""
    app = SurveyApp(first, language, ("fr", "nl", "en"))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield pilot


async def until(pilot: Pilot[Any], done: Callable[[], bool]) -> None:
    """Wait for something, however busy the machine. AssertionError when it does not come."""
    end = time.monotonic() + 60
    while not done():
        assert time.monotonic() < end, "\n".join(picture(pilot))
        await pilot.pause(0.02)
    await pilot.pause()  # what follows from the last key is done before the screen goes


def picture(pilot: Pilot[Any]) -> list[str]:
    """What the screen shows, as lines of text without blanks at their ends."""
    screen = pilot.app.screen
    width, height = pilot.app.size
    strips = screen._compositor.render_strips()
    lines = ["".join(segment.text for segment in strip) for strip in strips][:height]
    return [line[:width].rstrip() for line in lines]
