"""Whether two values can be compared at all: kinds, codes, bands, dates."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from fractions import Fraction
from typing import Final

from imfsurvey.i18n.catalogue import N_
from imfsurvey.questionnaire.expressions.dates import is_date
from imfsurvey.questionnaire.expressions.findings import Finding, finding
from imfsurvey.questionnaire.expressions.tree import (
    Choices,
    Comparison,
    Node,
    Number,
    Operator,
    Quoted,
    start,
)
from imfsurvey.questionnaire.expressions.types import KINDS, Code, Typed
from imfsurvey.source.problems import nearest

_CODES_TOLD: Final = 12
_SAME: Final = frozenset({"==", "!=", "in", "not in"})


def comparison_findings(
    node: Comparison, left: Typed, right: Typed, names: Collection[str]
) -> Iterator[Finding]:
    """What is wrong with a comparison whose two sides are right in themselves.

    `names`: what could have been meant where a name stands in quotes.
    """
    if "any" in (left.kind, right.kind):
        return
    if node.operator == "has":
        yield from _has(node, left, right, names)
    elif isinstance(node.right, Choices):
        for one in node.right.items:
            yield from _pair(node, node.left, left, one, of_literal(one), names)
    else:
        yield from _pair(node, node.left, left, node.right, right, names)


def of_literal(node: Number | Quoted) -> Typed:
    """What is known of a number or a text in quotes."""
    if isinstance(node, Quoted):
        return Typed("quoted", (node.value,))
    return Typed("number", (node.value,) if isinstance(node.value, int) else None)


def _has(node: Comparison, left: Typed, right: Typed, names: Collection[str]) -> Iterator[Finding]:
    if left.kind != "choices":
        template = N_("'has' asks what was ticked of several; '{id}' is {kind}: compare it with ==")
        if not left.id:
            template = N_("'has' asks what was ticked of several; this is {kind}")
        yield finding("IMF-E114", template, start(node.left), id=left.id, kind=KINDS[left.kind])
    elif isinstance(node.right, Quoted | Number):
        yield from _code(node.right, left, names)
    elif right.kind not in ("choice", "number"):
        yield _unlike(node, left, right)


def _pair(
    node: Comparison,
    one: Node,
    first: Typed,
    other: Node,
    second: Typed,
    names: Collection[str],
) -> Iterator[Finding]:
    """Two values under one of == != < <= > >=."""
    if isinstance(one, Quoted | Number) and not isinstance(other, Quoted | Number):
        one, first, other, second = other, second, one, first
    if first.bands or second.bands:
        yield from _banded(node, one, first, other, second)
    elif first.kind == "choices":
        yield finding(
            "IMF-E114",
            "of '{id}' several can be ticked: ask {id} has 'code', or len({id})",
            start(one),
            id=first.id,
        )
    elif isinstance(other, Quoted | Number) and not isinstance(one, Quoted | Number):
        yield from _with_literal(node, first, other, names)
    elif not _comparable(node.operator, first, second):
        yield _unlike(node, first, second)


def _comparable(operator: Operator, first: Typed, second: Typed) -> bool:
    kinds = {"text" if one.kind in ("quoted", "choice") else one.kind for one in (first, second)}
    if kinds == {"number"}:
        return True
    if kinds == {"date"}:
        return True
    return operator in _SAME and len(kinds) == 1 and kinds <= {"text", "truth"}


def _unlike(node: Comparison, first: Typed, second: Typed) -> Finding:
    if first.kind == second.kind:
        return finding(
            "IMF-E114",
            "'{operator}' needs an order, which {kind} does not have",
            node.column,
            operator=node.operator,
            kind=KINDS[first.kind],
        )
    return finding(
        "IMF-E114",
        "{first} cannot be compared with {second} by '{operator}'",
        node.column,
        first=KINDS[first.kind],
        second=KINDS[second.kind],
        operator=node.operator,
    )


def _with_literal(
    node: Comparison, first: Typed, literal: Quoted | Number, names: Collection[str]
) -> Iterator[Finding]:
    """A value beside a number or a text in quotes."""
    same = node.operator in _SAME
    if first.kind == "date" and isinstance(literal, Quoted):
        if not is_date(literal.value):
            yield finding(
                "IMF-E114",
                "'{text}' is no date: write '2026-03-31', '2026-03' or '2026'",
                literal.column,
                text=literal.value[:60],
            )
    elif first.codes is not None and same:
        yield from _code(literal, first, names)
    elif isinstance(literal, Quoted) and first.kind == "number":
        yield _number_in_quotes(literal.value, literal.column, names) or _unlike(
            node, first, of_literal(literal)
        )
    elif not _comparable(node.operator, first, of_literal(literal)):
        yield _unlike(node, first, of_literal(literal))


def _number_in_quotes(text: str, column: int, names: Collection[str]) -> Finding | None:
    if text in names:
        return _name_in_quotes(text, column)
    if text.replace(".", "", 1).removeprefix("-").isdecimal():
        return finding("IMF-E114", "write the number {text} without quotes", column, text=text)
    return None


def _name_in_quotes(text: str, column: int) -> Finding:
    return finding(
        "IMF-E113",
        "'{text}' in quotes is a code; for the answer to that item write it without quotes",
        column,
        text=text,
    )


def _code(literal: Quoted | Number, of: Typed, names: Collection[str]) -> Iterator[Finding]:
    """Whether a code is one of an item."""
    value = literal.value
    if of.codes is None or value in of.codes:
        return
    words = [str(code) for code in of.codes]
    if str(value) in words:
        template = N_("the code {code} of '{id}' is a number: write it without quotes")
        if isinstance(literal, Number):
            template = N_("the code '{code}' of '{id}' is a word: write it in quotes")
        yield finding("IMF-E113", template, literal.column, code=value, id=of.id)
    elif isinstance(value, str) and value in names:
        yield _name_in_quotes(value, literal.column)
    else:
        yield _unknown_code(literal, of, of.codes)


def _unknown_code(literal: Quoted | Number, of: Typed, codes: tuple[Code, ...]) -> Finding:
    shown = literal.value if isinstance(literal.value, str | int) else float(literal.value)
    near = (
        nearest(literal.value, [c for c in codes if isinstance(c, str)])
        if isinstance(literal.value, str)
        else None
    )
    told = ", ".join(map(str, codes[:_CODES_TOLD])) + (", …" if len(codes) > _CODES_TOLD else "")
    if not of.id:
        return finding(
            "IMF-E113",
            "'{code}' is none of its values: {codes}",
            literal.column,
            code=shown,
            codes=told,
        )
    if near is not None:
        return finding(
            "IMF-E113",
            "'{id}' has no code '{code}': did you mean '{near}'?",
            literal.column,
            id=of.id,
            code=shown,
            near=near,
        )
    return finding(
        "IMF-E113",
        "'{id}' has no code '{code}', only {codes}",
        literal.column,
        id=of.id,
        code=shown,
        codes=told,
    )


def _banded(
    node: Comparison, one: Node, first: Typed, other: Node, second: Typed
) -> Iterator[Finding]:
    """Of a number that is kept as its band only the lower bounds of bands can be told."""
    if second.bands:
        one, first, other, second = other, second, one, first
    if not isinstance(other, Number) or all(other.value != bound for bound in first.bands):
        yield finding(
            "IMF-E113",
            "of '{id}' only the band is kept: compare it with one of {bands}",
            start(other),
            id=first.id,
            bands=", ".join(map(str, first.bands)),
        )
    elif node.operator in ((">", "<=") if one is node.left else ("<", ">=")):
        yield finding(
            "IMF-W105",
            "of '{id}' only the band is kept: whoever lies in the band from {bound} on counts as "
            "{bound} here; say from which band on by '>=', up to which by '<'",
            node.column,
            id=first.id,
            bound=float(other.value) if isinstance(other.value, Fraction) else other.value,
        )
