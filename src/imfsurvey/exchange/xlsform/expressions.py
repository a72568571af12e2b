"""What both translators of expressions need: pieces with brackets, and what is logic here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from imfsurvey.i18n.catalogue import N_
from imfsurvey.questionnaire.expressions.functions import NON_ANSWER_OF
from imfsurvey.questionnaire.expressions.tree import Call, Comparison, Junction, Node, Not, Truth

OR, AND, NOT, COMPARE, ADD, MULTIPLY, SIGN, ATOM = range(8)
"""How strongly what a text is made of binds."""

FUNCTION: Final = N_("the function '{name}' has no counterpart")

_LOGIC: Final = ("answered", "matches", "shown", *NON_ANSWER_OF)


@dataclass(frozen=True)
class Piece:
    """A part of an expression and how strongly it binds."""

    text: str
    strength: int = ATOM

    def within(self, strength: int) -> str:
        """In brackets where it binds less strongly."""
        return self.text if self.strength >= strength else f"({self.text})"


def joined(
    word: str, strength: int, parts: Sequence[Piece], decides: Piece, nothing: Piece
) -> Piece:
    """Parts joined by a word; `decides` settles the whole, `nothing` adds nothing to it."""
    if decides in parts:
        return decides
    rest = list(dict.fromkeys(part for part in parts if part != nothing))
    if not rest:
        return nothing
    if len(rest) == 1:
        return rest[0]
    return Piece(f" {word} ".join(part.within(strength) for part in rest), strength)


def is_logic(tree: Node) -> bool:
    """Whether an expression is true or false, and no number."""
    if isinstance(tree, Call) and tree.name == "if_else":
        return is_logic(tree.args[1])
    if isinstance(tree, Call):
        return tree.name in _LOGIC
    return isinstance(tree, Comparison | Junction | Not | Truth)
