"""A survey of every construct, offered in this process."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from caller import ANNOUNCED, Caller
from stage import TODAY, make_study

from imfsurvey.faces.web import Survey
from imfsurvey.study.folder import Study
from imfsurvey.study.life import open_wave


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    """A study whose open wave asks every construct that may be asked anonymously."""
    study = make_study(tmp_path_factory.mktemp("web") / "zone")
    wave = study.new_wave("zero", 2026, questionnaires=["anonymous.yaml"])
    open_wave(study, wave, TODAY)
    return study


@pytest.fixture
def survey(study: Study) -> Survey:
    """It, offered on this computer."""
    wave = study.wave("2026-zero")
    return Survey(study, wave, wave.questionnaire("anonymous"), ANNOUNCED)


@pytest.fixture
async def caller(survey: Survey) -> AsyncIterator[Caller]:
    """Somebody who speaks to it."""
    caller = Caller(survey)
    yield caller
    await caller.client.aclose()
