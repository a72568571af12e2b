"""The names of a workbook: what each stands for here, and where a text may use it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Literal, Protocol

from imfsurvey.exchange.xlsform.xpath import Binary, Call, Minus, Node, Ref

TargetKind = Literal[
    "code", "several", "number", "text", "date", "repeat", "number_computed", "truth_computed"
]

PIPED: Final = re.compile(r"\$\{\s*([^{}$\s]+)\s*\}")


@dataclass(frozen=True)
class Target:
    """One name of an expression.

    `name` is ours: the id of an item, `repeat.field`, or the id of a computed value. `codes` gives
    the code for each name of a choice, `non_answers` the status for each name of a marked choice.
    """

    name: str
    kind: TargetKind
    codes: Mapping[str, int | str] = field(default_factory=dict)
    non_answers: Mapping[str, str] = field(default_factory=dict)
    counted_only: bool = False
    """A question of a repeat, seen from outside: there is one answer for each entry."""

    @property
    def has_codes(self) -> bool:
        """Whether it is compared with choices only."""
        return self.kind in ("code", "several")


class Targets(Protocol):
    """What may be used at one place, by the name in the workbook."""

    def get(self, name: str, /) -> Target | None:
        """What a name stands for; None when nothing is called so there."""


_DEEPEST: Final = 200
"""Computed values that need each other in a row; what goes deeper is taken for unknown."""


@dataclass(frozen=True)
class Place:
    """Where something stands: before which items, in which repeat."""

    order: int
    repeat: str = ""


EVERYWHERE: Final = Place(10**9)


@dataclass(frozen=True)
class _Known:
    target: Target
    order: int
    repeat: str = ""


@dataclass
class Scope:
    """All names of a workbook."""

    items: dict[str, _Known] = field(default_factory=dict)
    computed: dict[str, tuple[Target, frozenset[str]]] = field(default_factory=dict)
    """With the names that each needs."""
    _since: dict[str, int] = field(default_factory=dict)
    """What `since` has found."""

    def add(self, name: str, target: Target, order: int, repeat: str = "") -> bool:
        """Take up a question; False when the name is taken, as it may be in two groups."""
        if not name or name in self.items:
            return False
        self.items[name] = _Known(target, order, repeat)
        return True

    def at(self, place: Place) -> Targets:
        """The names that may be used at a place."""
        return _Seen(self, place)

    def since(self, name: str, above: frozenset[str] = frozenset()) -> int | None:
        """Behind which question a computed value is known (-1: from the start); None: never."""
        if name in self._since:
            return self._since[name]
        if name in above or len(above) == _DEEPEST:
            return None
        last = -1
        for needed in self.computed[name][1]:
            if needed in self.computed:
                order = self.since(needed, above | {name})
            else:
                order = self.items[needed].order if needed in self.items else None
            if order is None:
                return None
            last = max(last, order)
        self._since[name] = last
        return last


@dataclass(frozen=True)
class _Seen:
    """The names of a workbook from one place: looked up, not listed, since forms are long."""

    scope: Scope
    place: Place

    def get(self, name: str, /) -> Target | None:
        known = self.scope.items.get(name)
        if known is not None and known.order < self.place.order:
            return (
                known.target if known.repeat in ("", self.place.repeat) else _counted(known.target)
            )
        if name not in self.scope.computed:
            return None
        since = self.scope.since(name)
        return (
            self.scope.computed[name][0] if since is not None and since < self.place.order else None
        )


def _counted(target: Target) -> Target:
    return replace(target, counted_only=True)


def refs_of(node: Node) -> Iterator[str]:
    """The names that an expression uses."""
    if isinstance(node, Ref):
        yield node.name
    elif isinstance(node, Binary):
        yield from refs_of(node.left)
        yield from refs_of(node.right)
    elif isinstance(node, Minus):
        yield from refs_of(node.inner)
    elif isinstance(node, Call):
        for arg in node.args:
            yield from refs_of(arg)


def piped(text: str, targets: Targets) -> tuple[str, list[str]]:
    """A text with our placeholders, and the names that it uses in vain."""
    out: list[str] = []
    lost: list[str] = []
    at = 0
    for found in PIPED.finditer(text):
        target = targets.get(found[1])
        usable = target is not None and not target.counted_only and target.kind != "repeat"
        out.append(_doubled(text[at : found.start()]))
        if usable and target is not None:
            out.append(f"{{{target.name}}}")
        else:
            lost.append(found[1])
            out.append(_doubled(found[0]))
        at = found.end()
    return "".join([*out, _doubled(text[at:])]), lost


def _doubled(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")
