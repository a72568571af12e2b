"""`imfsurvey export`: data files and codebooks of a wave."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from imfsurvey.exchange.data.delivery import Delivered
from imfsurvey.exchange.data.export import (
    FORMATS,
    USUAL,
    Opened,
    Order,
    asked_for,
    export,
    require_libraries,
    require_microdata,
)
from imfsurvey.exchange.data.identifying import left_out
from imfsurvey.exchange.data.tables import sealed_answers
from imfsurvey.faces.cli.call import Call, Command
from imfsurvey.faces.cli.faults import WrongUseError, problem_lines
from imfsurvey.faces.cli.options import (
    format_option,
    json_option,
    listed,
    output_option,
    questionnaire_argument,
    wave_argument,
    yes_option,
)
from imfsurvey.faces.cli.terminal import confirm, narrate, say, say_json
from imfsurvey.faces.cli.unseal import key_files_option, secrets_for, told_responses
from imfsurvey.i18n.catalogue import Translator
from imfsurvey.i18n.describe import describe
from imfsurvey.questionnaire import Questionnaire
from imfsurvey.study.closing import differences
from imfsurvey.study.folder import EXPORTS, Study
from imfsurvey.study.wave import Wave


def command(t: Translator, summary: str) -> click.Command:
    """The command in the language of `t`."""
    details = t(
        "Named answers go out as they are, one row for each rater. Of anonymous surveys the "
        "released figures go out; with --microdata a key holder gets what single people "
        "answered, marked as confidential. --lang is also the language of all labels. Every file "
        "is read back and counted before it is put into its place."
    )
    return Command(
        "export",
        t,
        callback=_export,
        help=f"{summary}\n\n{details}",
        params=[wave_argument(t), _questionnaire_argument(t), *_options(t), json_option(t)],
    )


def _questionnaire_argument(t: Translator) -> click.Argument:
    return questionnaire_argument(t, t("One of its questionnaires (default: all)."))


def _options(t: Translator) -> list[click.Option]:
    return [
        format_option(t, FORMATS, USUAL),
        output_option(t, t("Where to write (default: 'exports' in the study)."), file_okay=False),
        click.Option(
            ["--microdata"],
            is_flag=True,
            help=t("What single people answered to surveys; needs a key. Confidential."),
        ),
        click.Option(
            ["--with-identifying"],
            is_flag=True,
            help=t(
                "With --microdata: also the questions about the person that no result is broken "
                "down by. With them, people can be recognised."
            ),
        ),
        key_files_option(t),
        yes_option(t),
    ]


@click.pass_obj
def _export(
    call: Call,
    name: str,
    questionnaire: str | None,
    formats: str,
    output: Path | None,
    microdata: bool,
    with_identifying: bool,
    key_files: tuple[Path, ...],
    yes: bool,
    as_json: bool,
) -> None:
    study = call.study()
    wave = study.wave(name)
    wanted = listed(formats, "--format", FORMATS)
    chosen = asked_for(wave, questionnaire)
    require_libraries(wanted)
    if (with_identifying or key_files) and not microdata:
        raise WrongUseError("IMF-F447", "--with-identifying and --key-file go with --microdata.")
    opened = None
    if microdata:
        surveys = [one for one in chosen if one.anonymous]
        require_microdata(wave, surveys)
        for problem in differences(wave):
            for line in problem_lines(problem, call.t):
                narrate(line)
        _warn(surveys, with_identifying, yes, call.t)
        opened = _opened(study, wave, key_files, with_identifying, call.t)
    if questionnaire is None and (sealed := sealed_answers(wave)) is not None:
        narrate(f"{sealed.code}: {describe(sealed, call.t)}")
    by_name = questionnaire is not None
    order = Order(study, wave, chosen, wanted, call.today, call.t, opened, by_name)
    written = []
    for one in export(order, output.resolve() if output else study.folder / EXPORTS):
        written.append(one)
        _tell(one, call.t)
    if as_json:
        say_json({"files": [_plain(one) for one in written]})
        return
    for one in written:
        say(str(one.path))


def _warn(surveys: Sequence[Questionnaire], identifying: bool, yes: bool, t: Translator) -> None:
    """Say what is at risk, and what is left out; ask whether to go on."""
    narrate(
        t(
            "These files will hold what single people answered, who were promised that only key "
            "holders read it. Keep them on an encrypted disk, pass them on to nobody, and delete "
            "them when the analysis is done."
        )
    )
    for survey in surveys:
        items = ", ".join(left_out(survey))
        title = survey.questionnaire.title.say(t.language)
        if items and identifying:
            narrate(
                t(
                    "{title}: these items come along, by which people can be recognised: {items}.",
                    title=title,
                    items=items,
                )
            )
        elif items:
            narrate(
                t(
                    "{title}: left out because they could single people out: {items}. "
                    "--with-identifying takes them along.",
                    title=title,
                    items=items,
                )
            )
    if not yes:
        confirm(t("The promise to the respondents is in your hands now."), t)


def _opened(
    study: Study, wave: Wave, key_files: Sequence[Path], identifying: bool, t: Translator
) -> Opened:
    return Opened(secrets_for(study, wave, key_files, t), identifying, told_responses(t))


def _tell(one: Delivered, t: Translator) -> None:
    narrate(
        t(
            "{file}: read back, {rows} rows, {columns} columns.",
            file=one.path.name,
            rows=one.rows,
            columns=one.columns,
        )
    )


def _plain(one: Delivered) -> dict[str, object]:
    return {
        "file": str(one.path),
        "rows": one.rows,
        "columns": one.columns,
        "checksum": one.checksum,
    }
