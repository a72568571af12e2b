"""The home screen: whose figures it lays side by side, and what it says of files that are wrong."""

from __future__ import annotations

import datetime
import gc
from pathlib import Path

import pytest
from stage import picture, running, until
from textual.screen import Screen
from zone import CLOSED, OPENED, QUESTIONNAIRES, make_zone, rate

from imfsurvey.faces.tui.home import HomeScreen
from imfsurvey.faces.tui.results import ResultsScreen
from imfsurvey.faces.tui.start import run_home
from imfsurvey.faces.tui.wave import WaveScreen
from imfsurvey.i18n.errors import InputError
from imfsurvey.study.assessment import Assessment
from imfsurvey.study.folder import Study
from imfsurvey.study.life import RELEASED_FILE, close_wave, open_wave
from imfsurvey.study.revising import revise
from imfsurvey.study.wave import WAVE_FILE

LATER = datetime.date(2026, 4, 1)
ALIKE = {"sa_code": 2, "sa_rules": 2, "sa_training": 1, "sa_cycle": 2}
NOTHING_EARLIER = "There is no earlier measurement"


@pytest.fixture
def study(tmp_path: Path) -> Study:
    """A study with a zero wave that is closed."""
    study = make_zone(tmp_path / "zone")
    wave = open_wave(study, study.new_wave("zero", 2026, questionnaires=QUESTIONNAIRES), OPENED)
    rate(wave, ALIKE)
    close_wave(study, wave, CLOSED)
    return study


async def test_a_revision_is_not_laid_beside_what_it_corrects(study: Study) -> None:
    """Both are the same measurement: there is none before it."""
    revision = revise(study, study.waves[0], "Error", LATER)
    close_wave(study, revision, LATER)
    async with running(lambda: HomeScreen(study), language="en") as pilot:
        await pilot.press("end", "r", "5")
        await pilot.pause()
        shown = "\n".join(picture(pilot))
    assert NOTHING_EARLIER in shown


def left_in_memory(stack: list[Screen[object]]) -> list[str]:
    """Screens that are no longer on the stack."""
    gc.collect()
    screens = (one for one in gc.get_objects() if isinstance(one, Screen))
    return [type(one).__name__ for one in screens if one not in stack]


async def test_no_room_is_kept_once_it_is_left(study: Study) -> None:
    """Nor by what works beside it or waits for the next key: each holds all that stood in it."""
    wave = open_wave(study, study.new_wave("annual", 2027, questionnaires=QUESTIONNAIRES), LATER)
    rate(wave, {**ALIKE, "sa_code": 3})
    close_wave(study, wave, LATER)
    async with running(lambda: HomeScreen(study)) as pilot:
        home = pilot.app.screen
        for room in "rsta":
            await pilot.press("end", room)
            await until(pilot, lambda: pilot.app.screen is not home)
            await pilot.press("f1", "escape", "escape")
            await until(pilot, lambda: pilot.app.screen is home)
            await until(pilot, lambda: left_in_memory(pilot.app.screen_stack) == [])


@pytest.mark.parametrize("keys", [(), ("r",), ("s",), ("t",), ("a",), ("f1",), ("r", "f1")])
async def test_a_window_that_was_resized_looks_like_a_new_one(
    study: Study, keys: tuple[str, ...]
) -> None:
    """Also what lies below another one, and after a size at which nothing could be shown."""
    fresh = {}
    for size in ((120, 40), (80, 24)):
        async with running(lambda: HomeScreen(study), size=size) as pilot:
            await pilot.press(*keys)
            await pilot.pause(0.2)
            fresh[size] = picture(pilot)
    async with running(lambda: HomeScreen(study)) as pilot:
        await pilot.press(*keys)
        for size in ((120, 40), (40, 10), (80, 24)):
            await pilot.resize_terminal(*size)
            await pilot.pause(0.2)
            if size in fresh:
                assert picture(pilot) == fresh[size]


async def test_an_open_wave_is_laid_beside_the_one_before(study: Study) -> None:
    """From its own screen as from home."""
    draft = study.new_wave("annual", 2027, questionnaires=["assessment.yaml"])
    wave = open_wave(study, draft, LATER)
    rate(wave, {**ALIKE, "sa_code": 3})
    async with running(lambda: WaveScreen(study, wave, "mandatary"), language="en") as pilot:
        await pilot.press("r", "5")
        await pilot.pause()
        shown = "\n".join(picture(pilot))
    assert NOTHING_EARLIER not in shown
    assert "2026-zero" in shown and "2027-annual" in shown


async def test_a_wave_that_was_closed_meanwhile_is_closed_here(study: Study) -> None:
    """What another window did is seen on coming back: Enter shows figures then, no questions."""
    draft = study.new_wave("annual", 2027, questionnaires=["assessment.yaml"])
    rate(open_wave(study, draft, LATER), ALIKE)

    def states() -> list[str]:
        rows = [line.split() for line in picture(pilot) if " measurement 202" in line]
        return [row[3] for row in rows if row[0] in ("Zero", "Annual")]

    async with running(lambda: HomeScreen(study), language="en") as pilot:
        assert states() == ["closed", "open"]
        await pilot.press("enter")
        assert isinstance(pilot.app.screen, WaveScreen)
        close_wave(study, study.wave(draft.id), LATER)
        await pilot.press("escape")
        await pilot.pause()
        assert states() == ["closed", "closed"]
        await pilot.press("enter")
        assert isinstance(pilot.app.screen, ResultsScreen)


async def test_nothing_is_laid_side_by_side_before_a_wave_is_open(study: Study) -> None:
    """S on a wave in preparation says why, and the screen stays."""
    study.new_wave("annual", 2027, questionnaires=["assessment.yaml"])
    async with running(lambda: HomeScreen(study), language="en") as pilot:
        await pilot.press("s")
        await pilot.pause()
        assert isinstance(pilot.app.screen, HomeScreen)
        assert "! IMF-T102" in "\n".join(picture(pilot))


async def test_a_role_has_its_own_answers_and_sees_others_last(study: Study) -> None:
    """A turns to the next role: its answers are stored under it, and figures made from those of
    another are shown to it only once its own part is finished."""
    draft = study.new_wave("annual", 2027, questionnaires=["assessment.yaml"])
    wave = open_wave(study, draft, LATER)
    rate(wave, ALIKE)
    form, kept = wave.questionnaire("assessment"), Assessment(wave)
    async with running(lambda: WaveScreen(study, wave, "mandatary"), language="en") as pilot:
        await pilot.press("r")
        assert isinstance(pilot.app.screen, ResultsScreen)
        await pilot.press("escape", "a")
        assert "You answer as: Integrity officer" in "\n".join(picture(pilot))
        assert "not begun" in "\n".join(picture(pilot))
        for key in "rs":
            await pilot.press(key)
            await pilot.pause()
            assert isinstance(pilot.app.screen, WaveScreen)
            assert "! IMF-T450" in "\n".join(picture(pilot))
        await pilot.press("enter", "1", "escape")
        officer, mandatary = kept.draft(form, "officer"), kept.draft(form, "mandatary")
        assert officer is not None and mandatary is not None
        assert {item: one.value for item, one in officer.answers.items()} == {"sa_code": 1}
        assert mandatary.answers["sa_code"].value == 2
        rate(wave, ALIKE, finished=False)  # opened again: that is no reason to wait
        rate(wave, ALIKE, "officer")
        await pilot.press("r")
        assert isinstance(pilot.app.screen, ResultsScreen)


async def test_figures_that_cannot_be_read_are_not_called_missing(study: Study) -> None:
    """R on a closed wave whose figures are damaged says that, not that it is in preparation."""
    (study.waves[0].folder / RELEASED_FILE).write_text('{"bad"\n', "utf-8")
    async with running(lambda: HomeScreen(study), language="en") as pilot:
        await pilot.press("r")
        await pilot.pause()
        shown = "\n".join(picture(pilot))
    assert "IMF-S105" in shown and "in preparation" not in shown


async def test_a_wave_file_spoilt_meanwhile_is_said(study: Study) -> None:
    """The screen goes on with what it has read; before it opens, all that is wrong is raised."""
    file = study.waves[0].folder / WAVE_FILE
    async with running(lambda: HomeScreen(study), language="en") as pilot:
        file.write_text(file.read_text("utf-8") + "unknown: 1\n", "utf-8")
        await pilot.press("a", "escape")
        await pilot.pause()
        shown = "\n".join(picture(pilot))
    assert "IMF-E001" in shown and "Zero measurement 2026" in shown
    with pytest.raises(InputError, match="unknown"):
        run_home(study, "en")


async def test_answers_that_a_questionnaire_does_not_take_are_said(study: Study) -> None:
    """Somebody has put a level 9 into the file: the list of parts says so and stays."""
    draft = study.new_wave("annual", 2027, questionnaires=["assessment.yaml"])
    wave = open_wave(study, draft, LATER)
    rate(wave, {"sa_code": 4}, finished=False)
    file = wave.folder / "assessment.json"
    text = file.read_text("utf-8")
    assert text.count('"value": 4') == 1
    file.write_text(text.replace('"value": 4', '"value": 9'), "utf-8")
    async with running(lambda: WaveScreen(study, wave, "mandatary"), language="en") as pilot:
        shown = "\n".join(picture(pilot))
    assert "cannot be read" in shown and "! IMF-" in shown
