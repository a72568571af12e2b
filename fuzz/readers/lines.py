"""Plain mode: any bytes on standard input, the end of it anywhere."""

from __future__ import annotations

import io
import os
import random
from collections.abc import Sequence
from pathlib import Path

from changing import ODD_TEXTS, Drawn
from conversation import CONSTRUCTS, KINDS, desk
from hypothesis import strategies as st
from reading import Input, Place, Said, SurpriseError, codes_said, command
from samplestudy import OPEN, TICKETED, make_study

from imfsurvey.faces.plain.lines import Lines
from imfsurvey.faces.plain.start import hold
from imfsurvey.faces.plain.talk import Talk

_text = Drawn(st.text(max_size=30))
_WHOLE = 0.1
"""Part of the conversations that go through the whole program, which takes longer."""
_LEFT = (3, 130)
"""Exit codes of plain mode: the input ended, or Ctrl+C."""
_HELD = ("kinds", "constructs")
"""Questionnaires about which a conversation is held without the rest of the program."""
_COMMANDS = (
    *(f"answer {OPEN} kinds --plain", f"answer {OPEN} anonymous --plain", f"answer {OPEN} --plain"),
    *(f"answer {TICKETED} --plain", "policy edit --plain"),
)
_LINES = (
    *("1", "2", "3", "4", "5", "1 2", "1,2,3", "9", "0", "-1", "", "", "", "n", "b", "p", "q", "?"),
    *("h", "v", "e", "c", "r", "s", "o", "t", "l", "w", "/q", "/n", "/b", "//", "/", ".", "+", "-"),
    *("dk", "na", "yes", "ja", "oui", "2026", "2026-02-31", "07/2026", "31/12/2025", "1,5", "1e9"),
    *("g", "g 2", "go 3", "new", "1 texte", "Un texte", "fr", "nl", "send", "1;2", "x" * 5000),
)


class Plain:
    """A conversation that makes no sense."""

    seconds = 20

    def __init__(self, folder: Path) -> None:
        study, self._ticket = make_study(folder / "study")
        self._place = Place(study.folder)
        os.chdir(study.folder)

    def make(self, rng: random.Random) -> Input:
        """What is typed, and to whom."""
        typed = bytearray()
        if rng.random() < 0.3:
            typed += f"{rng.choice((1, 2, 'fr', ''))}\n{self._ticket}\n".encode()
        for _ in range(rng.choice((1, 3, 10, 30, 60))):
            kind = rng.randrange(10)
            line = rng.choice(_LINES).encode()
            if kind == 0:
                line = rng.randbytes(rng.randrange(30))
            elif kind == 1:
                line = rng.choice(ODD_TEXTS)[:3000].encode("utf-8", "surrogatepass")
            elif kind == 2:
                line = _text(rng).encode("utf-8", "surrogatepass")
            typed += line + rng.choice(
                (b"\n", b"\n", b"\n", b"\n", b"\r\n", b"\r", b"", b"\0", b"\x1b[A\n")
            )
        whole = rng.random() < _WHOLE
        return Input(bytes(typed), rng.choice(_COMMANDS if whole else _HELD))

    def read(self, given: Input) -> Sequence[str]:
        """Hold the conversation."""
        if given.name in _HELD:
            said = _held(given)
        else:
            try:
                said = command(*given.name.split(), "--lang", "en", typed=given.data)
            finally:
                self._place.restore()
        if "\x1b" in said.out:
            raise SurpriseError("an escape sequence reached the terminal")
        return codes_said(said, _LEFT)


def _held(given: Input) -> Said:
    """A conversation of its own, from a random page on."""
    questionnaire = KINDS if given.name == "kinds" else CONSTRUCTS
    items = [item.id for item in questionnaire.asking_items()]
    sitting = desk(questionnaire, at=items[len(given.data) % len(items)])
    source = io.TextIOWrapper(io.BytesIO(given.data), "utf-8", errors="replace")
    target = io.StringIO()
    return Said(hold(sitting, Talk(Lines(source, target), "fr")), target.getvalue(), "")
