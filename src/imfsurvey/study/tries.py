"""Guessing tickets is slowed down, and nobody is locked out by it."""

from __future__ import annotations

from typing import Final

from imfsurvey.i18n.errors import RefusedError

FREE: Final = 3
"""Wrong codes in a row before the first pause."""

LONGEST: Final = 30
"""Seconds of the longest pause."""

_GUESS: Final = "IMF-T193"


class Tries:
    """The wrong codes in a row of one program, or of one browser session.

    A face waits for `pause` seconds, and says so, before it takes the next code.
    """

    def __init__(self) -> None:
        self._wrong = 0

    @property
    def pause(self) -> int:
        """Seconds: none at first, then 1, 2, 4 and so on up to 30."""
        over = self._wrong - FREE
        return 0 if over < 0 else int(min(LONGEST, 2 ** min(over, 10)))

    def refused(self, error: RefusedError) -> None:
        """Count a code that no ticket has. A mistyped, used or foreign one is no guess."""
        self._wrong += error.code == _GUESS

    def accepted(self) -> None:
        """Begin anew: the next person has nothing to do with it."""
        self._wrong = 0
