"""The whole table: everything that was promised about speed and memory, side by side.

    python3 dev.py bench [--full] [--only WORD] [--json FILE] [--folder FOLDER]
    python3 dev.py bench boxes|sealed|disclosure|web|scale|crowd|day [OPTIONS]

The second form gives the tables of one subject. Read ratios, never times of two runs.
"""

from __future__ import annotations

import argparse
import os
import platform
import runpy
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import commands
import counting
import inside
import measure
import onscreen
import reporting
import sealed
import server
from measure import ROOT, Row

SUBJECTS = ("boxes", "sealed", "disclosure", "web", "scale", "crowd", "day")


class Size(NamedTuple):
    """How much is measured."""

    turns: int
    counted: tuple[int, ...]
    pages: int
    sealing: sealed.Plan
    audited: int
    people: int
    within: float
    pause: float
    each: int
    streamed: int


SHORT = Size(
    turns=5,
    counted=(10_000, 100_000, 1_000_000),
    pages=10,
    sealing=sealed.Plan((0, 10_000), 40, 0, 2_000),
    audited=10_000,
    people=60,
    within=5,
    pause=0.5,
    each=100,
    streamed=20_000,
)
FULL = Size(
    turns=11,
    counted=(10_000, 100_000, 1_000_000),
    pages=40,
    sealing=sealed.Plan((0, 10_000, 100_000), 200, 0, 100_000),
    audited=50_000,
    people=500,
    within=60,
    pause=2.5,
    each=400,
    streamed=100_000,
)
TINY = Size(
    turns=1,
    counted=(500,),
    pages=1,
    sealing=sealed.Plan((20,), 3, 0, 50),
    audited=200,
    people=2,
    within=0,
    pause=0,
    each=1,
    streamed=50,
)
"""To see that it runs; the figures mean nothing."""

Part = Callable[[Size, Path], Iterable[Row]]


def _counting(size: Size, folder: Path) -> Iterator[Row]:
    for people in size.counted:
        yield from counting.counts(folder, people, size.turns)


def _statistics(size: Size, folder: Path) -> Iterator[Row]:
    for people in size.counted:
        yield counting.statistics(folder, people, min(size.turns, 3))


PARTS: Mapping[str, Part] = {
    "start": lambda size, folder: onscreen.first_question(folder, size.turns),
    "keys": lambda size, folder: onscreen.pressed(folder, size.pages),
    "commands": lambda size, folder: commands.starts(folder, 2 * size.turns),
    "check": lambda size, folder: [commands.long_check(folder, 2 * size.turns)],
    "storing": lambda size, folder: inside.storing(folder, size.sealing),
    "counts": _counting,
    "statistics": _statistics,
    "audit": lambda size, folder: inside.audits(size.audited, size.turns),
    "report": lambda size, folder: [reporting.report(folder, min(size.turns, 3))],
    "browsers": lambda size, folder: inside.browsers(folder, size.people, size.within, size.pause),
    "postgresql": lambda size, folder: server.rows(size.streamed, size.each, size.turns),
}


def rows_of(size: Size, folder: Path, only: str) -> Iterator[Row]:
    """Part after part, told as it goes; `only`: the parts whose name holds a word."""
    for name, part in PARTS.items():
        if only in name:
            place = folder / name
            place.mkdir()
            print(f"... {name}", file=sys.stderr, flush=True)
            try:
                yield from part(size, place)
            except (AssertionError, OSError, subprocess.SubprocessError) as fault:
                yield measure.missing(name, "-", "below", 0, f"failed: {type(fault).__name__}")


def about(mode: str) -> dict[str, object]:
    """What the figures belong to."""
    return {
        "mode": mode,
        "python": platform.python_version(),
        "machine": platform.machine(),
        "cores": os.cpu_count(),
        "load_before": os.getloadavg()[0],
    }


def main(arguments: list[str]) -> int:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(prog="python3 dev.py bench", description=__doc__)
    parser.add_argument("--full", action="store_true", help="long sizes: half an hour")
    parser.add_argument("--tiny", action="store_true", help="only to see that it runs")
    parser.add_argument("--only", default="", help=f"some of: {', '.join(PARTS)}")
    parser.add_argument("--json", type=Path, default=ROOT / "bench.json", help="where to write")
    parser.add_argument("--folder", type=Path, default=ROOT, help="on which disk to measure")
    wanted = parser.parse_args(arguments)
    size = FULL if wanted.full else TINY if wanted.tiny else SHORT
    mode = about("full" if wanted.full else "tiny" if wanted.tiny else "short")
    with tempfile.TemporaryDirectory(dir=wanted.folder, prefix="bench-") as folder:
        rows = list(rows_of(size, Path(folder), wanted.only))
    print(measure.table(measure.HEAD, [row.cells() for row in rows]))
    aims = [row for row in rows if row.met is not None]
    print(f"\n{sum(row.met is True for row in aims)} of {len(aims)} goals are met.")
    wanted.json.write_text(measure.as_json(rows, mode), "utf-8")
    return 0


if __name__ == "__main__":
    if sys.argv[1:2] and sys.argv[1] in SUBJECTS:
        del sys.argv[0]
        runpy.run_path(str(ROOT / "bench" / f"{sys.argv[0]}.py"), run_name="__main__")
    else:
        sys.exit(main(sys.argv[1:]))
