"""The grammar of expressions, and what tries to break it."""

from __future__ import annotations

import json
import random
import string

import pytest
from pydantic import ValidationError

from imfsurvey.questionnaire.expressions import Expression
from imfsurvey.questionnaire.expressions.findings import SyntaxFaultError
from imfsurvey.questionnaire.expressions.patterns import fits, pattern_fault
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
    start,
)
from imfsurvey.source.model import SourceModel

SYNTAX = {f"IMF-E10{digit}" for digit in range(9)}


def shape(node: Node) -> str:  # noqa: C901 - one line for each kind of node
    """A tree with all its brackets."""
    match node:
        case Number(value=value):
            return str(value)
        case Quoted(value=value):
            return f"'{value}'"
        case Truth(value=value):
            return str(value).lower()
        case This():
            return "this"
        case Today():
            return "today"
        case Choices(items=items):
            return f"[{', '.join(map(shape, items))}]"
        case Ref(name=name):
            return name
        case Field(repeat=repeat, name=name):
            return f"{repeat}.{name}"
        case Call(name=name, args=args):
            return f"{name}({', '.join(map(shape, args))})"
        case Not(operand=operand):
            return f"(not {shape(operand)})"
        case Minus(operand=operand):
            return f"(-{shape(operand)})"
        case Chain(first=first, rest=rest):
            return f"({shape(first)}{''.join(f' {sign} {shape(one)}' for sign, one in rest)})"
        case Comparison(left=left, operator=operator, right=right):
            return f"({shape(left)} {operator} {shape(right)})"
        case Junction(word=word, parts=parts):
            return f"({f' {word} '.join(map(shape, parts))})"


def fault_of(text: str) -> tuple[str, int] | None:
    """Code and column of what is wrong with the syntax of an expression."""
    try:
        Expression(text)
    except SyntaxFaultError as error:
        return error.finding.code, error.finding.column
    return None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a or b and c", "(a or (b and c))"),
        ("a and b or c and d", "((a and b) or (c and d))"),
        ("not a and b", "((not a) and b)"),
        ("not a == b", "(not (a == b))"),
        ("not not a", "(not (not a))"),
        ("(a or b) and c", "((a or b) and c)"),
        ("a + b * c - d", "(a + (b * c) - d)"),
        ("-a * b", "((-a) * b)"),
        ("a - -2", "(a - -2)"),
        ("a < b + 1", "(a < (b + 1))"),
        ("a not in ['x', -1]", "(a not in ['x', -1])"),
        ("what has 'x' and a in [1]", "((what has 'x') and (a in [1]))"),
        ("sum(x.y) / count(x) >= 2.5", "((sum(x.y) / count(x)) >= 5/2)"),
        ("today() == today", "(today == today)"),
        ("this != true", "(this != true)"),
        ("count == 1", "(count == 1)"),
        ("a\n  and\tb", "(a and b)"),
    ],
)
def test_grammar(text: str, expected: str) -> None:
    """What binds how, shown by brackets."""
    assert shape(Expression(text).tree) == expected


def test_every_node_knows_its_column() -> None:
    """Of a comparison that of its sign, of all others where they begin."""
    text = "answered(a) and not bc.d in [1, 'x'] or -e >= 2"
    found = {(type(one).__name__, one.column) for one in every_node(Expression(text).tree)}
    assert found == {
        *(("Junction", 38), ("Junction", 13), ("Call", 1), ("Ref", 10), ("Not", 17)),
        *(("Comparison", 26), ("Field", 21), ("Choices", 29), ("Comparison", 44)),
        *(("Minus", 41), ("Ref", 42), ("Number", 47)),
    }
    assert start(Expression(text).tree) == 1


def test_an_expression_is_a_value() -> None:
    """Equal by its text, not to be changed; a model dumps it as that text."""

    class Model(SourceModel):
        show_if: Expression | None = None

    model = Model.model_validate({"show_if": "a == 1"})
    assert model.show_if == Expression("a == 1") != Expression("a==1")
    assert len({Expression("a"), Expression("a")}) == 1
    assert json.loads(model.model_dump_json()) == {"show_if": "a == 1"}
    assert Model.model_validate(model.model_dump()) == model
    assert Model.model_json_schema()["properties"]["show_if"]["anyOf"][0]["type"] == "string"
    with pytest.raises(AttributeError):
        model.show_if.text = "b"  # type: ignore[misc, union-attr]
    for wrong in (1, True, ["a"], {}):
        with pytest.raises(ValidationError):
            Model.model_validate({"show_if": wrong})


ATTACKS = [
    "__import__('os').system('x')",
    "open('/etc/passwd')",
    "a.__class__.__mro__",
    "().__class__",
    "a.b.c",
    "a.b()",
    "[x for x in a]",
    "lambda: 1",
    "a if b else c",
    "a; b",
    "a := 1",
    "f'{a}'",
    "{{a}}",
    "${a}",
    "a[0]",
    "a ** 9 ** 9 ** 9",
    "9" * 900,
    "1e999",
    "0x10",
    "1_000",
    "(" * 10_000 + ")" * 10_000,
    "(" * 450 + ")" * 450,
    "[" * 500,
    "not " * 240,
    "-" * 900 + "1",
    "a in [" * 100,
    "answered(" * 100,
    "ａ == 1",
    "а == 1",
    "a ⩵ 1",
    "a == １",
    "a\u200b == 1",
    "a == 1\u00a0",
    "\u202ea == 1",
    "\x00",
    "matches(a, '(a+)+$')",
    "matches(a, '(a|a)*')",
    "matches(a, 'a*a*a*a*')",
    "matches(a, '" + "a?" * 30 + "a')",
    "matches(a, 'a{1,999}a{1,999}a{1,999}')",
    "matches(a, '(?=a)')",
    "matches(a, '[a--b]')",
    "matches(a, '\\1')",
    "matches(a, '[[:alpha:]]')",
    "matches(a, '[z-a]')",
    "matches(a, 'a{99999}')",
    "matches(a, 'a**')",
    "matches(a, '[')",
    "matches(a, '*')",
    "matches(a, 'x' + 'y')",
]


@pytest.mark.parametrize("text", ATTACKS, ids=range(len(ATTACKS)))
def test_attacks_are_faults_like_any_other(text: str) -> None:
    """A listed code at a column of the text; never anything else."""
    found = fault_of(text)
    assert found is not None
    assert found[0] in SYNTAX
    assert 1 <= found[1] <= len(text) + 1


def test_noise_gives_listed_faults_only() -> None:
    """Five thousand texts, of random signs and of random words of the language."""
    rng = random.Random(7)
    words = ["a", "b.c", "'x'", "1", "2.5", "(", ")", "[", "]", ",", "and", "or", "not", "in"]
    words += ["has", "==", "<", "+", "-", "*", "/", "true", "this", "today", "sum(", "len(", "'"]
    signs = string.printable + "éа“”≠"
    for _ in range(2500):
        noise = "".join(rng.choices(signs, k=rng.randrange(60)))
        sentence = " ".join(rng.choices(words, k=rng.randrange(20)))
        for text in (noise, sentence):
            found = fault_of(text)
            assert found is None or (found[0] in SYNTAX and 1 <= found[1] <= len(text) + 1), text


@pytest.mark.parametrize(
    ("pattern", "good", "bad"),
    [
        ("[0-9]{4}", "2026", "202"),
        ("^[a-z0-9._-]+@[a-z0-9.-]+\\.[a-z]{2,4}$", "a.b@c.be", "a.b@c"),
        ("\\d{2,}", "123", "1"),
        ("[^ ]+ ?.*", "ab c", " ab"),
        ("a\\.b", "a.b", "axb"),
        ("colou?r", "color", "colouur"),
        ("a*b*c?d?", "aabd", "ba"),
        ("c:\\\\$", "c:\\", "c:$"),
        ("5\\$", "5$", "5"),
    ],
)
def test_patterns_match_the_whole_text(pattern: str, good: str, bad: str) -> None:
    """Anchors may be written and change nothing."""
    assert pattern_fault(pattern) is None
    assert (fits(good, pattern), fits(bad, pattern)) == (True, False)


def test_as_much_may_be_repeated_as_can_be_tried_in_time() -> None:
    """Two without an upper limit and two that may be left out, or 21 of those: 2 to the 22nd is
    more than 4 times 1001 times 1001."""
    assert pattern_fault("a*b*c?d?") is None
    assert pattern_fault("a?" * 21) is None
    for pattern, at in (("a*b*c?d?e?", 9), ("a?" * 22, 43), ("a*b*c*", 5)):
        found = pattern_fault(pattern)
        assert found is not None
        assert (found[0], found[1].partition(":")[0]) == (at, "too much may be repeated")


def test_the_longest_expression() -> None:
    """A thousand characters; the next one is told at its column."""
    assert fault_of(f"'{'x' * 998}'") is None
    assert fault_of(f"'{'x' * 999}'") == ("IMF-E101", 1001)


def test_a_pattern_ends_with_long_texts() -> None:
    """The worst that is allowed, on the longest text that is matched; a longer one is unknown."""
    assert fits("a" * 1000, "[a-z]+[a-z]+!") is False
    assert fits("a" * 1001, "a+") is None
