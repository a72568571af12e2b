"""Reports as files: named, whole, nothing left beside, nowhere else."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from measured import MADE_ON, maturity, wave

from imfsurvey.i18n.errors import StorageError
from imfsurvey.report import FORMS, render, summary, write
from imfsurvey.report.docx.blocks import summary_document
from imfsurvey.report.pdf.summary import summary_pdf
from imfsurvey.study.results import WaveResults


def test_write_names_and_fills_the_files(zero: WaveResults, tmp_path: Path) -> None:
    """One file a language and form, named after the wave, readable, with nothing left beside."""
    folder, told = tmp_path / "new" / "reports", list[Path]()
    paths = write([zero], folder, ["fr", "nl"], FORMS, MADE_ON, wrote=told.append)
    ends = [f"{language}.{form}" for language in ("fr", "nl") for form in FORMS]
    names = [f"2026-zero-summary.{end}" for end in ends]
    assert [path.name for path in paths] == names
    assert told == paths
    assert sorted(path.name for path in folder.iterdir()) == sorted(names)
    for path in paths:
        language, form = path.name.split(".")[1:]
        report = summary([zero], language, MADE_ON)
        if form == "pdf":
            assert path.read_bytes() == summary_pdf(report, MADE_ON)
        elif form == "docx":
            assert path.read_bytes() == summary_document(report, MADE_ON).to_bytes()
        else:
            assert path.read_bytes().decode() == render(report, "md" if form == "md" else "html")
        assert path.stat().st_mode & stat.S_IRUSR


def test_write_replaces_an_older_report(zero: WaveResults, tmp_path: Path) -> None:
    """A report that is there already gives way to the new one."""
    (tmp_path / "2026-zero-summary.fr.md").write_text("old", "utf-8")
    (path,) = write([zero], tmp_path, ["fr"], ["md"], MADE_ON)
    assert "old" not in path.read_text("utf-8").split()


def test_a_folder_that_cannot_be_written(zero: WaveResults, tmp_path: Path) -> None:
    """A file where the folder should be is said with its code, and nothing is left behind."""
    blocked = tmp_path / "reports"
    blocked.write_text("", "utf-8")
    with pytest.raises(StorageError) as caught:
        write([zero], blocked, ["fr"], ["html"], MADE_ON)
    assert caught.value.code == "IMF-S103"
    assert caught.value.params["path"] == str(blocked / "2026-zero-summary.fr.html")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["reports"]


def test_a_report_that_cannot_be_renamed_leaves_nothing(zero: WaveResults, tmp_path: Path) -> None:
    """Where the last step fails, the file beside is taken away."""
    (tmp_path / "2026-zero-summary.fr.html" / "taken").mkdir(parents=True)
    with pytest.raises(StorageError):
        write([zero], tmp_path, ["fr"], ["html"], MADE_ON)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["2026-zero-summary.fr.html"]


def test_what_fails_ends_the_rest(zero: WaveResults, tmp_path: Path) -> None:
    """Files are made side by side and kept in their order: none behind the one that fails."""
    (tmp_path / "2026-zero-summary.nl.html" / "taken").mkdir(parents=True)
    told = list[Path]()
    with pytest.raises(StorageError):
        write([zero], tmp_path, ["fr", "nl", "de"], ["html", "md"], MADE_ON, wrote=told.append)
    kept = ["2026-zero-summary.fr.html", "2026-zero-summary.fr.md"]
    assert [path.name for path in told] == kept
    there = sorted(path.name for path in tmp_path.iterdir())
    assert there == [*kept, "2026-zero-summary.nl.html"]


def test_a_wave_cannot_lead_out_of_the_folder(tmp_path: Path) -> None:
    """The name of a wave from a copied study is no path."""
    scored = maturity({}, 50.0)
    (path,) = write([wave("../../x", "zero", scored)], tmp_path, ["fr"], ["md"], MADE_ON)
    assert path.parent == tmp_path
    assert path.exists()
