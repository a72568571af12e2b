"""The words of an error."""

import datetime

from imfsurvey.i18n.catalogue import N_, Messages, Translator, translator
from imfsurvey.i18n.describe import describe
from imfsurvey.i18n.errors import ImfsurveyError, RefusedError

CLOSED = RefusedError("IMF-E999", "Wave {wave} is closed", wave="{2026}")


def test_an_error_is_described_in_the_language_of_the_reader() -> None:
    """The template is translated and the parameters are put in as they are."""
    dutch = Messages('msgid "Wave {wave} is closed"\nmsgstr "Meting {wave} is afgesloten"')
    assert describe(CLOSED, Translator("nl", dutch)) == "Meting {2026} is afgesloten"


def test_an_error_without_a_translation_is_described_in_english() -> None:
    """A sentence that nobody has translated yet is still readable."""
    assert describe(CLOSED, translator("en")) == "Wave {2026} is closed"


def test_an_error_may_have_any_parameter() -> None:
    """No name of a parameter clashes with the translator's own."""
    error = ImfsurveyError("IMF-E998", "{msgid} {self} {n}", msgid=1, n=3)
    error.params = {**error.params, "self": 2}
    assert describe(error, translator("en")) == "1 2 3"


def test_words_of_the_program_are_translated_inside_a_sentence() -> None:
    """A parameter that is a marked text or an error is translated; a person's word is not."""
    dutch = Translator(
        "nl",
        Messages(
            'msgid "{what}: {reason}"\nmsgstr "{what} - {reason}"\n\n'
            'msgid "a list"\nmsgstr "een lijst"\n\n'
            'msgid "Wave {wave} is closed"\nmsgstr "Meting {wave} is afgesloten"'
        ),
    )
    error = ImfsurveyError("IMF-E997", "{what}: {reason}", what=N_("a list"), reason=CLOSED)
    assert describe(error, dutch) == "een lijst - Meting {2026} is afgesloten"
    typed = ImfsurveyError("IMF-E997", "{what}: {reason}", what="a list", reason="")
    assert describe(typed, dutch) == "a list - "


def test_a_day_is_written_as_people_write_it() -> None:
    """With the month in words of the reader's language, wherever an error names a day."""
    error = ImfsurveyError("IMF-E996", "{day}", day=datetime.date(2026, 3, 31))
    assert describe(error, translator("nl")) == "31 maart 2026"
    assert describe(error, translator("de")) == "31. März 2026"
