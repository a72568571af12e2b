"""`imfsurvey simulate`: only after a yes, only into an open wave, with progress."""

from pathlib import Path

from commandline import Cli

from imfsurvey.study.boxes import answers_box, response_store
from imfsurvey.study.folder import Study
from imfsurvey.study.wave import Wave


def stored(wave: Wave) -> int:
    """How many responses there are."""
    with response_store(answers_box(wave, wave.questionnaire("survey"))) as store:
        return store.count()


def test_a_study_is_not_filled_by_mistake(cli: Cli, wave: Wave, at_a_terminal: None) -> None:
    """It says that invented answers cannot be told from real ones, and takes only a yes."""
    ran = cli("simulate", wave.id, "-n", "5", typed="\n")
    assert ran.code == 3
    assert "cannot be told from real ones" in ran.err
    assert stored(wave) == 0
    assert cli("simulate", wave.id, "-n", "5", typed="ja\n").code == 0
    assert stored(wave) == 5


def test_progress_is_narrated(cli: Cli, wave: Wave) -> None:
    """Every 25 responses and at the end, on stderr."""
    ran = cli("simulate", wave.id, "-n", "30", "--yes")
    assert (ran.code, ran.out) == (0, "")
    assert ran.err.splitlines() == ["25 of 30 responses", "30 of 30 responses"]


def test_the_help_says_it_too(cli: Cli) -> None:
    """Who reads the help before learns the same."""
    words = " ".join(cli("simulate", "--help").out.split())
    assert "cannot be told from real ones afterwards" in words


def test_a_draft_takes_nothing(cli: Cli, study: Study) -> None:
    """The wave must be open."""
    study.new_wave("zero", 2026)
    ran = cli("simulate", "2026-zero", "-n", "5", "--yes")
    assert ran.code == 3
    assert "IMF-T102" in ran.err


def test_nor_is_it_by_a_table(cli: Cli, wave: Wave) -> None:
    """Without a yes nothing of it is stored, and with --check nothing at all."""
    Path("table.csv").write_text("category,clear,unclear\nops,4,2\n", "utf-8")
    ran = cli("import", wave.id, "table.csv")
    assert (ran.code, "IMF-F102" in ran.err) == (3, True), ran.err
    assert cli("import", wave.id, "table.csv", "--check", "--yes").code == 0
    assert stored(wave) == 0
    assert cli("import", wave.id, "table.csv", "--yes").code == 0
    assert stored(wave) == 1
