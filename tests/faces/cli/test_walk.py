"""`imfsurvey walk`: a table of who came where, and warnings at their places."""

import json
from pathlib import Path

import pytest
from commandline import Cli
from zone import SAMPLES

FRAMEWORK = SAMPLES / "imf.framework.yaml"
DEAD = """  - id: dead
    title: {fr: x, nl: x}
    items:
      - {id: never, type: info, text: {fr: x, nl: x}, show_if: "clear == 1 and clear == 2"}
"""


@pytest.fixture
def survey(tmp_path: Path) -> Path:
    """A sound survey."""
    path = tmp_path / "survey.yaml"
    path.write_text((SAMPLES / "survey.yaml").read_text("utf-8"), "utf-8")
    return path


@pytest.fixture
def dead(survey: Path) -> Path:
    """One with an item that contradicts itself."""
    survey.write_text(survey.read_text("utf-8") + DEAD, "utf-8")
    return survey


def test_a_sound_questionnaire(cli: Cli, survey: Path) -> None:
    """Every item with its count and share on stdout, progress on stderr."""
    ran = cli("walk", survey, "-n", "300", "--framework", FRAMEWORK, "--strict")
    assert ran.code == 0
    assert ran.err.splitlines() == [
        "250 of 300 respondents",
        "300 of 300 respondents",
        "0 warnings",
    ]
    rows = [line.split() for line in ran.out.splitlines()]
    for item in ("intro", "category", "clear", "unclear"):
        assert [item, "300", "100.0%"] in rows
    assert "300 of 300 respondents could finish." in ran.out
    assert max(map(len, ran.out.splitlines())) <= 80


def test_what_nobody_reaches_is_a_warning_at_its_place(cli: Cli, dead: Path) -> None:
    """The exit code stays 0, with --strict it is 1."""
    asked = ("walk", dead, "-n", "50", "--framework", FRAMEWORK)
    ran = cli(*asked)
    assert ran.code == 0
    lines = dead.read_text("utf-8").splitlines()
    line = next(n for n, text in enumerate(lines, start=1) if "never" in text)
    column = lines[line - 1].index("never") + 1
    assert f"{dead}:{line}:{column}: warning IMF-W102: item 'never'" in ran.out
    assert ["never", "0", "0.0%"] in [row.split() for row in ran.out.splitlines()]
    assert ran.err.endswith("1 warning\n")
    assert cli(*asked, "--strict").code == 1


def test_as_data(cli: Cli, dead: Path) -> None:
    """The same as JSON; the same seed gives the same."""
    asked = ("walk", dead, "-n", "60", "--framework", FRAMEWORK, "--json", "--seed", "7")
    data = json.loads(cli(*asked).out)
    assert data["respondents"] == data["finished"] == 60
    assert data["unreached"] == ["never"]
    assert [one["id"] for one in data["items"]] == [
        "intro",
        "category",
        "clear",
        "unclear",
        "never",
    ]
    assert [one["share"] for one in data["items"]] == [1, 1, 1, 1, 0]
    assert data["pages"] == {"shortest": 4, "longest": 4}
    assert [one["code"] for one in data["warnings"]] == ["IMF-W102"]
    assert json.loads(cli(*asked).out) == data


def test_a_questionnaire_with_errors_is_refused(cli: Cli, survey: Path) -> None:
    """With all its problems, as in check."""
    text = survey.read_text("utf-8").replace("id: unclear", "id: clear")
    survey.write_text(text.replace("breakdown_by: [category]", "breakdown_by: [x]"), "utf-8")
    ran = cli("walk", survey, "--framework", FRAMEWORK)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.count("error IMF-E") == 2


@pytest.mark.parametrize("text", ["- a\n", "framework: {}\n", ""])
def test_what_is_no_questionnaire(cli: Cli, tmp_path: Path, text: str) -> None:
    """It is said to be none."""
    (tmp_path / "x.yaml").write_text(text, "utf-8")
    ran = cli("walk", "x.yaml")
    assert ran.code == 1
    assert "IMF-F140" in ran.err


def test_the_groups_are_those_of_the_study(cli: Cli, study: object, survey: Path) -> None:
    """A condition on a group of the study around is met."""
    text = survey.read_text("utf-8") + DEAD.replace(
        "clear == 1 and clear == 2", "category == 'ops'"
    )
    survey.write_text(text, "utf-8")
    data = json.loads(cli("walk", survey, "-n", "40", "--framework", FRAMEWORK, "--json").out)
    assert data["unreached"] == []
