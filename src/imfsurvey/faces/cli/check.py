"""`imfsurvey check`: every problem of a questionnaire or framework, with line and column."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final, Literal, NamedTuple

import click

from imfsurvey.faces.cli.call import Call, Command
from imfsurvey.faces.cli.faults import problem_lines
from imfsurvey.faces.cli.file_kind import kind_of
from imfsurvey.faces.cli.options import framework_option, require_beside
from imfsurvey.faces.cli.terminal import narrate, say, say_json
from imfsurvey.framework import load_framework
from imfsurvey.framework.load import framework_from
from imfsurvey.i18n.catalogue import Translator
from imfsurvey.questionnaire import Questionnaire, checks
from imfsurvey.source.document import read
from imfsurvey.source.model import validated
from imfsurvey.source.problems import Problem, ProblemsFoundError

Format = Literal["text", "json", "sarif", "github"]

FORMATS: Final[tuple[Format, ...]] = ("text", "json", "sarif", "github")

_FEWEST_GROUPS: Final = 2
"""Without a study nobody knows how many there are; one group would be no question."""


class People(NamedTuple):
    """The people to be asked, and the groups that they are in."""

    number: int
    groups: int


def command(t: Translator, summary: str) -> click.Command:
    """The command in the language of `t`."""
    details = t(
        "Whether a file is a questionnaire or a framework is told by its first-level key. With "
        "errors the exit code is 1; warnings alone leave it 0, unless --strict is given."
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
            framework_option(
                t(
                    "The framework that the questionnaires are made for (default: "
                    "that of the study, else the IMF)."
                ),
                t,
            ),
            *_format_options(t),
            *_people_options(t),
            click.Option(["--strict"], is_flag=True, help=t("Let warnings count as errors do.")),
        ],
    )


def _people_options(t: Translator) -> tuple[click.Option, click.Option]:
    """How many people are to be asked: with it, small groups among them are looked for."""
    return (
        click.Option(
            ["--people"],
            type=click.IntRange(1),
            metavar=t("NUMBER"),
            help=t("People to be asked: warn when answers together could single somebody out."),
        ),
        click.Option(
            ["--groups"],
            type=click.IntRange(1),
            metavar=t("NUMBER"),
            help=t("Groups they are in, with --people (default: those of the study, else 2)."),
        ),
    )


def _format_options(t: Translator) -> tuple[click.Option, click.Option]:
    """--format and --json; whatever stands last on the line counts."""
    return (
        click.Option(
            ["--format", "wanted"],
            type=click.Choice(FORMATS),
            default=FORMATS[0],
            show_default=True,
            help=t("For people, for programs, for code hosts, for a build on GitHub."),
        ),
        click.Option(["--json", "wanted"], flag_value="json", help=t("Short for --format json.")),
    )


@click.pass_obj
def _check(
    call: Call,
    files: tuple[Path, ...],
    framework: Path | None,
    people: int | None,
    groups: int | None,
    wanted: Format,
    strict: bool,
) -> int:
    """Print the problems of all files; the exit code."""
    require_beside("--people", people is not None, {"--groups": groups})
    asked = None if people is None else People(people, groups or _groups_of_study(call))
    rules = call.framework_file(framework)
    problems: dict[str, Problem] = {}
    for file in files:
        # By its words, since a bad framework is met again with every questionnaire.
        problems |= {str(found): found for found in _problems(file, rules, asked)}
    errors = sum(problem.severity == "error" for problem in problems.values())
    warnings = len(problems) - errors
    _print(list(problems.values()), wanted, call.t)
    if wanted in ("text", "github"):
        narrate(_summed_up(len(files), errors, warnings, call.t))
    return 1 if errors or (strict and warnings) else 0


def _groups_of_study(call: Call) -> int:
    study = call.study_if_any()
    return _FEWEST_GROUPS if study is None else max(len(study.file.groups), 1)


def _print(problems: Sequence[Problem], wanted: Format, t: Translator) -> None:
    """The problems on stdout, in one of the formats."""
    if wanted == "json":
        errors = sum(problem.severity == "error" for problem in problems)
        listed = [_plain(problem, t) for problem in problems]
        say_json({"errors": errors, "warnings": len(listed) - errors, "problems": listed})
    elif wanted == "sarif":
        from imfsurvey.faces.cli.annotations import sarif

        say_json(sarif(problems, t))
    elif wanted == "github":
        from imfsurvey.faces.cli.annotations import workflow_commands

        for line in workflow_commands(problems, t):
            say(line)
    else:
        for problem in problems:
            for line in problem_lines(problem, t):
                say(line)


def _problems(file: Path, framework: Path, asked: People | None) -> Sequence[Problem]:
    """Everything wrong with one file, warnings included."""
    try:
        document = read(file)
        if kind_of(document) == "framework":
            framework_from(document)
            return ()
        questionnaire = validated(Questionnaire, document)
        found = checks.check(questionnaire, load_framework(framework), document)
    except ProblemsFoundError as error:
        return error.problems
    if asked is None:
        return found
    from imfsurvey.questionnaire.cells import cell_warnings

    cells = cell_warnings(questionnaire, document, asked.number, asked.groups)
    return sorted([*found, *cells], key=lambda one: (one.line, one.column))


def _plain(problem: Problem, t: Translator) -> dict[str, str | int]:
    from imfsurvey.i18n.describe import describe

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
