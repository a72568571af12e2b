"""`imfsurvey template` and `report --template`."""

from __future__ import annotations

from pathlib import Path

import pytest
from commandline import Cli
from keyholders import close_and_unseal
from zone import CLOSED, rate

from imfsurvey.study.folder import Study
from imfsurvey.study.wave import Wave


@pytest.fixture
def closed(study: Study, wave: Wave) -> Wave:
    """A closed wave with a self-assessment."""
    rate(wave, {"sa_code": 3, "sa_rules": 2, "sa_training": 1, "sa_cycle": 1})
    close_and_unseal(study, wave, CLOSED)
    return wave


def test_from_a_copy_to_a_report(cli: Cli, tmp_path: Path, closed: Wave) -> None:
    """Copy, change, check, report: the line of the office's own is in it."""
    house = tmp_path / "house"
    assert len(cli("template", "copy", house).out.splitlines()) == 4
    path = house / "summary.md.j2"
    path.write_text("OURS\n" + path.read_text("utf-8"), "utf-8")
    ran = cli("template", "check", house)
    assert (ran.code, ran.out) == (0, "")
    made = cli("report", closed.id, "--format", "md", "--languages", "fr", "--template", house)
    assert Path(made.out.strip()).read_text("utf-8").startswith("OURS")


def test_faults_are_listed_and_nothing_is_written(cli: Cli, tmp_path: Path, closed: Wave) -> None:
    """Exit code 1 with file and line, from the check and from the report."""
    house = tmp_path / "house"
    cli("template", "copy", house)
    (house / "summary.md.j2").write_text("\n{{ summary.nothing }}\n", "utf-8")
    ran = cli("template", "check", house)
    assert ran.code == 1
    assert f"{house / 'summary.md.j2'}:2:1" in ran.out
    assert ran.out.splitlines()[0].endswith("of this name: nothing")
    out = tmp_path / "out"
    ran = cli("report", closed.id, "--format", "md", "--template", house, "--output", out)
    assert ran.code == 1
    assert "IMF-R107" in ran.err
    assert not out.exists()


def test_a_folder_that_is_not_there(cli: Cli, tmp_path: Path, closed: Wave) -> None:
    """No report in another look than the one asked for."""
    ran = cli("report", closed.id, "--template", tmp_path / "none")
    assert (ran.code, ran.out) == (1, "")
    assert "IMF-R103" in ran.err
