"""When memory is searched for garbage: not while a program starts, and again after that."""

from __future__ import annotations

import gc
import subprocess
import sys
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
    yield
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
