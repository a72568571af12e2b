"""The command line: any words, in any order."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
from changing import ODD_TEXTS, Drawn
from hypothesis import strategies as st
from reading import Input, Place, codes_said, command
from samplestudy import CLOSED, OPEN, SESSION, TICKETED, make_study

from imfsurvey.faces.cli.app import COMMANDS, Imfsurvey
from imfsurvey.i18n.catalogue import translator

_text = Drawn(st.text(max_size=12))
_WORDS = (
    *(OPEN, CLOSED, TICKETED, SESSION, "draft", "anonymous", "kinds", "voted", "officer", "dpo"),
    *("code", "rules", "code-1", "rules-1", "1", "2", "0", "-1", "3.5", "fr", "nl", "de", "fr,nl"),
    *("html", "pdf", "csv", "xlsx", "json", "md", "docx", "sav", "2027-01-01", "31/12/2026", "-"),
    *("questionnaires/kinds.yaml", "questionnaires", "study.yaml", ".", "..", "nowhere", "out"),
    *(
        "questionnaires/imf.framework.yaml",
        "waves",
        "study.json",
        "out.xlsx",
        "--",
        "A",
        "a=b",
        "?!",
        "x?!",
    ),
)
_NEVER = frozenset({"demo", "serve", "kiosk"})
"""Would make a whole example, or wait for people: only with an option that they refuse."""
_SLOW = frozenset({"simulate", "walk"})


class Words:
    """Command lines of existing names with odd values."""

    seconds = 60

    def __init__(self, folder: Path) -> None:
        study, ticket = make_study(folder / "a" / "b" / "study")
        study.new_wave("final", 2029, name="draft", questionnaires=("anonymous.yaml",))
        self._place = Place(study.folder)
        self._words = (*_WORDS, ticket)
        os.chdir(study.folder)
        context = click.Context(Imfsurvey(translator("en")))
        self._commands = [
            found
            for name in COMMANDS
            for found in _below((name,), Imfsurvey(translator("en")).get_command(context, name))
        ]

    def make(self, rng: random.Random) -> Input:
        """A command with some of its options, and some words."""
        names, found = rng.choice(self._commands)
        words = list(names)
        for one in found.params:
            named, wanted = isinstance(one, click.Option), one.required
            if not (wanted or rng.random() < (0.25 if named else 0.6)) or rng.random() < 0.03:
                continue
            if named:
                words.append(rng.choice(one.opts))
            if not (isinstance(one, click.Option) and one.is_flag):
                words.append(self._value(rng, one))
        if rng.random() < 0.15:
            words.insert(rng.randrange(1, len(words) + 1), self._word(rng))
        if rng.random() < 0.05:
            words = [self._word(rng), *words[1:]]
        if rng.random() < 0.3:
            words.append(rng.choice(("--json", "--help", "--lang", "--study", "--yes")))
        if words[0] in _NEVER or "--version" in words[:1]:
            words.insert(1, "--no-such-option")  # the end might be the value of another option
        if words[0] in _SLOW:
            words += ["-n", "3"]
        # What the system hands over: bytes, those that are no UTF-8 escaped.
        return Input("\0".join(words).encode("utf-8", "replace").replace(b"?!", b"\xff\xe9"))

    def _value(self, rng: random.Random, one: click.Parameter) -> str:
        """For an option or an argument: often one that it takes."""
        if isinstance(one.type, click.Choice) and rng.random() < 0.8:
            return str(rng.choice(one.type.choices))
        if one.name == "name" and rng.random() < 0.7:
            return rng.choice((OPEN, CLOSED, TICKETED, "draft"))
        return self._word(rng)

    def _word(self, rng: random.Random) -> str:
        kind = rng.randrange(8)
        word = rng.choice(self._words)
        if kind == 0:
            word = rng.choice(ODD_TEXTS)
        elif kind == 1:
            word = _text(rng)
        # The system takes no NUL in a word; what a user names is written, wherever that is.
        word = word.replace("\0", "").replace("..", ".")
        return word.lstrip("/") if word.startswith("/") else word

    def read(self, given: Input) -> Sequence[str]:
        """Run it."""
        words = given.data.decode("utf-8", "surrogateescape").split("\0")
        try:
            said = command(*words, typed=b"1\n2\n")
        finally:
            os.chdir(self._place.folder)
            self._place.restore()
        return codes_said(
            said, (3, 130) if "--plain" in words else (1,) if "check" in words else ()
        )


def _below(
    names: tuple[str, ...], found: click.Command | None
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """A command, and those below it."""
    if found is None:
        return
    yield names, found
    if isinstance(found, click.Group):
        for name, one in found.commands.items():
            yield from _below((*names, name), one)
