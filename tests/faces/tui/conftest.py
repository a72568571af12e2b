"""A small study with an open wave."""

from __future__ import annotations

from pathlib import Path

import pytest
from stage import make_study, open_zero

from imfsurvey.study.folder import Study
from imfsurvey.study.wave import Wave


@pytest.fixture
def study(tmp_path: Path) -> Study:
    """A study with nothing but its identity."""
    return make_study(tmp_path / "zone")


@pytest.fixture
def wave(study: Study) -> Wave:
    """Its zero wave, open."""
    return open_zero(study)
