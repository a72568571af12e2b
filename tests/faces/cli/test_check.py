"""`imfsurvey check`: every problem at its place, for people and for programs."""

import json
from pathlib import Path

import pytest
from commandline import Cli
from zone import IDENTITY, SAMPLES

from imfsurvey.faces.cli.faults import problem_lines
from imfsurvey.i18n.catalogue import translator
from imfsurvey.questionnaire.shipped import FRAMEWORK, PERCEPTION, POLICY, SELF_ASSESSMENT, shipped
from imfsurvey.source.problems import Problem
from imfsurvey.study.folder import Study

SAMPLE_FRAMEWORK = SAMPLES / "imf.framework.yaml"


@pytest.fixture
def survey(tmp_path: Path) -> Path:
    """A sound survey, to be spoilt."""
    path = tmp_path / "survey.yaml"
    path.write_text((SAMPLES / "survey.yaml").read_text("utf-8"), "utf-8")
    return path


def spoil(path: Path, old: str, new: str) -> None:
    """Replace a text that must be there."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_sound_files(cli: Cli, survey: Path) -> None:
    """Nothing on stdout, a sum on stderr, exit code 0."""
    ran = cli("check", survey, SAMPLE_FRAMEWORK, "--framework", SAMPLE_FRAMEWORK)
    assert ran == (0, "", "2 files, 0 errors, 0 warnings\n")


@pytest.mark.parametrize("name", [FRAMEWORK, PERCEPTION, POLICY, *SELF_ASSESSMENT])
def test_what_is_shipped_has_no_errors(cli: Cli, name: str) -> None:
    """Our own files pass our own check."""
    assert cli("check", shipped(name)).code == 0


def test_a_problem_is_shown_with_its_line_and_a_mark(cli: Cli, survey: Path) -> None:
    """Place, code and words, the line itself, and a caret below the column."""
    spoil(survey, "scale: agree5, topic: code, theme: clarity, text", "scale: agre5, text")
    ran = cli("check", survey, "--framework", SAMPLE_FRAMEWORK)
    assert ran.code == 1
    first, shown, mark, *_ = ran.out.splitlines()
    place, _, words = first.partition(": ")
    line = int(place.removeprefix(f"{survey}:").partition(":")[0])
    excerpt = survey.read_text("utf-8").splitlines()[line - 1]
    assert words.startswith("error IMF-E")
    assert excerpt.startswith(shown[4:])
    assert excerpt[len(mark) - 1 - 4] != " "
    assert mark.strip() == "^"


def test_every_problem_is_told_at_once(cli: Cli, survey: Path) -> None:
    """Two faults of one file are both in the list, in order of place."""
    spoil(survey, "id: unclear", "id: clear")
    spoil(survey, "breakdown_by: [category]", "breakdown_by: [categry]")
    ran = cli("check", survey, "--framework", SAMPLE_FRAMEWORK, "--json")
    data = json.loads(ran.out)
    assert ran.code == 1
    assert data["errors"] == 2
    lines = [one["line"] for one in data["problems"]]
    assert len(lines) == 2
    assert lines == sorted(lines)
    assert {"file", "line", "column", "severity", "message", "excerpt"} < set(data["problems"][0])


def test_warnings_alone_are_no_failure(cli: Cli, survey: Path) -> None:
    """A text that is not translated is a warning: said, but exit code 0."""
    spoil(survey, "require_complete: [fr, nl]", "require_complete: [fr]")
    spoil(survey, "{fr: Culture, nl: Cultuur}", "{fr: Culture}")
    ran = cli("check", survey, "--framework", SAMPLE_FRAMEWORK)
    assert ran.code == 0
    assert "warning IMF-W067" in ran.out
    assert ran.err == "1 file, 0 errors, 1 warning\n"


def test_strict_lets_warnings_count(cli: Cli, survey: Path) -> None:
    """With --strict the same warning gives exit code 1; a sound file still gives 0."""
    asked = ("check", survey, "--framework", SAMPLE_FRAMEWORK, "--strict")
    assert cli(*asked).code == 0
    spoil(survey, "require_complete: [fr, nl]", "require_complete: [fr]")
    spoil(survey, "{fr: Culture, nl: Cultuur}", "{fr: Culture}")
    ran = cli(*asked)
    assert (ran.code, ran.err) == (1, "1 file, 0 errors, 1 warning\n")


def test_json_is_short_for_the_format(cli: Cli, survey: Path) -> None:
    """--json and --format json print the same; of several formats the last one counts."""
    spoil(survey, "id: unclear", "id: clear")
    short = cli("check", survey, "--json")
    assert cli("check", survey, "--format", "json") == short
    assert cli("check", survey, "--format", "sarif", "--json") == short
    assert cli("check", survey, "--json", "--format", "sarif") != short


def test_files_that_cannot_be_read(cli: Cli, tmp_path: Path) -> None:
    """A missing file and a folder are problems of their own, beside those of other files."""
    (tmp_path / "broken.yaml").write_text("a: [1\nb: 2\n", "utf-8")
    ran = cli("check", "missing.yaml", tmp_path, "broken.yaml")
    assert ran.code == 1
    assert ran.out.count("IMF-E002") == 2
    assert "broken.yaml:2:" in ran.out
    assert ran.err == "3 files, 3 errors, 0 warnings\n"


@pytest.mark.parametrize("text", ["imfsurvey: 1\n", "- a\n", "", "just words\n"])
def test_a_file_that_is_neither(cli: Cli, tmp_path: Path, text: str) -> None:
    """What is no questionnaire and no framework is said to be neither."""
    (tmp_path / "x.yaml").write_text(text, "utf-8")
    ran = cli("check", "x.yaml")
    assert ran.code == 1
    assert "IMF-F110" in ran.out


def test_a_bad_framework_is_told_once(cli: Cli, survey: Path, tmp_path: Path) -> None:
    """Two questionnaires on the same broken framework do not double its problems."""
    framework = tmp_path / "framework.yaml"
    framework.write_text(SAMPLE_FRAMEWORK.read_text("utf-8"), "utf-8")
    spoil(framework, "{id: cycle, under: processes", "{id: cycle, under: procesess")
    ran = cli("check", survey, SAMPLES / "assessment.yaml", "--framework", framework, "--json")
    problems = json.loads(ran.out)["problems"]
    assert [one["file"] for one in problems] == [str(framework)]
    assert "procesess" in problems[0]["excerpt"]


def test_a_file_cannot_write_on_the_terminal(cli: Cli, tmp_path: Path) -> None:
    """Escape sequences of a file, in the excerpt or in a value, are shown, not obeyed."""
    hostile = 'questionnaire:\n  "\\e[31m": 1\n  title: "\\u202Eeltit"\n# \x1b]0;x\x07\n'
    (tmp_path / "x.yaml").write_text(hostile, "utf-8")
    for extra in ((), ("--json",)):
        ran = cli("check", "x.yaml", *extra)
        assert ran.code == 1
        assert "\x1b" not in ran.out
        assert "\u202e" not in ran.out


@pytest.mark.parametrize(
    ("excerpt", "column"), [("x" * 300, 250), ("\tname: é", 8), ("abc", 3), ("abc", 4)]
)
def test_the_mark_stands_below_its_column(excerpt: str, column: int) -> None:
    """In a line that is cut, in one with a tab, and behind the end of a line."""
    problem = Problem("IMF-E006", "x", {}, "f.yaml", 1, column, excerpt=excerpt)
    _, shown, mark = problem_lines(problem, translator("en"))
    assert max(len(shown), len(mark)) <= 80
    marked = shown[len(mark) - 1 : len(mark)]
    assert marked == excerpt[column - 1 : column].replace("\t", " ")


def test_people_who_could_be_singled_out(cli: Cli, survey: Path) -> None:
    """19 people in two groups are 9.5 each, below k = 10; 20 are enough, but not in three."""
    asked = ("check", survey, "--framework", SAMPLE_FRAMEWORK, "--people")
    ran = cli(*asked, "19")
    assert ran.code == 0
    assert "warning IMF-W103: item 'category'" in ran.out
    assert ran.err == "1 file, 0 errors, 1 warning\n"
    assert cli(*asked, "20").out == ""
    assert "IMF-W103" in cli(*asked, "20", "--groups", "3").out
    assert cli(*asked, "19", "--strict").code == 1
    alone = cli(*asked[:-1], "--groups", "3")
    assert (alone.code, "IMF-F493" in alone.err) == (2, True)


def test_the_groups_of_the_study_around_count(cli: Cli, study: Study, survey: Path) -> None:
    """It has two; with one more, 29 people are too few."""
    asked = ("check", survey, "--framework", SAMPLE_FRAMEWORK, "--people", "29")
    assert cli(*asked).out == ""
    path = study.folder / "study.yaml"
    extra = dict(IDENTITY["groups"][0], id="third")
    content = {**IDENTITY, "groups": [*IDENTITY["groups"], extra]}
    path.write_text(json.dumps(content), "utf-8")
    assert "IMF-W103" in cli(*asked).out
