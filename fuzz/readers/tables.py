"""What comes in from elsewhere as a table: responses, and translations on their way back."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Sequence
from pathlib import Path

from changing import ODD_TEXTS, Drawn, changed_bytes
from collected import make_study
from hypothesis import strategies as st
from mutations import SAMPLES, changed
from reading import Input, codes_said, command
from samplestudy import DAY
from xlsforms import book

from imfsurvey.exchange.catalogues import po, replies_in, workbook
from imfsurvey.exchange.data.inward.columns import known_parts
from imfsurvey.exchange.data.inward.reading import read_grid
from imfsurvey.exchange.data.inward.responses import Intake, responses_in
from imfsurvey.faces.cli.translation_status import texts_of_file
from imfsurvey.i18n.catalogue import translator
from imfsurvey.questionnaire.replies import judged
from imfsurvey.questionnaire.translations import catalogue
from imfsurvey.source.edits import with_texts

_text = Drawn(st.text(max_size=20))
_REAL = 300
"""Of so many inputs, one is a workbook, which is read in a program of its own."""


class Responses:
    """Tables of responses: a word for each cell, some of them good."""

    seconds = 30

    def __init__(self, folder: Path) -> None:
        _, wave = make_study(folder / "study", "anonymous.yaml")
        survey = wave.questionnaire("anonymous")
        self._file = folder / "table.csv"
        self._intake = Intake(survey, wave.framework, wave.groups, DAY)
        self._words: dict[str, list[str]] = {}
        for known in known_parts(survey, wave.framework, wave.groups):
            for place, variable in enumerate(known.part.variables):
                meant = known.meanings[place : place + 1]
                self._words[variable.name] = [
                    *(str(one.value) for one in variable.categories),
                    *(str(one.label) for each in meant for one in each.variable.categories),
                    *("", "", "not_shown", "~not_shown"),
                ]

    def make(self, rng: random.Random) -> Input:
        """A table, changed in some way or other."""
        names = [name for name in self._words if rng.random() < rng.choice((0.6, 1, 1))]
        rows = [[rng.choice(self._words[name]) for name in names] for _ in range(rng.randrange(4))]
        rows.insert(0, list(names))
        if not names:
            return Input(_text(rng).encode("utf-8", "surrogatepass"), "text")
        for _ in range(rng.randrange(4)):
            row = rng.choice(rows)
            row[rng.randrange(len(names))] = (
                rng.choice(ODD_TEXTS) if rng.random() < 0.5 else _text(rng)
            )
        if rng.randrange(_REAL) == 0:
            return Input(changed_bytes(rng, book(data=rows)), "workbook")
        made = io.StringIO(newline="")
        csv.writer(made, delimiter=rng.choice(",;\t")).writerows(rows)
        data = made.getvalue().encode("utf-8", "surrogatepass")
        if rng.random() < 0.3:
            data = changed_bytes(rng, data)
        if rng.random() < 0.01:
            data = rng.choice(
                (b"a,b\n" * 300_000, b"," * 500_000, b'"' + b"x" * 200_000, b"\n" * 10**6)
            )
        return Input(data, "table")

    def read(self, given: Input) -> Sequence[str]:
        """Every row through the interview."""
        self._file.write_bytes(given.data)
        responses_in(read_grid(self._file), self._intake)
        return []


class Translations:
    """Catalogues that a translator gave back."""

    seconds = 30

    def __init__(self, folder: Path) -> None:
        self._file = folder / "back.po"
        self._texts = texts_of_file(SAMPLES / "survey.yaml")
        t = translator("en")
        made = catalogue(self._texts, "nl", "fr")
        self._po, self._book = po(made, t), workbook(made, t)

    def make(self, rng: random.Random) -> Input:
        """A PO file; seldom a workbook."""
        if rng.randrange(_REAL) == 0:
            return Input(changed_bytes(rng, self._book), "workbook")
        data = self._po.encode()
        kind = rng.randrange(4)
        if kind == 0:
            return Input(changed_bytes(rng, data), "bytes")
        if kind == 1:
            lines = self._po.split("\n")
            at = rng.choice([n for n, line in enumerate(lines) if line.startswith("msg")])
            said = (rng.choice(ODD_TEXTS) if rng.random() < 0.5 else _text(rng)).replace(
                "\n", "\\n"
            )
            lines[at] = f'{lines[at].split(" ")[0]} "{said}"'
            return Input("\n".join(lines).encode("utf-8", "surrogatepass"), "string")
        return Input(changed(rng, self._po), "text")

    def read(self, given: Input) -> Sequence[str]:
        """As `imfsurvey translate import --dry-run` does."""
        self._file.write_bytes(given.data)
        replies = replies_in(self._file)
        outcome = judged(self._texts, replies, accept_changed=True)
        with_texts(self._texts.document, replies.language, outcome.by_path(self._texts))
        return []


class Checks:
    """`imfsurvey check`, with all its ways of saying what is wrong."""

    seconds = 30

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        for name in ("imf.framework.yaml", "survey.yaml"):
            (folder / name).write_bytes((SAMPLES / name).read_bytes())
        self._good = (folder / "survey.yaml").read_text("utf-8")

    def make(self, rng: random.Random) -> Input:
        """A survey."""
        form = rng.choice(("text", "json", "sarif", "github"))
        if rng.random() < 0.2:
            return Input(changed_bytes(rng, self._good.encode()), form)
        return Input(changed(rng, self._good), form)

    def read(self, given: Input) -> Sequence[str]:
        """Check it."""
        (self._folder / "survey.yaml").write_bytes(given.data)
        words = ("--format", given.name) if given.name != "json" else ("--json",)
        framework = ("--framework", "imf.framework.yaml")
        return codes_said(command("check", "survey.yaml", *framework, *words, "--lang", "en"))
