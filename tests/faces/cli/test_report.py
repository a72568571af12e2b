"""`imfsurvey report`: which files are written where, and what is said about them."""

import json
import os
import signal
import subprocess
import sys
import zipfile
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


def test_progress_is_said_beside_the_json(cli: Cli, closed: Wave) -> None:
    """Sixteen files: stderr says how many come, and names each once it is there."""
    forms = ["--format", "html,md,pdf,docx", "--languages", "fr,nl,en,de", "--output", "out"]
    ran = cli("report", closed.id, *forms, "--json")
    files = json.loads(ran.out)["files"]
    assert len(files) == 16
    said = ran.err.splitlines()
    assert "16" in said[0]
    assert said[1:17] == files


@pytest.mark.parametrize(
    ("number", "codes"),
    [(signal.SIGINT, (130, -signal.SIGINT)), (signal.SIGTERM, (143,))],  # a shell says 130 for both
)
def test_breaking_off_leaves_whole_files_only(
    closed: Wave, study: Study, tmp_path: Path, number: signal.Signals, codes: tuple[int, ...]
) -> None:
    """Told to end after the first of sixteen files: it ends so, and nothing is torn."""
    out = tmp_path / "broken"
    forms = ["--format", "html,md,pdf,docx", "--languages", "fr,nl,en,de", "--output", str(out)]
    running = subprocess.Popen(
        [sys.executable, "-m", "imfsurvey", "report", closed.id, *forms],
        cwd=study.folder,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    with running:
        assert running.stdout is not None
        running.stdout.readline()
        running.send_signal(number)
        running.communicate(timeout=120)
    assert running.returncode in codes
    found = sorted(out.iterdir())
    assert 1 <= len(found) < 16
    ends = {".html": b"</html>\n", ".md": b"\n", ".pdf": b"%%EOF"}
    for path in found:
        if path.suffix == ".docx":
            assert zipfile.is_zipfile(path)
        else:
            assert path.read_bytes().endswith(ends[path.suffix])
