"""QR codes drawn with the characters of a terminal."""

from __future__ import annotations

from itertools import zip_longest
from typing import Final

QUIET: Final = 4
"""Modules of blank around a code, without which readers do not find it."""

_LIGHT: Final = {(False, False): "█", (False, True): "▀", (True, False): "▄", (True, True): " "}
"""By two modules above each other, whether they are dark. What is light is drawn: white on black,
whatever the colours of the terminal are."""


def half_blocks(text: str, quiet: int = QUIET) -> list[str]:
    """The code of a text, two rows of it a line. 15 % of it may be hidden."""
    import segno

    code = segno.make(text, error="m", micro=False)
    rows = [[bool(module) for module in row] for row in code.matrix_iter(border=quiet)]
    light = [False] * len(rows[0])
    return [
        "".join(_LIGHT[pair] for pair in zip(above, below, strict=True))
        for above, below in zip_longest(rows[::2], rows[1::2], fillvalue=light)
    ]
