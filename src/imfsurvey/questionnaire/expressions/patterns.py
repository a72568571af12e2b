"""The patterns of `matches`: so few signs that no pattern can take long.

Letters and signs as they are, `.`, classes such as `[0-9]` and `\\d`, and behind each of them one
of `* + ? {2} {2,4} {2,}`. No groups, no alternatives, no references back, no looking around.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from imfsurvey.i18n.catalogue import N_

LONGEST_TEXT: Final = 1000
"""Characters of a text that is matched; of a longer one it is not known whether it fits."""

MAX_UNBOUNDED: Final = 2
_MAX_WAYS: Final = 4 * LONGEST_TEXT**2
"""The ways in which a text can be shared out among the quantifiers, at most."""

_ATOM: Final = re.compile(
    r"""
    \\[dDwWsS] | \\[^\w\s]                                      # a class, a sign made plain
  | \[\^?(?:\\[dDwWsS]|\\[^\w\s]|[^]\[\\])+\]                    # a class of one's own
  | [^\\\[\](){}|*+?^$]                                          # any other sign, and the point
    """,
    re.VERBOSE,
)
_QUANTIFIER: Final = re.compile(r"[*+?]|\{(\d{1,3})(?:(,)(\d{1,3})?)?\}", re.ASCII)
_REFUSED: Final = (
    ("(", N_("groups are not possible")),
    (")", N_("groups are not possible")),
    ("|", N_("alternatives are not possible: write two conditions joined by 'or'")),
    ("*", N_("there is nothing before it that could be repeated")),
    ("+", N_("there is nothing before it that could be repeated")),
    ("?", N_("there is nothing before it that could be repeated")),
    ("{", N_("there is nothing before it that could be repeated")),
    ("[", N_("the bracket is empty or not closed")),
    ("^", N_("it stands at the beginning only")),
    ("$", N_("it stands at the end only")),
)
_ELSE: Final = N_("this sign has no meaning here: write a \\ before it")
_TOO_MUCH: Final = N_("too much may be repeated: at most twice without an upper limit")


def pattern_fault(pattern: str) -> tuple[int, str] | None:
    """Where (from 0) a pattern is not possible, and why; None when it is."""
    at, end = (1 if pattern.startswith("^") else 0), len(pattern)
    if pattern.endswith("$") and not pattern.endswith("\\$"):
        end -= 1
    ways, unbounded = 1, 0
    while at < end:
        atom = _ATOM.match(pattern, at, end)
        if atom is None or not _compiles(atom.group()):
            reasons = (why for sign, why in _REFUSED if pattern.startswith(sign, at))
            return at, next(reasons, _ELSE)
        at = atom.end()
        many = _QUANTIFIER.match(pattern, at, end)
        if many is None:
            continue
        span = _span(many)
        if span is None:
            return at, N_("the second number is smaller than the first")
        unbounded += span > LONGEST_TEXT
        ways *= span
        if unbounded > MAX_UNBOUNDED or ways > _MAX_WAYS + 4 * LONGEST_TEXT * MAX_UNBOUNDED:
            return at, _TOO_MUCH
        at = many.end()
    return None


def _compiles(atom: str) -> bool:
    """A class such as `[z-a]` looks right and is not; `[a--b]` may come to mean another one."""
    if any(doubled in atom for doubled in ("--", "&&", "~~", "||")):
        return False
    try:
        re.compile(atom)
    except re.error:
        return False
    return True


def _span(many: re.Match[str]) -> int | None:
    """How many different lengths a quantifier allows."""
    if many.group() == "?":
        return 2
    low, comma, high = many.groups()
    if low is None or (comma and high is None):
        return LONGEST_TEXT + 1
    span = int(high or low) - int(low) + 1
    return span if span > 0 else None


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> re.Pattern[str] | None:
    return re.compile(pattern) if pattern_fault(pattern) is None else None


def fits(text: str, pattern: str) -> bool | None:
    """Whether a whole text is of a pattern; None when it is too long to tell."""
    compiled = _compiled(pattern)
    if compiled is None or len(text) > LONGEST_TEXT:
        return None
    return compiled.fullmatch(text) is not None
