"""A program that changes the action plan, killed at random moments (SIGKILL)."""

from __future__ import annotations

import datetime
from pathlib import Path

from faults.killing import confirmed_until_killed
from zone import make_zone

from imfsurvey.study.actions.action import Action
from imfsurvey.study.actions.plan import ActionPlan

PLANNER = Path(__file__).parent / "planner.py"
TODAY = datetime.date(2026, 11, 2)
KILLS = 6


def test_no_confirmed_change_is_lost(tmp_path: Path) -> None:
    """After any kill the plan is that of the last confirmed change or the one after; and every
    state of it can still be undone, one by one, down to nothing."""
    study = make_zone(tmp_path / "zone")
    plan = ActionPlan(study)
    plan.add(Action(id="", topic="code", text="x", approach="both", owner="0"), TODAY)
    for _ in range(KILLS):
        confirmed = [int(line) for line in confirmed_until_killed(PLANNER, study.folder)]
        now = int(plan.action("a1").owner)
        assert now in (confirmed[-1], confirmed[-1] + 1)
        assert len(plan.history) == now + 1
    for owner in (now - 1, now - 2):
        plan.undo(TODAY)
        assert plan.action("a1").owner == str(owner)
