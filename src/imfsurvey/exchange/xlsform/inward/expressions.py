"""Expressions of an XLSForm in our grammar, with the meaning that they have there.

In an XLSForm an empty answer is an empty text: `${a} != 'x'` is true of it. In our language a
comparison with what was not answered is unknown. So every comparison is written anew for where it
stands: `not answered(a) or a != 'x'`. What is true there is true here; what is not true there is
false or unknown here, which hides a question just as well. A constraint forbids only what is
false, so it is written strictly: never unknown while there is an answer to check.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from imfsurvey.exchange.xlsform.expressions import (
    AND,
    ATOM,
    COMPARE,
    FUNCTION,
    NOT,
    OR,
    Piece,
    joined,
)
from imfsurvey.exchange.xlsform.inward.comparisons import FALSE, TRUE, Comparisons, refs_in
from imfsurvey.exchange.xlsform.inward.names import Target, Targets
from imfsurvey.exchange.xlsform.inward.operands import is_ref
from imfsurvey.exchange.xlsform.xpath import (
    COMPARISONS,
    Binary,
    Call,
    Node,
    Number,
    Ref,
    UntranslatableError,
    Word,
)
from imfsurvey.i18n.catalogue import N_
from imfsurvey.i18n.errors import InputError
from imfsurvey.questionnaire.expressions import Expression
from imfsurvey.questionnaire.expressions.findings import SyntaxFaultError

_OPPOSITE: Final[Mapping[str, str]] = {
    **{"=": "!=", "!=": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">"},
}


def condition(node: Node, targets: Targets) -> str:
    """What is true here exactly when it is true there. Raises `UntranslatableError`."""
    return _readable(_Inward(targets).holds(node, True))


def check(node: Node, targets: Targets, this: Target) -> str:
    """A constraint of the answer `this`, false here exactly when it is false there."""
    return _readable(_Inward(targets, this=this, strict=True).holds(node, True))


def value(node: Node, targets: Targets) -> tuple[str, bool]:
    """A calculation, and whether it gives a number (else true or false)."""
    if _is_logic(node):
        return _readable(_Inward(targets, strict=True).holds(node, True)), False
    return _readable(_Inward(targets).value(node)), True


def _readable(piece: Piece) -> str:
    """What our own parser accepts; it knows limits and patterns that XPath does not."""
    try:
        return Expression(piece.text).text
    except SyntaxFaultError as error:
        finding = error.finding
        reason = InputError(finding.code, finding.template, **finding.params)
        raise UntranslatableError("{reason}", reason=reason) from error


def _is_logic(node: Node) -> bool:
    if isinstance(node, Binary):
        return node.operator in ("and", "or") or node.operator in COMPARISONS
    if isinstance(node, Call) and node.name == "if" and len(node.args) == 3:
        return _is_logic(node.args[1])
    names = ("not", "selected", "true", "false", "regex", "boolean")
    return isinstance(node, Call) and node.name in names


class _Inward(Comparisons):
    def strictly(self, node: Node) -> Piece:
        """A condition that is never unknown."""
        return _Inward(self.targets, self.this, strict=True).holds(node, True)

    # --- conditions

    def holds(self, node: Node, wanted: bool) -> Piece:
        """What is true exactly when the node is true (or false, if that is `wanted`)."""
        if isinstance(node, Binary) and node.operator in ("and", "or"):
            together = (node.operator == "and") == wanted
            parts = list(_flat(node, node.operator))
            return self._all(parts, wanted) if together else self._any(parts, wanted)
        if isinstance(node, Binary) and node.operator in COMPARISONS:
            operator = node.operator if wanted else _OPPOSITE[node.operator]
            return self.compared(operator, node, wanted)
        if isinstance(node, Call):
            return self._called(node, wanted)
        if isinstance(node, Ref) and self.target(node).kind != "truth_computed":
            return self.answered(self.target(node), wanted)
        raise UntranslatableError(N_("a value stands where a condition is needed"))

    def _any(self, parts: list[Node], wanted: bool) -> Piece:
        return joined("or", OR, [self.holds(part, wanted) for part in parts], TRUE, FALSE)

    def _all(self, parts: list[Node], wanted: bool) -> Piece:
        """Joined by `and`; a part that only demands an answer is often implied by another."""
        before = self.known
        guards = self._guards(parts, wanted)
        names = {guards[number] for number in guards}
        self.known = before | names
        rest = [part for number, part in enumerate(parts) if number not in guards]
        implied = {name for part in rest for name in self._demanded(part, wanted)}
        pieces: list[Piece] = []
        for number, part in enumerate(parts):
            name = guards.get(number)
            if name is None:
                pieces.append(self.holds(part, wanted))
            elif self.strict or name not in implied:
                pieces.append(Piece(f"answered({name})"))
        self.known = before
        return joined("and", AND, pieces, FALSE, TRUE)

    def _guards(self, parts: list[Node], wanted: bool) -> dict[int, str]:
        """The parts that together say no more than that something is answered, with its name.

        `${a} != ''`, and `${a} != 'dk'` where that is a choice for a non-answer there.
        """
        found: dict[str, dict[str, int]] = {}
        needed: dict[str, set[str]] = {}
        for number, part in enumerate(parts):
            if not isinstance(part, Binary) or part.operator != ("!=" if wanted else "="):
                continue
            if not isinstance(part.left, Ref) or not isinstance(part.right, Word):
                continue
            target = self.target(part.left)
            needed[target.name] = {"", *target.non_answers}
            if part.right.text in needed[target.name]:
                found.setdefault(target.name, {})[part.right.text] = number
        return {
            number: name
            for name, by_text in found.items()
            if needed[name] == by_text.keys() and name != getattr(self.this, "name", None)
            for number in by_text.values()
        }

    def _demanded(self, node: Node, wanted: bool) -> Iterable[str]:
        """Names whose answer a part cannot do without, once it is known that they have one."""
        if isinstance(node, Binary) and node.operator in COMPARISONS:
            sides = (node.left, node.right)
            if node.right == Word("") or self._asks_status(node):
                return ()
            names = {self.target(one).name for one in refs_in(sides)}
            # Of two blanks it says something, unless both are known.
            return names if len(names) < 2 or names <= self.known else ()
        if isinstance(node, Call) and node.name == "selected" and wanted and node.args:
            return [self.target(one).name for one in node.args[:1] if is_ref(one)]
        return ()

    def _asks_status(self, node: Binary) -> bool:
        """Whether an answer is compared with the choice for a non-answer."""
        left, right = node.left, node.right
        if not is_ref(left) or not isinstance(right, Word | Number):
            return False
        return right.text in self.target(left).non_answers

    def _called(self, node: Call, wanted: bool) -> Piece:
        name, args = node.name, node.args
        if name in ("true", "false") and not args:
            return TRUE if (name == "true") == wanted else FALSE
        if name in ("not", "boolean") and len(args) == 1:
            return self.holds(args[0], wanted == (name == "boolean"))
        if name == "selected" and len(args) == 2:
            return self._selected(args[0], args[1], wanted)
        if name == "regex" and len(args) == 2 and isinstance(args[1], Word):
            return self._matched(args[0], args[1], wanted)
        if name == "if" and len(args) == 3:
            yes = self.all_of(self.holds(args[0], True), self.holds(args[1], wanted))
            no = self.all_of(self.holds(args[0], False), self.holds(args[2], wanted))
            return joined("or", OR, [yes, no], TRUE, FALSE)
        raise UntranslatableError(FUNCTION, name=f"{name}()")

    def _selected(self, item: Node, code: Node, wanted: bool) -> Piece:
        if isinstance(item, Word) and isinstance(code, Word):
            return TRUE if (code.text in item.text.split()) == wanted else FALSE
        if not is_ref(item) or not isinstance(code, Word | Number):
            raise UntranslatableError(N_("selected() is understood with a question and a code"))
        target = self.target(item)
        if target.kind != "several":
            return self.compared("=" if wanted else "!=", Binary("=", item, code), wanted)
        if code.text in target.non_answers:
            return self.status(target, code.text, wanted)
        has = Piece(f"{target.name} has {self.literal(target, code)}", COMPARE)
        if wanted:
            return self.demanding([target], has)
        return self.unless([target], Piece(f"not {has.within(ATOM)}", NOT))

    def _matched(self, item: Node, pattern: Word, wanted: bool) -> Piece:
        target = self.target(item)
        if target.kind != "text" or "'" in pattern.text:
            raise UntranslatableError(FUNCTION, name="regex()")
        matches = Piece(f"matches({target.name}, '{pattern.text}')")
        if wanted:
            return self.demanding([target], matches)
        return self.unless([target], Piece(f"not {matches.text}", NOT))


def _flat(node: Node, operator: str) -> Iterable[Node]:
    if isinstance(node, Binary) and node.operator == operator:
        yield from _flat(node.left, operator)
        yield from _flat(node.right, operator)
    else:
        yield node
