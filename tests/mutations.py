"""Files of ours with something broken in them, to be read by loaders that must not break.

By hand, for as many as one likes: `.venv/bin/python tests/mutations.py 100000`.
"""

from __future__ import annotations

import random
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from imfsurvey.framework import Framework, load_framework
from imfsurvey.interview.record import RecordCodec
from imfsurvey.questionnaire import load_questionnaire
from imfsurvey.source.problems import ProblemsFoundError

SAMPLES = Path(__file__).parent / "samples"
FRAMEWORK_FILE = SAMPLES / "imf.framework.yaml"
FILES = (
    FRAMEWORK_FILE,
    *(SAMPLES / f"{name}.yaml" for name in ("assessment", "survey", "constructs", "anonymous")),
)

PIECES = (
    *(
        ": ",
        "- ",
        "? ",
        "[",
        "]",
        "{",
        "}",
        ",",
        "#",
        " #",
        "|",
        ">",
        "|2-",
        "%",
        "@",
        "`",
        "'",
        '"',
    ),
    *("&a", "*a", "<<: *a", "<<: {a: 1}", "!!int", "!x ", "!<tag:x> ", "!%FF ", "---\n", "...\n"),
    *("%YAML 1.2\n---\n", "%TAG ! x\n---\n", "\t", "\r", "\n", "\r\n", "  ", "\\", '"\\U00110000"'),
    *(
        '"\\ud800"',
        '"\\0"',
        '"\\x1b"',
        '"\\x"',
        "\x00",
        "\x1b",
        "\x85",
        "\u2028",
        "\u202e",
        "\ufeff",
    ),
    *(
        "\ufffe",
        "\ue000",
        "😀",
        "é",
        "e\u0301",
        "null",
        "~",
        "true",
        "no",
        "-1",
        "0",
        "99",
        "1.5",
        "1e5",
    ),
    *(
        "9" * 40,
        ".inf",
        "2024-01-01",
        "''",
        "[]",
        "{}",
        "[[[[",
        "{a: {a: {a: ",
        "x" * 2000,
        "type: info",
    ),
    *(
        "id: clear",
        "fr: x",
        "de: x",
        "xx: x",
        "role: view",
        "role: document",
        "topic: rules",
        "k: 1",
        "seen == 'yes'",
        " and (",
        "not ",
        "answered(",
        "count(actors)",
        "{seen}",
        "{{",
        'show_if: "',
    ),
)

_WORD = re.compile(r"[\w-]+")

Mutation = Callable[[random.Random, str], str]


def _piece_in(rng: random.Random, text: str) -> str:
    at = rng.randrange(len(text) + 1)
    return text[:at] + rng.choice(PIECES) + text[at:]


def _piece_out(rng: random.Random, text: str) -> str:
    at = rng.randrange(len(text) + 1)
    return text[:at] + text[at + rng.randrange(1, 40) :]


def _piece_over(rng: random.Random, text: str) -> str:
    at = rng.randrange(len(text) + 1)
    return text[:at] + rng.choice(PIECES) + text[at + rng.randrange(1, 12) :]


def _value_over(rng: random.Random, text: str) -> str:
    """What stands behind a colon becomes something else, up to the next comma or line end."""
    places = [at + 2 for at, character in enumerate(text) if text[at : at + 2] == ": "]
    if not places:
        return text
    at = rng.choice(places)
    end = min((found for mark in ",}]\n" if (found := text.find(mark, at)) >= 0), default=at)
    return text[:at] + rng.choice(PIECES) + text[end:]


def _word_over(rng: random.Random, text: str) -> str:
    """A word becomes another word of the file: a key an id, a code a type."""
    words = list(_WORD.finditer(text))
    if not words:
        return text
    old, new = rng.choice(words), rng.choice(words)
    return text[: old.start()] + new.group() + text[old.end() :]


def _lines(change: Callable[[random.Random, list[str]], None]) -> Mutation:
    def changed(rng: random.Random, text: str) -> str:
        lines = text.split("\n")
        change(rng, lines)
        return "\n".join(lines)

    return changed


def _line_again(rng: random.Random, lines: list[str]) -> None:
    lines.insert(rng.randrange(len(lines) + 1), rng.choice(lines))


def _line_out(rng: random.Random, lines: list[str]) -> None:
    at = rng.randrange(len(lines))
    del lines[at : at + rng.randrange(1, 4)]


def _line_indented(rng: random.Random, lines: list[str]) -> None:
    at = rng.randrange(len(lines))
    lines[at] = rng.choice((" ", "  ", "\t", "      ")) + lines[at]


def _line_dedented(rng: random.Random, lines: list[str]) -> None:
    at = rng.randrange(len(lines))
    lines[at] = lines[at][rng.randrange(1, 4) :]


def _cut(rng: random.Random, text: str) -> str:
    return text[: rng.randrange(len(text) + 1)]


MUTATIONS: tuple[Mutation, ...] = (
    *(_piece_in, _piece_out, _piece_over, _cut, *[_value_over] * 3, *[_word_over] * 7),
    *(_lines(_line_again), _lines(_line_out), _lines(_line_indented), _lines(_line_dedented)),
)


def mutated(rng: random.Random) -> tuple[Path, bytes]:
    """One of the samples, changed one to three times, sometimes in its bytes too."""
    file = rng.choice(FILES)
    return file, changed(rng, file.read_text("utf-8"))


def changed(rng: random.Random, text: str) -> bytes:
    """A text, changed one to three times, sometimes in its bytes too."""
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        text = rng.choice(MUTATIONS)(rng, text)
    data = text.encode("utf-8")
    if rng.random() < 0.03:
        at = rng.randrange(len(data) + 1)
        data = data[:at] + rng.randbytes(rng.randrange(1, 4)) + data[at:]
    return data


def outcomes(rng: random.Random, count: int, folder: Path) -> Iterator[tuple[str, ...]]:
    """The codes that each of `count` mutated files gives; none for a file that is still good."""
    framework = load_framework(FRAMEWORK_FILE)
    for _ in range(count):
        source, data = mutated(rng)
        file = folder / source.name
        file.write_bytes(data)
        try:
            load(file, framework)
        except ProblemsFoundError as error:
            yield tuple(problem.code for problem in error.problems)
        else:
            yield ()


def load(file: Path, framework: Framework) -> None:
    """Read a file as far as a wave does that opens with it."""
    if file.name == FRAMEWORK_FILE.name:
        load_framework(file)
    else:
        questionnaire = load_questionnaire(file, framework)
        assert len(questionnaire.form_hash) == 64
        assert not questionnaire.anonymous or RecordCodec(questionnaire).size


def main(count: int) -> None:
    """Print how many files gave which code, and how long the slowest took."""
    codes: Counter[str] = Counter()
    good, slowest, began = 0, 0.0, time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        last = began
        for found in outcomes(random.Random(count), count, Path(folder)):
            now = time.monotonic()
            slowest, last = max(slowest, now - last), now
            good += not found
            codes.update(set(found))
    seconds = time.monotonic() - began
    print(f"{count} files in {seconds:.0f} s, slowest {slowest:.2f} s; {good} still good")
    print(", ".join(f"{code} {times}" for code, times in sorted(codes.items())))


if __name__ == "__main__":
    main(int(sys.argv[1]))
