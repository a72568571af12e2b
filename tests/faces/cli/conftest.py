"""Nothing around but a study of 52 people and its zero wave."""

from __future__ import annotations

from pathlib import Path

import pytest
from commandline import Cli, in_process
from zone import OPENED, QUESTIONNAIRES, make_zone

from imfsurvey.faces.cli import new, terminal
from imfsurvey.study.folder import Study
from imfsurvey.study.life import open_wave
from imfsurvey.study.wave import Wave


@pytest.fixture(autouse=True)
def outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No study around, no language in the environment, no home but an empty one."""
    monkeypatch.chdir(tmp_path)
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "IMFSURVEY_DEBUG", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))


@pytest.fixture
def cli() -> Cli:
    """Runs a command line in this process."""
    return in_process


@pytest.fixture
def at_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody sits there who can be asked."""
    monkeypatch.setattr(terminal, "on_terminal", lambda: True)
    monkeypatch.setattr(new, "on_terminal", lambda: True)


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Study:
    """A study, which is the current folder."""
    made = make_zone(tmp_path / "zone")
    monkeypatch.chdir(made.folder)
    return made


@pytest.fixture
def wave(study: Study) -> Wave:
    """Its zero wave, open."""
    return open_wave(study, study.new_wave("zero", 2026, questionnaires=QUESTIONNAIRES), OPENED)
