"""Conditions in words: on paper nobody hides a question, so the sheet says whom it asks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Final

from imfsurvey.i18n import formats
from imfsurvey.i18n.catalogue import Translator
from imfsurvey.interview.dates import shown_date
from imfsurvey.interview.options import non_answer_options
from imfsurvey.interview.saying import UNKNOWN
from imfsurvey.interview.sheet import Sheet
from imfsurvey.questionnaire import DateItem, Item, MultiItem, RepeatItem
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
    Operator,
    Quoted,
    Ref,
    This,
    Today,
    Truth,
)

_OPPOSITE: Final[dict[Operator, Operator]] = {
    "==": "!=",
    "!=": "==",
    "<": ">=",
    ">=": "<",
    ">": "<=",
    "<=": ">",
    "in": "not in",
    "not in": "in",
}
_TURNED: Final[dict[Operator, Operator]] = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
"""What holds of two values when they change sides."""

_SIGNS: Final = {"+": "+", "-": "−", "*": "×", "/": "÷"}


@dataclass(frozen=True)
class Conditions:
    """The conditions of one sheet, in its language."""

    sheet: Sheet

    @property
    def t(self) -> Translator:
        """The words of the language."""
        return self.sheet.t

    def clause(self, node: Node, within: bool = False) -> str:
        """A condition as a clause behind "if". `within`: it is a part of another one."""
        match node:
            case Junction(word=word, parts=parts):
                said = self._joined([self.clause(part, within=True) for part in parts], word)
                return f"({said})" if within else said
            case Not(operand=operand):
                return self._denied(operand)
            case Comparison(left=left, operator=operator, right=right):
                return self._compared(left, operator, right)
            case Call(name="if_else", args=(first, then, other)):
                return self.t(
                    "({then}, if {condition}; else {other})",
                    condition=self.clause(first),
                    then=self.clause(then, within=True),
                    other=self.clause(other, within=True),
                )
            case Call(name="matches", args=(what, Quoted(value=pattern))):
                return self.t("{what} has the form {value}", what=self.value(what), value=pattern)
            case Call(name=name, args=args):
                return self._asked_of(name, self._number(args[0]))
            case Ref(name=name) if name in self._formulas:
                return self.clause(self._formulas[name], within)
            case Truth(value=value):
                return self.t("this is always so") if value else self.t("this is never so")
            case _:
                return self.t("{what} is {value}", what=self.value(node), value=self.t("yes"))

    def _joined(self, parts: Sequence[str], word: str) -> str:
        """All by "and" or all by "or"."""
        said = parts[0]
        for part in parts[1:]:
            if word == "and":
                said = self.t("{first} and {second}", first=said, second=part)
            else:
                said = self.t("{first} or {second}", first=said, second=part)
        return said

    def _asked_of(self, name: str, number: str) -> str:
        """The functions that ask what became of a question."""
        t = self.t
        if name == "answered":
            return t("question {n} is answered", n=number)
        if name == "shown":
            return t("question {n} is one that you are asked", n=number)
        (said,) = non_answer_options([NON_ANSWER_OF[name]], t)
        return t("“{choice}” is ticked at question {n}", choice=said.label, n=number)

    def _denied(self, node: Node) -> str:
        t = self.t
        match node:
            case Not(operand=operand):
                return self.clause(operand)
            case Comparison(left=left, operator="has", right=right):
                return t(
                    "“{choice}” is not ticked at question {n}",
                    choice=self._label(left, right),
                    n=self._number(left),
                )
            case Comparison(left=left, operator=operator, right=right):
                return self._compared(left, _OPPOSITE[operator], right)
            case Call(name="answered", args=(what,)):
                return t("question {n} is not answered", n=self._number(what))
            case _:
                return t("it is not so that {condition}", condition=self.clause(node, within=True))

    def _compared(self, left: Node, operator: Operator, right: Node) -> str:
        t = self.t
        if operator == "has":
            return t(
                "“{choice}” is ticked at question {n}",
                choice=self._label(left, right),
                n=self._number(left),
            )
        if isinstance(left, Number | Quoted | Today) and not isinstance(right, Choices):
            left, right, operator = right, left, _TURNED.get(operator, operator)
        said = {"what": self.value(left), "value": self._beside(left, right)}
        says: dict[Operator, Callable[[], str]] = {
            "==": lambda: t("{what} is {value}", **said),
            "in": lambda: t("{what} is {value}", **said),
            "!=": lambda: t("{what} is not {value}", **said),
            "not in": lambda: t("{what} is not {value}", **said),
            "<": lambda: t("{what} is less than {value}", **said),
            "<=": lambda: t("{what} is at most {value}", **said),
            ">": lambda: t("{what} is more than {value}", **said),
            ">=": lambda: t("{what} is at least {value}", **said),
        }
        return says[operator]()

    # --- values -------------------------------------------------------------------------------

    def value(self, node: Node) -> str:
        """A value as a noun with all that belongs to it."""
        t = self.t
        match node:
            case Ref(name=name) if name in self._formulas:
                return self.value(self._formulas[name])
            case Ref() | Field():
                return t("the answer to question {n}", n=self._number(node))
            case Number(value=number):
                return self._figure(number)
            case Quoted(value=text):
                return t("“{text}”", text=text)
            case Truth(value=truth):
                return t("yes") if truth else t("no")
            case This():
                return t("this answer")
            case Today():
                return t("today")
            case Minus(operand=operand):
                return f"−{self.value(operand)}"
            case Chain(first=first, rest=rest):
                worked = "".join(f" {_SIGNS[sign]} {self.value(one)}" for sign, one in rest)
                return f"({self.value(first)}{worked})"
            case Choices(items=items):
                return self._joined([self.value(one) for one in items], "or")
            case Call(name=name, args=args):
                return self._worked_out(name, args)
            case _:
                return f"({self.clause(node)})"

    def _worked_out(self, name: str, args: tuple[Node, ...]) -> str:
        """What a function gives."""
        t = self.t
        if name in ("round", "abs", "len", "years_since"):
            return self._of_a_value(name, args[0])
        if name == "if_else":
            return t(
                "({then}, if {condition}; else {other})",
                condition=self.clause(args[0]),
                then=self.value(args[1]),
                other=self.value(args[2]),
            )
        numbers = formats.joined([self._number(one) for one in args], t.language)
        says: dict[str, Callable[[], str]] = {
            "count": lambda: t("the number of entries at question {n}", n=numbers),
            "sum": lambda: t("the sum of the answers to question {n}", n=numbers),
            "mean": lambda: t("the mean of the answers to question {n}", n=numbers),
            "min": lambda: t("the lowest of the answers to question {n}", n=numbers),
            "max": lambda: t("the highest of the answers to question {n}", n=numbers),
            "count_answered": lambda: t("the number of answers to question {n}", n=numbers),
            "score": lambda: t("the score (0 to 100) of question {n}", n=numbers),
            "level": lambda: t("the level at question {n}", n=numbers),
        }
        return says[name]() if name in says else f"({self.clause(Call(name, args, 0))})"

    def _of_a_value(self, name: str, node: Node) -> str:
        t, what = self.t, self.value(node)
        if name == "round":
            return t("{what}, rounded", what=what)
        if name == "abs":
            return t("{what} without its sign", what=what)
        if name == "years_since":
            return t("the number of years since {what}", what=what)
        if isinstance(self._item(node), MultiItem):
            return t("the number of ticks at question {n}", n=self._number(node))
        return t("the length of {what}", what=what)

    def _figure(self, number: int | Fraction) -> str:
        decimals = 0
        while decimals < 6 and (number * 10**decimals) % 1:
            decimals += 1
        return formats.number(float(number), self.t.language, decimals)

    # --- codes beside the question that offers them ---------------------------------------------

    def _beside(self, left: Node, right: Node) -> str:
        """A value in the words of the question that it is compared with."""
        if isinstance(right, Choices):
            return self._joined([self._beside(left, one) for one in right.items], "or")
        item = self._item(left)
        if isinstance(item, DateItem) and isinstance(right, Quoted):
            return shown_date(right.value)
        if item is None or not isinstance(right, Number | Quoted):
            return self.value(right)
        label = self._known(item, right.value)
        if label is None:
            return self.value(right)
        if isinstance(right, Number):
            return self.t("{code} (“{label}”)", code=self.value(right), label=label)
        return self.t("“{text}”", text=label)

    def _label(self, left: Node, right: Node) -> str:
        item = self._item(left)
        code = right.value if isinstance(right, Number | Quoted) else ""
        return (self._known(item, code) if item is not None else None) or str(code)

    def _known(self, item: Item, code: object) -> str | None:
        """What the answer of a code is called."""
        for box in self.sheet.boxes(item):
            if box.option.status == "answered" and box.option.value == code:
                return box.option.label
        return None

    # --- what a name means ----------------------------------------------------------------------

    @cached_property
    def _formulas(self) -> dict[str, Node]:
        formulas = self.sheet.questionnaire.formulas
        return {name: expression.tree for name, expression in formulas.items()}

    def _number(self, node: Node) -> str:
        """The number of the question that a name stands for."""
        match node:
            case Ref(name=name):
                return self.sheet.numbers.get(name, UNKNOWN)
            case Field(repeat=repeat, name=name):
                return self.sheet.numbers.get(f"{repeat}.{name}", UNKNOWN)
            case _:
                return UNKNOWN

    def _item(self, node: Node) -> Item | None:
        items = self.sheet.questionnaire.items
        match node:
            case Ref(name=name):
                return items.get(name)
            case Call(name="level", args=(Ref(name=name),)):
                return items.get(name)
            case Field(repeat=repeat, name=name):
                whole = items.get(repeat)
                fields = whole.items if isinstance(whole, RepeatItem) else ()
                return next((one for one in fields if one.id == name), None)
            case _:
                return None
