"""The logic of a questionnaire file: each fault at the column of the first wrong character."""

from __future__ import annotations

import pytest
from marked import MARK, SAMPLES, assert_found, marked_places, with_change

from imfsurvey.questionnaire.checks import check
from imfsurvey.questionnaire.model import Questionnaire
from imfsurvey.source.document import parse
from imfsurvey.source.model import validated

from .sample import FILE, IMF, load, with_condition


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
        ("E106", "round(hours, 6) > round(hours, ▸7)"),
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
        ("E114", "since > ▸'0000'"),
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
    load(with_change(text, ("other > ▸20", "other >= 30")))


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


def test_the_words_of_a_check_may_quote_its_answer() -> None:
    """Though other texts of the item may not: there is no answer yet."""
    check_of_two = "constraint: [{check: 'this > 1', message: {fr: '{hours}'}}]"
    change = ("id: hours, type: number", f"id: hours, {check_of_two}, type: number")
    load(with_change(with_condition("answered(seen)"), change))
    late = change[1].replace("{hours}", "{▸very_last}")
    assert_found(load, with_change(with_condition("answered(seen)"), (change[0], late)), "IMF-E111")
    early = ("max: 40, text: {fr: x}", "max: 40, text: {fr: '{▸hours}'}")
    assert_found(load, with_change(with_condition("answered(seen)"), early), "IMF-E111")


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
