"""What other programs read in a workbook of ours: conditions of choices, checks, warnings."""

from __future__ import annotations

from small import IMF, choices, form, item
from xlsforms import plain

from imfsurvey.exchange.xlsform.convert import workbook_of

SAYS = {"fr": "Non."}


def rows(*items: dict[str, object]) -> dict[str, dict[str, str]]:
    """The cells of the sheet of questions by name, after the columns of everybody."""
    data, _ = workbook_of(form(*items), IMF)
    survey = next(sheet for sheet in plain(data) if sheet.name == "survey")
    (_, head), *below = survey.rows
    return {cells[1]: dict(zip(head, cells, strict=False)) for _, cells in below}


def test_a_condition_of_a_choice_is_kept_together() -> None:
    """One with `or` stands in brackets behind the mark of its choices."""
    found = rows(
        item("a", "single", choices=choices("x", "y")),
        item("n", "number", max=9),
        item("c", "single", choices=choices("p", "q", q={"show_if": "a == 'x' or n > 3"})),
    )
    assert found["c"]["choice_filter"] == (
        "imf_when = 'always' or (imf_when = 'w1' and (${a} = 'x' or ${n} > 3))"
    )


def test_a_warning_keeps_nobody_from_going_on() -> None:
    """Only what refuses an answer is a constraint there; a check is told apart from a bound."""
    warned = {"check": "this != 3", "message": SAYS, "severity": "warn"}
    found = rows(
        item("n", "number", max=9, constraint=[warned]),
        item("m", "number", max=9, constraint=[{"check": "this <= 5", "message": SAYS}]),
    )
    assert found["n"]["constraint"] == ". <= 9"
    assert found["m"]["constraint"] == ". <= 9 and boolean(. <= 5)"
