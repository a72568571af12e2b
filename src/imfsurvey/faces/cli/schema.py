"""`imfsurvey schema`: the file formats as JSON Schema, for editors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import click
from pydantic import BaseModel

from imfsurvey.faces.cli.call import Call, Command
from imfsurvey.faces.cli.options import output_option
from imfsurvey.faces.cli.terminal import narrate, say, say_json
from imfsurvey.framework import Framework
from imfsurvey.i18n.catalogue import Translator
from imfsurvey.questionnaire import Questionnaire
from imfsurvey.source.schema import schema_of
from imfsurvey.study.files import write_text

MODELS: Final[dict[str, type[BaseModel]]] = {
    "questionnaire": Questionnaire,
    "framework": Framework,
}


def command(t: Translator, summary: str) -> click.Command:
    """The command in the language of `t`."""
    details = t(
        "An editor that knows YAML completes keys and explains them when the first line of a "
        "file is:"
    )
    line = "# yaml-language-server: $schema=FILE"
    return Command(
        "schema",
        t,
        callback=_schema,
        help=f"{summary}\n\n{details}\n\n\b\n  {line}",
        params=[
            click.Argument(
                ["kind"],
                type=click.Choice(list(MODELS)),
                metavar="[questionnaire|framework]",
                default="questionnaire",
                help=t("The kind of file (default: questionnaire)."),
            ),
            output_option(t, t("Where to write (default: print it)."), "FILE"),
        ],
    )


@click.pass_obj
def _schema(call: Call, kind: str, output: Path | None) -> None:
    """Print the schema of a kind of file, or write it."""
    schema = schema_of(MODELS[kind], kind)
    if output is None:
        say_json(schema)
        return
    write_text(output, json.dumps(schema, ensure_ascii=False, indent=2) + "\n")
    narrate(call.t("The schema is written:"))
    say(str(output))
