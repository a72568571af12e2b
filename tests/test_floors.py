"""The rooms of the domain know nothing of screens, command lines or web servers."""

import subprocess
import sys
from pathlib import Path

import pytest

import imfsurvey

PACKAGE = Path(imfsurvey.__file__).parent
DOMAIN = (
    *("study", "analysis", "store", "interview"),
    *("questionnaire", "framework", "source", "i18n"),
)
FACES_ONLY = ("textual", "click", "rich", "starlette")

IMPORT_ALL = """
import importlib, sys
for module in sys.argv[1].split(","):
    importlib.import_module(module)
print(",".join(sorted({name.partition(".")[0] for name in sys.modules})))
"""


def modules(room: str) -> list[str]:
    """The dotted names of all modules of a room."""
    files = sorted((PACKAGE / room).rglob("*.py"))
    dotted = [".".join(file.relative_to(PACKAGE.parent).with_suffix("").parts) for file in files]
    return [name.removesuffix(".__init__") for name in dotted]


@pytest.mark.parametrize("room", [room for room in DOMAIN if modules(room)])
def test_a_room_of_the_domain_loads_no_face(room: str) -> None:
    """Importing every module of the room, in a fresh process, loads no library of the faces."""
    names = modules(room)
    done = subprocess.run(
        [sys.executable, "-c", IMPORT_ALL, ",".join(names)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    loaded = set(done.stdout.strip().split(","))
    assert "imfsurvey" in loaded
    assert loaded.isdisjoint(FACES_ONLY)
