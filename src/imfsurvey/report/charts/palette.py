"""The colours of all charts: told apart with every kind of colour vision and in grey print."""

from __future__ import annotations

from typing import Final

INK: Final = "#1b2733"
MUTED: Final = "#52606d"
RULE: Final = "#cfd6dd"
PAPER: Final = "#ffffff"
MARK: Final = "#a84a00"
"""What holds a level down; 5:1 on white, and always with a glyph."""
HATCH: Final = "#8896a3"

SEQUENTIAL: Final = ("#eef3f8", "#bcd4e6", "#7fb0d3", "#3a7fb5", "#114a7d")
DIVERGING: Final = ("#b35806", "#f1a34f", "#e3e6e8", "#8fb8dc", "#2a5f9e")
PILLARS: Final = ("#0072b2", "#d55e00", "#009e73")


def level_colours(levels: int) -> tuple[str, ...]:
    """One colour a level, from pale to dark."""
    return tuple(_between(SEQUENTIAL, level / (levels - 1)) for level in range(levels))


def answer_colours(categories: int) -> tuple[str, ...]:
    """One colour an answer category, most unfavourable first; the grey is for a true middle."""
    if categories % 2:
        return tuple(_nearest(i / max(categories - 1, 1)) for i in range(categories))
    half = categories // 2
    sides = [i / (2 * half) for i in range(half)]
    return tuple(_nearest(p) for p in (*sides, *(1 - p for p in reversed(sides))))


def heat(share: float) -> str:
    """The colour of a share from 0 to 1: the darker, the larger."""
    return SEQUENTIAL[min(int(share * len(SEQUENTIAL)), len(SEQUENTIAL) - 1)]


def _nearest(position: float) -> str:
    return DIVERGING[min(4, int(position * 4 + 0.5))]


def _between(colours: tuple[str, ...], position: float) -> str:
    """The colour at a position from 0 to 1 along a row of colours."""
    place = position * (len(colours) - 1)
    low = min(int(place), len(colours) - 2)
    first, second = _rgb(colours[low]), _rgb(colours[low + 1])
    mixed = (round(a + (b - a) * (place - low)) for a, b in zip(first, second, strict=True))
    return "#" + "".join(f"{part:02x}" for part in mixed)


def ink_on(colour: str) -> str:
    """Black or white, whichever is read better on a colour (WCAG contrast, at least 4.5:1)."""
    light = _luminance(colour)
    return "#ffffff" if 1.05 / (light + 0.05) > (light + 0.05) / 0.05 else "#000000"


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    """Relative luminance of sRGB, WCAG 2."""
    parts = [part / 255 for part in _rgb(colour)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
