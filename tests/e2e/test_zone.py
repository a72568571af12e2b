"""The main job, end to end: a zone measures its integrity policy and reads the report."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest
from keyholders import give_keys

from e2e.terminal import ENTER, ESC, F1, F2, Terminal

WAVE = "2026-zero"

# The levels that the mandatary gives, item by item in the order of the questionnaires.
DETERMINE = "2" * 17
GUIDE = "1" * 10
MONITOR = "222222" + "0"
# formal-sanctions 3, legitimate-response 2, informal-reactions 2,
# crisis-communication (complementary) don't know, after-crisis-talk not applicable
ENFORCE = "322dn"
INSTRUMENTS = DETERMINE + GUIDE + MONITOR + ENFORCE
PROCESSES = "2" * 8
STRUCTURES = "1" * 9
LEADERSHIP = "2" * 9

# By hand, after the rule (more than 50 % at the level, more than 85 % at each step below it, at
# most one step above the lowest; index = 20 x mean, core 2, complementary 1):
#   determine   all 2                                        level 2, index 40
#   guide       all 1                                        level 1, index 20
#   monitor     six 2, one 0: 6/7 = 85.7 %, cap 1 + 0        level 1, index 20 x 12/7 = 240/7
#   enforce     core 3, 2, 2 (one not applicable)            level 2
#               (2x3 + 2x2 + 2x2 + 1x0) / 7 = 2              index 40
#   instruments 2, 1, 1, 2: two of four is not most          level 1, index (40+20+240/7+40)/4
#   processes   all 2                                        level 2, index 40
#   structures  eight core at 1, nine (leadership) at 2:     9/17 = 52.9 %, cap 1 + 1: level 2
#               (8x2x1 + 9x2x2 + 1x1x1) / (16+18+1) = 53/35  index 20 x 53/35 = 212/7
#   leadership  all 2                                        level 2, index 40
#   overall     1, 2, 2: two of three, cap 1 + 1 = 2, gate   level 1
FORTY = Fraction(40)
EXPECTED: dict[str, tuple[int, Fraction]] = {
    "determine": (2, FORTY),
    "guide": (1, Fraction(20)),
    "monitor": (1, Fraction(240, 7)),
    "enforce": (2, FORTY),
    "instruments": (1, (FORTY + 20 + Fraction(240, 7) + FORTY) / 4),
    "processes": (2, FORTY),
    "structures": (2, Fraction(212, 7)),
    "leadership": (2, FORTY),
}
OVERALL_INDEX = (EXPECTED["instruments"][1] + 40 + Fraction(212, 7)) / 3  # 34.6


def run(*args: str, cwd: Path) -> str:
    """A command without a terminal; its output. AssertionError when it fails."""
    env = {**os.environ, "LANG": "fr_BE.UTF-8", "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "imfsurvey", *args],
        cwd=cwd,
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def zone(tmp_path: Path) -> Path:
    """A study with an open zero wave."""
    folder = tmp_path / "zone-5399"
    identity = ("--entity", "Zone de police 5399", "--mandatary", "A. Dubois")
    officer = ("--officer", "J. Peeters", "--group", "ops=Opérationnel|Operationeel:40")
    run("new", str(folder), *identity, *officer, cwd=tmp_path)
    give_keys(folder)
    run("wave", "new", "--kind", "zero", "--name", WAVE, cwd=folder)
    run("wave", "open", WAVE, cwd=folder)
    return folder


def answer(terminal: Terminal, keys: str, first: int, total: int) -> None:
    """Answer one item after the other, the first one being on screen as number `first`."""
    for number, key in enumerate(keys, start=first):
        terminal.wait_for(f"{number} sur {total}")
        terminal.press(key)
        terminal.wait_for("(•)")
        terminal.press(ENTER)
        if key in "345n":
            terminal.wait_for("0 caractère sur 600")
            terminal.press("PV du 12 mars", ENTER)


def finish(terminal: Terminal) -> None:
    """Send a part off from its review page; back on the list."""
    terminal.wait_for("Terminer")
    terminal.press("f")
    terminal.wait_for("Autre rôle")


def test_a_zone_measures_and_reads_the_report(zone: Path) -> None:
    """Keys in a real terminal, quit half-way and resumed, give the figures of a hand count."""
    terminal = Terminal("answer", WAVE, cwd=zone)
    terminal.wait_for("Autre rôle")
    terminal.press(ENTER)
    answer(terminal, INSTRUMENTS[:20], 1, 39)
    terminal.wait_for("21 sur 39")
    terminal.press(ESC)
    terminal.wait_for("Autre rôle")
    terminal.press(ESC)
    assert terminal.end() == 0

    terminal = Terminal("answer", WAVE, cwd=zone)
    terminal.wait_for("Autre rôle")
    terminal.press(ENTER)
    answer(terminal, INSTRUMENTS[20:], 21, 39)
    finish(terminal)
    for part in (PROCESSES, STRUCTURES, LEADERSHIP):
        terminal.press(ENTER)
        answer(terminal, part, 1, len(part))
        finish(terminal)
    terminal.press(ESC)
    assert terminal.end() == 0

    run("wave", "close", WAVE, "--yes", cwd=zone)
    figures = json.loads(run("results", WAVE, "--json", cwd=zone))
    maturity = figures["maturity"]
    for node, (level, index) in EXPECTED.items():
        found = maturity["nodes"][node]
        assert (node, found["demonstrated"], found["at_most"]) == (node, level, level)
        assert found["index"] == pytest.approx(float(index))
    overall = maturity["overall"]
    assert (overall["demonstrated"], overall["at_most"]) == (1, 1)
    assert maturity["gate_holds"] is True
    assert overall["index"] == pytest.approx(float(OVERALL_INDEX))
    assert maturity["nodes"]["enforce"]["reduced_scope"] is True
    assert maturity["ratings"]["after-crisis-talk"]["reason"] == "PV du 12 mars"

    run("report", WAVE, "--format", "html,md", "--languages", "fr,nl", cwd=zone)
    for language, overall_word in (("fr", "Ensemble"), ("nl", "Geheel")):
        report = zone / "reports" / f"{WAVE}-summary.{language}.md"
        table = [line for line in report.read_text("utf-8").splitlines() if line.startswith("|")]
        row = next(line for line in table if "Instruments" in line or "Instrumenten" in line)
        cells = [cell.strip() for cell in row.strip("|").split("|")]
        assert "1" in cells and "34" in cells  # 33.57 is printed as 34
        whole = next(line for line in table if overall_word in line)
        assert "35" in [cell.strip(" *") for cell in whole.strip("|").split("|")]  # 34.6


def test_help_and_language_are_one_key_away(zone: Path) -> None:
    """F1 shows the keys, ? too; F2 changes the language of the page that is open."""
    terminal = Terminal("answer", WAVE, "processes", cwd=zone)
    for key in (F1, "?"):
        terminal.wait_for("1 sur 8")
        terminal.press(key)
        terminal.wait_for("Fermer")
        terminal.press(ESC)
        terminal.wait_gone("Fermer")
    terminal.press(F2)
    terminal.wait_for("Nederlands")
    terminal.press("2")
    terminal.wait_for("1 van 8")
    terminal.wait_gone("Annuleren")
    terminal.press(ESC)
    terminal.wait_for("Andere rol")
    terminal.press(ESC)
    assert terminal.end() == 0


def test_several_people_answer_in_turn(zone: Path) -> None:
    """The second respondent sees nothing of the first, and the box holds both."""
    terminal = Terminal("answer", WAVE, "perception", cwd=zone)
    for language, mark in (("2", "Helemaal akkoord"), ("1", "Tout à fait d’accord")):
        terminal.wait_for("Enter Commencer")
        assert "(•)" not in terminal.text
        terminal.press(ENTER)
        terminal.wait_for("Nederlands")
        terminal.press(language)
        terminal.wait_for("F3")
        terminal.press(ENTER)
        terminal.press(ENTER)
        terminal.wait_for(mark)
        assert "(•)" not in terminal.text
        terminal.press("5")
        terminal.wait_for("(•) 5")
        seen = len(terminal.raw)
        terminal.press("\x1bOR")
        terminal.wait_for("✓")
        terminal.press("f")
        terminal.wait_for("Enter Commencer")
        assert len(terminal.raw) > seen
    terminal.press(ESC)
    terminal.wait_for("Rester")
    terminal.press(ENTER)
    assert terminal.end() == 0
    shown = json.loads(run("wave", "show", WAVE, "--json", cwd=zone))
    assert "perception" in json.dumps(shown)
    segments = list((zone / "waves" / WAVE / "boxes" / "perception" / "answers").glob("seg-*.json"))
    stored = [json.loads(path.read_text("utf-8"))["responses"] for path in segments]
    assert sum(len(responses) - 1 for responses in stored) == 2  # each has its anchor
