"""The balance as a line of text: read without colour, and by a screen reader from its figures."""

from __future__ import annotations

from typing import Final

_BLOCKS: Final = "├─▒●┤"
_PLAIN: Final = "|-#o|"


def gauge(value: float, low: float, high: float, width: int, *, encoding: str = "utf-8") -> str:
    """A scale from -1 to +1 of so many characters (odd, so that 0 has one): the band, and a
    pointer at the value, as `├──▒▒▒●▒▒──┤`; with other signs where the terminal has none of these.
    """
    try:
        _BLOCKS.encode(encoding)
        start, line, band, pointer, end = _BLOCKS
    except (UnicodeEncodeError, LookupError):
        start, line, band, pointer, end = _PLAIN
    inner = max(width - 2, 1)  # a window that is made narrow is drawn anew before it is covered

    def place(number: float) -> int:
        return round((number + 1) / 2 * (inner - 1))

    cells = [band if place(low) <= n <= place(high) else line for n in range(inner)]
    cells[place(value)] = pointer
    return start + "".join(cells) + end
