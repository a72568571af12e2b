"""A constraint of a workbook: what becomes a bound of the item, and what stays a check."""

from __future__ import annotations

from typing import Any

import pytest
from xlsforms import CHOICES, form

KEYS = ("min", "max", "max_length", "min_choices", "max_choices")


@pytest.mark.parametrize(
    ("type_", "constraint", "bounds", "checks"),
    [
        ("integer", ". >= 2 and . <= 9", {"min": 2, "max": 9}, []),
        ("integer", "2 <= . and 9 >= .", {"min": 2, "max": 9}, []),
        ("integer", ". >= -3", {"min": -3}, []),
        # No bound of ours leaves the number itself out.
        ("integer", ". < 9", {}, ["this < 9"]),
        ("integer", "9 > .", {}, ["this < 9"]),
        # The second bound of a kind is no bound but still holds.
        ("integer", ". <= 9 and . <= 5", {"max": 9}, ["this <= 5"]),
        ("integer", ". <= 9 or . = 20", {}, ["this <= 9 or this == 20"]),
        # A number with two decimals cannot be as near to it.
        ("decimal", ". <= 2.25", {"max": 2.25}, []),
        ("decimal", ". <= 2.255", {}, ["this <= 2.255"]),
        ("text", "string-length(.) <= 20", {"max_length": 20}, []),
        ("text", "20 >= string-length(.)", {"max_length": 20}, []),
        ("text", "string-length(.) >= 3", {}, ["len(this) >= 3"]),
        ("text", "string-length(.) <= 5000", {}, ["len(this) <= 5000"]),
        ("date", ". >= date('2026-01-31')", {"min": "2026-01-31"}, []),
        ("date", ". <= today()", {"max": "today"}, []),
        (
            "select_multiple ab",
            "count-selected(.) >= 2 and count-selected(.) <= 2",
            {"min_choices": 2, "max_choices": 2},
            [],
        ),
        ("select_multiple ab", "count-selected(.) >= 0", {}, ["len(this) >= 0"]),
    ],
)
def test_what_becomes_a_bound(
    type_: str, constraint: str, bounds: dict[str, Any], checks: list[str]
) -> None:
    """Read by hand; nothing of a constraint is left out."""
    rows = [("type", "name", "label", "constraint"), (type_, "x", "X", constraint)]
    found = (
        form(rows, CHOICES).questionnaire.items["x"].model_dump(mode="json", exclude_defaults=True)
    )
    assert {key: found[key] for key in KEYS if key in found} == bounds
    assert [one["check"] for one in found.get("constraint", ())] == checks
