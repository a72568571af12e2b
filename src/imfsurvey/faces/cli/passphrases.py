"""Asking for passphrases and taking secret keys out of their files."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Final, TypeVar

import click

from imfsurvey.faces.cli.terminal import ask, narrate, on_terminal
from imfsurvey.faces.memory import keep_memory
from imfsurvey.i18n.catalogue import Translator
from imfsurvey.i18n.describe import describe
from imfsurvey.i18n.errors import InputError, RefusedError
from imfsurvey.store.disk import explained
from imfsurvey.store.seal import needs_passphrase, secret_in
from imfsurvey.study.keys import Key, require_strong
from imfsurvey.study.phrases import proposed_passphrase

Opened = TypeVar("Opened")

TRIES: Final = 3
"""How often a passphrase may be mistyped."""


def ask_hidden(question: str, t: Translator) -> str:
    """Something that must not be seen; without a terminal, the next line of standard input."""
    keep_memory()
    if on_terminal():
        return str(ask(question, t, hide_input=True)).strip()
    return sys.stdin.readline().strip()


def ask_new_passphrase(t: Translator) -> str:
    """A passphrase of a key to be set: the proposed one or one's own, typed twice.

    Raises `InputError` when it is too short, or is another one the second time.
    """
    if on_terminal():
        propose(t("A passphrase drawn by chance, which nobody will guess:"), t)
        narrate(
            t(
                "Write it down and keep it where only you get at it. Without it and without the "
                "recovery sheet the key is lost."
            )
        )
    return chosen_passphrase(t)


def propose(words: str, t: Translator) -> None:
    """Show a passphrase that was drawn by chance, behind some words."""
    narrate(words)
    narrate(f"\n    {proposed_passphrase(t.language)}\n")


def chosen_passphrase(t: Translator) -> str:
    """A strong passphrase, typed twice; who types a short one, or a slip, is asked again.

    Raises `InputError` after the last try.
    """
    question = t("Type it, or one of your own")
    phrase = opened(question, _strong, t)
    for _ in range(TRIES if on_terminal() else 1):
        if ask_hidden(t("Once more, to be sure"), t) == phrase:
            return phrase
        narrate(t("That was not the same."))
    raise InputError("IMF-F134", "The two passphrases differ: nothing was changed.")


def _strong(phrase: str) -> str:
    require_strong(phrase)
    return phrase


def opened(question: str, opens: Callable[[str], Opened], t: Translator) -> Opened:
    """What a passphrase opens; who mistypes it is asked again, at a terminal.

    `opens` raises `InputError` for a wrong one, as this does after the last try.
    """
    for last in (False,) * (TRIES - 1 if on_terminal() else 0) + (True,):
        try:
            return opens(ask_hidden(question, t))
        except InputError as error:
            if last:
                raise
            narrate(describe(error, t))
    raise AssertionError("the last try returns or raises")


def secret_of(key: Key, path: Path | None, t: Translator) -> str:
    """The secret key of a holder, from its file; the passphrase is asked for.

    Raises `RefusedError` when there is no such file, `InputError` when the passphrase is wrong.
    """
    keep_memory()  # it opens what everybody answered
    path = path or key.secret_path
    with explained(path):
        if not path.is_file():
            raise RefusedError(
                "IMF-F135",
                "The secret key of '{key}' is not here ({file}): put in the stick that it lies on "
                "and name its file with --key-file.",
                key=key.id,
                file=str(path),
            )
        content = path.read_bytes()
    if not needs_passphrase(content):
        return secret_in(content, "")
    question = t("Passphrase of {holder}", holder=key.file.holder)
    return opened(question, partial(secret_in, content), t)


def secret_from_sheet(t: Translator) -> str:
    """The secret key as somebody types it from the recovery sheet."""
    return ask_hidden(t("The secret key from the recovery sheet (blanks do not count)"), t)


def which(keys: Sequence[Key], files: Sequence[Path], t: Translator) -> Key:
    """One of several key holders: the only one whose secret key is here, or who says so.

    Of files that were named, the one called like a key is that key's, as it was made.
    """
    stems = {file.stem for file in files}
    here = [key for key in keys if (key.id in stems if files else key.secret_path.is_file())]
    if len(here) == 1 or not on_terminal():
        return (here or list(keys))[0]
    named = {key.id: key for key in here or keys}
    for key in named.values():
        narrate(f"  {key.id:<16} {key.file.holder}")
    return named[ask(t("Whose key"), t, type=click.Choice(list(named)))]
