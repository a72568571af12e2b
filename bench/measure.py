"""What a measurement is, and the table that all of them make: ours beside a peer, and a goal.

A figure is a ratio of medians within one run: ours and the peer take turns, so that a busy machine
slows them alike. Times of two runs, or of two machines, are not to be compared.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
PEERS = ROOT / "bench" / "peers"
Kind = Literal["ratio", "faster", "below", "shown"]
"""What a goal asks for: ours at most so many times the peer; the peer at least so many times ours;
ours below a figure of its own; `shown`: no
goal, it shows how cost grows."""

WORDS: Mapping[Kind, str] = {
    "ratio": "at most {}x",
    "faster": "at least {}x faster",
    "below": "{}",
    "shown": "-",
}


class Sample(NamedTuple):
    """Several measurements of one thing."""

    median: float
    low: float
    high: float
    """Quartiles: the half of all turns lies between these."""

    @classmethod
    def of(cls, found: Sequence[float]) -> Sample:
        """Of at least one measurement."""
        if len(found) < 2:
            return cls(found[0], found[0], found[0])
        low, middle, high = statistics.quantiles(found, n=4, method="inclusive")
        return cls(middle, low, high)


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    what: str
    ours: Sample | None
    """None: it could not be measured; `note` says why."""
    against: str
    peer: Sample | None
    """None beside a goal of its own, or when the peer is not installed."""
    kind: Kind
    limit: float
    unit: str = "ms"
    cpu: float | None = None
    """Ratio of the processor times, where both were measured: a busy machine changes it less."""
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """Ours to the peer; for `faster`, the peer to ours."""
        if self.ours is None or self.peer is None or not (self.ours.median and self.peer.median):
            return None
        if self.kind == "faster":
            return self.peer.median / self.ours.median
        return self.ours.median / self.peer.median

    @property
    def met(self) -> bool | None:
        """Whether the goal is reached; not when something is missing. None without a goal."""
        if self.kind == "shown":
            return None
        if self.ours is None:
            return False
        if self.kind == "below":
            return self.ours.median <= self.limit
        if self.ratio is None:
            return False
        return self.ratio >= self.limit if self.kind == "faster" else self.ratio <= self.limit

    @property
    def goal(self) -> str:
        """In words."""
        if self.kind == "below":
            return f"at most {self.limit:g} {self.unit}".strip()
        return WORDS[self.kind].format(f"{self.limit:g}")

    def cells(self) -> list[str]:
        """For the table."""
        ratio = "-" if self.ratio is None else f"{self.ratio:,.2f}x"
        cpu = "" if self.cpu is None else f" (cpu {self.cpu:.2f}x)"
        told = [self.what, _told(self.ours, self.unit), self.against, _told(self.peer, self.unit)]
        met = {True: "yes", False: "NO", None: "-"}[self.met]
        return [*told, ratio + cpu, self.goal, f"{met}{f': {self.note}' if self.note else ''}"]

    def plain(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "what": self.what,
            "unit": self.unit,
            "ours": None if self.ours is None else self.ours._asdict(),
            "against": self.against,
            "peer": None if self.peer is None else self.peer._asdict(),
            "ratio": self.ratio,
            "cpu_ratio": self.cpu,
            "goal": self.goal,
            "met": self.met,
            "note": self.note,
        }


HEAD = ["what", "ours", "peer or floor", "its figure", "ratio", "goal", "met"]


def _told(sample: Sample | None, unit: str) -> str:
    if sample is None:
        return "-"
    places = 3 if sample.median < 1 else 1
    low, middle, high = (f"{one:,.{places}f}" for one in (sample.low, sample.median, sample.high))
    return f"{middle} {unit}" if low == high else f"{middle} {unit} [{low}-{high}]"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def as_json(rows: Sequence[Row], about: Mapping[str, Any]) -> str:
    """All rows as one document, `about` (machine, versions, mode) before them."""
    held = {
        **about,
        "met": sum(row.met is True for row in rows),
        "rows": [row.plain() for row in rows],
    }
    return json.dumps(held, ensure_ascii=False, indent=1) + "\n"


class Ran(NamedTuple):
    """What a process took."""

    wall: float
    cpu: float
    """Milliseconds, its own and the system's for it."""
    out: str


class MissingPeerError(Exception):
    """The peer is not installed here."""


MISSING = 77
"""What a peer ends with when its library is not there."""


def ran(*command: str | Path, cwd: Path | None = None) -> Ran:
    """Run a program to its end. MissingPeerError; AssertionError when it fails otherwise."""
    start = time.perf_counter()
    process = subprocess.Popen(
        [str(part) for part in command],
        cwd=cwd,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    with process.stdout as pipe:
        out = pipe.read()
    _, status, used = os.wait4(process.pid, 0)
    wall = (time.perf_counter() - start) * 1000
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode == MISSING:
        raise MissingPeerError(str(command[1]))
    assert process.returncode == 0, f"{command} ended with {process.returncode}"
    return Ran(wall, (used.ru_utime + used.ru_stime) * 1000, out)


def peer(name: str, *args: str | Path) -> Ran:
    """Run a script of `bench/peers`."""
    return ran(sys.executable, PEERS / f"{name}.py", *args)


def timed(work: Callable[[], object]) -> float:
    """Milliseconds that it takes."""
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def in_turns(turns: int, *works: Callable[[], Any]) -> list[list[Any]]:
    """What each work gives, turn by turn, after one turn that does not count."""
    found: list[list[Any]] = [[] for _ in works]
    for turn in range(turns + 1):
        for place, work in enumerate(works):
            given = work()
            if turn:
                found[place].append(given)
    return found


def of_programs(
    what: str, ours: Sequence[Ran], against: str, peer: Sequence[Ran], kind: Kind, limit: float
) -> Row:
    """A row from whole runs of programs."""
    cpu = statistics.median(one.cpu for one in ours) / statistics.median(one.cpu for one in peer)
    return Row(
        what,
        Sample.of([one.wall for one in ours]),
        against,
        Sample.of([one.wall for one in peer]),
        kind,
        limit,
        cpu=1 / cpu if kind == "faster" else cpu,
    )


def missing(what: str, against: str, kind: Kind, limit: float, note: str) -> Row:
    """A row that could not be measured."""
    return Row(what, None, against, None, kind, limit, note=note)
