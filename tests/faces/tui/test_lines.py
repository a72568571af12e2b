"""Screens of which only the changed lines are drawn, beside the same screens drawn as a whole."""

from __future__ import annotations

import random

import pytest
from kinds import at, kinds_sitting
from stage import picture, running

from imfsurvey.study.folder import Study

_KEYS = ("1", "2", "3", "4", "down", "up", "space", "backspace", "end", "home", "j")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_what_was_drawn_line_by_line_is_what_is_drawn_as_a_whole(
    study: Study, size: tuple[int, int]
) -> None:
    """After keys by chance on pages of several kinds, nothing old is left on the screen."""
    rng = random.Random(size[0])
    sitting = kinds_sitting(study)
    async with running(lambda: at(sitting, "what"), size) as pilot:
        for item in ("what", "measures", "climate_speak"):
            sitting.interview.go_to(item)
            pilot.app.screen.show_page()
            await pilot.press(*rng.choices(_KEYS, k=8))
            await pilot.pause()
            by_lines = picture(pilot)
            for widget in pilot.app.screen.walk_children():
                widget.refresh(layout=True)
            await pilot.pause()
            assert picture(pilot) == by_lines
