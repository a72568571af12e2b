"""Texts that a spreadsheet would take for a formula, and the mark that keeps them texts.

One function for everything that may be opened in or pasted into a spreadsheet. Numbers never come
here: -9 is a number and stays one. Source: OWASP, CSV injection; ASVS 5.0, 1.2.10.
"""

from __future__ import annotations

from typing import Final

MARK: Final = "'"
"""Before a text: spreadsheets show and compute nothing of what follows it."""

_STARTS: Final = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""How a formula begins; the last four are their wide forms, which East Asian settings accept."""

_BLANKS: Final = ("\t", "\r", "\n")


def guarded(text: str) -> str:
    """The text with a mark before it when it could be taken for a formula."""
    return MARK + text if _dangerous(text) else text


def unguarded(text: str) -> str:
    """The text as it was before `guarded`."""
    return text[1:] if text.startswith(MARK) and _dangerous(text[1:]) else text


def _dangerous(text: str) -> bool:
    """Blanks before it do not help: some programs drop them."""
    return text.startswith(_BLANKS) or text.lstrip().startswith(_STARTS)
