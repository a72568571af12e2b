"""Several studies side by side: levels, never the staff; broken ones are named."""

import csv
import io
import json
from pathlib import Path

import pytest
from commandline import Cli
from keyholders import close_and_unseal
from zone import CLOSED, OPENED, QUESTIONNAIRES, make_zone, rate, respond

from imfsurvey.study.folder import Study
from imfsurvey.study.life import close_wave, open_wave
from imfsurvey.study.revising import revise

ALL = {"sa_code": 2, "sa_rules": 2, "sa_training": 2, "sa_cycle": 2}


@pytest.fixture
def studies(tmp_path: Path) -> tuple[Path, Path, Path, Path]:
    """A measured and corrected one with a dangerous name, an incomplete one, one that was never
    measured, and a folder that is no study."""
    first = make_zone(tmp_path / "first")
    file = first.folder / "study.yaml"
    file.write_text(file.read_text("utf-8").replace("Zone d'essai", "=1+1"), "utf-8")
    first = Study(first.folder)
    draft = first.new_wave("zero", 2026, questionnaires=QUESTIONNAIRES)
    wave = open_wave(first, draft, OPENED)
    rate(wave, ALL)
    respond(wave, 12, clear=4)
    rate(wave, {**ALL, "sa_cycle": 0}, rater="external")
    close_and_unseal(first, wave, CLOSED)
    revision = revise(first, first.wave(wave.id), "Cycle surestimé", CLOSED)
    rate(revision, {**ALL, "sa_cycle": 1})
    close_wave(first, revision, CLOSED)
    second = make_zone(tmp_path / "second")
    file = second.folder / "study.yaml"
    file.write_text(file.read_text("utf-8").replace("Zone d'essai", "\uff1d1+1"), "utf-8")
    second = Study(second.folder)
    draft = second.new_wave("zero", 2026, questionnaires=QUESTIONNAIRES)
    wave = open_wave(second, draft, OPENED)
    rate(wave, {"sa_code": 2}, finished=False)
    close_wave(second, wave, CLOSED)
    third = make_zone(tmp_path / "third")
    return first.folder, second.folder, third.folder, tmp_path


def test_levels_side_by_side(cli: Cli, studies: tuple[Path, ...]) -> None:
    """Instruments 2 and 2 are level 2; processes 1 in the revision; overall 2 and 1: one of two
    is not most: 1, which the missing policy leaves. The external rating has processes at 0: one
    of two at 1 is not most: 0. What is broken is said, the others are shown."""
    ran = cli("portfolio", *studies, "--json")
    assert ran.code == 1
    found = json.loads(ran.out)
    first, second = found["studies"]
    assert (first["wave"], first["revision"], first["level"]) == ("2026-zero-r2", 2, 1)
    assert first["pillars"] == {"instruments": 2, "processes": 1}
    assert (first["coverage"], first["serves"], first["external_level"]) == (1.0, True, 0)
    assert (second["serves"], second["coverage"], second["at_most"]) == (False, 0.25, 1)
    assert [one["code"] for one in found["errors"]] == ["IMF-T465", "IMF-T110"]
    assert "IMF-T465" in ran.err
    for unwanted in ("perception", "favourable", "headcount"):
        assert unwanted not in ran.out


def test_the_table(cli: Cli, studies: tuple[Path, ...]) -> None:
    """80 columns, with what stands beside the figures."""
    ran = cli("portfolio", *studies[:2])
    assert ran.code == 0
    lines = ran.out.splitlines()
    assert max(map(len, lines)) <= 80
    row = next(line for line in lines if line.startswith("=1+1"))
    # index: instruments 40, processes 20: their mean
    assert row.split() == ["=1+1", "1", "2", "1", "30", "100%"]
    said = " ".join(ran.out.split())
    assert "policy not approved · revision 2 · external rating: level 0" in said
    assert "incomplete: no measurement" in said


def test_a_file_for_a_spreadsheet(cli: Cli, studies: tuple[Path, ...], tmp_path: Path) -> None:
    """No cell is a formula, by a wide sign neither, and no file is overwritten."""
    out = tmp_path / "all.csv"
    assert cli("portfolio", *studies[:2], "--out", out).code == 0
    rows = list(csv.DictReader(io.StringIO(out.read_text("utf-8-sig")), delimiter=";"))
    assert [row["entity"] for row in rows] == ["'=1+1", "'\uff1d1+1"]
    assert rows[0]["level_instruments"] == "2"
    both = cli("portfolio", *studies[:2], "--out", tmp_path / "other.csv", "--json")
    assert (both.code, "IMF-F494" in both.err) == (2, True)
    again = cli("portfolio", *studies[:2], "--out", out)
    assert again.code == 2
    assert "IMF-F431" in again.err
