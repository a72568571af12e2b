"""Somebody who knows every rule and every total, against the figures of choices.

What is shown of a table of answers is one picture; whoever knows the rules knows all tables that
give it. Each count of 1 to 4 people must differ among these. Plain rules (a dash for what is rare,
nothing else) must leak: else the tests would show nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import permutations, product
from typing import Any

import pytest
from chosen import answered, offering, one_item, shown

from imfsurvey.analysis.disclosure.rare import withheld_of_one, withheld_of_several

K = 5
Table = tuple[int, ...]
Picture = Callable[[Table], object]


def tables(people: int, choices: int) -> Iterator[Table]:
    """Every way in which people can be spread over choices."""
    if choices == 1:
        yield (people,)
        return
    for first in range(people + 1):
        yield from ((first, *rest) for rest in tables(people - first, choices - 1))


def known(pictures: dict[object, list[Table]]) -> list[tuple[Table, int]]:
    """The rare counts that are alike in all tables of a picture."""
    return [
        (alike[0], place)
        for alike in pictures.values()
        for place in range(len(alike[0]))
        if 0 < alike[0][place] < K and len({one[place] for one in alike}) == 1
    ]


def picture(counts: Table) -> object:
    """What is shown of one choice each; n is known besides."""
    if sum(counts) < 30 and sum(counts) - max(counts) <= 1:
        return counts.index(max(counts))
    marks = withheld_of_one(counts, K)
    return marks and tuple(mark or n for mark, n in zip(marks, counts, strict=True))


def dashes(counts: Table) -> object:
    """What a program shows that leaves out what is rare."""
    return tuple(n if n >= K else None for n in counts)


def dashes_and_smallest(counts: Table) -> object:
    """And of one that leaves out the smallest of the others as well."""
    rare = sum(n < K for n in counts)
    smallest = min((n for n in counts if n >= K), default=0)
    place = counts.index(smallest) if rare == 1 and smallest else -1
    return tuple("rare" if n < K else None if at == place else n for at, n in enumerate(counts))


@pytest.mark.parametrize(("choices", "most"), [(2, 40), (3, 33), (4, 20)])
def test_one_choice_in_every_small_table(choices: int, most: int) -> None:
    """No rare count can be worked out of any table; of plain dashes, many."""

    def found(draw: Picture) -> int:
        total = 0
        for people in range(K, most + 1):
            pictures: dict[object, list[Table]] = defaultdict(list)
            for table in tables(people, choices):
                pictures[draw(table)].append(table)
            total += len(known(pictures))
        return total

    assert found(dashes) > 0
    assert choices == 2 or found(dashes_and_smallest) > 0
    assert found(picture) == 0


@pytest.mark.parametrize("most", [2, 3])
@pytest.mark.parametrize("people", [10, 11])
def test_several_choices_in_every_small_table(people: int, most: int) -> None:
    """Three choices, one to two or to three of them ticked: neither who ticked nor who did not."""
    answers = [one for one in product((0, 1), repeat=3) if 1 <= sum(one) <= most]
    pictures: dict[object, set[Table]] = defaultdict(set)
    for table in tables(people, len(answers)):
        ticked = tuple(
            sum(n * one[place] for n, one in zip(table, answers, strict=True)) for place in range(3)
        )
        marks = withheld_of_several(ticked, people, K, most=most)
        said = marks and tuple(mark or n for mark, n in zip(marks, ticked, strict=True))
        pictures[said].add(ticked)
    assert len(pictures) > 1
    assert known({said: list(alike) for said, alike in pictures.items()}) == []
    omitted = {
        said: [tuple(people - n for n in one) for one in alike] for said, alike in pictures.items()
    }
    assert known(omitted) == []


def test_first_places_and_mean_ranks_together() -> None:
    """30 people rank three: what first places and means leave open of each rank of each choice.

    Three numbers (first, second, third) with two known sums: whoever knows the firsts knows all.
    So means are shown only where no rank of any choice was given by 1 to 4 people.
    """
    orders = [tuple("abc"[place] for place in one) for one in permutations(range(3))]
    spreads = ((10, 5, 5, 3, 4, 3), (6, 6, 6, 6, 3, 3), (15, 0, 9, 0, 6, 0), (1, 9, 9, 9, 1, 1))
    with_means = 0
    for spread in spreads:
        found = one_item("ranking", "abc", dict(zip(orders, spread, strict=True)))
        if found.choices[0].mean_rank is None:
            continue
        with_means += 1
        for choice in found.choices:
            ranks = [
                sum(n for n, one in zip(spread, orders, strict=True) if one[rank] == choice.code)
                for rank in range(3)
            ]
            assert not any(0 < count < K for count in ranks)
    assert 0 < with_means < len(spreads)


def test_a_question_that_opens_another() -> None:
    """3 of 60 said no and 8 did not know: the n of what the 49 were asked next would tell.

    With the first question shown beside (52 answered), 52 - 49 = 3. So there is no figure of the
    first, and of the second as for 49 people.
    """
    questionnaire = offering(
        {"id": "seen", "type": "yes_no", "non_answers": ["dk"]},
        {"id": "told", "choices": "abc", "show_if": "seen == 'yes'"},
    )
    found = answered(
        questionnaire,
        (29, {"seen": "yes", "told": "a"}),
        (20, {"seen": "yes", "told": "b"}),
        (3, {"seen": "no", "told": "~not_shown"}),
        (8, {"seen": "~dk", "told": "~not_shown"}),
    )
    assert (found["seen"].hidden, found["seen"].n, found["seen"].unanswered) == (
        "protected",
        None,
        None,
    )
    assert (found["told"].n, shown(found["told"])) == (49, {"a": 29, "b": 20, "c": 0})


def test_two_questions_to_the_same_few() -> None:
    """The two who chose c in one question and put c first in another are counted in neither.

    Nothing joins the two figures but n: whoever left out one question and not the other. Here that
    is one of 60, who chose a: no pair of figures differs by that one alone.
    """
    questionnaire = offering(
        {"id": "one", "choices": "abc"}, {"id": "order", "type": "ranking", "choices": "abc"}
    )
    people: list[tuple[int, dict[str, Any]]] = [
        (29, {"one": "a", "order": tuple("abc")}),
        (28, {"one": "b", "order": tuple("bca")}),
        (2, {"one": "c", "order": tuple("cab")}),
        (1, {"one": "a"}),
    ]
    found = answered(questionnaire, *people)
    assert shown(found["one"]) == {"a": "beside", "b": 28, "c": "few"}
    assert shown(found["order"]) == {"a": "beside", "b": 28, "c": "few"}
    assert {one.mean_rank for one in found["order"].choices} == {None}
    assert (found["one"].n, found["order"].n, found["order"].unanswered) == (60, 59, None)
