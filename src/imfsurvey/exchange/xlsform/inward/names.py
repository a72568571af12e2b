"""The names of a workbook: what each stands for here, and where a text may use it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Literal

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


Targets = Mapping[str, Target]
"""By the name in the workbook."""


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

    def add(self, name: str, target: Target, order: int, repeat: str = "") -> bool:
        """Take up a question; False when the name is taken, as it may be in two groups."""
        if not name or name in self.items:
            return False
        self.items[name] = _Known(target, order, repeat)
        return True

    def at(self, place: Place) -> Mapping[str, Target]:
        """The names that may be used at a place."""
        found = {
            name: known.target if known.repeat in ("", place.repeat) else _counted(known.target)
            for name, known in self.items.items()
            if known.order < place.order
        }
        for name, (target, _) in self.computed.items():
            if name not in found and self._ready(name, found, frozenset()):
                found[name] = target
        return found

    def _ready(self, name: str, found: Mapping[str, Target], above: frozenset[str]) -> bool:
        """Whether everything that a computed value needs has been asked."""
        if name in above:
            return False
        return all(
            needed in found
            if needed not in self.computed
            else self._ready(needed, found, above | {name})
            for needed in self.computed[name][1]
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


def piped(text: str, targets: Mapping[str, Target]) -> tuple[str, list[str]]:
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
