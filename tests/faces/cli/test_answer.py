"""`imfsurvey answer`: straight to the screens, or a refusal that says what to do."""

import sys
from pathlib import Path
from typing import Any

import pytest
from commandline import Cli, as_program
from keyholders import close_and_unseal
from room import DAY, SHIPPED, make_team_study
from zone import CLOSED, OPENED, QUESTIONNAIRES

from imfsurvey.faces.cli import main, terminal
from imfsurvey.i18n.errors import RefusedError
from imfsurvey.study.folder import Study
from imfsurvey.study.life import open_wave
from imfsurvey.study.wave import Wave


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    """What the terminal screens are asked to show, by wave, questionnaire, rater, language."""
    calls: list[tuple[Any, ...]] = []

    def show(_study: Study, wave: Wave, questionnaire: Any, rater: str, language: str) -> int:
        calls.append((wave.id, questionnaire and questionnaire.id, rater, language))
        return 0

    monkeypatch.setattr("imfsurvey.faces.tui.run_answer", show)
    monkeypatch.setattr("imfsurvey.faces.cli.answer.require_screens", lambda: None)
    return calls


def test_the_screens_get_what_was_asked_for(wave: Wave, shown: list[tuple[Any, ...]]) -> None:
    """Wave, questionnaire by its short name, rater and language; nothing to pick from: None."""
    lines = (
        ["answer", wave.id, "--lang", "nl"],
        ["answer", wave.id, "assessment", "--as", "officer", "--lang", "fr"],
        ["answer", wave.id, "survey", "--as", "other", "--lang", "fr"],
    )
    assert [main(line) for line in lines] == [0, 0, 0]
    assert shown == [
        (wave.id, None, "mandatary", "nl"),
        (wave.id, "sample.assessment", "officer", "fr"),
        (wave.id, "sample.survey", "other", "fr"),
    ]


def test_a_closed_wave_is_refused(
    cli: Cli, study: Study, wave: Wave, shown: list[tuple[Any, ...]]
) -> None:
    """Before any screen opens, and in the language of the person."""
    close_and_unseal(study, wave, CLOSED)
    ran = cli("answer", wave.id)
    assert ran.code == 3
    assert "IMF-T101" in ran.err
    assert shown == []


def test_of_one_questionnaire_none_is_picked(study: Study) -> None:
    """In lines, the only one of a wave begins at once; of several, one is asked for."""
    study.new_wave("zero", 2026, name="one", questionnaires=("assessment.yaml",))
    study.new_wave("zero", 2026, name="two", questionnaires=QUESTIONNAIRES)
    for name, begun in (("one", True), ("two", False)):
        open_wave(study, study.wave(name), OPENED)
        ran = as_program(study.folder, "answer", name, "--plain")
        assert ran.code == 3
        assert ("Number of a questionnaire" in ran.out) is not begun
        assert ("Every answer is saved at once" in ran.out) is begun


def test_what_a_team_votes_on_is_not_picked(tmp_path: Path) -> None:
    """Beside one questionnaire that people answer alone, the form of a session is no choice."""
    study, _ = make_team_study(tmp_path / "zone")
    forms = (SHIPPED, "self-assessment/processes.yaml")
    open_wave(study, study.new_wave("annual", 2027, questionnaires=forms), DAY)
    ran = as_program(study.folder, "answer", "2027-annual", "--plain")
    assert "Number of a questionnaire" not in ran.out
    assert "Every answer is saved at once" in ran.out


class FakeStream:
    """A terminal of a given encoding."""

    def __init__(self, encoding: str = "utf-8") -> None:
        self.encoding = encoding

    def isatty(self) -> bool:
        """It is one."""
        return True


@pytest.mark.parametrize(
    ("term", "encoding", "part"),
    [("dumb", "utf-8", "TERM"), ("xterm", "latin-1", "UTF-8"), ("xterm", "ascii", "UTF-8")],
)
def test_terminals_that_cannot_show_screens(
    monkeypatch: pytest.MonkeyPatch, term: str, encoding: str, part: str
) -> None:
    """A dumb terminal and one that is not in UTF-8 are refused with what to do about it."""
    monkeypatch.setattr(sys, "stdin", FakeStream())
    monkeypatch.setattr(sys, "stdout", FakeStream(encoding))
    monkeypatch.setenv("TERM", term)
    with pytest.raises(RefusedError, match=rf"IMF-F101.*{part}"):
        terminal.require_screens()
    assert not terminal.screens_possible()


@pytest.mark.parametrize("encoding", ["utf-8", "UTF-8", "utf8"])
def test_a_terminal_that_can(monkeypatch: pytest.MonkeyPatch, encoding: str) -> None:
    """UTF-8 by any of its names."""
    monkeypatch.setattr(sys, "stdin", FakeStream())
    monkeypatch.setattr(sys, "stdout", FakeStream(encoding))
    monkeypatch.setenv("TERM", "xterm-256color")
    assert terminal.screens_possible()
