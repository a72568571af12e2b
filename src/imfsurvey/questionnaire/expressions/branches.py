"""Conditions that can never be true, or always are: found by trying every answer.

Tried are all combinations of answers to the items that a condition depends on, those included
that decide whether these are shown, in the order of the file. More may be tried than respondents
can reach, never less, so that what is said is so; where it would be too many, nothing is said.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from imfsurvey.questionnaire.expressions.domains import Pieces, Uses, key_of, uses_in
from imfsurvey.questionnaire.expressions.evaluate import Known, Status, evaluated
from imfsurvey.questionnaire.expressions.tree import Call, Node, Today, every_node

MAX_COMBINATIONS: Final = 20_000
MAX_NAMES: Final = 100

Verdict = Literal["never", "always"]
State = tuple[Status, Known | None]

_NOT_SHOWN: Final[State] = ("not_shown", None)
_BLANK: Final[State] = ("blank", None)


@dataclass(frozen=True)
class Variable:
    """A name that a condition may depend on, and the answers to it."""

    id: str
    pieces: Pieces
    """Answers that have to be tried, given what is asked of them; of a repeat, how many entries."""
    non_answers: tuple[Status, ...] = ()
    blank: bool = True
    """Whether it may be left without an answer."""
    shown_if: tuple[Node, ...] = ()
    """Conditions that all must be true for it to be shown."""
    scores: Mapping[Known, Known] = field(default_factory=dict)
    """Of a statement: code -> score."""


@dataclass(frozen=True)
class Form:
    """The names of a questionnaire, in order of the file, and its computed values."""

    variables: Mapping[str, Variable]
    formulas: Mapping[str, Node] = field(default_factory=dict)


@dataclass
class Allowance:
    """How many combinations may still be tried, all conditions of a file together."""

    left: int = 200_000


def verdict(
    condition: Node,
    form: Form,
    around: Sequence[Node] = (),
    allowance: Allowance | None = None,
) -> Verdict | None:
    """Whether a condition is never or always true while those around it are; None for neither.

    None also where nothing can be said, where those around it are never true themselves, and
    when the allowance is used up.
    """
    allowance = allowance or Allowance()
    trees = (condition, *around)
    for follow in (True, False):
        tried = _tried(trees, form, follow)
        if tried is not None:
            return _Trial(condition, around, form, tried, follow).verdict(allowance)
    return None


def _tried(trees: Sequence[Node], form: Form, follow: bool) -> dict[str, list[State]] | None:
    """By name, in order of the file, the states to try; None when that cannot be done.

    `follow`: also what decides whether a name is shown; else it may be shown or not.
    """
    reached = _reached(trees, form, follow)
    if reached is None or any(_asks_for_the_day(tree) for tree in reached):
        return None
    uses = uses_in(reached)
    if not uses.keys() <= form.variables.keys() | form.formulas.keys():
        return None
    states: dict[str, list[State]] = {}
    combinations = 1
    for name, variable in form.variables.items():
        if name not in uses:
            continue
        found = _states(variable, uses[name], follow)
        if found is None:
            return None
        states[name] = found
        combinations *= len(found)
        if combinations > MAX_COMBINATIONS or len(states) > MAX_NAMES:
            return None
    return states


def _reached(trees: Sequence[Node], form: Form, follow: bool) -> list[Node] | None:
    """All trees that decide about some, these first; None when a name is not known."""
    reached = list(trees)
    seen: set[str] = set()
    for tree in reached:  # grows on the way
        for node in every_node(tree):
            name = key_of(node)
            if name is None or name in seen:
                continue
            seen.add(name)
            if name in form.formulas:
                reached.append(form.formulas[name])
            elif name not in form.variables:
                return None
            elif follow:
                reached.extend(form.variables[name].shown_if)
    return reached


def _asks_for_the_day(tree: Node) -> bool:
    return any(
        isinstance(node, Today) or (isinstance(node, Call) and node.name == "years_since")
        for node in every_node(tree)
    )


def _states(variable: Variable, uses: Uses, follow: bool) -> list[State] | None:
    values = variable.pieces(uses)
    if values is None:
        return None
    found: list[State] = [("answered", value) for value in values]
    found += [(status, None) for status in variable.non_answers]
    if variable.blank:
        found.append(_BLANK)
    if variable.shown_if and not follow:
        found.append(_NOT_SHOWN)
    return found


class _Trial:
    """Goes through all combinations; what is assumed so far is the scope of the conditions."""

    today = datetime.date.min  # never asked for, see `_asks_for_the_day`

    def __init__(
        self,
        condition: Node,
        around: Sequence[Node],
        form: Form,
        tried: Mapping[str, Sequence[State]],
        follow: bool,
    ) -> None:
        self._condition = condition
        self._around = around
        self._form = form
        self._tried = list(tried.items())
        self._follow = follow
        self._state: dict[str, State] = {}

    def verdict(self, allowance: Allowance) -> Verdict | None:
        """What all combinations have in common."""
        seen: set[bool] = set()
        for _ in self._combinations(0):
            if allowance.left == 0:
                return None
            allowance.left -= 1
            if all(self._true(one) for one in self._around):
                seen.add(self._true(self._condition))
                if len(seen) == 2:
                    return None
        if not seen:
            return None
        return "always" if seen == {True} else "never"

    def _true(self, tree: Node) -> bool:
        return evaluated(tree, self) is True

    def _combinations(self, at: int) -> Iterator[None]:
        if at == len(self._tried):
            yield
            return
        name, states = self._tried[at]
        for state in self._possible(name, states):
            self._state[name] = state
            yield from self._combinations(at + 1)

    def _possible(self, name: str, states: Sequence[State]) -> Iterable[State]:
        shown_if = self._form.variables[name].shown_if if self._follow else ()
        return states if all(self._true(one) for one in shown_if) else (_NOT_SHOWN,)

    # --- what expressions ask for -------------------------------------------------------------

    @property
    def this(self) -> Known | None:
        """The answer that a constraint is about."""
        return self.value("this")

    def value(self, name: str) -> Known | None:
        """Of an item or a computed value."""
        formula = self._form.formulas.get(name)
        if formula is not None:
            return evaluated(formula, self)
        return self._state.get(name, _BLANK)[1]

    def status(self, name: str) -> Status:
        """Of an item or a computed value."""
        if name in self._form.formulas:
            return "blank" if self.value(name) is None else "answered"
        return self._state.get(name, _BLANK)[0]

    def entry_count(self, repeat: str) -> int:
        """How many entries a repeat has."""
        count = self._state.get(repeat, _BLANK)[1]
        return count if isinstance(count, int) else 0

    def column(self, repeat: str, field: str) -> Sequence[Known | None]:
        """Never asked for: nothing is tried then."""
        return ()

    def entry_value(self, repeat: str, field: str) -> Known | None:
        """A field of the entry."""
        return self.value(f"{repeat}.{field}")

    def entry_status(self, repeat: str, field: str) -> Status:
        """Its status."""
        return self.status(f"{repeat}.{field}")

    def score(self, name: str) -> Known | None:
        """The score of a statement."""
        value = self.value(name)
        return None if value is None else self._form.variables[name].scores.get(value)
