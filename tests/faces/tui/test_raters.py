"""Side by side on the screen: what was agreed on at once is undone at once, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from stage import picture, running
from zone import CLOSED, OPENED, QUESTIONNAIRES, make_zone, rate

from imfsurvey.faces.tui.raters import RatersScreen
from imfsurvey.study.agreeing import Agreements
from imfsurvey.study.folder import Study
from imfsurvey.study.life import close_wave, open_wave
from imfsurvey.study.wave import Wave

ALIKE = {"sa_code": 2, "sa_rules": 2, "sa_training": 1, "sa_cycle": 2}


@pytest.fixture
def study(tmp_path: Path) -> Study:
    """A study on the sample questionnaires."""
    return make_zone(tmp_path / "zone")


@pytest.fixture
def wave(study: Study) -> Wave:
    """Its zero wave, in which two raters say the same of everything."""
    draft = study.new_wave("zero", 2026, questionnaires=QUESTIONNAIRES)
    wave = open_wave(study, draft, OPENED)
    for rater in ("mandatary", "officer"):
        rate(wave, ALIKE, rater)
    return wave


async def test_what_was_agreed_at_once_is_undone_at_once(study: Study, wave: Wave) -> None:
    """A agrees on four topics, U takes all four back."""
    async with running(lambda: RatersScreen(study, wave, "mandatary"), language="en") as pilot:
        await pilot.press("a")
        assert len(Agreements(wave).current()) == 4
        await pilot.press("u")
        assert Agreements(wave).current() == {}
        await pilot.press("u")
        await pilot.pause()
        assert "There is nothing to undo." in "\n".join(picture(pilot))


async def test_a_change_is_undone_to_what_was_agreed_before(study: Study, wave: Wave) -> None:
    """One step at a time, each with its note; A leaves alone what was agreed on already."""
    agreements = Agreements(wave)

    def code() -> tuple[object, str] | None:
        found = agreements.current().get("code")
        return None if found is None else (found.rating, found.note)

    async with running(lambda: RatersScreen(study, wave, "mandatary"), language="en") as pilot:
        await pilot.press("2", "c", *"Vu", "enter")
        assert code() == (2, "Vu")
        await pilot.press("1")
        assert code() == (1, "")  # the note was about the other level
        await pilot.press("u")
        assert code() == (2, "Vu")
        await pilot.press("2")
        assert code() == (2, "Vu")
        await pilot.press("a")
        assert (len(agreements.current()), code()) == (4, (2, "Vu"))
        await pilot.press("backspace")
        assert (len(agreements.current()), code()) == (3, None)
        await pilot.press("u")
        assert (len(agreements.current()), code()) == (4, (2, "Vu"))
        await pilot.press("u")
        assert [*agreements.current()] == ["code"]
        await pilot.press("u", "u")
        assert code() == (2, "")
        await pilot.press("u")
        assert code() is None


async def test_an_undoing_that_is_refused_is_not_forgotten(study: Study, wave: Wave) -> None:
    """The wave was closed in another window: that is said, each time that it is tried."""
    async with running(lambda: RatersScreen(study, wave, "mandatary"), language="en") as pilot:
        await pilot.press("a")
        close_wave(study, study.wave(wave.id), CLOSED)
        for _ in range(2):
            await pilot.press("u")
            await pilot.pause()
            assert "IMF-T101" in "\n".join(picture(pilot))
    assert len(Agreements(wave).current()) == 4
