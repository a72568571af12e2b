"""Which survey is meant when a command names none, and what is no survey."""

from __future__ import annotations

import pytest
from commandline import Cli
from zone import OPENED

from imfsurvey.study.boxes import ticket_book
from imfsurvey.study.folder import Study
from imfsurvey.study.life import open_wave


@pytest.fixture
def mixed(study: Study) -> Study:
    """An open wave with two surveys, and one with a self-assessment alone."""
    both = ("survey.yaml", "anonymous.yaml")
    for year, questionnaires in ((2026, both), (2027, ("assessment.yaml",))):
        draft = study.new_wave("annual", year, questionnaires=questionnaires)
        open_wave(study, draft, OPENED.replace(year=year))
    return study


@pytest.mark.parametrize(
    ("words", "error", "part"),
    [
        (("2026-annual",), "IMF-F187", "survey, anonymous"),
        (("2027-annual",), "IMF-F189", ""),
        (("2027-annual", "assessment"), "IMF-F186", "imfsurvey answer"),
        (("2026-annual", "perception"), "IMF-T105", "survey, anonymous"),
    ],
)
@pytest.mark.parametrize("command", ["serve", "kiosk", "key-in"])
def test_one_survey_is_meant(
    cli: Cli, mixed: Study, command: str, words: tuple[str, ...], error: str, part: str
) -> None:
    """The same refusal by every command that is about one, with what can be named."""
    ran = cli(command, *words)
    assert (ran.code, error in ran.err, part in ran.err) == (3, True, True), ran.err


def test_letters_invite_to_one(cli: Cli, mixed: Study) -> None:
    """Of two surveys none is picked, and of none no ticket is made."""
    for wave in ("2026-annual", "2027-annual"):
        ran = cli("invite", wave, "--address", "https://192.0.2.7:8443/", "-n", "1")
        assert (ran.code, "IMF-F172" in ran.err) == (3, True), ran.err
        assert not ticket_book(mixed.wave(wave)).exists()


def test_a_file_of_responses_belongs_to_one(cli: Cli, mixed: Study) -> None:
    """Likewise, before the file is read."""
    assert "IMF-F187" in cli("import", "2026-annual", "none.csv").err
    assert "IMF-F186" in cli("import", "2027-annual", "none.csv", "assessment").err
