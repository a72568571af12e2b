"""Names of answers in texts: "You said {seen}." is cut into what is written and what is put in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from imfsurvey.questionnaire.expressions.findings import Finding, finding

_PIECE: Final = re.compile(
    r"(?P<braces>\{\{|\}\})"
    r"|\{(?P<name>[a-z][a-z0-9_]{0,63})(?:\.(?P<field>[a-z][a-z0-9_]{0,63}))?\}"
    r"|(?P<stray>[{}])"
)


@dataclass(frozen=True)
class Reference:
    """The name of an item, of a computed value, or of a field in the entry it stands in."""

    name: str
    field: str | None = None
    column: int = 0
    """Of its brace in the text, from 1."""


@lru_cache(maxsize=4096)
def pieces(text: str) -> tuple[str | Reference, ...]:
    """A text cut up; a brace that belongs to no name is left as it stands."""
    if "{" not in text and "}" not in text:
        return (text,) if text else ()
    found: list[str | Reference] = []
    plain = ""
    at = 0
    for match in _PIECE.finditer(text):
        plain += text[at : match.start()]
        at = match.end()
        if match["name"] is None:
            plain += match.group()[0]
            continue
        if plain:
            found.append(plain)
        found.append(Reference(match["name"], match["field"], match.start() + 1))
        plain = ""
    plain += text[at:]
    return (*found, plain) if plain else tuple(found)


def references(text: str) -> Iterator[Reference]:
    """The names in a text."""
    return (piece for piece in pieces(text) if isinstance(piece, Reference))


def stray_braces(text: str) -> Iterator[Finding]:
    """Braces that belong to no name."""
    for match in _PIECE.finditer(text):
        if match["stray"] is not None:
            yield finding(
                "IMF-E117",
                "a brace stands around an id such as {example}; to print one, write it twice",
                match.start() + 1,
                example="{seen}",
            )
