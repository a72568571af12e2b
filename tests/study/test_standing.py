"""What may be known of the number of responses while a survey is open."""

from __future__ import annotations

from pathlib import Path

import pytest
from zone import OPENED, QUESTIONNAIRES, make_zone, respond

from imfsurvey.study.life import open_wave
from imfsurvey.study.standing import answered_so_far


@pytest.mark.parametrize(
    ("answered", "returned", "band"),
    [
        (0, None, None),
        (4, None, None),  # under five nothing
        (5, None, (0.0, 0.2)),  # 5 of 52 is a tenth
        (29, None, (0.4, 0.6)),  # 29 of 52 is 56 %
        (30, 30, None),
        (47, 47, None),  # five are missing
        (48, None, (0.8, 1.0)),  # four are: they would be looked for
        (52, None, (0.8, 1.0)),
    ],
)
def test_neither_the_few_nor_the_missing_few_are_counted(
    tmp_path: Path, answered: int, returned: int | None, band: tuple[float, float] | None
) -> None:
    """Of 52 people."""
    study = make_zone(tmp_path / "zone")
    wave = open_wave(study, study.new_wave("zero", 2026, questionnaires=QUESTIONNAIRES), OPENED)
    respond(wave, answered, clear=4)
    figures = answered_so_far(wave, wave.questionnaire("survey"))
    assert (figures.headcount, figures.returned, figures.band) == (52, returned, band)
    assert (figures.rate is None) == (returned is None)
