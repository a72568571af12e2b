"""The patterns of `matches`: so few signs that no pattern can take long.

Letters and signs as they are, `.`, classes such as `[0-9]` and `\\d`, and behind each of them one
of `* + ? {2} {2,4} {2,}`. No groups, no alternatives, no references back, no looking around.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from imfsurvey.i18n.catalogue import N_

LONGEST_TEXT: Final = 1000
"""Characters of a text that is matched; of a longer one it is not known whether it fits."""

MAX_UNBOUNDED: Final = 2
_MAX_WAYS: Final = 4 * (LONGEST_TEXT + 1) ** 2
"""The ways in which a text can be shared out among the quantifiers, at most: two without an upper
limit and two that may be left out."""

_ATOM: Final = re.compile(
    r"""
    \\[dDwWsS] | \\[^\w\s]                                      # a class, a sign made plain
  | \[\^?(?:\\[dDwWsS]|\\[^\w\s]|[^]\[\\])+\]                    # a class of one's own
  | [^\\\[\](){}|*+?^$]                                          # any other sign, and the point
    """,
    re.VERBOSE,
)
_QUANTIFIER: Final = re.compile(r"[*+?]|\{(\d{1,3})(?:(,)(\d{1,3})?)?\}", re.ASCII)
_ANCHORED: Final = re.compile(r"(?<!\\)(?:\\\\)*\$\Z")
"""A `$` at the end that no backslash makes plain."""
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
    at, end = _inside(pattern)
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
        low, high = _times(many)
        if high is not None and high < low:
            return at, N_("the second number is smaller than the first")
        unbounded += high is None
        ways *= LONGEST_TEXT + 1 if high is None else high - low + 1
        if unbounded > MAX_UNBOUNDED or ways > _MAX_WAYS:
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


def _inside(pattern: str) -> tuple[int, int]:
    """Where what is matched begins and ends: a pattern is for the whole text, said or not."""
    start = 1 if pattern.startswith("^") else 0
    return start, len(pattern) - (_ANCHORED.search(pattern) is not None)


def _times(many: re.Match[str]) -> tuple[int, int | None]:
    """How often a quantifier lets something stand, at least and at most; None without a limit."""
    low, comma, high = many.groups()
    if low is None:
        return {"*": (0, None), "+": (1, None), "?": (0, 1)}[many.group()]
    return int(low), (int(high) if high else None) if comma else int(low)


def atoms(pattern: str) -> Iterator[tuple[str, int, int | None]]:
    """The signs and classes of a pattern without fault, each with how often it may stand there.

    That is at least and at most; None where there is no limit.
    """
    at, end = _inside(pattern)
    while at < end and (atom := _ATOM.match(pattern, at, end)):
        many = _QUANTIFIER.match(pattern, atom.end(), end)
        yield atom.group(), *((1, 1) if many is None else _times(many))
        at = atom.end() if many is None else many.end()


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> re.Pattern[str] | None:
    return re.compile(pattern) if pattern_fault(pattern) is None else None


def fits(text: str, pattern: str) -> bool | None:
    """Whether a whole text is of a pattern; None when it is too long to tell."""
    compiled = _compiled(pattern)
    if compiled is None or len(text) > LONGEST_TEXT:
        return None
    return compiled.fullmatch(text) is not None
