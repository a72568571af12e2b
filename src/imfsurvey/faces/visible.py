"""What of a text from outside may reach a terminal: nothing that moves, colours or turns it."""

from __future__ import annotations

import unicodedata
from typing import Final

_INVISIBLE: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})

_HARMLESS: Final = {ord(character): None for character in "\n\u200d\u00a0\u202f"}
"""What Python calls unprintable and is shown all the same: most texts hold nothing else of it."""


def visible(text: str) -> str:
    """The text with `·` for control and direction marks; line breaks stay."""
    if text.isprintable() or text.translate(_HARMLESS).isprintable():
        return text
    return "".join(character if _shows(character) else "·" for character in text)


def _shows(character: str) -> bool:
    if character in "\n\u200d":  # line breaks, and the joiner inside compound signs
        return True
    return unicodedata.category(character) not in _INVISIBLE
