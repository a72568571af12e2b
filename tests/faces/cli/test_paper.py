"""`print` and `key-in` as commands: which files come, what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from commandline import Cli
from printed import words

from imfsurvey.store.seal import new_key
from imfsurvey.study.boxes import ticket_book
from imfsurvey.study.folder import Study
from imfsurvey.study.keying.batch import Batch
from imfsurvey.study.wave import Wave


def test_a_wave_is_printed_with_what_is_true_of_it(cli: Cli, study: Study, wave: Wave) -> None:
    """A file for each questionnaire and language; groups, holders and tickets are on the survey."""
    ticket_book(wave).issue(1)
    ran = cli("print", wave.id, "--study", study.folder, "--json")
    assert ran.code == 0, ran.err
    files = [Path(name) for name in json.loads(ran.out)["files"]]
    assert {file.name for file in files} == {
        f"{wave.id}-{name}-sheet-{language}.pdf"
        for name in ("assessment", "survey")
        for language in ("fr", "nl")
    }
    survey = next(file for file in files if "survey-sheet-fr" in file.name)
    text = words(survey.read_bytes())
    for said in ("Opérationnel", "CALog", "Officer", wave.questionnaire("survey").form_hash[:4]):
        assert said in text


def test_a_file_is_printed_without_a_study(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Into the current folder, in the languages asked for."""
    monkeypatch.chdir(tmp_path)
    file = Path(__file__).parents[3] / "questionnaires" / "team-session.yaml"
    ran = cli("print", file, "--languages", "de,en")
    assert ran.code == 0, ran.err
    assert {path.name for path in tmp_path.iterdir()} == {
        "team-session-sheet-de.pdf",
        "team-session-sheet-en.pdf",
    }


def test_what_cannot_be_printed_is_refused(cli: Cli, study: Study, wave: Wave) -> None:
    """A language that the questionnaire lacks; a name beside a file."""
    ran = cli("print", wave.id, "survey", "--languages", "de", "--study", study.folder)
    assert (ran.code, "IMF-F471" in ran.err) == (1, True)
    file = study.folder / "questionnaires" / "survey.yaml"
    ran = cli("print", file, "survey", "--study", study.folder)
    assert (ran.code, "IMF-F470" in ran.err) == (2, True)


def test_typing_in_is_for_open_surveys_on_a_terminal(cli: Cli, study: Study, wave: Wave) -> None:
    """Not for what is answered in one's own name, and not through a pipe."""
    ran = cli("key-in", wave.id, "assessment", "--study", study.folder)
    assert (ran.code, "IMF-F186" in ran.err) == (3, True)
    ran = cli("key-in", wave.id, "--study", study.folder)
    assert (ran.code, "IMF-F101" in ran.err) == (3, True)


def test_a_wave_with_waiting_sheets_is_not_closed(cli: Cli, study: Study, wave: Wave) -> None:
    """Unless they may be lost."""
    secret, _ = new_key()
    batch = Batch(wave, wave.questionnaire("survey"), (secret, secret.encode()))
    batch.keep("3", {"clear": "1"})
    ran = cli("wave", "close", wave.id, "--yes", "--study", study.folder)
    assert (ran.code, "IMF-T479" in ran.err) == (3, True)
    ran = cli("wave", "close", wave.id, "--yes", "--drop-sheets", "--study", study.folder)
    assert ran.code == 0, ran.err
