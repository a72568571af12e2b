"""The language in full: the samples that use all of it, and what is wrong with a construct."""

from __future__ import annotations

import pytest
from marked import (
    FRAMEWORK,
    MARK,
    SAMPLES,
    assert_found,
    marked_places,
    problems_of,
    with_change,
)

from imfsurvey.framework.load import framework_from
from imfsurvey.questionnaire import Questionnaire, questionnaire_from
from imfsurvey.questionnaire.checks import check
from imfsurvey.questionnaire.items import ItemBase
from imfsurvey.questionnaire.model import Questionnaire as Model
from imfsurvey.questionnaire.places import every_place
from imfsurvey.source.document import parse
from imfsurvey.source.model import validated

IMF = framework_from(parse(FRAMEWORK))
CONSTRUCTS = (SAMPLES / "constructs.yaml").read_text("utf-8")
ANONYMOUS = (SAMPLES / "anonymous.yaml").read_text("utf-8")
BANDS = "bands: [0, 5, 15, 30]"


def load(text: str) -> Questionnaire:
    """The questionnaire in a text."""
    return questionnaire_from(parse(text), IMF)


@pytest.mark.parametrize("text", [CONSTRUCTS, ANONYMOUS], ids=["named", "anonymous"])
def test_a_sample_of_everything_is_without_fault(text: str) -> None:
    """Neither errors nor warnings."""
    document = parse(text)
    assert check(validated(Model, document), IMF, document) == []


def test_a_matrix_may_be_renamed() -> None:
    """Though it is no item of its own in data."""
    load(with_change(CONSTRUCTS, ("violation_seen: seen", "my_team: team")))


def test_the_named_sample_uses_every_key_of_every_item() -> None:
    """A key that is new to the language has to be put there."""
    items = [item for _, item in every_place(load(CONSTRUCTS))]
    used = {(type(item), key) for item in items for key in item.model_fields_set}
    possible = {(kind, key) for kind in {type(item) for item in items} for key in kind.model_fields}
    common = {*ItemBase.model_fields, *COMMON}
    assert {(kind.__name__, key) for kind, key in possible - used if key not in common} == set()
    assert common - {key for _, key in used} == set()


COMMON = (
    *("required", "required_if", "constraint", "non_answers", "comment", "evidence", "topic"),
    *("choices", "choices_ref", "choices_from", "other"),
)
"""What every item has that asks, or that has choices; it need not be used on each."""


@pytest.mark.parametrize(
    ("codes", "changes"),
    [
        # renamed
        ("E086", [("violation_seen: seen", "violation_seen: seen, witnessed: ▸seen")]),
        ("E062", [("violation_seen: seen", "violation_seen: ▸sean")]),
        # numbers
        ("E081", [(BANDS, "bands: [0, 5, ▸5, 30]")]),
        ("E081", [("min: 0\n        max: 50", "min: ▸-1\n        max: 50")]),
        ("E081", [("max: 50", "max: ▸29")]),
        ("E082", [("max: 20000", "max: ▸0")]),
        ("E082", [("max: 100\n", "max: ▸99.95\n")]),
        ("E027", [("decimals: 1", "decimals: ▸7")]),
        ("E027", [(BANDS, "bands: ▸[0]")]),
        # dates
        ("E088", [('min: "1990-01-01"', 'min: ▸"1990-13-01"')]),
        ("E088", [('min: "1990-01-01"', 'min: ▸"19900101"')]),
        ("E088", [("max: today", "max: ▸tomorrow")]),
        # several choices
        ("E083", [("min_choices: 1", "min_choices: ▸4")]),
        ("E083", [("choices_ref: tasks,", "choices_ref: tasks, min_choices: ▸4,")]),
        ("E084", [("top: 2\n        order: random", "top: ▸5\n        order: random")]),
        ("E087", [("{code: management,", "{code: ▸other,")]),
        (
            "E087",
            [
                ("{code: channel,", "{code: other,"),
                ("choices_ref: measures", "choices_ref: measures\n        other: ▸{}"),
            ],
        ),
        (
            "E087",
            [("non_answers: [dk]\n      - id: prior", "other: ▸{}\n      - id: prior")],
        ),
        ("E089", [("{code: inquiry,", "{code: inquiry, exclusive: ▸true,")]),
        (
            "E089",
            [
                ("{code: training,", "{code: training, exclusive: true,"),
                ("choices_ref: measures", "choices_ref: ▸measures"),
            ],
        ),
        ("E062", [("choices_ref: measures", "choices_ref: ▸measure")]),
        ("E053", [("{code: code, text", "{code: ▸training, text")]),
        ("E052", [("choices_ref: measures", "choices_ref: measures\n        ▸choices_from: what")]),
        # ratings and statements
        ("E085", [("evidence: {max_length: 300}", "evidence: {required_from: ▸2}")]),
        ("E064", [("id: code_reviewed, level: 4", "id: code_reviewed, level: ▸6")]),
        ("E064", [("          2: {approach: stimulating", "          ▸5: {approach: stimulating")]),
        ("E041", [("{id: code_approved", "{id: ▸code_written")]),
        ("E041", [("{id: team_fear", "{id: ▸team_speak")]),
        ("E027", [("weight: 1.5", "weight: ▸0")]),
        ("E062", [("topic: rules, theme: leading", "topic: rules, theme: ▸leaders")]),
        ("E062", [("{id: team_channel, topic: rules", "{id: team_channel, topic: ▸rule")]),
        (
            "E062",
            [("topic: code\n        theme: speaking", "topic: ▸cod\n        theme: speaking")],
        ),
        ("E068", [("breakdown_by: [service, seen]", "breakdown_by: [service, ▸staff]")]),
        # the whole
        ("E027", [("max_breakdowns: 2", "max_breakdowns: ▸4")]),
        ("E027", [("k_comments: 12", "k_comments: ▸4")]),
        ("E023", [("comments: detached", "comments: ▸attached")]),
        ("E027", [("keep: []", "keep: ▸[time]")]),
        ("E062", [("violation_seen: seen", "violation_seen: ▸sen")]),
        ("E023", [("order: random\n    items", "order: ▸shuffled\n    items")]),
        ("E023", [("pin: last, max_length", "pin: ▸end, max_length")]),
        ("E023", [("severity: warn", "severity: ▸warning")]),
    ],
)
def test_a_fault_of_a_construct_is_told_at_its_place(
    codes: str, changes: list[tuple[str, str]]
) -> None:
    """At the first wrong character."""
    text = with_change(CONSTRUCTS, *changes)
    assert_found(load, text, *(f"IMF-{code}" for code in codes.split()))


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("E080", [("type: number", "type: ▸number"), (f"        store_as: {{{BANDS}}}\n", "")]),
        ("E076", [("{id: leads,", "{id: leads, evidence: ▸{},")]),
        ("E090", [("max_length: 400", "max_length: ▸501")]),
        ("E090", [("        max_length: 400\n", ""), ("- id: wish", "- ▸id: wish")]),
        ("E090", [("{id: seen,", "{id: seen, comment: ▸{},")]),
        ("E090", [("{max_length: 300}", "{max_length: ▸501}")]),
        ("E090", [("max_length: 60", "max_length: ▸501")]),
        ("E091", [("max_length: 400", "max_length: 400\n        required: ▸true")]),
        ("E091", [("max_length: 400", "max_length: 400\n        required_if: ▸\"seen == 'yes'\"")]),
        ("E092", [("{id: leads,", "{id: leads, comment: ▸{max_length: 5},")]),
        ("E092", [("{id: category,", "{id: category, other: ▸{max_length: 5},")]),
        ("E093", [("max_length: 400", "max_length: 400\n        show_if: ▸\"leads == 'yes'\"")]),
        ("E093", [("id: last_word", "id: last_word\n    show_if: ▸\"leads == 'yes'\"")]),
        (
            "E093",
            [
                ("{id: seen,", "{id: seen, show_if: \"category == 'ops'\","),
                ("max_length: 400", 'max_length: 400\n        show_if: ▸"worried"'),
                ("computed:\n", "computed:\n  - {id: worried, expr: \"seen == 'yes'\"}\n"),
            ],
        ),
        (
            "E093",
            [
                ("{code: confidant,", "{code: confidant, show_if: \"category == 'ops'\","),
                (
                    "max_length: 400",
                    "max_length: 400\n        show_if: ▸\"most_useful == 'chief'\"",
                ),
            ],
        ),
        (
            "E093",
            [
                ("choices_ref: channels, order", "choices_from: study.groups, order"),
                ("max_length: 400", "max_length: 400\n        show_if: ▸\"most_useful == 'ops'\""),
            ],
        ),
        (
            "E092",
            [
                ("choices_ref: channels, order", "choices_from: study.groups, order"),
                (', show_if: "len(told) >= 2"', ", other: ▸{max_length: 5}"),
            ],
        ),
        ("E073", [("choices_from: study.groups", "choices_from: ▸what")]),
        ("E068", [("[category, leads]", "[category, ▸what]")]),
        ("E041", [("[category, leads]", "[category, leads, ▸category]")]),
    ],
)
def test_what_an_anonymous_questionnaire_may_not_ask(
    code: str, changes: list[tuple[str, str]]
) -> None:
    """Whatever would tell who answered, at the key that asks for it."""
    assert_found(load, with_change(ANONYMOUS, *changes), f"IMF-{code}")


def test_what_an_anonymous_questionnaire_may_ask() -> None:
    """A text of 500 characters; results by a number of which only the band is kept."""
    load(with_change(ANONYMOUS, ("max_length: 400", "max_length: 500")))
    load(with_change(ANONYMOUS, ("[category, leads]", "[category, years]")))


@pytest.mark.parametrize(
    ("where", "expression"),
    [
        ("after:show_if", "▸wish == 'x'"),
        ("after:show_if", "not answered(▸wish)"),
        ("after:show_if", "len(▸wish) > 3"),
        ("after:required_if", "answered(▸wish)"),
        ("after:constraint", "this == 'yes' or answered(▸wish)"),
        ("choice", "answered(▸wish)"),
        ("section", "answered(▸wish)"),
        ("computed", "answered(▸wish)"),
    ],
)
def test_nothing_looks_at_a_text_that_is_kept_apart(where: str, expression: str) -> None:
    """What it would show or hide is stored, and would tell beside the answers who wrote."""
    place, _, key = where.partition(":")
    after = '{id: after, type: yes_no, text: {fr: "A ?", nl: "A?"}}'
    listed = "[{code: a, text: {fr: a, nl: a}}]"
    one = f'{{id: one, type: single, choices: {listed}, text: {{fr: "B ?", nl: "B?"}}}}'
    asked = f'"{expression}"'
    text = ANONYMOUS.rstrip("\n") + "\n"
    if place == "computed":
        text = with_change(text, ("computed:\n", f"computed:\n  - {{id: wrote, expr: {asked}}}\n"))
    if place == "choice":
        one = one.replace("{code: a,", f"{{code: a, show_if: {asked},")
    if key == "constraint":
        asked = f'[{{check: {asked}, message: {{fr: "!", nl: "!"}}}}]'
    if key:
        after = after.replace("{id: after,", f"{{id: after, {key}: {asked},")
    text += '  - id: more\n    title: {fr: "Encore", nl: "Nog"}\n'
    text += f"    show_if: {asked}\n" if place == "section" else ""
    text += f"    items:\n      - {after}\n      - {one}\n"
    assert_found(load, text, "IMF-E119")


def test_a_text_asked_after_certain_answers_is_warned_of() -> None:
    """Its author gave them; that is said at the condition, and nothing else is wrong."""
    text = with_change(
        ANONYMOUS, ("max_length: 400", "max_length: 400\n        show_if: ▸\"seen == 'yes'\"")
    )
    document = parse(text.replace(MARK, ""))
    found = check(validated(Model, document), IMF, document)
    assert [(one.code, one.severity) for one in found] == [("IMF-W104", "warning")]
    assert [(one.line, one.column) for one in found] == marked_places(text)


def test_the_words_of_a_text_may_be_shown_again() -> None:
    """That is on the screen of who wrote them, and stored nowhere."""
    bye = '{id: bye, type: info, text: {fr: "{wish} !", nl: "{wish}!"}}'
    more = f"  - {{id: end, title: {{fr: f, nl: f}}, items: [{bye}]}}\n"
    load(ANONYMOUS.rstrip("\n") + "\n" + more)


def test_choices_come_from_what_is_surely_asked_before() -> None:
    """In a shuffled section nothing is before anything else of it."""
    shuffled = (
        'title: {fr: "Ce que vous avez vu", nl: "Wat u zag"}\n',
        'title: {fr: "Ce que vous avez vu", nl: "Wat u zag"}\n    order: random\n',
    )
    text = with_change(ANONYMOUS, shuffled, ("choices_from: told", "choices_from: ▸told"))
    found = [one for one in problems_of(load, text) if one.code == "IMF-E073"]
    assert [(one.line, one.column) for one in found] == marked_places(text)
