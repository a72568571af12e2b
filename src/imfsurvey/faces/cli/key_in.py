"""`imfsurvey key-in`: questionnaires that were filled in on paper, typed in twice."""

from __future__ import annotations

from functools import partial

import click

from imfsurvey.faces.cli.call import Call, Command
from imfsurvey.faces.cli.one_survey import survey_of
from imfsurvey.faces.cli.options import questionnaire_argument, wave_argument
from imfsurvey.faces.cli.passphrases import chosen_passphrase, opened, propose
from imfsurvey.faces.cli.terminal import require_screens
from imfsurvey.faces.memory import keep_memory
from imfsurvey.i18n.catalogue import Translator
from imfsurvey.questionnaire import Questionnaire
from imfsurvey.study.keying.batch import Batch, batch_file, held
from imfsurvey.study.wave import Wave


def command(t: Translator, summary: str) -> click.Command:
    """The command in the language of `t`."""
    details = t(
        "Every sheet of 'imfsurvey print' gets a number, written on it in pencil, and is typed in "
        "two times, the second time with --second, best by somebody else. Differences are settled "
        "with the sheet in hand; only then is the response sealed and stored, without the number. "
        "In between, what was typed lies sealed under a passphrase. Where a wave has tickets, a "
        "sheet without one is not taken."
    )
    return Command(
        "key-in",
        t,
        callback=_key_in,
        help=f"{summary}\n\n{details}",
        params=[
            wave_argument(t),
            questionnaire_argument(t, t("Short name of a survey; without it, the only one.")),
            click.Option(
                ["--second"],
                is_flag=True,
                help=t("Type sheets a second time, to be compared with the first."),
            ),
        ],
    )


@click.pass_obj
def _key_in(call: Call, name: str, questionnaire: str | None, *, second: bool) -> int:
    wave = call.study().wave(name)
    wave.require("open")
    survey = survey_of(wave, questionnaire)
    require_screens()
    keep_memory()
    with held(wave, survey):
        batch = _batch(wave, survey, call.t)
        from imfsurvey.faces.tui import run_key_in

        return run_key_in(batch, call.t.language, second=second)


def _batch(wave: Wave, survey: Questionnaire, t: Translator) -> Batch:
    """The batch behind its passphrase; a new one with a new passphrase."""
    if not batch_file(wave, survey).is_file():
        return Batch.begun(wave, survey, _new_passphrase(t))
    return opened(t("Passphrase of the sheets"), partial(Batch.opened, wave, survey), t)


def _new_passphrase(t: Translator) -> str:
    """One that all who type these sheets know."""
    words = t(
        "What is typed is kept sealed until it was typed a second time. Choose a passphrase for "
        "that, and give it to nobody but those who type. It was drawn by chance:"
    )
    propose(words, t)
    return chosen_passphrase(t)
