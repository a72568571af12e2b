"""The command line: parses, calls, shows. stdout is data, stderr is narration.

Exit codes: 0 done, 1 the input is wrong, 2 usage, 3 refused or the disk failed, 70 an internal
error, 130 broken off by the person, 143 (129) told to end by SIGTERM (SIGHUP).
"""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections.abc import Sequence
from functools import cache

from imfsurvey.faces.cli.app import run
from imfsurvey.faces.cli.faults import Outcome
from imfsurvey.faces.cli.terminal import prepare_streams
from imfsurvey.faces.garbage import put_off
from imfsurvey.faces.signals import end_at_once, end_by_signals
from imfsurvey.i18n.catalogue import LANGUAGES, negotiate, translator

__all__ = ["main"]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line (by default the one that the program was started with)."""
    alone = argv is None  # the program itself, not a caller who has more to do
    if alone:
        put_off()
    arguments = list(sys.argv[1:] if argv is None else argv)
    _end_at_once()
    prepare_streams()
    t = translator(negotiate(_wanted_language(arguments), os.environ, LANGUAGES))
    outcome = Outcome(t)
    if alone:
        end_by_signals()
    with outcome:
        outcome.code = run(arguments, t)
        sys.stdout.flush()
    if alone:
        end_at_once()
    return outcome.code


@cache
def _end_at_once() -> None:
    """What is left at the end goes with the process: Python need not look through all of it for
    garbage first, which takes a tenth of the time of a check. Freezing puts it out of sight."""
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
