"""When memory is searched for garbage: not while a program starts, and again after that."""

from __future__ import annotations

import gc
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from imfsurvey.faces import garbage
from imfsurvey.faces.cli import main
from imfsurvey.faces.tui.app import SurveyApp
from imfsurvey.faces.tui.chrome import Frame, Hint


class Empty(Frame):
    """A screen with nothing in it."""

    def compose_body(self) -> Iterator[None]:
        """Nothing."""
        yield from ()

    def title_text(self) -> str:
        """None."""
        return ""

    def hints(self) -> tuple[Hint, ...]:
        """None."""
        return ()


@pytest.fixture
def put_off() -> Iterator[None]:
    """As a program that starts; afterwards the tests go on as before."""
    garbage.put_off()
    assert not gc.isenabled()
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)
    gc.unfreeze()
    gc.enable()


@pytest.mark.usefixtures("put_off")
async def test_it_is_searched_again_after_the_first_picture() -> None:
    """Who stays for hours does not fill the memory; what was there at the start is left out."""
    app = SurveyApp(Empty, "en", ("en", "fr"))
    async with app.run_test() as pilot:
        await pilot.pause()
        assert gc.isenabled()
        assert gc.get_freeze_count() > 0


@pytest.fixture
def searched() -> Iterator[list[int]]:
    """The generations that are searched from now on."""
    found: list[int] = []

    def heard(phase: str, of: dict[str, int]) -> None:
        if phase == "stop":
            found.append(of["generation"])

    gc.callbacks.append(heard)
    yield found
    gc.callbacks.remove(heard)


@pytest.mark.usefixtures("put_off")
def test_all_is_looked_through_in_a_pause_only(searched: list[int]) -> None:
    """Where pauses come: then Python does it by itself at a tenth of the times at most."""
    usual = gc.get_threshold()
    garbage.resume(pauses=True)
    assert gc.get_threshold()[:2] == usual[:2]
    assert gc.get_threshold()[2] >= 10 * usual[2]
    gc.collect()
    searched.clear()
    garbage.look_in_a_pause()
    assert 2 not in searched, "little was made since"
    for _ in range(3):
        gc.collect(1)
    garbage.look_in_a_pause()
    assert searched.count(2) == 1


@pytest.mark.usefixtures("put_off")
async def test_a_screen_that_nobody_touches_is_a_pause(searched: list[int]) -> None:
    """No key any more, and something to look through."""
    app = SurveyApp(Empty, "en", ("en", "fr"))
    async with app.run_test() as pilot:
        await pilot.press("down")
        end = time.monotonic() + 60
        while 2 not in searched:
            assert time.monotonic() < end
            gc.collect(1)
            await pilot.pause(0.2)
    assert 2 in searched


PROGRAM = """
import gc, sys
from imfsurvey.faces.cli import main
sys.argv = ["imfsurvey", "schema", "questionnaire"]
code = main()
print(code, gc.isenabled(), gc.get_freeze_count() > 0, file=sys.stderr)
"""


def test_a_command_searches_while_it_works() -> None:
    """The program itself puts it off for what it loads, and only for that."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], check=True, capture_output=True, text=True
    )
    assert done.stderr.splitlines()[-1] == "0 True True"


def test_a_caller_with_more_to_do_is_left_alone(capsys: pytest.CaptureFixture[str]) -> None:
    """Called with arguments of its own, the command line changes nothing of its process."""
    before = gc.get_freeze_count()
    assert main(["--version"]) == 0
    assert "imfsurvey" in capsys.readouterr().out
    assert (gc.isenabled(), gc.get_freeze_count()) == (True, before)


@pytest.mark.usefixtures("put_off")
def test_much_that_was_made_is_noticed() -> None:
    """A few searches among what is a little older; none of them before the program has started."""
    gc.collect(1)
    assert not garbage.is_much()
    garbage.resume(pauses=True)
    gc.collect()
    assert not garbage.is_much()
    for _ in range(4):
        gc.collect(1)
    assert garbage.is_much()
    garbage.look_in_a_pause()
    assert not garbage.is_much()
