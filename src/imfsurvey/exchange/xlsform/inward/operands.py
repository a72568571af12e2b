"""What is compared in expressions of an XLSForm: answers, numbers, codes and functions of them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from imfsurvey.exchange.xlsform.expressions import ADD, FUNCTION, MULTIPLY, SIGN, Piece
from imfsurvey.exchange.xlsform.inward.names import Target, Targets
from imfsurvey.exchange.xlsform.xpath import (
    Binary,
    Call,
    Column,
    Minus,
    Node,
    Number,
    Ref,
    This,
    UntranslatableError,
    Word,
)
from imfsurvey.i18n.catalogue import N_

OURS: Final[Mapping[str, str]] = {"=": "==", "div": "/"}

_STRENGTH: Final = {"+": ADD, "-": ADD, "*": MULTIPLY, "div": MULTIPLY}
_LOGIC = N_("a condition stands where a value is needed")
_NO_CHOICE = N_("'{code}' is no choice of '{name}'")


@dataclass
class Values(ABC):
    """What a translation into our grammar knows of values; comparisons are added to it."""

    targets: Targets
    this: Target | None = None
    strict: bool = False
    known: set[str] = field(default_factory=set)
    """Names that another condition, joined by `and`, demands an answer of."""

    @abstractmethod
    def strictly(self, node: Node) -> Piece:
        """A condition that is never unknown."""

    # --- values

    def value(self, node: Node, *, compared: bool = False) -> Piece:
        """What gives a number, a date or, where it is compared, a code or a text."""
        if isinstance(node, Number):
            return Piece(_number(node.text))
        if isinstance(node, Minus):
            return Piece(f"-{self.value(node.inner).within(SIGN)}", SIGN)
        if isinstance(node, Binary) and node.operator in _STRENGTH:
            strength = _STRENGTH[node.operator]
            left = self.value(node.left).within(strength)
            right = self.value(node.right).within(strength + 1)
            return Piece(f"{left} {OURS.get(node.operator, node.operator)} {right}", strength)
        if isinstance(node, Call):
            return self._function(node)
        if isinstance(node, Ref | This):
            target = self.target(node)
            if target.kind in ("number", "number_computed") or compared:
                return Piece(target.name)
            raise UntranslatableError(N_("'{name}' is no number"), name=target.name)
        if isinstance(node, Column):
            raise UntranslatableError(N_("there is no column '{name}'"), name=node.name)
        raise UntranslatableError(_LOGIC if isinstance(node, Binary) else N_("a text is no number"))

    def _function(self, node: Call) -> Piece:
        name, args = node.name, node.args
        if name == "today" and not args:
            return Piece("today")
        if name == "date" and len(args) == 1 and isinstance(args[0], Word):
            return Piece(quoted(args[0].text))
        if name == "if" and len(args) == 3:
            yes, no = self.value(args[1]).text, self.value(args[2]).text
            return Piece(f"if_else({self.strictly(args[0]).text}, {yes}, {no})")
        if name == "coalesce" and len(args) == 2 and is_ref(args[0]):
            first, second = self.value(args[0]).text, self.value(args[1]).text
            return Piece(f"if_else(answered({first}), {first}, {second})")
        if name == "round" and len(args) == 2 and isinstance(args[1], Number):
            return Piece(f"round({self.value(args[0]).text}, {args[1].text})")
        if len(args) != 1:
            raise UntranslatableError(FUNCTION, name=f"{name}()")
        if name == "number":
            return self.value(args[0])
        if name in ("round", "abs"):
            return Piece(f"{name}({self.value(args[0]).text})")
        kinds = {
            **{"count-selected": ("len", "several"), "string-length": ("len", "text")},
            **{"count": ("count", "repeat"), "sum": ("sum", ""), "min": ("min", "")},
            **{"max": ("max", "")},
        }
        if name not in kinds or not is_ref(args[0]):
            raise UntranslatableError(FUNCTION, name=f"{name}()")
        ours, kind = kinds[name]
        target = self.target(args[0], counted=not kind)
        if (kind and target.kind != kind) or (not kind and not target.counted_only):
            raise UntranslatableError(FUNCTION, name=f"{name}()")
        return Piece(f"{ours}({target.name})")

    # --- names and codes

    def target(self, node: Node, *, counted: bool = False) -> Target:
        """What a name stands for; `counted` where all entries of a repeat are meant."""
        target = self._named(node)
        if target.counted_only and not counted:
            raise UntranslatableError(
                N_("'{name}' has an answer for each entry of its repeat"), name=target.name
            )
        return target

    def _named(self, node: Node) -> Target:
        if isinstance(node, This):
            if self.this is None:
                raise UntranslatableError(N_("'.' is understood in a constraint only"))
            return self.this
        if isinstance(node, Ref) and (target := self.targets.get(node.name)) is not None:
            return target
        name = node.name if isinstance(node, Ref | Column) else "?"
        raise UntranslatableError(
            N_("'{name}' is no question that is taken over and asked before"), name=name
        )

    def is_this(self, target: Target) -> bool:
        """Whether it is the answer that is being checked."""
        return self.this is not None and target is self.this

    def literal(self, target: Target, node: Word | Number) -> str:
        """A fixed value as it is compared with an answer of this kind."""
        if target.has_codes:
            if node.text not in target.codes:
                raise UntranslatableError(_NO_CHOICE, code=node.text, name=target.name)
            code = target.codes[node.text]
            return str(code) if isinstance(code, int) else quoted(code)
        if target.kind in ("number", "number_computed"):
            return _number(node.text)
        if target.kind in ("text", "date"):
            return quoted(node.text)
        raise UntranslatableError(_LOGIC)


def is_ref(node: Node) -> bool:
    """Whether it is an answer."""
    return isinstance(node, Ref | This)


def quoted(text: str) -> str:
    """A text as our grammar writes it."""
    if "'" in text:
        raise UntranslatableError(N_("a text with a quote in it"))
    return f"'{text}'"


def _number(text: str) -> str:
    """A number as our grammar writes it."""
    plain = text.strip()
    digits = plain.removeprefix("-")
    if not digits.replace(".", "", 1).isdigit() or not digits.isascii():
        raise UntranslatableError(N_("'{text}' is no number"), text=text)
    if digits.startswith("."):
        digits = f"0{digits}"
    return f"-{digits}" if plain.startswith("-") else digits.removesuffix(".")
