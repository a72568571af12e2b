"""Everything that may not happen, on purpose: whether the tool notices it. Runs only when named."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Sequence
from pathlib import Path

from reading import Input, command

from imfsurvey.i18n.errors import InputError

DEEDS = ("nothing", "refuse", "usage", "raise", "reach out", "sleep", "end", "spin")


class Everything:
    """Does one thing after the other, in the order of `DEEDS`."""

    seconds = 0.2

    def __init__(self, folder: Path) -> None:
        self._outside = folder.parent / "outside"

    def make(self, rng: random.Random) -> Input:
        """Its number is all that an input is."""
        number = int((self._outside.parent / "state").read_text("ascii"))
        return Input(rng.randbytes(3), DEEDS[number % len(DEEDS)])

    def read(self, given: Input) -> Sequence[str]:
        """Do it."""
        deed = given.name
        if deed == "refuse":
            raise InputError("IMF-X001", "No.")
        if deed == "usage":
            return ["usage"] if command("no-such-command").code == 2 else []
        if deed == "raise":
            raise KeyError("on purpose")
        if deed == "reach out":
            self._outside.write_text("here")
        if deed == "sleep":
            time.sleep(30)
        while deed == "spin":
            pass
        if deed == "end":
            os._exit(9)
        return []
