"""The part of XPath that XLSForms use, from text to a tree; what is beyond it is refused.

Paths between groups (`../a`), predicates and secondary instances are beyond it: our language has
one flat set of names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from imfsurvey.i18n.catalogue import N_
from imfsurvey.i18n.errors import InputError

MAX_CHARACTERS: Final = 4_000
MAX_DEPTH: Final = 40
MAX_HEIGHT: Final = 400
"""Of a tree: every operator in a row makes it higher by one, and it is walked by recursion."""


class UntranslatableError(InputError):
    """An expression that has no counterpart on the other side; the sentence says why."""

    def __init__(self, template: str, /, **params: object) -> None:
        super().__init__("IMF-W148", template, **params)


@dataclass(frozen=True)
class Number:
    """A number, as it is written."""

    text: str


@dataclass(frozen=True)
class Word:
    """A text in quotes."""

    text: str


@dataclass(frozen=True)
class Ref:
    """`${name}`: the answer to a question."""

    name: str


@dataclass(frozen=True)
class This:
    """`.`: the answer that is being checked."""


@dataclass(frozen=True)
class Column:
    """A bare name: in a choice_filter, a column of the sheet of choices."""

    name: str


@dataclass(frozen=True)
class Call:
    """A function with its arguments."""

    name: str
    args: tuple[Node, ...]


@dataclass(frozen=True)
class Binary:
    """An operator between two operands."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True)
class Minus:
    """A sign before an operand."""

    inner: Node


Node = Number | Word | Ref | This | Column | Call | Binary | Minus

_TOKEN: Final = re.compile(
    r"""\s*(?:
      (?P<ref>\$\{\s*[^{}$\s]+\s*\})
    | (?P<number>\d+(?:\.\d+)?|\.\d+)
    | (?P<word>'[^']*'|"[^"]*"|‘[^’]*’|“[^”]*”)
    | (?P<path>\.\.|//?|::|\[|\]|@)
    | (?P<this>\.)
    | (?P<operator>!=|<=|>=|=|<|>|\+|-|\*|\||,|\(|\))
    | (?P<name>[A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?)
    )""",
    re.VERBOSE,
)
_LEVELS: Final = (("or",), ("and",), ("=", "!="), ("<", "<=", ">", ">="), ("+", "-"), ("*", "div"))
_UNCOVERED: Final = frozenset({"mod", "|"})

COMPARISONS: Final = frozenset({"=", "!=", "<", "<=", ">", ">="})

_PATH = N_("paths and predicates ('{token}') have no counterpart")
_NOT_HERE = N_("'{token}' is not expected at character {column}")


def parsed(text: str) -> Node:
    """The tree of an expression. Raises `UntranslatableError`."""
    if len(text) > MAX_CHARACTERS:
        raise UntranslatableError(
            N_("longer than {limit} characters"),
            limit=MAX_CHARACTERS,
        )
    return _Parser(text).whole()


def for_choice(node: Node, cells: Mapping[str, str]) -> Node:
    """A choice_filter as it is for one choice: its columns replaced by what stands there."""
    if isinstance(node, Column):
        if node.name not in cells:
            raise UntranslatableError(N_("there is no column '{name}'"), name=node.name)
        return Word(cells[node.name])
    if isinstance(node, Binary):
        left, right = for_choice(node.left, cells), for_choice(node.right, cells)
        return Binary(node.operator, left, right)
    if isinstance(node, Call):
        return Call(node.name, tuple(for_choice(arg, cells) for arg in node.args))
    if isinstance(node, Minus):
        return Minus(for_choice(node.inner, cells))
    return node


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    column: int


def _tokens(text: str) -> Iterator[_Token]:
    at = 0
    end = len(text.rstrip())
    while at < end:
        found = _TOKEN.match(text, at)
        if found is None:
            raise UntranslatableError(_NOT_HERE, token=text[at:].strip()[:1], column=at + 1)
        kind = str(found.lastgroup)
        yield _Token(kind, found[kind], found.start(kind) + 1)
        at = found.end()
    yield _Token("end", "", end + 1)


class _Parser:
    """Operators by level, weakest first."""

    def __init__(self, text: str) -> None:
        self._tokens = list(_tokens(text))
        self._at = 0
        self._depth = 0
        self._heights: dict[int, int] = {}
        """By the identity of a node, which stays as long as the tree does."""

    def whole(self) -> Node:
        node = self._level(0)
        if self._now.kind != "end":
            raise self._unexpected()
        return node

    @property
    def _now(self) -> _Token:
        return self._tokens[self._at]

    def _take(self) -> _Token:
        self._at += 1
        return self._tokens[self._at - 1]

    def _unexpected(self) -> UntranslatableError:
        token = self._now
        if token.kind == "path":
            return UntranslatableError(_PATH, token=token.text)
        if token.text in _UNCOVERED:
            return UntranslatableError(
                N_("the operator '{token}' has no counterpart"), token=token.text
            )
        if token.kind == "end":
            return UntranslatableError(N_("something is missing at its end"))
        return UntranslatableError(_NOT_HERE, token=token.text, column=token.column)

    def _level(self, level: int) -> Node:
        if level == len(_LEVELS):
            return self._signed()
        node = self._level(level + 1)
        while self._now.kind in ("operator", "name") and self._now.text in _LEVELS[level]:
            operator = self._take().text
            right = self._level(level + 1)
            node = self._grown(Binary(operator, node, right), node, right)
        return node

    def _grown(self, node: Node, *parts: Node) -> Node:
        """A node above others, unless the tree gets too high by it."""
        height = 1 + max((self._heights.get(id(part), 1) for part in parts), default=0)
        if height > MAX_HEIGHT:
            raise UntranslatableError(N_("more than {limit} operators in a row"), limit=MAX_HEIGHT)
        self._heights[id(node)] = height
        return node

    def _signed(self) -> Node:
        if self._now.text == "-" and self._now.kind == "operator":
            self._take()
            self._deeper()
            inner = self._signed()
            self._depth -= 1
            return self._grown(Minus(inner), inner)
        return self._primary()

    def _deeper(self) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise UntranslatableError(N_("nested deeper than {limit} levels"), limit=MAX_DEPTH)

    def _primary(self) -> Node:
        token = self._now
        if token.kind == "ref":
            return Ref(self._take().text[2:-1].strip())
        if token.kind == "number":
            return Number(self._take().text)
        if token.kind == "word":
            return Word(self._take().text[1:-1])
        if token.kind == "this":
            self._take()
            return This()
        if token.kind == "name":
            return self._named()
        if token.text == "(":
            return self._in_brackets()
        raise self._unexpected()

    def _named(self) -> Node:
        name = self._take().text
        if self._now.text != "(":
            return Column(name)
        self._take()
        self._deeper()
        args: list[Node] = []
        while self._now.text != ")":
            args.append(self._level(0))
            if self._now.text == ",":
                self._take()
            elif self._now.text != ")":
                raise self._unexpected()
        self._take()
        self._depth -= 1
        return self._grown(Call(name, tuple(args)), *args)

    def _in_brackets(self) -> Node:
        self._take()
        self._deeper()
        node = self._level(0)
        if self._now.text != ")":
            raise self._unexpected()
        self._take()
        self._depth -= 1
        return node
