"""The language that a browser prefers: it decides nothing but what is shown first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

_TAG: Final = re.compile(r"\s*([A-Za-z]{2,3})(?:-[\w-]*)?\s*(?:;\s*q=([01](?:\.\d{0,3})?)\s*)?")
_LONGEST: Final = 200
"""Characters of the header that are read."""


def preferred(header: str, offered: Sequence[str]) -> str:
    """The offered language that `Accept-Language` ranks highest, else the first offered."""
    best, weight = offered[0], 0.0
    for part in header[:_LONGEST].split(","):
        found = _TAG.fullmatch(part)
        if found is None or found[1].lower() not in offered:
            continue
        wanted = 1.0 if found[2] is None else float(found[2])
        if wanted > weight:
            best, weight = found[1].lower(), wanted
    return best
