"""Conditions that are never or always true, against trying every single answer."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pytest

from imfsurvey.questionnaire.expressions import Expression
from imfsurvey.questionnaire.expressions.branches import (
    MAX_COMBINATIONS,
    Allowance,
    Form,
    Variable,
    Verdict,
    verdict,
)
from imfsurvey.questionnaire.expressions.domains import (
    Pieces,
    Uses,
    chosen,
    date_pieces,
    number_pieces,
    ticked,
)
from imfsurvey.questionnaire.expressions.tree import Node

HIGHEST = 6
States = Mapping[str, int | str]
"""By name, a number from 0 to 6, `blank` or `not_shown`."""


@dataclass
class Condition:
    """A condition in our words, with a meaning of its own: 0 false, 1 unknown, 2 true."""

    text: str
    kind: str
    name: str = ""
    number: int = 0
    parts: tuple[Condition, ...] = ()

    def meaning(self, states: States) -> int:
        """By Kleene's tables: and is the lowest, or the highest."""
        below = [part.meaning(states) for part in self.parts]
        state = states.get(self.name)
        match self.kind:
            case "and":
                return min(below)
            case "or":
                return max(below)
            case "not":
                return 2 - below[0]
            case "answered":
                return 2 * isinstance(state, int)
            case "shown":
                return 2 * (state != "not_shown")
        if not isinstance(state, int):
            return 1
        return 2 * {"==": state == self.number, ">": state > self.number}[self.kind]


def drawn(rng: random.Random, names: list[str], depth: int = 2) -> Condition:
    """A random condition on some names."""
    kind = rng.choice(["and", "or", "not", "=="] if depth else ["==", ">", "answered", "shown"])
    if kind in ("and", "or"):
        parts = tuple(drawn(rng, names, depth - 1) for _ in range(2))
        return Condition(f"({parts[0].text}) {kind} ({parts[1].text})", kind, parts=parts)
    if kind == "not":
        part = drawn(rng, names, depth - 1)
        return Condition(f"not ({part.text})", kind, parts=(part,))
    name, number = rng.choice(names), rng.randrange(HIGHEST + 1)
    text = f"{kind}({name})" if kind in ("answered", "shown") else f"{name} {kind} {number}"
    return Condition(text, kind, name, number)


def every_response(
    shown_if: Mapping[str, Condition | None], blank: Mapping[str, bool]
) -> Iterator[dict[str, int | str]]:
    """All ways to answer a form, item by item."""
    found: list[dict[str, int | str]] = [{}]
    for name, condition in shown_if.items():
        answers = [*range(HIGHEST + 1), *(["blank"] if blank[name] else [])]
        found = [
            {**one, name: state}
            for one in found
            for state in (
                answers if condition is None or condition.meaning(one) == 2 else ["not_shown"]
            )
        ]
    yield from found


def tree(condition: Condition) -> Node:
    """As the program reads it."""
    return Expression(condition.text).tree


@pytest.mark.parametrize("pieces", ["number", "code"])
def test_verdicts_are_those_of_trying_everything(pieces: str) -> None:
    """Six hundred random forms of three items that show each other, and a section around."""
    rng = random.Random(pieces)
    found: list[Verdict | None] = []
    cut: Pieces = (
        (lambda uses: number_pieces(uses, 0, HIGHEST, 0))
        if pieces == "number"
        else (lambda uses: chosen(uses, range(HIGHEST + 1)))
    )
    for _ in range(300):
        names = ["a", "b", "c"]
        shown_if = {
            name: drawn(rng, names[:index], 1) if index and rng.random() < 0.7 else None
            for index, name in enumerate(names)
        }
        blank = {name: rng.random() < 0.5 for name in names}
        around, condition = drawn(rng, names, 1), drawn(rng, names, 2)
        form = Form(
            {
                name: Variable(
                    name, cut, blank=blank[name], shown_if=(tree(one),) if one is not None else ()
                )
                for name, one in shown_if.items()
            }
        )
        results = {
            condition.meaning(one) == 2
            for one in every_response(shown_if, blank)
            if around.meaning(one) == 2
        }
        expected = {frozenset({True}): "always", frozenset({False}): "never"}
        assert verdict(tree(condition), form, (tree(around),)) == expected.get(frozenset(results))
        found.append(verdict(tree(condition), form, (tree(around),)))
    assert {"always", "never", None} == set(found)


def form(**pieces: Pieces) -> Form:
    """Items that are always shown and may be left out."""
    return Form({name: Variable(name, one) for name, one in pieces.items()})


def test_nothing_is_said_where_it_would_be_too_much() -> None:
    """Beyond the limit of combinations, and where numbers are worked with."""
    codes = range(30)
    wide = form(**{name: lambda uses: chosen(uses, codes) for name in "abcd"})
    text = "a + b + c + d < 0"
    assert len(codes) ** 4 > MAX_COMBINATIONS
    assert verdict(Expression(text).tree, wide) is None
    narrow = form(a=lambda uses: chosen(uses, codes))
    assert verdict(Expression("a + 1 < 0").tree, narrow) == "never"
    free = form(a=lambda uses: number_pieces(uses, 0, 9, 0))
    assert verdict(Expression("a + 1 < 0").tree, free) is None
    assert verdict(Expression("today > '1900'").tree, free) is None
    assert verdict(Expression("unknown == 1").tree, free) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a has 'x' and a has 'y' and a has 'z'", "never"),
        ("a has 'x' and a has 'y'", None),
        ("len(a) > 2", "never"),
        ("len(a) > 1", None),
        ("len(a) >= 1 or not answered(a)", "always"),
        ("not answered(a) or a has 'x' or a has 'y' or a has 'z'", "always"),
    ],
)
def test_several_choices(text: str, expected: Verdict | None) -> None:
    """Three choices of which at most two may be ticked."""
    ticks = form(a=lambda uses: ticked(uses, ("x", "y", "z"), 1, 2))
    assert verdict(Expression(text).tree, ticks) == expected


def test_of_many_choices_nothing_is_said() -> None:
    """Forty can be ticked in a billion ways; of two that are asked for there are four."""
    assert ticked(Uses(length=True), range(40), 1, None) is None
    assert ticked(Uses(set(range(13))), range(40), 1, None) is None
    assert ticked(Uses({3, 5}), range(40), 1, None) == [(0,), (3,), (5,), (3, 5)]


@pytest.mark.parametrize("precision", [4, 7, 10])
def test_dates_are_cut_between_the_dates_that_they_are_compared_with(precision: int) -> None:
    """One date before, within and behind, and none outside the bounds."""
    uses = Uses({"2024-02"})
    found = date_pieces(uses, None, None, precision)
    assert found is not None
    expected = {
        4: {"2023", "2024", "2025"},
        7: {"2024-01", "2024-02", "2024-03"},
        10: {"2024-01-31", "2024-02-01", "2024-02-29", "2024-03-01"},
    }
    assert set(found) == expected[precision]
    bounded = date_pieces(uses, "2024-02-10", "2024-02-20", 10)
    assert bounded is not None
    assert {"2024-02-10", "2024-02-20"} <= set(bounded)
    assert all("2024-02-10" <= str(one) <= "2024-02-20" for one in bounded)


def test_an_allowance_ends_the_trying() -> None:
    """So that a file with many conditions is checked in time."""
    codes = form(a=lambda uses: chosen(uses, range(9)))
    condition, allowance = Expression("a + 1 < 0").tree, Allowance(15)
    assert verdict(condition, codes, (), allowance) == "never"  # nine codes and a blank
    assert verdict(condition, codes, (), allowance) is None
    assert allowance.left == 0
