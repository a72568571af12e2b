"""The command line: parses, calls, shows. stdout is data, stderr is narration.

Exit codes: 0 done, 1 the input is wrong, 2 usage, 3 refused or the disk failed, 70 an internal
error, 130 broken off by the person.
"""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections.abc import Sequence
from functools import cache
from typing import Final

from imfsurvey.faces.cli.app import run
from imfsurvey.faces.cli.faults import Outcome
from imfsurvey.faces.cli.terminal import prepare_streams
from imfsurvey.i18n.catalogue import LANGUAGES, negotiate, translator

__all__ = ["main"]

_BETWEEN_SEARCHES: Final = 10_000
"""New objects between two searches for garbage; Python's own number is 700."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line (by default the one that the program was started with)."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    _search_less_for_garbage()
    prepare_streams()
    t = translator(negotiate(_wanted_language(arguments), os.environ, LANGUAGES))
    outcome = Outcome(t)
    with outcome:
        outcome.code = run(arguments, t)
        sys.stdout.flush()
    return outcome.code


@cache
def _search_less_for_garbage() -> None:
    """What a command loads and reads stays until it ends. Python would look through all of it
    many times on the way and once more at the end, a fifth of the time of a check."""
    gc.set_threshold(_BETWEEN_SEARCHES)
    atexit.register(gc.freeze)


def _wanted_language(arguments: Sequence[str]) -> str | None:
    """What `--lang` says, before anything is parsed: help and complaints need it already."""
    wanted = None
    for index, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument == "--lang":
            wanted = arguments[index + 1] if index + 1 < len(arguments) else None
        elif argument.startswith("--lang="):
            wanted = argument.removeprefix("--lang=")
    return wanted
