"""Pictures of the main screens as plain text, at two sizes.

A difference is read by a person: `UPDATE_GOLDENS=1 python3 dev.py test tests/faces/tui` writes
the pictures anew, and the change of the files is part of the review.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from kinds import at, kinds_sitting
from room import ROUND, make_session, make_team_study, vote
from stage import TODAY, picture, running
from textual.pilot import Pilot
from zone import rate

from imfsurvey.faces.named_sitting import NamedSitting, PolicySitting
from imfsurvey.faces.sitting import AnonymousSitting, EntrySitting
from imfsurvey.faces.tui.action import ActionScreen
from imfsurvey.faces.tui.board import BoardScreen
from imfsurvey.faces.tui.chrome import Frame
from imfsurvey.faces.tui.home import HomeScreen
from imfsurvey.faces.tui.interview import EntryScreen, InterviewScreen
from imfsurvey.faces.tui.policy import PolicyScreen
from imfsurvey.faces.tui.ranking import Ranking
from imfsurvey.faces.tui.raters import RatersScreen
from imfsurvey.faces.tui.respondents import HandOverScreen
from imfsurvey.faces.tui.results import ResultsScreen
from imfsurvey.faces.tui.review import ReviewScreen
from imfsurvey.faces.tui.session import SessionScreen
from imfsurvey.faces.tui.session_round import RoundScreen
from imfsurvey.faces.tui.targets import TargetsScreen
from imfsurvey.faces.tui.wave import WaveScreen
from imfsurvey.faces.turns import SurveyTurns
from imfsurvey.interview import EntryInterview
from imfsurvey.interview.within import add_entry
from imfsurvey.questionnaire import RepeatItem
from imfsurvey.study.actions.making import own_action
from imfsurvey.study.actions.plan import ActionPlan
from imfsurvey.study.folder import Study
from imfsurvey.study.life import results
from imfsurvey.study.policy.text import PolicyText
from imfsurvey.study.sessions.room import Room
from imfsurvey.study.wave import Wave

GOLDENS = Path(__file__).parent / "goldens"
SCREENS = ("home", "wave", "interview", "survey", "review", "handover", "overview", "topics")
TEAM = ("agenda", "round")
WRITTEN = ("text", "date", "entries", "entry")
KINDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "info": ("intro", ()),
    "yes-no": ("seen", ("1",)),
    "multi": ("what", ("1", "2", "down", "space", "4")),
    "multi-other": ("what", ("5", *"vol", "enter")),
    "ranking": ("measures", ("4", "2", "k")),
    "single-other": ("source", ("3", *"radio", "enter")),
    "matrix": ("climate_speak", ("2", "enter", "d")),
    "number-band": ("years", ("7",)),
    "number-wrong": ("years", ("7", "7")),
    "number-warning": ("budget", (*"200000", "enter")),
    "date-bounds": ("trained", ("d",)),
    "text-warning": ("remark", (*"x@y.be", "enter")),
    "criteria": ("sa_code", ("2", "k", "1")),
    "kinds-overview": ("seen", ("1", "enter", "1", "2", "f3")),
}
"""The item of each page and the keys that are pressed on it."""
GRIDS = ((120, 40), (100, 24))


def answered(wave: Wave, language: str) -> NamedSitting:
    """The mandatary after two items."""
    sitting = NamedSitting(wave, wave.questionnaire("assessment"), "mandatary", language)
    sitting.interview.record("sa_code", "answered", 3)
    sitting.interview.note("sa_code", "evidence", "Note 12")
    sitting.interview.record("sa_rules", "answered", 1)
    sitting.keep()
    return sitting


def screen(name: str, study: Study, wave: Wave, language: str) -> Callable[[], Frame]:
    """A main screen after two answers."""
    sitting = answered(wave, language)
    survey = wave.questionnaire("survey")
    anonymous = AnonymousSitting(wave, survey, language)
    anonymous.interview.go_to("clear")
    found = results(study, wave, TODAY)
    screens: dict[str, Callable[[], Frame]] = {
        "home": lambda: HomeScreen(study),
        "wave": lambda: WaveScreen(study, wave, "mandatary"),
        "interview": lambda: InterviewScreen(sitting),
        "survey": lambda: InterviewScreen(anonymous),
        "review": lambda: ReviewScreen(sitting),
        "handover": lambda: HandOverScreen(SurveyTurns(wave, survey)),
        "overview": lambda: ResultsScreen(found),
        "topics": lambda: ResultsScreen(found),
    }
    return screens[name]


@pytest.mark.parametrize("language", ["fr", "nl"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
@pytest.mark.parametrize("name", SCREENS)
async def test_main_screens_look_as_reviewed(
    name: str, size: tuple[int, int], language: str, study: Study, wave: Wave
) -> None:
    """The screen shows what its golden shows, and no line is wider than the window."""
    async with running(screen(name, study, wave, language), size, language) as pilot:
        if name == "topics":
            await pilot.press("2")
            await pilot.pause()
        await compare(name, size, language, pilot)


NAMES = {
    **{"Esc": "escape", "PgUp": "pageup", "PgDn": "pagedown", "←": "left", "→": "right"},
    **{"⌫": "backspace", "+": "plus", "-": "minus"},
}
"""What is shown of keys whose names are other ones."""


def other_keys(pilot: Pilot[Any]) -> list[str]:
    """Keys at the foot of a screen that do nothing, or something else than a click on them.

    Looked at are letters, function keys and those of `NAMES`; what a list or a field does with a
    key is its own business.
    """
    app, screen, wrong = pilot.app, pilot.app.screen, []
    for hint in screen.all_hints() if isinstance(screen, Frame) else ():
        place, action = hint.action.split(".", 1)
        there = app if place == "app" else screen
        if not hasattr(there, f"action_{action.partition('(')[0]}"):
            wrong.append(f"{hint.key}: there is no {hint.action}")
        if hint.key not in NAMES and not re.fullmatch(r"[A-Z0-9]|F\d", hint.key):
            continue
        key = NAMES.get(hint.key, hint.key.lower())
        if isinstance(app.focused, Ranking) and key in "kj":
            continue
        bound = app.active_bindings.get(key)
        if bound is None:
            wrong.append(f"{hint.key}: does nothing")
        elif bound.node is there and bound.binding.action != action:
            wrong.append(f"{hint.key}: does {bound.binding.action}, says {action}")
    return wrong


async def compare(name: str, size: tuple[int, int], language: str, pilot: Pilot[Any]) -> None:
    """The picture with its golden; the keys that it shows do what they say."""
    await pilot.pause()
    assert other_keys(pilot) == []
    shown = "\n".join(picture(pilot)) + "\n"
    golden = GOLDENS / f"{name}-{size[0]}x{size[1]}-{language}.txt"
    if os.environ.get("UPDATE_GOLDENS"):
        golden.write_text(shown, "utf-8")
    assert shown == golden.read_text("utf-8")
    assert len(shown.splitlines()) <= size[1]


def written_screen(name: str, study: Study, language: str) -> Callable[[], Frame]:
    """A page of the policy on which something is written."""
    sitting = PolicySitting(PolicyText(study), language)
    interview = sitting.interview
    interview.record("vision", "answered", "Une ligne\nEt une autre")
    interview.record("since", "answered", "2024-05")
    goals = interview.questionnaire.items["goals"]
    assert isinstance(goals, RepeatItem)
    for entry_id in ("g1", "g2"):
        add_entry(interview, goals, entry_id)
    EntryInterview(interview, goals, "g1").record("goal", "answered", "Confiance")
    places = {"text": "vision", "date": "since", "entries": "goals", "entry": "goals"}
    interview.go_to(places[name])
    if name == "entry":
        return lambda: EntryScreen(EntrySitting(sitting, goals, "g1"))
    return lambda: InterviewScreen(sitting)


@pytest.mark.parametrize("language", ["fr", "nl"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
@pytest.mark.parametrize("name", WRITTEN)
async def test_written_pages_look_as_reviewed(
    name: str, size: tuple[int, int], language: str, study: Study
) -> None:
    """A text, a date, a list of entries and one of them."""
    async with running(written_screen(name, study, language), size, language) as pilot:
        await compare(name, size, language, pilot)


@pytest.mark.parametrize("language", ["fr", "nl"])
@pytest.mark.parametrize("name", KINDS)
async def test_every_kind_of_page_looks_as_reviewed(name: str, language: str, study: Study) -> None:
    """One page of each, with something said on it, in the smallest window."""
    item, keys = KINDS[name]
    await kind_page(name, item, keys, (80, 24), language, study)


@pytest.mark.parametrize("language", ["fr", "nl"])
@pytest.mark.parametrize("size", GRIDS, ids=["120x40", "100x24"])
async def test_a_grid_looks_as_reviewed(size: tuple[int, int], language: str, study: Study) -> None:
    """A matrix as a whole, in a large window and in the narrowest that has one."""
    await kind_page("grid", "climate_speak", ("2", "enter", "d"), size, language, study)


def team_screen(name: str, folder: Path) -> Callable[[], Frame]:
    """The console with one round closed, one open; or the result of the first."""
    study, wave = make_team_study(folder)
    room = Room(make_session(wave))
    room.open_round(ROUND)
    for code in (1, 1, 1, 1, 2, 2, 3, 4, 5, 5, 5, 5):
        vote(room.session, code)
    room.close_round(ROUND)
    room.note(ROUND, conclusion="Les cadeaux.", actions="")
    room.open_round("round_situations")
    vote(room.session, 1)
    return lambda: SessionScreen(study, room) if name == "agenda" else RoundScreen(room, ROUND)


@pytest.mark.parametrize("language", ["fr", "nl"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
@pytest.mark.parametrize("name", TEAM)
async def test_the_console_looks_as_reviewed(
    name: str, size: tuple[int, int], language: str, tmp_path: Path
) -> None:
    """The agenda of a team session, and a vote in two camps with agreement and mean."""
    async with running(team_screen(name, tmp_path / "zone"), size, language) as pilot:
        if name == "round":
            await pilot.press("a")
        await compare(name, size, language, pilot)


async def kind_page(
    name: str,
    item: str,
    keys: tuple[str, ...],
    size: tuple[int, int],
    language: str,
    study: Study,
) -> None:
    """A page after some keys, with its golden."""
    sitting = kinds_sitting(study, language)
    async with running(lambda: at(sitting, item), size, language) as pilot:
        await pilot.press(*keys)
        await compare(name, size, language, pilot)


async def test_keys_of_the_other_screens_do_what_they_say(study: Study, wave: Wave) -> None:
    """Those of which there is no picture: the plan, the policy, targets, raters side by side."""
    for rater in ("mandatary", "officer"):
        rate(wave, {"sa_code": 2, "sa_rules": 2, "sa_training": 1, "sa_cycle": 2}, rater)
    found, plan = results(study, wave, TODAY), ActionPlan(study)
    made = plan.add(own_action(study, "code", TODAY, text="Do it"), TODAY)
    for other in (
        BoardScreen(study, (found,)),
        ActionScreen(study, plan, made.id, (found,)),
        PolicyScreen(study),
        TargetsScreen(study, found),
        RatersScreen(study, wave, "mandatary"),
        ReviewScreen(answered(wave, "fr")),
    ):
        async with running(lambda other=other: other) as pilot:  # type: ignore[misc]
            assert other_keys(pilot) == []


def test_every_golden_has_its_screen() -> None:
    """No picture is left behind from a screen that is gone."""
    names = {re.sub(r"-\d+x\d+-..$", "", path.stem) for path in GOLDENS.glob("*.txt")}
    assert names == {*SCREENS, *WRITTEN, *KINDS, *TEAM, "grid"}
