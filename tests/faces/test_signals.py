"""Being told to end."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from signal import SIGHUP, SIGINT, SIGTERM, Signals

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


LOSING = """
import os, signal, sys, time
from imfsurvey.faces.signals import end_by_signals
class Thing:
    def __del__(self):
        os.kill(os.getpid(), int(sys.argv[1]))
        print("gone", flush=True)
end_by_signals()
try:
    thing = Thing()
    del thing
    time.sleep(60)
except KeyboardInterrupt:
    sys.exit(130)
finally:
    print("tidied up", flush=True)
"""


@pytest.mark.parametrize("number", [SIGINT, SIGTERM, SIGHUP])
def test_an_order_that_python_loses_is_given_again(number: Signals) -> None:
    """What is raised while an object is tidied up goes nowhere; here it is not lost, nor is
    anything said about it."""
    words = [sys.executable, "-c", LOSING, str(int(number))]
    done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=50)
    assert (done.returncode, done.stdout, done.stderr) == (128 + number, "tidied up\n", "")


def test_other_faults_of_tidying_up_are_told() -> None:
    """A fault of ours is not hidden with it."""
    program = LOSING.replace("os.kill(", "raise ValueError(").replace("time.sleep(60)", "pass")
    words = [sys.executable, "-c", program, "0"]
    done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=50)
    assert (done.returncode, done.stdout) == (0, "tidied up\n")
    assert "ValueError" in done.stderr


@pytest.mark.parametrize("ignored", [False, True])
def test_ctrl_c_while_the_program_is_loaded(tmp_path: Path, ignored: bool) -> None:
    """Nothing is half done then: it ends without a word. In the background of a script, where
    Ctrl+C is ignored, it goes on."""
    instead = "import os, signal; os.kill(os.getpid(), signal.SIGINT); raise SystemExit(7)\n"
    (tmp_path / "click.py").write_text(instead, "utf-8")
    ignoring = "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)\n"
    (tmp_path / "sitecustomize.py").write_text(ignoring * ignored, "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "imfsurvey", "--version"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
    )
    assert (done.returncode, done.stderr) == (7 if ignored else -SIGINT, "")


def test_when_all_is_done_an_order_ends_at_once() -> None:
    """Nothing is left to be tidied up, and nobody to tell about it."""
    program = """
import os, signal
from imfsurvey.faces.signals import end_at_once, end_by_signals
end_by_signals()
end_at_once()
os.kill(os.getpid(), signal.SIGINT)
"""
    words = [sys.executable, "-c", program]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (-SIGINT, "")
