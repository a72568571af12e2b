"""Asking for the ticket, in lines."""

from __future__ import annotations

import time

from imfsurvey.faces.plain.talk import Talk
from imfsurvey.faces.turns import Turn
from imfsurvey.i18n.describe import describe
from imfsurvey.i18n.errors import RefusedError
from imfsurvey.study.tickets import Ticket
from imfsurvey.study.tries import Tries


def asked_ticket(turn: Turn, talk: Talk) -> Ticket | None:
    """A good ticket; None when the person would rather leave. Several wrong ones take longer."""
    t, tries = talk.t, Tries()
    talk.say(
        t(
            "Your ticket entitles to one response. Nobody noted who has which one, and it is kept "
            "apart from what you answer."
        )
    )
    while True:
        typed = talk.ask(t("Code on your ticket"), t("q to leave"))
        if typed.casefold() in ("q", "/q"):
            return None
        try:
            return turn.check(typed)
        except RefusedError as error:
            talk.say(describe(error, t))
            tries.refused(error)
        if tries.pause:
            talk.say(
                t.plural(
                    "Several codes were wrong. Wait for {n} second.",
                    "Several codes were wrong. Wait for {n} seconds.",
                    tries.pause,
                )
            )
            time.sleep(tries.pause)
