"""Invented respondents find what can be reached, and name what cannot."""

from __future__ import annotations

import datetime
import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from interview.forms import choices, form
from small import IMF

from imfsurvey.framework import load_framework
from imfsurvey.interview.explore import explore
from imfsurvey.interview.explored import Exploration, warnings
from imfsurvey.interview.hints import fitting
from imfsurvey.questionnaire import Questionnaire, load_questionnaire
from imfsurvey.questionnaire.shipped import FRAMEWORK, PERCEPTION, POLICY, SELF_ASSESSMENT, shipped

TODAY = datetime.date(2026, 3, 31)


def explored(questionnaire: Questionnaire, count: int, seed: int = 1) -> Exploration:
    """What that many respondents find."""
    return explore(questionnaire, IMF, count, seed, (), TODAY)


def likert(name: str, more: str = "") -> str:
    """A required statement on five answers."""
    return f"id: {name}, type: likert, scale: five, required: true{more}"


NESTED = [
    likert("q1"),
    *(
        likert(f"q{n}", f', show_if: "q{n - 1} == {answer}"')
        for n, answer in ((2, 3), (3, 1), (4, 5), (5, 2))
    ),
    'id: end, type: info, show_if: "q5 == 4"',
]
"""Five right answers out of five each: 5^5, one of 3,125 respondents who choose at random."""


@pytest.mark.parametrize("seed", range(4))
def test_a_branch_within_branches_is_reached(seed: int) -> None:
    """What one of 3,125 random respondents comes to is found by 500."""
    found = explored(form(*NESTED)[0], 500, seed)
    assert found.unreached == ()
    assert found.reached["q1"] == 500


def test_a_condition_on_entries_beside_another_answer_is_met() -> None:
    """How many entries there are is what counts, beside each answer."""
    fields = "items: [{id: role, type: text, required: true, text: {fr: t}}]"
    found = explored(
        form(
            f"id: actors, type: repeat, label: role, {fields}",
            likert("q1"),
            'id: end, type: info, show_if: "count(actors) == 2 and q1 == 5"',
        )[0],
        200,
    )
    assert found.unreached == ()


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(
    "condition",
    [
        "q1 == 2 and q2 == 4 and q3 == 1 and q4 == 5 and q5 == 3",
        "q1 + q2 + q3 + q4 + q5 >= 25",
        "not (q1 != 2 or q2 != 4 or q3 != 1 or q4 != 5 or q5 != 3)",
    ],
)
def test_a_rare_combination_is_reached(seed: int, condition: str) -> None:
    """One combination of 3,125, in one condition, is found by 500."""
    items = [
        *(likert(f"q{n}") for n in range(1, 6)),
        f'id: end, type: info, show_if: "{condition}"',
    ]
    assert explored(form(*items)[0], 500, seed).unreached == ()


@pytest.mark.parametrize("seed", range(4))
def test_values_that_conditions_name_are_tried(seed: int) -> None:
    """A number out of a million, a text, a day, ticks and entries are all found."""
    found = explored(
        form(
            "id: n, type: number, min: 0, max: 1000000",
            'id: a, type: info, show_if: "n == 412345"',
            "id: s, type: text",
            "id: b, type: info, show_if: \"s == 'left'\"",
            'id: d, type: date, min: "1950-01-01", max: today',
            "id: c, type: info, show_if: \"d == '1971-06-05'\"",
            f"id: m, type: multi, {choices('x', 'y', 'z')}",
            "id: e, type: info, show_if: \"m has 'x' and m has 'z' and not (m has 'y')\"",
            "id: k, type: ranking, choices_from: m",
            "id: r, type: repeat, label: l, items: [{id: l, type: text, required: true, "
            "text: {fr: t}}, {id: yes, type: yes_no, text: {fr: t}}]",
            'id: f, type: info, show_if: "count(r) == 7"',
        )[0],
        200,
        seed,
    )
    assert found.unreached == ()
    assert found.never_offered == {}
    assert found.finished == 200


def test_a_contradiction_is_named_at_its_place() -> None:
    """A branch behind two answers to one question is a warning at its id."""
    questionnaire, document = form(
        likert("q1"),
        likert("q2", ', show_if: "q1 == 1"'),
        'id: never, type: info, show_if: "q1 == 2 and answered(q2)"',
    )
    found = explored(questionnaire, 100)
    assert found.unreached == ("never",)
    (problem,) = warnings(found, questionnaire, document)
    assert (problem.code, problem.severity) == ("IMF-W102", "warning")
    line = document.text.splitlines()[problem.line - 1]
    assert line[problem.column - 1 :].startswith("never")


def test_a_choice_that_nobody_is_offered_is_named() -> None:
    """Its condition contradicts that of its item."""
    questionnaire, document = form(
        likert("q1"),
        'id: s, type: single, show_if: "q1 > 2", choices: [{code: a, text: {fr: t}}, '
        '{code: b, text: {fr: t}, show_if: "q1 < 2"}]',
    )
    found = explored(questionnaire, 100)
    assert found.never_offered == {"s": ("b",)}
    (problem,) = warnings(found, questionnaire, document)
    assert problem.code == "IMF-W102"
    assert document.text.splitlines()[problem.line - 1][problem.column - 1 :].startswith("{code: b")


IMPOSSIBLE = (
    'id: n, type: number, min: 0, max: 9{more}, constraint: [{{check: "this > 5 and this < 5", '
    "message: {{fr: t}}}}]"
)


def test_what_cannot_be_answered_is_named() -> None:
    """Required, it keeps everybody from finishing; free, it stays open."""
    for more, finished in ((", required: true", 0), ("", 50)):
        questionnaire, document = form(likert("q"), IMPOSSIBLE.format(more=more))
        found = explored(questionnaire, 50)
        assert found.finished == finished
        assert found.kept_open == ({} if finished else {"n": 50})
        assert list(found.never_answered) == (["n"] if finished else [])
        (problem,) = warnings(found, questionnaire, document)
        assert problem.code == "IMF-W102"


def test_pages_ends_and_hidden_answers() -> None:
    """A detour makes walks of two and of three pages; answers on it can be hidden again."""
    found = explored(
        form(
            "id: q, type: yes_no, required: true",
            "id: more, type: yes_no, required: true, show_if: \"q == 'yes'\"",
            "id: last, type: info, show_if: \"q == 'yes'\"",
        )[0],
        200,
    )
    assert (found.shortest, found.longest) == (1, 3)
    assert set(found.ends) == {"q", "last"}
    assert sum(found.ends.values()) == 200
    assert list(found.hidden) == ["more"]
    assert found.reached["q"] == 200
    assert found.share("q") == 1


@given(st.integers())
@settings(max_examples=10)
def test_the_seed_decides(seed: int) -> None:
    """The same seed, the same findings."""
    questionnaire, _ = form(*NESTED)
    assert explored(questionnaire, 20, seed) == explored(questionnaire, 20, seed)


def test_a_text_is_made_to_fit_a_pattern() -> None:
    """Classes, counts and plain signs; so a required text with a pattern can be answered."""
    found = explored(
        form(
            "id: s, type: text, required: true, constraint: [{message: {fr: t}, "
            "check: \"matches(this, '[0-9]{3}-[A-Z]+x?')\"}]"
        )[0],
        20,
    )
    assert found.finished == 20


@given(st.randoms(use_true_random=False))
def test_what_fits(rng: random.Random) -> None:
    """Python's own matching says so."""
    for pattern in (r"\d{4}", r"[a-c]{2,3}\.", r"^x.+$", r"é*\w?", r"[^0-9]{1,}"):
        assert re.fullmatch(pattern, fitting(pattern, rng))


@pytest.mark.parametrize("name", [PERCEPTION, POLICY, "team-session.yaml", *SELF_ASSESSMENT])
def test_all_of_what_is_shipped_can_be_reached(name: str) -> None:
    """Every item, every choice, and everybody finishes."""
    framework = load_framework(shipped(FRAMEWORK))
    found = explore(load_questionnaire(shipped(name), framework), framework, 15, 1, (), TODAY)
    assert found.unreached == ()
    assert found.never_offered == {}
    assert found.finished == 15
