"""Texts as the shipped fonts can print them, in lengths that a page can hold."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from imfsurvey.report.words import clean

UNKNOWN: Final = "\ufffd"

RANGES: Final = (
    (0x20, 0x2FF),  # Latin
    (0x370, 0x4FF),  # Greek, Cyrillic
    (0x1E00, 0x1EFF),  # more Latin
    (0x2000, 0x2027),  # spaces, dashes, quotation marks
    (0x202F, 0x2040),
    (0x2070, 0x20BF),  # raised and lowered figures, currencies
    (0x2116, 0x2116),
    (0x2122, 0x2122),
    (0x2190, 0x23FF),  # arrows, mathematics, technical marks
    (0x2500, 0x25FF),  # boxes, shapes
    (0x2610, 0x2612),
    (0x2713, 0x2713),
    (0x2717, 0x2717),
)
"""What the fonts hold. A test prints all of it.

A list of what may pass, not of what may not: PDF/A refuses a letter without a picture, and some
mixtures of other scripts make the compiler itself break off. Marks that are put on letters are not
in it: no font has every letter with every mark.
"""


def printable(value: object) -> object:
    """The same data, every text in it without what cannot be printed.

    Composed letters are used where they exist. Marks that have no picture of their own (soft
    hyphens, joiners) vanish, everything else that the fonts lack becomes U+FFFD.
    """
    if isinstance(value, str):
        if value.isascii() and value.isprintable():
            return value  # charts are long texts of such characters
        composed = unicodedata.normalize("NFC", value)
        return "".join(map(_printed, composed))
    if isinstance(value, Mapping):
        return {key: printable(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [printable(part) for part in value]
    return value


def line(text: str, most: int = 160) -> str:
    """A text from outside on one line, cut with an ellipsis behind `most` letters."""
    one_line = clean(text)
    return one_line if len(one_line) <= most else one_line[: most - 1].rstrip() + "…"


def groups(text: str, size: int = 4) -> list[str]:
    """A key or hash in groups that an eye can hold."""
    return [text[start : start + size] for start in range(0, len(text), size)]


@lru_cache(maxsize=4096)
def _printed(char: str) -> str:
    if char == "\n":
        return char
    category = unicodedata.category(char)
    if category == "Cf":
        return ""
    held = any(first <= ord(char) <= last for first, last in RANGES)
    return char if held and category not in ("Cc", "Cn", "Mn", "Me") else UNKNOWN
