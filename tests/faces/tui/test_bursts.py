"""Keys that come faster than the screens: each does its work on the page that the one before left.

A burst is posted before the application deals with any of it, as a slow line or a busy machine
delivers what somebody types fast.
"""

from __future__ import annotations

from typing import Any

import pytest
from kinds import at, kinds_sitting, stored
from stage import running, until
from textual import events
from textual.pilot import Pilot

from imfsurvey.faces.named_sitting import NamedSitting, PolicySitting
from imfsurvey.faces.tui.dialogs import Question
from imfsurvey.faces.tui.interview import InterviewScreen
from imfsurvey.interview import Answer
from imfsurvey.study.folder import Study
from imfsurvey.study.policy.text import PolicyText

_CHARACTERS = {"enter": "\r", "ctrl+j": "\n", "backspace": "\x7f", "slash": "/", "space": " "}


@pytest.fixture
def sitting(study: Study) -> NamedSitting:
    """The mandatary at a questionnaire with every kind of item."""
    return kinds_sitting(study)


async def burst(pilot: Pilot[Any], *keys: str) -> None:
    """Press keys at once; nothing is done before the last one has come."""
    for key in keys:
        character = key if len(key) == 1 else _CHARACTERS.get(key)
        pilot.app.post_message(events.Key(key, character))


async def test_each_field_gets_what_was_typed_for_it(study: Study, sitting: NamedSitting) -> None:
    """Numbers, a date, several lines: Enter, and at once what belongs on the next page."""
    async with running(lambda: at(sitting, "years")) as pilot:
        keys = (*"12", "enter", *"150", "enter", *"03", "slash", *"2020", "enter")
        await burst(pilot, *keys, *"un", "ctrl+j", *"deux", "enter")
        await until(pilot, lambda: stored(study, "remark").given)
    assert stored(study, "years").value == 5  # the band from 5 to 14
    assert stored(study, "budget").value == 150
    assert stored(study, "trained").value == "2020-03"
    assert stored(study, "remark").value == "un\ndeux"


async def test_what_is_refused_is_corrected_on_its_page(
    study: Study, sitting: NamedSitting
) -> None:
    """Enter is refused before what is typed after it: 300 years are, 30 would not have been."""
    async with running(lambda: at(sitting, "years")) as pilot:
        await burst(pilot, *"300", "enter", *["backspace"] * 3, *"15", "enter", *"100", "enter")
        await until(pilot, lambda: stored(study, "budget").given)
    assert (stored(study, "years").value, stored(study, "budget").value) == (15, 100)


async def test_a_letter_for_a_non_answer_and_a_text_behind_it(
    study: Study, sitting: NamedSitting
) -> None:
    """The letter takes the number away; the text behind it is typed on the next page."""
    async with running(lambda: at(sitting, "years")) as pilot:
        await burst(pilot, *"7r", "enter", *"9", "enter", "d", "enter", *"rd", "enter")
        await until(pilot, lambda: stored(study, "remark").given)
    assert stored(study, "years").status == "refused"
    assert stored(study, "budget").value == 9
    assert stored(study, "trained").status == "dk"
    assert stored(study, "remark").value == "rd"


async def test_digits_choose_on_the_page_that_enter_opens(
    study: Study, sitting: NamedSitting
) -> None:
    """One choice, several, a ranking of what was ticked, then from choices to a grid."""
    async with running(lambda: at(sitting, "seen")) as pilot:
        await burst(
            pilot, "2", "enter", *"24", "enter", *"21", "enter", *"345", "enter", "2", "enter"
        )
        await until(pilot, lambda: stored(study, "source").given)
    assert stored(study, "seen").value == "no"
    assert stored(study, "what").value == ("gifts", "tone")
    assert stored(study, "worst").value == ("tone", "gifts")
    assert stored(study, "measures").value == ("talk", "counsel", "checks")
    assert stored(study, "source").value == "peer"


async def test_what_is_written_beside_an_answer_goes_into_its_window(
    study: Study, sitting: NamedSitting
) -> None:
    """The comment, the words of "other", and the digits behind them."""
    async with running(lambda: at(sitting, "seen")) as pilot:
        await burst(pilot, "1", "c", *"c2", "enter", "enter", "2", "enter")
        await until(pilot, lambda: stored(study, "what").given)
    assert stored(study, "seen") == Answer("answered", "yes", comment="c2")
    assert stored(study, "what").value == ("gifts",)
    async with running(lambda: at(sitting, "source")) as pilot:
        await burst(pilot, "3", *"e12c", "enter", "enter", "4", "enter", "2", "enter")
        await until(pilot, lambda: stored(study, "climate_help").given)
    assert (stored(study, "source").value, stored(study, "source").other) == ("other", "e12c")
    assert stored(study, "climate_speak").value == 4
    assert stored(study, "climate_help").value == 2


async def test_evidence_and_the_next_level(study: Study, sitting: NamedSitting) -> None:
    """The window of evidence opens by Enter where a level asks for it; a field follows."""
    async with running(lambda: at(sitting, "sa_code")) as pilot:
        await burst(pilot, "5", "k", *"123", "enter", "enter", *"PV 12", "enter", *"8", "enter")
        await until(pilot, lambda: stored(study, "years").given)
    assert (stored(study, "sa_code").value, stored(study, "sa_code").evidence) == (5, "PV 12")
    assert stored(study, "years").value == 5  # the band from 5 to 14


async def test_entries_are_added_one_after_the_other(study: Study) -> None:
    """From the list to the field of a new entry, and back, several times over."""
    sitting = PolicySitting(PolicyText(study), "fr")
    sitting.interview.go_to("since")

    def goals() -> list[object]:
        answer = PolicyText(study).answers.get("goals", Answer())
        return [entry.answers.get("goal", Answer()).value for entry in answer.entries]

    async with running(lambda: InterviewScreen(sitting)) as pilot:
        keys = (*"03", "slash", *"2020", "enter", "a", *"ada", "enter", "a", *"dk", "enter")
        await burst(pilot, *keys, "pagedown", "pageup", "up", "d")
        await until(pilot, lambda: isinstance(pilot.app.screen, Question))
        assert goals() == ["ada", "dk"]
        await burst(pilot, "enter", "a", *"j", "enter")
        await until(pilot, lambda: goals() == ["dk", "j"])


async def test_a_pasted_text_waits_for_the_keys_before_it(
    study: Study, sitting: NamedSitting
) -> None:
    """It belongs on the page that Enter opens."""
    async with running(lambda: at(sitting, "trained")) as pilot:
        await burst(pilot, "d", "enter")
        pilot.app.post_message(events.Paste("Un texte"))
        await burst(pilot, "enter")
        await until(pilot, lambda: stored(study, "remark").given)
    assert stored(study, "trained").status == "dk"
    assert stored(study, "remark").value == "Un texte"


async def test_a_key_that_comes_when_all_screens_are_gone(
    study: Study, sitting: NamedSitting
) -> None:
    """Somebody types on while the program ends: no internal error, the key is for nobody."""
    async with running(lambda: at(sitting, "seen")) as pilot:
        pilot.app.exit(0)
        pilot.app._screen_stack.clear()
        await pilot.app.on_event(events.Key("1", "1"))
        key = events.Key("enter", None)
        key._set_forwarded()
        await pilot.app.on_event(key)
    assert pilot.app.return_value == 0
