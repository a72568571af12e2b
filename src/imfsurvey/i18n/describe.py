"""The words of an error in the language of the person who reads it."""

from __future__ import annotations

from imfsurvey.i18n.catalogue import Translator
from imfsurvey.i18n.errors import ImfsurveyError


def describe(error: ImfsurveyError, t: Translator) -> str:
    """The sentence of an error, without its code: translated template, parameters as they are."""
    return t(error.template, **error.params)
