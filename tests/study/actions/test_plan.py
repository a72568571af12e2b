"""The action plan in study.json: what may be changed, what is kept, what is undone."""

from __future__ import annotations

import datetime
import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tinydb import TinyDB
from zone import IDENTITY

from imfsurvey.i18n.errors import ImfsurveyError, InputError, RefusedError, StorageError
from imfsurvey.study.actions.action import Action, day_of
from imfsurvey.study.actions.hints import AFTER_PERIOD, NO_DATE, NO_OWNER, NO_TARGET, hints
from imfsurvey.study.actions.making import own_action
from imfsurvey.study.actions.plan import ActionPlan
from imfsurvey.study.folder import STUDY_DESK, Study

TODAY = datetime.date(2026, 11, 2)
DRAFT = Action(id="", topic="code", text="Write it", approach="stimulating", wave="w", level=1)


@pytest.fixture
def plan(study: Study) -> ActionPlan:
    """Its plan, empty."""
    return ActionPlan(study)


def test_an_action_goes_its_way(plan: ActionPlan) -> None:
    """Proposed, accepted with an owner and a day, moved on; each change is one entry."""
    (made,) = plan.propose([DRAFT], TODAY)
    assert (made.id, made.decision) == ("a1", "proposed")
    day = datetime.date(2026, 11, 1)
    plan.accept("A1", TODAY, owner="HR", deadline=day)
    found = plan.action("a1")
    assert (found.decision, found.step, found.owner) == ("accepted", "plan", "HR")
    assert found.overdue(TODAY) and not found.overdue(day)
    plan.move("a1", "check", TODAY)
    assert not plan.action("a1").overdue(TODAY)  # carried out
    assert [change.verb for change in plan.history] == ["proposed", "accepted", "moved"]
    assert plan.history[1].turns[0].before == made


def test_any_tinydb_reads_the_plan(study: Study, plan: ActionPlan) -> None:
    """The file is a database of named fields, with nothing of its own."""
    plan.propose([DRAFT], TODAY)
    with TinyDB(study.folder / STUDY_DESK, access_mode="r", encoding="utf-8") as plain:
        (stored,) = plain.table("actions").all()
    assert stored["text"] == "Write it"


def test_a_topic_is_proposed_once(plan: ActionPlan) -> None:
    """Not while an action on it is open, not twice by one wave; again by a later wave."""
    assert plan.propose([DRAFT, replace(DRAFT, topic="rules")], TODAY)
    assert plan.propose([DRAFT, replace(DRAFT, wave="next")], TODAY) == ()
    plan.reject("a1", "No means", TODAY)
    assert plan.propose([DRAFT], TODAY) == ()
    (again,) = plan.propose([replace(DRAFT, wave="next")], TODAY)
    assert again.id == "a3"


def test_ids_are_not_used_again(plan: ActionPlan) -> None:
    """An id whose action was undone stays free, so that no paper means another action."""
    plan.add(DRAFT, TODAY)
    plan.undo(TODAY)
    assert plan.actions == ()
    assert plan.add(DRAFT, TODAY).id == "a2"


def test_what_cannot_be_is_said(study: Study, plan: ActionPlan) -> None:
    """Each with a code of its own, and nothing is stored."""
    plan.propose([DRAFT], TODAY)
    with pytest.raises(InputError, match=r"IMF-T400.*'cod'.*code"):
        own_action(study, "cod", TODAY)
    with pytest.raises(InputError, match="IMF-T401"):
        plan.edit("a1", TODAY, text=" ")
    with pytest.raises(InputError, match=r"IMF-T402.*150 .* 151"):
        plan.edit("a1", TODAY, owner="x" * 151)
    for target in (0, 6):
        with pytest.raises(InputError, match="IMF-T403"):
            plan.edit("a1", TODAY, target=target)
    with pytest.raises(InputError, match="IMF-T404"):
        plan.edit("a1", TODAY, target=1)
    with pytest.raises(InputError, match="IMF-T405"):
        plan.reject("a1", "  ", TODAY)
    with pytest.raises(RefusedError, match="IMF-T407"):
        plan.move("a1", "do", TODAY)
    with pytest.raises(InputError, match=r"IMF-T409.*there are: a1"):
        plan.accept("a7", TODAY)
    plan.accept("a1", TODAY)
    with pytest.raises(RefusedError, match="IMF-T408"):
        plan.accept("a1", TODAY)
    assert len(plan.history) == 2
    with pytest.raises(ValueError, match="level"):
        plan.edit("a1", TODAY, level=3)


def test_what_an_action_lacks_is_hinted() -> None:
    """A figure, somebody, a day within the period of the policy; nothing of what was rejected."""
    bare = replace(DRAFT, id="a1")
    assert list(hints(bare, 2030)) == [NO_TARGET, NO_OWNER, NO_DATE]
    full = replace(bare, indicator="3 talks", owner="HR", deadline=datetime.date(2030, 12, 31))
    assert list(hints(full, 2030)) == []
    assert list(hints(replace(full, deadline=datetime.date(2031, 1, 1)), 2030)) == [AFTER_PERIOD]
    assert list(hints(replace(bare, decision="rejected"), 2030)) == []


@pytest.mark.parametrize("typed", ["31/02/2027", "next year", "2027", "3.2027", "32/1/2027"])
def test_a_day_that_is_none(typed: str) -> None:
    """Neither a day that no calendar has nor a month alone."""
    with pytest.raises(InputError, match="IMF-T406"):
        day_of(typed)


def test_days_are_written_in_several_ways() -> None:
    """The day first, or the year first; nothing is no day."""
    for typed in ("31/3/2027", "31.03.2027", " 2027-03-31 "):
        assert day_of(typed) == datetime.date(2027, 3, 31)
    assert day_of("  ") is None


@pytest.mark.parametrize(("place", "said"), [("step", "dance"), ("id", "seven")])
@pytest.mark.parametrize("table", ["actions", "action_changes"])
def test_a_damaged_plan_is_told(
    study: Study, plan: ActionPlan, table: str, place: str, said: str
) -> None:
    """With its file, and left as it is: an action, and one as the history has it."""
    plan.propose([DRAFT], TODAY)
    path = study.folder / STUDY_DESK
    tables = json.loads(path.read_text("utf-8"))
    record = tables[table]["1"]
    one = record if table == "actions" else record["turns"][0]["after"]
    one[place] = said
    path.write_text(json.dumps(tables), "utf-8")
    before = path.read_bytes()
    with pytest.raises(StorageError, match="IMF-T412"):
        plan.accept("a1", TODAY)
    assert path.read_bytes() == before


@pytest.mark.parametrize("ident", ["", "s", "lan", "a²", "action"])
@pytest.mark.parametrize("table", ["actions", "action_changes"])
def test_an_action_without_a_number_is_told(
    study: Study, plan: ActionPlan, table: str, ident: str
) -> None:
    """The next action is counted from those that are there, so each needs its number."""
    plan.propose([DRAFT], TODAY)
    path = study.folder / STUDY_DESK
    tables = json.loads(path.read_text("utf-8"))
    entry = tables[table]["1"]
    (entry if table == "actions" else entry["turns"][0]["after"])["id"] = ident
    path.write_text(json.dumps(tables), "utf-8")
    with pytest.raises(StorageError, match="IMF-T412"):
        plan.propose([DRAFT], TODAY)


_STEPS = st.one_of(
    st.tuples(st.just("propose"), st.sampled_from(["code", "rules", "training", "cycle"])),
    st.tuples(st.just("add"), st.sampled_from(["code", "rules"])),
    st.tuples(st.sampled_from(["edit", "accept", "reject", "do", "act"]), st.integers(1, 4)),
)


def turn(plan: ActionPlan, verb: str, what: str | int) -> None:
    """One edit; what is not allowed at that moment changes nothing."""
    ident = f"a{what}"
    try:
        if verb == "propose":
            plan.propose([replace(DRAFT, topic=str(what))], TODAY)
        elif verb == "add":
            plan.add(replace(DRAFT, topic=str(what)), TODAY)
        elif verb == "edit":
            plan.edit(ident, TODAY, owner=f"{plan.action(ident).owner}x")
        elif verb == "accept":
            plan.accept(ident, TODAY)
        elif verb == "reject":
            plan.reject(ident, "No", TODAY)
        else:
            plan.move(ident, "do" if verb == "do" else "act", TODAY)
    except ImfsurveyError:
        pass


@given(st.lists(_STEPS, max_size=8), st.lists(_STEPS, max_size=3))
@settings(max_examples=12)
def test_undoing_restores_whatever_was_edited(
    tmp_path_factory: pytest.TempPathFactory,
    edits: list[tuple[str, str | int]],
    more: list[tuple[str, str | int]],
) -> None:
    """Any edits, a few undone, more edits, all undone: each state comes back as it was."""
    folder = tmp_path_factory.mktemp("plan") / "zone"
    study = Study.create(folder, IDENTITY)
    (folder / "questionnaires").symlink_to(
        Path(__file__).resolve().parents[2] / "samples", target_is_directory=True
    )
    plan = ActionPlan(study)
    states = [plan.actions]

    def edit(steps: list[tuple[str, str | int]]) -> None:
        for verb, what in steps:
            changes = len(plan.history)
            turn(plan, verb, what)
            if len(plan.history) > changes:
                states.append(plan.actions)

    edit(edits)
    for _ in range(len(states) // 2):
        plan.undo(TODAY)
        states.pop()
        assert plan.actions == states[-1]
    edit(more)
    while len(states) > 1:
        plan.undo(TODAY)
        states.pop()
        assert plan.actions == states[-1]
    assert plan.actions == ()
    with pytest.raises(RefusedError, match="IMF-T410"):
        plan.undo(TODAY)
