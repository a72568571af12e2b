"""The balance as a line of text."""

from __future__ import annotations

import pytest

from imfsurvey.faces.gauge import gauge


@pytest.mark.parametrize(
    ("value", "line"),
    [
        (0.0, "├────▒▒●▒▒────┤"),
        (-0.2, "├────▒●▒▒▒────┤"),
        (-1.0, "├●───▒▒▒▒▒────┤"),
        (1.0, "├────▒▒▒▒▒───●┤"),
    ],
)
def test_band_and_pointer(value: float, line: str) -> None:
    """Thirteen places from -1 to +1, one every 1/6: a band of ±1/3 is places 4 to 8, 0 is place 6;
    -0.2 is 4.8, so place 5."""
    assert gauge(value, -1 / 3, 1 / 3, 15) == line


def test_a_poor_terminal_gets_plain_signs() -> None:
    """ASCII has none of the blocks."""
    assert gauge(0.0, -1 / 3, 1 / 3, 15, encoding="ascii") == "|----##o##----|"


@pytest.mark.parametrize("width", [3, 2, 0, -12])
def test_a_window_that_is_too_narrow_has_the_pointer_alone(width: int) -> None:
    """Nobody sees it, the window says that it is too small; but it is drawn."""
    assert gauge(0.5, -1 / 3, 1 / 3, width) == "├●┤"
