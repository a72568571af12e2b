"""The arithmetic of the bench: ratios, goals, what is missing, and the table as JSON."""

import json
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

BENCH = Path(__file__).resolve().parents[2] / "bench"
sys.path.append(str(BENCH))

from measure import HEAD, Row, Sample, as_json, in_turns, missing, peer, table  # noqa: E402

FAST, SLOW = Sample.of([10.0]), Sample.of([20.0])


def test_a_sample_is_its_median_between_quartiles() -> None:
    """Of 1, 2, 3, 4 and 100: the middle one, and the half between the second and the fourth."""
    assert Sample.of([100, 1, 3, 2, 4]) == Sample(3, 2, 4)
    assert Sample.of([7]) == Sample(7, 7, 7)


@pytest.mark.parametrize(
    ("ours", "beside", "kind", "limit", "ratio", "met"),
    [
        (SLOW, FAST, "ratio", 2.0, 2.0, True),
        (SLOW, FAST, "ratio", 1.9, 2.0, False),
        (FAST, SLOW, "faster", 2.0, 2.0, True),
        (SLOW, FAST, "faster", 1.0, 0.5, False),
        (FAST, None, "below", 10.0, None, True),
        (SLOW, None, "below", 10.0, None, False),
        (SLOW, None, "shown", 10.0, None, None),
        (FAST, None, "ratio", 1.0, None, False),
        (None, FAST, "ratio", 1.0, None, False),
    ],
)
def test_a_goal_is_met_or_not(
    ours: Sample | None,
    beside: Sample | None,
    kind: str,
    limit: float,
    ratio: float | None,
    met: bool | None,
) -> None:
    """At most so many times the peer, at least so many times faster, below a figure; what could
    not be measured is not met, and what only shows growth is neither."""
    row = Row("this", ours, "that", beside, kind, limit)  # type: ignore[arg-type]  # a word
    assert (row.ratio, row.met) == (ratio, met)


def test_what_is_not_installed_is_said_and_not_met() -> None:
    """The row of a peer that is not there tells so and breaks nothing."""
    cells = missing("counts", "polars", "ratio", 1, "not installed").cells()
    assert cells == ["counts", "-", "polars", "-", "-", "at most 1x", "NO: not installed"]


def test_the_table_as_json() -> None:
    """Every row is there with its figures, and how many goals are met."""
    rows = [
        Row("a", SLOW, "b", FAST, "ratio", 3.0, cpu=1.5),
        missing("c", "d", "ratio", 1, "not installed"),
        Row("e", FAST, "-", None, "shown", 0),
    ]
    held = json.loads(as_json(rows, {"mode": "tiny"}))
    assert (held["mode"], held["met"]) == ("tiny", 1)
    assert [one["met"] for one in held["rows"]] == [True, False, None]
    assert held["rows"][0]["ours"] == {"median": 20.0, "low": 20.0, "high": 20.0}
    assert (held["rows"][0]["ratio"], held["rows"][0]["cpu_ratio"]) == (2.0, 1.5)
    lines = table(HEAD, [row.cells() for row in rows]).split("\n")
    assert lines[2] == "| a | 20.0 ms | b | 10.0 ms | 2.00x (cpu 1.50x) | at most 3x | yes |"


def test_all_take_turns() -> None:
    """Ours, peer, ours, peer; the first turn of each does not count."""
    calls: list[str] = []

    def note(name: str) -> int:
        calls.append(name)
        return len(calls)

    found = in_turns(2, lambda: note("ours"), lambda: note("peer"))
    assert calls == ["ours", "peer"] * 3
    assert found == [[3, 5], [4, 6]]


@pytest.mark.parametrize("way", ["ours", "numpy", "pandas"])
def test_all_ways_count_the_same(tmp_path: Path, way: str) -> None:
    """The sum of the squares of all counts by group, item and value, against a plain Counter."""
    chance = random.Random(3)
    rows = [[chance.randrange(3), *(chance.randrange(5) for _ in range(4))] for _ in range(200)]
    (tmp_path / "matrix").write_bytes(b"".join(map(bytes, rows)))
    counted = Counter((row[0], place, row[place]) for row in rows for place in range(1, 5))
    found = peer("counts", way, tmp_path / "matrix", "4", "3")
    squares, peak = found.out.split()
    assert int(squares) == sum(count * count for count in counted.values())
    assert found.wall > 0 and float(peak) > 0


def test_one_part_of_the_table(tmp_path: Path) -> None:
    """The command measures, prints the table and how much is met, and writes the same as JSON."""
    command = [sys.executable, str(BENCH / "table.py"), "--tiny", "--only", "check"]
    command += ["--json", str(tmp_path / "found.json"), "--folder", str(tmp_path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    assert done.stdout.startswith("| what | ours |")
    (row,) = json.loads((tmp_path / "found.json").read_text("utf-8"))["rows"]
    assert row["what"] == "check of 300 items, imports left out"
    assert row["ratio"] == row["ours"]["median"] / row["peer"]["median"]
    assert [path.name for path in tmp_path.iterdir()] == ["found.json"]  # tidied up
