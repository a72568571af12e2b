"""The terminal between two people: painted plainly, read key by key, wiped with its scrollback."""

from __future__ import annotations

import os
import select
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from imfsurvey.faces.plain.lines import usable, wrapped

_ENTER: Final = "\x1b[?1049h"
_LEAVE: Final = "\x1b[?1049l"
_CLEAR: Final = "\x1b[0m\x1b[H\x1b[2J\x1b[3J"
"""Colours off, screen cleared, scrollback cleared."""

_CALM: Final = (
    "\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1015l"  # no mouse
    "\x1b[?1004l\x1b[?2004l\x1b[?2026l\x1b[?2048l\x1b[<u"  # no focus, paste, sync, resize, keys
)
"""What a program that was killed leaves switched on."""

_HIDE, _SHOW = "\x1b[?25l", "\x1b[?25h"
_MARGIN: Final = 3
_WIDEST: Final = 76


class Terminal:
    """Standard input and output, in a mode in which no key does anything by itself."""

    def __init__(self) -> None:
        self._in, self._out = sys.stdin.fileno(), sys.stdout.fileno()
        self._typed = ""
        """Keys that came together with the last one."""
        self._painted: tuple[tuple[str, ...], os.terminal_size] | None = None

    @contextmanager
    def taken(self) -> Iterator[Terminal]:
        """Take the terminal; give it back as it was, but wiped."""
        import termios
        import tty

        before = termios.tcgetattr(self._in)
        try:
            tty.setraw(self._in)  # Ctrl+C and Ctrl+Z are keys like any other
            self._raw = termios.tcgetattr(self._in)
            self.wipe()
            yield self
        finally:
            self.wipe()
            self._write(_LEAVE + _CLEAR + _SHOW)
            termios.tcsetattr(self._in, termios.TCSAFLUSH, before)

    def wipe(self) -> None:
        """Nothing of what was shown or typed stays: neither page, nor scrollback, nor keys."""
        import termios

        self._write(_CALM + _LEAVE + _CLEAR + _ENTER + _CLEAR + _HIDE)
        termios.tcsetattr(self._in, termios.TCSAFLUSH, self._raw)
        self._painted, self._typed = None, ""

    def paint(self, lines: Sequence[str]) -> None:
        """Show lines, cut to the width; only when they or the window are others than before."""
        size = os.get_terminal_size(self._out)
        if self._painted == (tuple(lines), size):
            return
        self._painted = (tuple(lines), size)
        columns, height = usable(size)
        width = min(columns - 2 * _MARGIN, _WIDEST)
        rows = [row for line in lines for row in wrapped(line, width)][: height - 1]
        text = "\r\n".join(" " * _MARGIN + row for row in rows)
        self._write(f"{_CLEAR}\r\n{text}")

    def key(self, seconds: float) -> str:
        """One key, Escape for every one that sends a sequence; empty when none came in time."""
        if not self._typed:
            if not select.select([self._in], [], [], seconds)[0]:
                return ""
            typed = os.read(self._in, 64).decode("utf-8", "ignore")
            self._typed = typed[:1] if typed.startswith("\x1b") else typed
        key, self._typed = self._typed[:1], self._typed[1:]
        return key

    def _write(self, text: str) -> None:
        data = text.encode("utf-8")
        while data:
            data = data[os.write(self._out, data) :]
