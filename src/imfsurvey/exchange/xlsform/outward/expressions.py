"""Our expressions in the XPath of XLSForms, with the meaning that they have here.

Here a comparison with what was not answered is unknown; there it is true or false of an empty
text, or of the choice that stands for "don't know". So each is guarded by what makes it known:
`a != 'x'` becomes `${a} != '' and ${a} != 'x'`. What must hold may not be unknown; what must only
not be false, as a constraint, may.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from imfsurvey.exchange.xlsform.expressions import (
    ADD,
    AND,
    COMPARE,
    FUNCTION,
    MULTIPLY,
    OR,
    SIGN,
    Piece,
    is_logic,
    joined,
)
from imfsurvey.exchange.xlsform.outward.names import Names, There
from imfsurvey.exchange.xlsform.xpath import UntranslatableError
from imfsurvey.i18n.catalogue import N_
from imfsurvey.questionnaire.expressions.functions import NON_ANSWER_OF
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
    every_node,
)

TRUE: Final = Piece("true()")
FALSE: Final = Piece("false()")

_THERE: Final[Mapping[str, str]] = {"==": "="}
_OPPOSITE: Final[Mapping[str, str]] = {
    **{"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"},
}
_AGGREGATES: Final = ("count", "sum", "min", "max")


def condition(tree: Node, names: Names) -> str:
    """What is true there exactly when it is true here. Raises `UntranslatableError`."""
    return _Outward(names).put(tree, True, False).text


def check(tree: Node, names: Names, this: There) -> str:
    """What is false there of an answer exactly when it is false here."""
    return _Outward(names, this).put(tree, True, True).text


def value(tree: Node, names: Names) -> str:
    """A computed value; blank there when it is unknown here. Of a condition 1, 0 or blank."""
    outward = _Outward(names)
    if is_logic(tree):
        true, false = outward.put(tree, True, False), outward.put(tree, False, False)
        return f"if({true.text}, 1, if({false.text}, 0, ''))"
    plain = outward.value(tree)
    guards = outward.guarded(tree)
    return (
        f"if({joined('and', AND, guards, FALSE, TRUE).text}, {plain.text}, '')"
        if guards
        else (plain.text)
    )


@dataclass
class _Outward:
    names: Names
    this: There | None = None

    def put(self, node: Node, wanted: bool, lenient: bool) -> Piece:
        """What is true there when the node is true (or false, if that is `wanted`) here, and,
        if `lenient`, when it is unknown."""
        if isinstance(node, Truth):
            return TRUE if node.value == wanted else FALSE
        if isinstance(node, Not):
            return self.put(node.operand, not wanted, lenient)
        if isinstance(node, Junction):
            return self._junction(node, wanted, lenient)
        if isinstance(node, Comparison):
            return self._compared(node, wanted, lenient)
        if isinstance(node, Call):
            return self._called(node, wanted, lenient)
        if isinstance(node, Ref) and self._there(node).kind == "truth_computed":
            plain = Piece(f"{self._there(node).ref} = {int(wanted)}", COMPARE)
            return self._known([self._there(node)], plain, False, lenient)
        raise UntranslatableError(N_("a value stands where a condition is needed"))

    def _junction(self, node: Junction, wanted: bool, lenient: bool) -> Piece:
        if (node.word == "and") == wanted:
            parts = [self.put(part, wanted, lenient) for part in node.parts]
            return joined("and", AND, parts, FALSE, TRUE)
        # `not answered(a) or …`: what is true of a blank there needs no words of its own.
        open_ones = {
            one.operand.args[0].name
            for one in node.parts
            if wanted
            and isinstance(one, Not)
            and _asks_for_answer(one.operand)
            and isinstance(one.operand, Call)
            and isinstance(one.operand.args[0], Ref)
        }
        pieces: list[Piece] = []
        covered: set[str] = set()
        for part in node.parts:
            names = {one.name for one in every_node(part) if isinstance(one, Ref)}
            if len(names) == 1 and names <= open_ones and isinstance(part, Comparison):
                pieces.append(self._compared(part, wanted, True))
                covered |= names
            else:
                pieces.append(self.put(part, wanted, lenient))
        kept = [
            piece
            for part, piece in zip(node.parts, pieces, strict=True)
            if not (
                isinstance(part, Not)
                and isinstance(part.operand, Call)
                and _asks_for_answer(part.operand)
                and isinstance(part.operand.args[0], Ref)
                and part.operand.args[0].name in covered
            )
        ]
        return joined("or", OR, kept, TRUE, FALSE)

    def _called(self, node: Call, wanted: bool, lenient: bool) -> Piece:
        name = node.name
        if name in NON_ANSWER_OF:
            there = self._there(node.args[0])
            choice = there.non_answers.get(NON_ANSWER_OF[name])
            if choice is None:
                return FALSE if wanted else TRUE
            return Piece(f"{there.ref} {'=' if wanted else '!='} '{choice}'", COMPARE)
        if name == "answered":
            there = self._there(node.args[0])
            if there.kind == "repeat":
                raise UntranslatableError(FUNCTION, name=f"{name}()")
            if wanted:
                return joined("and", AND, there.guards, FALSE, TRUE)
            return joined("or", OR, there.blanks, TRUE, FALSE)
        if name == "matches" and isinstance(node.args[1], Quoted):
            there = self._there(node.args[0])
            regex = f"regex({there.ref}, '{node.args[1].value}')"
            plain = Piece(regex if wanted else f"not({regex})")
            return self._known([there], plain, None, lenient)
        if name == "if_else":
            first, second = (
                joined(
                    "and",
                    AND,
                    [self.put(node.args[0], sense, lenient), self.put(branch, wanted, lenient)],
                    FALSE,
                    TRUE,
                )
                for sense, branch in ((True, node.args[1]), (False, node.args[2]))
            )
            return joined("or", OR, [first, second], TRUE, FALSE)
        raise UntranslatableError(FUNCTION, name=f"{name}()")

    # --- comparisons

    def _compared(self, node: Comparison, wanted: bool, lenient: bool) -> Piece:
        if node.operator in ("in", "not in"):
            return self._among(node, wanted == (node.operator == "in"), lenient)
        if node.operator == "has":
            there = self._there(node.left)
            ticked = f"selected({there.ref}, '{self._choice(there, node.right)}')"
            plain = Piece(ticked if wanted else f"not({ticked})")
            return self._known([there], plain, not wanted, lenient)
        operator = node.operator if wanted else _OPPOSITE[node.operator]
        plain = self._plain(node, operator)
        refs = self._refs(node)
        literal = any(isinstance(one, Number | Quoted) for one in (node.left, node.right))
        direct = any(isinstance(one, Ref | This | Field) for one in (node.left, node.right))
        if len(refs) == 1 and literal and direct and operator in ("==", "!="):
            return self._known(refs, plain, operator == "!=", lenient)
        if len(refs) == 1 and literal and direct and self._numbers(node):
            return self._known(refs, plain, False, lenient)
        return self._known(refs, plain, None, lenient)

    def _numbers(self, node: Comparison) -> bool:
        return isinstance(node.left, Number) or isinstance(node.right, Number)

    def _known(
        self, refs: Iterable[There], plain: Piece, of_blank: bool | None, lenient: bool
    ) -> Piece:
        """`of_blank`: what `plain` is of a blank there; None where that differs."""
        if lenient:
            if of_blank is True:
                return plain
            blanks = [piece for there in refs for piece in there.blanks]
            return joined("or", OR, [*blanks, plain], TRUE, FALSE)
        if of_blank is False:
            return plain
        guards = [piece for there in refs for piece in there.guards]
        return joined("and", AND, [*guards, plain], FALSE, TRUE)

    def _among(self, node: Comparison, wanted: bool, lenient: bool) -> Piece:
        if not isinstance(node.right, Choices):
            raise UntranslatableError(N_("a list is needed behind 'in'"))
        there = self._there(node.left)
        operator = "=" if wanted else "!="
        each = [
            Piece(f"{there.ref} {operator} {self._literal(there, one)}", COMPARE)
            for one in node.right.items
        ]
        plain = (
            joined("or", OR, each, TRUE, FALSE) if wanted else joined("and", AND, each, FALSE, TRUE)
        )
        return self._known([there], plain, not wanted, lenient)

    def _plain(self, node: Comparison, operator: str) -> Piece:
        left = self._side(node.left, node.right)
        right = self._side(node.right, node.left)
        written = _THERE.get(operator, operator)
        return Piece(f"{left.within(ADD)} {written} {right.within(ADD)}", COMPARE)

    def _side(self, node: Node, other: Node) -> Piece:
        named = isinstance(other, Ref | This | Field)
        if isinstance(node, Number | Quoted) and named:
            return Piece(self._literal(self._there(other), node))
        if isinstance(node, Quoted):
            return Piece(_quoted(node.value))
        if isinstance(node, Ref | This | Field):
            there = self._there(node)
            if there.kind == "period":
                raise UntranslatableError(N_("a month or a year is compared"))
            return Piece(there.ref)
        return self.value(node)

    def _literal(self, there: There, node: Number | Quoted) -> str:
        if there.names:
            name = self._choice(there, node)
            return name if isinstance(node, Number) and name.isdigit() else _quoted(name)
        if there.kind == "period":
            raise UntranslatableError(N_("a month or a year is compared"))
        if there.kind == "date" and isinstance(node, Quoted):
            return f"date({_quoted(node.value)})"
        return number_text(node.value) if isinstance(node, Number) else _quoted(node.value)

    def _choice(self, there: There, node: Node) -> str:
        if isinstance(node, Number | Quoted) and not isinstance(node.value, Fraction):
            if node.value in there.names:
                return there.names[node.value]
            if node.value == "other":
                return "other"
        raise UntranslatableError(N_("this choice has no counterpart"))

    # --- values

    def value(self, node: Node) -> Piece:
        """A number or a date."""
        if isinstance(node, Number):
            return Piece(number_text(node.value))
        if isinstance(node, Minus):
            return Piece(f"-{self.value(node.operand).within(SIGN)}", SIGN)
        if isinstance(node, Today):
            return Piece("today()")
        if isinstance(node, Chain):
            return self._chain(node)
        if isinstance(node, Ref | This | Field):
            there = self._there(node)
            if there.kind not in ("number", "number_computed"):
                raise UntranslatableError(N_("'{name}' is no number"), name=there.ref)
            return Piece(there.ref)
        if isinstance(node, Call):
            return self._function(node)
        raise UntranslatableError(N_("a condition stands where a value is needed"))

    def _chain(self, node: Chain) -> Piece:
        strength = ADD if node.rest[0][0] in "+-" else MULTIPLY
        text = self.value(node.first).within(strength)
        for operator, operand in node.rest:
            written = "div" if operator == "/" else operator
            text += f" {written} {self.value(operand).within(strength + 1)}"
        return Piece(text, strength)

    def _function(self, node: Call) -> Piece:
        name, args = node.name, node.args
        if name == "len":
            there = self._there(args[0])
            word = "string-length" if there.kind == "text" else "count-selected"
            return Piece(f"{word}({there.ref})")
        if name in _AGGREGATES:
            return Piece(f"{name}({self._there(args[0]).ref})")
        if name in ("round", "abs"):
            inner = [self.value(arg).text for arg in args]
            return Piece(f"{name}({', '.join(inner)})")
        if name == "level":
            return Piece(self._there(args[0]).ref)
        if name == "if_else":
            true, false = self.put(args[0], True, False), self.put(args[0], False, False)
            first, second = self.value(args[1]).text, self.value(args[2]).text
            return Piece(f"if({true.text}, {first}, if({false.text}, {second}, ''))")
        raise UntranslatableError(FUNCTION, name=f"{name}()")

    def guarded(self, node: Node) -> list[Piece]:
        """What must be answered for a value to be known."""
        return [piece for there in self._refs(node) for piece in there.guards]

    # --- names

    def _refs(self, node: Node) -> list[There]:
        """The answers that a comparison or value cannot do without."""
        counted = {
            id(one)
            for call in every_node(node)
            if isinstance(call, Call) and call.name in _AGGREGATES
            for one in call.args
        }
        found = {
            there.ref: there
            for one in every_node(node)
            if isinstance(one, Ref | This | Field) and id(one) not in counted
            for there in (self._there(one),)
        }
        return list(found.values())

    def _there(self, node: Node) -> There:
        if isinstance(node, This) and self.this is not None:
            return self.this
        name = ""
        if isinstance(node, Ref):
            name = node.name
        elif isinstance(node, Field):
            name = f"{node.repeat}.{node.name}"
        if name not in self.names:
            raise UntranslatableError(N_("'{name}' has no counterpart"), name=name or "?")
        return self.names[name]


def _asks_for_answer(node: Node) -> bool:
    return isinstance(node, Call) and node.name == "answered"


def number_text(number: int | float | Fraction) -> str:
    """A number in digits, with a point where it has decimals."""
    if isinstance(number, Fraction) and number.denominator == 1:
        return str(number.numerator)
    if isinstance(number, int):
        return str(number)
    return f"{float(number):.15f}".rstrip("0").rstrip(".")


def _quoted(text: str) -> str:
    if "'" in text:
        raise UntranslatableError(N_("a text with a quote in it"))
    return f"'{text}'"
