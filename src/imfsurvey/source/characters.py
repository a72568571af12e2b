"""Characters that no file may hold, because a person who reads it cannot see them.

Control characters, the marks that make a text read in another order than it is written, tag
characters, line separators that only some programs take for a line break, and what is no
character at all. A terminal may obey them, so they are not shown in excerpts either.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from imfsurvey.i18n.catalogue import N_

HIDDEN: Final = N_(
    "character {character} is not allowed (it is invisible or changes the reading order)"
)

_HIDDEN: Final = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
    "\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff"
    "\U000e0000-\U000e007f"
)
_IN_FILE = re.compile(f"[{_HIDDEN}]")
_IN_VALUE = re.compile(f"[\r{_HIDDEN}]")  # in a file a carriage return is a line break
_LINE_END = re.compile("\r\n|\r|\n")


def lines_of(text: str) -> list[str]:
    """The lines of a text as the YAML parsers count them, without their ends."""
    return _LINE_END.split(text)


def holds_hidden(text: str) -> bool:
    """Whether a text of a file holds any of these characters."""
    return _IN_FILE.search(text) is not None


def hidden_in_line(line: str) -> Iterator[tuple[int, str]]:
    """The characters of a line that may not be there: column (from 1) and name such as U+202E."""
    return ((found.start() + 1, _name(found)) for found in _IN_FILE.finditer(line))


def hidden_in_value(value: str) -> str | None:
    """The name of the first such character of a value, which an escape can have put there."""
    if value.isprintable():  # so are nearly all, and hidden characters are not
        return None
    found = _IN_VALUE.search(value)
    return _name(found) if found else None


def without_hidden(text: str) -> str:
    """A text that somebody typed or pasted, as it may be kept: line ends alike, nothing hidden."""
    blanks = _LINE_END.sub("\n", text).replace("\t", " ")
    return _IN_VALUE.sub("", blanks)


def visible(text: str) -> str:
    """A text as it may be shown: of the same length, with a replacement for what is hidden."""
    return _IN_FILE.sub("\ufffd", text)


def _name(found: re.Match[str]) -> str:
    return f"U+{ord(found.group()):04X}"
