"""`imfsurvey results`: the figures of a wave, for people or for programs."""

from __future__ import annotations

import sys

import click

from imfsurvey.faces.cli.call import Call, Command, json_option, wave_argument
from imfsurvey.faces.cli.sheet import results_sheet
from imfsurvey.faces.cli.terminal import say, say_json
from imfsurvey.i18n.catalogue import Translator
from imfsurvey.study import life
from imfsurvey.study.results import FIGURES, WaveResults


def command(t: Translator, summary: str) -> click.Command:
    """The command in the language of `t`."""
    details = t(
        "While a wave is open its maturity figures are provisional, and there are no perception "
        "figures at all."
    )
    return Command(
        "results",
        t,
        callback=_results,
        help=f"{summary}\n\n{details}",
        params=[wave_argument(t), json_option(t)],
    )


@click.pass_obj
def _results(call: Call, name: str, as_json: bool) -> None:
    study = call.study()
    wave = study.wave(name)
    found = life.results(study, wave, call.today)
    if as_json:
        say_json(FIGURES.dump_python(found.figures, mode="json"))
    else:
        asked = bool(found.figures.perception)
        print_sheet(found, call.t, life.before(study, wave, call.today) if asked else None)


def print_sheet(found: WaveResults, t: Translator, before: WaveResults | None = None) -> None:
    """The figures as text, with bars that the terminal can show; what staff said before beside."""
    for line in results_sheet(found, t, before, encoding=sys.stdout.encoding or "ascii"):
        say(line)
