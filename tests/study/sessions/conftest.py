"""A study with a team session, before anybody votes."""

from __future__ import annotations

from pathlib import Path

import pytest
from room import make_session, make_team_study

from imfsurvey.study.folder import Study


@pytest.fixture
def study(tmp_path: Path) -> Study:
    """Its session is of twelve people; no round is open."""
    study, wave = make_team_study(tmp_path / "a")
    make_session(wave)
    return study
