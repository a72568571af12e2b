"""Leaving before the end: a named draft stays, an anonymous response is gone or put aside."""

from __future__ import annotations

from imfsurvey.faces.aside_words import aside_words, kept_words, leaving_words
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
        talk.say(leaving_words(sitting.aside, t))
        if not talk.confirmed(t("Leave without sending?")) or not _forgotten(sitting, talk):
            return
    raise LeftError


def _forgotten(sitting: Sitting, talk: Talk) -> bool:
    """Whether nothing is left of what was put aside before."""
    try:
        if sitting.aside is not None:
            sitting.aside.forget()
    except ImfsurveyError as error:
        talk.say(f"{error.code}: {describe(error, talk.t)}")
        return False
    return True


def put_aside(sitting: Sitting, talk: Talk) -> None:
    """Put the answers aside after a yes, and raise `LeftError`; what fails is said."""
    t = talk.t
    if sitting.aside is None:
        return
    talk.say(aside_words(t))
    if not talk.confirmed(t("Put aside and go on later?")):
        return
    try:
        sitting.aside.put(sitting.interview)
    except ImfsurveyError as error:
        talk.say(f"{error.code}: {describe(error, t)}")
        return
    raise LeftError


def farewell(sitting: Sitting, talk: Talk) -> None:
    """What has become of the answers of a person who has left."""
    t = talk.t
    if not sitting.resumable:
        _anonymous_farewell(sitting, talk)
        return
    try:
        sitting.keep()
    except ImfsurveyError as error:
        talk.say(f"{error.code}: {describe(error, t)}")
        return
    talk.say(t("You have left. Your answers are kept: the same command goes on from here."))


def _anonymous_farewell(sitting: Sitting, talk: Talk) -> None:
    """Whoever put answers aside, now or before, and sent nothing since: they are still there."""
    t = talk.t
    if sitting.aside is None or not sitting.aside.kept:
        talk.say(t("You have left. Nothing of your answers is stored."))
        return
    talk.say(t("You have left. What you put aside is kept."))
    talk.say(kept_words(t))
