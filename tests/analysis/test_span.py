"""The exact audit against brute force: which small groups follow from rows of zeros and ones."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, product

import pytest
from crossed import Table, consistent, known_sums, known_to_agree, statement
from hypothesis import given, settings
from hypothesis import strategies as st

from imfsurvey.analysis.disclosure import pinned, span
from imfsurvey.analysis.disclosure.hiding import hidden_groups
from imfsurvey.analysis.disclosure.pinned import Tables

Rows = list[frozenset[int]]


def rank(rows: Rows, columns: list[int]) -> int:
    """By schoolbook elimination in fractions."""
    matrix = [[Fraction(column in row) for column in columns] for row in rows]
    found = 0
    for place in range(len(columns)):
        pivot = next((n for n in range(found, len(matrix)) if matrix[n][place]), None)
        if pivot is None:
            continue
        matrix[found], matrix[pivot] = matrix[pivot], matrix[found]
        for n in range(found + 1, len(matrix)):
            factor = matrix[n][place] / matrix[found][place]
            matrix[n] = [a - factor * b for a, b in zip(matrix[n], matrix[found], strict=True)]
        found += 1
    return found


def small_groups_follow(rows: Rows, people: list[int], k: int) -> bool:
    """Whether some combination of rows is zero outside a set of fewer than k people.

    It is when leaving the set out makes the rank smaller: then rows that differ only there become
    dependent.
    """
    there = [cell for cell, count in enumerate(people) if count]
    whole = rank(rows, there)
    return any(
        rank(rows, [cell for cell in there if cell not in some]) < whole
        for size in range(1, len(there) + 1)
        for some in combinations(there, size)
        if sum(people[cell] for cell in some) < k
    )


@st.composite
def releases(draw: st.DrawFn) -> tuple[Rows, list[int], int]:
    """Up to six rows over up to seven cells of up to seven people."""
    people = draw(st.lists(st.integers(0, 7), min_size=2, max_size=7))
    cells = st.frozensets(st.integers(0, len(people) - 1))
    rows = draw(st.lists(cells, min_size=1, max_size=6))
    return rows, people, draw(st.integers(3, 10))


@settings(max_examples=300)
@given(releases())
def test_it_finds_what_brute_force_finds(release: tuple[Rows, list[int], int]) -> None:
    """A finding when and only when there is one; and it tells of fewer than k people."""
    rows, people, k = release
    found = span.findings(rows, people, k)
    assert bool(found) == small_groups_follow(rows, people, k)
    for one in found:
        assert one.proven
        assert 0 < sum(people[cell] for cell in one.cells) < k
        assert one.rows


@settings(max_examples=150)
@given(releases(), st.frozensets(st.integers(0, 6)))
def test_what_follows_has_no_rank_of_its_own(
    release: tuple[Rows, list[int], int], wanted: frozenset[int]
) -> None:
    """The sum over some cells follows when its row does not raise the rank."""
    rows, people, _ = release
    there = [cell for cell, count in enumerate(people) if count]
    asked = frozenset(cell for cell in wanted if cell < len(people))
    raised = rank([*rows, asked], there) > rank(rows, there)
    assert span.follow(rows, people, [asked]) == [not raised]


@pytest.mark.parametrize(
    ("rows", "small"),
    [
        ([{0, 1, 2}, {0, 1}], {2}),  # everybody less two units
        ([{0, 1, 2}, {0}, {1}], {2}),  # one by one
        ([{0, 1, 2}], set()),
        ([{0, 2}, {1, 2}, {0, 1}], {2}),  # the first two less the third: twice the small one
    ],
)
def test_by_hand(rows: list[set[int]], small: set[int]) -> None:
    """Units of 20, 20 and 3 people, k = 8: what follows of the three."""
    found = span.findings([frozenset(row) for row in rows], [20, 20, 3], 8)
    assert [set(one.cells) for one in found] == ([small] if small else [])


@pytest.mark.parametrize(
    ("rows", "people", "k", "small"),
    [
        # The first less the second: 3 people and 5, whose answers are taken from each other.
        ([{0, 1}, {0, 2}], [20, 3, 5], 9, {1, 2}),
        ([{0, 1}, {0, 2}], [20, 3, 5], 8, set()),
        # The second less the third; the largest cell of five has to be left out to see it.
        ([{0, 3}, {1, 3, 4}, {2, 3, 4}], [5, 3, 3, 2, 2], 7, {1, 2}),
    ],
)
def test_a_difference_of_two_figures(
    rows: list[set[int]], people: list[int], k: int, small: set[int]
) -> None:
    """It tells of all who are in the one and not in the other: k people are enough."""
    found = span.findings([frozenset(row) for row in rows], people, k)
    assert [set(one.cells) for one in found] == ([small] if small else [])


def test_beyond_its_steps_it_rather_hides(monkeypatch: pytest.MonkeyPatch) -> None:
    """A search that is given up is a finding that says so."""
    monkeypatch.setattr(span, "MOST_STEPS", 0)
    rows = [frozenset({n, (n + 1) % 5}) for n in range(4)]
    assert [one.proven for one in span.findings(rows, [3] * 5, 4)] == [False]


# --- the whole decision against every table that gives the same figures -------------------------


@st.composite
def tables(draw: st.DrawFn, items: int) -> Table:
    """Answers of two kinds in up to five cells, or three by two; some people named no group."""
    start = draw(st.integers(-1, 0))
    ranges = [range(start, start + (5 if items == 1 else 3))] + [range(2)] * (items - 1)
    most = 5 if items == 1 else 3
    counts = st.tuples(st.integers(0, most), st.integers(0, 2))
    drawn = {key: draw(counts) for key in product(*ranges)}
    table = {key: answers for key, answers in drawn.items() if sum(answers)}
    return table or {(0,) * items: (3, 3)}


def nothing_small_is_known(table: Table, k: int, crossed: int) -> None:
    """No set of fewer than k people has one possible count, unless the whole says it; nor is it
    sure of a cell or of a hidden group that (nearly) all agree."""
    asked = statement(table, k, crossed)
    if not asked.fit(asked.layout.everybody):
        return
    hidden = hidden_groups(asked)
    if len(hidden) < len(asked.layout.groups):
        tables = consistent(asked, hidden)
        assert known_sums(asked, tables) == []
        assert known_to_agree(asked, hidden, tables) == []


def test_a_difference_of_a_few_is_worked_out_from_two_breakdowns() -> None:
    """Unit and building part people alike, but for 3 and 2: the favourable of the first unit less
    those of the first building tell of five. The buildings go, both of them."""
    table = {(0, 0): (20, 20), (1, 1): (20, 20), (0, 1): (2, 1), (1, 0): (1, 1)}
    assert hidden_groups(statement(table, 10, 1)) == {2: "protected", 3: "protected"}
    assert hidden_groups(statement(table, 5, 1)) == {}


@pytest.mark.parametrize(
    ("thirty", "nine", "shown"),
    [
        ((30, 0), (8, 1), set()),
        ((29, 1), (8, 1), {0}),
        ((29, 1), (9, 0), set()),
        ((28, 2), (9, 0), {0}),
    ],
)
def test_it_is_not_sure_that_nearly_all_of_a_hidden_group_agree(
    thirty: tuple[int, int], nine: tuple[int, int], shown: set[int]
) -> None:
    """Nine are hidden, and thirty with them. Where 38 of the 39 said yes, 8 of the nine did at
    least: the forty go too. Where 37 did, it may be 7."""
    asked = statement({(0,): (20, 20), (1,): thirty, (2,): nine}, 10, 1)
    assert {0, 1, 2} - hidden_groups(asked).keys() == shown


def test_a_table_found_before_must_leave_two_who_disagree() -> None:
    """All nine said yes, or in the other table eight: of nearly all it is sure either way."""
    answers, other = [(20, 20), (29, 1), (9, 0)], [(20, 20), (30, 0), (8, 1)]
    shown = [{0, 1, 2}, {0}]
    for before in ([], [other]):
        assert not Tables(shown, [(0,), (1,), (2,)], answers, before).open({2})


def test_a_ring_of_six_is_found_by_an_integer_program(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three units by three grades, two cells of two people each: no two by two of them change
    places, but all six may. Beyond its programs a count passes for known."""
    keys = [(0, 0), (0, 1), (1, 1), (1, 2), (2, 2), (2, 0)]
    shown = [
        {cell for cell, key in enumerate(keys) if key[item] == code}
        for item, code in product(range(2), range(3))
    ]
    answers = [(1, 1)] * 6
    assert Tables(shown, keys, answers, []).open({0})
    monkeypatch.setattr(pinned, "MOST_PROGRAMS", 0)
    assert not Tables(shown, keys, answers, []).open({0})


@settings(max_examples=120)
@given(tables(1), st.integers(3, 6))
def test_no_small_group_has_one_value_left(table: Table, k: int) -> None:
    """One breakdown, every consistent table enumerated."""
    nothing_small_is_known(table, k, crossed=1)


@settings(max_examples=60)
@given(tables(2), st.integers(3, 5), st.sampled_from([1, 2]))
def test_nor_with_two_breakdowns(table: Table, k: int, crossed: int) -> None:
    """Two breakdowns, side by side or crossed as well."""
    nothing_small_is_known(table, k, crossed)
