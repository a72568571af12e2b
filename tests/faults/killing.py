"""Programs that say on stdout what is confirmed, killed at a moment that is left to chance, or at
each of their steps."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


def confirmed_until_killed(
    *command: object, longest: float = 0.06, early: float = 0.0
) -> list[str]:
    """Start a program, kill it (SIGKILL), return the whole lines that it had confirmed.

    The moment lies within `longest` seconds of its first line; in the share `early` of all cases it
    may lie before that: during start, opening or the making of a segment.
    """
    with subprocess.Popen(
        [sys.executable, *map(str, command)], stdout=subprocess.PIPE, bufsize=0
    ) as program:
        assert program.stdout is not None
        first = b""
        if random.random() >= early:
            first = program.stdout.readline()
            time.sleep(random.uniform(0, longest))
        else:
            time.sleep(random.uniform(0.05, 0.25))
        program.kill()
        rest = program.stdout.read()
    assert program.returncode == -9
    return (first + rest).decode("ascii").split("\n")[:-1]


def killed_at_every_step(program: str, *arguments: object) -> list[dict[str, Any]]:
    """What a program of this folder says of each of its copies; the last one came through."""
    done = subprocess.run(
        [sys.executable, HERE / program, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(HERE), str(HERE.parent)])},
    )
    assert done.returncode == 0, done.stderr
    told: list[dict[str, Any]] = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(told) > 3
    assert [one["ended"] for one in told] == [-signal.SIGKILL] * (len(told) - 1) + [0]
    return told
