"""The parent process: hands the laptop over, starts a process for each person, wipes after it."""

from __future__ import annotations

import hmac
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from imfsurvey.faces.kiosk.endings import CRASHED, LEFT, NO_TICKET, REFUSED, STORED
from imfsurvey.faces.kiosk.screen import Terminal
from imfsurvey.faces.kiosk.surroundings import SAFELY, given_environment, recorders
from imfsurvey.faces.turns import Turns
from imfsurvey.i18n.catalogue import LANGUAGE_NAMES, Translator, translator
from imfsurvey.i18n.describe import describe
from imfsurvey.i18n.errors import ImfsurveyError

_LOOK: Final = 0.5
"""Seconds until the size of the window is looked at again."""

_PAUSE: Final = 5.0
"""Seconds without a key after a wrong word or a person without a ticket."""

_AWAY: Final = frozenset({"\x1b", "\x03", "\x04", "\x1a", "q", "Q"})
_RUBBED_OUT: Final = frozenset({"\x7f", "\x08"})


class House:
    """One laptop, handed round until somebody knows the word that ends it."""

    def __init__(self, turns: Turns, place: Sequence[str], word: str, t: Translator) -> None:
        """`place`: study, wave, kind and name, as `child` takes them."""
        self._turns, self._place, self._word, self._t = turns, tuple(place), word, t
        self._languages = tuple(turns.languages)

    def run(self) -> int:
        """Until the word is given; the exit code."""
        with Terminal().taken() as terminal:
            note = self._warning()
            while True:
                terminal.paint(self._hand_over(note))
                key = terminal.key(_LOOK)
                if not key:
                    continue
                note = ""
                if key in _AWAY:
                    if self._knows_the_word(terminal):
                        return 0
                elif (language := self._chosen(key)) is not None:
                    note = self._turn(terminal, language)

    # --- one person ---------------------------------------------------------------------------

    def _turn(self, terminal: Terminal, language: str) -> str:
        """One person's turn in a process of its own; what is said afterwards, to anybody."""
        t = translator(language)
        try:
            self._turns.begin()
        except ImfsurveyError as error:
            return f"{error.code}: {describe(error, t)}"
        self._ask_for_patience(terminal, t)
        code = self._child_ended(language)
        terminal.wipe()
        if code in (STORED, LEFT):
            return ""
        if code == NO_TICKET:
            self._pause(terminal, t)
            return ""
        if code == REFUSED:
            return t("Please try again: something has changed meanwhile.")
        return t(
            "The program had a fault, and nothing of the last answers is shown any more. They are "
            "stored if thanks were said for them, otherwise not. Please tell who leads this."
        )

    def _child_ended(self, language: str) -> int:
        """Start the process and wait for its end."""
        command = [sys.executable, *SAFELY, "-m", "imfsurvey.faces.kiosk.child"]
        child = subprocess.Popen(
            [*command, *self._place, language], env=given_environment(os.environ)
        )
        try:
            code = child.wait()
        finally:
            if child.poll() is None:
                child.kill()
                child.wait()
        return code if code >= 0 else CRASHED

    # --- who leads ----------------------------------------------------------------------------

    def _knows_the_word(self, terminal: Terminal) -> bool:
        """Ask for the word that ends the kiosk; what is typed is not shown."""
        t, typed = self._t, ""
        while True:
            terminal.paint(
                [
                    self._title(),
                    "",
                    t("Only for who leads this: the word that ends it, then Enter."),
                    "",
                    "> " + "•" * len(typed),
                    "",
                    t("Enter alone goes back."),
                ]
            )
            key = terminal.key(_LOOK)
            if key == "\x1b":
                return False
            if key in ("\r", "\n"):
                right = hmac.compare_digest(typed.encode(), self._word.encode())
                if typed and not right:
                    self._pause(terminal, t)
                return right
            typed = typed[:-1] if key in _RUBBED_OUT else typed + key

    # --- what is shown --------------------------------------------------------------------------

    def _pause(self, terminal: Terminal, t: Translator) -> None:
        """Do nothing for a while, and forget what is typed meanwhile."""
        self._ask_for_patience(terminal, t)
        time.sleep(_PAUSE)
        terminal.wipe()

    def _ask_for_patience(self, terminal: Terminal, t: Translator) -> None:
        terminal.paint([self._title(), "", t("One moment …")])

    def _title(self) -> str:
        return self._turns.title.say(self._languages[0])

    def _hand_over(self, note: str) -> list[str]:
        """The same picture for everybody, in all languages of the questionnaire."""
        lines = [self._title(), ""]
        for number, code in enumerate(self._languages, start=1):
            t = translator(code)
            lines.append(f"{number}  {LANGUAGE_NAMES[code]}")
            lines.append("   " + t("Ready for the next person. Press {key} to begin.", key=number))
            lines.append("")
        return [*lines, note] if note else lines

    def _chosen(self, key: str) -> str | None:
        """The language of a digit; Enter takes the only one."""
        if key in ("\r", "\n") and len(self._languages) == 1:
            return self._languages[0]
        numbers = {str(n): code for n, code in enumerate(self._languages, start=1)}
        return numbers.get(key)

    def _warning(self) -> str:
        found = recorders(os.environ)
        if not found:
            return ""
        return self._t(
            "Beware: this terminal runs inside {programs}, which may keep what is shown. Close it "
            "and use a plain terminal window.",
            programs=", ".join(found),
        )


def run_kiosk(
    turns: Turns, study: Path, wave: str, kind: str, name: str, *, word: str, t: Translator
) -> int:
    """Hand the laptop round; the exit code."""
    return House(turns, [str(study), wave, kind, name], word, t).run()
