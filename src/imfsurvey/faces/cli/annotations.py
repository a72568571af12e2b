"""Problems of files as other programs take them: SARIF 2.1.0, and GitHub's workflow commands.

SARIF is the OASIS standard that editors and code hosts read; the paragraphs named here are its.
A workflow command is a line of a build's output that GitHub shows beside the line of the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from imfsurvey import __version__
from imfsurvey.i18n.catalogue import Translator
from imfsurvey.i18n.describe import describe
from imfsurvey.source.problems import Problem

SARIF_VERSION: Final = "2.1.0"

_PLACEHOLDER = re.compile(r"\{\w+\}")


def sarif(problems: Sequence[Problem], t: Translator) -> dict[str, Any]:
    """The problems as one run of this program, ready to be written as JSON."""
    rules = {problem.code: problem for problem in reversed(problems)}  # the words of the first
    index = {code: number for number, code in enumerate(sorted(rules))}
    driver = {
        "name": "imfsurvey",
        "version": __version__,
        "rules": [_rule(rules[code], t) for code in index],
    }
    run = {
        "tool": {"driver": driver},
        "language": t.language,
        "columnKind": "unicodeCodePoints",
        "results": [_result(problem, index[problem.code], t) for problem in problems],
    }
    return {"version": SARIF_VERSION, "runs": [run]}


def _rule(problem: Problem, t: Translator) -> dict[str, Any]:
    """What a code is about: the words of a problem that has it, without what they name."""
    words = _PLACEHOLDER.sub("…", t.messages.gettext(problem.template))
    return {
        "id": problem.code,
        "shortDescription": {"text": _plain(words)},
        "defaultConfiguration": {"level": problem.severity},
    }


def _result(problem: Problem, rule: int, t: Translator) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": _uri(problem.file)}}
    if problem.line:
        place["region"] = {"startLine": problem.line, "startColumn": problem.column}
    return {
        "ruleId": problem.code,
        "ruleIndex": rule,
        "level": problem.severity,
        "message": {"text": _plain(describe(problem, t))},
        "locations": [{"physicalLocation": place}],
    }


def _plain(words: str) -> str:
    """A message in which a brace is meant as a brace, not as a placeholder (3.11.5)."""
    return words.replace("{", "{{").replace("}", "}}")


def _uri(file: str) -> str:
    """A path as a reference of RFC 3986: relative to where the program ran, if it was (3.4.3)."""
    path = Path(file)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix(), safe="/")


def workflow_commands(problems: Iterable[Problem], t: Translator) -> list[str]:
    """One line for each problem, `::error file=…,line=…,col=…,title=CODE::message`."""
    return [_workflow_command(problem, t) for problem in problems]


def _workflow_command(problem: Problem, t: Translator) -> str:
    properties: dict[str, object] = {"file": Path(problem.file).as_posix()}
    if problem.line:
        properties |= {"line": problem.line, "col": problem.column}
    properties["title"] = problem.code
    listed = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    return f"::{problem.severity} {listed}::{_data(describe(problem, t))}"


def _data(text: str) -> str:
    """A text that stays on its line; the percent sign first, since it makes the others."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """A value that ends neither the property nor the list of properties."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")
