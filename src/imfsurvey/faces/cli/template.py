"""`imfsurvey template`: the templates of the report, for an office that wants its own look."""

from __future__ import annotations

from pathlib import Path

import click

from imfsurvey.faces.cli.call import Call, Command, CommandGroup
from imfsurvey.faces.cli.faults import problem_lines
from imfsurvey.faces.cli.terminal import narrate, say
from imfsurvey.i18n.catalogue import Translator


def command(t: Translator, summary: str) -> click.Command:
    """The group of commands in the language of `t`."""
    details = t(
        "A template is text with places for figures; it cannot run a program. Copy the shipped "
        "ones, change them, check them, and write the report with 'imfsurvey report --template'."
    )
    group = CommandGroup("template", t, help=f"{summary}\n\n{details}")
    group.add_command(
        Command(
            "copy",
            t,
            callback=_copy,
            help=t("Put the shipped templates into a folder, to be changed."),
            params=[_folder(t)],
        )
    )
    group.add_command(
        Command(
            "check",
            t,
            callback=_check,
            help=t("Fill the templates of a folder with a sample, and list what is wrong."),
            params=[_folder(t)],
        )
    )
    return group


def _folder(t: Translator) -> click.Argument:
    place = click.Path(path_type=Path, file_okay=False)
    help_text = t("Where the templates lie.")
    return click.Argument(["folder"], type=place, metavar=t("DIR"), help=help_text)


@click.pass_obj
def _copy(call: Call, folder: Path) -> None:
    from imfsurvey.report.templating import copy_templates  # Jinja2 behind it takes time

    written = copy_templates(folder, call.t.language)
    narrate(call.t.plural("{n} template is there:", "{n} templates are there:", len(written)))
    for path in written:
        say(str(path))


@click.pass_obj
def _check(call: Call, folder: Path) -> int:
    """List the problems; the exit code."""
    from imfsurvey.report.sample import sample
    from imfsurvey.report.templating import check_templates

    problems = check_templates(folder.absolute(), sample(call.t.language))
    for problem in problems:
        for line in problem_lines(problem, call.t):
            say(line)
    if not problems:
        narrate(call.t("The templates can be used: imfsurvey report --template {dir}", dir=folder))
    return 1 if problems else 0
