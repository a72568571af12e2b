"""Rows 12 to 16: chiefs, key holders and colleagues who know their arithmetic, against groups.

Each attack is also made on figures that only follow the plain rule (nothing on fewer than k), which
must leak: else the test would show nothing.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations

import pytest
from crossed import Row, broken, hidden_of, people, shares_of, survey

from imfsurvey.analysis.breakdown import Breakdown
from imfsurvey.analysis.disclosure.shares import fifth

Cell = tuple[int, int, int]
"""Unit, grade and sex of somebody."""


# --- row 12: a box of few responses ----------------------------------------------------------


def test_row_12_few_responses() -> None:
    """Seven answers with k = 8: no group, no number of any group, only "too few"."""
    questionnaire = survey({"unit": ["n", "s"]}, k=8)
    rows = people(4, unit="n", a=5) + people(3, unit="s", a=1)
    found = broken(questionnaire, rows)
    for group in found.figures[0].groups:
        assert group.responses.hidden == "too_few"
        assert (group.responses.returned, group.responses.band) == (None, None)
        assert {(one.hidden, one.n, one.favourable, one.band) for one in group.items} == {
            ("too_few", None, None, None)
        }


# --- row 13: everybody, and everybody but one unit ---------------------------------------------


def invented(count: int, units: int) -> list[Cell]:
    """The people of the design's prototype: units, three grades, two sexes."""
    chance = random.Random(units)
    weights = [chance.uniform(0.5, 2) for _ in range(units)]
    return list(
        zip(
            chance.choices(range(units), weights, k=count),
            chance.choices(range(3), (6, 3, 1), k=count),
            chance.choices(range(2), (3, 1), k=count),
            strict=True,
        )
    )


def answered(cells: Sequence[Cell]) -> list[Row]:
    """What they answered."""
    chance = random.Random(len(cells))
    return [
        {"unit": f"u{u}", "grade": f"g{g}", "sex": f"s{s}", "a": chance.choice((1, 2, 3, 4, 5))}
        for u, g, s in cells
    ]


AXES = {"unit": 0, "grade": 1, "sex": 2}


def members(cells: Sequence[Cell], where: dict[str, object]) -> frozenset[Cell]:
    """The cells of a group."""
    return frozenset(
        cell
        for cell in set(cells)
        if all(int(str(code)[1:]) == cell[AXES[item]] for item, code in where.items())
    )


def all_groups(units: int) -> list[dict[str, object]]:
    """Every group of one item or of two crossed."""
    codes = {
        "unit": [f"u{n}" for n in range(units)],
        "grade": [f"g{n}" for n in range(3)],
        "sex": [f"s{n}" for n in range(2)],
    }
    single: list[dict[str, object]] = [{i: code} for i in codes for code in codes[i]]
    crossed = [one | two for one, two in combinations(single, 2) if not one.keys() & two.keys()]
    return single + crossed


class Attacker:
    """Adds and takes away whatever was shown, in exact fractions."""

    def __init__(self, cells: Sequence[Cell], shown: Sequence[frozenset[Cell]]) -> None:
        self.order = sorted(set(cells))
        self.basis: list[tuple[int, list[Fraction]]] = []
        for group in shown:
            rest = self.rest(group)
            first = next((n for n, value in enumerate(rest) if value), None)
            if first is not None:
                self.basis.append((first, [value / rest[first] for value in rest]))

    def rest(self, group: frozenset[Cell]) -> list[Fraction]:
        """What of a group is not in what was shown."""
        vector = [Fraction(cell in group) for cell in self.order]
        for first, row in self.basis:
            if factor := vector[first]:
                vector = [a - factor * b for a, b in zip(vector, row, strict=True)]
        return vector

    def knows(self, group: frozenset[Cell]) -> bool:
        """Whether the sum over a group can be worked out."""
        return not any(self.rest(group))


def small_groups_known(
    cells: Sequence[Cell], shown: Sequence[frozenset[Cell]], units: int, k: int
) -> int:
    """How many groups of fewer than k people can be worked out."""
    attacker = Attacker(cells, shown)
    groups = [members(cells, where) for where in all_groups(units)]
    groups += [frozenset({cell}) for cell in set(cells)]
    small = {g for g in groups if 0 < sum(cell in g for cell in cells) < k}
    return sum(attacker.knows(group) for group in small)


def shown_groups(cells: Sequence[Cell], found: Breakdown) -> list[frozenset[Cell]]:
    """Whom figures are shown of."""
    return [members(cells, dict(where)) for where in found.shown["a"]]


@pytest.mark.parametrize(("count", "units"), [(164, 6), (522, 20)])
def test_row_13_everybody_less_the_others(count: int, units: int) -> None:
    """The cases of the design: the plain rule lets small groups be worked out, ours none."""
    cells, k = invented(count, units), 8
    items = {"unit": units, "grade": 3, "sex": 2}
    codes = {item: [f"{item[0]}{n}" for n in range(many)] for item, many in items.items()}
    found = broken(survey(codes, k=k, crossed=2), answered(cells))
    plain = [members(cells, where) for where in [{}, *all_groups(units)]]
    plain = [one for one in plain if sum(cell in one for cell in cells) >= k]
    assert small_groups_known(cells, plain, units, k) > 0
    shown = shown_groups(cells, found)
    assert len(shown) > units
    assert small_groups_known(cells, shown, units, k) == 0


# --- row 14: filters ---------------------------------------------------------------------------


def test_row_14_a_thousand_questions() -> None:
    """Whatever is asked for in whatever order: the union of all answers is what was decided once.

    A thousand questions for random groups, each answered as a program with filters would (from k
    people on), give small groups away; answered from what is released, they never do.
    """
    cells, k, units = invented(164, 6), 8, 6
    codes = {
        "unit": [f"u{n}" for n in range(units)],
        "grade": ["g0", "g1", "g2"],
        "sex": ["s0", "s1"],
    }
    found = broken(survey(codes, k=k, crossed=2), answered(cells))
    released = shown_groups(cells, found)
    chance, asked = random.Random(14), all_groups(units)
    filtered: list[frozenset[Cell]] = [frozenset(cells)]
    ours: list[frozenset[Cell]] = [frozenset(cells)]
    for where in chance.choices(asked, k=1000):
        group = members(cells, where)
        if group in filtered or sum(cell in group for cell in cells) < k:
            continue
        filtered.append(group)
        if group in released:
            ours.append(group)
    assert small_groups_known(cells, filtered, units, k) > 0
    assert small_groups_known(cells, ours, units, k) == 0


# --- row 15: two waves -------------------------------------------------------------------------


def wave(favourable: int, others: int) -> tuple[float, float] | None:
    """What is shown of a unit of some people, beside two large ones."""
    rows = [
        *people(favourable, unit="east", a=5),
        *people(others, unit="east", a=1),
        *(
            row
            for name in ("north", "south")
            for n in range(60)
            for row in people(1, unit=name, a=1 + n % 5)
        ),
    ]
    return shares_of(broken(survey({"unit": ["north", "south", "east"]}), rows), "a", "unit")[
        "east"
    ].band


def test_row_15_one_person_left() -> None:
    """Twelve people then, eleven now; nobody else changed their mind, which is the worst case.

    Exact figures tell how the leaver answered, always. Fifths leave both answers possible in 12 of
    the 16 situations in which both years have a figure; in the other four the share passes from
    one fifth into another, or does not though it should have. The manual says so.
    """
    remaining: list[int] = []
    for then in range(2, 11):
        for leaver in (0, 1):
            now = then - leaver
            first, second = wave(then, 12 - then), wave(now, 11 - now)
            if first is None or second is None:
                continue
            assert (first, second) == (fifth(then / 12), fifth(now / 11))
            possible = {
                answer
                for count in range(13)
                for answer in (0, 1)
                if fifth(count / 12) == first and fifth((count - answer) / 11) == second
            }
            assert leaver in possible
            remaining.append(len(possible))
            naive = {answer for answer in (0, 1) if then - answer == now}
            assert naive == {leaver}
    assert (remaining.count(2), remaining.count(1)) == (12, 4)


# --- row 16: colleagues who pool what they know --------------------------------------------------


def test_row_16_seven_of_eight() -> None:
    """What remains possible for the eighth, when seven tell each other what they answered.

    Not preventable by k. An exact figure of the eight leaves one answer, in all 16 situations
    (none to seven of the seven favourable, the eighth or not). A fifth leaves both in 8 of them.
    """
    exact, fifths = [], []
    for seven in range(8):
        for eighth in (0, 1):
            shown = seven + eighth
            exact.append(sum(seven + answer == shown for answer in (0, 1)))
            band = fifth(shown / 8)
            fifths.append(sum(fifth((seven + answer) / 8) == band for answer in (0, 1)))
    assert exact == [1] * 16
    assert (fifths.count(2), fifths.count(1)) == (8, 8)


def test_row_16_nothing_at_all_where_seven_agree() -> None:
    """Unanimity: whether the eighth joined the seven is not told by any figure."""
    questionnaire = survey({"unit": ["n", "s", "e"]}, k=8)
    rest = [row for name in "ns" for n in range(60) for row in people(1, unit=name, a=1 + n % 5)]
    for eighth in (1, 5):
        rows = people(7, unit="e", a=5) + people(1, unit="e", a=eighth) + rest
        assert hidden_of(broken(questionnaire, rows), "a", "unit")["e"] == "protected"
