"""`imfsurvey kiosk`: one laptop handed round, for a staff survey or the rounds of a session."""

from __future__ import annotations

import os
import sys

import click

from imfsurvey.faces.cli.call import Call, Command
from imfsurvey.faces.cli.one_survey import survey_of
from imfsurvey.faces.cli.options import (
    questionnaire_argument,
    require_one_form,
    session_option,
    wave_argument,
)
from imfsurvey.faces.cli.terminal import ask, narrate, require_screens
from imfsurvey.faces.kiosk.surroundings import begin_anew, recorders
from imfsurvey.faces.turns import SurveyTurns, Turns
from imfsurvey.faces.voting import SessionTurns
from imfsurvey.i18n.catalogue import Translator
from imfsurvey.i18n.errors import InputError, RefusedError
from imfsurvey.study.sessions.session import session_of

SHORTEST_WORD = 4


def command(t: Translator, summary: str) -> click.Command:
    """The command in the language of `t`."""
    details = t(
        "Each person answers in a process of their own, which ends when they send or leave; then "
        "the screen and what was above it are wiped. F9 hides the screen at once. To end it, press "
        "Esc between two people and type the word that you choose now."
    )
    return Command(
        "kiosk",
        t,
        callback=_kiosk,
        help=f"{summary}\n\n{details}",
        params=[
            wave_argument(t),
            questionnaire_argument(t, t("Short name of a survey; without it, the only one.")),
            session_option(t),
            click.Option(
                ["--exit-word"],
                metavar=t("WORD"),
                help=t(
                    "The word that ends it (default: it is asked for, and then stands in no "
                    "history of the shell)."
                ),
            ),
        ],
    )


@click.pass_obj
def _kiosk(
    call: Call, name: str, questionnaire: str | None, session: str | None, exit_word: str | None
) -> int:
    require_one_form(session, questionnaire)
    study = call.study()
    wave = study.wave(name)
    wave.require("open")
    turns: Turns
    if session is not None:
        turns, kind, what = SessionTurns(session_of(wave, session)), "session", session
    else:
        survey = survey_of(wave, questionnaire)
        turns, kind, what = SurveyTurns(wave, survey, drafts=False), "survey", wave.stem(survey.id)
    if sys.platform == "win32":
        raise RefusedError(
            "IMF-F190", "A laptop can be handed round on Linux and macOS only: use 'answer' here."
        )
    require_screens()
    begin_anew(sys.argv[1:])
    found = recorders(os.environ)
    if found:
        narrate(
            call.t(
                "Beware: this terminal runs inside {programs}, which may keep what is shown. Close "
                "it and use a plain terminal window.",
                programs=", ".join(found),
            )
        )
    word = exit_word if exit_word is not None else _asked_word(call.t)
    if len(word) < SHORTEST_WORD:
        raise InputError(
            "IMF-F191",
            "The word that ends it needs at least {count} characters.",
            count=SHORTEST_WORD,
        )
    from imfsurvey.faces.kiosk.house import run_kiosk

    return run_kiosk(turns, study.folder.resolve(), name, kind, what, word=word, t=call.t)


def _asked_word(t: Translator) -> str:
    """Typed twice, unseen."""
    return str(
        ask(
            t("A word that ends it, for you alone"),
            t,
            hide_input=True,
            confirmation_prompt=t("Once more"),
        )
    )
