"""The shipped translations against the texts that the source holds now."""

import io
import re
import string
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from catalogues import LOCALES, collected, is_translated

LANGUAGES = ("fr", "nl", "de")


@cache
def entries(language: str) -> dict[object, Message]:
    """The entries of a shipped catalogue, without its header."""
    text = Path(LOCALES, f"{language}.po").read_text("utf-8")
    return {entry.id: entry for entry in read_po(io.StringIO(text), locale=language) if entry.id}


def names(text: str) -> set[str]:
    """The placeholders of a text; ValueError when its braces are not balanced."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@cache
def texts_of_the_source() -> set[object]:
    """Every text that is marked for translation."""
    return set(collected())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_holds_the_texts_of_the_source(language: str) -> None:
    """`python3 dev.py po` was run: no text is lacking, none is left over."""
    assert set(entries(language)) == texts_of_the_source()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated(language: str) -> None:
    """French, Dutch and German readers never meet an English sentence, nor a doubtful one."""
    missing = [e.id for e in entries(language).values() if e.fuzzy or not is_translated(e)]
    assert missing == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_are_kept(language: str) -> None:
    """A translation has the placeholders of its original; a singular may leave out the number."""
    wrong = []
    for entry in entries(language).values():
        if isinstance(entry.id, tuple):
            _one, many = map(names, entry.id)
            first, *others = map(names, entry.string)
            good = first in (many, many - {"n"}, _one) and all(form == many for form in others)
        else:
            good = names(str(entry.id)) == names(str(entry.string))
        if is_translated(entry) and not good:
            wrong.append(entry.id)
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_left_in_english(language: str) -> None:
    """What has several words is said in other words than in English; one word may be the same."""
    copied = [
        re.sub(r"\{\w*\}", "", one)
        for entry in entries(language).values()
        for one in ([entry.id] if isinstance(entry.id, str) else entry.id)
        if one in ([entry.string] if isinstance(entry.string, str) else entry.string)
    ]
    assert len(copied) > 20  # "Code", "Index", "Total"
    assert [one for one in copied if len(re.findall(r"(?<!\S)[^\W\d_]{3,}", one)) > 1] == []
