"""Rows about counting and statistics: whole programs, their imports included."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import measure
from measure import MissingPeerError, Ran, Row, Sample

ITEMS, GROUPS, VALUES = 60, 12, 5


def matrix(path: Path, people: int, groups: int = 0) -> Path:
    """Answers of invented people in a file, row by row; with groups, their group comes first.

    People differ in how content they are, so that the statements hang together.
    """
    chance = random.Random(people)
    tables = [bytes(_answer(mood, byte) for byte in range(256)) for mood in range(VALUES)]
    with path.open("wb") as file:
        for _ in range(people):
            if groups:
                file.write(bytes([chance.randrange(groups)]))
            file.write(chance.randbytes(ITEMS).translate(tables[chance.randrange(VALUES)]))
    return path


def _answer(mood: int, byte: int) -> int:
    """One answer in two follows the mood."""
    return mood if byte & 1 else (byte >> 1) % VALUES


def counts(folder: Path, people: int, turns: int) -> Iterator[Row]:
    """Counts by group, item and value, and the memory that they take."""
    path = matrix(folder / f"matrix-{people}", people, GROUPS)
    told = f"counts of {people:,} x {ITEMS}"
    most = 1.5 if people <= 100_000 else 2.0
    ways = ["ours", "numpy", *(["polars", "pandas"] if people <= 100_000 else [])]
    found = dict(_runs(path, ways, turns))
    ours = found["ours"]
    for way in ways[1:]:
        limit = most if way == "numpy" else 1
        if way not in found:
            continue
        if not found[way]:
            yield measure.missing(told, way, "ratio", limit, "not installed")
            continue
        sums = {one.out.split()[0] for one in (*ours, *found[way])}
        assert len(sums) == 1, f"{way} counts otherwise"
        yield measure.of_programs(told, ours, way, found[way], "ratio", limit)
    yield peak(f"{told}: peak memory", ours, path)


def _runs(path: Path, ways: list[str], turns: int) -> Iterator[tuple[str, list[Ran]]]:
    """Turn by turn, those that are installed."""
    there = []
    for way in ways:
        try:
            measure.peer("counts", way, path, str(ITEMS), str(GROUPS))
        except MissingPeerError:
            continue
        there.append(way)
    runs: dict[str, list[Ran]] = {way: [] for way in there}
    for _ in range(turns):
        for way in there:
            runs[way].append(measure.peer("counts", way, path, str(ITEMS), str(GROUPS)))
    yield from runs.items()


def peak(what: str, ours: list[Ran], path: Path) -> Row:
    """At most the program before it reads anything (measured on an empty matrix) and 1.5 times
    the matrix."""
    empty = path.with_name("empty")
    empty.touch()
    floor = measure.peer("counts", "ours", empty, str(ITEMS), str(GROUPS))
    limit = _peak(floor) + 1.5 * path.stat().st_size / 1e6
    found = Sample.of([_peak(one) for one in ours])
    against = "itself on no answers + 1.5x the matrix"
    return Row(what, found, against, Sample.of([limit]), "ratio", 1.0, "MB")


def statistics(folder: Path, people: int, turns: int) -> Row:
    """Shares, means, intervals, alpha, omega, agreement."""
    path = matrix(folder / f"answers-{people}", people)

    def by(way: str) -> Ran:
        return measure.peer("perception", way, path, str(ITEMS))

    ours, plain = measure.in_turns(turns, lambda: by("ours"), lambda: by("plain"))
    what = f"all statistics of {people:,} x {ITEMS}"
    return measure.of_programs(what, ours, "plain NumPy and SciPy", plain, "ratio", 1.5)


def _peak(run: Ran) -> float:
    """The second thing that a counting program prints."""
    return float(run.out.split()[1])
