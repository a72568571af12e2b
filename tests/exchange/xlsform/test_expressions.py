"""Expressions there and here mean the same, for every pair of blank, don't know and a value."""

from __future__ import annotations

import datetime
import itertools
import math
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imfsurvey.exchange.xlsform.inward import expressions as inward
from imfsurvey.exchange.xlsform.inward.names import Target
from imfsurvey.exchange.xlsform.outward import expressions as outward
from imfsurvey.exchange.xlsform.outward.names import There
from imfsurvey.exchange.xlsform.xpath import (
    Binary,
    Call,
    Node,
    Number,
    Ref,
    This,
    UntranslatableError,
    Word,
    parsed,
)
from imfsurvey.questionnaire.expressions import Expression
from imfsurvey.questionnaire.expressions.evaluate import Known, Status, evaluated

ANSWERS = ("", "dk", "1", "2")
CODES: Mapping[str, int | str] = {"1": 1, "2": 2}
TARGETS = {
    "a": Target("a", "code", CODES, {"dk": "dk"}),
    "b": Target("b", "code", CODES, {"dk": "dk"}),
    "n": Target("n", "number"),
    "m": Target("m", "several", CODES),
    "t": Target("t", "text"),
    "d": Target("d", "date"),
}
NAMES = {
    name: There(f"${{{name}}}", "code", {1: "1", 2: "2"}, {"dk": "dk"}) for name in ("a", "b")
} | {"n": There("${n}", "number"), "m": There("${m}", "several", {1: "1", 2: "2"})}


# --- what a program for XLSForms makes of an expression: XPath 1.0 on texts, blank is ''


def number(value: object) -> float:
    """XPath's number()."""
    if isinstance(value, bool | float):
        return float(value)
    try:
        return float(str(value))
    except ValueError:
        return math.nan


def there(node: Node, answers: Mapping[str, str]) -> object:
    """The value of an expression there."""
    match node:
        case Number(text=text):
            return float(text)
        case Word(text=text):
            return text
        case Ref(name=name):
            return answers[name]
        case This():
            return answers["."]
        case Binary(operator="and", left=left, right=right):
            return truth(there(left, answers)) and truth(there(right, answers))
        case Binary(operator="or", left=left, right=right):
            return truth(there(left, answers)) or truth(there(right, answers))
        case Binary(operator=operator, left=left, right=right):
            return compared(operator, there(left, answers), there(right, answers))
        case Call(name=name, args=args):
            return called(name, [there(arg, answers) for arg in args])
    raise AssertionError(node)


def truth(value: object) -> bool:
    """XPath's boolean()."""
    return value != "" if isinstance(value, str) else bool(value)


def compared(operator: str, left: object, right: object) -> object:
    """XPath's comparisons and arithmetic."""
    if operator in ("=", "!="):
        alike = (
            left == right
            if isinstance(left, str) and isinstance(right, str)
            else number(left) == number(right)
        )
        return alike == (operator == "=")
    first, second = number(left), number(right)
    return {
        "<": first < second,
        "<=": first <= second,
        ">": first > second,
        ">=": first >= second,
        "+": first + second,
        "-": first - second,
    }[operator]


def called(name: str, args: Sequence[object]) -> object:
    """The functions that the cases use."""
    if name in ("true", "false"):
        return name == "true"
    if name == "not":
        return not truth(args[0])
    if name == "selected":
        return str(args[1]) in str(args[0]).split()
    if name == "if":
        return args[1] if truth(args[0]) else args[2]
    return float(len(str(args[0]).split()))  # count-selected


class Here:
    """The same answers as our evaluator sees them."""

    today = datetime.date(2026, 3, 31)

    def __init__(self, answers: Mapping[str, str]) -> None:
        self.answers = answers

    @property
    def this(self) -> Known | None:
        """The answer that is being checked."""
        return self.value(".")

    def value(self, name: str) -> Known | None:
        """None when it is unknown."""
        text = self.answers[name]
        if text in ("", "dk"):
            return None
        return tuple(int(one) for one in text.split()) if name == "m" else int(text)

    def status(self, name: str) -> Status:
        """Of an answer."""
        words: dict[str, Status] = {"": "blank", "dk": "dk"}
        return words.get(self.answers[name], "answered")

    def column(self, repeat: str, field: str) -> Sequence[Known | None]:
        """There are no repeats."""
        return ()

    def entry_count(self, repeat: str) -> int:
        """There are no repeats."""
        return 0

    def entry_value(self, repeat: str, field: str) -> Known | None:
        """There are no repeats."""
        return None

    def entry_status(self, repeat: str, field: str) -> Status:
        """There are no repeats."""
        return "blank"

    def score(self, name: str) -> Known | None:
        """There are no scores."""
        return None


PAIRS = [
    {"a": a, "b": b, "n": b if b != "dk" else "", "m": {"dk": "1 2"}.get(a, a), ".": "1"}
    for a, b in itertools.product(ANSWERS, ANSWERS)
]

THERE = (
    "${a} = '1'",
    "${a} != '1'",
    "not(${a} = '1')",
    "not(${a} != '1')",
    "${a} <= 1",
    "not(${a} > 1)",
    "${a} = ''",
    "${a} != ''",
    "${a} = 'dk'",
    "${a} != 'dk'",
    "${a} = ${b}",
    "${a} != ${b}",
    "not(${a} = ${b})",
    "${a} != '1' and ${a} != ''",
    "${a} != '1' and ${b} != '2'",
    "${a} != '' and ${a} = ''",
    "${n} != '' and ${n} = ''",
    "${n} != '' and not(${n} < 2)",
    "${a} != '' and ${a} != 'dk' and ${a} != '1'",
    "${a} != '' and ${a} != 'dk' and ${a} = 'dk'",
    "${a} != '' and ${a} != 'dk' and ${a} = ${b}",
    "${a} != '' and ${a} != 'dk' and (${a} != '1' or ${b} = '1')",
    "${a} != 'dk' and ${a} != '1'",
    "not(${a} = '' or ${a} = 'dk' or ${a} = '1')",
    "${a} = '1' or ${b} != '2'",
    "not(${a} = '1' or ${b} = '2')",
    "not(${a} = '1' and not(${b} = '2'))",
    "${n} < 2",
    "not(${n} < 2)",
    "${n} != 1 and ${n} != ''",
    "${n} + 1 > 2",
    "not(${n} + 1 > 2)",
    "2 > ${n}",
    "selected(${a}, '1')",
    "not(selected(${a}, '1'))",
    "selected(${m}, '1')",
    "not(selected(${m}, '1'))",
    "count-selected(${m}) < 2",
    "count-selected(${m}) >= 1",
    "not(count-selected(${m}) > 1)",
    "${m} = '1'",
    "if(${a} = '1', ${b} = '1', ${b} != '1')",
    "true() and not(false())",
)

HERE = (
    "a == 1",
    "a != 1",
    "not a == 1",
    "not (a != 1)",
    "a <= 1",
    "not (a > 1)",
    "answered(a)",
    "not answered(a)",
    "is_dk(a)",
    "not is_dk(a) and a != 2",
    "not answered(a) or a != 1",
    "not answered(n) or n >= 2",
    "not answered(a) or a != 1 or b == 2",
    "a == 1 and b != 2",
    "not (a == 1 and b != 2)",
    "a == 1 or b != 2",
    "not (a == 1 or b != 2)",
    "a in [1, 2]",
    "a not in [2]",
    "a == b",
    "a != b",
    "n < 2",
    "not (n < 2)",
    "n + 1 > 2",
    "m has 1",
    "not (m has 1)",
    "len(m) >= 2",
    "len(m) < 2",
    "if_else(a == 1, b == 1, b == 2)",
    "is_refused(a)",
)


@pytest.mark.parametrize("xpath", THERE)
def test_a_condition_means_here_what_it_means_there(xpath: str) -> None:
    """True on the same answers; a strict one is never unknown."""
    node = parsed(xpath)
    tree = Expression(inward.condition(node, TARGETS)).tree
    strict = Expression(inward.check(node, TARGETS, Target("this", "number"))).tree
    for answers in PAIRS:
        meant = truth(there(node, answers))
        assert (evaluated(tree, Here(answers)) is True) == meant, answers
        assert evaluated(strict, Here(answers)) is meant, answers


@pytest.mark.parametrize("text", HERE)
def test_a_condition_means_there_what_it_means_here(text: str) -> None:
    """What must hold is true there when it is true here; a check also when it is unknown."""
    tree = Expression(text).tree
    condition = parsed(outward.condition(tree, NAMES))
    check = parsed(outward.check(tree, NAMES, There(".", "number")))
    for answers in PAIRS:
        meant = evaluated(tree, Here(answers))
        assert truth(there(condition, answers)) == (meant is True), answers
        assert truth(there(check, answers)) == (meant is not False), answers


@pytest.mark.parametrize("text", HERE)
def test_there_and_back_again(text: str) -> None:
    """A condition that went out and came in again is true of the same answers."""
    tree = Expression(text).tree
    again = Expression(inward.condition(parsed(outward.condition(tree, NAMES)), TARGETS)).tree
    for answers in PAIRS:
        before, after = (evaluated(one, Here(answers)) is True for one in (tree, again))
        assert before == after, answers


def composed(atoms: Sequence[str], negated: str) -> st.SearchStrategy[str]:
    """Conditions put together from others."""
    return st.recursive(
        st.sampled_from(atoms),
        lambda inner: st.one_of(
            inner.map(negated.format),
            st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(
                lambda parts: f"({parts[0]}) {parts[1]} ({parts[2]})"
            ),
        ),
        max_leaves=5,
    )


@settings(max_examples=150)
@given(xpath=composed(THERE, "not({})"))
def test_whatever_is_put_together_there(xpath: str) -> None:
    """The same of conditions that nobody thought of."""
    test_a_condition_means_here_what_it_means_there(xpath)


@settings(max_examples=150)
@given(text=composed(HERE, "not ({})"))
def test_whatever_is_put_together_here(text: str) -> None:
    """And on the way out, and back again."""
    test_a_condition_means_there_what_it_means_here(text)
    test_there_and_back_again(text)


@pytest.mark.parametrize(
    ("xpath", "ours"),
    [
        ("${a} != '1'", "not answered(a) or a != 1"),
        ("${t} = ''", "not answered(t)"),
        ("${t} != ''", "answered(t)"),
        ("${t} != 'x' and ${t} != ''", "t != 'x'"),
        ("${d} <= today()", "d <= today"),
        ("selected(${m}, '2')", "m has 2"),
        ("${n} div 2 > 1.5", "n / 2 > 1.5"),
        ("regex(${t}, '[a-z]+')", "matches(t, '[a-z]+')"),
    ],
)
def test_the_wording(xpath: str, ours: str) -> None:
    """As a person would write it."""
    assert inward.condition(parsed(xpath), TARGETS) == ours


@pytest.mark.parametrize(
    "xpath",
    [
        *("../a = 1", "once(${a}) = 1", "${unknown} = 1", "pulldata('a', 'b')", "${a} = '9'"),
        *(
            "${a}",
            "a[1]",
            "${n} mod 2 = 1",
            "(" * 60 + "1" + ")" * 60,
            "",
            "${a} =",
            "'",
            "x" * 5000,
        ),
        *("regex(${t}, '(a+)+')", '${t} = "it\'s"', "-" * 3000 + "1 = 1", "1", "#"),
    ],
)
def test_what_has_no_counterpart_is_refused_in_words(xpath: str) -> None:
    """By the one error that the report lists, never by another."""
    targets = {name: one for name, one in TARGETS.items() if name != "a"} | (
        {"a": TARGETS["a"]} if xpath != "${a}" else {}
    )
    with pytest.raises(UntranslatableError):
        inward.condition(parsed(xpath), targets)
