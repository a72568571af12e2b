"""`imfsurvey check`: every problem of a questionnaire or framework, with line and column."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from imfsurvey.faces.cli.call import Call, Command, json_option
from imfsurvey.faces.cli.faults import problem_lines
from imfsurvey.faces.cli.terminal import narrate, say, say_json
from imfsurvey.framework import load_framework
from imfsurvey.framework.load import framework_from
from imfsurvey.i18n.catalogue import Translator
from imfsurvey.i18n.describe import describe
from imfsurvey.questionnaire import Questionnaire, checks
from imfsurvey.questionnaire.shipped import FRAMEWORK, shipped
from imfsurvey.source.document import read
from imfsurvey.source.model import validated
from imfsurvey.source.problems import Problem, ProblemsFoundError


def command(t: Translator, summary: str) -> click.Command:
    """The command in the language of `t`."""
    details = t(
        "Whether a file is a questionnaire or a framework is told by its first-level key. With "
        "errors the exit code is 1; warnings alone leave it 0."
    )
    return Command(
        "check",
        t,
        callback=_check,
        help=f"{summary}\n\n{details}",
        params=[
            click.Argument(
                ["files"],
                type=click.Path(path_type=Path),
                metavar=t("FILE…"),
                nargs=-1,
                required=True,
                help=t("YAML files to check."),
            ),
            click.Option(
                ["--framework"],
                type=click.Path(path_type=Path),
                metavar=t("FILE"),
                help=t("The framework that the questionnaires are made for (default: IMF)."),
            ),
            json_option(t),
        ],
    )


@click.pass_obj
def _check(call: Call, files: tuple[Path, ...], framework: Path | None, as_json: bool) -> int:
    """Print the problems of all files; the exit code."""
    problems: dict[str, Problem] = {}
    for file in files:
        # By its words, since a bad framework is met again with every questionnaire.
        problems |= {
            str(found): found for found in _problems(file, framework or shipped(FRAMEWORK))
        }
    errors = sum(problem.severity == "error" for problem in problems.values())
    warnings = len(problems) - errors
    if as_json:
        listed = [_plain(problem, call.t) for problem in problems.values()]
        say_json({"errors": errors, "warnings": warnings, "problems": listed})
    else:
        for problem in problems.values():
            for line in problem_lines(problem, call.t):
                say(line)
        narrate(_summed_up(len(files), errors, warnings, call.t))
    return 1 if errors else 0


def _problems(file: Path, framework: Path) -> Sequence[Problem]:
    """Everything wrong with one file, warnings included."""
    try:
        document = read(file)
        keys = document.value if isinstance(document.value, dict) else {}
        if "questionnaire" in keys:
            questionnaire = validated(Questionnaire, document)
            return checks.check(questionnaire, load_framework(framework), document)
        if "framework" in keys:
            framework_from(document)
            return ()
    except ProblemsFoundError as error:
        return error.problems
    return (
        document.problem(
            "IMF-F110",
            "neither a questionnaire nor a framework: it needs 'questionnaire' or 'framework' "
            "as a first-level key",
        ),
    )


def _plain(problem: Problem, t: Translator) -> dict[str, str | int]:
    return {
        "file": problem.file,
        "line": problem.line,
        "column": problem.column,
        "code": problem.code,
        "severity": problem.severity,
        "message": describe(problem, t),
        "excerpt": problem.excerpt,
    }


def _summed_up(files: int, errors: int, warnings: int, t: Translator) -> str:
    return ", ".join(
        (
            t.plural("{n} file", "{n} files", files),
            t.plural("{n} error", "{n} errors", errors),
            t.plural("{n} warning", "{n} warnings", warnings),
        )
    )
