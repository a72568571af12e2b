"""What conditions and texts may name: what was surely asked before they are looked at."""

from __future__ import annotations

import pytest
from small import choices, form, item, section

from imfsurvey.source.problems import ProblemsFoundError


def _rows(*conditions: str, order: str = "fixed", **top: object) -> None:
    """Load a statement and a matrix, whose rows have these conditions (empty: none)."""
    rows: list[dict[str, object]] = [
        {"id": f"row{index}", "text": {"fr": "x"}, **({"show_if": one} if one else {})}
        for index, one in enumerate(conditions)
    ]
    team = item("team", "matrix", scale="agree", rows=rows)
    form(section("only", item("one", "likert", scale="agree"), team, order=order), **top)


@pytest.mark.parametrize(
    ("code", "condition"), [("E110", "rowx > 3"), ("E111", "row1 > 3"), ("E111", "row2 > 3")]
)
def test_a_row_knows_the_rows_above_it(code: str, condition: str) -> None:
    """Its condition may ask for those and for nothing that comes later, itself included."""
    _rows("", "row0 > 3", "")
    with pytest.raises(ProblemsFoundError, match=f"IMF-{code}"):
        _rows("", condition, "")


def test_a_row_of_a_shuffled_section_knows_its_own_matrix_only() -> None:
    """What is worked out from another item as well may be known later."""
    _rows("", "row0 > 3", order="random")
    for condition in ("one > 3", "both > 3"):
        with pytest.raises(ProblemsFoundError, match="IMF-E111"):
            _rows("", condition, order="random", computed=[{"id": "both", "expr": "one + row0"}])
    every = {"id": "every", "expr": "row0 + row1 + row2 + row3 + row4 + row5"}
    with pytest.raises(ProblemsFoundError, match="IMF-E111"):
        _rows(*[""] * 5, "every > 3", computed=[every])


WORDED = ("title", "introduction", "row0", "row1", "way", "part")
LATER = {
    **{"title": "one", "introduction": "one", "row0": "row0", "row1": "row1"},
    **{"way": "best", "part": "thing.part"},
}
"""By text: the first name that is not known there."""


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("title", "before"),
        ("introduction", "before"),
        ("row0", "one"),
        ("row1", "row0"),
        ("way", "before"),
        ("part", "thing.name"),
    ],
)
def test_a_text_names_what_is_answered_when_it_is_shown(text: str, known: str) -> None:
    """A title and an introduction come before their section, a row behind those above it, a list
    with the first item that offers it, a field in its entry."""

    def says(name: str) -> None:
        words = {one: {"fr": f"{{{name}}}" if one == text else "x"} for one in WORDED}
        rows = [{"id": one, "text": words[one]} for one in ("row0", "row1")]
        fields = [
            item("name", "text", required=True),
            {**item("part", "text"), "text": words["part"]},
        ]
        form(
            section("first", item("before", "yes_no")),
            section(
                "second",
                item("one", "yes_no"),
                item("team", "matrix", scale="agree", rows=rows),
                item("thing", "repeat", label="name", items=fields),
                title=words["title"],
                introduction=words["introduction"],
            ),
            section("third", item("best", "single", choices_ref="ways"), item("last", "yes_no")),
            choice_lists={"ways": [{"code": "a", "text": words["way"]}]},
        )

    says(known)
    with pytest.raises(ProblemsFoundError, match="IMF-E111"):
        says(LATER[text])


def _offering(condition: str, *items: dict[str, object]) -> None:
    """Load a shuffled section whose items share a list with a conditional choice."""
    ways = choices("post", "mail", mail={"show_if": condition})
    shuffled = section("only", *items, item("two", "number"), order="random")
    form(shuffled, choice_lists={"ways": ways})


def test_a_list_is_offered_as_early_as_any_item_that_offers_it() -> None:
    """What stands first in the file may be asked last; a field is known in its entries only."""
    late = item("late", "single", choices_ref="ways", pin="last")
    early = item("early", "single", choices_ref="ways")
    _offering("two > 1", late)
    with pytest.raises(ProblemsFoundError, match="IMF-E111"):
        _offering("two > 1", late, early)
    fields = [item("role", "text", required=True), item("way", "single", choices_ref="ways")]
    actors = item("actors", "repeat", label="role", items=fields)
    _offering("answered(actors.role)", actors)
    with pytest.raises(ProblemsFoundError, match="IMF-E112"):
        _offering("answered(actors.role)", actors, late)


def test_a_choice_knows_what_was_asked_before_its_item() -> None:
    """Neither its own item nor a later one, whether the choices are its own or a list's."""
    first, last = item("first", "yes_no"), item("last", "yes_no")

    def load_with(condition: str) -> None:
        ways = choices("post", "mail", mail={"show_if": condition})
        form(first, item("way", "single", choices=ways), last)

    load_with("first == 'yes'")
    for wrong in ("way == 'post'", "last == 'yes'"):
        with pytest.raises(ProblemsFoundError, match="IMF-E111"):
            load_with(wrong)


def test_a_field_of_all_entries_is_worked_with_behind_them() -> None:
    """Not before they are there; nor with bands, no more than with those of an item."""
    years = item("years", "number", store_as={"bands": [0, 5]})
    fields = [item("name", "text", required=True), years, item("hours", "number")]
    people = item("people", "repeat", label="name", items=fields)
    form(people, item("more", "yes_no", show_if="sum(people.hours) > 1"))
    for early in ("sum(people.hours) > 1", "count(people) > 1"):
        with pytest.raises(ProblemsFoundError, match="IMF-E111"):
            form(item("more", "yes_no", show_if=early), people)
    other = [fields[0], item("days", "number", show_if="people.hours > 1")]
    with pytest.raises(ProblemsFoundError, match="IMF-E112"):
        form(people, item("others", "repeat", label="name", items=other))
    with pytest.raises(ProblemsFoundError, match="IMF-E114"):
        form(people, item("more", "yes_no", show_if="sum(people.years) > 1"))


@pytest.mark.parametrize("condition", ["answered(hello)", "is_dk(hello)", "answered(team)"])
def test_what_takes_no_answer_is_not_asked_for_one(condition: str) -> None:
    """A page that says something, and a matrix, whose rows are answered; shown they may be."""
    rows = [{"id": "calm", "text": {"fr": "x"}}]
    before = (item("hello", "info"), item("team", "matrix", scale="agree", rows=rows))
    form(*before, item("more", "yes_no", show_if="shown(hello) and answered(calm)"))
    for name in ("hello", "team"):
        with pytest.raises(ProblemsFoundError, match="IMF-E112"):
            form(*before, {**item("more", "yes_no"), "text": {"fr": f"{{{name}}}"}})
    with pytest.raises(ProblemsFoundError, match="IMF-E114"):
        form(*before, item("more", "yes_no", show_if=condition))


def test_words_of_ones_own_have_a_code() -> None:
    """`other`, where it is offered; taken along from what was ticked as well."""
    ticked = item("seen", "multi", choices=choices("a", "b"), other={})
    worst = item("worst", "single", choices_from="seen")
    for asked in ("seen has 'other'", "worst == 'other'"):
        more = item("more", "yes_no", show_if=asked)
        form(ticked, worst, more)
        with pytest.raises(ProblemsFoundError, match="IMF-E113"):
            form(item("seen", "multi", choices=choices("a", "b")), worst, more)


def test_choices_that_come_back_to_each_other_are_told() -> None:
    """However they do: nothing goes round in them."""
    for one, other in (("b", "a"), ("c", "a"), ("a", "a")):
        first = item("a", "multi", choices_from=one)
        rest = [item("b", "multi", choices_from=other), item("c", "multi", choices_from="b")]
        with pytest.raises(ProblemsFoundError, match="IMF-E073"):
            form(first, *rest, item("end", "single", choices_from="a", other={}))
