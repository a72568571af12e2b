"""How wide a text gets, without a font: so that no label is cut and no line too long.

Advance widths in em: for each character the wider one of Inter and of the Helvetica-like faces
(Liberation Sans), rounded up to 0.05 em. A browser that falls back on a wider sans serif such as
DejaVu Sans still stays within a few percent.
"""

from __future__ import annotations

from itertools import repeat
from typing import Final

_BY_WIDTH: Final = {
    0.2: "\u202f",
    0.25: "ijl'’‘",
    0.3: "I!,.:; ïî·\u00a0",
    0.4: "frt()/[\\]{}“”|",
    0.5: '*-^`°"',
    0.55: "ksxzJ",
    0.6: "17acehnouvyL?_éèêëàâäôöûùüç«»–•",
    0.65: "02345689bdgpqFTZ#$ß",
    0.7: "ABEKPSVXY&+<=>~ÉÀ€−≥≤×",
    0.75: "CDHRU",
    0.8: "GNOQ",
    0.85: "w",
    0.9: "mM%",
    0.95: "W",
    1.1: "œ—…→@◆",
}
_WIDTH: Final = {char: width for width, chars in _BY_WIDTH.items() for char in chars}

UNKNOWN: Final = 1.0
"""Any other character: a capital with an accent, a letter of another script."""

BOLD: Final = 1.08


def text_width(text: str, size: float, bold: bool = False) -> float:
    """Width of a text in the units of its size, rather too large than too small."""
    em = sum(map(_WIDTH.get, text, repeat(UNKNOWN)))
    return em * size * (BOLD if bold else 1)


def wrapped(text: str, width: float, size: float, bold: bool = False) -> list[str]:
    """A text in lines no wider than `width`; a word that is too long by itself is cut in parts.

    Breaks at spaces only: a no-break space stays in its line. At least one line.
    """
    lines: list[str] = []
    line = ""
    parts = [part for word in text.split(" ") for part in _parts(word, width, size, bold)]
    for part in parts:
        longer = f"{line} {part}" if line else part
        if line and text_width(longer, size, bold) > width:
            lines.append(line)
            line = part
        else:
            line = longer
    return [*lines, line]


def _parts(word: str, width: float, size: float, bold: bool) -> list[str]:
    """A word, in as many parts as are needed for each to fit."""
    if text_width(word, size, bold) <= width:
        return [word]  # nearly all are
    parts = [""]
    for char in word:
        if parts[-1] and text_width(parts[-1] + char, size, bold) > width:
            parts.append("")
        parts[-1] += char
    return parts
