"""Who answers, and who opens what was answered: no other program may read that memory."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from zone import OPENED, QUESTIONNAIRES, make_zone

from imfsurvey.study.folder import Study
from imfsurvey.study.life import open_wave

WAVE = "2026-zero"
PROGRAM = """
import ctypes, resource, sys
from imfsurvey.faces.cli import main
resource.setrlimit(resource.RLIMIT_CORE, (resource.getrlimit(resource.RLIMIT_CORE)[1],) * 2)
main(sys.argv[1:])
dumpable = ctypes.CDLL(None).prctl(3, 0, 0, 0, 0)
print(dumpable, resource.getrlimit(resource.RLIMIT_CORE), file=sys.stderr)
"""
"""Runs a command, then asks Linux itself: PR_GET_DUMPABLE, and how large a core file may be."""


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    """A study with an open survey, and keys without a passphrase."""
    made = make_zone(tmp_path_factory.mktemp("memory") / "zone")
    open_wave(made, made.new_wave("zero", 2026, questionnaires=QUESTIONNAIRES), OPENED)
    return made


def left(folder: Path, *arguments: str) -> str:
    """What Linux says of a process that ran a command to its end, without any input."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return done.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    "arguments",
    [
        ("answer", WAVE, "survey", "--plain"),
        ("serve", WAVE, "--port", "0", "--ends-with-input"),
        ("keys", "rehearse", "dpo"),
        ("keys", "rehearse", "dpo", "--from-sheet"),
    ],
    ids=" ".join,
)
def test_nobody_reads_what_is_in_memory(study: Study, arguments: tuple[str, ...]) -> None:
    """Neither another program of the account, nor whoever finds a core file."""
    assert left(study.folder, *arguments) == "0 (0, 0)"


def test_a_command_that_holds_no_secret_is_as_the_system_says(study: Study) -> None:
    """What is checked above is not so anyway."""
    assert left(study.folder, "wave", "list").startswith("1 ")
