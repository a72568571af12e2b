"""Lines: whole words within the width, nothing but words out, nothing but words in."""

from __future__ import annotations

import io

import pytest

from imfsurvey.faces.plain.lines import Lines, NoMoreInputError, cleaned, wrapped


def test_words_stay_whole_within_the_width() -> None:
    """A line is cut at blanks only, later lines stand below the first; a long word is no reason."""
    text = "Une ligne assez longue, puis Donaudampfschifffahrtsgesellschaft-und-plus."
    assert wrapped(text, 24, "12  ") == [
        "12  Une ligne assez",
        "    longue, puis",
        "    Donaudampfschifffahrtsgesellschaft-und-plus.",
    ]


def test_what_no_break_spaces_hold_together_is_not_cut() -> None:
    """A number and its unit stay on one line, with a plain blank between them."""
    assert wrapped("il y en a 20\u202f000\u00a0EUR", 12) == ["il y en a", "20 000 EUR"]


@pytest.mark.parametrize(
    "text", ["\x1b[31mx", "\x1b]0;t\x07", "a\rb", "a\x08b", "a\u202eb", "\x9b1m"]
)
def test_texts_move_no_cursor(text: str) -> None:
    """Escape sequences, carriage returns and direction marks of a text are shown, not sent."""
    (line,) = wrapped(text, 80)
    assert line.isprintable()
    assert len(line) == len(text)


def test_paragraphs_and_tabs() -> None:
    """Line ends of a text stay; a tab is a blank."""
    assert wrapped("a\tb\n\nc", 80) == ["a b", "", "c"]


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("  3 \r\n", "3"),
        ("\x1b[A2\n", "2"),
        ("\x1bOH2\x00\n", "2"),
        ("\ufeff1\n", "1"),
        ("a\tb\n", "a b"),
        ("naïf ½\n", "naïf ½"),
        ("a\udcffb\n", "ab"),
    ],
)
def test_keys_that_are_no_letters_leave_nothing(typed: str, answer: str) -> None:
    """Arrow keys, line ends of other systems and the mark of a file's beginning are no answer."""
    assert cleaned(typed) == answer


def test_a_pipe_gets_one_line_end_after_a_prompt() -> None:
    """Nobody echoes what comes through a pipe: the next words begin on a line of their own."""
    said = io.StringIO()
    lines = Lines(io.StringIO("2\n3"), said)
    assert (lines.ask("Un ?"), lines.ask("Deux ?")) == ("2", "3")
    with pytest.raises(NoMoreInputError):
        lines.ask("Trois ?")
    assert said.getvalue() == "Un ? \nDeux ? \nTrois ? \n"
    assert (lines.columns, lines.rows) == (80, 24)
