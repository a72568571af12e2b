"""A constraint of the workbook: bounds that our items have keys for, and the rest as checks."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import reduce
from typing import Any, Final

from imfsurvey.exchange.xlsform.xpath import Binary, Call, Node, Number, This, Word

_TURNED: Final = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "=": "=", "!=": "!="}
MAX_LENGTH: Final = 4000
_INTEGER: Final = re.compile(r"\d{1,15}")


@dataclass
class Bounds:
    """What a constraint says in keys of the item, names of exclusive choices, and what is left."""

    keys: dict[str, Any] = field(default_factory=dict)
    exclusive: list[str] = field(default_factory=list)
    rest: Node | None = None


def bounds_of(node: Node, type_: str, decimals: int) -> Bounds:
    """Take apart what is joined by `and`."""
    bounds = Bounds()
    left: list[Node] = []
    for part in _parts(node):
        if not _taken(part, type_, decimals, bounds):
            left.append(part)
    if left:
        bounds.rest = reduce(lambda a, b: Binary("and", a, b), left)
    return bounds


def _parts(node: Node) -> Iterable[Node]:
    if isinstance(node, Binary) and node.operator == "and":
        yield from _parts(node.left)
        yield from _parts(node.right)
    else:
        yield node


def _taken(part: Node, type_: str, decimals: int, bounds: Bounds) -> bool:
    if type_ == "multi" and (name := _alone(part)) is not None:
        bounds.exclusive.append(name)
        return True
    if not isinstance(part, Binary) or part.operator not in _TURNED:
        return False
    left, operator, right = part.left, part.operator, part.right
    if not _is_measured(left) and _is_measured(right):
        left, operator, right = right, _TURNED[operator], left
    key = _key(type_, left, operator)
    limit = _limit(type_, right)
    if key is None or limit is None or key in bounds.keys or operator not in ("<=", ">="):
        return False
    if isinstance(limit, float) and round(limit, decimals) != limit:
        return False
    if key == "max_length" and not 0 < limit <= MAX_LENGTH:
        return False
    if key in ("min_choices", "max_choices") and limit < 1:
        return False
    bounds.keys[key] = limit
    return True


def _is_measured(node: Node) -> bool:
    return isinstance(node, This) or (
        isinstance(node, Call)
        and node.name in ("string-length", "count-selected")
        and node.args == (This(),)
    )


def _key(type_: str, left: Node, operator: str) -> str | None:
    end = "max" if operator == "<=" else "min"
    if isinstance(left, This) and type_ in ("number", "date"):
        return end
    if isinstance(left, Call) and _is_measured(left):
        if left.name == "string-length" and type_ == "text" and end == "max":
            return "max_length"
        if left.name == "count-selected" and type_ == "multi":
            return f"{end}_choices"
    return None


def _limit(type_: str, node: Node) -> Any:
    """A number, or the bound of a date; None when it is neither."""
    if type_ != "date":
        return _number_of(node)
    if isinstance(node, Call) and node.name == "today" and not node.args:
        return "today"
    if isinstance(node, Call) and node.name == "date" and len(node.args) == 1:
        node = node.args[0]
    if isinstance(node, Word) and re.fullmatch(r"\d{4}-\d\d-\d\d", node.text):
        try:
            return datetime.date.fromisoformat(node.text).isoformat()
        except ValueError:
            return None
    return None


def _number_of(node: Node) -> int | float | None:
    """The number that a node is, a sign before it included."""
    inner = getattr(node, "inner", None)
    if inner is not None:
        number = _number_of(inner)
        return None if number is None else -number
    return read_number(node.text) if isinstance(node, Number) else None


def read_number(text: str) -> int | float | None:
    """A number as a workbook has it."""
    digits = text.strip().removeprefix("-")
    if _INTEGER.fullmatch(digits):
        return int(text)
    if re.fullmatch(r"\d{0,12}\.\d{1,9}", digits):
        return float(text)
    return None


def _alone(node: Node) -> str | None:
    """The choice that must not be ticked beside others: `not(selected(., 'x') and …)`."""
    if not (isinstance(node, Call) and node.name == "not" and len(node.args) == 1):
        return None
    inner = node.args[0]
    if not (isinstance(inner, Binary) and inner.operator == "and"):
        return None
    ticked, more = inner.left, inner.right
    counted = Binary(">", Call("count-selected", (This(),)), Number("1"))
    if more != counted or not isinstance(ticked, Call) or ticked.name != "selected":
        return None
    if len(ticked.args) == 2 and ticked.args[0] == This() and isinstance(ticked.args[1], Word):
        return ticked.args[1].text
    return None
