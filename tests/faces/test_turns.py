"""Who may sit down next at a computer."""

from __future__ import annotations

from pathlib import Path

import pytest
from kiosk import make_kiosk
from zone import CLOSED

from imfsurvey.faces.turns import SurveyTurns
from imfsurvey.i18n.errors import RefusedError
from imfsurvey.study.folder import Study
from imfsurvey.study.life import close_wave


def test_nobody_begins_what_could_not_be_stored(tmp_path: Path) -> None:
    """Once the wave is closed, by whatever other program, the next person is refused before the
    first question and not after the last."""
    wave = make_kiosk(tmp_path / "zone")
    turns = SurveyTurns(wave, wave.questionnaire("kiosk"))
    turns.begin().end()
    close_wave(Study(tmp_path / "zone"), wave.like(), CLOSED)
    with pytest.raises(RefusedError, match="IMF-T101"):
        turns.begin()
