"""Three years of one fictitious zone; every figure that is printed is recomputed by other means.

The walk is made once. What it prints is read by `tests/independent`, which knows the answers and
ratings from the story and imports nothing of imfsurvey. A number that is not accounted for, in
whatever table or sentence, is a failure.
"""

from __future__ import annotations

import functools
import json
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest
from independent import groups, reading, sheet, tables, unrounded
from independent.audit import Audit
from independent.zone import Measurement

from e2e import three_years, three_years_story
from e2e.terminal import Terminal

TESTS = Path(__file__).parents[1]
ALL = [Measurement(year) for year in three_years_story.YEARS]
REPORTS = [tables.Report(ALL[: number + 1]) for number in range(len(ALL))]
PER_YEAR = pytest.mark.parametrize("report", REPORTS, ids=lambda one: one.now.year.wave)
VIEWS = {(): sheet.results, ("--trend",): sheet.trend, ("--by", "unit"): sheet.by_group}
BY_STATEMENT = "Share of favourable answers, by statement and group"
LONG = (80, 260)
"""A terminal in which all of them can be seen at once."""


@pytest.fixture(scope="module")
def zone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The study after its final measurement."""
    return three_years.walk(tmp_path_factory.mktemp("years") / "zone")


@pytest.fixture(scope="module")
def texts(zone: Path) -> dict[str, str]:
    """A report on each measurement with those before it."""
    found = {}
    for number, year in enumerate(three_years_story.YEARS, 1):
        waves = [one.wave for one in three_years_story.YEARS[:number]]
        how = ("--format", "md", "--languages", "en")
        three_years.on(year.unsealed, zone, "report", *waves, *how)
        path = zone / "reports" / f"{year.wave}-summary.en.md"
        found[year.wave] = path.read_text("utf-8")
    return found


def test_the_independent_script_is_independent() -> None:
    """Nothing of imfsurvey is loaded with it, and no module of it names the package in code."""
    modules = sorted((TESTS / "independent").glob("[a-z]*.py"))
    assert len(modules) >= 8
    names = ", ".join(f"independent.{path.stem}" for path in modules)
    script = f"import sys, {names}; print([m for m in sys.modules if 'imfsurvey' in m])"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=TESTS, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
    for path in modules:
        assert not re.search(r"^\s*(from|import) +imfsurvey", path.read_text("utf-8"), re.MULTILINE)


@PER_YEAR
def test_every_number_of_the_report(texts: dict[str, str], report: tables.Report) -> None:
    """Table by table, cell by cell, and sentence by sentence."""
    assert list(Audit(report).complaints(texts[report.now.year.wave])) == []


def test_a_number_that_is_wrong_is_noticed(texts: dict[str, str]) -> None:
    """Of the numbers of the last report 300 are changed in their last digit, one at a time."""
    audit, text = Audit(REPORTS[-1]), texts[ALL[-1].year.wave]
    body = text[: text.index("**Files and versions**")]
    found = list(re.finditer(r"\d+", body))
    assert len(found) > 1000
    for one in random.Random(5).sample(found, 300):
        other = f"{one[0][:-1]}{(int(one[0][-1]) + 1) % 10}"
        changed = text[: one.start()] + other + text[one.end() :]
        assert next(audit.complaints(changed), None), text[one.start() - 60 : one.end() + 20]


@PER_YEAR
def test_what_is_hidden_cannot_be_subtracted(texts: dict[str, str], report: tables.Report) -> None:
    """No group is hidden alone, and those that are hidden are k people or more together."""
    rows = reading.read(texts[report.now.year.wave]).tables[BY_STATEMENT][1:]
    for item, row in zip(three_years_story.STATEMENTS, rows, strict=True):
        hidden = [
            groups.counted(report.now, group, item)[0]
            for group, said in zip(three_years_story.GROUPS, row[1:], strict=True)
            if said.startswith("hidden")
        ]
        assert not hidden or (len(hidden) > 1 and sum(hidden) >= three_years_story.K), (item, row)


def test_the_groups_show_every_kind_of_cell(texts: dict[str, str]) -> None:
    """Exact, to 5 points, a fifth, hidden for k, hidden for the sake of another: each occurs."""
    pages = [reading.read(text) for text in texts.values()]
    cells = {cell for page in pages for row in page.tables[BY_STATEMENT][1:] for cell in row}
    kinds = (r"\d+%", r"about \d+%", r"\d+% to \d+%", r"hidden \(a\)", r"hidden \(b\)")
    for kind in kinds:
        assert any(re.fullmatch(kind, cell) for cell in cells), kind


@PER_YEAR
@pytest.mark.parametrize("view", VIEWS, ids=lambda one: one[0] if one else "results")
def test_every_number_in_the_terminal(
    zone: Path, report: tables.Report, view: tuple[str, ...]
) -> None:
    """What `imfsurvey results` prints, in a real terminal for the final measurement."""
    year = report.now.year
    if year.kind == "final":
        said = in_terminal(zone, "results", year.wave, *view)
    else:
        said = three_years.on(year.unsealed, zone, "results", year.wave, *view).out
    left = sheet.left_over(said, VIEWS[view](report))
    assert not reading.has_number(left), left


def in_terminal(zone: Path, *arguments: str) -> str:
    """What a command leaves on the screen of a terminal."""
    terminal = Terminal(*arguments, cwd=zone, size=LONG, LANG="en_GB.UTF-8")
    assert terminal.end() == 0, terminal.text
    while terminal.pump():
        continue
    return terminal.text


@PER_YEAR
def test_the_figures_before_rounding(zone: Path, report: tables.Report) -> None:
    """What programs get, to the ninth digit; omega to the fourth."""
    year = report.now.year
    printed = json.loads(three_years.on(year.unsealed, zone, "results", year.wave, "--json").out)
    for way, wanted in unrounded.figures(report.now):
        said = functools.reduce(lambda inside, key: inside[key], way, printed)
        close = unrounded.OMEGA if way[-1] == "omega" else 1e-9
        if wanted is not None:
            wanted = pytest.approx(wanted, rel=close, abs=close)
        assert said == wanted, way


def test_what_the_measurements_say_of_actions(zone: Path) -> None:
    """The first was accepted and carried out; each shows the level of its topic year by year."""
    plan = json.loads(three_years.on(ALL[-1].year.unsealed, zone, "actions", "--json").out)
    first = next(one for one in plan if one["id"] == "a1")
    assert (first["decision"], first["step"], first["owner"]) == ("accepted", "check", "HR")
    assert len(plan) > 3
    for action in plan:
        proposed, topic = action["wave"], action["topic"]
        levels = {one.year.wave: level_of(one, topic) for one in ALL}
        later = [wave for wave in levels if wave > proposed]
        assert action["level"] == levels[proposed]
        assert {one["wave"]: one["level"] for one in action["later"]} == {
            wave: levels[wave] for wave in later
        }


def level_of(measurement: Measurement, topic: str) -> int | None:
    """As it counts; None for what nobody could rate."""
    said = measurement.ratings[topic]
    return said if isinstance(said, int) else None
