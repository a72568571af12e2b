"""The logic of a questionnaire file: each fault at the column of the first wrong character."""

from __future__ import annotations

import pytest
from marked import FRAMEWORK, MARK, SAMPLES, assert_found, marked_places, with_change
from small import choices, form, item, section

from imfsurvey.framework.load import framework_from
from imfsurvey.questionnaire.checks import check
from imfsurvey.questionnaire.load import questionnaire_from
from imfsurvey.questionnaire.model import Questionnaire
from imfsurvey.source.document import parse
from imfsurvey.source.model import validated
from imfsurvey.source.problems import ProblemsFoundError

IMF = framework_from(parse(FRAMEWORK))
FILE = """\
imfsurvey: 1
questionnaire:
  id: sample.logic
  version: "1"
  kind: policy
  framework: sample
  title: {fr: x}
  languages: [fr]
  default_language: fr
privacy: {mode: named}
computed:
  - {id: worry, expr: "seen == 'yes' or hours > 10"}
  - {id: other, expr: "1"}
sections:
  - id: first
    title: {fr: x}
    items:
      - {id: seen, type: yes_no, required: true, non_answers: [dk], text: {fr: x}}
      - {id: hours, type: number, min: 0, max: 40, text: {fr: x}}
      - {id: age, type: number, store_as: {bands: [0, 30, 60]}, text: {fr: x}}
      - id: what
        type: multi
        text: {fr: x}
        choices: [{code: gifts, text: {fr: x}}, {code: data, text: {fr: x}}]
      - {id: since, type: date, text: {fr: x}}
      - {id: motto, type: text, text: {fr: x}}
      - id: actors
        type: repeat
        label: role
        text: {fr: x}
        items:
          - {id: role, type: text, required: true, text: {fr: x}}
          - {id: days, type: number, text: {fr: x}}
  - id: second
    title: {fr: x}
    order: random
    items:
      - {id: one, type: number, text: {fr: x}}
      - {id: two, type: number, text: {fr: x}}
      - {id: end, type: number, pin: last, text: {fr: x}}
  - id: third
    title: {fr: x}
    items:
      - {id: last, type: number, text: {fr: "PIPE"}, show_if: "HERE"}
      - {id: very_last, type: number, text: {fr: x}}
"""


def load(text: str) -> Questionnaire:
    """The questionnaire in a text."""
    return questionnaire_from(parse(text), IMF)


def with_condition(condition: str) -> str:
    """The sample with a condition on its last item."""
    return FILE.replace("HERE", condition).replace("PIPE", "x")


@pytest.mark.parametrize(
    ("code", "condition"),
    [
        ("E100", "▸"),
        ("E100", "seen == ▸"),
        ("E100", "seen == 'yes' ▸seen"),
        ("E100", "(seen == 'yes'▸"),
        ("E100", "seen ▸# 'yes'"),
        ("E100", "▸ѕeen == 'yes'"),
        ("E101", "(" * 40 + "▸(seen"),
        ("E101", "'" + "x" * 999 + "▸'"),
        ("E102", "seen == ▸‘yes’"),
        ("E102", "seen == ▸'yes"),
        ("E103", "1 < hours ▸< 4"),
        ("E104", "▸answerd(seen)"),
        ("E104", "▸__import__('os')"),
        ("E105", "seen ▸= 'yes'"),
        ("E105", "answered(seen) ▸&& answered(hours)"),
        ("E105", "answered(seen) ▸|| answered(hours)"),
        ("E105", "▸!answered(seen)"),
        ("E105", "answered(seen) ▸AND answered(hours)"),
        ("E106", "▸answered(seen, hours)"),
        ("E106", "answered(▸1)"),
        ("E106", "count(▸1 + 1) > 1"),
        ("E107", "matches(motto, ▸seen)"),
        ("E107", "matches(motto, '▸(a+)+')"),
        ("E107", "matches(motto, 'a*a*a▸*')"),
        ("E108", "hours > ▸1e5"),
        ("E108", "hours > ▸1234567890123456"),
        ("E110", "▸sen == 'yes'"),
        ("E110", "seen == ▸yes"),
        ("E110", "count_answered(actors.▸rol) > 1"),
        ("E111", "▸very_last > 1"),
        ("E111", "▸last > 1"),
        ("E112", "▸actors.days > 1"),
        ("E112", "▸seen.days > 1"),
        ("E112", "▸actors == 1"),
        ("E112", "count(▸seen) > 1"),
        ("E113", "seen == ▸'yse'"),
        ("E113", "what has ▸'gift'"),
        ("E113", "age > ▸20"),
        ("E113", "seen in ['yes', ▸'maybe']"),
        ("E113", "is_refused(▸seen)"),
        ("E113", "seen == ▸'motto'"),
        ("E114", "hours == ▸'5'"),
        ("E114", "hours ▸== 'many'"),
        ("E114", "▸seen has 'yes'"),
        ("E114", "▸what == 'gifts'"),
        ("E114", "what ▸has since"),
        ("E114", "seen ▸> 'yes'"),
        ("E114", "since > ▸'2026-02-30'"),
        ("E114", "len(▸hours) > 1"),
        ("E114", "▸seen"),
        ("E114", "▸hours"),
        ("E114", "▸age + 1 > 4"),
        ("E114", "▸since + 1 > 4"),
        ("E114", "score(▸hours) > 4"),
        ("E114", "level(▸hours) > 4"),
        ("E114", "matches(▸hours, '4')"),
        ("E114", "years_since(▸hours) > 4"),
        ("E114", "sum(▸actors.role) > 4"),
        ("E114", "abs(▸seen) > 4"),
        ("E114", "if_else(▸hours, 1, 2) == 1"),
        ("E114", "if_else(answered(seen), 1, ▸'x') == 1"),
        ("E116", "▸this > 1"),
    ],
)
def test_a_fault_is_told_where_it_is(code: str, condition: str) -> None:
    """The place is the first wrong character of the condition, not the condition."""
    assert_found(load, with_condition(condition), f"IMF-{code}")


def test_double_quotes_inside_have_words_of_their_own() -> None:
    """In a condition that YAML has without quotes."""
    text = with_condition("HERE").replace('"HERE"', 'seen == ▸"yes"')
    (problem,) = assert_found(load, text, "IMF-E102")
    assert "'yes'" in problem.message


@pytest.mark.parametrize("quoted", ["sen == 1", "'▸sen == 1'", '"▸sen == 1"', "'x == ''▸y'''"])
def test_the_place_is_right_in_every_kind_of_quotes(quoted: str) -> None:
    """Also in single ones, in which a quote is written twice."""
    if "y" in quoted:
        text = with_condition("HERE").replace('"HERE"', "'seen == ▸''yse'''")
        assert [one.code for one in assert_found(load, text, "IMF-E113")] == ["IMF-E113"]
    else:
        if MARK not in quoted:
            quoted = MARK + quoted
        assert_found(load, with_condition("HERE").replace('"HERE"', quoted), "IMF-E110")


def test_a_condition_in_a_block_is_told_as_a_whole() -> None:
    """Where its text is not written out on one line."""
    text = with_condition("true").replace(
        'type: number, text: {fr: x}, show_if: "true"}', "type: number, text: {fr: x}}"
    )
    text += "      - id: folded\n        type: number\n        text: {fr: x}\n"
    text += "        show_if: ▸>-\n          seen == 'yes' and\n          sen == 1\n"
    assert_found(load, text, "IMF-E110")


def test_what_is_shuffled_may_not_refer_to_each_other() -> None:
    """Unless one of them is pinned; the last one may refer to all."""
    text = with_condition("answered(seen)")
    end = ("pin: last, text: {fr: x}", 'pin: last, text: {fr: x}, show_if: "one > two"')
    load(with_change(text, end))
    two = ("{id: two, type: number", '{id: two, show_if: "▸one > 1", type: number')
    (problem,) = assert_found(load, with_change(text, two), "IMF-E111")
    assert "pin" in problem.message
    pinned = two[1].replace(MARK, "")
    load(with_change(text, (two[0], pinned), ("{id: one,", "{id: one, pin: first,")))


def test_a_ring_of_computed_values_is_told_whole() -> None:
    """Once, at the name that begins it."""
    text = with_condition("answered(seen)")
    ring = (
        'expr: "1"}',
        'expr: "▸middle + 1"}\n  - {id: middle, expr: "edge"}\n  - {id: edge, expr: "other"}',
    )
    (problem,) = assert_found(load, with_change(text, ring), "IMF-E115")
    assert "other → middle → edge → other" in problem.message


def test_a_computed_value_has_an_id_of_its_own() -> None:
    """It stands beside items in conditions and texts."""
    text = with_change(with_condition("answered(seen)"), ("{id: other,", "{id: hours,"))
    assert_found(load, with_change(text, ("{id: hours, type", "{id: ▸hours, type")), "IMF-E041")


def test_a_computed_value_is_known_behind_its_latest_item() -> None:
    """Even when it is written at the top of the file."""
    text = with_condition("worry")
    load(text)
    early = ("{id: hours, type: number", '{id: hours, show_if: "▸worry", type: number')
    assert_found(load, with_change(text, early), "IMF-E111")


def test_a_computed_value_has_the_codes_of_what_it_is() -> None:
    """Of one that is a number in bands, only where they begin can be told."""
    text = with_change(with_condition("other > ▸20"), ('other, expr: "1"', 'other, expr: "age"'))
    assert_found(load, text, "IMF-E113")
    assert_warned(with_change(text, ("other > ▸20", "other >= 30")), "")


def test_fields_are_known_in_their_own_entry() -> None:
    """A field may ask for an earlier one of the same entry, and `this` in its check."""
    text = with_condition("sum(actors.days) > 3")
    good = (
        "{id: days, type: number",
        '{id: days, show_if: "actors.role != \'x\'", constraint: [{check: "this < 9", '
        'message: {fr: "{actors.days}"}}], type: number',
    )
    load(with_change(text, good))
    role = ("{id: role, type", '{id: role, show_if: "▸actors.days > 1", type')
    assert_found(load, with_change(text, role), "IMF-E111")
    own = (role[0], role[1].replace("days > 1", "role == 'x'"))
    assert_found(load, with_change(text, own), "IMF-E111")
    bare = ("{id: days, type: number", "{id: days, show_if: \"▸role != 'x'\", type: number")
    assert_found(load, with_change(text, bare), "IMF-E110")


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("E110", "▸{sen}"),
        ("E111", "you said ▸{very_last}"),
        ("E112", "▸{actors.role}"),
        ("E117", "a ▸{ b"),
        ("E117", "a ▸} b"),
        ("E117", "▸{Seen▸}"),
        ("E117", "{{ and ▸} b"),
    ],
)
def test_a_name_in_a_text_is_told_where_it_is(code: str, words: str) -> None:
    """At its first letter, or at the brace that belongs to no name."""
    words = words.replace("▸{s", "{▸s").replace("▸{v", "{▸v").replace("▸{a", "{▸a")
    text = FILE.replace("PIPE", words).replace("HERE", "answered(seen)")
    assert_found(load, text, *[f"IMF-{code}"] * words.count(MARK))


def test_names_in_texts_are_put_in() -> None:
    """Items, computed values; doubled braces print one."""
    load(FILE.replace("PIPE", "{seen} {worry} {{x}}").replace("HERE", "answered(seen)"))


@pytest.mark.parametrize(
    ("code", "condition"),
    [
        ("W100", "▸hours > 40"),
        ("W100", "▸seen == 'yes' and seen == 'no'"),
        ("W100", "▸hours > 3 and hours < 4"),
        ("W100", "▸shown(two) and not shown(two)"),
        ("W101", "▸answered(seen) or is_dk(seen)"),
        ("W101", "▸not answered(what) or what has 'gifts' or what has 'data'"),
        ("W101", "▸true"),
        ("W100", "▸age == 0 and age == 30"),
        ("", "age >= 30"),
        ("", "60 > age"),
        ("W100", "▸age < 0"),
        ("W105", "age ▸> 30"),
        ("W105", "age ▸<= 30"),
        ("W105", "30 ▸< age"),
        ("W105", "30 ▸>= age"),
        ("", "hours > 39"),
        ("", "seen == 'yes' or seen == 'no'"),
        ("", "worry"),
        ("", "today > '2030'"),
        ("", "years_since(since) > 3"),
        ("", "count(actors) > 19"),
        ("W100", "▸count(actors) > 20"),
        ("", "since > '2030' and since < '2032'"),
        ("W100", "▸since > '2030' and since < '2031'"),
        ("", "hours + age_free > 3"),
        ("", "motto == 'x' or not answered(motto)"),
        ("W100", "▸motto == 'x' and motto == 'y'"),
    ],
)
def test_dead_branches_are_warned_of(code: str, condition: str) -> None:
    """Found by trying all answers; W100 is never true, W101 always."""
    assert_warned(with_condition(condition.replace("age_free", "hours")), code)


def assert_warned(text: str, code: str) -> None:
    """A file with this warning at its mark, and with no other problem; none for an empty code."""
    document = parse(text.replace(MARK, ""))
    problems = check(validated(Questionnaire, document), IMF, document)
    assert [one.code for one in problems] == ([f"IMF-{code}"] if code else [])
    assert [(one.line, one.column) for one in problems] == marked_places(text)
    assert all(one.severity == "warning" for one in problems)


GIFTS, DATA = "{code: gifts, text: {fr: x}}", "{code: data, text: {fr: x}}"
ALONE = "{code: alone, exclusive: true, text: {fr: x}}"
HIDDEN = "{code: more, show_if: \"seen == 'yes'\", text: {fr: x}}"


@pytest.mark.parametrize(
    ("code", "least", "ticks", "condition"),
    [
        ("W100", 2, (GIFTS, DATA), "▸len(what) == 1"),
        ("", 2, (GIFTS, DATA, ALONE), "len(what) == 1"),
        ("", 2, (GIFTS, HIDDEN), "len(what) == 1"),
        ("W101", 1, (GIFTS, DATA), "▸answered(what)"),
        ("W101", 1, (GIFTS, HIDDEN), "▸answered(what)"),
        ("", 1, (HIDDEN,), "answered(what)"),
    ],
)
def test_what_need_not_be_ticked_is_tried_as_well(
    code: str, least: int, ticks: tuple[str, ...], condition: str
) -> None:
    """Who ticks what stands alone ticks one; nobody has to tick what may be hidden."""
    keys = f"required: true\n        min_choices: {least}\n        choices: "
    change = (f"choices: [{GIFTS}, {DATA}]", f"{keys}[{', '.join(ticks)}]")
    assert_warned(with_change(with_condition(condition), change), code)


def test_a_branch_behind_another_is_seen() -> None:
    """An item of a section that is shown in one case never meets the other case."""
    text = with_condition("▸seen == 'no'")
    text = text.replace("  - id: third\n", "  - id: third\n    show_if: \"seen == 'yes'\"\n")
    document = parse(text.replace(MARK, ""))
    (problem,) = check(validated(Questionnaire, document), IMF, document)
    assert (problem.code, [(problem.line, problem.column)]) == ("IMF-W100", marked_places(text))


IF_YES, IF_NO = ("seen == 'yes'", "seen == 'no'")
ONE_LAST = "{id: very_last, type: number"


@pytest.mark.parametrize(
    ("code", "keys"),
    [
        ("W100", f'show_if: "{IF_YES}", required_if: "▸{IF_NO}"'),
        ("W101", f'show_if: "{IF_YES}", constraint: [{{check: "▸{IF_YES} or this > 3", WORDS}}]'),
        ("", f'required_if: "{IF_YES}", constraint: [{{check: "{IF_YES} or this > 3", WORDS}}]'),
        ("", f'constraint: [{{check: "this > 3 or {IF_NO}", WORDS}}]'),
        ("W101", 'constraint: [{check: "▸answered(seen) or this > 3 or this <= 3", WORDS}]'),
    ],
)
def test_what_is_asked_of_an_item_is_asked_where_it_is_shown(code: str, keys: str) -> None:
    """Whoever is shown an item fulfils its condition; nobody has to be required to answer it."""
    keys = keys.replace("WORDS", "message: {fr: x}")
    change = (ONE_LAST, ONE_LAST.replace("type:", f"{keys}, type:"))
    assert_warned(with_change(with_condition("answered(seen)"), change), code)


@pytest.mark.parametrize("inside", ["row", "choice", "field"])
def test_a_part_is_seen_where_the_whole_is_shown(inside: str) -> None:
    """A row, a choice or a field that waits for the opposite of its item's condition."""
    text = with_condition("answered(seen)").replace("kind: policy", "kind: self_assessment")
    codes = "codes: [{code: 1, text: {fr: x}}, {code: 2, text: {fr: x}}]"
    text = with_change(text, ("computed:", f"scales: {{agree: {{{codes}}}}}\ncomputed:"))
    part = f'show_if: "▸{IF_NO}", text: {{fr: x}}'
    whole = {
        "row": f"type: matrix, scale: agree, rows: [{{id: calm, {part}}}]",
        "choice": f"type: multi, choices: [{{code: b, text: {{fr: x}}}}, {{code: a, {part}}}]",
        "field": "type: repeat, label: it, items: "
        f"[{{id: it, type: text, required: true, {part}}}]",
    }[inside]
    text += f'      - {{id: whole, show_if: "{IF_YES}", {whole}, text: {{fr: x}}}}\n'
    assert_warned(text, "W100")


def test_bands_may_begin_between_whole_numbers() -> None:
    """All of them are tried, not only the whole ones."""
    text = with_condition("age == 0.5")
    change = ("{bands: [0, 30, 60]}", "{bands: [0, 0.5]}, decimals: 1")
    document = parse(with_change(text, change))
    assert check(validated(Questionnaire, document), IMF, document) == []


def test_the_words_of_a_check_may_quote_its_answer() -> None:
    """Though other texts of the item may not: there is no answer yet."""
    check_of_two = "constraint: [{check: 'this > 1', message: {fr: '{hours}'}}]"
    change = ("id: hours, type: number", f"id: hours, {check_of_two}, type: number")
    load(with_change(with_condition("answered(seen)"), change))
    early = ("max: 40, text: {fr: x}", "max: 40, text: {fr: '{▸hours}'}")
    assert_found(load, with_change(with_condition("answered(seen)"), early), "IMF-E111")


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


WORDED = ("title", "introduction", "row0", "row1", "way", "part")
LATER = {
    **{"title": "one", "introduction": "one", "row0": "row0", "row1": "row1"},
    **{"way": "best", "part": "thing.part"},
}
"""By text: the first name that is not known there."""


def _offering(condition: str, *items: dict[str, object]) -> None:
    """Load a shuffled section whose items share a list with a conditional choice."""
    ways = choices("post", "mail", mail={"show_if": condition})
    shuffled = section("only", *items, item("two", "number"), order="random")
    form(shuffled, choice_lists={"ways": ways})


@pytest.mark.parametrize("condition", ["answered(hello)", "is_dk(hello)", "answered(team)"])
def test_what_takes_no_answer_is_not_asked_for_one(condition: str) -> None:
    """A page that says something, and a matrix, whose rows are answered; shown they may be."""
    rows = [{"id": "calm", "text": {"fr": "x"}}]
    before = (item("hello", "info"), item("team", "matrix", scale="agree", rows=rows))
    form(*before, item("more", "yes_no", show_if="shown(hello) and answered(calm)"))
    with pytest.raises(ProblemsFoundError, match="IMF-E114"):
        form(*before, item("more", "yes_no", show_if=condition))


def test_a_field_of_all_entries_is_worked_with_behind_them() -> None:
    """Not before they are there; nor with bands, no more than with those of an item."""
    years = item("years", "number", store_as={"bands": [0, 5]})
    fields = [item("name", "text", required=True), years, item("hours", "number")]
    people = item("people", "repeat", label="name", items=fields)
    form(people, item("more", "yes_no", show_if="sum(people.hours) > 1"))
    for early in ("sum(people.hours) > 1", "count(people) > 1"):
        with pytest.raises(ProblemsFoundError, match="IMF-E111"):
            form(item("more", "yes_no", show_if=early), people)
    with pytest.raises(ProblemsFoundError, match="IMF-E114"):
        form(people, item("more", "yes_no", show_if="sum(people.years) > 1"))


@pytest.mark.parametrize(
    ("condition", "codes"),
    [
        # Of 1 to 5, turned round: 4 scores 25, 5 scores 0.
        ("turned >= 4 and score(turned) > 25", ["IMF-W100"]),
        ("turned >= 4 and score(turned) >= 25", []),
        ("score(turned) <= 100 or not answered(turned)", ["IMF-W101"]),
    ],
)
def test_a_score_is_that_of_the_statement_turned_round(condition: str, codes: list[str]) -> None:
    """As it is when it is counted."""
    turned = item("turned", "likert", scale="agree", reverse=True)
    assert _warnings(turned, condition) == codes


def _warnings(asked: dict[str, object], condition: str) -> list[str]:
    """What is warned of where this is asked, then something on that condition."""
    made = form(item("seen", "yes_no"), asked, item("more", "yes_no", show_if=condition))
    return [one.code for one in check(made, IMF, parse("{}"))]


def test_a_row_that_is_hidden_has_no_answer() -> None:
    """It is shown on its own condition, whatever shows its matrix."""
    rows = [{"id": "calm", "text": {"fr": "x"}, "show_if": "seen == 'yes'"}]
    team = item("team", "matrix", scale="agree", rows=rows)
    assert _warnings(team, "answered(calm) and seen == 'no'") == ["IMF-W100"]
    assert _warnings(team, "not answered(calm) and seen == 'no'") == []


def test_what_may_be_left_open_is_tried() -> None:
    """What may have nothing to choose, a ranking not finished, a day that nobody knows yet."""
    hidden = choices("a", a={"show_if": "seen == 'yes'"})
    alone = item("what", "multi", required=True, choices=hidden)
    assert _warnings(alone, "answered(what)") == []
    assert _warnings({**alone, "other": {}}, "answered(what)") == ["IMF-W101"]
    best = item("best", "ranking", choices=choices("a", "b", "c"), top=2)
    assert _warnings(best, "len(best) == 1") == []
    assert _warnings(best, "len(best) == 3") == ["IMF-W100"]
    since = item("since", "date", min="2000-01-01", max="today")
    assert _warnings(since, "since > '2999'") == []
    assert _warnings(since, "since < '2000'") == ["IMF-W100"]


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
            form(first, *rest, item("end", "single", choices_from="a"))


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


def test_points_of_a_scale_have_an_order() -> None:
    """They are numbers: "at most 2" is as good a condition as "is 2"."""
    sample = (SAMPLES / "constructs.yaml").read_text("utf-8")
    for condition in ("example_given <= 2", "example_given == 2", "2 < example_given"):
        document = parse(with_change(sample, ("level(sa_code) >= 1", condition)))
        assert check(validated(Questionnaire, document), IMF, document) == []


def test_what_cannot_be_read_does_not_hide_what_is_wrong_elsewhere() -> None:
    """All in one run: a computed value and a condition that are broken, a name that is nothing."""
    text = with_change(
        with_condition("1 < hours ▸< 4"),
        ("  - {id: other, ", '  - {id: broken, expr: "hours +▸"}\n  - {id: other, '),
        ("id: very_last, ", "id: very_last, show_if: \"▸sen == 'x'\", "),
    )
    document = parse(text.replace(MARK, ""))
    problems = check(validated(Questionnaire, document), IMF, document)
    assert [one.code for one in problems] == ["IMF-E100", "IMF-E103", "IMF-E110"]
    assert [(one.line, one.column) for one in problems] == marked_places(text)


def test_an_anonymous_questionnaire_counts_no_years() -> None:
    """Neither since a date, which it may not ask for either."""
    sample = (SAMPLES / "anonymous.yaml").read_text("utf-8")
    since = "      - {id: since, type: ▸date, text: {fr: x, nl: x}}\n"
    spoilt = with_change(
        sample,
        ("computed:\n", 'computed:\n  - {id: late, expr: "▸years_since(since) > 3"}\n'),
        ("    items:\n", "    items:\n" + since),
    )
    assert_found(load, spoilt, "IMF-E118", "IMF-E076")


def test_an_anonymous_questionnaire_knows_no_day() -> None:
    """Two people with the same answers would differ by when they answered."""
    sample = (SAMPLES / "anonymous.yaml").read_text("utf-8")
    spoilt = sample.replace(
        "computed:\n", "computed:\n  - {id: late, expr: \"▸today > '2026-11'\"}\n"
    )
    assert_found(load, spoilt, "IMF-E118")
