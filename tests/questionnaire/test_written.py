"""Texts, dates and repeats in a questionnaire file, each fault at its place."""

from __future__ import annotations

import pytest
import small
from marked import POLICY, WIDE_FRAMEWORK, assert_found, with_change

from imfsurvey.framework.load import framework_from
from imfsurvey.questionnaire import (
    DateItem,
    Questionnaire,
    RepeatItem,
    SingleItem,
    TextItem,
    questionnaire_from,
)
from imfsurvey.source.document import parse

IMF = framework_from(parse(WIDE_FRAMEWORK))
TEXT = "text: {fr: x, nl: x}"


def load(text: str) -> Questionnaire:
    """The questionnaire in a text."""
    return questionnaire_from(parse(text), IMF)


def test_a_policy_is_named_and_its_items_are_known() -> None:
    """With what each takes, given or left at its default."""
    policy = load(POLICY)
    assert (policy.kind, policy.anonymous) == ("policy", False)
    vision, motto, since, goals, steps, first = policy.asking_items()
    assert isinstance(vision, TextItem) and isinstance(motto, TextItem)
    assert (vision.multiline, vision.max_length, vision.required) == (True, 200, True)
    assert (motto.multiline, motto.max_length, motto.required) == (False, 20, False)
    assert isinstance(since, DateItem) and since.precision == "month"
    assert isinstance(goals, RepeatItem) and (goals.min, goals.max, goals.required) == (1, 3, True)
    assert isinstance(steps, RepeatItem) and (steps.min, steps.max, steps.required) == (
        *(0, 20),
        False,
    )
    assert [type(item) for item in steps.items] == [TextItem, SingleItem, DateItem]
    assert isinstance(first, SingleItem) and first.choices_from == "goals"


@pytest.mark.parametrize(
    ("code", "old", "new"),
    [
        ("E027", "max_length: 200", "max_length: ▸4001"),
        ("E027", "max_length: 200", "max_length: ▸0"),
        ("E023", "precision: month", "precision: ▸week"),
        ("E021", "multiline: true", "▸multilines: true"),
        ("E062", "topic: code", "topic: ▸cod"),
        ("E062", "topic: cycle", "topic: ▸cycles"),
        ("E027", "max: 3", "max: ▸0"),
        ("E027", "max: 3", "max: ▸51"),
        ("E074", "min: 1\n        max: 3", "min: 3\n        max: ▸2"),
        (
            "E020",
            "id: goals\n        type: repeat\n        min: 1\n        max: 3\n        label: goal",
            "▸id: goals\n        type: repeat",
        ),
        ("E062", "label: goal", "label: ▸gaol"),
        ("E075", "label: step", "label: ▸due"),
        (
            "E075",
            "label: goal\n        text: {fr: Les objectifs stratégiques, nl: De strategische "
            "doelstellingen}\n        items:\n          - id: goal\n            type: text\n"
            "            required: true",
            "label: ▸goal\n        text: {fr: x, nl: x}\n        items:\n          - id: goal\n"
            "            type: text",
        ),
        ("E041", "- id: due", "- id: ▸step"),
        ("E062", "choices_from: goals", "choices_from: ▸gaols"),
        ("E062", "choices_from: goals", "choices_from: ▸vision"),
        ("E073", "choices_from: goals", "choices_from: ▸steps"),
        ("E023", "type: date\n            text", "type: ▸repeat\n            text"),
    ],
)
def test_a_fault_is_told_at_its_place(code: str, old: str, new: str) -> None:
    """In a repeat as well as outside."""
    assert_found(load, with_change(POLICY, (old, new)), f"IMF-{code}")


def test_what_is_written_freely_is_named() -> None:
    """A policy is; in an anonymous questionnaire each date and repeat is told of, and each text
    that has to be written."""
    text = with_change(
        POLICY, ("mode: named", "mode: ▸anonymous"), ("required: true", "required: ▸true")
    )
    for item in ("since", "goals", "steps"):
        text = text.replace(f"- id: {item}\n        type: ", f"- id: {item}\n        type: ▸")
    assert_found(load, text, "IMF-E065", "IMF-E091", *["IMF-E076"] * 3)


@pytest.mark.parametrize(
    "rated",
    [
        "type: ▸likert, scale: two, topic: code",
        "type: ▸matrix, scale: two, rows: [{id: row, TEXT}]",
        "type: ▸maturity, topic: code",
    ],
)
def test_a_policy_rates_nothing(rated: str) -> None:
    """A statement in it would count in no figure, nor would a level."""
    scale = "scales: {two: {codes: [{code: 1, TEXT}, {code: 2, TEXT}]}}\nprivacy:"
    item = f"- {{id: rated, {rated}, TEXT}}\n      - id: motto"
    text = with_change(POLICY, ("privacy:", scale), ("- id: motto", item))
    assert_found(load, text.replace("TEXT", TEXT), "IMF-E077")


def test_a_text_inside_a_repeat_is_translated() -> None:
    """It counts among those that are missing."""
    text = with_change(
        POLICY,
        ("languages: [fr, nl]", "languages: [fr, ▸nl]"),
        ('{fr: "Pour quand ?", nl: "Tegen wanneer?"}', '{fr: "Pour quand ?"}'),
    )
    (problem,) = assert_found(load, text, "IMF-E067")
    assert problem.params["count"] == 1


def test_a_choice_may_not_come_from_a_repeat_that_stands_later() -> None:
    """Whoever goes through it page by page would have nothing to choose from."""
    text = with_change(
        POLICY,
        (
            "- id: motto",
            "- {id: early, type: single, choices_from: ▸goals, " + TEXT + "}\n      - id: motto",
        ),
    )
    assert_found(load, text, "IMF-E073")


def test_bounds_may_meet() -> None:
    """Exactly three, of a number, of entries, of bands that begin and end there."""
    name = small.item("name", "text", required=True)
    small.form(
        small.item("one", "number", min=3, max=3),
        small.item("two", "number", min=0, max=3, store_as={"bands": [0, 3]}),
        small.item("three", "repeat", label="name", min=3, max=3, items=[name]),
    )


def test_every_part_of_a_repeat_changes_the_hash() -> None:
    """Items, bounds, label and where choices come from."""
    changes = [
        ("max: 3", "max: 4"),
        ("min: 1", "min: 2"),
        ("precision: month", "precision: year"),
        ("multiline: true", "multiline: false"),
        ("max_length: 20\n", "max_length: 21\n"),
        ("id: due", "id: end"),
        ("Quel résultat", "Quels résultats"),
        ("            choices_from: goals", "            choices_from: study.groups"),
    ]
    hashes = {load(with_change(POLICY, change)).form_hash for change in changes}
    assert len(hashes) == len(changes)
    assert load(POLICY).form_hash not in hashes
