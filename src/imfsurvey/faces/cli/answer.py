"""`imfsurvey answer`: the terminal screens or plain lines, straight to a questionnaire."""

from __future__ import annotations

import click

from imfsurvey.faces.cli.call import Call, Command
from imfsurvey.faces.cli.options import (
    plain_option,
    questionnaire_argument,
    require_one_form,
    session_option,
    wave_argument,
)
from imfsurvey.faces.cli.terminal import require_screens
from imfsurvey.faces.crash import never_in_detail
from imfsurvey.faces.memory import keep_memory
from imfsurvey.i18n.catalogue import Translator
from imfsurvey.study.kinds import RATERS, Rater
from imfsurvey.study.wave import Wave


def command(t: Translator, summary: str) -> click.Command:
    """The command in the language of `t`."""
    details = t(
        "A self-assessment is saved at every answer and may be continued later. A survey is "
        "anonymous: its answers are stored together, at the end, and nothing tells whose they are."
    )
    return Command(
        "answer",
        t,
        callback=_answer,
        help=f"{summary}\n\n{details}",
        params=[
            wave_argument(t),
            questionnaire_argument(
                t, t("Its short name, such as 'perception'; without it, one is picked.")
            ),
            click.Option(
                ["--as", "rater"],
                type=click.Choice(RATERS),
                default="mandatary",
                show_default=True,
                help=t("Who gives the self-assessment; a survey has no use for it."),
            ),
            session_option(t),
            plain_option(t),
        ],
    )


@click.pass_obj
def _answer(
    call: Call,
    name: str,
    questionnaire: str | None,
    rater: Rater,
    session: str | None,
    *,
    plain: bool,
) -> int:
    never_in_detail()
    keep_memory()
    require_one_form(session, questionnaire)
    study = call.study()
    wave = study.wave(name)
    wave.require("open")
    if session is not None:
        return _vote(wave, session, plain, call.t)
    chosen = wave.questionnaire(questionnaire) if questionnaire else None
    if plain:
        from imfsurvey.faces.plain import run_plain

        return run_plain(wave, chosen, rater, call.t.language)
    require_screens()
    from imfsurvey.faces.tui import run_answer

    return run_answer(study, wave, chosen, rater, call.t.language)


def _vote(wave: Wave, session: str, plain: bool, t: Translator) -> int:
    """One person in lines, or several in turn on the screen."""
    from imfsurvey.faces.voting import SessionTurns
    from imfsurvey.study.sessions.session import session_of

    turns = SessionTurns(session_of(wave, session))
    if plain:
        from imfsurvey.faces.plain import run_plain_turn

        return run_plain_turn(turns, t.language)
    require_screens()
    from imfsurvey.faces.tui import run_turns

    return run_turns(turns, t.language)
