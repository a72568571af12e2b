"""Writing on the screen: texts, dates, lists of entries."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from stage import picture, running, until

from imfsurvey.faces.named_sitting import PolicySitting
from imfsurvey.faces.tui.interview import EntryScreen, InterviewScreen
from imfsurvey.faces.tui.policy import PolicyScreen
from imfsurvey.faces.tui.review import ReviewScreen
from imfsurvey.interview import Answer, Entry
from imfsurvey.questionnaire.shipped import POLICY
from imfsurvey.study.folder import Study
from imfsurvey.study.policy.text import PolicyText


@pytest.fixture
def text(study: Study) -> PolicyText:
    """The policy of a study, nothing written in it."""
    return PolicyText(study)


def at(text: PolicyText, item: str) -> InterviewScreen:
    """The policy at one of its pages."""
    sitting = PolicySitting(text, "fr")
    sitting.interview.go_to(item)
    return InterviewScreen(sitting)


def kept(text: PolicyText) -> Mapping[str, Answer]:
    """What is on disk."""
    return text.answers


def goals(text: PolicyText) -> list[object]:
    """The label of each objective on disk, None before it is written."""
    entries = kept(text).get("goals", Answer()).entries
    return [entry.answers.get("goal", Answer()).value for entry in entries]


async def test_enter_keeps_a_text_and_goes_on(text: PolicyText) -> None:
    """Letters that are keys elsewhere are only letters; Ctrl+J begins a new line."""
    async with running(lambda: at(text, "vision")) as pilot:
        await pilot.press(*"lecad?", "ctrl+j", *"b", "enter")
        assert any("2 sur 6" in line for line in picture(pilot))
    assert kept(text)["vision"].value == "lecad?\nb"


async def test_a_short_text_has_one_line(text: PolicyText) -> None:
    """A new line is what Enter is there."""
    async with running(lambda: at(text, "motto")) as pilot:
        await pilot.press(*"ab", "ctrl+j")
        assert any("3 sur 6" in line for line in picture(pilot))
    assert kept(text)["motto"].value == "ab"


@pytest.mark.parametrize("key", ["escape", "pagedown", "pageup", "f3", "ctrl+q"])
async def test_what_is_typed_is_kept_however_the_page_is_left(text: PolicyText, key: str) -> None:
    """Not by Enter alone."""
    async with running(lambda: at(text, "motto")) as pilot:
        await pilot.press(*"devise", key)
        await pilot.pause()
    assert kept(text)["motto"].value == "devise"


async def test_what_is_typed_is_saved_after_a_moment(text: PolicyText) -> None:
    """A machine that stops takes a second of typing with it, no more."""
    async with running(lambda: at(text, "motto")) as pilot:
        await pilot.press(*"devise")
        await until(pilot, lambda: kept(text).get("motto", Answer()).value == "devise")


async def test_a_text_that_is_too_long_is_not_lost_by_one_key(text: PolicyText) -> None:
    """Enter says so and stays, and leaving takes a second press; then the old text stands."""
    async with running(lambda: at(text, "motto")) as pilot:
        await pilot.press(*"ok", "enter", "pageup", *("x" * 20))
        await pilot.press("enter", "enter")
        assert any("! " in line and "22" in line for line in picture(pilot))
        await pilot.press("pagedown")
        assert any("2 sur 6" in line for line in picture(pilot))
        await pilot.press("x", "pagedown")  # more was typed: the second press is another first
        assert any("2 sur 6" in line for line in picture(pilot))
        await pilot.press("pagedown")
        assert any("3 sur 6" in line for line in picture(pilot))
    assert kept(text)["motto"].value == "ok"


async def test_an_emptied_text_is_blank_again(text: PolicyText) -> None:
    """As if nothing had ever been written."""
    async with running(lambda: at(text, "motto")) as pilot:
        await pilot.press(*"ok", "enter", "pageup", "backspace", "backspace", "pagedown")
        await pilot.pause()
    assert "motto" not in kept(text)


async def test_another_language_leaves_what_is_typed(text: PolicyText) -> None:
    """The words around it change."""
    async with running(lambda: at(text, "motto")) as pilot:
        await pilot.press(*"devi", "f2", "2")
        await pilot.pause()
        assert any("Een leuze" in line for line in picture(pilot))
        await pilot.press(*"se", "enter")
    assert kept(text)["motto"].value == "devise"


async def test_another_language_in_an_entry_is_that_of_its_list_too(text: PolicyText) -> None:
    """The page below the entry turns with it, and nothing of the entry is lost."""
    async with running(lambda: at(text, "goals")) as pilot:
        await pilot.press("a", *"Paix", "f2", "2", "enter")
        await pilot.pause()
        assert not isinstance(pilot.app.screen, EntryScreen)
        shown = "\n".join(picture(pilot))
        assert "De strategische doelstellingen" in shown and "1 Paix" in shown
    assert goals(text) == ["Paix"]


async def test_a_date_says_its_form_and_what_is_wrong(text: PolicyText) -> None:
    """It is kept as year and month, and shown again as it is typed."""
    async with running(lambda: at(text, "since")) as pilot:
        assert any("3/2026" in line for line in picture(pilot))
        await pilot.press(*"13/2024", "enter")
        assert any(line.strip().startswith("! ") for line in picture(pilot))
        assert any("3 sur 6" in line for line in picture(pilot))
        await pilot.press(*["backspace"] * 7, *"5.2024", "enter", "left")
        await pilot.pause()
        assert any("05/2024" in line for line in picture(pilot))
    assert kept(text)["since"].value == "2024-05"


async def test_an_entry_is_added_page_by_page(text: PolicyText) -> None:
    """A opens it, Enter goes on from field to field and back to the list at the end."""
    async with running(lambda: at(text, "goals")) as pilot:
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
    (goal,) = kept(text)["goals"].entries
    (step,) = kept(text)["steps"].entries
    assert step == Entry(
        step.id,
        {
            "step": Answer("answered", "Moins"),
            "goal_of": Answer("answered", goal.id),
            "due": Answer("answered", "2027-01-31"),
        },
    )


async def test_escape_keeps_what_was_typed_in_an_entry(text: PolicyText) -> None:
    """An entry in which nothing was typed is not left behind."""
    async with running(lambda: at(text, "goals")) as pilot:
        await pilot.press("a", *"Paix", "escape")
        await pilot.pause()
        await pilot.press("a", "escape")
        await pilot.pause()
    assert goals(text) == ["Paix"]


async def test_entries_move_and_are_removed_after_a_question(text: PolicyText) -> None:
    """K up, J down; D asks, Escape keeps, Enter removes."""
    async with running(lambda: at(text, "goals")) as pilot:
        for name in ("A", "B", "C"):
            await pilot.press("a", name, "enter")
            await pilot.pause()
        await pilot.press("a")
        await pilot.pause()
        assert any(line.strip().startswith("! ") for line in picture(pilot))
        await pilot.press("k")
        await pilot.pause()
        assert goals(text) == ["A", "C", "B"]
        await pilot.press("up", "j")
        await pilot.pause()
        assert goals(text) == ["C", "A", "B"]
        await pilot.press("d", "escape")
        await pilot.pause()
        assert goals(text) == ["C", "A", "B"]
        await pilot.press("delete", "enter")
        await pilot.pause()
        assert goals(text) == ["C", "B"]


async def test_the_review_tells_of_what_was_written(text: PolicyText) -> None:
    """The text, the date as it is typed, how many entries."""
    async with running(lambda: at(text, "motto")) as pilot:
        await pilot.press(*"Devise", "enter", *"5/2024", "enter", "a", *"Paix", "enter")
        await pilot.pause()
        await pilot.press("f3")
        await pilot.pause()
        assert isinstance(pilot.app.screen, ReviewScreen)
        shown = "\n".join(picture(pilot))
        assert "Devise" in shown and "05/2024" in shown and "1 élément" in shown
        await pilot.press("f")
        assert isinstance(pilot.app.screen, ReviewScreen)


async def test_a_policy_is_finished_like_a_self_assessment(study: Study) -> None:
    """F on the overview keeps the text as a version."""
    async with running(lambda: PolicyScreen(study)) as pilot:
        await pilot.press("enter", *"vision", "enter", "f3", "down", "down", "enter")
        await pilot.pause()
        await pilot.press("a", *"Paix", "enter")
        await pilot.pause()
        await pilot.press("f3", "f")
        await pilot.pause()
        assert isinstance(pilot.app.screen, PolicyScreen)
    (version,) = PolicyText(study).versions
    assert version.why == "finished" and version.answers["vision"].value == "vision"


async def test_a_policy_that_cannot_be_read_is_said_at_every_key(study: Study) -> None:
    """Its questionnaire is spoilt: the screen says so, calls nothing complete, and stays."""
    study.source_of(POLICY).write_text("imfsurvey: 1\n", "utf-8")
    async with running(lambda: PolicyScreen(study), language="en") as pilot:
        for key in ("s", "enter", "space", "w"):
            await pilot.press(key)
            await pilot.pause()
            assert isinstance(pilot.app.screen, PolicyScreen)
            shown = "\n".join(picture(pilot))
            assert "! IMF-E" in shown and "Nothing is missing" not in shown
