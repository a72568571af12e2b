"""What stands in a cell comes into the questionnaire or is told: no condition goes silently."""

from __future__ import annotations

from typing import Any

import pytest
from xlsforms import Rows, form

from imfsurvey.questionnaire import Questionnaire

LISTS: Rows = (
    ("list_name", "name", "label"),
    *[("ab", one, one.upper()) for one in "ab"],
    *[("abc", one, one.upper()) for one in "abc"],
    *[("points", n, f"S{n}") for n in (1, 2, 3)],
)


def told(*rows: dict[str, str]) -> tuple[Questionnaire, list[str]]:
    """The questionnaire of some rows, behind a number `n` in row 2, and where something is lost:
    the code and the place, besides that these rows stand in no group."""
    first = {"type": "integer", "name": "n", "label": "N"}
    columns = list(dict.fromkeys(key for row in (first, *rows) for key in row))
    cells = [[row.get(column, "") for column in columns] for row in (first, *rows)]
    made = form([columns, *cells], LISTS)
    return made.questionnaire, [
        f"{one.code} {one.at}" for one in made.losses if one.at.row and one.code != "IMF-W162"
    ]


def asked(type_: str, name: str, **cells: str) -> dict[str, str]:
    """A question."""
    return {"type": type_, "name": name, "label": name.upper(), **cells}


@pytest.mark.parametrize(
    ("type_", "column", "cell"),
    [
        ("text", "required_message", "You must"),
        ("integer", "constraint_message", "Too high"),  # a bound has words of its own here
        ("text", "calculation", "${n} + 1"),
        ("text", "relevant", "pulldata('a', 'b') = 1"),
        ("text", "required", "pulldata('a', 'b') = 1"),
        ("text", "constraint", "pulldata('a', 'b') = 1"),
        ("select_one ab", "choice_filter", "pulldata('a', 'b') = 1"),
        ("select_one ab", "choice_filter", "(("),
        ("select_one ab", "choice_filter", "region = 'x'"),  # a column that is not there
        ("calculate", "relevant", "${n} > 1"),
    ],
)
def test_what_has_no_counterpart_is_told_at_its_cell(type_: str, column: str, cell: str) -> None:
    """In words and with its row and column; the question is asked all the same."""
    more = {"constraint": ". <= 9"} if column == "constraint_message" else {}
    more |= {"calculation": "${n} + 1"} if type_ == "calculate" else {}
    made, lost = told(asked(type_, "x", **more, **{column: cell}))
    assert lost and {one.partition(" ")[2] for one in lost} == {f"survey!3 {column}"}
    assert {one.partition(" ")[0] for one in lost} <= {"IMF-W148", "IMF-W149"}
    assert "x" in {*made.items, *(one.id for one in made.computed)}


def test_a_count_of_entries_that_is_worked_out_is_told() -> None:
    """A number is taken over, anything else is lost with its place."""
    for count, number in (("3", 3), ("${n}", None)):
        rows = [
            {"type": "begin repeat", "name": "people", "label": "P", "repeat_count": count},
            asked("text", "who", required="yes"),
            {"type": "end repeat"},
        ]
        made, lost = told(*rows)
        people: Any = made.items["people"]
        assert (people.max == number) == (number is not None)
        assert lost == ([] if number else ["IMF-W149 survey!3 repeat_count"])


def test_answers_of_all_entries_are_one_sum_and_no_single_answer() -> None:
    """Behind the repeat their sum is known; one of them is not, and that is told."""
    for condition, ours in (("sum(${hours}) > 3", "sum(people.hours) > 3"), ("${hours} > 3", None)):
        made, lost = told(
            {"type": "begin repeat", "name": "people", "label": "P"},
            asked("text", "who", required="yes"),
            asked("integer", "hours"),
            {"type": "end repeat"},
            asked("text", "x", relevant=condition),
        )
        assert str(made.items["x"].show_if) == str(ours)
        assert lost == ([] if ours else ["IMF-W148 survey!7 relevant"])


FILTER = "name = 'a' or ${n} > 3"


def shown(item: Any) -> dict[str, str]:
    """The conditions of an item's own choices, by code."""
    return {str(one.code): str(one.show_if) for one in item.choices}


def test_a_filter_holds_beside_a_list_that_others_share() -> None:
    """Three questions choose from one list; the one with a filter has choices of its own."""
    rows = [asked("select_one ab", name) for name in ("x", "y")]
    made, lost = told(*rows, asked("select_one ab", "z", choice_filter=FILTER))
    x, y, z = (made.items[name] for name in ("x", "y", "z"))
    assert (x.choices_ref, y.choices_ref, z.choices_ref) == ("ab", "ab", None)
    assert shown(z) == {"a": "None", "b": "n > 3"}
    assert lost == []


def test_a_choice_that_can_never_be_offered_is_told() -> None:
    """It is left out, with its row in the sheet of choices."""
    made, lost = told(asked("select_one ab", "x", choice_filter="name = 'a'"))
    assert shown(made.items["x"]) == {"a": "None"}
    assert lost == ["IMF-W163 choices!3 name"]


@pytest.mark.parametrize(("type_", "taken"), [("select_one ab", True), ("select_one abc", False)])
def test_only_what_was_ticked_in_the_same_list_can_be_chosen(type_: str, taken: bool) -> None:
    """`selected(${m}, name)`: by name for the same list; for another one, choice by choice."""
    made, lost = told(
        asked("select_multiple ab", "m"), asked(type_, "x", choice_filter="selected(${m}, name)")
    )
    item: Any = made.items["x"]
    assert (item.choices_from == "m") is taken
    assert taken or shown(item)["a"] == "m has 'a'" or lost


@pytest.mark.parametrize("place", [0, 1])
def test_a_table_is_required_as_a_whole_or_not_at_all(place: int) -> None:
    """Where one of two rows must be answered the table is not required, and that is told."""
    rows = [asked("select_one points", "r1"), asked("select_one points", "r2")]
    rows[place]["required"] = "yes"
    made, lost = told(
        {"type": "begin group", "name": "tab", "label": "T", "appearance": "table-list"},
        *rows,
        {"type": "end group"},
    )
    assert not any(made.items[name].required for name in ("r1", "r2"))
    assert lost == ["IMF-W149 survey!3 required"]


def test_conditions_of_groups_within_groups_hold_for_what_is_in_them() -> None:
    """Of the outer group, of the one inside and of the question: all three."""
    made, _ = told(
        {"type": "begin group", "name": "g1", "label": "G1", "relevant": "${n} > 1"},
        {"type": "begin group", "name": "g2", "label": "G2", "relevant": "${n} > 2 or ${n} < 0"},
        asked("text", "x", relevant="${n} > 3"),
        {"type": "begin group", "name": "g3", "label": "G3", "relevant": "${n} > 4"},
        asked("text", "y", relevant="${n} > 5 or ${n} < 1"),
        {"type": "begin repeat", "name": "r", "label": "R", "relevant": "${n} > 6"},
        asked("text", "who", required="yes"),
        {"type": "end repeat"},
        {"type": "begin group", "name": "t", "label": "T", "appearance": "table-list"},
        asked("select_one points", "s1", relevant="${n} > 7"),
        asked("select_one points", "s2"),
        {"type": "end group"},
        {"type": "end group"},
        {"type": "end group"},
        {"type": "end group"},
    )
    outer = {"n > 1", "n > 2 or n < 0"}
    expected = {
        "x": {*outer, "n > 3"},
        "y": {*outer, "n > 4", "n > 5 or n < 1"},
        "r": {*outer, "n > 4", "n > 6"},
        "s1": {*outer, "n > 4", "n > 7"},
        "s2": {*outer, "n > 4"},
    }
    for name, conditions in expected.items():
        texts = " and ".join(f"({one.text})" for one in made.conditions[name])
        assert all(one in texts for one in conditions), name
        # Each of the two with an `or` stands in brackets of its own.
        assert "(n > 2 or n < 0)" in texts and texts.count(" or ") == sum(
            " or " in one for one in conditions
        )
