"""What people write: questionnaires and frameworks in YAML, expressions inside them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

from changing import Drawn, changed_bytes
from hypothesis import strategies as st
from mutations import FILES, FRAMEWORK_FILE, PIECES, changed, load
from reading import Input

from imfsurvey.framework import load_framework


class Written:
    """Files of ours, changed, and read as far as a wave does that opens with them."""

    seconds = 10
    files: Sequence[Path] = ()

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._framework = load_framework(FRAMEWORK_FILE)
        self._texts = {file.name: file.read_bytes() for file in self.files}

    def make(self, rng: random.Random) -> Input:
        """One of the files."""
        name = rng.choice(list(self._texts))
        data = self._texts[name]
        if rng.random() < 0.1:
            return Input(changed_bytes(rng, data, list(self._texts.values())), name)
        return Input(changed(rng, data.decode()), name)

    def read(self, given: Input) -> Sequence[str]:
        """Load it."""
        file = self._folder / given.name
        file.write_bytes(given.data)
        load(file, self._framework)
        return ()


class Questionnaires(Written):
    """Questionnaires."""

    files = tuple(file for file in FILES if file != FRAMEWORK_FILE)


class Frameworks(Written):
    """Frameworks."""

    files = (FRAMEWORK_FILE,)


_WORDS = (
    *("and", "or", "not", "(", ")", "==", "!=", "<", ">=", "in", "[", "]", ",", "+", "-", "*", "/"),
    *("'yes'", '"x"', "1", "2.5", "today()", "count(", "answered(", "seen", "actors", "k", "."),
    *("years(", "sum(", "min(", "if(", "matches(", "selected(", "'", "\\", "#", "{", "}", "%"),
)
_EXPRESSIONS = Drawn(
    st.lists(st.sampled_from(_WORDS) | st.sampled_from(PIECES) | st.text(max_size=5), max_size=40)
)


class Expressions(Written):
    """A condition of any words in a questionnaire."""

    files = (FILES[1],)

    def make(self, rng: random.Random) -> Input:
        """A questionnaire whose condition is something else."""
        said = rng.choice((" ", "")).join(_EXPRESSIONS(rng))
        if rng.random() < 0.02:
            said = rng.choice(("(", "not ", "-", "[", "1 + ", "a.b ", "if(")) * 20_000
        text = self._texts[self.files[0].name].decode()
        lines = text.splitlines()
        at = rng.choice([n for n, line in enumerate(lines) if "- {id:" in line or "- id:" in line])
        quoted = said.replace("\\", "\\\\").replace('"', '\\"')
        for old, new in (("\n", "\\n"), ("\r", "\\r"), ("\t", "\\t")):
            quoted = quoted.replace(old, new)
        head = lines[at].replace("- {id:", f'- {{show_if: "{quoted}", id:')
        lines[at] = head.replace("- id:", f'- show_if: "{quoted}"\n{_indent(lines[at])}id:')
        return Input("\n".join(lines).encode("utf-8", "replace"), self.files[0].name)


def _indent(line: str) -> str:
    return " " * (len(line) - len(line.lstrip()) + 2)
