"""The tree of an expression. Every node knows its column, counted from 1."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Operator = Literal["==", "!=", "<", "<=", ">", ">=", "in", "not in", "has"]


@dataclass(frozen=True, slots=True)
class Number:
    """A number, exact."""

    value: int | Fraction
    column: int


@dataclass(frozen=True, slots=True)
class Quoted:
    """A text in quotes: a code, a date, a text."""

    value: str
    column: int


@dataclass(frozen=True, slots=True)
class Truth:
    """`true` or `false`."""

    value: bool
    column: int


@dataclass(frozen=True, slots=True)
class This:
    """`this`: the answer that a constraint is about."""

    column: int


@dataclass(frozen=True, slots=True)
class Today:
    """`today`: the day on which it is answered."""

    column: int


@dataclass(frozen=True, slots=True)
class Choices:
    """A list of numbers and texts in quotes."""

    items: tuple[Number | Quoted, ...]
    column: int


@dataclass(frozen=True, slots=True)
class Ref:
    """The id of an item or of a computed value."""

    name: str
    column: int


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a repeat: `repeat.field`."""

    repeat: str
    name: str
    column: int
    """Of the repeat."""
    field_column: int


@dataclass(frozen=True, slots=True)
class Call:
    """A function with its arguments."""

    name: str
    args: tuple[Node, ...]
    column: int


@dataclass(frozen=True, slots=True)
class Not:
    """`not` before a condition."""

    operand: Node
    column: int


@dataclass(frozen=True, slots=True)
class Minus:
    """`-` before a value."""

    operand: Node
    column: int


@dataclass(frozen=True, slots=True)
class Chain:
    """Numbers worked together from left to right: only + and -, or only * and /."""

    first: Node
    rest: tuple[tuple[str, Node], ...]
    column: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two values compared."""

    left: Node
    operator: Operator
    right: Node
    column: int
    """Of the operator."""


@dataclass(frozen=True, slots=True)
class Junction:
    """Conditions joined: all by `and`, or all by `or`."""

    word: Literal["and", "or"]
    parts: tuple[Node, ...]
    column: int


Node = (
    Number
    | Quoted
    | Truth
    | This
    | Today
    | Choices
    | Ref
    | Field
    | Call
    | Not
    | Minus
    | Chain
    | Comparison
    | Junction
)


def below(node: Node) -> tuple[Node, ...]:
    """The nodes right below a node, from left to right."""
    match node:
        case Call(args=args):
            return args
        case Not(operand=operand) | Minus(operand=operand):
            return (operand,)
        case Chain(first=first, rest=rest):
            return (first, *(one for _, one in rest))
        case Comparison(left=left, right=right):
            return (left, right)
        case Junction(parts=parts):
            return parts
        case _:
            return ()


def every_node(tree: Node) -> Iterator[Node]:
    """A tree's nodes, each before those below it."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(reversed(below(node)))


def names_in(tree: Node) -> list[Ref | Field]:
    """The names in an expression, from left to right."""
    return [node for node in every_node(tree) if isinstance(node, Ref | Field)]


def called(node: Ref | Field) -> str:
    """The item, repeat or computed value that a name is of."""
    return node.name if isinstance(node, Ref) else node.repeat


def needs(tree: Node) -> set[str]:
    """The items, repeats and computed values that an expression names."""
    return set(map(called, names_in(tree)))


def start(node: Node) -> int:
    """The column at which the text of a node begins."""
    match node:
        case Comparison(left=first) | Chain(first=first) | Junction(parts=(first, *_)):
            return start(first)
        case _:
            return node.column
