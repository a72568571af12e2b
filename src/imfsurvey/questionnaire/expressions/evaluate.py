"""The value of an expression: in three-valued logic (Kleene, 1952), None for what is unknown.

Whatever was not answered is unknown, in comparisons and in arithmetic. Only `and` and `or` can
know better, when the other side decides alone. A tree that passed the checks never raises here;
values that do not fit it, as of an older draft, make it unknown.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any, Final, Literal, Protocol

from imfsurvey.questionnaire.expressions.dates import at_coarser, looks_like_date, years_between
from imfsurvey.questionnaire.expressions.functions import NON_ANSWER_OF
from imfsurvey.questionnaire.expressions.numbers import exact, rounded, shortest, worked
from imfsurvey.questionnaire.expressions.patterns import fits
from imfsurvey.questionnaire.expressions.tree import (
    Call,
    Chain,
    Choices,
    Comparison,
    Field,
    Junction,
    Minus,
    Node,
    Not,
    Number,
    Quoted,
    Ref,
    This,
    Today,
    Truth,
)

Status = Literal["answered", "na", "dk", "refused", "not_shown", "blank"]
Known = int | float | str | bool | tuple[int | str, ...]
"""A number, a code, a text, a date, a truth, or several codes."""

Inner = Known | Fraction | None
"""The same while it is worked with."""


class Scope(Protocol):
    """What an expression asks about a response, at one moment."""

    @property
    def this(self) -> Known | None:
        """The answer that a constraint is about."""

    @property
    def today(self) -> datetime.date:
        """The day of the walk."""

    def value(self, name: str) -> Known | None:
        """Of an item or a computed value; None when it is unknown."""

    def status(self, name: str) -> Status:
        """Of an item or a computed value."""

    def column(self, repeat: str, field: str) -> Sequence[Known | None]:
        """A field in every entry."""

    def entry_count(self, repeat: str) -> int:
        """How many entries there are."""

    def entry_value(self, repeat: str, field: str) -> Known | None:
        """A field of the entry that is being filled in."""

    def entry_status(self, repeat: str, field: str) -> Status:
        """Its status."""

    def score(self, name: str) -> Known | None:
        """The score of a statement, 0 to 100."""


def evaluated(tree: Node, scope: Scope) -> Known | None:
    """The value of an expression; None when it is unknown."""
    value = _value(tree, scope)
    return float(value) if isinstance(value, Fraction) else value


def _value(node: Node, scope: Scope) -> Inner:
    return _KINDS[type(node)](node, scope)


def _literal(node: Number | Quoted | Truth, scope: Scope) -> Inner:
    return node.value


def _list(node: Choices, scope: Scope) -> Inner:
    return None  # it stands behind `in` only, which looks into it itself


def _ref(node: Ref, scope: Scope) -> Inner:
    return _in(scope.value(node.name))


def _field(node: Field, scope: Scope) -> Inner:
    return _in(scope.entry_value(node.repeat, node.name))


def _in(value: Known | None) -> Inner:
    """What comes from outside; a decimal becomes the fraction that was typed."""
    return exact(value) if type(value) is float else value


def _this(node: This, scope: Scope) -> Inner:
    return _in(scope.this)


def _today(node: Today, scope: Scope) -> Inner:
    return scope.today.isoformat()


# --- logic ------------------------------------------------------------------------------------


def _not(node: Not, scope: Scope) -> Inner:
    value = _value(node.operand, scope)
    return not value if isinstance(value, bool) else None


def _junction(node: Junction, scope: Scope) -> Inner:
    deciding = node.word == "or"
    result: bool | None = not deciding
    for part in node.parts:
        value = _value(part, scope)
        if value is deciding:
            return deciding
        if not isinstance(value, bool):
            result = None
    return result


# --- comparisons ------------------------------------------------------------------------------


def _comparison(node: Comparison, scope: Scope) -> Inner:
    left = _value(node.left, scope)
    if left is None:
        return None
    operator = node.operator
    if isinstance(node.right, Choices):
        found = any(_equal(left, one.value) for one in node.right.items)
        return found is (operator == "in")
    right = _value(node.right, scope)
    if right is None:
        return None
    if operator == "==":
        return _equal(left, right)
    if operator == "!=":
        return not _equal(left, right)
    if operator == "has":
        return right in left if isinstance(left, tuple) else None
    return _ordered(operator, left, right)


def _equal(left: Inner, right: Inner) -> bool:
    if isinstance(left, str) and isinstance(right, str):
        if len(left) != len(right) and looks_like_date(left) and looks_like_date(right):
            left, right = at_coarser(left, right)
        return left == right
    return isinstance(left, bool) == isinstance(right, bool) and left == right


def _ordered(operator: str, left: Inner, right: Inner) -> bool | None:
    one: Any = exact(left)
    other: Any = exact(right)
    if isinstance(left, str) and isinstance(right, str):
        if not (looks_like_date(left) and looks_like_date(right)):
            return None
        one, other = at_coarser(left, right)
    if one is None or other is None:
        return None
    match operator:
        case "<":
            return bool(one < other)
        case "<=":
            return bool(one <= other)
        case ">":
            return bool(one > other)
        case _:
            return bool(one >= other)


# --- numbers ----------------------------------------------------------------------------------


def _minus(node: Minus, scope: Scope) -> Inner:
    value = exact(_value(node.operand, scope))
    return None if value is None else -value


def _chain(node: Chain, scope: Scope) -> Inner:
    result = exact(_value(node.first, scope))
    for operator, operand in node.rest:
        value = exact(_value(operand, scope))
        if result is None or value is None:
            return None
        result = worked(operator, result, value)
    return result


# --- functions --------------------------------------------------------------------------------


def _call(node: Call, scope: Scope) -> Inner:
    return _FUNCTIONS[node.name](node, scope)


def _status(node: Node, scope: Scope) -> Status:
    match node:
        case Ref(name=name):
            return scope.status(name)
        case Field(repeat=repeat, name=name):
            return scope.entry_status(repeat, name)
    return "blank"


def _answered(node: Call, scope: Scope) -> Inner:
    return _status(node.args[0], scope) == "answered"


def _shown(node: Call, scope: Scope) -> Inner:
    return _status(node.args[0], scope) != "not_shown"


def _non_answer(node: Call, scope: Scope) -> Inner:
    return _status(node.args[0], scope) == NON_ANSWER_OF[node.name]


def _count(node: Call, scope: Scope) -> Inner:
    (repeat,) = node.args
    return scope.entry_count(repeat.name) if isinstance(repeat, Ref) else None


def _column(node: Node, scope: Scope) -> Sequence[Known]:
    """What is known of a field in all entries."""
    if not isinstance(node, Field):
        return ()
    return [one for one in scope.column(node.repeat, node.name) if one is not None]


def _count_answered(node: Call, scope: Scope) -> Inner:
    if len(node.args) == 1 and isinstance(node.args[0], Field):
        return len(_column(node.args[0], scope))
    return sum(_status(one, scope) == "answered" for one in node.args)


def _over_column(node: Call, scope: Scope) -> Inner:
    """Sum, mean, lowest or highest of the entries that are answered; unknown when none is."""
    numbers = [one for one in map(exact, _column(node.args[0], scope)) if one is not None]
    if not numbers:
        return None
    match node.name:
        case "min":
            return min(numbers)
        case "max":
            return max(numbers)
    total: int | Fraction = sum(numbers)
    return shortest(total if node.name == "sum" else Fraction(total) / len(numbers))


def _len(node: Call, scope: Scope) -> Inner:
    value = _value(node.args[0], scope)
    return len(value) if isinstance(value, str | tuple) else None


def _matches(node: Call, scope: Scope) -> Inner:
    value, pattern = _value(node.args[0], scope), node.args[1]
    if not isinstance(value, str) or not isinstance(pattern, Quoted):
        return None
    return fits(value, pattern.value)


def _years_since(node: Call, scope: Scope) -> Inner:
    value = _value(node.args[0], scope)
    return years_between(value, scope.today) if isinstance(value, str) else None


def _round(node: Call, scope: Scope) -> Inner:
    value = exact(_value(node.args[0], scope))
    digits = _value(node.args[1], scope) if len(node.args) > 1 else 0
    return rounded(value, digits) if value is not None and isinstance(digits, int) else None


def _abs(node: Call, scope: Scope) -> Inner:
    value: int | Fraction | None = exact(_value(node.args[0], scope))
    if value is None or value >= 0:
        return value
    return -value


def _if_else(node: Call, scope: Scope) -> Inner:
    condition, yes, no = node.args
    value = _value(condition, scope)
    return _value(yes if value else no, scope) if isinstance(value, bool) else None


def _score(node: Call, scope: Scope) -> Inner:
    (item,) = node.args
    return _in(scope.score(item.name)) if isinstance(item, Ref) else None


def _level(node: Call, scope: Scope) -> Inner:
    return exact(_value(node.args[0], scope))


_FUNCTIONS: Final[Mapping[str, Callable[[Call, Scope], Inner]]] = {
    "answered": _answered,
    "shown": _shown,
    **dict.fromkeys(NON_ANSWER_OF, _non_answer),
    "count": _count,
    **dict.fromkeys(("sum", "mean", "min", "max"), _over_column),
    "count_answered": _count_answered,
    "len": _len,
    "matches": _matches,
    "years_since": _years_since,
    "round": _round,
    "abs": _abs,
    "if_else": _if_else,
    "score": _score,
    "level": _level,
}

_KINDS: Final[Mapping[type, Callable[[Any, Scope], Inner]]] = {
    Number: _literal,
    Quoted: _literal,
    Truth: _literal,
    Choices: _list,
    Ref: _ref,
    Field: _field,
    This: _this,
    Today: _today,
    Not: _not,
    Junction: _junction,
    Comparison: _comparison,
    Minus: _minus,
    Chain: _chain,
    Call: _call,
}
