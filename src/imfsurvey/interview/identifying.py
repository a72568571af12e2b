"""What in a text seems to tell of a person: looked for on this computer, as a warning only.

Patterns find the usual ways of writing, not all: who writes is asked to look, nothing is refused.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Final

from imfsurvey.i18n.catalogue import N_, Marked
from imfsurvey.questionnaire.written import Suspicion

_TITLE = (
    r"(?:M\.|MM\.|Mr\.?|Mrs\.?|Ms\.?|Mme|Mlle|Monsieur|Madame|Dhr\.?|Mevr\.?|Mw\.?|De heer|Mevrouw"
    r"|Herr|Frau|INP|INPP|HINP|CP|HCP|Insp\.|Commissaire|Commissaris|Kommissar|Inspecteur)"
)
_NAME = r"[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ'’-]+"

_PATTERNS: Final[Mapping[Suspicion, tuple[Marked, re.Pattern[str]]]] = {
    "names": (
        N_("a name"),
        # A title before a name, or two capitalised words that do not begin a sentence.
        re.compile(rf"\b{_TITLE}\s+{_NAME}|(?<=[a-zß-öø-ÿ,;] ){_NAME} {_NAME}"),
    ),
    "plates": (
        N_("a number plate"),
        # Belgian ones since 2010 (1-ABC-234) and before (ABC-234, 234-ABC); circulars are
        # numbered with a blank (GPI 101).
        re.compile(r"\b(?:[1-9][- ]?[A-Z]{3}[- ]?\d{3}|[A-Z]{3}-\d{3}|\d{3}-[A-Z]{3})\b"),
    ),
    "email": (N_("an e-mail address"), re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}\.\w{2,}")),
}


EVERY_SUSPICION: Final[Collection[Suspicion]] = tuple(_PATTERNS)
"""All that can be looked for."""


def suspicions(text: str, kinds: Collection[Suspicion]) -> tuple[Marked, ...]:
    """What a text seems to hold, of the kinds that are looked for."""
    return tuple(
        words
        for kind, (words, pattern) in _PATTERNS.items()
        if kind in kinds and pattern.search(text)
    )
