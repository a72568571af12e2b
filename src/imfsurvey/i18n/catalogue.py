"""Texts of the interface in four languages, read from `.po` files when the program runs.

The msgid is the English sentence, so English needs no catalogue and a text without a translation
is still readable. No compiled files: a command that says little looks its few texts up in the file,
one that says much reads the whole, 2,900 messages in about 10 ms.
"""

from __future__ import annotations

import gettext
import pkgutil
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Final

LANGUAGES: Final = ("fr", "nl", "en", "de")
"""Languages of the interface; the first is the one used when nothing says otherwise."""

LANGUAGE_NAMES: Final[Mapping[str, str]] = {
    **{"fr": "Français", "nl": "Nederlands", "en": "English", "de": "Deutsch"},
}
"""Each language in its own words."""

_KEYWORD = re.compile(r"msgid|msgid_plural|msgstr(?:\[\d\])?")
_PLURAL_RULE = re.compile(r"^Plural-Forms:.*\bplural=([^;\n]+)", re.MULTILINE)
_ESCAPES: Final = {"n": "\n", "t": "\t", "r": "\r"}
_ESCAPED: Final = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n", "\t": r"\t", "\r": r"\r"})
_MANY: Final = 150
"""So many texts looked up one by one take as long as reading the whole catalogue."""


class Marked(str):
    """A text of the program, in English, that is translated where it is shown."""

    __slots__ = ()


def N_(msgid: str) -> Marked:  # noqa: N802 - the name that translators' tools know
    """Mark a text for collection where it is written, to be translated where it is shown."""
    return Marked(msgid)


class Messages(gettext.NullTranslations):
    """What `gettext.GNUTranslations` does, from the text of a `.po` file.

    Fuzzy and empty translations count as missing. ValueError when the text is no `.po` file.
    """

    def __init__(self, po_text: str) -> None:
        super().__init__()
        self._texts: dict[tuple[str, int], str] = {}
        self._plural_rule = "n != 1"
        for fuzzy, entry in _entries(po_text):
            msgid = entry.get("msgid")
            if msgid == "":  # the header, good even when marked fuzzy
                if rule := _PLURAL_RULE.search(entry.get("msgstr", "")):
                    self._plural_rule = rule[1]
            elif msgid is not None and not fuzzy:
                forms = ("msgstr[0]", "msgstr[1]", "msgstr[2]", "msgstr[3]")
                for index, form in enumerate(forms if "msgid_plural" in entry else ("msgstr",)):
                    if text := entry.get(form):
                        self._texts[msgid, index] = text

    def gettext(self, message: str) -> str:
        """The translation, else the message itself."""
        return self._texts.get((message, 0), message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """The translation for the number n, else the English form."""
        text = self._texts.get((msgid1, self._plural_index(n)))
        return super().ngettext(msgid1, msgid2, n) if text is None else text

    @cached_property
    def _plural_index(self) -> Callable[[int], int]:
        return gettext.c2py(self._plural_rule)


class Shipped(gettext.NullTranslations):
    """What `Messages` gives of a file in the layout that `python3 dev.py po` writes.

    An entry is looked for in the bytes of the file and read alone, since most commands say little;
    who asks for many has the file read as a whole.
    """

    def __init__(self, file: Callable[[], bytes]) -> None:
        super().__init__()
        self._file = file
        """Gives what it holds."""
        self._read: dict[str, Messages] = {}
        """By msgid: what is known when its entry has been read."""

    def gettext(self, message: str) -> str:
        """The translation, else the message itself."""
        return self._about(message).gettext(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """The translation for the number n, else the English form."""
        return self._about(msgid1).ngettext(msgid1, msgid2, n)

    def _about(self, msgid: str) -> Messages:
        """Messages with the entry of a text, if there is one."""
        if len(self._read) >= _MANY:
            return self._whole
        known = self._read.get(msgid)
        if known is None:
            known = self._read[msgid] = Messages(self._entry(msgid))
        return known

    def _entry(self, msgid: str) -> str:
        """The header of the file and the entry of a text, if there is one."""
        text, gap = self._bytes, b"\n\n"
        header = text[: text.find(gap)]
        at = text.find(b"\nmsgid " + _written(msgid).encode() + b"\n")
        entry = text[text.rfind(gap, 0, at + 1) : text.find(gap, at + 1)] if at >= 0 else b""
        return (header + entry).decode()

    @cached_property
    def _bytes(self) -> bytes:
        return self._file()

    @cached_property
    def _whole(self) -> Messages:
        return Messages(self._bytes.decode())


def _written(msgid: str) -> str:
    """A msgid as it stands in a catalogue: each of its lines in quotes."""
    lines = [f'"{line.translate(_ESCAPED)}"' for line in msgid.splitlines(keepends=True)]
    return lines[0] if len(lines) == 1 else "\n".join(('""', *lines))


def _entries(po_text: str) -> Iterator[tuple[bool, dict[str, str]]]:
    """The entries of a `.po` file: whether fuzzy, and the strings by keyword."""
    for block in re.split(r"\n\s*\n", po_text.strip()):
        entry: dict[str, str] = {}
        fuzzy, keyword = False, None
        for line in block.split("\n"):
            if line.startswith("#"):
                fuzzy = fuzzy or (line.startswith("#,") and "fuzzy" in line)
                continue
            word, text = _keyword_and_text(line.rstrip())
            keyword = word or keyword
            if keyword is None:
                raise ValueError(f"not a line of a .po file: {line!r}")
            entry[keyword] = entry.get(keyword, "") + _unescaped(text)
        yield fuzzy, entry


def _keyword_and_text(line: str) -> tuple[str, str]:
    """The keyword of a line, empty where an earlier one goes on, and what stands in quotes."""
    word, _, text = line.partition('"')
    keyword = word[:-1]
    if not text.endswith('"') or (word and (word[-1] != " " or not _KEYWORD.fullmatch(keyword))):
        raise ValueError(f"not a line of a .po file: {line!r}")
    return keyword, text[:-1]


def _unescaped(text: str) -> str:
    if "\\" not in text:
        return text  # thousands of lines
    return re.sub(r"\\(.)", lambda found: _ESCAPES.get(found[1], found[1]), text)


@dataclass(frozen=True)
class Translator:
    """Gives texts in one language. Call it with an English sentence that is written in the code.

    Parameters are put in as they are: braces or percent signs in them mean nothing.
    """

    language: str
    messages: gettext.NullTranslations

    def __call__(self, msgid: str, /, **params: object) -> str:
        """The text for `msgid`, its `{name}` placeholders filled; KeyError if one is not given."""
        return self.messages.gettext(msgid).format_map(params)

    def plural(self, one: str, many: str, n: int, /, **params: object) -> str:
        """The text for the number `n`, by the plural rule of the language; `{n}` is filled too.

        Give `n=formats.number(n, language)` among the parameters to have it printed with marks.
        """
        return self.messages.ngettext(one, many, n).format_map({"n": n, **params})


@cache
def translator(language: str) -> Translator:
    """The translator of one of LANGUAGES; ValueError for another language."""
    if language not in LANGUAGES:
        raise ValueError(f"no texts in language {language!r}, only in {', '.join(LANGUAGES)}")
    if language == "en":
        return Translator(language, gettext.NullTranslations())
    return Translator(language, Shipped(lambda: _shipped(language)))


def _shipped(language: str) -> bytes:
    """A catalogue that lies beside this module; pathlib would take as long as all of its texts."""
    data = pkgutil.get_data("imfsurvey.i18n", f"locales/{language}.po")
    if data is None:
        raise FileNotFoundError(f"locales/{language}.po")
    return data


def negotiate(wanted: str | None, environ: Mapping[str, str], offered: Sequence[str]) -> str:
    """The language to use: the one asked for, else that of the locale, else the first offered.

    `wanted` and the locale variables may name a region ("nl-BE", "nl_BE.UTF-8"); what is not
    among `offered` is passed over. `offered` holds at least one language, the preferred first.
    """
    for tag in (wanted, *(environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))):
        language = re.split(r"[-_.@]", tag or "", maxsplit=1)[0].lower()
        if language in offered:
            return language
    return offered[0]
