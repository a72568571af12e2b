"""Which survey of a wave a command is about."""

from __future__ import annotations

from imfsurvey.i18n.errors import RefusedError
from imfsurvey.questionnaire import Questionnaire
from imfsurvey.study.scoring import surveys
from imfsurvey.study.wave import Wave


def survey_of(wave: Wave, name: str | None) -> Questionnaire:
    """The survey that was named, else the only one. By its short name, no other one is read.

    Raises `RefusedError`: T105 there is no such questionnaire, F186 it is no anonymous survey,
    F187 none was named and there are several, F189 there is none at all.
    """
    if name is None:
        return _only_one(wave)
    chosen = wave.questionnaire(name)
    if chosen.kind != "perception":
        raise RefusedError(
            "IMF-F186",
            "'{questionnaire}' is no anonymous survey. A self-assessment is answered with "
            "'imfsurvey answer', a round of a team session with --session.",
            questionnaire=chosen.id,
        )
    return chosen


def _only_one(wave: Wave) -> Questionnaire:
    found = surveys(wave)
    if not found:
        raise RefusedError("IMF-F189", "Wave '{wave}' has no anonymous survey.", wave=wave.id)
    if len(found) > 1:
        raise RefusedError(
            "IMF-F187",
            "Wave '{wave}' has several surveys: name one of {known}.",
            wave=wave.id,
            known=", ".join(wave.stem(one.id) for one in found),
        )
    return found[0]
