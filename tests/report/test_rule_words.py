"""The method page tells of the rule in force, and of no other."""

from dataclasses import replace
from typing import Any

import pytest
from measured import FRAMEWORK, MADE_ON

from imfsurvey.framework import Framework
from imfsurvey.report.document import Bullets, Paragraph
from imfsurvey.report.summary import summary
from imfsurvey.study.results import WaveResults

SHARED = {
    key: FRAMEWORK["aggregation"][key]
    for key in ("weights", "coverage", "reduced_scope", "evidence_from")
}
SHARES, MEAN, LOWEST = "more than 50%", "is the mean of its parts, rounded down", "its lowest part"
STEPS, SUM = "rated 2 or higher", "one of 5 steps"
EVERY = (SHARES, MEAN, LOWEST, STEPS, SUM)


def under(now: WaveResults, **rule: Any) -> WaveResults:
    """The same wave, as if its framework had another rule."""
    changed: dict[str, Any] = {**FRAMEWORK, "aggregation": {**SHARED, **rule}}
    if rule["rule"] == "sum_of_means":
        changed["levels"] = [
            {**level, "value": level["level"] / 5} for level in FRAMEWORK["levels"]
        ]
    return replace(now, framework=Framework.model_validate(changed))


def method(now: WaveResults, language: str = "en") -> str:
    """All bullets of the method page."""
    section = summary([now], language, MADE_ON).sections[-1]
    blocks = [block for block in section.blocks if isinstance(block, Bullets)]
    return " ".join(item for block in blocks for item in block.items)


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ({"rule": "capped_shares", "mostly": 50, "fully": 85, "cap": 1}, SHARES),
        ({"rule": "mean"}, MEAN),
        ({"rule": "minimum"}, LOWEST),
        ({"rule": "staged", "reached_from": 2}, STEPS),
        ({"rule": "sum_of_means"}, SUM),
    ],
)
def test_one_rule_is_told(now: WaveResults, rule: dict[str, Any], said: str) -> None:
    """Each rule has its sentence, with its own numbers."""
    words = method(under(now, **rule))
    assert [one for one in EVERY if one in words] == [said]


def test_values_of_ratings_are_told(now: WaveResults) -> None:
    """Where they count for something else than their level."""
    words = method(under(now, rule="sum_of_means"))
    assert "0.00, 0.20, 0.40, 0.60, 0.80 and 1.00" in words
    assert "each level includes all lower ones" not in words


@pytest.mark.parametrize("rule", ["mean", "minimum"])
def test_only_a_rule_that_averages_admits_it(now: WaveResults, rule: str) -> None:
    """The note on the two figures does not deny a mean."""
    sections = summary([under(now, rule=rule)], "en", MADE_ON).sections
    notes = [one.text for one in sections[0].blocks if isinstance(one, Paragraph)]
    assert any("A level is never an average." in one for one in notes) == (rule == "minimum")
    assert any("a mean, rounded down" in one for one in notes) == (rule == "mean")


@pytest.mark.parametrize(
    ("change", "gone", "left"),
    [
        ({"gate": None}, None, {"leadership", "balance"}),
        ({"balance": None}, "balance", {"leadership"}),
    ],
)
def test_what_a_framework_does_not_have_is_not_told_of(
    now: WaveResults, change: dict[str, Any], gone: str | None, left: set[str]
) -> None:
    """No balance, no page on it; a view is shown without a gate as well."""
    framework = Framework.model_validate({**FRAMEWORK, **change})
    found = {one.id for one in summary([replace(now, framework=framework)], "en", MADE_ON).sections}
    assert gone not in found
    assert left <= found
