"""An expression cut into words, numbers, texts and signs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from imfsurvey.i18n.catalogue import N_
from imfsurvey.questionnaire.expressions.findings import SyntaxFaultError, finding

MAX_DIGITS: Final = 15
"""So that every number can be kept exactly."""

_TOKEN: Final = re.compile(
    r"""
    (?P<space>   [ \t\n]+ )
  | (?P<number>  [0-9]+ (?:\.[0-9]+)? )
  | (?P<word>    [A-Za-z_][A-Za-z0-9_]* )
  | (?P<text>    '[^']*' )
  | (?P<foreign> && | \|\| | <> | => | =< | === | !== | !(?!=) | (?<![<>=!])=(?!=) | [≠≤≥−×÷] )
  | (?P<sign>    == | != | <= | >= | [-<>+*/()\[\],.] )
    """,
    re.VERBOSE,
)

_RIGHT: Final[Mapping[str, str]] = {
    "&&": "and",
    "||": "or",
    "!": "not",
    "=": "==",
    "===": "==",
    "!==": "!=",
    "<>": "!=",
    "=>": ">=",
    "=<": "<=",
    "≠": "!=",
    "≤": "<=",
    "≥": ">=",
    "−": "-",
    "×": "*",
    "÷": "/",
}
"""What other languages write -> what is written here."""

KEYWORDS: Final = frozenset({"and", "or", "not", "in", "has", "true", "false", "this", "today"})

_QUOTES: Final = '"`´‘’‚‛“”„«»'

Kind = Literal["number", "word", "text", "sign", "end"]


@dataclass(frozen=True, slots=True)
class Token:
    """One piece of an expression."""

    kind: Kind
    text: str
    """Of a text: what is between the quotes."""
    column: int


def tokens(text: str) -> list[Token]:
    """The pieces of an expression, an end last. Raises `SyntaxFaultError`."""
    found: list[Token] = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise _unknown(text, at)
        kind, piece, column = match.lastgroup, match.group(), at + 1
        at = match.end()
        match kind:
            case "number":
                found.append(Token("number", _number(text, match), column))
            case "word":
                found.append(Token("word", _word(piece, column), column))
            case "text":
                found.append(Token("text", piece[1:-1], column))
            case "sign":
                found.append(Token("sign", piece, column))
            case "foreign":
                raise _written_otherwise(piece, _RIGHT[piece], column)
    found.append(Token("end", "", len(text) + 1))
    return found


def _written_otherwise(wrong: str, right: str, column: int) -> SyntaxFaultError:
    return SyntaxFaultError(
        finding("IMF-E105", "write {right} instead of {wrong}", column, right=right, wrong=wrong)
    )


def _word(word: str, column: int) -> str:
    if word not in KEYWORDS and word.lower() in KEYWORDS:
        raise _written_otherwise(word, word.lower(), column)
    return word


def _number(text: str, match: re.Match[str]) -> str:
    number = match.group()
    behind = re.compile(r"[A-Za-z0-9_.]*").match(text, match.end())
    rest = behind.group() if behind else ""
    if rest:
        raise SyntaxFaultError(
            finding(
                "IMF-E108", "'{found}' is no number", match.start() + 1, found=(number + rest)[:40]
            )
        )
    if len(number.replace(".", "").lstrip("0")) > MAX_DIGITS or len(number) > 2 * MAX_DIGITS:
        raise SyntaxFaultError(
            finding(
                "IMF-E108",
                "a number has at most {limit} digits",
                match.start() + 1,
                limit=MAX_DIGITS,
            )
        )
    return number


def _unknown(text: str, at: int) -> SyntaxFaultError:
    character = text[at]
    if character == "'":
        return SyntaxFaultError(
            finding("IMF-E102", "the quote that begins here is not closed", at + 1)
        )
    if character in _QUOTES:
        template = N_("a text stands in single straight quotes: 'yes'")
        return SyntaxFaultError(finding("IMF-E102", template, at + 1))
    return SyntaxFaultError(
        finding(
            "IMF-E100",
            "'{character}' (U+{number}) has no meaning in an expression",
            at + 1,
            character=character if character.isprintable() else "\ufffd",
            number=f"{ord(character):04X}",
        )
    )
