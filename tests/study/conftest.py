"""A study, its zero wave before and after opening."""

from __future__ import annotations

from pathlib import Path

import pytest
from zone import OPENED, QUESTIONNAIRES, make_zone

from imfsurvey.study.folder import Study
from imfsurvey.study.life import open_wave
from imfsurvey.study.wave import Wave


@pytest.fixture
def study(tmp_path: Path) -> Study:
    """A study without waves."""
    return make_zone(tmp_path / "zone")


@pytest.fixture
def draft(study: Study) -> Wave:
    """Its zero wave, not open yet."""
    return study.new_wave("zero", 2026, questionnaires=QUESTIONNAIRES)


@pytest.fixture
def wave(study: Study, draft: Wave) -> Wave:
    """Its zero wave, open."""
    return open_wave(study, draft, OPENED)
