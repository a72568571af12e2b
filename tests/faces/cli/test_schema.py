"""`imfsurvey schema`: what editors are given fits every file that we accept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from commandline import Cli
from marked import FRAMEWORK, POLICY, SURVEY, WIDE_FRAMEWORK, with_change
from zone import SAMPLES

from imfsurvey.questionnaire.shipped import shipped
from imfsurvey.source.document import parse, read

FILES = [*sorted(shipped("").rglob("*.yaml")), *sorted(SAMPLES.glob("*.yaml"))]


def validator(cli: Cli, kind: str) -> jsonschema.Draft202012Validator:
    """Checks values against the schema that the command prints."""
    ran = cli("schema", kind)
    assert (ran.code, ran.err) == (0, "")
    return jsonschema.Draft202012Validator(json.loads(ran.out))


def kind_of(value: dict[str, Any]) -> str:
    """The kind of a file, by its first-level keys."""
    return "questionnaire" if "questionnaire" in value else "framework"


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_every_sound_file_fits(cli: Cli, file: Path) -> None:
    """All that is shipped and all samples validate against the schema of their kind only."""
    value = read(file).value
    kind = kind_of(value)
    other = {"questionnaire": "framework", "framework": "questionnaire"}[kind]
    assert list(validator(cli, kind).iter_errors(value)) == []
    assert not validator(cli, other).is_valid(value)


def test_a_wide_framework_fits(cli: Cli) -> None:
    """A view, a document and its topics, without a layer, are in the schema."""
    assert list(validator(cli, "framework").iter_errors(parse(WIDE_FRAMEWORK).value)) == []


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        (SURVEY, "imfsurvey: 1", "imfsurvey: 2"),
        (SURVEY, 'version: "1"', "version: 1"),
        (SURVEY, "kind: perception", "kind: perceptoin"),
        (SURVEY, "languages: [fr, nl]", "languages: [fr, es]"),
        (SURVEY, "  framework: sample\n", ""),
        (SURVEY, "k: 10", "k: 4"),
        (SURVEY, "  agree5:", "  Agree5:"),
        (SURVEY, "id: clear,", "id: 1clear,"),
        (SURVEY, "reverse: true", "reversed: true"),
        (SURVEY, "reverse: true", "reverse: 1"),
        (SURVEY, "type: info", "type: page"),
        (SURVEY, "title: {fr: Vous, nl: U}", "title: Vous"),
        (SURVEY, "title: {fr: Vous, nl: U}", "title: {}"),
        (SURVEY, "non_answers: [dk]", "non_answers: [never]"),
        (POLICY, "precision: ", "precision: hour #"),
        (FRAMEWORK, "layer: core", "layer: corr"),
        (FRAMEWORK, "  - id: processes\n", "  - id: Processes\n"),
        (FRAMEWORK, "balance:", "balanced:"),
    ],
)
def test_a_broken_file_does_not_fit(cli: Cli, text: str, old: str, new: str) -> None:
    """One fault that can be seen at one place is enough."""
    value = parse(with_change(text, (old, new))).value
    assert not validator(cli, kind_of(value)).is_valid(value)


def test_a_questionnaire_is_meant(cli: Cli) -> None:
    """Without a kind, the schema is that of questionnaires, in every language of the interface."""
    assert cli("schema") == cli("schema", "questionnaire", lang="nl")
    assert cli("schema") != cli("schema", "framework")


def test_it_is_written_where_wanted(cli: Cli, tmp_path: Path) -> None:
    """--output writes the same, replacing what was there, and prints where."""
    target = tmp_path / "schema.json"
    target.write_text("old", "utf-8")
    ran = cli("schema", "framework", "--output", target)
    assert (ran.code, ran.out) == (0, f"{target}\n")
    assert json.loads(target.read_text("utf-8")) == json.loads(cli("schema", "framework").out)


def test_a_folder_that_is_missing(cli: Cli, tmp_path: Path) -> None:
    """What cannot be written is refused, and nothing is printed as if it were."""
    ran = cli("schema", "--output", tmp_path / "none" / "schema.json")
    assert (ran.code, ran.out) == (3, "")
    assert "IMF-S1" in ran.err


@pytest.mark.parametrize("place", ["", ".", "/"])
def test_a_folder_is_no_file(cli: Cli, place: str) -> None:
    """Nor is an empty name, which a script may hand over."""
    ran = cli("schema", "--output", place)
    assert (ran.code, ran.out) == (3, "")
    assert "IMF-S103" in ran.err


def test_an_unknown_kind(cli: Cli) -> None:
    """There are schemas of two kinds of file."""
    ran = cli("schema", "study")
    assert ran.code == 2
    assert "framework" in ran.err


def test_the_line_that_names_a_schema_is_a_remark(cli: Cli, tmp_path: Path) -> None:
    """The first line that editors look for is no part of what we read."""
    line = "# yaml-language-server: $schema=./questionnaire.schema.json\n"
    (tmp_path / "survey.yaml").write_text(line + SURVEY, "utf-8")
    framework = SAMPLES / "imf.framework.yaml"
    assert cli("check", "survey.yaml", "--framework", framework, "--strict").code == 0
    assert line.split("=")[0] in cli("schema", "--help").out
