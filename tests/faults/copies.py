"""Copies of a program that are killed (SIGKILL), each one step later than the one before."""

from __future__ import annotations

import itertools
import os
import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

from imfsurvey.study.wave import Wave

STEPS = ("open", "os.rename", "os.remove", "os.utime", "fcntl.flock")
"""What Python tells of (its audit events) before it asks the system: at each, a copy may die."""


def killed_copies(
    wave: Wave, kept: Path, arm: Callable[[int], None], act: Callable[[], object], each: int = 1
) -> Iterator[tuple[int, bool]]:
    """How each copy ended that did something, and whether it had confirmed it, until one comes
    through or fails. The wave is the same again for each; it is kept meanwhile.

    `arm` makes the copy die at the step of that number; from one to the next it is `each` more.
    """
    shutil.copytree(wave.folder, kept)
    for number in itertools.count(1, each):
        shutil.rmtree(wave.folder)
        shutil.copytree(kept, wave.folder)
        wave.stores.clear()
        heard, confirm = os.pipe()
        child = os.fork()
        if not child:
            arm(number)
            act()
            os.write(confirm, b"done")
            os._exit(0)
        os.close(confirm)
        confirmed = os.read(heard, 4) == b"done"
        os.close(heard)
        ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        yield ended, confirmed
        if ended != -signal.SIGKILL:
            return
