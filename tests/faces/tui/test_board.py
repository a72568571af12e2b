"""The board of actions: one step at a time, in order of their days, one undoing for one change."""

from __future__ import annotations

import datetime
import re

import pytest
from stage import TODAY, picture, running

from imfsurvey.faces.tui.action import ActionScreen
from imfsurvey.faces.tui.board import BoardScreen
from imfsurvey.study.actions.action import Action
from imfsurvey.study.actions.making import own_action
from imfsurvey.study.actions.plan import ActionPlan
from imfsurvey.study.folder import Study

LATER = datetime.date(2099, 1, 1)


@pytest.fixture
def plan(study: Study) -> ActionPlan:
    """Three actions that somebody thought of: without a day, in a far year, in the year after."""
    plan = ActionPlan(study)
    for topic, day in (("code", None), ("rules", LATER), ("training", LATER.replace(year=2098))):
        plan.add(own_action(study, topic, TODAY, text=f"Do {topic}", deadline=day), TODAY)
    return plan


def steps(plan: ActionPlan) -> list[tuple[str, str]]:
    """By action, what was decided and how far it is."""
    return [(one.decision, one.step) for one in plan.actions]


def action(plan: ActionPlan, ident: str) -> Action:
    """One of them, as it is on the disk."""
    return next(one for one in plan.actions if one.id == ident)


async def test_cards_stand_in_the_order_of_their_days(study: Study, plan: ActionPlan) -> None:
    """What has no day comes last; what is only proposed behind all that is decided."""
    early = own_action(study, "cycle", TODAY, text="Do cycle", deadline=datetime.date(2090, 1, 1))
    plan.propose([early], TODAY)
    async with running(lambda: BoardScreen(study, ()), (80, 40), "en") as pilot:
        shown = "\n".join(picture(pilot))
    assert re.findall(r"\b(a\d) \[FR\]", shown) == ["a3", "a2", "a1", "a4"]
    assert "3 accepted · 1 to be decided" in shown


async def test_a_card_goes_one_column_at_a_time_and_never_off_the_board(
    study: Study, plan: ActionPlan
) -> None:
    """Behind the last column and before the first one there is nothing."""
    async with running(lambda: BoardScreen(study, ()), (80, 24), "en") as pilot:
        await pilot.press("minus")
        assert action(plan, "a3").step == "plan"
        for step in ("do", "check", "act", "act"):
            await pilot.press("plus")
            assert action(plan, "a3").step == step
        await pilot.press("minus")
    assert steps(plan) == [("accepted", "plan"), ("accepted", "plan"), ("accepted", "check")]


async def test_each_undoing_takes_back_one_change(study: Study, plan: ActionPlan) -> None:
    """What was rejected is off the board and kept; U brings it back where it was."""
    async with running(lambda: BoardScreen(study, ()), (80, 24), "en") as pilot:
        await pilot.press("plus", "plus", "r", *"No", "enter")
        await pilot.pause()
        assert action(plan, "a3").reason == "No"
        assert "a3" not in "\n".join(picture(pilot))
        for step in ("check", "do", "plan"):
            await pilot.press("u")
            await pilot.pause()
            assert (action(plan, "a3").decision, action(plan, "a3").step) == ("accepted", step)
        assert "Undone: moved: a3" in "\n".join(picture(pilot))


async def test_an_action_that_is_gone_meanwhile_is_said(study: Study, plan: ActionPlan) -> None:
    """Another window has taken it back: Enter on its card does not end the program."""
    async with running(lambda: BoardScreen(study, ()), (80, 24), "en") as pilot:
        plan.undo(TODAY)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, BoardScreen)
        shown = "\n".join(picture(pilot))
        assert "! IMF-T409" in shown
        assert "2 accepted" in shown and "a2 [FR]" in shown and "a3 [FR]" not in shown


async def test_a_field_left_with_escape_stays_as_it_was(study: Study, plan: ActionPlan) -> None:
    """An owner is given; what is typed next and dropped changes nothing, nor any other action."""
    before = plan.actions[:2]
    async with running(lambda: BoardScreen(study, ()), (80, 24), "en") as pilot:
        await pilot.press("enter", "down", "down", "down", "enter", *"HR", "enter")
        assert isinstance(pilot.app.screen, ActionScreen)
        assert action(plan, "a3").owner == "HR"
        await pilot.press("enter", *"x", "escape", "escape")
        assert isinstance(pilot.app.screen, ActionScreen)
    assert action(plan, "a3").owner == "HR"
    assert plan.actions[:2] == before
