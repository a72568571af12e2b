"""The measuring and wrapping of text, and the contrast of colours."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imfsurvey.report.charts.metrics import text_width, wrapped
from imfsurvey.report.charts.palette import (
    DIVERGING,
    SEQUENTIAL,
    answer_colours,
    ink_on,
    level_colours,
)


@pytest.mark.parametrize(
    ("text", "width"),
    [
        # Advance widths of Liberation Sans (metrically Arial) and Inter Regular, in em.
        ("Integrity", 4.03),
        ("Répartition des compétences entre le mandataire", 22.4),
        ("0123456789", 6.09),
        ("MWmw@%", 5.6),
    ],
)
def test_texts_are_not_narrower_than_in_a_font(text: str, width: float) -> None:
    """The measure is at least that of the font, and at most a fifth more."""
    assert width <= text_width(text, 1.0) <= 1.2 * width


@given(st.text(min_size=1, max_size=80), st.floats(min_value=20, max_value=400))
def test_wrapped_lines_fit_and_lose_nothing(text: str, width: float) -> None:
    """Every line fits, unless it is a single character; only spaces go."""
    lines = wrapped(text, width, 12.0)
    assert all(text_width(line, 12.0) <= width or len(line) == 1 for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_no_break_spaces_hold() -> None:
    """A line is not broken at a no-break space."""
    assert wrapped("aaa\u00a0bbb ccc", 30.0, 6.0) == ["aaa\u00a0bbb", "ccc"]


def contrast(one: str, other: str) -> float:
    """WCAG 2 contrast of two colours, worked out here again."""

    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("colour", [*SEQUENTIAL, *DIVERGING, *level_colours(6)])
def test_figures_can_be_read_on_every_colour(colour: str) -> None:
    """The contrast of a figure with its cell is at least 4.5:1."""
    assert contrast(colour, ink_on(colour)) >= 4.5


def test_levels_get_darker() -> None:
    """In grey print the order of levels stays: each one is darker than the one below."""
    brightness = [contrast(colour, "#000000") for colour in level_colours(6)]
    assert brightness == sorted(set(brightness), reverse=True)


@pytest.mark.parametrize(
    ("categories", "expected"),
    [
        (2, (0, 4)),
        (3, (0, 2, 4)),
        (4, (0, 1, 3, 4)),
        (5, (0, 1, 2, 3, 4)),
    ],
)
def test_only_a_true_middle_is_grey(categories: int, expected: tuple[int, ...]) -> None:
    """Scales without a middle category have no grey part."""
    assert answer_colours(categories) == tuple(DIVERGING[place] for place in expected)
