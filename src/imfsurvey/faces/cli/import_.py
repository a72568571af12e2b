"""`imfsurvey import`: responses from a table into an open wave."""

from __future__ import annotations

from pathlib import Path

import click

from imfsurvey.exchange.data.inward.reading import read_grid
from imfsurvey.exchange.data.inward.responses import Intake, responses_in
from imfsurvey.faces.cli.call import Call, Command
from imfsurvey.faces.cli.one_survey import survey_of
from imfsurvey.faces.cli.options import (
    json_option,
    questionnaire_argument,
    wave_argument,
    yes_option,
)
from imfsurvey.faces.cli.terminal import confirm, narrate, say_json, say_sentence
from imfsurvey.i18n.catalogue import Translator
from imfsurvey.questionnaire import Questionnaire
from imfsurvey.study.importing import import_responses


def command(t: Translator, summary: str) -> click.Command:
    """The command in the language of `t`."""
    details = t(
        "The file is a workbook or CSV: its first row names variables of the codebook, each "
        "further row is one response. Cells hold values, codes or labels in any language. "
        "Everything wrong is listed with row and column; then nothing is imported."
    )
    return Command(
        "import",
        t,
        callback=_import,
        help=f"{summary}\n\n{details}",
        params=[
            wave_argument(t),
            click.Argument(
                ["file"],
                type=click.Path(path_type=Path),
                metavar=t("FILE"),
                help=t("A table of responses."),
            ),
            questionnaire_argument(t, t("Which survey they answer (default: the only one).")),
            *_options(t),
            yes_option(t),
            json_option(t),
        ],
    )


def _options(t: Translator) -> list[click.Option]:
    return [
        click.Option(["--check"], is_flag=True, help=t("Look for problems only; import nothing.")),
        click.Option(
            ["--allow-blank"],
            is_flag=True,
            help=t("Accept that something required was left blank, as happens on paper."),
        ),
        click.Option(
            ["--again"],
            is_flag=True,
            help=t("Import although the same responses were imported before."),
        ),
    ]


@click.pass_obj
def _import(
    call: Call,
    name: str,
    file: Path,
    questionnaire: str | None,
    check: bool,
    allow_blank: bool,
    again: bool,
    yes: bool,
    as_json: bool,
) -> None:
    t = call.t
    wave = call.study().wave(name)
    wave.require("open")
    survey = survey_of(wave, questionnaire)

    def progress(done: int, total: int) -> None:
        narrate(t("{done} of {total} rows", done=done, total=total))

    intake = Intake(survey, wave.framework, wave.groups, wave.file.opened_on, allow_blank)
    responses = responses_in(read_grid(file), intake, progress)
    if not check:
        if not yes:
            confirm(
                t.plural(
                    "{n} response goes into wave {wave}. It cannot be told from others "
                    "afterwards and cannot be taken out.",
                    "{n} responses go into wave {wave}. They cannot be told from others "
                    "afterwards and cannot be taken out.",
                    len(responses),
                    wave=name,
                ),
                t,
            )
        import_responses(wave, survey, responses, again=again)
    _tell(len(responses), name, survey, check, as_json, t)


def _tell(
    count: int, wave: str, survey: Questionnaire, check: bool, as_json: bool, t: Translator
) -> None:
    if as_json:
        imported = 0 if check else count
        say_json({"questionnaire": survey.id, "responses": count, "imported": imported})
    elif check:
        say_sentence(
            t.plural(
                "{n} response is fit to be imported; nothing was imported.",
                "{n} responses are fit to be imported; nothing was imported.",
                count,
            )
        )
    else:
        say_sentence(
            t.plural(
                "{n} response is imported into wave {wave}. Delete the file when it is not needed "
                "any more: it is not sealed.",
                "{n} responses are imported into wave {wave}. Delete the file when it is not "
                "needed any more: it is not sealed.",
                count,
                wave=wave,
            )
        )
