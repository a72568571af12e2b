"""`imfsurvey merge`: the boxes of other laptops and sticks are taken in."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from imfsurvey.faces.cli.call import Call, Command
from imfsurvey.faces.cli.faults import problem_lines
from imfsurvey.faces.cli.options import json_option
from imfsurvey.faces.cli.terminal import narrate, say_json, say_sentence
from imfsurvey.i18n.catalogue import Translator
from imfsurvey.i18n.describe import describe
from imfsurvey.study.merging import Taken, merge

REFUSED = 3


def command(t: Translator, summary: str) -> click.Command:
    """The command in the language of `t`."""
    details = t(
        "Name a stick, a copied study or the folder of a wave. Doing it twice changes nothing, and "
        "the order does not matter. A wave that was closed there is first compared with its "
        "closing record."
    )
    return Command(
        "merge",
        t,
        callback=_merge,
        help=f"{summary}\n\n{details}",
        params=[
            click.Argument(
                ["paths"],
                nargs=-1,
                required=True,
                type=click.Path(path_type=Path, file_okay=False),
                metavar=t("PATH…"),
                help=t("Where the boxes of other computers are."),
            ),
            click.Option(
                ["--despite-differences"],
                is_flag=True,
                help=t("Go on although the boxes are not what the closing record says."),
            ),
            json_option(t),
        ],
    )


@click.pass_obj
def _merge(call: Call, paths: tuple[Path, ...], despite_differences: bool, as_json: bool) -> int:
    study = call.study()
    found: list[Taken] = []
    for path in paths:
        for taken in merge(study, path, despite_differences=despite_differences):
            found.append(taken)
            if not as_json:
                _tell(taken, call.t)
    if as_json:
        say_json([_plain(taken, call.t) for taken in found])
    return 0 if all(taken.wave for taken in found) else REFUSED


def _tell(taken: Taken, t: Translator) -> None:
    for problem in taken.problems:
        for line in problem_lines(problem, t):
            narrate(line)
    if not taken.wave:
        narrate(t("{folder}: not taken in.", folder=taken.folder))
        return
    name = f"{taken.place} ({taken.folder})" if taken.place else str(taken.folder)
    say_sentence(
        t.plural(
            "{name}: {n} record is new in wave {wave}, {known} were here already.",
            "{name}: {n} records are new in wave {wave}, {known} were here already.",
            taken.new,
            name=name,
            wave=taken.wave,
            known=taken.known,
        )
    )


def _plain(taken: Taken, t: Translator) -> Mapping[str, Any]:
    return {
        "folder": str(taken.folder),
        "wave": taken.wave or None,
        "place": taken.place,
        "new": taken.new,
        "known": taken.known,
        "problems": [
            {"code": problem.code, "message": describe(problem, t)} for problem in taken.problems
        ],
    }
