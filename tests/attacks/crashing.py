"""The program with one function that breaks, and says what it should not.

    crashing.py MODULE:NAME WORD answer|serve|kiosk ARGS

The function raises an error whose words, notes and local variables hold WORD. For `serve` it is
replaced by one that breaks only while the file named like WORD lies in the current folder.
"""

from __future__ import annotations

import functools
import importlib
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn


def broken(word: str) -> Callable[..., NoReturn]:
    """A function that raises."""

    def raises(*arguments: object, **_named: object) -> NoReturn:
        q7_seen_misconduct = [word, *arguments]
        error = ValueError(f"{word} {q7_seen_misconduct}")
        error.add_note(word)
        raise error

    return raises


def break_it(target: str, word: str, *, sometimes: bool) -> None:
    """Put the broken function into the place of the one that is named."""
    module, _, name = target.partition(":")
    *owners, last = name.split(".")
    owner: Any = functools.reduce(getattr, owners, importlib.import_module(module))
    whole, raises = getattr(owner, last), broken(word)

    @functools.wraps(whole)
    def either(*arguments: object, **named: object) -> object:
        breaks = not sometimes or Path(f"{last}-breaks").exists()
        return raises(*arguments, **named) if breaks else whole(*arguments, **named)

    setattr(owner, last, either)


def main(targets: str, word: str, face: str, *arguments: str) -> int:
    """Break, then run."""
    if face == "kiosk":
        from imfsurvey.faces.kiosk import child

        child.harden()
        break_it(targets, word, sometimes=False)
        return child.main(list(arguments))
    from imfsurvey.faces.cli import main as program

    for target in targets.split(","):
        break_it(target, word, sometimes=face == "serve")
    return program([face, *arguments])


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
