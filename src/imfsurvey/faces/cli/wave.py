"""`imfsurvey wave`: the measurement cycle."""

from __future__ import annotations

import datetime
import typing

import click

from imfsurvey.faces.cli.call import Call, Command, CommandGroup
from imfsurvey.faces.cli.comments import comments_command
from imfsurvey.faces.cli.faults import problem_lines
from imfsurvey.faces.cli.options import wave_argument
from imfsurvey.faces.cli.remarks import remark_lines
from imfsurvey.faces.cli.terminal import narrate
from imfsurvey.faces.cli.unseal import unseal_command
from imfsurvey.faces.cli.wave_close import close_command
from imfsurvey.faces.cli.wave_revise import revise_command
from imfsurvey.faces.cli.wave_show import list_command, sealed_to, show_command
from imfsurvey.i18n.catalogue import Translator
from imfsurvey.questionnaire.shipped import PERCEPTION, SELF_ASSESSMENT
from imfsurvey.study import life
from imfsurvey.study.fitness import before_opening
from imfsurvey.study.kinds import WaveKind


def command(t: Translator, summary: str) -> click.Command:
    """The group of commands in the language of `t`."""
    group = CommandGroup("wave", t, help=summary)
    for build in (
        _new_command,
        _open_command,
        close_command,
        unseal_command,
        comments_command,
        revise_command,
        list_command,
        show_command,
    ):
        group.add_command(build(t))
    return group


def _new_command(t: Translator) -> click.Command:
    return Command(
        "new",
        t,
        callback=_new,
        help=t("Make a wave. Nothing is fixed before it is opened."),
        params=[
            click.Option(
                ["--kind"],
                type=click.Choice(typing.get_args(WaveKind)),
                required=True,
                help=t("Zero measurement, annual one, or final one of a mandate."),
            ),
            click.Option(
                ["--year"],
                type=click.IntRange(1990, 2100),
                metavar=t("YEAR"),
                help=t("The year in its name (default: this year)."),
            ),
            click.Option(
                ["--name"],
                metavar=t("ID"),
                help=t("Another id than year and kind, such as 2026-zero."),
            ),
            click.Option(
                ["--short/--full"],
                default=None,
                help=t(
                    "Ask core topics only, or all of them (default: core topics in an annual "
                    "measurement, all in the others)."
                ),
            ),
            click.Option(
                ["--questionnaire", "questionnaires"],
                multiple=True,
                metavar=t("FILE"),
                help=t(
                    "A file below the study's own 'questionnaires' folder or a shipped one, once "
                    "for each (default: the shipped self-assessment and perception survey)."
                ),
            ),
            click.Option(
                ["--store"],
                metavar="postgresql://…",
                default="",
                help=t(
                    "Keep what the staff answer on a PostgreSQL server, for tens of thousands of "
                    "people on several computers. Without a password (see ~/.pgpass)."
                ),
            ),
        ],
    )


@click.pass_obj
def _new(
    call: Call,
    kind: WaveKind,
    year: int | None,
    name: str | None,
    short: bool | None,
    questionnaires: tuple[str, ...],
    store: str,
) -> None:
    wave = call.study().new_wave(
        kind,
        year or call.today.year,
        name=name,
        questionnaires=questionnaires or (*SELF_ASSESSMENT, PERCEPTION),
        short=kind == "annual" if short is None else short,
        store=store,
    )
    narrate(call.t("Wave {wave} is made. Next: 'imfsurvey wave open {wave}'.", wave=wave.id))


def _open_command(t: Translator) -> click.Command:
    return Command(
        "open",
        t,
        callback=_open,
        help=t("Freeze the questionnaires of a wave and start collecting answers."),
        params=[
            wave_argument(t),
            click.Option(
                ["--key", "keys"],
                multiple=True,
                metavar=t("KEY"),
                help=t(
                    "Seal what the staff answer to this key, once for each (default: all keys of "
                    "the study)."
                ),
            ),
            click.Option(
                ["--four-eyes"],
                is_flag=True,
                help=t("Unseal only with all keys together; without this, any one is enough."),
            ),
            click.Option(
                ["--one-key"],
                is_flag=True,
                help=t("Accept a single key, and that its loss is the loss of all answers."),
            ),
            click.Option(
                ["--keep-until"],
                type=click.DateTime(["%Y-%m-%d"]),
                metavar=t("DATE"),
                help=t(
                    "How long responses are kept, such as 2027-12-31 (default: to the end of "
                    "next year). Tell respondents."
                ),
            ),
        ],
    )


@click.pass_obj
def _open(
    call: Call,
    name: str,
    keys: tuple[str, ...],
    four_eyes: bool,
    one_key: bool,
    keep_until: datetime.datetime | None,
) -> None:
    study = call.study()
    draft = study.wave(name)
    draft.require("draft")
    warnings = life.small_cells(study, draft)
    empty = [group.id for group in study.file.groups if not group.headcount]
    known = before_opening(draft, life.closed_before(study, draft), empty, life.released)
    wave = life.open_wave(
        study,
        draft,
        call.today,
        keys=keys,
        opening="all_of" if four_eyes else "any_of",
        one_key=one_key,
        keep_until=keep_until.date() if keep_until else None,
    )
    for line in (*sealed_to(wave, call.t), *remark_lines(known, call.t)):
        narrate(line)
    for warning in warnings:
        for line in problem_lines(warning, call.t):
            narrate(line)
    narrate(
        call.t(
            "Wave {wave} is open: its questionnaires are fixed now. Next: 'imfsurvey answer "
            "{wave}'.",
            wave=wave.id,
        )
    )
