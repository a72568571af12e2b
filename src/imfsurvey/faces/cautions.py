"""What stands beside every free text of an anonymous questionnaire."""

from __future__ import annotations

from imfsurvey.i18n.catalogue import Translator
from imfsurvey.questionnaire import Questionnaire


def caution(questionnaire: Questionnaire, t: Translator) -> str:
    """What not to write, what it is not for, what becomes of it; empty where that is not needed."""
    if not questionnaire.anonymous:
        return ""
    return t(
        "No names, and nothing that points to a person: neither to you nor to anybody else. "
        "This is not a reporting channel. Texts are kept apart from the answers, and shown only "
        "when at least {k} people have answered.",
        k=questionnaire.privacy.k_comments,
    )
