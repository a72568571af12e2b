"""From the text of an expression to its tree, by operator precedence (after V. Pratt, 1973).

From the loosest to the tightest: `or`, `and`, `not`, comparisons (which do not follow each
other), `+ -`, `* /`, `-` before a value.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Final, cast

from imfsurvey.i18n.catalogue import N_
from imfsurvey.questionnaire.expressions.findings import SyntaxFaultError, finding
from imfsurvey.questionnaire.expressions.functions import (
    FUNCTIONS,
    MAX_DECIMALS,
    SHAPES,
    Function,
    Shape,
)
from imfsurvey.questionnaire.expressions.patterns import pattern_fault
from imfsurvey.questionnaire.expressions.tokens import KEYWORDS, Token, tokens
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
    Operator,
    Quoted,
    Ref,
    This,
    Today,
    Truth,
    start,
)
from imfsurvey.source.problems import nearest

MAX_LENGTH: Final = 1000
MAX_DEPTH: Final = 40

_OR, _AND, _NOT, _COMPARE, _ADD, _TIMES = range(1, 7)
_POWERS: Final[Mapping[str, int]] = {
    "or": _OR,
    "and": _AND,
    **dict.fromkeys(("==", "!=", "<", "<=", ">", ">=", "in", "not in", "has"), _COMPARE),
    "+": _ADD,
    "-": _ADD,
    "*": _TIMES,
    "/": _TIMES,
}

_VALUE: Final = N_("an item, a number or a text in quotes")
_CLOSE: Final = N_("')'")
_GO_ON: Final = N_("'and', 'or', a comparison or the end")


def parsed(text: str) -> Node:
    """The tree of an expression. Raises `SyntaxFaultError`."""
    if len(text) > MAX_LENGTH:
        raise SyntaxFaultError(
            finding(
                "IMF-E101",
                "an expression has at most {limit} characters",
                MAX_LENGTH + 1,
                limit=MAX_LENGTH,
            )
        )
    return _Parser(tokens(text)).whole()


class _Parser:
    """One walk over the tokens."""

    def __init__(self, pieces: list[Token]) -> None:
        self._pieces = pieces
        self._at = 0
        self._depth = 0

    def whole(self) -> Node:
        if self._is_end():
            raise SyntaxFaultError(finding("IMF-E100", "the expression is empty", 1))
        tree = self._expression(0)
        if not self._is_end():
            raise self._expected(_GO_ON)
        return tree

    def _is_end(self) -> bool:
        return self._next.kind == "end"

    @property
    def _next(self) -> Token:
        return self._pieces[self._at]

    def _take(self) -> Token:
        piece = self._next
        self._at += 1
        return piece

    def _is(self, sign: str) -> bool:
        return self._next.kind == "sign" and self._next.text == sign

    def _take_sign(self, sign: str, expected: str) -> Token:
        if not self._is(sign):
            raise self._expected(expected)
        return self._take()

    def _expected(self, what: str) -> SyntaxFaultError:
        piece = self._next
        if piece.kind == "end":
            return SyntaxFaultError(
                finding(
                    "IMF-E100",
                    "the expression is not finished: {expected} is missing",
                    piece.column,
                    expected=what,
                )
            )
        return SyntaxFaultError(
            finding(
                "IMF-E100",
                "{expected} is expected here, not {found}",
                piece.column,
                expected=what,
                found=f"'{piece.text}'"[:60],
            )
        )

    # --- operators ----------------------------------------------------------------------------

    def _operator(self) -> str:
        """The operator that comes next; empty when something else does."""
        piece = self._next
        if piece.kind not in ("sign", "word"):
            return ""
        if piece.text == "not":
            behind = self._pieces[self._at + 1]
            return "not in" if behind.kind == "word" and behind.text == "in" else ""
        return piece.text if piece.text in _POWERS else ""

    def _take_operator(self, operator: str) -> Token:
        piece = self._take()
        if operator == "not in":
            self._take()
        return piece

    def _expression(self, power: int) -> Node:
        """What stands before the next operator that binds looser than `power`."""
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise SyntaxFaultError(
                finding(
                    "IMF-E101",
                    "nested deeper than {limit} levels",
                    self._next.column,
                    limit=MAX_DEPTH,
                )
            )
        left = self._first(power)
        while (operator := self._operator()) and _POWERS[operator] > power:
            match _POWERS[operator]:
                case 1 | 2:
                    left = self._junction(left, operator)
                case 4:
                    left = self._comparison(left, operator)
                case _:
                    left = self._chain(left, _POWERS[operator])
        self._depth -= 1
        return left

    def _junction(self, first: Node, word: str) -> Node:
        parts, column = [first], self._next.column
        while self._operator() == word:
            self._take()
            parts.append(self._expression(_POWERS[word]))
        return Junction("and" if word == "and" else "or", tuple(parts), column)

    def _chain(self, first: Node, power: int) -> Node:
        rest, column = [], self._next.column
        while (operator := self._operator()) and _POWERS[operator] == power:
            self._take()
            rest.append((operator, self._expression(power)))
        return Chain(first, tuple(rest), column)

    def _comparison(self, left: Node, operator: str) -> Node:
        column = self._take_operator(operator).column
        right = self._list() if operator in ("in", "not in") else self._expression(_COMPARE)
        another = _POWERS.get(self._operator(), 0)
        if another > _COMPARE:  # only a list can be followed by one that binds tighter
            raise self._expected(_GO_ON)
        if another == _COMPARE:
            raise SyntaxFaultError(
                finding(
                    "IMF-E103",
                    "comparisons cannot be chained: join two of them by 'and'",
                    self._next.column,
                )
            )
        return Comparison(left, cast(Operator, operator), right, column)

    def _list(self) -> Choices:
        """What stands behind `in`: values in square brackets, nothing to be worked out."""
        expected = N_("a list such as ['yes', 'no']")
        column = self._take_sign("[", expected).column
        items = [self._listed()]
        while self._is(","):
            self._take()
            items.append(self._listed())
        self._take_sign("]", N_("',' or ']'"))
        return Choices(tuple(items), column)

    def _listed(self) -> Number | Quoted:
        minus = self._take().column if self._is("-") else None
        if self._next.kind == "number":
            return _number(self._take(), minus)
        if self._next.kind == "text" and minus is None:
            piece = self._take()
            return Quoted(piece.text, piece.column)
        raise self._expected(N_("a number or a text in quotes"))

    # --- what stands first --------------------------------------------------------------------

    def _first(self, power: int) -> Node:
        piece = self._next
        match piece.kind:
            case "number":
                return _number(self._take(), None)
            case "text":
                self._take()
                return Quoted(piece.text, piece.column)
            case "word":
                return self._word(power)
            case "sign" if piece.text == "-":
                self._take()
                return _negative(self._expression(_TIMES), piece.column)
            case "sign" if piece.text == "(":
                self._take()
                inside = self._expression(0)
                self._take_sign(")", _CLOSE)
                return inside
        raise self._expected(_VALUE)

    def _word(self, power: int) -> Node:
        piece = self._next
        if piece.text == "not" and power <= _NOT:
            self._take()
            return Not(self._expression(_NOT), piece.column)
        if piece.text in ("and", "or", "not", "in", "has"):
            raise self._expected(_VALUE)
        self._take()
        match piece.text:
            case "true" | "false":
                return Truth(piece.text == "true", piece.column)
            case "this":
                return This(piece.column)
            case "today":
                if self._is("("):
                    self._take()
                    self._take_sign(")", _CLOSE)
                return Today(piece.column)
        if self._is("("):
            return self._call(piece)
        return self._field(piece) if self._is(".") else Ref(piece.text, piece.column)

    def _field(self, repeat: Token) -> Field:
        self._take()
        name = self._next
        if name.kind != "word" or name.text in KEYWORDS:
            raise self._expected(N_("the id of a field"))
        self._take()
        if self._is(".") or self._is("("):
            raise self._expected(_GO_ON)
        return Field(repeat.text, name.text, repeat.column, name.column)

    # --- functions ----------------------------------------------------------------------------

    def _call(self, name: Token) -> Node:
        function = FUNCTIONS.get(name.text)
        if function is None:
            raise _unknown_function(name)
        self._take()
        args: list[Node] = []
        if not self._is(")"):
            args.append(self._expression(0))
            while self._is(","):
                self._take()
                args.append(self._expression(0))
        self._take_sign(")", N_("',' or ')'") if args else _CLOSE)
        _count_fits(name, function, len(args))
        for index, arg in enumerate(args):
            _shape_fits(name, function.shape(index), arg)
        return Call(name.text, tuple(args), name.column)


def _number(piece: Token, minus: int | None) -> Number:
    exact = Fraction(piece.text)
    value = exact.numerator if exact.denominator == 1 else exact
    return Number(value, piece.column) if minus is None else Number(-value, minus)


def _negative(operand: Node, column: int) -> Node:
    return Number(-operand.value, column) if type(operand) is Number else Minus(operand, column)


def _unknown_function(name: Token) -> SyntaxFaultError:
    near = nearest(name.text, FUNCTIONS)
    if near is None:
        return SyntaxFaultError(
            finding(
                "IMF-E104",
                "there is no function '{name}'",
                name.column,
                name=name.text[:60],
            )
        )
    return SyntaxFaultError(
        finding(
            "IMF-E104",
            "there is no function '{name}': did you mean '{near}'?",
            name.column,
            name=name.text,
            near=near,
        )
    )


def _count_fits(name: Token, function: Function, found: int) -> None:
    if function.least <= found and (function.most is None or found <= function.most):
        return
    template = N_("{name}() takes {least} value(s) in its brackets, not {found}")
    if function.most is None:
        template = N_("{name}() takes {least} value(s) or more in its brackets, not {found}")
    elif function.most > function.least:
        template = N_("{name}() takes {least} to {most} values in its brackets, not {found}")
    raise SyntaxFaultError(
        finding(
            "IMF-E106",
            template,
            name.column,
            name=name.text,
            least=function.least,
            most=function.most,
            found=found,
        )
    )


def _shape_fits(name: Token, shape: Shape, arg: Node) -> None:
    match shape:
        case "value":
            fits = True
        case "name" | "names":
            fits = isinstance(arg, Ref | Field)
        case "repeat":
            fits = isinstance(arg, Ref)
        case "column":
            fits = isinstance(arg, Field)
        case "pattern":
            fits = isinstance(arg, Quoted)
        case "digits":
            fits = isinstance(arg, Number) and arg.value in range(MAX_DECIMALS + 1)
    if not fits:
        raise SyntaxFaultError(
            finding(
                "IMF-E107" if shape == "pattern" else "IMF-E106",
                "{name}() takes {wanted} here",
                start(arg),
                name=name.text,
                wanted=SHAPES[shape],
            )
        )
    if shape == "pattern" and isinstance(arg, Quoted):
        wrong = pattern_fault(arg.value)
        if wrong is not None:
            at, reason = wrong
            raise SyntaxFaultError(
                finding("IMF-E107", "the pattern: {reason}", arg.column + 1 + at, reason=reason)
            )
