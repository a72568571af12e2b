"""`imfsurvey report`: which files are written where, and what is said about them."""

import json
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


def test_all_languages_of_the_entity_in_both_forms(cli: Cli, study: Study, closed: Wave) -> None:
    """Four files in the study's reports; their paths, and nothing else, on stdout."""
    ran = cli("report", closed.id)
    assert ran.code == 0
    paths = [Path(line) for line in ran.out.splitlines()]
    assert {path.parent for path in paths} == {study.folder / "reports"}
    assert {"".join(path.suffixes) for path in paths} == {
        *(".fr.html", ".nl.html", ".fr.pdf", ".nl.pdf")
    }
    assert all(path.is_file() for path in paths)


def test_what_was_asked_for(cli: Cli, tmp_path: Path, closed: Wave) -> None:
    """One language, one form, another folder; as JSON too."""
    line = ["report", closed.id, "--languages", "NL", "--format", "md", "--output", "../out"]
    data = json.loads(cli(*line, "--json").out)
    assert data == {"files": [str(tmp_path / "out" / "2026-zero-summary.nl.md")]}


@pytest.mark.parametrize(
    ("option", "value"), [("--languages", "fr,xx"), ("--format", "html,odt"), ("--format", ",")]
)
def test_words_that_are_none(cli: Cli, closed: Wave, option: str, value: str) -> None:
    """What is not offered is told with what is, and nothing is written."""
    ran = cli("report", closed.id, option, value, "--output", "out")
    assert ran.code == 2
    assert "IMF-F125" in ran.err
    assert not Path("out").exists()


def test_a_draft_has_no_report(cli: Cli, study: Study) -> None:
    """There is nothing to report before a wave was opened."""
    study.new_wave("zero", 2026)
    assert cli("report", "2026-zero").code == 3


def test_a_file_in_the_way(cli: Cli, closed: Wave, tmp_path: Path) -> None:
    """A place that cannot be written is told, not a traceback."""
    (tmp_path / "file").write_text("", "utf-8")
    ran = cli("report", closed.id, "--output", tmp_path / "file")
    assert ran.code == 3
    assert str(tmp_path / "file") in ran.err
