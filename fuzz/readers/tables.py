"""What comes in from elsewhere as a table: responses, and translations on their way back."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from changing import ODD_TEXTS, Drawn, changed_bytes
from collected import make_study
from hypothesis import strategies as st
from mutations import SAMPLES, changed
from reading import Input, codes_said, command
from samplestudy import DAY
from xlsforms import book

from imfsurvey.exchange.catalogues import po, replies_in, workbook
from imfsurvey.exchange.data.inward import responses
from imfsurvey.exchange.data.inward.columns import known_parts
from imfsurvey.exchange.data.inward.reading import read_grid
from imfsurvey.exchange.data.inward.responses import Intake, responses_in
from imfsurvey.faces.cli.translation_status import texts_of_file
from imfsurvey.i18n.catalogue import translator
from imfsurvey.interview import Interview
from imfsurvey.interview.comments import comments_of, decode_comment, encode_comment
from imfsurvey.interview.simulate import simulated
from imfsurvey.questionnaire import NumberItem
from imfsurvey.questionnaire.replies import judged
from imfsurvey.questionnaire.translations import catalogue
from imfsurvey.source.edits import with_texts
from imfsurvey.study.wave import Wave

_text = Drawn(st.text(max_size=20))
_REAL = 300
"""Of so many inputs, one is a workbook, which is read in a program of its own."""
_PEOPLE = 200
PAPER = "paper"
"""A table of what was typed from paper, where something required may be missing."""


class Responses:
    """Tables of responses: those of people, and cells, rows, names that are not theirs."""

    seconds = 30

    def __init__(self, folder: Path) -> None:
        _, wave = make_study(folder / "study", "anonymous.yaml")
        self._survey = wave.questionnaire("anonymous")
        self._codec = wave.codec(self._survey)
        self._file = folder / "table.csv"
        self._intakes = {
            name: Intake(
                self._survey, wave.framework, wave.groups, DAY, blank_allowed=name == PAPER
            )
            for name in ("table", PAPER)
        }
        self._known = known_parts(self._survey, wave.framework, wave.groups)
        responses.known_parts = lambda *_: self._known  # of this questionnaire, once
        self._spelt = dict(self._spellings())
        self._people = [self._person(wave, seed) for seed in range(_PEOPLE)]

    def _spellings(self) -> Iterator[tuple[str, dict[str, list[str]]]]:
        """By variable and value, what may stand for it in a cell."""
        for known in self._known:
            for place, variable in enumerate(known.part.variables):
                words: dict[str, list[str]] = {str(one.value): [] for one in variable.categories}
                for meant in known.meanings[place : place + 1]:
                    for one in meant.variable.categories:
                        spelt = one.label, one.code or "", f"~{one.status}" if one.missing else ""
                        words[str(one.value)] += [str(word) for word in spelt if word]
                yield variable.name, words

    def _person(self, wave: Wave, seed: int) -> dict[str, str]:
        """What somebody answered, by variable, as an export writes it."""
        interview = Interview(self._survey, wave.framework, "fr", groups=wave.groups, today=DAY)
        simulated(interview, random.Random(seed))
        said, row = interview.response(), {}
        for known in self._known:
            answer = said[known.item.id]
            number = isinstance(known.item, NumberItem) and known.part.side is None
            cells = [answer.value] if number and answer.given else known.part.cells(answer)
            names = (variable.name for variable in known.part.variables)
            row.update(zip(names, map(str, cells), strict=True))
        return row

    def make(self, rng: random.Random) -> Input:
        """A table of some people, as it is or changed."""
        rows = [dict(rng.choice(self._people)) for _ in range(rng.choice((1, 1, 2, 3, 8)))]
        for _ in range(rng.choice((0, 0, 1, 1, 2, 5))):
            self._change(rng, rng.choice(rows), rng.choice(rows))
        names = [name for name in rows[0] if rng.random() < rng.choice((0.9, 1, 1, 1, 1))]
        if rng.random() < 0.3:
            rng.shuffle(names)
        if not names:
            return Input(_text(rng).encode("utf-8", "surrogatepass"), "table")
        return self._written(
            rng, [names, *([self._cell(rng, name, row) for name in names] for row in rows)]
        )

    def _change(self, rng: random.Random, row: dict[str, str], other: dict[str, str]) -> None:
        """Something else in a row: what another row says, another value, anything."""
        name = rng.choice(list(row))
        kind = rng.randrange(6)
        if kind < 2:
            row[name] = other[name]
        elif kind < 4 and self._spelt[name]:
            row[name] = rng.choice(list(self._spelt[name]))
        elif kind == 4:
            row[name] = ""
        else:
            row[name] = rng.choice((rng.choice(ODD_TEXTS), _text(rng), "7", "Un texte"))

    def _cell(self, rng: random.Random, name: str, row: dict[str, str]) -> str:
        """The value itself, or a word for it."""
        words = self._spelt[name].get(row[name])
        return rng.choice(words) if words and rng.random() < 0.2 else row[name]

    def _written(self, rng: random.Random, rows: list[list[str]]) -> Input:
        kind = rng.choice(list(self._intakes))
        if rng.random() < 0.05:
            row = rng.choice(rows)
            row[rng.randrange(len(row))] = rng.choice((rng.choice(ODD_TEXTS), _text(rng)))
        if rng.randrange(_REAL) == 0:
            data = book(data=rows)
            return Input(changed_bytes(rng, data) if rng.random() < 0.7 else data, kind)
        made = io.StringIO(newline="")
        csv.writer(made, delimiter=rng.choice(",;\t")).writerows(rows)
        data = made.getvalue().encode("utf-8", "surrogatepass")
        if rng.random() < 0.15:
            data = changed_bytes(rng, data)
        if rng.random() < 0.01:
            data = rng.choice(
                (b"a,b\n" * 300_000, b"," * 500_000, b'"' + b"x" * 200_000, b"\n" * 10**6)
            )
        return Input(data, kind)

    def read(self, given: Input) -> Sequence[str]:
        """Every row through the interview, and into the records that would be sealed."""
        self._file.write_bytes(given.data)
        for response in responses_in(read_grid(self._file), self._intakes[given.name]):
            self._codec.row(self._codec.encode(response))
            for comment in comments_of(self._survey, response):
                text = encode_comment(self._survey.form_hash, comment)
                assert decode_comment(text, self._survey) == comment
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
