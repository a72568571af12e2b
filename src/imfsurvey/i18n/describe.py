"""The words of an error or a problem in the language of the person who reads it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Protocol

from imfsurvey.i18n import formats
from imfsurvey.i18n.catalogue import Marked, Translator
from imfsurvey.i18n.errors import ImfsurveyError


class Describable(Protocol):
    """What has words: an English template and its parameters, as errors and problems do."""

    @property
    def template(self) -> str:
        """The msgid, with `{name}` placeholders."""

    @property
    def params(self) -> Mapping[str, object]:
        """What fills the placeholders."""


def describe(error: Describable, t: Translator) -> str:
    """The sentence of an error, without its code.

    Parameters are put in as they are, but for three kinds: a text marked by `N_` is translated,
    another error (a reason) is described, and a day is written as people write it.
    """
    return t(error.template, **{name: _words(value, t) for name, value in error.params.items()})


def _words(value: object, t: Translator) -> object:
    if isinstance(value, Marked):
        return t.messages.gettext(value)
    if isinstance(value, datetime.date):
        return formats.date(value, t.language)
    return describe(value, t) if isinstance(value, ImfsurveyError) else value
