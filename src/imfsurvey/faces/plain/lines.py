"""Lines out, lines in: all that plain mode knows of a terminal, a pipe or a remote session.

Nothing is written but words, blanks and line ends: no cursor is moved and nothing is coloured, so
that a screen reader reads, and a dumb terminal shows, exactly what was said.
"""

from __future__ import annotations

import io
import os
import re
import textwrap
import unicodedata
from typing import Final, TextIO

from imfsurvey.faces.visible import visible

WIDTH: Final = 80
"""Columns where the output goes to no terminal."""
_NARROWEST: Final = 20
_ROWS: Final = 24

_BLANKS: Final = {ord("\u00a0"): " ", ord("\u202f"): " "}
_ARROWS: Final = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|O.)")
"""What an arrow or function key sends: the terminal hands it over as if it had been typed."""


class NoMoreInputError(Exception):
    """The input has ended: Ctrl+D, the end of a file, a lost connection."""


class BrokenOffError(Exception):
    """Ctrl+C was pressed while an answer was waited for."""


class Lines:
    """A conversation in lines, over any two text streams."""

    def __init__(self, source: TextIO, target: TextIO) -> None:
        self._source, self._target = source, target
        self._echoed = source.isatty()
        """Whether the terminal shows what is typed, its line end included."""

    @property
    def columns(self) -> int:
        """How wide a line may be, at this moment."""
        return self._size()[0]

    @property
    def rows(self) -> int:
        """How many lines are in sight."""
        return self._size()[1]

    def _size(self) -> tuple[int, int]:
        try:
            size = os.get_terminal_size(self._target.fileno())
        except (OSError, ValueError, io.UnsupportedOperation):  # a pipe, a file, no file at all
            return WIDTH, _ROWS
        return usable(size)

    def say(self, text: str = "", first: str = "") -> None:
        """A text in lines with whole words; the first begins with `first`, the others below it."""
        for line in wrapped(text, self.columns, first):
            self._target.write(f"{line}\n")

    def ask(self, prompt: str) -> str:
        """One line from the person. Raises `NoMoreInputError` and `BrokenOffError`."""
        *above, last = wrapped(f"{prompt} ", self.columns)
        for line in above:
            self._target.write(f"{line}\n")
        self._target.write(f"{last} ")
        typed = self._typed()
        if not self._echoed:
            self._target.write("\n")
        return cleaned(typed)

    def read(self) -> str:
        """One more line, without its end. Raises `NoMoreInputError` and `BrokenOffError`."""
        return cleaned(self._typed())

    def _typed(self) -> str:
        try:
            self._target.flush()
            typed = self._source.readline()
        except KeyboardInterrupt:
            self._target.write("\n")
            raise BrokenOffError from None
        except OSError as error:
            raise NoMoreInputError from error
        if not typed.endswith("\n") and (self._echoed or not typed):
            self._target.write("\n")
        if not typed:
            raise NoMoreInputError
        return typed


def usable(size: os.terminal_size) -> tuple[int, int]:
    """Columns and lines to write in: some terminals do not know their size and say 0, and no
    window is too narrow for a word."""
    return max(size.columns or WIDTH, _NARROWEST), size.lines or _ROWS


def wrapped(text: str, columns: int, first: str = "") -> list[str]:
    """The lines of a text. Blanks that hold words together do, and are plain blanks at the end."""
    found: list[str] = []
    for paragraph in visible(text.replace("\t", " ")).split("\n"):
        found += textwrap.wrap(
            paragraph,
            columns,
            initial_indent=first,
            subsequent_indent=" " * len(first),
            break_long_words=False,
            break_on_hyphens=False,
        ) or [first.rstrip()]
        first = " " * len(first)
    return [line.translate(_BLANKS) for line in found]


def cleaned(typed: str) -> str:
    """What was typed, without what keys other than letters leave in a line."""
    text = _ARROWS.sub("", typed).replace("\t", " ").removeprefix("\ufeff")
    return "".join(one for one in text if unicodedata.category(one) not in ("Cc", "Cs")).strip()
