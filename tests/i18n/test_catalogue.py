"""Texts read from .po files, and the choice of a language."""

import gettext
import io
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from catalogues import is_translated
from hypothesis import given
from hypothesis import strategies as st

from imfsurvey.i18n import catalogue
from imfsurvey.i18n.catalogue import (
    LANGUAGES,
    Messages,
    Shipped,
    Translator,
    negotiate,
    translator,
)

LOCALES = Path(catalogue.__file__).parent / "locales"

FRENCH = r"""
# A comment with msgid "in it".
#, fuzzy
msgid ""
msgstr ""
"Language: fr\n"
"Content-Type: text/plain; charset=utf-8\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\n"

#: src/one.py
#, python-brace-format
msgid "Closed on {date}"
msgstr "Clôturée le {date}"

msgid ""
"A long text "
"on two lines"
msgstr ""
"Un long texte "
"sur deux lignes"

msgid "{n} answer"
msgid_plural "{n} answers"
msgstr[0] "{n} réponse"
msgstr[1] "{n} réponses"

msgid "tab\tquote\"backslash\\n\n"
msgstr "tabulation\tguillemet\"barre\\n\n"

#, fuzzy
msgid "Doubtful"
msgstr "Douteux"

msgid "Empty"
msgstr ""

#~ msgid "Gone"
#~ msgstr "Disparu"
"""

POLISH = r"""
msgid ""
msgstr "Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);\n"

msgid "{n} file"
msgid_plural "{n} files"
msgstr[0] "{n} plik"
msgstr[1] "{n} pliki"
msgstr[2] "{n} plików"
"""  # noqa: E501 - a header line cannot be broken


def compiled(po_text: str, language: str) -> gettext.GNUTranslations:
    """The independent source: the standard library's reader on what Babel compiled."""
    file = io.BytesIO()
    write_mo(file, read_po(io.StringIO(po_text), locale=language))
    file.seek(0)
    return gettext.GNUTranslations(file)


def french() -> Translator:
    """A translator with the texts above."""
    return Translator("fr", Messages(FRENCH))


@pytest.mark.parametrize(
    "msgid",
    [
        "Closed on {date}",
        "A long text on two lines",
        'tab\tquote"backslash\\n\n',
        "Doubtful",
        "Empty",
        "Gone",
        "Never seen",
    ],
)
def test_texts_are_those_of_a_compiled_catalogue(msgid: str) -> None:
    """A text read from .po is the text that gettext gives from the compiled file."""
    assert Messages(FRENCH).gettext(msgid) == compiled(FRENCH, "fr").gettext(msgid)


@pytest.mark.parametrize(
    ("po_text", "language", "one", "many"),
    [(FRENCH, "fr", "{n} answer", "{n} answers"), (POLISH, "pl", "{n} file", "{n} files")],
)
def test_plurals_are_those_of_a_compiled_catalogue(
    po_text: str, language: str, one: str, many: str
) -> None:
    """The plural form chosen is the one that gettext chooses from the compiled file."""
    ours, theirs = Messages(po_text), compiled(po_text, language)
    for n in range(130):
        assert ours.ngettext(one, many, n) == theirs.ngettext(one, many, n)


@pytest.mark.parametrize("language", ["fr", "nl", "de"])
def test_shipped_catalogues_read_as_compiled_ones(
    language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every translation of a shipped catalogue is the one that gettext gives when compiled,
    whether the whole is read or each entry looked up."""
    monkeypatch.setattr(catalogue, "_MANY", 10_000)
    po_text = (LOCALES / f"{language}.po").read_text("utf-8")
    whole, theirs = Messages(po_text), compiled(po_text, language)
    looked_up = Shipped(po_text.encode)
    for message in filter(is_translated, read_po(io.StringIO(po_text), locale=language)):
        if isinstance(message.id, tuple):
            for n in (0, 1, 2, 5):
                assert whole.ngettext(*message.id, n) == theirs.ngettext(*message.id, n)
                assert looked_up.ngettext(*message.id, n) == theirs.ngettext(*message.id, n)
        elif message.id:
            assert whole.gettext(message.id) == theirs.gettext(message.id)
            assert looked_up.gettext(message.id) == theirs.gettext(message.id)


@pytest.mark.parametrize("many", [0, 1, 100])
def test_who_asks_for_many_texts_is_given_the_same(
    many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From some number on the file is read as a whole, and nobody sees a difference."""
    monkeypatch.setattr(catalogue, "_MANY", many)
    shipped = Shipped(FRENCH.strip().encode)
    for msgid in ("Closed on {date}", 'tab\tquote"backslash\\n\n', "Doubtful"):
        assert shipped.gettext(msgid) == Messages(FRENCH).gettext(msgid)


@pytest.mark.parametrize("msgid", ["Doubtful", "Empty", "Gone", "Never seen", "", "msgid"])
def test_what_is_not_translated_is_not_found(msgid: str) -> None:
    """A fuzzy, empty, obsolete or unknown entry leaves the English sentence, as in the whole."""
    assert Shipped(FRENCH.strip().encode).gettext(msgid) == msgid


def test_nothing_is_read_before_a_text_is_asked_for() -> None:
    """A command that says nothing in words does not wait for the catalogue; else once."""
    read: list[bytes] = []
    shipped = Shipped(lambda: read.append(b"") or FRENCH.strip().encode())
    assert read == []
    assert shipped.gettext("Closed on {date}") == "Clôturée le {date}"
    assert shipped.ngettext("{n} answer", "{n} answers", 2) == "{n} réponses"
    assert len(read) == 1


def test_parameters_fill_the_translated_sentence() -> None:
    """A parameter takes the place of its name in the translation."""
    assert french()("Closed on {date}", date="3 mars") == "Clôturée le 3 mars"


@given(st.text())
def test_parameters_are_put_in_verbatim(text: str) -> None:
    """Nothing inside a parameter is read as a placeholder."""
    assert french()("Closed on {date}", date=text) == f"Clôturée le {text}"


def test_a_forgotten_parameter_is_an_error() -> None:
    """A placeholder without a value is never shown to a person."""
    with pytest.raises(KeyError):
        french()("Closed on {date}")


def test_french_zero_and_one_are_singular() -> None:
    """French counts zero with the singular, English with the plural."""
    words = ("{n} answer", "{n} answers")
    assert [french().plural(*words, n) for n in (0, 1, 2)] == [
        "0 réponse",
        "1 réponse",
        "2 réponses",
    ]
    assert translator("en").plural(*words, 0) == "0 answers"


def test_the_number_of_a_plural_can_be_given_as_printed() -> None:
    """A caller may replace {n} by the number with its marks, and choose a parameter's name."""
    text = french().plural("{n} answer", "{n} answers", 1200, n="1.200", msgid="unused")
    assert text == "1.200 réponses"


@pytest.mark.parametrize("wrong", ['msgid "never ended', "msgid missing quotes", '"no keyword"'])
def test_what_is_no_po_file_is_refused(wrong: str) -> None:
    """A damaged catalogue is an error and no half-read catalogue."""
    with pytest.raises(ValueError, match=r"not a line of a \.po file"):
        Messages(wrong)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_a_translator(language: str) -> None:
    """Every language of the interface can be chosen."""
    assert translator(language).language == language


def test_an_unknown_language_is_refused() -> None:
    """There is no translator for a language without texts."""
    with pytest.raises(ValueError, match="'es'"):
        translator("es")


@pytest.mark.parametrize(
    ("wanted", "environ", "expected"),
    [
        ("de", {"LC_ALL": "nl_BE.UTF-8"}, "de"),
        ("nl-BE", {}, "nl"),
        (None, {"LC_ALL": "nl_BE.UTF-8", "LANG": "fr_BE.UTF-8"}, "nl"),
        (None, {"LC_MESSAGES": "de_BE@euro", "LANG": "fr_BE"}, "de"),
        (None, {"LC_ALL": "nl_BE.UTF-8", "LC_MESSAGES": "de_BE"}, "nl"),
        (None, {"LC_ALL": "", "LANG": "en_GB.UTF-8"}, "en"),
        (None, {"LC_ALL": "C.UTF-8", "LANG": "nl_BE"}, "nl"),
        (None, {"LANG": "es_ES.UTF-8"}, "fr"),
        ("es", {"LANG": "nl"}, "nl"),
        (None, {}, "fr"),
    ],
)
def test_the_language_is_negotiated(
    wanted: str | None, environ: dict[str, str], expected: str
) -> None:
    """The wish comes first, then the locale, then the first language offered."""
    assert negotiate(wanted, environ, LANGUAGES) == expected


def test_only_what_is_offered_is_negotiated() -> None:
    """A study in Dutch and German is not shown in French to a person with a French locale."""
    assert negotiate(None, {"LANG": "fr_BE.UTF-8"}, ["nl", "de"]) == "nl"
