"""The one door through which text from outside reaches the screen.

Textual reads a plain `str` as markup: `[/]` in a question would end the program and
`[@click=app.quit]` would become a live link. `Content` is never parsed, so every text that was
not written in this package goes through `plain`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from rich.cells import cell_len
from textual.content import Content

from imfsurvey.faces.visible import visible

# Textual cuts lines at no-break spaces too, and French has one before each colon. While a text is
# cut, these stand for them: private characters, one cell wide, that no text from outside keeps.
_HOLD = {ord("\u00a0"): "\ue000", ord("\u202f"): "\ue001"}
_RELEASE = {0xE000: "\u00a0", 0xE001: "\u202f"}

_BLANKS = re.compile(r"[^\S\u00a0\u202f]+")
"""Blanks and line breaks, but not what keeps a number and its unit together."""

_DASH: Final = " – "
_NARROWEST: Final = 20
"""Cells in which lines are cut at least; in a window where there are fewer, nothing is seen."""
_LEAST_KNOWN: Final = 12
"""Cells of an entity's or a wave's name by which it is still known."""


def plain(text: str, style: str = "") -> Content:
    """Text as it stands, nothing in it meaning anything; what cannot be shown becomes `·`."""
    return Content.styled(visible(text), style, strip_control_codes=False)


def wrapped(text: str, width: int) -> list[str]:
    """A text cut into lines of at most `width` cells, at blanks where there are any."""
    held = text if text.isprintable() else visible(text).translate(_HOLD)
    if "\n" not in held and cell_len(held) <= width:
        return [held.rstrip().translate(_RELEASE)]  # as most are, and cutting is dear
    lines = Content(held).wrap(max(width, 1))
    return [line.plain.rstrip().translate(_RELEASE) for line in lines] or [""]


def paragraph(text: str, width: int, style: str = "", indent: int = 0) -> Iterator[Content]:
    """The lines of a text in `width` cells, all of them behind as many blanks."""
    for row in wrapped(text, max(width - indent, _NARROWEST)):
        yield plain(" " * indent + row, style)


def shortened(text: str, width: int) -> str:
    """The first line of a text in at most `width` cells, its cut shown by an ellipsis."""
    line = Content(_BLANKS.sub(" ", visible(text)).strip(" "))
    if line.cell_length <= width:
        return line.plain
    return line.truncate(max(width, 1), ellipsis=True).plain


def titled(text: str, width: int) -> str:
    """A title on one line: what it is about gives way before the name of the page behind the dash,
    unless too little of it would be left to be known."""
    about, dash, page = text.rpartition(_DASH)
    behind = dash + shortened(page, width)
    room = width - Content(behind).cell_length
    if not dash or Content(visible(text)).cell_length <= width or room < _LEAST_KNOWN:
        return shortened(text, width)
    return shortened(about, room) + behind
