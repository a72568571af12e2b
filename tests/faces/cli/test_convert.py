"""`imfsurvey convert`: workbooks into questionnaires and back, with a list of what is lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from commandline import Cli
from xlsforms import CHOICES, SURVEY, book

WITH_A_PLACE = (*SURVEY, ("geopoint", "where", "Where?"))


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """A workbook with a question that cannot be asked, under a wrong ending."""
    (tmp_path / "form.xls").write_bytes(book(survey=WITH_A_PLACE, choices=CHOICES))
    return Path("form.xls")


def test_a_workbook_becomes_a_questionnaire(cli: Cli, workbook: Path) -> None:
    """Losses by sheet and row on stdout, then the file, which `check` accepts."""
    ran = cli("convert", workbook)
    assert ran.code == 0
    lines = ran.out.splitlines()
    assert lines[-1] == "form.yaml"
    assert any(line.startswith("survey!6 type: IMF-W140: ") for line in lines)
    assert ran.err.startswith(f"{len(lines) - 1} things are lost or changed.\n")
    assert cli("check", "form.yaml").code == 0


def test_and_back_again(cli: Cli, workbook: Path) -> None:
    """Out and in once more gives the same file."""
    cli("convert", workbook)
    assert cli("convert", "form.yaml", "--output", "out.xlsx").code == 0
    assert cli("convert", "out.xlsx", "--output", "again.yaml").code == 0
    assert Path("again.yaml").read_text("utf-8") == Path("form.yaml").read_text("utf-8")


def test_for_programs(cli: Cli, workbook: Path) -> None:
    """--json gives the file and each loss with its place."""
    data = json.loads(cli("convert", workbook, "--json").out)
    assert data["file"] == "form.yaml" and data["reasons"] == []
    lost = next(one for one in data["losses"] if one["code"] == "IMF-W140")
    assert (lost["sheet"], lost["row"], lost["column"]) == ("survey", 6, "type")


def test_no_form_at_all(cli: Cli, tmp_path: Path) -> None:
    """Reasons on stdout, exit code 1, no file."""
    (tmp_path / "x.xlsx").write_text("type,name\n", "utf-8")
    ran = cli("convert", "x.xlsx")
    assert ran.code == 1
    assert ran.out.startswith("IMF-E142: is no workbook but plain text or CSV")
    assert "IMF-E140" in ran.err
    assert not Path("x.yaml").exists()
    data = json.loads(cli("convert", "x.xlsx", "--json").out)
    assert data["file"] is None and data["reasons"][0]["code"] == "IMF-E142"


def test_a_folder_is_no_workbook(cli: Cli) -> None:
    """Also the current one, whose name cannot be given another ending."""
    ran = cli("convert", ".")
    assert ran.code == 1
    assert ran.out.startswith("IMF-E141: cannot be read: it is a folder")


def test_nothing_is_replaced_unasked(cli: Cli, workbook: Path) -> None:
    """A file that exists stays, unless --force is given."""
    Path("form.yaml").write_text("mine", "utf-8")
    ran = cli("convert", workbook)
    assert (ran.code, ran.out) == (3, "")
    assert "IMF-F131" in ran.err
    assert Path("form.yaml").read_text("utf-8") == "mine"
    assert cli("convert", workbook, "--force").code == 0


def test_languages_and_kind(cli: Cli, workbook: Path) -> None:
    """What the workbook does not say is said on the command line; nonsense is refused."""
    ran = cli("convert", workbook, "--language", "default=nl", "--kind", "session")
    assert ran.code == 0
    written = Path("form.yaml").read_text("utf-8")
    assert "kind: session" in written and 'nl: "First"' in written
    assert cli("convert", workbook, "--language", "nl", "--force").code == 2
    assert "IMF-F130" in cli("convert", workbook, "--language", "x=yy", "--force").err


@pytest.mark.parametrize("language", ["fr", "nl", "de"])
def test_in_every_language(cli: Cli, workbook: Path, language: str) -> None:
    """Codes and places stay, whatever the language."""
    ran = cli("convert", workbook, lang=language)
    assert ran.code == 0 and "survey!6 type: IMF-W140: " in ran.out


@pytest.mark.parametrize("given", [("--kind", "session"), ("--language", "Vlaams=nl")])
def test_what_only_a_workbook_needs_is_not_passed_over(
    cli: Cli, workbook: Path, given: tuple[str, str]
) -> None:
    """A questionnaire says itself what it is, and in which languages."""
    assert cli("convert", str(workbook)).code == 0
    made = workbook.with_suffix(".yaml")
    ran = cli("convert", str(made), *given, "--force")
    assert (ran.code, f"'{given[0]}' does not go with '{made.name}'" in ran.err) == (2, True)
