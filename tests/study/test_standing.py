"""What may be known of the number of responses while a survey is open."""

from __future__ import annotations

from typing import Final

from zone import OPENED, QUESTIONNAIRES, respond

from imfsurvey.study.folder import Study
from imfsurvey.study.life import open_wave
from imfsurvey.study.standing import answered_so_far
from imfsurvey.study.wave import Wave

PEOPLE: Final = 52
SAID: Final = {
    # By the number of responses: what is said exactly, and the fifth in which the rate lies.
    0: (None, None),
    4: (None, None),  # under five nothing
    5: (None, (0.0, 0.2)),  # 5 of 52 is a tenth
    29: (None, (0.4, 0.6)),  # 29 of 52 is 56 %
    30: (30, None),
    47: (47, None),  # five are missing
    48: (None, (0.8, 1.0)),  # four are: they would be looked for
    52: (None, (0.8, 1.0)),
    53: (None, (0.8, 1.0)),
}


def test_more_answers_than_people_are_all_of_them(study: Study) -> None:
    """Of six people, somebody answered twice: in the last fifth, never beyond it."""
    file = study.folder / "study.yaml"
    text = file.read_text("utf-8").replace("headcount: 40", "headcount: 4")
    file.write_text(text.replace("headcount: 12", "headcount: 2"), "utf-8")
    again = Study(study.folder)
    wave = open_wave(again, again.new_wave("zero", 2026, questionnaires=QUESTIONNAIRES), OPENED)
    respond(wave, 8, clear=4)
    figures = answered_so_far(wave, wave.questionnaire("survey"))
    assert (figures.headcount, figures.returned, figures.band) == (6, None, (0.8, 1.0))


def test_neither_the_few_nor_the_missing_few_are_counted(wave: Wave) -> None:
    """Of 52 people, more and more have answered; more than there are is as many as there are."""
    stored = 0
    for answered, (returned, band) in SAID.items():
        respond(wave, answered - stored, clear=4)
        stored = answered
        figures = answered_so_far(wave, wave.questionnaire("survey"))
        assert (figures.headcount, figures.returned, figures.band) == (PEOPLE, returned, band)
        assert (figures.rate is None) == (returned is None)
