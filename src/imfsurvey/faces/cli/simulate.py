"""`imfsurvey simulate`: invented responses in the boxes of an open wave."""

from __future__ import annotations

import click

from imfsurvey.faces.cli.call import Call, Command
from imfsurvey.faces.cli.options import seed_option, wave_argument, yes_option
from imfsurvey.faces.cli.terminal import confirm, narrate
from imfsurvey.i18n.catalogue import Translator
from imfsurvey.study.simulation import simulate

_EVERY = 25
"""Responses between two lines of progress."""


def command(t: Translator, summary: str) -> click.Command:
    """The command in the language of `t`."""
    details = t(
        "Every anonymous questionnaire of the wave gets as many responses as are asked for. They "
        "cannot be told from real ones afterwards: use a copy of the study, or one made to try "
        "things out."
    )
    return Command(
        "simulate",
        t,
        callback=_simulate,
        help=f"{summary}\n\n{details}",
        params=[
            wave_argument(t),
            click.Option(
                ["-n", "count"],
                type=click.IntRange(1),
                metavar=t("NUMBER"),
                required=True,
                help=t("How many respondents; not more than people who have not answered yet."),
            ),
            seed_option(t, t("The same seed gives the same answers.")),
            yes_option(t),
        ],
    )


@click.pass_obj
def _simulate(call: Call, name: str, count: int, seed: int, yes: bool) -> None:
    t = call.t
    wave = call.study().wave(name)
    wave.require("open")
    if not yes:
        confirm(
            t(
                "Invented responses go into wave {wave}. They cannot be told from real ones "
                "afterwards and cannot be taken out.",
                wave=name,
            ),
            t,
        )

    def progress(done: int, total: int) -> None:
        if done % _EVERY == 0 or done == total:
            narrate(t("{done} of {total} responses", done=done, total=total))

    simulate(wave, count, seed, progress=progress)
