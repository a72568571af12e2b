"""Colours: every letter can be told from its ground, in the dark and in the light."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from kinds import at, kinds_sitting
from rich.color import Color, ColorType
from stage import TODAY, running
from textual.pilot import Pilot
from textual.screen import ModalScreen

from imfsurvey.faces.named_sitting import NamedSitting
from imfsurvey.faces.tui import app as tui
from imfsurvey.faces.tui.board import BoardScreen
from imfsurvey.faces.tui.home import HomeScreen
from imfsurvey.faces.tui.interview import InterviewScreen
from imfsurvey.faces.tui.review import ReviewScreen
from imfsurvey.faces.tui.writing import WritingDialog, WrittenAbout
from imfsurvey.faces.tui.written import Writing
from imfsurvey.study.demo import make_demo
from imfsurvey.study.folder import Study
from imfsurvey.study.planning import measured
from imfsurvey.study.wave import Wave

TEXT, DRAWING = 4.5, 3.0
"""Least contrast of letters, and of lines and bars: WCAG 2.2, criteria 1.4.3 and 1.4.11."""
BARE = set(" \u2800")
DECORATION = set("─│┌┐└┘╭╮╰╯━┃▁▂▃▄▅▆▇█░▒▓▌▐▀▔▕▏▎▍▋▊▉╱╲·")
"""What draws and says nothing: frames, bars, hatching, the scroll bar."""


def luminance(colour: Color) -> float:
    """The relative luminance of WCAG 2, from the three channels."""
    assert colour.type is ColorType.TRUECOLOR and colour.triplet is not None, colour
    parts = [part / 255 for part in colour.triplet]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: Color, other: Color) -> float:
    """From 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def faint(pilot: Pilot[Any]) -> Iterator[str]:
    """Every piece of text in use on the screen that is too near to its ground.

    Below a dialog nothing is in use: it is faded on purpose.
    """
    screen = pilot.app.screen
    dialogs = screen.query(".dialog") if isinstance(screen, ModalScreen) else ()
    used = dialogs.first().region if dialogs else screen.region
    strips = screen._compositor.render_strips()[used.y : used.bottom]
    for strip in strips:
        for segment in strip.crop(used.x, used.right):
            letters = set(segment.text) - BARE
            if not letters:
                continue
            style = segment.style
            assert style is not None and style.color and style.bgcolor and not style.dim
            found = contrast(style.color, style.bgcolor)
            if found < (DRAWING if letters <= DECORATION else TEXT):
                yield f"{found:.2f} {segment.text!r} {style.color.name} on {style.bgcolor.name}"


async def look(pilot: Pilot[Any], where: str, *keys: str) -> list[str]:
    """Press keys, and say what is faint in both looks."""
    found = []
    await pilot.press(*keys)
    for _ in range(2):
        await pilot.pause()
        found += [f"{where} ({pilot.app.theme}): {piece}" for piece in faint(pilot)]
        await pilot.press("f9")
    return found


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Study:
    """The worked example, which has a figure in every view."""
    return make_demo(tmp_path_factory.mktemp("demo") / "zone")


async def test_what_is_read_and_planned(demo: Study) -> None:
    """The dashboard, every view of the results, the board, and what opens over them."""
    found: list[str] = []
    async with running(lambda: HomeScreen(demo), (100, 30)) as pilot:
        found += await look(pilot, "home")
        found += await look(pilot, "help", "f1")
        found += await look(pilot, "language", "escape", "f2")
        found += await look(pilot, "results", "escape", "enter")
        for view in "123456":
            found += await look(pilot, f"results {view}", view)
    async with running(lambda: BoardScreen(demo, measured(demo, TODAY)), (100, 30)) as pilot:
        found += await look(pilot, "board")
        found += await look(pilot, "action", "enter")
    assert found == []


async def test_what_is_answered(study: Study, wave: Wave) -> None:
    """A page with a chosen answer, one that lacks something, the review."""
    sitting = NamedSitting(wave, wave.questionnaire("assessment"), "mandatary", "fr")
    found: list[str] = []
    async with running(lambda: InterviewScreen(sitting)) as pilot:
        found += await look(pilot, "page")
        found += await look(pilot, "chosen", "4")
        found += await look(pilot, "evidence is missing", "enter")
    async with running(lambda: ReviewScreen(sitting)) as pilot:
        found += await look(pilot, "review")
    kinds = kinds_sitting(study)
    for item, keys in (("climate_speak", ("2", "enter")), ("what", ("1",)), ("years", ("7", "7"))):
        async with running(partial(at, kinds, item)) as pilot:
            found += await look(pilot, item, *keys)
    assert found == []


async def test_a_key_changes_between_dark_and_light(study: Study) -> None:
    """F9, there and back; the help names it."""
    async with running(lambda: HomeScreen(study)) as pilot:
        assert pilot.app.theme == "imf-dark"
        await pilot.press("f9")
        assert pilot.app.theme == "imf-light"
        await pilot.press("f9")
        assert pilot.app.theme == "imf-dark"
        assert [hint.key for hint in pilot.app.help_hints()] == ["F9"]


async def test_what_is_being_written_changes_with_it(study: Study) -> None:
    """A text area, its cursor and its ground, though it does not watch the application."""
    async with running(lambda: HomeScreen(study)) as pilot:
        await pilot.app.push_screen(WritingDialog(WrittenAbout("Titel", "Text"), "abc", 100))
        area = pilot.app.screen.query_one(Writing)
        grounds = []
        for _ in range(3):
            await pilot.pause()
            styles = [segment.style for segment in area.render_line(0)]
            grounds.append([style.bgcolor for style in styles if style])
            await pilot.press("f9")
    (dark, cursor, *_), light, again = grounds
    assert dark != cursor and dark not in light and cursor not in light
    assert again == grounds[0]


@pytest.mark.parametrize(
    ("said", "light"),
    [("0;15", True), ("0;default;15", True), ("8;7", True), ("15;0", False), ("", False)],
)
def test_a_terminal_that_says_it_is_light_is_believed(said: str, light: bool) -> None:
    """COLORFGBG ends with the number of the ground's colour."""
    assert tui.light_terminal({"COLORFGBG": said}) is light
