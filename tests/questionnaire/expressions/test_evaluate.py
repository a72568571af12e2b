"""What expressions mean: tables written by hand, and references of another kind."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imfsurvey.questionnaire.expressions.evaluate import Known

from .scopes import Given, value_of

T, F, U = "true", "false", "1 / 0 == 1"
"""True, false and unknown, as expressions."""

AND = {
    (T, T): True,
    (T, F): False,
    (T, U): None,
    (F, T): False,
    (F, F): False,
    (F, U): False,
    (U, T): None,
    (U, F): False,
    (U, U): None,
}
OR = {
    (T, T): True,
    (T, F): True,
    (T, U): True,
    (F, T): True,
    (F, F): False,
    (F, U): None,
    (U, T): True,
    (U, F): None,
    (U, U): None,
}


@pytest.mark.parametrize("pair", AND)
def test_and_and_or_follow_kleene(pair: tuple[str, str]) -> None:
    """Unknown unless the other side decides alone."""
    left, right = pair
    assert value_of(f"{left} and {right}") is AND[pair]
    assert value_of(f"{left} or {right}") is OR[pair]


@pytest.mark.parametrize(("operand", "result"), [(T, False), (F, True), (U, None)])
def test_not_follows_kleene(operand: str, result: bool | None) -> None:
    """Not unknown is unknown."""
    assert value_of(f"not ({operand})") is result


@pytest.mark.parametrize("operator", ["==", "!=", "<", "<=", ">", ">="])
def test_a_comparison_with_an_unknown_is_unknown(operator: str) -> None:
    """Whichever side it stands on: `!= 'x'` is not true of what was not answered."""
    known = Given({"a": 1})
    assert value_of(f"b {operator} a", known) is None
    assert value_of(f"a {operator} b", known) is None
    assert value_of(f"b {operator} b", known) is None
    assert value_of(f"b {operator} 'x'", known) is None


@pytest.mark.parametrize("text", ["b in [1]", "b not in [1]", "b has 'x'", "c has b"])
def test_lists_and_ticks_of_an_unknown_are_unknown(text: str) -> None:
    """As other comparisons."""
    assert value_of(text, Given({"c": ("x",)})) is None


ANSWERS = Given(
    {
        "seen": "yes",
        "trust": 4,
        "hours": 7.25,
        "what": ("gifts", "data"),
        "since": "2024-02",
        "day": "2024-05-20",
        "motto": "Droit au but",
    },
    {"asked": "dk", "hidden": "not_shown", "no": "refused", "not_us": "na"},
    {"actors": [{"role": "a", "days": 3}, {"role": "b"}, {"days": 4}]},
    {"days": 2},
    {"trust": 75},
    this=12,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("seen == 'yes'", True),
        ("seen != 'yes'", False),
        ("seen in ['no', 'yes']", True),
        ("seen not in ['no', 'yes']", False),
        ("trust >= 4 and trust < 5", True),
        ("what has 'gifts'", True),
        ("what has 'other'", False),
        ("len(what)", 2),
        ("len(motto)", 12),
        ("0.1 + 0.2 == 0.3", True),
        ("1 / 3 * 3 == 1", True),
        ("hours * 4", 29),
        ("2 + 3 * 4", 14),
        ("(2 + 3) * 4", 20),
        ("10 - 4 - 3", 3),
        ("12 / 2 / 3", 2),
        ("-trust + 1", -3),
        ("- -trust", 4),
        ("1 / 0", None),
        ("trust / (trust - 4)", None),
        ("abs(-2.5)", 2.5),
        ("round(2.5)", 3),
        ("round(-2.5)", -3),
        ("round(1 / 3, 2)", 0.33),
        ("round(1.005, 2)", 1.01),
        ("not seen == 'no'", True),
        ("since == '2024'", True),
        ("since < '2024'", False),
        ("since <= day", True),
        ("since > '2023-12-31'", True),
        ("day == '2024-05'", True),
        ("today == '2026-05-20'", True),
        ("today() > '2026-05-19'", True),
        ("years_since(day)", 2),
        ("years_since('2024-05-21')", 1),
        ("years_since(since)", 2),
        ("years_since('2026-06')", -1),
        ("years_since('2020')", 6),
        ("matches(motto, '[A-Z].*')", True),
        ("matches(motto, 'Droit')", False),
        ("if_else(trust > 3, 'high', 'low')", "high"),
        ("if_else(nothing > 3, 'high', 'low')", None),
        ("count(actors)", 3),
        ("count(none)", 0),
        ("sum(actors.days)", 7),
        ("mean(actors.days)", 3.5),
        ("min(actors.days)", 3),
        ("max(actors.days)", 4),
        ("sum(none.days)", None),
        ("count_answered(actors.role)", 2),
        ("count_answered(seen, trust, asked, hidden)", 2),
        ("actors.days == 2", True),
        ("answered(actors.days)", True),
        ("answered(seen)", True),
        ("answered(asked)", False),
        ("is_dk(asked) and is_refused(no) and is_na(not_us)", True),
        ("is_dk(seen)", False),
        ("shown(hidden)", False),
        ("shown(asked)", True),
        ("score(trust) > 74.9", True),
        ("level(trust)", 4),
        ("this > 11", True),
        ("true == false", False),
    ],
)
def test_worked_examples(text: str, expected: Known | None) -> None:
    """Counted by hand."""
    assert value_of(text, ANSWERS) == expected


def test_a_third_survives_being_computed_first() -> None:
    """A computed value is handed on as a decimal; it is the same third when it comes back."""
    third = value_of("1 / 3")
    assert isinstance(third, float)
    assert value_of("third * 3 == 1", Given({"third": third})) is True


def test_very_large_results_are_unknown() -> None:
    """Nothing that grows without end is worked out."""
    assert value_of("999999999999999 * 999999999999999") is None
    assert value_of("999999999999999 + 1") == 10**15  # the greatest that is
    assert value_of("999999999999999 + 2") is None
    assert value_of("0 - 999999999999999 - 2") is None
    for text in ("a + 1", "a > 1", "-a", "abs(a)"):
        assert value_of(text, Given({"a": 10**400})) is None
    for number in (1e16, 1e300, float("inf")):
        assert value_of("a + 1", Given({"a": number})) is None


@pytest.mark.parametrize("strange", ["text", 3, 2.5, True, ("a", 1), "2026-99", ""])
@pytest.mark.parametrize(
    ("text", "fitting"),
    [
        ("a < 1", {int, float}),
        ("a + 1", {int, float}),
        ("a has 'x'", {tuple}),
        ("len(a)", {str, tuple}),
        ("matches(a, 'x')", {str}),
        ("years_since(a)", set()),  # none of them is a date
        ("not a", {bool}),
        ("a and true", {bool}),
        ("a or false", {bool}),
        ("a < '2026'", set()),
    ],
)
def test_values_of_another_kind_are_unknown(text: str, fitting: set[type], strange: Known) -> None:
    """As an older draft may hold: nothing is raised, and nothing made of them."""
    assert (value_of(text, Given({"a": strange})) is not None) == (type(strange) in fitting)


@pytest.mark.parametrize("given", [1, "true", "yes"])
def test_only_a_truth_is_a_truth(given: Known) -> None:
    """Neither 1, which Python takes for true, nor a word that says so."""
    assert value_of("a == true", Given({"a": given})) is False
    assert value_of("a == 1", Given({"a": True})) is False
    assert value_of("a in [0, 1]", Given({"a": True})) is False


def test_a_text_comes_neither_before_nor_behind_a_date() -> None:
    """Whichever side it stands on; it is another text than the date all the same."""
    for text in ("since < motto", "motto < since", "since >= motto", "motto >= since"):
        assert value_of(text, ANSWERS) is None
    assert value_of("since == motto", ANSWERS) is False


# --- against references of another kind ---------------------------------------------------------

NAMES = ("a", "b", "c")
Meaning = Callable[[Mapping[str, int]], bool]
Logic = tuple[str, Meaning]


def atom(name: str) -> Logic:
    """A comparison, in our words and in Python's."""
    return f"{name} == 1", lambda values: values[name] == 1


def negated(one: Logic) -> Logic:
    """Its opposite."""
    return f"not ({one[0]})", lambda values: not one[1](values)


def both(one: Logic, other: Logic) -> Logic:
    """Joined by and."""
    return f"({one[0]}) and ({other[0]})", lambda values: one[1](values) and other[1](values)


def either(one: Logic, other: Logic) -> Logic:
    """Joined by or."""
    return f"({one[0]}) or ({other[0]})", lambda values: one[1](values) or other[1](values)


LOGIC = st.recursive(
    st.sampled_from(NAMES).map(atom),
    lambda inner: st.one_of(
        st.builds(negated, inner), st.builds(both, inner, inner), st.builds(either, inner, inner)
    ),
    max_leaves=10,
)


@settings(max_examples=400)
@given(LOGIC, st.lists(st.sampled_from([None, 0, 1]), min_size=3, max_size=3))
def test_what_is_known_holds_however_the_blanks_are_filled(
    logic: Logic, answers: list[int | None]
) -> None:
    """A known result is that of every completion; with no blank, that of Python."""
    text, meaning = logic
    known = {name: one for name, one in zip(NAMES, answers, strict=True) if one is not None}
    blank = [name for name in NAMES if name not in known]
    result = value_of(text, Given(dict(known)))
    completions = {
        meaning(known | dict(zip(blank, filled, strict=True)))
        for filled in product([0, 1], repeat=len(blank))
    }
    if result is None:
        assert blank
    else:
        assert completions == {result}


def fraction_of(sign: str, left: Fraction | None, right: Fraction | None) -> Fraction | None:
    """Arithmetic of Python's fractions; None for what has no result."""
    if left is None or right is None or (sign == "/" and right == 0):
        return None
    return {
        "+": lambda: left + right,
        "-": lambda: left - right,
        "*": lambda: left * right,
        "/": lambda: left / right,
    }[sign]()


NUMBER = st.decimals(0, 999, places=2).map(lambda one: (f"{one:f}", Fraction(f"{one:f}")))
SUMS = st.recursive(
    NUMBER,
    lambda inner: st.tuples(inner, st.sampled_from("+-*/"), inner).map(
        lambda one: (
            f"({one[0][0]} {one[1]} {one[2][0]})",
            fraction_of(one[1], one[0][1], one[2][1]),
        )
    ),
    max_leaves=4,
)


@settings(max_examples=400)
@given(SUMS, SUMS, st.sampled_from(["==", "<", "<=", ">", ">=", "!="]))
def test_arithmetic_is_that_of_fractions(
    one: tuple[str, Fraction | None], other: tuple[str, Fraction | None], operator: str
) -> None:
    """Exact, whatever is added, divided and compared."""
    expected = None
    if one[1] is not None and other[1] is not None:
        expected = {
            "==": one[1] == other[1],
            "!=": one[1] != other[1],
            "<": one[1] < other[1],
            "<=": one[1] <= other[1],
            ">": one[1] > other[1],
            ">=": one[1] >= other[1],
        }[operator]
    assert value_of(f"{one[0]} {operator} {other[0]}") is expected


@settings(max_examples=200)
@given(
    st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 1, 1)),
    st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 1, 1)),
)
def test_days_are_compared_as_the_calendar_does(one: datetime.date, other: datetime.date) -> None:
    """Texts of days, against Python's dates; whole years counted birthday by birthday."""
    given = Given({"one": one.isoformat(), "other": other.isoformat()}, today=other)
    assert value_of("one < other", given) is (one < other)
    assert value_of("one == other", given) is (one == other)
    years = other.year - one.year
    if (other.month, other.day) < (one.month, one.day):
        years -= 1
    assert value_of("years_since(one)", given) == years
