"""`imfsurvey move`: the anonymous responses of a wave go to another store."""

from __future__ import annotations

import click

from imfsurvey.faces.cli.call import Call, Command
from imfsurvey.faces.cli.faults import WrongUseError
from imfsurvey.faces.cli.options import wave_argument, yes_option
from imfsurvey.faces.cli.terminal import confirm, narrate
from imfsurvey.i18n.catalogue import Translator
from imfsurvey.study.moving import move


def command(t: Translator, summary: str) -> click.Command:
    """The command in the language of `t`."""
    details = t(
        "All records are copied and compared before the old store is emptied. Nobody can answer "
        "meanwhile. They stay sealed: no key is needed."
    )
    return Command(
        "move",
        t,
        callback=_move,
        help=f"{summary}\n\n{details}",
        params=[
            wave_argument(t),
            click.Option(
                ["--store"],
                metavar="postgresql://…",
                help=t("The server to move to, without a password (see ~/.pgpass)."),
            ),
            click.Option(["--to-boxes"], is_flag=True, help=t("Move back into the study folder.")),
            yes_option(t),
        ],
    )


@click.pass_obj
def _move(call: Call, name: str, store: str | None, to_boxes: bool, yes: bool) -> None:
    t = call.t
    if bool(store) == to_boxes:
        raise WrongUseError("IMF-F133", "Say where to: --store postgresql://… or --to-boxes.")
    wave = call.study().wave(name)
    if not yes:
        confirm(t("The responses of wave {wave} are moved to another store.", wave=name), t)
    count = move(wave, store or "")
    narrate(t.plural("{n} record is moved.", "{n} records are moved.", count))
