"""Starts the process of a reader, hears what it tells, goes on behind an input that ends it."""

from __future__ import annotations

import json
import math
import os
import select
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

CHILD = Path(__file__).with_name("child.py")
PATIENCE = 90
"""Seconds of the processor after which a process that is still at the same input is ended."""
_STILL = 400
"""Seconds on the clock after which it is ended, whatever it waits for."""
_MOST_ENDS = 50
"""A reader whose process ends this often is broken as a whole."""


@dataclass(frozen=True)
class Finding:
    """What no input may cause."""

    number: int
    kind: str
    place: str
    detail: str
    name: str = ""
    data: bytes = b""


@dataclass
class Seen:
    """What came of the inputs of a reader."""

    done: int = 0
    accepted: int = 0
    slowest: float = 0.0
    """Seconds of the processor, for one input."""
    work: float = 0.0
    """Seconds of the processor, for all of them."""
    memory: int = 0
    """KiB, at most."""
    codes: Counter[str] = field(default_factory=Counter)
    findings: list[Finding] = field(default_factory=list)

    def hear(self, line: bytes) -> None:
        """Take in a line of the child."""
        said = json.loads(line)
        if "finding" in said:
            one = said["finding"]
            self.findings.append(Finding(**{**one, "data": bytes.fromhex(one["data"])}))
            return
        self.done += said["done"]
        self.accepted += said["accepted"]
        self.slowest = max(self.slowest, said["slowest"])
        self.work += said["work"]
        self.memory = max(self.memory, said["memory"])
        self.codes.update(said["codes"])


def watched(
    name: str, seed: int, first: int, count: int, folder: Path, seconds: float = math.inf
) -> Seen:
    """Run inputs of a reader; a crash or a hang of the process is a finding, and it goes on.

    `seconds`: after so many it ends, however many inputs are left.
    """
    seen, end, state = Seen(), first + count, folder / "state"
    until = time.monotonic() + seconds
    for turn in range(_MOST_ENDS):
        place = folder / f"place-{turn}"
        place.mkdir()
        words = [name, str(seed), str(first), str(end - first), place, state]
        said, why = _run(words, seen, state, until)
        if why is None or time.monotonic() > until:
            return seen
        number = _number(state)
        if number is None:
            seen.findings.append(Finding(first, "start", "the reader does not start", said))
            return seen
        seen.findings.append(Finding(number, why, last_line(said), said))
        state.unlink()
        first = number + 1
        if first >= end:
            return seen
    return seen


def last_line(said: str) -> str:
    """The last words of a process that ended."""
    return (said.strip().splitlines() or ["no word"])[-1][:200]


def _run(words: list[str | Path], seen: Seen, state: Path, until: float) -> tuple[str, str | None]:
    """One process to its end: what it said on stderr, and why it ended unless it finished."""
    with (state.parent / "stderr").open("w+b") as errors:
        process = subprocess.Popen(
            [sys.executable, CHILD, *words], stdout=subprocess.PIPE, stderr=errors
        )
        hung = _listen(process, seen, state, until)
        code = process.wait()
        errors.seek(0)
        said = errors.read()[-8000:].decode("utf-8", "replace")
    if hung:
        return said, "hang"
    return said, None if code == 0 else f"crash ({code})"


def _listen(process: subprocess.Popen[bytes], seen: Seen, state: Path, until: float) -> bool:
    """Hear a process until it ends; whether it had to be ended: it stood still, or time is up."""
    assert process.stdout is not None
    rest, last, still = b"", None, (0.0, 0.0)
    while True:
        if select.select([process.stdout], [], [], 1)[0]:
            piece = os.read(process.stdout.fileno(), 1 << 20)
            if not piece:
                return False
            *lines, rest = (rest + piece).split(b"\n")
            for line in lines:
                seen.hear(line)
        number = _number(state)
        if number != last or still == (0.0, 0.0):
            last, still = number, (_work(process.pid) + PATIENCE, time.monotonic() + _STILL)
        if time.monotonic() > min(still[1], until) or _work(process.pid) > still[0]:
            process.kill()
            return True


def _work(pid: int) -> float:
    """Seconds that processors have spent on a process."""
    told = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def _number(state: Path) -> int | None:
    """At which input the process is."""
    text = state.read_bytes() if state.exists() else b""
    return int(text) if text else None
