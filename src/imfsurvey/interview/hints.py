"""What the conditions of a questionnaire speak of: values that are worth trying when inventing.

Whoever draws a number at random between 0 and 100,000 does not meet `staff == 412`. The numbers
and texts that an expression names beside an item are therefore tried as answers to that item.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from imfsurvey.questionnaire import AskingItem, MatrixItem, Questionnaire, RepeatItem
from imfsurvey.questionnaire.expressions import Expression
from imfsurvey.questionnaire.expressions.patterns import atoms
from imfsurvey.questionnaire.expressions.tree import (
    Call,
    Comparison,
    Field,
    Node,
    Number,
    Quoted,
    Ref,
    This,
    every_node,
)
from imfsurvey.questionnaire.items import ChoosingItem
from imfsurvey.questionnaire.model import SectionItem

_SIGNS: Final = "a1 A-z9Z0.@/_b2éÉ,;:!?#%&()[]{}<>=+*'\"$|~^\\" + "cdefghijklmnopqrstuvwxy3456780"
"""What may stand in a text that is made to fit a pattern, the usual first."""
_MORE: Final = 3
"""How often something without an upper limit is repeated beyond its lower one, at most."""


@dataclass(frozen=True)
class Hints:
    """The numbers, texts and patterns that stand beside an item in expressions."""

    numbers: tuple[int | float, ...] = ()
    texts: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()


NONE: Final = Hints()


def named_in(expression: Expression, questionnaire: Questionnaire) -> frozenset[str]:
    """The items that an expression asks for, through computed values too; `repeat.field` as it is
    written."""
    return _named(expression.tree, questionnaire, frozenset())


def _named(node: Node, questionnaire: Questionnaire, seen: frozenset[str]) -> frozenset[str]:
    found: set[str] = set()
    for one in every_node(node):
        if isinstance(one, Field):
            found |= {one.repeat, f"{one.repeat}.{one.name}"}
        elif isinstance(one, Ref) and one.name in questionnaire.formulas:
            if one.name not in seen:
                formula = questionnaire.formulas[one.name].tree
                found |= _named(formula, questionnaire, seen | {one.name})
        elif isinstance(one, Ref):
            found.add(one.name)
    return frozenset(found)


def hints_of(questionnaire: Questionnaire) -> dict[str, Hints]:
    """By item id (of a field of a repeat: `repeat.field`), what stands beside it."""
    found: dict[str, set[Number | Quoted | Call]] = {}
    for of, expression in _expressions(questionnaire):
        for node in every_node(expression.tree):
            if not isinstance(node, Comparison | Call):
                continue
            below = list(every_node(node))
            said = {one for one in below if isinstance(one, Number | Quoted)}
            names = set(_named(node, questionnaire, frozenset()))
            names |= {of} if any(isinstance(one, This) for one in below) else set()
            for name in names:
                found.setdefault(name, set()).update(said)
                if isinstance(node, Call) and node.name == "matches":
                    found[name].add(node)
    return {name: _gathered(things) for name, things in found.items()}


def _gathered(things: set[Number | Quoted | Call]) -> Hints:
    patterns = {
        one.args[1].value
        for one in things
        if isinstance(one, Call) and isinstance(one.args[1], Quoted)
    }
    numbers = {_plain(one) for one in things if isinstance(one, Number)}
    texts = {one.value for one in things if isinstance(one, Quoted)} - patterns
    return Hints(tuple(sorted(numbers)), tuple(sorted(texts)), tuple(sorted(patterns)))


def _plain(number: Number) -> int | float:
    return number.value if isinstance(number.value, int) else float(number.value)


def _expressions(questionnaire: Questionnaire) -> Iterator[tuple[str, Expression]]:
    """Every expression, with the id of the item that `this` means in it."""
    for one in questionnaire.computed:
        yield one.id, one.expr
    for choices in questionnaire.choice_lists.values():
        yield from (("", choice.show_if) for choice in choices if choice.show_if is not None)
    for section in questionnaire.sections:
        if section.show_if is not None:
            yield section.id, section.show_if
        for item in section.items:
            yield from _of_item(item, item.id)


def _of_item(item: SectionItem, name: str) -> Iterator[tuple[str, Expression]]:
    conditions = [item.show_if]
    if isinstance(item, AskingItem | MatrixItem):
        conditions.append(item.required_if)
    if isinstance(item, AskingItem):
        conditions += [one.check for one in item.constraint]
    if isinstance(item, ChoosingItem):
        conditions += [choice.show_if for choice in item.choices]
    if isinstance(item, MatrixItem):
        conditions += [row.show_if for row in item.rows]
    yield from ((name, one) for one in conditions if one is not None)
    if isinstance(item, RepeatItem):
        for field in item.items:
            yield from _of_item(field, f"{name}.{field.id}")


def fitting(pattern: str, rng: random.Random) -> str:
    """A text that a pattern of `matches` fits, if one can be made of common signs."""
    text = ""
    for atom, low, high in atoms(pattern):
        signs = [sign for sign in _SIGNS if re.fullmatch(atom, sign)]
        # A plain sign that is none of the common ones stands for itself.
        signs = signs or [atom.removeprefix("\\")]
        times = rng.randint(low, low + _MORE if high is None else high)
        text += "".join(rng.choice(signs) for _ in range(times))
    return text
