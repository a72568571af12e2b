"""Broken, odd and hostile inputs for every reader of the program.

    python3 dev.py fuzz [--inputs 10000] [--only WORD] [--seed N] [--number N] [--minutes M]

An input must end in a result or in a refusal with a code, soon, and without touching anything
outside its folder. Everything else is a finding, saved as a file with the words that repeat it.
"""

from __future__ import annotations

import argparse
import math
import os
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "fuzz"), str(ROOT / "tests"), str(ROOT / "bench")]

from measure import table  # noqa: E402 - found by the line above
from parent import Seen, watched  # noqa: E402
from readers import ONLY_BY_NAME, READERS  # noqa: E402

HEAD = (
    *("reader", "inputs", "accepted", "refused by", "slowest", "memory", "minutes", "of processor"),
    "findings",
)
_SHOWN = 6
_SAVED = 3
_ROOM = 1024**3


def memory_disk() -> str | None:
    """Where there is a file system in memory with room, it: no input is to wait for a disk."""
    path = Path("/dev/shm")
    roomy = path.is_dir() and os.access(path, os.W_OK) and shutil.disk_usage(path).free > _ROOM
    return str(path) if roomy else None


def chosen(word: str) -> list[str]:
    """The readers with a word in their name: all of them for an empty one."""
    if word in READERS:
        return [word]
    found = [name for name in READERS if word in name and name not in ONLY_BY_NAME]
    if not found:
        sys.exit(f"No reader with '{word}' in its name. There are: {', '.join(READERS)}.")
    return found


def cells(name: str, seen: Seen, minutes: float) -> list[str]:
    """One line of the table."""
    codes = [f"{code.removeprefix('IMF-')} {n:,}" for code, n in seen.codes.most_common(_SHOWN)]
    more = len(seen.codes) - _SHOWN
    refused = ", ".join(codes) + (f" and {more} more" if more > 0 else "")
    kinds = Counter(f"{one.kind}: {one.place}" for one in seen.findings)
    return [
        *(name, f"{seen.done:,}", f"{seen.accepted:,}", refused or "-", f"{seen.slowest:.2f} s"),
        *(f"{seen.memory // 1024} MiB", f"{minutes:.1f}", f"{seen.work / 60:.1f}"),
        f"{len(seen.findings)} ({len(kinds)} kinds)" if kinds else "none",
    ]


def save(folder: Path, name: str, seed: int, seen: Seen) -> None:
    """Save the first inputs of each kind of finding; say where."""
    counted: Counter[tuple[str, str]] = Counter()
    for one in seen.findings:
        counted[one.kind, one.place] += 1
        if counted[one.kind, one.place] > _SAVED:
            continue
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{name}-{seed}-{one.number}"
        path.with_suffix(".input").write_bytes(one.data)
        again = f"python3 dev.py fuzz --only {name} --seed {seed} --number {one.number}"
        text = f"{again}\n{one.kind}: {one.place}\ninput: {one.name}\n\n{one.detail}\n"
        path.with_suffix(".txt").write_text(text, "utf-8", "backslashreplace")
    for (kind, place), times in counted.items():
        print(f"  {name}: {times} x {kind}: {place}", flush=True)


def main(words: list[str]) -> int:
    """Run readers, print the table; the exit code is 1 when something was found."""
    parser = argparse.ArgumentParser(prog="dev.py fuzz", description=__doc__)
    parser.add_argument("--inputs", type=int, default=10_000)
    parser.add_argument("--only", default="", metavar="WORD")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=math.inf, help="at most, for a reader")
    parser.add_argument("--number", type=int, help="this input alone")
    parser.add_argument("--folder", type=Path, default=ROOT / "fuzz" / "findings")
    asked = parser.parse_args(words)
    first, count = (0, asked.inputs) if asked.number is None else (asked.number, 1)
    lines, failed = [], False
    for name in chosen(asked.only):
        began = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="imfsurvey-fuzz-", dir=memory_disk()) as place:
            seen = watched(name, asked.seed, first, count, Path(place), asked.minutes * 60)
        lines.append(cells(name, seen, (time.monotonic() - began) / 60))
        save(asked.folder, name, asked.seed, seen)
        print(table(HEAD, lines[-1:]).splitlines()[-1], flush=True)
        failed = failed or bool(seen.findings)
    print(f"\n{table(HEAD, lines)}")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
