"""What is around a laptop that is handed round."""

from __future__ import annotations

import subprocess
import sys

import pytest

PARENT = """
import ctypes, subprocess, sys
ctypes.CDLL(None).prctl(15, sys.argv[1].encode(), 0, 0, 0)  # PR_SET_NAME
subprocess.run([sys.executable, "-c", sys.argv[2]], check=True)
"""
CHILD = "from imfsurvey.faces.kiosk.surroundings import recorders; print(recorders({}))"


@pytest.mark.parametrize(("name", "found"), [("script", "'script'"), ("tmux: server", "'tmux'")])
def test_a_program_that_keeps_what_is_shown_is_noticed(name: str, found: str) -> None:
    """By the name that the system knows a process by from which this one was started, although
    nothing of the environment tells of it."""
    command = [sys.executable, "-c", PARENT, name, CHILD]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert found in done.stdout
