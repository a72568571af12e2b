"""Invented respondents answer items of every type, with conditions, bounds and constraints."""

from __future__ import annotations

import datetime
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from interview.forms import choices, form
from small import IMF

from imfsurvey.interview import Answer, Interview
from imfsurvey.interview.explore import explore
from imfsurvey.interview.simulate import simulated
from imfsurvey.questionnaire import Questionnaire

TODAY = datetime.date(2026, 3, 31)
MESSAGE = "message: {fr: t}"
INNER = (
    "[{id: l, type: text, required: true, text: {fr: t}}, "
    "{id: n, type: number, min: 1, max: 3, required: true, text: {fr: t}}, "
    '{id: x, type: yes_no, required: true, show_if: "r{i}.n == 2", text: {fr: t}}]'
)
MINUS = "{code: none, text: {fr: t}, exclusive: true}"

KINDS = (
    f"id: i{{i}}, type: single, {choices('a', 'b')}, other: {{max_length: 4}}",
    "id: i{i}, type: yes_no, comment: {}",
    f"id: i{{i}}, type: multi, min_choices: 2, max_choices: 3, {choices('a', 'b', 'c', 'd')}",
    f"id: i{{i}}, type: multi, {choices('a', 'b')[:-1]}, {MINUS}], other: {{}}",
    f"id: i{{i}}, type: ranking, top: 2, {choices('a', 'b', 'c')}",
    "id: i{i}, type: number, min: -5, max: 5, decimals: 2",
    "id: i{i}, type: number, max: 60, store_as: {bands: [0, 5, 15]}",
    "id: i{i}, type: number",
    f'id: i{{i}}, type: number, constraint: [{{check: "this >= 1000 and this < 1010", {MESSAGE}}}]',
    "id: i{i}, type: text, max_length: 5",
    f'id: i{{i}}, type: text, constraint: [{{check: "len(this) >= 40", {MESSAGE}}}]',
    "id: i{i}, type: date, max: today",
    'id: i{i}, type: date, precision: month, min: "2030-02-15"',
    f'id: i{{i}}, type: date, precision: year, constraint: [{{check: "years_since(this) >= 9", '
    f"{MESSAGE}}}]",
    "id: i{i}, type: likert, scale: five, non_answers: [dk, refused]",
    "id: i{i}, type: maturity, topic: code, criteria: [{id: c{i}, level: 2, text: {fr: t}}]",
)
"""An item of every type; `{i}` makes its ids its own."""


def made(index: int, kind: str, more: str) -> str:
    """An item with its number in its ids, and more keys."""
    return kind.replace("{i}", str(index)) + more


@st.composite
def forms(draw: st.DrawFn) -> Questionnaire:
    """A statement, then items of any type, some required, some behind what was said before."""
    items = ["id: i0, type: likert, scale: five, required: true"]
    for index in range(1, draw(st.integers(1, 7)) + 1):
        if draw(st.booleans()) and draw(st.booleans()):
            inner = INNER.replace("{i}", str(index))
            items.append(f"id: r{index}, type: repeat, label: l, min: 1, items: {inner}")
            continue
        kind = draw(st.sampled_from(KINDS))
        level = draw(st.integers(1, 5))
        more = draw(
            st.sampled_from(
                ["", ", required: true", f', required_if: "i0 >= {level}"', ", required: true"]
            )
        )
        more += draw(st.sampled_from(["", f', show_if: "i0 <= {level}"']))
        items.append(made(index, kind, more))
    return form(*items)[0]


def walk(questionnaire: Questionnaire, seed: int) -> Interview:
    """One respondent, at the end."""
    interview = Interview(questionnaire, IMF, "fr", today=TODAY)
    simulated(interview, random.Random(seed))
    return interview


@given(forms(), st.integers())
@settings(max_examples=150)
def test_every_simulated_response_is_complete(questionnaire: Questionnaire, seed: int) -> None:
    """What is required of what is shown is there, and the interview takes it as its own."""
    interview = walk(questionnaire, seed)
    answers = interview.answers
    again = Interview(questionnaire, IMF, "fr", answers=answers, today=TODAY)
    assert again.unfinished() == ()
    assert again.answers == answers
    objections = [one for item in again.asked() for one in again.objections(item)]
    assert [one for one in objections if one.severity == "error"] == []
    assert walk(questionnaire, seed).answers == answers


@given(forms(), st.integers())
@settings(max_examples=25)
def test_everybody_who_explores_finishes_too(questionnaire: Questionnaire, seed: int) -> None:
    """Bolder respondents keep to the same rules."""
    found = explore(questionnaire, IMF, 10, seed, (), TODAY)
    assert (found.finished, dict(found.kept_open)) == (10, {})


def said(kind: str, respondents: int = 80) -> list[Answer]:
    """What many say to a required item."""
    questionnaire, _ = form(made(1, kind, ", required: true"))
    return [walk(questionnaire, seed).answers["i1"] for seed in range(respondents)]


def test_choices_of_several() -> None:
    """Numbers within limits, one that stands alone only alone; all of them occur."""
    limited = [answer.codes for answer in said(KINDS[2])]
    assert {len(codes) for codes in limited} == {2, 3}
    alone = [answer.codes for answer in said(KINDS[3])]
    assert ("none",) in alone
    assert all(len(codes) == 1 for codes in alone if "none" in codes)
    assert {code for codes in alone for code in codes} == {"a", "b", "none", "other"}


def test_other_is_put_into_words() -> None:
    """Within the room there is."""
    answers = [answer for answer in said(KINDS[0]) if answer.value == "other"]
    assert answers
    assert all(0 < len(answer.other) <= 4 for answer in answers)


def test_ranks() -> None:
    """Two different ones, each first for somebody."""
    ranked = [answer.codes for answer in said(KINDS[4])]
    assert all(len(set(codes)) == 2 for codes in ranked)
    assert {codes[0] for codes in ranked} == {"a", "b", "c"}


def test_numbers() -> None:
    """Fractions within bounds, the lowest numbers of bands, whole numbers."""
    fractions = [answer.value for answer in said(KINDS[5])]
    assert all(isinstance(one, float) and -5 <= one <= 5 for one in fractions)
    assert len(set(fractions)) > 20
    assert {answer.value for answer in said(KINDS[6])} == {0, 5, 15}


def test_dates() -> None:
    """Not after today; months on or after the first that is allowed."""
    days = [str(answer.value) for answer in said(KINDS[11])]
    assert max(days) <= "2026-03-31"
    months = [str(answer.value) for answer in said(KINDS[12])]
    assert min(months) >= "2030-02"
    assert {len(month) for month in months} == {7}


def test_criteria_are_ticked_up_to_the_level() -> None:
    """Not above it: then the level could be claimed, and was not."""
    for answer in said(KINDS[15]):
        assert isinstance(answer.value, int) or answer.status in ("na", "dk")
        if isinstance(answer.value, int):
            assert answer.criteria == (("c1",) if answer.value >= 2 else ())


def test_comments_are_left_out() -> None:
    """Nobody remarks anything."""
    assert {answer.comment for answer in said(KINDS[1])} == {""}


@pytest.mark.parametrize(("more", "status"), [("", "blank"), (", non_answers: [dk]", "dk")])
def test_what_cannot_be_met_stays_open(more: str, status: str) -> None:
    """A required item on which nothing is accepted: the non-answer if there is one, else open."""
    questionnaire, _ = form(
        f"id: n, type: number, min: 0, max: 9, required: true, "
        f'constraint: [{{check: "this > 5 and this < 5", {MESSAGE}}}]{more}'
    )
    assert walk(questionnaire, 1).response()["n"].status == status
