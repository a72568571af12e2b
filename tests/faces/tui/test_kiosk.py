"""The screens of a handed-round laptop: the veil, idle people, thanks; and what starts them."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from kiosk import make_kiosk
from stage import picture, until

from imfsurvey.faces.kiosk.endings import LEFT, NO_TICKET, STORED
from imfsurvey.faces.kiosk.surroundings import given_environment, recorders
from imfsurvey.faces.tui import kiosk
from imfsurvey.faces.tui.kiosk import KioskApp, Veil
from imfsurvey.faces.turns import SurveyTurns
from imfsurvey.study.boxes import count_responses, ticket_book
from imfsurvey.study.tickets import TicketBook
from imfsurvey.study.wave import Wave


@pytest.fixture
def wave(tmp_path: Path) -> Wave:
    """A wave with one text and one statement."""
    return make_kiosk(tmp_path / "zone")


def app_of(wave: Wave, **after: float) -> KioskApp:
    """One person's application."""
    turns = SurveyTurns(wave, wave.questionnaire("kiosk"))
    return KioskApp(turns, turns.begin(), "fr", **after)


async def test_an_idle_screen_is_veiled_and_then_wiped(wave: Wave) -> None:
    """Nobody presses a key: first nothing is shown any more, then the sitting is forgotten."""
    app = app_of(wave, veil_after=0.4, wipe_after=1.2)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"secret")
        await until(pilot, lambda: isinstance(app.screen, Veil))
        assert "secret" not in "\n".join(picture(pilot))
        await until(pilot, lambda: not app.is_running)
    assert app.return_value == LEFT
    assert count_responses(wave, wave.questionnaire("kiosk")) == 0


async def test_nobody_who_types_is_veiled(wave: Wave) -> None:
    """Each key begins the wait anew. A try in which a key came late tells nothing: once more."""
    end, late = time.monotonic() + 60, True
    while late:
        assert time.monotonic() < end
        app = app_of(wave, veil_after=0.6)
        async with app.run_test(size=(80, 24)) as pilot:
            pressed = [time.monotonic()]
            await pilot.press("a")
            late = isinstance(app.screen, Veil)  # it took so long to begin
            while not late and pressed[-1] - pressed[0] < 0.9:
                await pilot.press("a")
                pressed.append(time.monotonic())
                late = pressed[-1] - pressed[-2] > 0.5
            veiled = isinstance(app.screen, Veil)
    assert not veiled


async def test_the_veil_gives_back_what_it_covers(wave: Wave) -> None:
    """Enter goes on where the person was, and sending ends the process with thanks first."""
    app = app_of(wave)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"secret", "f9")
        await pilot.pause()
        assert [type(one).__name__ for one in app.screen_stack[1:]] == [
            *("TurnScreen", "InterviewScreen", "Veil"),
        ]
        assert "secret" not in "\n".join(picture(pilot))
        await pilot.press("ctrl+c", "escape", "f9", "enter")
        await pilot.pause()
        assert "secret" in "\n".join(picture(pilot))
        await pilot.press("enter", "1", "enter", "f")
        await pilot.pause()
        assert "✓" in "\n".join(picture(pilot))
        await pilot.press("enter")
    assert app.return_value == STORED
    assert count_responses(wave, wave.questionnaire("kiosk")) == 1


async def test_who_leaves_is_not_told_to_have_sent(wave: Wave) -> None:
    """Escape asks; after it the process ends as one that stored nothing, and it has not."""
    app = app_of(wave)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"secret", "escape", "enter")
    assert app.return_value == LEFT
    assert count_responses(wave, wave.questionnaire("kiosk")) == 0


async def test_thanks_go_by_themselves(wave: Wave, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who walks away after sending leaves a laptop that is ready for the next person."""
    monkeypatch.setattr(kiosk, "_THANKS", 0.2)
    app = app_of(wave)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("x", "enter", "1", "enter", "f")
        await until(pilot, lambda: not app.is_running)
    assert app.return_value == STORED


async def test_nothing_goes_to_the_clipboard(wave: Wave) -> None:
    """Nothing is marked by the mouse, neither copying nor cutting leaves a word behind."""
    app = app_of(wave)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.mouse_down(offset=(3, 3))
        await pilot.hover(offset=(12, 3))
        await pilot.mouse_up(offset=(12, 3))
        assert not app.screen.selections
        await pilot.press(*"secret", "ctrl+a", "ctrl+x", "ctrl+c")
        app.copy_to_clipboard("secret")
        assert app.clipboard == ""


async def test_without_its_ticket_nobody_answers(wave: Wave) -> None:
    """Where there are tickets the code comes first; without one the process ends."""
    (code,) = TicketBook(ticket_book(wave).path, cost=2**10).issue(1)
    app = app_of(wave)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("escape")
    assert app.return_value == NO_TICKET
    app = app_of(wave)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*code, "enter")
        await until(pilot, lambda: "souhait" in "\n".join(picture(pilot)))
        await pilot.press("x", "enter", "1", "enter", "f", "enter")
    assert app.return_value == STORED
    assert ticket_book(wave).counts().used == 1


def test_of_the_environment_only_what_is_needed_is_given() -> None:
    """Language, terminal, home and path; no switch of Textual, Python, a debugger or a loader."""
    kept = {"PATH": "/bin", "LC_ALL": "fr_BE.UTF-8", "TERM": "xterm", "NO_COLOR": "1"}
    kept["PYDANTIC_DISABLE_PLUGINS"] = "__all__"  # our own: nobody looks at what is validated
    dropped = dict.fromkeys(
        ("TEXTUAL_LOG", "PYTHONINSPECT", "PYTHONPATH", "DEBUG", "LD_PRELOAD", "TMUX", "EDITOR"), "1"
    )
    assert given_environment({**kept, **dropped}) == kept


def test_a_terminal_inside_tmux_or_screen_is_noticed() -> None:
    """By the variables that these programs set."""
    assert {"tmux", "screen"} <= set(recorders({"TMUX": "/tmp/tmux", "STY": "1.pts"}))
