"""Leaving before the end: a named draft stays, an anonymous response is gone."""

from __future__ import annotations

from imfsurvey.faces.plain.talk import Talk
from imfsurvey.faces.sitting import Sitting
from imfsurvey.i18n.describe import describe
from imfsurvey.i18n.errors import ImfsurveyError


class LeftError(Exception):
    """The person has left, as they wished."""


def leave(sitting: Sitting, talk: Talk) -> None:
    """Raise `LeftError`; where that loses answers, only after a yes."""
    t = talk.t
    if not sitting.resumable:
        talk.say(t("Your answers are not stored: nothing of them will be kept."))
        if not talk.confirmed(t("Leave without sending?")):
            return
    raise LeftError


def farewell(sitting: Sitting, talk: Talk) -> None:
    """What has become of the answers of a person who has left."""
    t = talk.t
    if not sitting.resumable:
        talk.say(t("You have left. Nothing of your answers is stored."))
        return
    try:
        sitting.keep()
    except ImfsurveyError as error:
        talk.say(f"{error.code}: {describe(error, t)}")
        return
    talk.say(t("You have left. Your answers are kept: the same command goes on from here."))
