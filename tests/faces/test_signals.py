"""Being told to end."""

from __future__ import annotations

import subprocess
import sys
from signal import SIGHUP, SIGTERM, Signals

import pytest

PROGRAM = """
import os, signal, sys
from imfsurvey.faces.signals import end_by_signals
number, ignored, times = map(int, sys.argv[1:])
if ignored:
    signal.signal(number, signal.SIG_IGN)
end_by_signals()
try:
    os.kill(os.getpid(), number)
    print("went on")
finally:
    print("tidied up", flush=True)
    if times > 1:
        os.kill(os.getpid(), number)
        print("stays")
"""


def told(number: Signals, *, ignored: bool = False, times: int = 1) -> tuple[int, str]:
    """A program that tells itself to end: its exit code, and what it said."""
    words = [str(int(number)), str(int(ignored)), str(times)]
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *words], capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout


@pytest.mark.parametrize("number", [SIGTERM, SIGHUP])
def test_a_signal_unwinds(number: Signals) -> None:
    """What is half done is taken back; the exit code is that which a shell gives for a signal."""
    assert told(number) == (128 + number, "tidied up\n")


def test_a_second_one_ends_at_once() -> None:
    """Whoever asks twice does not wait for what tidies up."""
    assert told(SIGTERM, times=2) == (-SIGTERM, "tidied up\n")


def test_what_is_ignored_stays_so() -> None:
    """`nohup` lets a program outlive its terminal."""
    assert told(SIGHUP, ignored=True) == (0, "went on\ntidied up\n")
