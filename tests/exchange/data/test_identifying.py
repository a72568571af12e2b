"""What of an anonymous questionnaire a data file leaves out, by whatever way it tells a group."""

from __future__ import annotations

from small import choices, form, item

from imfsurvey.exchange.data.identifying import left_out


def test_groups_chosen_from_ticks_are_left_out_as_well() -> None:
    """With what is offered because of them, and what was asked because of that."""
    survey = form(
        item("units", "multi", choices_from="study.groups"),
        item("unit", "single", choices_from="units"),
        item("task", "single", choices=choices("a", "b", b={"show_if": "unit == 'ops'"})),
        item("often", "yes_no", show_if="task == 'b'"),
        item("clear", "yes_no"),
        named=False,
    )
    assert left_out(survey) == ("units", "unit", "task", "often")
