"""A matrix: its rows are statements of their own that stay together."""

from __future__ import annotations

from typing import Any

from records import said_in
from small import item, objections, offered, say, section, shown, walk

from imfsurvey.questionnaire import LikertItem, MatrixItem


def row(row_id: str, **keys: Any) -> dict[str, Any]:
    """A row whose text is its id."""
    return {"id": row_id, "text": {"fr": row_id}, **keys}


def matrix(*rows: dict[str, Any], **keys: Any) -> dict[str, Any]:
    """A matrix on the scale of the form."""
    return item("team", "matrix", scale="agree", rows=list(rows), **keys)


def test_each_row_is_a_page_of_the_matrix() -> None:
    """With its number, its text and the options of the scale."""
    interview = walk(matrix(row("a"), row("b"), topic="code"), item("end", "yes_no"))
    pages = interview.pages
    assert [(page.item.id, page.number) for page in pages] == [("a", 1), ("b", 2), ("end", 3)]
    assert [page.matrix.id if page.matrix else None for page in pages] == ["team", "team", None]
    assert isinstance(pages[0].item, LikertItem)
    assert offered(interview, "a") == [1, 2, 3, 4, 5]
    assert "team" not in interview.questionnaire.items


def test_rows_take_topic_and_theme_of_the_matrix() -> None:
    """Unless they have their own; what is required of it is required of each."""
    interview = walk(
        matrix(
            row("a"),
            row("b", topic="rules", theme="other", reverse=True, knowledge=True, weight=2),
            topic="code",
            theme="clear",
            required=True,
            non_answers=["na", "refused"],
        ),
        themes=[{"id": one, "label": {"fr": one}} for one in ("clear", "other")],
    )
    a, b = (interview.questionnaire.items[one] for one in "ab")
    assert isinstance(a, LikertItem) and isinstance(b, LikertItem)
    assert (a.topic, a.theme, a.reverse, a.knowledge, a.weight) == (
        "code",
        "clear",
        False,
        False,
        1,
    )
    assert (b.topic, b.theme, b.reverse, b.knowledge, b.weight) == ("rules", "other", True, True, 2)
    assert objections(interview, "a") == objections(interview, "b") == ["I110"]
    assert [one.status for one in interview.options(a)[5:]] == ["na", "refused"]


def test_rows_are_shown_by_conditions_of_their_own() -> None:
    """And by that of the matrix; `rows` gives those that are shown."""
    interview = walk(
        item("seen", "yes_no"),
        item("helped", "yes_no"),
        matrix(row("a"), row("b", show_if="helped == 'yes'"), show_if="seen == 'yes'"),
    )
    grid = next(one for one in interview.questionnaire.sections[0].items if one.id == "team")
    assert isinstance(grid, MatrixItem)
    say(interview, helped="yes")
    assert interview.rows(grid) == ()
    say(interview, seen="yes")
    assert [one.id for one in interview.rows(grid)] == ["a", "b"]
    say(interview, helped="no")
    assert [one.id for one in interview.rows(grid)] == ["a"]
    assert shown(interview) == ["seen", "helped", "a"]
    assert [page.number for page in interview.pages] == [1, 2, 3]


def test_a_row_is_named_in_conditions_like_any_statement() -> None:
    """By its score, turned round where it is."""
    interview = walk(
        matrix(row("a"), row("b", reverse=True)),
        item("low", "info", show_if="score(a) <= 25 and score(b) <= 25"),
    )
    say(interview, a=2, b=4)
    assert shown(interview) == ["a", "b", "low"]
    say(interview, b=2)
    assert shown(interview) == ["a", "b"]


def test_required_rows_under_a_condition() -> None:
    """Each needs an answer of its own."""
    interview = walk(
        item("seen", "yes_no"), matrix(row("a"), row("b"), required_if="seen == 'yes'")
    )
    assert interview.unfinished() == ()
    say(interview, seen="yes", a=3)
    assert [one.id for one in interview.unfinished()] == ["b"]


def test_the_record_has_a_place_for_each_row() -> None:
    """In the order of the file, hidden ones too."""
    interview = walk(
        item("seen", "yes_no"),
        matrix(row("a"), row("b", show_if="seen == 'yes'"), row("c")),
        named=False,
    )
    say(interview, seen="no", c=5)
    stored = said_in(interview)
    assert stored == ["no", "~blank", "~not_shown", 5]


def test_rows_stay_together_when_a_section_is_shuffled() -> None:
    """In their own order, wherever the matrix stands."""
    orders = set()
    for seed in range(40):
        interview = walk(
            section(
                "one",
                item("x", "yes_no"),
                matrix(row("a"), row("b")),
                item("y", "yes_no"),
                order="random",
            ),
            seed=seed,
        )
        order = shown(interview)
        assert order.index("b") == order.index("a") + 1
        orders.add(tuple(order))
    assert len(orders) == 6
