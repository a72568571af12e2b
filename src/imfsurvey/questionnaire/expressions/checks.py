"""What can be known of an expression before anybody answers: names, order, codes, kinds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from imfsurvey.i18n.catalogue import N_
from imfsurvey.questionnaire.expressions.compared import comparison_findings, of_literal
from imfsurvey.questionnaire.expressions.findings import Finding, finding
from imfsurvey.questionnaire.expressions.functions import NON_ANSWER_OF
from imfsurvey.questionnaire.expressions.resolve import Resolver, Used
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
    start,
)
from imfsurvey.questionnaire.expressions.types import (
    ANY,
    DATE,
    KINDS,
    NUMBER,
    TRUTH,
    Kind,
    Name,
    Position,
    Typed,
    typed,
)

Wanted = Literal["truth", "any"]


def check_expression(
    tree: Node,
    names: Mapping[str, Name],
    here: Position | None = None,
    this: Name | None = None,
    within: str | None = None,
    wanted: Wanted = "truth",
) -> list[Finding]:
    """All that is wrong with an expression, from left to right.

    `here`: when it is asked for; only what comes before may be named (None: no order, as for a
    computed value). `this`: what a constraint is about. `within`: the repeat whose entry it
    belongs to. `wanted`: a condition, or any value.
    """
    checker = _Checker(Resolver(names, here, this, within))
    found = checker.kind(tree)
    if wanted == "truth":
        checker.condition(tree, found)
    return sorted(checker.findings, key=lambda one: one.column)


def type_of(tree: Node, names: Mapping[str, Name]) -> Typed:
    """What the value of an expression is; `any` when it is wrong in itself."""
    checker = _Checker(Resolver(names, None, None, None))
    found = checker.kind(tree)
    if not all(one.doubtful for one in checker.findings):
        return ANY
    return Typed("choice", found.codes) if found.kind == "quoted" else found


class _Checker:
    """Finds kinds from the leaves up, and notes what does not fit."""

    def __init__(self, resolver: Resolver) -> None:
        self.resolver = resolver
        self.findings: list[Finding] = []

    def kind(self, node: Node) -> Typed:  # noqa: C901 - one line for each kind of node
        """What the value of a node is."""
        match node:
            case Number() | Quoted():
                return of_literal(node)
            case Truth():
                return TRUTH
            case Today():
                return DATE
            case This() | Ref() | Field():
                return self._name(node)
            case Not(operand=operand):
                self.condition(operand, self.kind(operand))
                return TRUTH
            case Junction(parts=parts):
                for part in parts:
                    self.condition(part, self.kind(part))
                return TRUTH
            case Minus(operand=operand):
                self._number(operand)
                return NUMBER
            case Chain(first=first, rest=rest):
                for part in (first, *(one for _, one in rest)):
                    self._number(part)
                return NUMBER
            case Comparison():
                return self._comparison(node)
            case Call():
                return self._call(node)
            case Choices():
                return ANY  # looked at with its comparison

    def condition(self, node: Node, found: Typed) -> None:
        """Notes what is no condition where one is needed."""
        if found.kind in ("truth", "any"):
            return
        if found.id and found.codes:
            code = found.codes[0]
            example = (
                f"{found.id} == {code}" if isinstance(code, int) else f"{found.id} == '{code}'"
            )
            if found.kind == "choices":
                example = example.replace("==", "has")
            self.findings.append(
                finding(
                    "IMF-E114",
                    "a condition is needed here: compare it, such as {example}",
                    start(node),
                    example=example,
                )
            )
        else:
            self.unfit(node, KINDS["truth"], found)

    def unfit(self, node: Node, wanted: str, found: Typed) -> None:
        """Notes that a value is of the wrong kind."""
        self.findings.append(
            finding(
                "IMF-E114",
                "{wanted} is needed here, not {found}",
                start(node),
                wanted=wanted,
                found=KINDS[found.kind],
            )
        )

    def _name(self, node: This | Ref | Field) -> Typed:
        name, wrong = self.resolver.value(node)
        self.findings += wrong
        return typed(name) if name is not None else ANY

    def _number(self, node: Node) -> None:
        found = self.kind(node)
        if found.kind not in ("number", "any"):
            self.unfit(node, KINDS["number"], found)
        elif found.bands:
            self.findings.append(
                finding(
                    "IMF-E114",
                    "of '{id}' only the band is kept: nothing can be worked out with it",
                    start(node),
                    id=found.id,
                )
            )

    def _comparison(self, node: Comparison) -> Typed:
        left = self._side(node.left, node.right)
        right = self._side(node.right, node.left)
        self.findings += comparison_findings(node, left, right, self.resolver.names)
        return TRUTH

    def _side(self, node: Node, other: Node) -> Typed:
        """One side of a comparison; a name that does not exist may be a code of the other side."""
        if isinstance(node, Choices):
            return TRUTH  # any kind: its members are compared one by one
        unknown = isinstance(node, Ref) and node.name not in self.resolver.names
        if isinstance(node, Ref) and unknown and isinstance(other, Ref | Field | This):
            name, _ = self.resolver.value(other)
            if name is not None and node.name in (name.codes or ()):
                self.findings.append(
                    finding(
                        "IMF-E110",
                        "'{name}' is a code of '{id}': write it in quotes, '{name}'",
                        node.column,
                        name=node.name,
                        id=name.id,
                    )
                )
                return ANY
        return self.kind(node)

    # --- functions ----------------------------------------------------------------------------

    def _call(self, node: Call) -> Typed:
        match node.name:
            case "if_else":
                return self._if_else(node)
            case "matches":
                self._of(node.args[0], "text")
                return TRUTH
            case "years_since":
                self._of(node.args[0], "date")
                return NUMBER
            case "len":
                self._of(node.args[0], "choices", "text")
                return NUMBER
            case "round" | "abs":
                self._number(node.args[0])
                return NUMBER
            case "sum" | "mean" | "min" | "max":
                self._column(node.args[0], "number")
                return NUMBER
            case "count_answered":
                for one in node.args:
                    if isinstance(one, Field) and len(node.args) == 1:
                        self._column(one, None)
                    else:
                        self._status(node, one)
                return NUMBER
            case "count" | "score" | "level":
                self._special(node)
                return NUMBER
        self._status(node, node.args[0])
        return TRUTH

    def _if_else(self, node: Call) -> Typed:
        condition, yes, no = node.args
        self.condition(condition, self.kind(condition))
        first, second = self.kind(yes), self.kind(no)
        if "any" in (first.kind, second.kind):
            return ANY
        texts = {"quoted", "choice", "text"}
        if first.kind != second.kind and not {first.kind, second.kind} <= texts:
            self.findings.append(
                finding(
                    "IMF-E114",
                    "both results of if_else() must be of one kind; these are {first} and {second}",
                    start(no),
                    first=KINDS[first.kind],
                    second=KINDS[second.kind],
                )
            )
            return ANY
        codes = None
        if first.codes is not None and second.codes is not None and first.kind != "number":
            codes = tuple(dict.fromkeys((*first.codes, *second.codes)))
        kinds = {first.kind, second.kind}
        kind: Kind = first.kind if len(kinds) == 1 else "text" if "text" in kinds else "choice"
        return Typed(kind, codes)

    def _of(self, node: Node, *wanted: Kind) -> None:
        found = self.kind(node)
        if found.kind not in (*wanted, "any"):
            self.unfit(node, KINDS[wanted[0]], found)

    def _column(self, node: Node, wanted: Kind | None) -> None:
        name = self._used(node, "column")
        if name is None or wanted is None:
            return
        if name.kind != wanted:
            self.unfit(node, KINDS[wanted], typed(name))
        elif name.bands:
            self.findings.append(
                finding(
                    "IMF-E114",
                    "of '{id}' only the band is kept: nothing can be worked out with it",
                    start(node),
                    id=name.id,
                )
            )

    def _status(self, call: Call, node: Node) -> None:
        name, status = self._used(node, "status"), NON_ANSWER_OF.get(call.name)
        if name is None:
            return
        if name.kind == "rows" or (name.kind == "nothing" and call.name != "shown"):
            self.unfit(node, N_("an item that is answered"), typed(name))
        elif status is not None and name.kind != "any" and status not in name.non_answers:
            self.findings.append(
                finding(
                    "IMF-E113",
                    "'{id}' does not offer '{status}', so {function}() is never true",
                    start(node),
                    id=name.id,
                    status=status,
                    function=call.name,
                )
            )

    def _special(self, call: Call) -> None:
        name = self._used(call.args[0], "status")
        if name is None:
            return
        fits = {
            "count": name.kind == "entries",
            "score": name.rated == "statement",
            "level": name.rated == "topic",
        }
        wanted = {
            "count": N_("the id of a repeat"),
            "score": N_("the id of a statement on a scale"),
            "level": N_("the id of a rated topic"),
        }
        if not fits[call.name]:
            self.findings.append(
                finding(
                    "IMF-E112" if call.name == "count" else "IMF-E114",
                    "{function}() takes {wanted}; '{id}' is something else",
                    start(call.args[0]),
                    function=call.name,
                    wanted=wanted[call.name],
                    id=name.id,
                )
            )

    def _used(self, node: Node, how: Used) -> Name | None:
        if not isinstance(node, Ref | Field):
            return None
        name, wrong = self.resolver.used(node, how)
        self.findings += wrong
        return name


def rings(needs: Mapping[str, set[str]]) -> Iterator[tuple[str, ...]]:
    """Computed values that need each other, each ring once, from the one that is written first."""
    done: set[str] = set()
    for first in needs:
        ring = _ring(first, needs)
        if ring is not None and not done.intersection(ring):
            yield ring
            done.update(ring)


def _ring(first: str, needs: Mapping[str, set[str]]) -> tuple[str, ...] | None:
    """The shortest way from a computed value back to itself."""
    ways: dict[str, tuple[str, ...]] = {first: (first,)}
    waiting = [first]
    while waiting:
        one = waiting.pop(0)
        for needed in sorted(needs[one]):
            if needed == first:
                return ways[one]
            if needed in needs and needed not in ways:
                ways[needed] = (*ways[one], needed)
                waiting.append(needed)
    return None
