"""How far an answer reaches through the parts of an item; through whole walks, see `interview`."""

from __future__ import annotations

from small import choices, form, item


def test_a_field_is_reached_as_its_repeat() -> None:
    """By its condition, when it is required, by its check, by its choices and theirs."""
    check = {"check": "this > hours", "message": {"fr": "x"}}
    listed = choices("x", "y", y={"show_if": "told == 'yes'"})
    fields = [
        item("name", "text", required=True, show_if="seen == 'yes'"),
        item("days", "number", required_if="heard == 'yes'", constraint=[check]),
        item("which", "single", choices_from="what"),
        item("way", "single", choices=listed),
    ]
    made = form(
        *(item(one, "yes_no") for one in ("seen", "heard", "told", "alone")),
        item("hours", "number"),
        item("what", "multi", choices=choices("a", "b")),
        item("people", "repeat", label="name", items=fields),
        item("first", "single", choices_from="people"),
    )
    for asked in ("seen", "heard", "told", "hours", "what"):
        assert made.reach.of(asked) == {asked, "people", "first"}
    assert made.reach.of("alone") == {"alone"}
    assert made.reach.of("first") == {"first"}
