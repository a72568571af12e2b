"""Several studies side by side: of each, its last measurement with a self-assessment."""

from __future__ import annotations

from zone import CLOSED, OPENED, QUESTIONNAIRES, rate

from imfsurvey.framework.model import OVERALL
from imfsurvey.study.folder import Study
from imfsurvey.study.life import close_wave, open_wave
from imfsurvey.study.portfolio import Entry, Unreadable, portfolio

ALL = ("sa_code", "sa_rules", "sa_training", "sa_cycle")


def test_the_last_closed_self_assessment_counts(study: Study) -> None:
    """Not the one before it, at 0; nor the survey after it, nor a wave that is open."""
    waves = ((2026, QUESTIONNAIRES), (2027, QUESTIONNAIRES), (2028, QUESTIONNAIRES[1:]))
    for year, asked in waves:
        draft = study.new_wave("annual", year, questionnaires=asked)
        wave = open_wave(study, draft, OPENED.replace(year=year))
        if "assessment.yaml" in asked:
            rate(wave, dict.fromkeys(ALL, year - 2026))
        close_wave(study, wave, CLOSED.replace(year=year))
    last = study.new_wave("final", 2029, questionnaires=QUESTIONNAIRES)
    rate(open_wave(study, last, OPENED.replace(year=2029)), dict.fromkeys(ALL, 5))
    found, none = portfolio([study.folder, study.folder / "waves"])
    assert isinstance(found, Entry) and isinstance(none, Unreadable)
    assert (found.wave, found.kind, found.revision) == ("2027-annual", "annual", 1)
    assert (found.counted, found.external) == ("mandatary", None)
    assert found.nodes[OVERALL].demonstrated == 1
    assert none.error.code == "IMF-T110"
