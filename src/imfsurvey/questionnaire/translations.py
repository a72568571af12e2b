"""The texts of a questionnaire or a framework as translators need them: which are there, missing,
or translated from words that have changed since.

Each text has a key that stays when it moves, such as `items.clear.text`: entries of lists are told
apart by id or code, items by their id alone. So a catalogue that was made last month still fits.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from imfsurvey.framework import Framework
from imfsurvey.i18n.catalogue import LANGUAGES, Marked
from imfsurvey.i18n.errors import InputError
from imfsurvey.questionnaire.model import Identity, Questionnaire
from imfsurvey.questionnaire.textkinds import kind_of
from imfsurvey.source.places import Document, KeyPath, Place
from imfsurvey.source.texts import Text, texts_of

_BRACES = re.compile(r"\{\{|\}\}|(\{[^{}]*\}|[{}])")
_NAMES: Final = ("text", "title", "label", "name")
"""The keys under which a block says what it is about."""


@dataclass(frozen=True)
class Entry:
    """One text of a file."""

    key: str
    text: Text
    path: KeyPath
    around: str | None
    """Key of the text that says what this one belongs to: of a hint, the stem."""

    def said(self, language: str) -> str | None:
        """The text in a language, if it is there."""
        return self.text.root.get(language)

    def source(self, wanted: str, language: str) -> str | None:
        """What is translated into `language`: the text in the wanted one, else in another."""
        others = [wanted, *(one for one in LANGUAGES if one != language)]
        return next((text for one in others if (text := self.said(one)) is not None), None)


@dataclass(frozen=True)
class Texts:
    """All texts of one file, by key, in order of the file."""

    document: Document
    id: str
    version: str
    languages: tuple[str, ...]
    required: frozenset[str]
    """Languages in which none may be missing."""
    source_language: str
    entries: Mapping[str, Entry]

    def place(self, entry: Entry) -> Place:
        """Where a text stands in the file."""
        return self.document.place(entry.path)


@dataclass(frozen=True)
class Standing:
    """How far the texts of a file are in one language."""

    language: str
    required: bool
    there: int
    missing: tuple[Entry, ...]
    outdated: tuple[Entry, ...]
    """Translated from words that have changed since."""


@dataclass(frozen=True)
class Unit:
    """One text as a translator gets it."""

    key: str
    kind: Marked
    source: str
    translation: str
    """Empty where there is none yet."""
    previous: str | None
    """The words that the translation was made from, where they have changed since."""
    around: str
    """What it belongs to, in the language of the source; empty where that is nothing."""
    place: Place


@dataclass(frozen=True)
class Catalogue:
    """What goes to a translator."""

    file: str
    id: str
    version: str
    source_language: str
    language: str
    units: tuple[Unit, ...]


# --- the texts of a file ----------------------------------------------------------------------


def texts_in(document: Document, model: Questionnaire | Framework) -> Texts:
    """The texts of what was read from a document."""
    who = model.framework if isinstance(model, Framework) else model.questionnaire
    if isinstance(who, Identity):
        required, source = who.require_complete, who.default_language
    else:
        required, source = who.languages, who.languages[0]
    found = {_key(document, path): (path, text) for path, text in texts_of(model)}
    entries = {
        key: Entry(key, text, path, _around(key, found)) for key, (path, text) in found.items()
    }
    return Texts(document, who.id, who.version, who.languages, frozenset(required), source, entries)


def _key(document: Document, path: KeyPath) -> str:
    """The key of a text: its path, with names instead of positions."""
    parts: list[str] = []
    value = document.value
    for part in path:
        value = value[part]
        parts.append(_name(value, part) if isinstance(part, int) else part)
    if parts[0] == "sections" and parts[2] == "items" and len(parts) > 3:
        del parts[:2]  # an item may move to another section
    return ".".join(parts)


def _name(entry: object, index: int) -> str:
    """What an entry of a list is known by: its id or code, else its position."""
    known = [entry.get("id"), entry.get("code")] if isinstance(entry, dict) else []
    return str(next((one for one in known if isinstance(one, str | int)), index))


def _around(key: str, keys: Mapping[str, object]) -> str | None:
    """The nearest text that says what the blocks around one are about."""
    parts = key.split(".")
    for length in range(len(parts) - 1, 0, -1):
        for name in _NAMES:
            around = ".".join([*parts[:length], name])
            if around in keys and around != key:
                return around
    return None


# --- how far they are translated --------------------------------------------------------------


def standing(texts: Texts, since: Texts | None = None) -> Iterator[Standing]:
    """How far the texts are in each language; `since` is an earlier version of the same file."""
    every = texts.entries.values()
    for language in texts.languages:
        missing = tuple(one for one in every if one.said(language) is None)
        yield Standing(
            language,
            language in texts.required,
            len(every) - len(missing),
            missing,
            tuple(
                one
                for one in every
                if _previous(one, since, texts.source_language, language) is not None
            ),
        )


def _previous(entry: Entry, since: Texts | None, source: str, language: str) -> str | None:
    """The source as it was when the text was translated; None when the translation is not older
    than what it translates, as far as can be seen."""
    old = since.entries.get(entry.key) if since is not None else None
    if old is None:
        return None
    was, now = old.said(source), entry.said(source)
    translated, then = entry.said(language), old.said(language)
    if was is None or now is None or translated is None or then is None:
        return None
    return was if not same(was, now) and same(translated, then) else None


def same(one: str, other: str) -> bool:
    """Whether two texts are the same for the hash of a questionnaire."""
    return unicodedata.normalize("NFC", one) == unicodedata.normalize("NFC", other)


def placeholders(text: str) -> frozenset[str]:
    """What a text has in braces, which is filled in later; a brace alone is one too."""
    return frozenset(found[1] for found in _BRACES.finditer(text) if found[1])


# --- what goes to a translator ----------------------------------------------------------------


def catalogue(
    texts: Texts, language: str, source_language: str, since: Texts | None = None
) -> Catalogue:
    """All texts that can be translated into a language, with what is translated already.

    Raises `InputError` (F129) for a language that the file does not have, or twice the same.
    """
    for one in (language, source_language):
        if one not in texts.languages:
            raise InputError(
                "IMF-F129",
                "{file} is not made for language '{language}': add it to 'languages' first.",
                file=texts.document.name,
                language=one,
            )
    if language == source_language:
        raise InputError(
            "IMF-F129",
            "'{language}' would be translated into itself: name another language with --from.",
            language=language,
        )
    units = [_unit(texts, one, language, source_language, since) for one in texts.entries.values()]
    return Catalogue(
        texts.document.name,
        texts.id,
        texts.version,
        source_language,
        language,
        tuple(unit for unit in units if unit is not None),
    )


def _unit(
    texts: Texts, entry: Entry, language: str, source_language: str, since: Texts | None
) -> Unit | None:
    source = entry.source(source_language, language)
    if source is None:
        return None
    around = texts.entries[entry.around] if entry.around else None
    return Unit(
        key=entry.key,
        kind=kind_of(entry.key),
        source=source,
        translation=entry.said(language) or "",
        previous=_previous(entry, since, source_language, language),
        around=(around.source(source_language, language) or "") if around else "",
        place=texts.place(entry),
    )
