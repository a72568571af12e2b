"""`imfsurvey check --format sarif` and `--format github`: problems for other programs."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from commandline import Cli

from imfsurvey.faces.cli.annotations import sarif, workflow_commands
from imfsurvey.i18n.catalogue import translator
from imfsurvey.source.problems import Problem

ENGLISH = translator("en")
TEXT = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string"}}}
RESULT = {
    "type": "object",
    "required": ["message", "ruleId", "ruleIndex", "level", "locations"],
    "properties": {
        "ruleId": {"type": "string"},
        "message": TEXT,
        "ruleIndex": {"type": "integer", "minimum": 0},
        "level": {"enum": ["none", "note", "warning", "error"]},
        "locations": {
            "type": "array",
            "minItems": 1,
            "items": {
                "properties": {
                    "physicalLocation": {
                        "required": ["artifactLocation"],
                        "properties": {
                            "artifactLocation": {
                                "properties": {"uri": {"type": "string", "pattern": "^[^ \\\\]+$"}}
                            },
                            "region": {
                                "required": ["startLine", "startColumn"],
                                "properties": {
                                    "startLine": {"type": "integer", "minimum": 1},
                                    "startColumn": {"type": "integer", "minimum": 1},
                                },
                            },
                        },
                        "additionalProperties": False,
                    }
                }
            },
        },
    },
    "additionalProperties": False,
}
RULE = {
    "required": ["id"],
    "properties": {
        "id": {"type": "string"},
        "shortDescription": TEXT,
        "defaultConfiguration": {"properties": {"level": {"enum": ["warning", "error"]}}},
    },
    "additionalProperties": False,
}
DRIVER = {
    "required": ["name"],
    "properties": {
        "name": {"type": "string"},
        "version": {"type": "string"},
        "rules": {"type": "array", "uniqueItems": True, "items": RULE},
    },
    "additionalProperties": False,
}
RUN = {
    "required": ["tool"],
    "properties": {
        "tool": {"required": ["driver"], "properties": {"driver": DRIVER}},
        "language": {"type": "string", "pattern": "^[a-zA-Z]{2}(-[a-zA-Z]{2})?$"},
        "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
        "results": {"type": "array", "items": RESULT},
    },
    "additionalProperties": False,
}
SARIF = {
    "required": ["version", "runs"],
    "properties": {
        "version": {"const": "2.1.0"},
        "runs": {"type": "array", "minItems": 1, "items": RUN},
    },
    "additionalProperties": False,
}
"""The part of the standard's own schema that is used here, stricter about what it leaves open."""


def problem(message: str, **more: Any) -> Problem:
    """A problem on line 3 of a file, unless told otherwise."""
    values = {"file": "a.yaml", "line": 3, "column": 5, **more}
    return Problem("IMF-E041", "{said}", {"said": message}, **values)


def test_sarif_of_broken_files(cli: Cli, tmp_path: Path) -> None:
    """The shape is that of SARIF 2.1.0, and each result points to the rule of its own code."""
    (tmp_path / "a b.yaml").write_text("a: [1\nb: 2\n", "utf-8")
    (tmp_path / "c.yaml").write_text("imfsurvey: 1\nquestionnaire: 3\nextra: 4\n", "utf-8")
    ran = cli("check", "a b.yaml", "c.yaml", "missing.yaml", "--format", "sarif")
    data = json.loads(ran.out)
    jsonschema.validate(data, SARIF)
    assert (ran.code, ran.err) == (1, "")
    run = data["runs"][0]
    codes = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert codes == sorted(codes)
    assert {codes[one["ruleIndex"]] for one in run["results"]} == set(codes)
    assert all(codes[one["ruleIndex"]] == one["ruleId"] for one in run["results"])
    places = [one["locations"][0]["physicalLocation"] for one in run["results"]]
    assert places[0] == {
        "artifactLocation": {"uri": "a%20b.yaml"},
        "region": {"startLine": 2, "startColumn": 2},
    }
    assert places[-1] == {"artifactLocation": {"uri": "missing.yaml"}}


def test_sarif_of_sound_files(cli: Cli) -> None:
    """A run without results, which closes what was open before."""
    data = sarif([], ENGLISH)
    jsonschema.validate(data, SARIF)
    assert data["runs"][0]["results"] == []


def test_sarif_names_a_file_elsewhere_by_its_address(tmp_path: Path) -> None:
    """An absolute path becomes a file address."""
    found = sarif([problem("x", file=str(tmp_path / "é.yaml"))], ENGLISH)
    uri = found["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert uri["uri"].startswith("file:///")
    assert uri["uri"].endswith("/%C3%A9.yaml")


def test_braces_are_no_placeholders_in_sarif() -> None:
    """A brace in a message is written twice (3.11.5); a rule leaves out what a problem names."""
    run = sarif([problem("no {0} here")], ENGLISH)["runs"][0]
    assert run["results"][0]["message"]["text"] == "no {{0}} here"
    assert run["tool"]["driver"]["rules"][0]["shortDescription"]["text"] == "…"


@pytest.mark.parametrize(
    ("found", "line"),
    [
        (problem("plain"), "::error file=a.yaml,line=3,col=5,title=IMF-E041::plain"),
        (
            problem("warned", severity="warning"),
            "::warning file=a.yaml,line=3,col=5,title=IMF-E041::warned",
        ),
        (problem("whole", line=0, column=0), "::error file=a.yaml,title=IMF-E041::whole"),
        (
            problem("100 %: a, b\r\n::error::c"),
            "::error file=a.yaml,line=3,col=5,title=IMF-E041::100 %25: a, b%0D%0A::error::c",
        ),
        (
            problem("x", file="a,b:c%\n.yaml"),
            "::error file=a%2Cb%3Ac%25%0A.yaml,line=3,col=5,title=IMF-E041::x",
        ),
    ],
)
def test_workflow_commands(found: Problem, line: str) -> None:
    """Percent signs and line ends are escaped everywhere, colons and commas in properties too."""
    assert workflow_commands([found], ENGLISH) == [line]


def test_check_for_github(cli: Cli, tmp_path: Path) -> None:
    """One command a problem on stdout; the sum for people on stderr."""
    (tmp_path / "a.yaml").write_text("a: [1\nb: 2\n", "utf-8")
    ran = cli("check", "a.yaml", "missing.yaml", "--format", "github")
    first, second = ran.out.splitlines()
    assert first.startswith("::error file=a.yaml,line=2,col=2,title=IMF-E006::")
    assert second.startswith("::error file=missing.yaml,title=IMF-E002::")
    assert (ran.code, ran.err) == (1, "2 files, 2 errors, 0 warnings\n")
