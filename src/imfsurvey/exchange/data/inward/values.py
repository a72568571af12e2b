"""What the text of a cell stands for: a value, a code, or a label in any language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from imfsurvey.exchange.data.codebook import Category, Number, Variable
from imfsurvey.exchange.data.formats.kinds import plain

Misfit = Literal["unknown", "ambiguous"]

_NUMBER: Final = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII)
_R_MISSING: Final = "NA"
"""What R writes where there is nothing; our status `na` says "not applicable"."""

_APOSTROPHES: Final = str.maketrans({"\u2019": "'", "\u2018": "'", "\u00a0": " ", "\u202f": " "})


@dataclass(frozen=True)
class Meanings:
    """All that the cells of one variable may say."""

    variable: Variable
    """In one of the languages; its values and codes are the same in all."""
    _exact: dict[str, Category]
    _worded: dict[str, frozenset[int]]
    """By word or code, as places among the categories."""

    @classmethod
    def of(cls, versions: Sequence[Variable]) -> Meanings:
        """`versions`: the same variable in each language."""
        first = versions[0]
        exact = {plain(one.value): one for one in first.categories}
        worded: dict[str, set[int]] = {}
        for variable in versions:
            for place, category in enumerate(variable.categories):
                for word in _words(category):
                    worded.setdefault(_normal(word), set()).add(place)
        return cls(first, exact, {word: frozenset(places) for word, places in worded.items()})

    def meant(self, text: str) -> Category | Misfit:
        """The category that a text names. A value comes first; a code or a label that then says
        something else makes it ambiguous, and so does a label that two categories share, and `NA`
        in capitals, which R writes for what is missing."""
        if text.strip() == _R_MISSING:
            return "ambiguous"
        by_value = self._exact.get(plain(number)) if (number := typed(text)) is not None else None
        places = self._worded.get(_normal(text), frozenset())
        found = {self.variable.categories[place].value for place in places}
        if by_value is not None:
            found.add(by_value.value)
        if not found:
            return "unknown"
        if len(found) > 1:
            return "ambiguous"
        (value,) = found
        return self._exact[plain(value)]


def typed(text: str) -> Number | None:
    """A number as programs write it, with a point or a comma; None: it is none."""
    plain_text = text.strip().replace("\u2212", "-").replace(",", ".")
    if not _NUMBER.fullmatch(plain_text):
        return None
    value = float(plain_text)
    if abs(value) > 1e15:
        return None
    return int(value) if value.is_integer() else value


def _words(category: Category) -> Iterable[str]:
    if category.missing:
        return (category.label, category.status, f"~{category.status}")
    return (category.label,) if category.code is None else (category.label, str(category.code))


def _normal(text: str) -> str:
    """One spelling for what looks alike."""
    composed = unicodedata.normalize("NFC", text.translate(_APOSTROPHES))
    return " ".join(composed.casefold().split())
