"""Somebody at the screens of a real terminal, who looks for words and presses what stands there."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

from e2e.terminal import ENTER, PATIENCE, Terminal

_MARK = r"[\[(].[\])] "
"""What stands before the key of a choice."""


class OnScreen:
    """Types only after what is to be answered is on the screen."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal

    @property
    def text(self) -> str:
        """The screen, all blanks being the same."""
        return self.terminal.text.replace("\u00a0", " ").replace("\u202f", " ")

    def until(self, there: Callable[[], bool], wanted: object) -> None:
        """Wait until something is so. AssertionError with the picture when it does not come."""
        end = time.monotonic() + PATIENCE
        while not there():
            self.terminal.pump()
            assert time.monotonic() < end, f"no {wanted!r} in:\n{self.text}"

    def see(self, *words: str) -> None:
        """Wait for words on the screen, each on one line of it."""
        self.until(lambda: all(one in self.text for one in words), words)

    def unseen(self, *words: str) -> None:
        """Words that are not on the screen."""
        for one in words:
            assert one not in self.text, self.text

    def choose(self, *labels: str) -> None:
        """Press the key before each of the choices, wherever they stand."""
        for label in labels:
            self._press_and_see(self._drawn_key(label))

    def _drawn_key(self, label: str) -> str:
        """The key before a choice, once it is drawn: a title may come a frame earlier."""
        self.until(lambda: self._key_of(label) != "", label)
        return self._key_of(label)

    def _press_and_see(self, key: str) -> None:
        before = self.terminal.text
        self.terminal.press(key)
        self.until(lambda: self.terminal.text != before, "change")

    def _key_of(self, label: str) -> str:
        """The key before a choice; empty while it is not drawn."""
        nearest = rf"{_MARK}(\S) (?:(?!{_MARK}).)*{re.escape(label)}"
        found = re.search(nearest, self.text)
        return found[1] if found else ""

    def write(self, text: str) -> None:
        """Type into the field, and wait until it stands there."""
        self.terminal.press(text)
        self.see(*text.split("\n"))

    def go_on(self, *words: str) -> None:
        """Enter, then the words of what comes next."""
        self.press(ENTER, *words)

    def press(self, key: str, *words: str) -> None:
        """A key, then the words that it brings."""
        self.terminal.press(key)
        self.see(*words)

    def turn(self, key: str) -> None:
        """A key that brings another page: a picture may still change for the key before."""
        before = self.place
        self.terminal.press(key)
        self.until(lambda: self.place != before, f"page after {before}")

    def next_page(self) -> None:
        """Enter, and another page."""
        self.turn(ENTER)

    @property
    def place(self) -> str:
        """How far one is: which page of how many, or the title of the overview."""
        found = re.search(r"(\d+ (?:sur|van) \d+)  [█░]", self.text)
        return found[1] if found else self.text.split("\n")[0].rpartition("–")[2]
