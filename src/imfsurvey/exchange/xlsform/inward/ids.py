"""Ids and codes as our language wants them, made of names that it would refuse."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Final

from imfsurvey.questionnaire.expressions.functions import FUNCTIONS
from imfsurvey.questionnaire.expressions.tokens import KEYWORDS

LONGEST: Final = 64

WORDS: Final = KEYWORDS | FUNCTIONS.keys()
"""Words of the expression language: no id is called so."""


def plain(name: str, kept: str = "") -> str:
    """Lower case, without accents, `_` for what is neither a letter nor a digit nor in `kept`."""
    bare = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(rf"[^a-z0-9_{kept}]+", "_", bare)


def id_like(name: str) -> str:
    """A name as an id, as far as signs go; unchanged where nothing is wrong with them."""
    return plain(name).strip("_") if plain(name) != name else name


def code_of(name: str) -> str:
    """A name as the code of a choice."""
    return plain(name, "-").lstrip("_-")[:LONGEST] or "choice"


def file_id_of(name: str) -> str:
    """A name as the id of a questionnaire."""
    return plain(name, ".-").strip("._-") or "questionnaire"


@dataclass
class Ids:
    """Ids that were given, each once."""

    taken: set[str] = field(default_factory=set)

    def give(self, name: str, otherwise: str) -> str:
        """A free id as near to the name as can be; `otherwise` where there is no name."""
        wanted = id_like(name) or otherwise
        if not wanted[0].isalpha():
            wanted = f"q_{wanted.lstrip('_')}"
        if wanted in WORDS:
            wanted += "_"
        given, number = wanted[:LONGEST], 2
        while given in self.taken:
            tail = f"_{number}"
            given, number = wanted[: LONGEST - len(tail)] + tail, number + 1
        self.taken.add(given)
        return given
