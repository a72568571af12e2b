"""Writing to the terminal and asking there."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Sequence
from typing import Any, Final, TextIO

import click

from imfsurvey.i18n.catalogue import Translator
from imfsurvey.i18n.errors import RefusedError

WIDTH: Final = 80
"""Columns of what is laid out: the terminal that everybody has."""

_YES: Final = frozenset({"y", "yes", "o", "oui", "j", "ja"})


def prepare_streams() -> None:
    """A character that the terminal does not know is replaced, not fatal."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and stream.errors == "strict":
            stream.reconfigure(errors="replace")


def printable(text: str) -> str:
    """The text with a mark for what must not reach a terminal: it could move the cursor, recolour
    the screen or make a figure read backwards."""
    if text.isascii() and text.isprintable():
        return text
    from imfsurvey.source.characters import visible  # not for those who are given help

    return visible(text).replace("\r", "\ufffd")


def say(text: str = "") -> None:
    """A line of data, on stdout."""
    click.echo(printable(text))


def say_sentence(text: str, hanging: str = "") -> None:
    """Words of data, on stdout; on a terminal, no word is cut at its edge.

    `hanging` stands before what goes on in a further line.
    """
    for line in printable(text).split("\n"):
        click.echo(_fitted(line, sys.stdout, hanging))


def narrate(text: str) -> None:
    """A line about what is being done, on stderr; on a terminal, no word is cut at its edge.

    Whoever has stopped reading it keeps nothing from being done.
    """
    with contextlib.suppress(BrokenPipeError):
        click.echo(_fitted(printable(text), sys.stderr), err=True)


def _fitted(text: str, stream: TextIO, hanging: str = "") -> str:
    """The text in lines of the terminal's width, if it is one and the text is longer."""
    if not stream.isatty():
        return text
    import shutil
    import textwrap

    if len(text) <= (width := shutil.get_terminal_size().columns):
        return text
    return textwrap.fill(
        text, width, subsequent_indent=hanging, break_long_words=False, break_on_hyphens=False
    )


def say_json(data: Any) -> None:
    """Plain data as JSON, on stdout; escaped where the encoding could not hold it."""
    import json

    text = json.dumps(data, ensure_ascii=not in_utf8(), indent=2)
    shown = printable(text)
    if shown != text:  # nothing is lost: what is not to be seen is escaped
        pairs = zip(text, shown, strict=True)
        text = "".join(one if one == two else json.dumps(one)[1:-1] for one, two in pairs)
    click.echo(text)


def say_files(files: Sequence[object], heading: str, *, as_json: bool) -> None:
    """Print the paths of files that were written, a line each, or as JSON; `heading` is narrated
    before the lines."""
    paths = [str(file) for file in files]
    if as_json:
        say_json({"files": paths})
        return
    narrate(heading)
    for path in paths:
        say(path)


def in_utf8() -> bool:
    """Whether every character can be printed."""
    return (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"


def on_terminal() -> bool:
    """Whether somebody sits there who can be asked."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def require_screens() -> None:
    """Raise `RefusedError` unless this terminal can show screens."""
    if not on_terminal():
        raise RefusedError(
            "IMF-F101",
            "Screens need a terminal: run this command in a terminal window, without "
            "redirecting its input or output, or add --plain to answer in lines.",
        )
    if os.environ.get("TERM") == "dumb":
        raise RefusedError(
            "IMF-F101",
            "This terminal cannot show screens (TERM is 'dumb'): use another terminal window, or "
            "add --plain to answer in lines.",
        )
    if not in_utf8():
        raise RefusedError(
            "IMF-F101",
            "This terminal is not set to UTF-8 but to {encoding}: set LC_ALL=C.UTF-8 and try "
            "again, or add --plain to answer in lines.",
            encoding=sys.stdout.encoding,
        )


def screens_possible() -> bool:
    """Whether this terminal can show screens."""
    try:
        require_screens()
    except RefusedError:
        return False
    return True


def ask(question: str, t: Translator, **settings: Any) -> Any:
    """What somebody answers; the colon stands as the language writes it. `settings`: click's."""
    return click.prompt(question, prompt_suffix=t(": "), err=True, **settings)


def confirm(question: str, t: Translator) -> None:
    """Ask; go on only after a yes. Raises `RefusedError` after a no, and where nobody can say."""
    if not on_terminal():
        raise RefusedError(
            "IMF-F102", "This needs a confirmation: repeat the command with --yes to give it."
        )
    narrate(question)
    answer = ask(t("Go on? (yes/no)"), t, default=t("no"))
    if str(answer).strip().casefold() not in _YES:
        raise RefusedError("IMF-F103", "Not confirmed: nothing was changed.")
