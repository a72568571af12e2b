"""Problems of a file: every one with a code, a place and words, all reported at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from imfsurvey.i18n.errors import InputError

MAX_PROBLEMS: Final = 200
"""So many of one file are told; nobody reads more, and a broken file could give a million."""

_LONGEST_WORD: Final = 64

Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class Problem:
    """One thing wrong in a file. `line` and `column` count from 1; 0 means the file as a whole.

    `template` is the English msgid with `{name}` placeholders filled by `params`. `excerpt` is the
    line it is on, safe to be shown on a terminal.
    """

    code: str
    template: str
    params: Mapping[str, object] = field(default_factory=dict)
    file: str = ""
    line: int = 0
    column: int = 0
    severity: Severity = "error"
    excerpt: str = ""

    @property
    def message(self) -> str:
        """The words in English."""
        return self.template.format_map(dict(self.params))

    @property
    def place(self) -> str:
        """`file:line:column`, or the file alone."""
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file

    def __str__(self) -> str:
        return f"{self.place}  {self.code}  {self.message}"


class ProblemsFoundError(InputError):
    """A file cannot be used; `problems` holds all that is wrong with it, in order of place."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: Sequence[Problem] = tuple(
            sorted(problems, key=lambda p: (p.file, p.line, p.column, p.code))
        )
        files = sorted({problem.file for problem in self.problems})
        super().__init__(
            "IMF-E001",
            "{count} problem(s) in {file}",
            count=len(self.problems),
            file=", ".join(files),
        )

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)


def nearest(word: str, words: Iterable[str]) -> str | None:
    """The known word most like `word`, for a "did you mean"; None when nothing is near."""
    if len(word) > _LONGEST_WORD:  # no id is longer, and comparing would take long
        return None
    import difflib  # only for words about a fault

    found = difflib.get_close_matches(word, list(words), n=1, cutoff=0.6)
    return found[0] if found else None
