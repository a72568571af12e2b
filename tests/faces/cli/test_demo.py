"""`imfsurvey demo`: made once, used again, never over something else."""

import re
from pathlib import Path

import pytest
from commandline import Cli, as_program

from imfsurvey.faces.cli import demo, main
from imfsurvey.study.folder import Study


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a worked example, made by the program without a terminal."""
    folder = tmp_path_factory.mktemp("example") / "valombre"
    ran = as_program(folder.parent, "demo", "valombre", "--lang", "fr")
    assert ran.code == 0, ran.err
    return folder


def test_the_summary_and_the_report(cli: Cli, made: Path) -> None:
    """Without a terminal: the figures of the last wave, then where the report lies."""
    ran = cli("demo", made, lang="nl")
    assert ran.code == 0
    lines = ran.out.splitlines()
    assert lines[0] == "Zone de police 5399 Valombre / Politiezone 5399 Valombre"
    report = Path(lines[-1].partition(": ")[2])
    assert report == made / "reports" / "2026-annual-summary.nl.html"
    names = {path.name for path in (made / "reports").iterdir()}
    assert names == {
        f"2026-annual-summary.{language}.{form}"
        for language in ("fr", "nl")
        for form in ("html", "pdf")
    }


def test_what_staff_said_is_tested_against_the_wave_before(cli: Cli, made: Path) -> None:
    """Each theme of the second wave: change, interval, p and what to read in it."""
    shown = " ".join(cli("demo", made).out.split())
    said = re.findall(
        r"since the wave before: ([+-]?\d+) points favourable; index ([+-]?\d+) "
        r"\(([+-]?\d+) to ([+-]?\d+)\), p (?:< )?[01]\.\d{3}: (higher|lower|no change shown)",
        shown,
    )
    assert len(said) == 9
    for _, points, low, high, verdict in said:
        assert int(low) <= int(points) <= int(high)
        assert verdict != "higher" or int(points) >= 5


def test_another_language_points_to_a_report_all_the_same(cli: Cli, made: Path) -> None:
    """The report exists in French and Dutch; an English reader is led to one of them."""
    report = Path(cli("demo", made).out.splitlines()[-1].partition(": ")[2])
    assert report.is_file()


def test_it_is_made_once(cli: Cli, made: Path) -> None:
    """The second time what is there is used, with what was added to it since."""
    Study(made).new_wave("final", 2030)
    before = {path: path.stat().st_mtime_ns for path in made.glob("waves/*/*")}
    ran = cli("demo", made)
    assert ran.code == 0
    assert "Making" not in ran.err
    assert {path: path.stat().st_mtime_ns for path in made.glob("waves/*/*")} == before


def test_something_else_is_left_alone(cli: Cli, tmp_path: Path) -> None:
    """A folder with other files is refused and stays as it is."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "diary.txt").write_text("x", "utf-8")
    ran = cli("demo", "mine")
    assert ran.code == 3
    assert "IMF-T140" in ran.err
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["diary.txt"]


def test_on_a_terminal_home_opens(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The home screen of the example, in the language asked for."""
    shown: list[tuple[Path, str]] = []

    def home(study: Study, language: str) -> int:
        shown.append((study.folder, language))
        return 0

    monkeypatch.setattr("imfsurvey.faces.tui.run_home", home)
    monkeypatch.setattr(demo, "screens_possible", lambda: True)
    assert main(["demo", str(made), "--lang", "de"]) == 0
    assert shown == [(made, "de")]


def test_where_it_lies_by_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the person's own data folder; in a temporary one where there is none."""
    assert demo._default_folder() == tmp_path / "home/.local/share/imfsurvey/demo-valombre"
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert demo._default_folder() == tmp_path / "data/imfsurvey/demo-valombre"
    (tmp_path / "file").write_text("", "utf-8")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "file"))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    assert demo._default_folder().name == "demo-valombre"
    assert demo._default_folder().parent.is_dir()
