"""Results by group: the same cells are hidden on every way out, and every reason is in words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from commandline import Cli
from keyholders import close_and_unseal
from stage import picture, running
from zone import CLOSED, OPENED, QUESTIONNAIRES, respond

from imfsurvey.faces.tui.results import ResultsScreen
from imfsurvey.study.folder import Study
from imfsurvey.study.life import close_wave, open_wave, results
from imfsurvey.study.wave import Wave

LETTERS = {"too_few": "a", "protected": "b", "released": "c", "whole": "d", "for_some": "e"}
GROUPS = ("[FR] Opérationnel", "[FR] CALog")


@pytest.fixture
def closed(study: Study, wave: Wave) -> Wave:
    """31 operational staff answered, 8 of the others: too few, so the 31 are hidden with them.

    The second statement is answered by 12 of the others in all, so both groups are shown.
    """
    for n in range(31):
        respond(wave, 1, category="ops", clear=1 + n % 5, unclear=1 + n % 4)
    for n in range(8):
        respond(wave, 1, category="08", clear=1 + n % 5, unclear=1 + n % 4)
    for n in range(4):
        respond(wave, 1, category="08", unclear=1 + n % 4)
    close_and_unseal(study, wave, CLOSED)
    return study.wave(wave.id)


def hidden(groups: list[dict[str, Any]], part: str) -> list[list[str | None]]:
    """By statement or theme, the reason of each group."""
    return [
        [one["hidden"] for one in row]
        for row in zip(*(group[part] for group in groups), strict=True)
    ]


def test_json(cli: Cli, closed: Wave) -> None:
    """`--by` gives one breakdown, which is also in the whole; nothing hidden has a figure."""
    (figures,) = json.loads(cli("results", closed.id, "--by", "category", "--json").out)
    whole = json.loads(cli("results", closed.id, "--json").out)
    assert whole["breakdowns"] == [figures]
    assert [group["codes"] for group in figures["groups"]] == [["ops"], ["08"]]
    assert hidden(figures["groups"], "items") == [["protected", "too_few"], [None, None]]
    assert hidden(figures["groups"], "themes") == [["protected", "too_few"]]
    for group in figures["groups"]:
        for share in (*group["items"], *group["themes"]):
            if share["hidden"]:
                rest = {
                    name: value for name, value in share.items() if name not in ("of", "hidden")
                }
                assert set(rest.values()) == {None}


def cells_in(lines: list[str], names: tuple[str, ...] = GROUPS) -> list[list[str]]:
    """What is said of each group, statement by statement."""
    said = [
        line.partition(":")[2].strip()
        for line in lines
        if line.startswith("    - ") and any(name in line for name in names)
    ]
    return [said[start : start + 2] for start in range(0, len(said), 2)]


def test_text(cli: Cli, closed: Wave) -> None:
    """The same cells, each with the letter of its reason, which is explained below."""
    lines = cli("results", closed.id, "--by", "category").out.splitlines()
    assert cells_in(lines) == [
        ["hidden (b)", "hidden (a)"],  # the theme
        ["hidden (b)", "hidden (a)"],
        ["about 50%", "40% to 60%"],  # 16 of 31 and 6 of 12 disagree with what is reversed
    ]
    assert "hidden (a): fewer than 10 answers" in lines
    assert any(line.startswith("hidden (b): so that another group") for line in lines)
    assert "  - [FR] Opérationnel: Between 60% and 80% of 40 people answered." in lines


class Cells(HTMLParser):
    """The tables of a page as rows of texts."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[list[list[str]]] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: object) -> None:
        """Begin a table, a row or a cell."""
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        self._inside = tag in ("td", "th") or (self._inside and tag != "tr")
        if tag in ("td", "th"):
            self.tables[-1][-1].append("")

    def handle_data(self, data: str) -> None:
        """Text of a cell."""
        if self._inside and self.tables and self.tables[-1] and self.tables[-1][-1]:
            self.tables[-1][-1][-1] += data.strip()

    def handle_endtag(self, tag: str) -> None:
        """End a cell."""
        if tag in ("td", "th"):
            self._inside = False


def report_cells(text: str) -> Iterator[list[str]]:
    """The cells of the groups, theme first, then statements."""
    parser = Cells()
    parser.feed(text)
    for table in parser.tables:
        if table[0][0] == "Group":
            yield [row[1] for row in table[1:]]
        elif table[0][1:] == list(GROUPS):
            yield from (row[1:] for row in table[1:])


def test_report(cli: Cli, closed: Wave) -> None:
    """The report has the same cells, a hatched heatmap with the letters, and the reasons."""
    args = ("--languages", "en", "--format", "html", "--json")
    (path,) = json.loads(cli("report", closed.id, *args).out)["files"]
    text = Path(path).read_text("utf-8")
    assert list(report_cells(text)) == [
        ["hidden (b)", "hidden (a)"],
        ["hidden (b)", "hidden (a)"],
        ["about 50%", "40% to 60%"],
    ]
    assert "fewer than 10 answers" in text
    assert "groups-1-hatch" in text
    assert "colleagues who" in text  # what no check can see, in the method


async def test_screen(study: Study, closed: Wave) -> None:
    """The fourth view: the same cells hatched, with the letters explained below."""
    screen = ResultsScreen(results(study, closed, CLOSED))
    async with running(lambda: screen, (100, 30), "en") as pilot:
        await pilot.press("4")
        await pilot.pause()
        rows = picture(pilot)
    (theme,) = (row for row in rows if row.strip().startswith("[FR] Clarté"))
    assert re.findall(r"▒▒▒ (\w)", theme) == ["b", "a"]
    assert any("▒▒▒ a  fewer than 10 answers" in row for row in rows)
    assert any(
        "1  [FR] Opérationnel: Between 60% and 80% of 40 people answered." in row for row in rows
    )


def test_what_cannot_be_asked_for(cli: Cli, closed: Wave) -> None:
    """An undeclared item is refused with the declared ones named."""
    ran = cli("results", closed.id, "--by", "clear")
    assert (ran.code, "IMF-A380" in ran.err, "category" in ran.err) == (1, True, True)


def test_before_it_is_unsealed(cli: Cli, study: Study) -> None:
    """While a wave is open there is nothing to break down, and the screen has nothing either."""
    open_wave(study, study.new_wave("annual", 2027, questionnaires=QUESTIONNAIRES), OPENED)
    ran = cli("results", "2027-annual", "--by", "category")
    assert (ran.code, "IMF-T382" in ran.err) == (3, True)


def test_a_wrong_headcount_is_said(cli: Cli, study: Study, wave: Wave) -> None:
    """Unsealing warns of a group with more answers than people; the results repeat it in words."""
    for n in range(16):
        respond(wave, 1, category="08", clear=1 + n % 5, unclear=1 + n % 4)
    for n in range(20):
        respond(wave, 1, category="ops", clear=1 + n % 5, unclear=1 + n % 4)
    close_wave(study, wave, CLOSED)
    ran = cli("wave", "unseal", wave.id, "--yes", "--key-file", study.folder / "keys/officer.age")
    assert "IMF-A381" in ran.err
    lines = cli("results", wave.id, "--by", "category").out.splitlines()
    assert any("More answers than the 12 people of this group" in line for line in lines)
