"""`imfsurvey purge`: what was answered is destroyed when its time has come."""

from __future__ import annotations

import click

from imfsurvey.faces.cli.call import Call, Command
from imfsurvey.faces.cli.options import wave_argument, yes_option
from imfsurvey.faces.cli.terminal import confirm, narrate
from imfsurvey.i18n.catalogue import Translator
from imfsurvey.study.life import released
from imfsurvey.study.purging import DESTRUCTION_FILE, purge, require_due


def command(t: Translator, summary: str) -> click.Command:
    """The command in the language of `t`."""
    details = t(
        "The figures stay, and so does a record of the destruction. Copies on sticks and in "
        "backups are not reached: destroy them too. Federal archives may need an authorisation; "
        "name it."
    )
    return Command(
        "purge",
        t,
        callback=_purge,
        help=f"{summary}\n\n{details}",
        params=[
            wave_argument(t),
            click.Option(
                ["--reference"],
                required=True,
                metavar=t("TEXT"),
                help=t("The authorisation or selection list that it rests on."),
            ),
            click.Option(
                ["--by"],
                metavar=t("NAME"),
                help=t("Who decides it (default: the integrity officer)."),
            ),
            click.Option(
                ["--early"],
                metavar=t("REASON"),
                default="",
                help=t("Why before the date until which the answers are kept."),
            ),
            click.Option(
                ["--with-assessment"],
                is_flag=True,
                help=t("Destroy the named self-assessments too."),
            ),
            yes_option(t),
        ],
    )


@click.pass_obj
def _purge(
    call: Call,
    name: str,
    reference: str,
    by: str | None,
    early: str,
    with_assessment: bool,
    yes: bool,
) -> None:
    t = call.t
    study = call.study()
    wave = study.wave(name)
    require_due(wave, call.today, early)
    if released(wave).sealed:
        narrate(t("Nobody has unsealed these answers: there will never be figures from them."))
    if not yes:
        confirm(t("The answers of wave {wave} will be gone for ever.", wave=name), t)
    record = purge(
        wave,
        call.today,
        by=by or study.file.officer.name,
        reference=reference,
        early=early,
        assessment=with_assessment,
    )
    count = sum(box.records for box in record.boxes)
    narrate(t.plural("{n} record is destroyed.", "{n} records are destroyed.", count))
    narrate(t("Record of the destruction: {file}", file=wave.folder / DESTRUCTION_FILE))
