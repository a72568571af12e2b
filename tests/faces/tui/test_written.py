"""Writing on the screen: texts, dates, lists of entries."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from stage import TODAY, picture, running

from imfsurvey.faces.sitting import NamedSitting
from imfsurvey.faces.tui.interview import EntryScreen, InterviewScreen
from imfsurvey.faces.tui.review import ReviewScreen
from imfsurvey.faces.tui.wave import WaveScreen
from imfsurvey.interview import Answer, Entry
from imfsurvey.interview.entries import entries_in
from imfsurvey.study.assessment import Assessment
from imfsurvey.study.folder import Study
from imfsurvey.study.life import open_wave
from imfsurvey.study.wave import Wave


@pytest.fixture
def wave(study: Study) -> Wave:
    """An open wave with nothing but the policy."""
    return open_wave(study, study.new_wave("zero", 2026, questionnaires=["policy.yaml"]), TODAY)


def at(wave: Wave, item: str) -> InterviewScreen:
    """The policy at one of its pages."""
    sitting = NamedSitting(wave, wave.questionnaire("policy"), "mandatary", "fr")
    sitting.interview.go_to(item)
    return InterviewScreen(sitting)


def kept(wave: Wave) -> Mapping[str, Answer]:
    """What is on disk."""
    draft = Assessment(wave).draft(wave.questionnaire("policy"), "mandatary")
    return draft.answers if draft else {}


def goals(wave: Wave) -> list[object]:
    """The label of each objective on disk, None before it is written."""
    entries = entries_in(kept(wave).get("goals", Answer()))
    return [entry.answers.get("goal", Answer()).value for entry in entries]


async def test_enter_keeps_a_text_and_goes_on(wave: Wave) -> None:
    """Letters that are keys elsewhere are only letters; Ctrl+J begins a new line."""
    async with running(lambda: at(wave, "vision")) as pilot:
        await pilot.press(*"lecad?", "ctrl+j", *"b", "enter")
        assert any("2 sur 6" in line for line in picture(pilot))
    assert kept(wave)["vision"].value == "lecad?\nb"


async def test_a_short_text_has_one_line(wave: Wave) -> None:
    """A new line is what Enter is there."""
    async with running(lambda: at(wave, "motto")) as pilot:
        await pilot.press(*"ab", "ctrl+j")
        assert any("3 sur 6" in line for line in picture(pilot))
    assert kept(wave)["motto"].value == "ab"


@pytest.mark.parametrize("key", ["escape", "pagedown", "pageup", "f3", "ctrl+q"])
async def test_what_is_typed_is_kept_however_the_page_is_left(wave: Wave, key: str) -> None:
    """Not by Enter alone."""
    async with running(lambda: at(wave, "motto")) as pilot:
        await pilot.press(*"devise", key)
        await pilot.pause()
    assert kept(wave)["motto"].value == "devise"


async def test_what_is_typed_is_saved_after_a_moment(wave: Wave) -> None:
    """A machine that stops takes a second of typing with it, no more."""
    async with running(lambda: at(wave, "motto")) as pilot:
        await pilot.press(*"devise")
        await pilot.pause(1.4)
        assert kept(wave)["motto"].value == "devise"


async def test_a_text_that_is_too_long_is_not_lost_by_one_key(wave: Wave) -> None:
    """Enter says so and stays, and leaving takes a second press; then the old text stands."""
    async with running(lambda: at(wave, "motto")) as pilot:
        await pilot.press(*"ok", "enter", "pageup", *("x" * 20))
        await pilot.press("enter", "enter")
        assert any("! " in line and "22" in line for line in picture(pilot))
        await pilot.press("pagedown")
        assert any("2 sur 6" in line for line in picture(pilot))
        await pilot.press("pagedown")
        assert any("3 sur 6" in line for line in picture(pilot))
    assert kept(wave)["motto"].value == "ok"


async def test_an_emptied_text_is_blank_again(wave: Wave) -> None:
    """As if nothing had ever been written."""
    async with running(lambda: at(wave, "motto")) as pilot:
        await pilot.press(*"ok", "enter", "pageup", "backspace", "backspace", "pagedown")
        await pilot.pause()
    assert "motto" not in kept(wave)


async def test_another_language_leaves_what_is_typed(wave: Wave) -> None:
    """The words around it change."""
    async with running(lambda: at(wave, "motto")) as pilot:
        await pilot.press(*"devi", "f2", "2")
        await pilot.pause()
        assert any("Een leuze" in line for line in picture(pilot))
        await pilot.press(*"se", "enter")
    assert kept(wave)["motto"].value == "devise"


async def test_a_date_says_its_form_and_what_is_wrong(wave: Wave) -> None:
    """It is kept as year and month, and shown again as it is typed."""
    async with running(lambda: at(wave, "since")) as pilot:
        assert any("3/2026" in line for line in picture(pilot))
        await pilot.press(*"13/2024", "enter")
        assert any(line.strip().startswith("! ") for line in picture(pilot))
        assert any("3 sur 6" in line for line in picture(pilot))
        await pilot.press(*["backspace"] * 7, *"5.2024", "enter", "left")
        await pilot.pause()
        assert any("05/2024" in line for line in picture(pilot))
    assert kept(wave)["since"].value == "2024-05"


async def test_an_entry_is_added_page_by_page(wave: Wave) -> None:
    """A opens it, Enter goes on from field to field and back to the list at the end."""
    async with running(lambda: at(wave, "goals")) as pilot:
        await pilot.press("a", *"Paix", "enter")
        await pilot.pause()
        assert not isinstance(pilot.app.screen, EntryScreen)
        assert any("1 Paix" in line for line in picture(pilot))
        await pilot.press("right", "enter", *"Moins", "enter")
        await pilot.pause()
        assert any("1 Paix" in line for line in picture(pilot))
        await pilot.press("1", "enter", *"31/1/2027", "enter")
        await pilot.pause()
        assert any("✓  1 Moins" in line for line in picture(pilot))
    (goal,) = entries_in(kept(wave)["goals"])
    (step,) = entries_in(kept(wave)["steps"])
    assert step == Entry(
        step.id,
        {
            "step": Answer("answered", "Moins"),
            "goal_of": Answer("answered", goal.id),
            "due": Answer("answered", "2027-01-31"),
        },
    )


async def test_escape_keeps_what_was_typed_in_an_entry(wave: Wave) -> None:
    """An entry in which nothing was typed is not left behind."""
    async with running(lambda: at(wave, "goals")) as pilot:
        await pilot.press("a", *"Paix", "escape")
        await pilot.pause()
        await pilot.press("a", "escape")
        await pilot.pause()
    assert goals(wave) == ["Paix"]


async def test_entries_move_and_are_removed_after_a_question(wave: Wave) -> None:
    """K up, J down; D asks, Escape keeps, Enter removes."""
    async with running(lambda: at(wave, "goals")) as pilot:
        for name in ("A", "B", "C"):
            await pilot.press("a", name, "enter")
            await pilot.pause()
        await pilot.press("a")
        await pilot.pause()
        assert any(line.strip().startswith("! ") for line in picture(pilot))
        await pilot.press("k")
        await pilot.pause()
        assert goals(wave) == ["A", "C", "B"]
        await pilot.press("up", "j")
        await pilot.pause()
        assert goals(wave) == ["C", "A", "B"]
        await pilot.press("d", "escape")
        await pilot.pause()
        assert goals(wave) == ["C", "A", "B"]
        await pilot.press("delete", "enter")
        await pilot.pause()
        assert goals(wave) == ["C", "B"]


async def test_the_review_tells_of_what_was_written(wave: Wave) -> None:
    """The text, the date as it is typed, how many entries."""
    async with running(lambda: at(wave, "motto")) as pilot:
        await pilot.press(*"Devise", "enter", *"5/2024", "enter", "a", *"Paix", "enter")
        await pilot.pause()
        await pilot.press("f3")
        await pilot.pause()
        assert isinstance(pilot.app.screen, ReviewScreen)
        shown = "\n".join(picture(pilot))
        assert "Devise" in shown and "05/2024" in shown and "1 élément" in shown
        await pilot.press("f")
        assert isinstance(pilot.app.screen, ReviewScreen)


async def test_a_policy_is_finished_like_a_self_assessment(study: Study, wave: Wave) -> None:
    """By any role, on the same text."""
    policy = wave.questionnaire("policy")
    async with running(lambda: WaveScreen(study, wave, "officer", policy)) as pilot:
        await pilot.press(*"vision", "enter", "f3", "down", "down", "enter")
        await pilot.pause()
        await pilot.press("a", *"Paix", "enter")
        await pilot.pause()
        await pilot.press("f3", "f")
        await pilot.pause()
        assert isinstance(pilot.app.screen, WaveScreen)
    draft = Assessment(wave).draft(policy, "mandatary")
    assert draft is not None and draft.finished
