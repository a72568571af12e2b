"""`imfsurvey wave revise`: a closed self-assessment is corrected, and stays as it was."""

from __future__ import annotations

import click

from imfsurvey.faces.cli.call import Call, Command
from imfsurvey.faces.cli.options import wave_argument
from imfsurvey.faces.cli.terminal import narrate
from imfsurvey.i18n.catalogue import Translator
from imfsurvey.study.revising import revise


def revise_command(t: Translator) -> click.Command:
    """The command in the language of `t`."""
    details = t(
        "Closing is final. A correction is a new revision: a wave beside the closed one, with its "
        "ratings to begin from, to be answered and closed in its turn. Both are kept; the report "
        "says which one counts, and why. What the staff said is not asked again."
    )
    return Command(
        "revise",
        t,
        callback=_revise,
        help=f"{t('Correct the self-assessment of a closed wave.')}\n\n{details}",
        params=[
            wave_argument(t),
            click.Option(
                ["--why"],
                required=True,
                metavar=t("TEXT"),
                help=t("What has to be corrected, and why."),
            ),
        ],
    )


@click.pass_obj
def _revise(call: Call, name: str, why: str) -> None:
    study = call.study()
    made = revise(study, study.wave(name), why, call.today)
    narrate(
        call.t(
            "Revision {wave} is open. Correct the ratings with 'imfsurvey answer {wave}', then "
            "'imfsurvey wave close {wave}'.",
            wave=made.id,
        )
    )
