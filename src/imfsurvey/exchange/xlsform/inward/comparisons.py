"""Comparisons in expressions of an XLSForm, each with what it says there of an empty answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from imfsurvey.exchange.xlsform.expressions import ADD, AND, COMPARE, NOT, OR, Piece, joined
from imfsurvey.exchange.xlsform.inward.names import Target
from imfsurvey.exchange.xlsform.inward.operands import OURS, Values, is_ref, quoted
from imfsurvey.exchange.xlsform.xpath import (
    Binary,
    Call,
    Minus,
    Node,
    Number,
    UntranslatableError,
    Word,
)
from imfsurvey.i18n.catalogue import N_

_TURNED: Final[Mapping[str, str]] = {
    **{"=": "=", "!=": "!=", "<": ">", ">": "<", "<=": ">=", ">=": "<="},
}
_ZERO_WHEN_BLANK: Final = ("count-selected", "string-length")
_MEETS: Final[Mapping[str, Callable[[float, float], bool]]] = {
    "=": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}

TRUE: Final = Piece("true")
FALSE: Final = Piece("false")


class Comparisons(Values):
    """What a translation into our grammar knows of comparisons."""

    # --- whether there is an answer

    def answered(self, target: Target, wanted: bool) -> Piece:
        """`${a} != ''`: an answer, or a non-answer that is a choice there."""
        if self.is_this(target):
            return TRUE if wanted else FALSE
        word = "shown" if target.kind == "repeat" else "answered"
        parts = [Piece(f"{word}({target.name})")]
        parts += [Piece(f"is_{status}({target.name})") for status in target.non_answers.values()]
        if wanted:
            return joined("or", OR, parts, TRUE, FALSE)
        return self.all_of(*(Piece(f"not {part.text}", NOT) for part in parts))

    def status(self, target: Target, name: str, wanted: bool) -> Piece:
        """The choice that stands for a non-answer, or any other."""
        asked = Piece(f"is_{target.non_answers[name]}({target.name})")
        return asked if wanted else Piece(f"not {asked.text}", NOT)

    # --- comparisons

    def compared(self, operator: str, node: Binary, wanted: bool) -> Piece:
        """`operator` is already turned into its opposite when the comparison is to be false."""
        left, right = node.left, node.right
        if isinstance(left, Word | Number) and not isinstance(right, Word | Number):
            left, right, operator = right, left, _TURNED[operator]
        if isinstance(left, Word | Number) and isinstance(right, Word | Number):
            return TRUE if _fixed(operator, left, right) else FALSE
        if right == Word("") and operator in ("=", "!=") and is_ref(left):
            return self.answered(self.target(left), operator == "!=")
        if is_ref(left) and isinstance(right, Word | Number):
            target = self.target(left)
            if right.text in target.non_answers and operator in ("=", "!="):
                return self.status(target, right.text, operator == "=")
            if target.kind == "several":
                return self._only(target, right, operator)
            if target.kind == "truth_computed" and right.text in ("0", "1"):
                true = (right.text == "1") == (operator == "=")
                return Piece(target.name) if true else Piece(f"not {target.name}", NOT)
        plain = self._plain(operator, left, right)
        names = [self.target(one) for one in refs_in((left, right))]
        if isinstance(left, Call) and left.name in _ZERO_WHEN_BLANK and isinstance(right, Number):
            blank = _MEETS[operator](0, float(right.text))
            return (self.unless if blank else self.demanding)(names, plain)
        if operator in ("=", "!=") and is_ref(left) and is_ref(right):
            return self._two(operator, names, plain)
        # Of a blank, `=` and `<` are false there and `!=` is true; turned round they are not.
        true_of_blank = (node.operator == "!=") == wanted
        return (self.unless if true_of_blank else self.demanding)(names, plain)

    def _plain(self, operator: str, left: Node, right: Node) -> Piece:
        """As it is written, for answers that are there."""
        target = self.target(left) if is_ref(left) else None
        other = self.target(right) if is_ref(right) else None
        first = self._side(left, other)
        second = self._side(right, target)
        written = OURS.get(operator, operator)
        return Piece(f"{first.within(ADD)} {written} {second.within(ADD)}", COMPARE)

    def _side(self, node: Node, other: Target | None) -> Piece:
        if other is not None and isinstance(node, Word | Number):
            return Piece(self.literal(other, node))
        if other is not None and isinstance(node, Minus) and isinstance(node.inner, Number):
            return Piece(self.literal(other, Number(f"-{node.inner.text}")))
        if isinstance(node, Word):
            return Piece(quoted(node.text))
        return self.value(node, compared=True)

    def _two(self, operator: str, names: list[Target], plain: Piece) -> Piece:
        """Two answers: both blank are equal there."""
        some = [target for target in names if not self.is_this(target)]
        if len(some) < 2 or {target.name for target in some} <= self.known:
            return (self.unless if operator == "!=" else self.demanding)(some, plain)
        plain = self.demanding(names, plain)
        pairs = [_asked(some, "answered")]
        statuses = {one for target in some for one in target.non_answers.values()}
        pairs += [_asked(some, f"is_{status}") for status in sorted(statuses)]
        if operator == "=":
            alike = [self._either(first, second, True) for first, second in pairs[1:]]
            neither = [_turned(one) for one in pairs[0]]
            return joined("or", OR, [plain, self.all_of(*neither, *alike)], TRUE, FALSE)
        unlike = [self._either(first, second, False) for first, second in pairs]
        return joined("or", OR, [plain, *unlike], TRUE, FALSE)

    def _either(self, first: Piece, second: Piece, alike: bool) -> Piece:
        """Whether two things that are true or false are alike, or are not."""
        other = second if alike else _turned(second)
        both = self.all_of(first, other)
        neither = self.all_of(_turned(first), _turned(other))
        return joined("or", OR, [both, neither], TRUE, FALSE)

    def _only(self, target: Target, right: Word | Number, operator: str) -> Piece:
        """Of several choices, this one and no other."""
        if operator not in ("=", "!="):
            raise UntranslatableError(N_("'{name}' has several answers"), name=target.name)
        code = self.literal(target, right)
        if operator == "=":
            both = Piece(f"{target.name} has {code} and len({target.name}) == 1", AND)
            return self.demanding([target], both)
        either = Piece(f"not ({target.name} has {code}) or len({target.name}) != 1", OR)
        return self.unless([target], either)

    def demanding(self, names: Iterable[Target], plain: Piece) -> Piece:
        """False of a blank. Unknown does as well, unless it has to be strict."""
        if not self.strict:
            return plain
        guards = [Piece(f"answered({name})") for name in self._open(names)]
        return self.all_of(*guards, plain)

    def unless(self, names: Iterable[Target], plain: Piece) -> Piece:
        """True of a blank."""
        guards = [Piece(f"not answered({name})", NOT) for name in self._open(names)]
        return joined("or", OR, [*guards, plain], TRUE, FALSE)

    def _open(self, names: Iterable[Target]) -> list[str]:
        """Those that may be without an answer where this stands."""
        open_ones = [
            target.name
            for target in names
            if not self.is_this(target) and target.name not in self.known
        ]
        return list(dict.fromkeys(open_ones))

    def all_of(self, *parts: Piece) -> Piece:
        """Parts that must all hold."""
        return joined("and", AND, list(parts), FALSE, TRUE)


def _asked(targets: Iterable[Target], function: str) -> tuple[Piece, Piece]:
    """The same question about two answers; false of one that has no such non-answer."""
    first, second = (
        Piece(f"{function}({target.name})")
        if function == "answered" or function.removeprefix("is_") in target.non_answers.values()
        else FALSE
        for target in targets
    )
    return first, second


def _turned(piece: Piece) -> Piece:
    """The opposite of a function that is true or false."""
    if piece in (TRUE, FALSE):
        return FALSE if piece == TRUE else TRUE
    if piece.strength == NOT:
        return Piece(piece.text.removeprefix("not "))
    return Piece(f"not {piece.text}", NOT)


def refs_in(nodes: Iterable[Node]) -> Iterable[Node]:
    """The answers that values cannot do without."""
    for node in nodes:
        if is_ref(node):
            yield node
        elif isinstance(node, Binary):
            yield from refs_in((node.left, node.right))
        elif isinstance(node, Minus):
            yield from refs_in((node.inner,))
        elif isinstance(node, Call) and node.name not in ("count", "sum", "min", "max"):
            yield from refs_in(node.args)


def _fixed(operator: str, left: Word | Number, right: Word | Number) -> bool:
    """Two fixed values, as a choice_filter gives them; `<` and the like compare numbers."""
    if operator in ("=", "!="):
        return (left.text == right.text) == (operator == "=")
    try:
        return _MEETS[operator](float(left.text), float(right.text))
    except ValueError:
        return False
