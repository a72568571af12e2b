"""Screens of which only the changed lines are drawn, beside the same screens drawn as a whole."""

from __future__ import annotations

import random
from typing import Any

import pytest
from kinds import at, kinds_sitting
from rich.style import Style
from stage import running
from textual.pilot import Pilot

from imfsurvey.study.folder import Study

_KEYS = ("1", "2", "3", "4", "down", "up", "space", "backspace", "end", "home", "j")


def drawn(pilot: Pilot[Any]) -> list[list[tuple[str, Style | None]]]:
    """Every letter on the screen with its style: the cursor is one."""
    strips = pilot.app.screen._compositor.render_strips()
    return [[(one, part.style) for part in strip for one in part.text] for strip in strips]


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
            by_lines = drawn(pilot)
            for widget in pilot.app.screen.walk_children():
                widget.refresh(layout=True)
            await pilot.pause()
            assert drawn(pilot) == by_lines
