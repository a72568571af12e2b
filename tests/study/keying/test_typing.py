"""Codes as they are typed, and the way through a sheet."""

from __future__ import annotations

import random
from collections.abc import Mapping
from pathlib import Path

import pytest
from small import GROUPS, IMF, choices, form, item, refused, section

from imfsurvey.framework import load_framework
from imfsurvey.interview import Answer, Interview
from imfsurvey.interview.answers import BLANK
from imfsurvey.interview.comments import comments_of
from imfsurvey.interview.record import RecordCodec
from imfsurvey.interview.sheet import Sheet
from imfsurvey.interview.simulate import simulated
from imfsurvey.questionnaire import Questionnaire, load_questionnaire
from imfsurvey.study.keying.codes import code_of, read_code
from imfsurvey.study.keying.typing import Typing, differences, typed_again

SAMPLES = Path(__file__).parents[2] / "samples"
ASKED = form(
    item("one", "single", choices=choices("x", "y"), other={}, non_answers=["refused"]),
    item("numbered", "single", choices=choices(7, 9)),
    item("agreed", "likert", scale="agree", comment={}),
    item("several", "multi", choices=choices("x", "y", "z"), max_choices=2),
    item("many", "multi", choices=choices(*(f"c{n}" for n in range(12)))),
    item("ranked", "ranking", choices=choices("x", "y", "z"), top=2),
    item("age", "number", min=0, max=99, store_as={"bands": [0, 30, 50]}),
    item("share", "number", min=0, max=100, decimals=1, non_answers=["dk"]),
    item("day", "date"),
    item("note", "text", show_if="one == 'x'"),
    item("sure", "yes_no", show_if="one == 'x'", required=True),
)
SHEET = Sheet(ASKED, IMF, "fr", GROUPS)


def read(name: str, typed: str) -> Answer:
    """What was typed for an item."""
    return read_code(SHEET, ASKED.items[name], typed)


@pytest.mark.parametrize(
    ("name", "typed", "answer"),
    [
        ("one", "2", Answer("answered", "y")),
        ("one", "3", Answer("answered", "other")),
        ("one", " r ", Answer("refused")),
        ("one", "", BLANK),
        ("one", "-", BLANK),
        ("numbered", "9", Answer("answered", 9)),
        ("agreed", "5", Answer("answered", 5)),
        ("agreed", "D", Answer("dk")),
        ("several", "13", Answer("answered", ("x", "z"))),
        ("several", "3, 1", Answer("answered", ("z", "x"))),
        ("many", "12", Answer("answered", ("c11",))),
        ("many", "1 2", Answer("answered", ("c0", "c1"))),
        ("ranked", "31", Answer("answered", ("z", "x"))),
        ("age", "2", Answer("answered", 30)),
        ("share", "12,5", Answer("answered", 12.5)),
        ("share", "d", Answer("dk")),
        ("day", "31/3/2026", Answer("answered", "2026-03-31")),
        ("note", " d'accord ", Answer("answered", "d'accord")),
        ("sure", "1", Answer("answered", "yes")),
    ],
)
def test_a_code_is_read_as_it_stands_on_paper(name: str, typed: str, answer: Answer) -> None:
    """Places of choices, numbers of the file where it has them, letters of non-answers."""
    assert read(name, typed) == answer


@pytest.mark.parametrize(
    ("name", "typed", "code"),
    [
        ("one", "4", "T470"),
        ("one", "1 2", "T471"),
        ("one", "d", "T470"),
        ("numbered", "1", "T470"),
        ("agreed", "6", "T470"),
        ("agreed", "1d", "T470"),
        ("several", "14", "T470"),
        ("several", "1 r", "T470"),
        ("share", "100,1", "I107"),
        ("day", "31/4/2026", "I104"),
    ],
)
def test_what_cannot_be_typed_is_refused(name: str, typed: str, code: str) -> None:
    """At once, not in the comparison."""
    assert refused(read, name, typed) == code


@pytest.mark.parametrize("name", ["anonymous.yaml", "survey.yaml"])
def test_a_typed_response_is_the_response(name: str) -> None:
    """Whatever 40 invented people answered on a screen, its codes give the same record."""
    framework = load_framework(SAMPLES / "imf.framework.yaml")
    asked = load_questionnaire(SAMPLES / name, framework)
    sheet, codec = Sheet(asked, framework, "nl", GROUPS), RecordCodec(asked, GROUPS)
    for seed in range(40):
        interview = Interview(asked, framework, "nl", groups=GROUPS)
        simulated(interview, random.Random(seed))
        said = interview.response()
        typed = {one.id: code_of(sheet, one, said[one.id]) for one in asked.asking_items()}
        typed |= {f"{key}/other": one.other for key, one in said.items()}
        typed |= {f"{key}/comment": one.comment for key, one in said.items()}
        typing, wrong = typed_again(sheet, GROUPS, typed)
        assert not wrong
        assert codec.encode(typing.response()) == codec.encode(said)
        assert texts_of(asked, typing.response()) == texts_of(asked, said)


def texts_of(asked: Questionnaire, answers: Mapping[str, Answer]) -> list[tuple[str, str]]:
    """The free texts of a response, on one line each."""
    return [(one.item, " ".join(one.text.split())) for one in comments_of(asked, answers)]


def typed_sheet(asked: Questionnaire, **typed: str) -> Typing:
    """A sheet with these texts; `a__comment` is a comment."""
    texts = {key.replace("__", "/"): text for key, text in typed.items()}
    typing, wrong = typed_again(Sheet(asked, IMF, "fr", GROUPS), GROUPS, texts)
    assert not wrong
    return typing


def test_a_hidden_answer_is_told_and_does_not_count() -> None:
    """`note` and `sure` are for those who ticked x; here it is y."""
    typing = typed_sheet(ASKED, one="2", note="bonjour", sure="1")
    places = {place.key: place for place in typing.places()}
    assert typing.hidden(places["sure"])
    assert typing.put(places["sure"], "2").hidden
    assert typing.response()["sure"] == Answer("not_shown")
    assert typing.put(places["one"], "1").hidden is False
    assert typing.response()["sure"] == Answer("answered", "no")


def test_enter_passes_all_that_is_hidden_at_once() -> None:
    """From the hidden `note` behind `sure` to the end."""
    typing = typed_sheet(ASKED, one="2")
    typing.go_to("note")
    typing.forward(over_hidden=True)
    assert typing.here is None
    assert typing.back()
    assert typing.here is not None and typing.here.key == "sure"


def test_silence_is_free_on_paper_and_a_broken_rule_is_not() -> None:
    """`sure` is required; a third choice and a half ranking are no answers."""
    typing = typed_sheet(ASKED, one="1")
    assert typing.response()["sure"] == BLANK
    places = {place.key: place for place in typing.places()}
    assert refused(typing.put, places["several"], "123") == "I108"
    assert refused(typing.put, places["ranked"], "2") == "I116"
    assert typing.typed["ranked"] == ""
    typing.put(places["ranked"], "23")
    assert refused(typing.put, places["ranked"], "1") == "I116"
    assert typing.typed["ranked"] == "2 3"  # what was there stays


def test_words_of_another_choice_are_asked_for_only_where_it_is_ticked() -> None:
    """And go again with it; blanks within words do not count."""
    typing = typed_sheet(ASKED, one="3", one__other="un  autre ", agreed__comment="bien")
    assert typing.typed["one/other"] == "un autre"
    assert typing.response()["agreed"].comment == "bien"
    typing.put(typing.places()[0], "1")
    assert "one/other" not in typing.typed


def test_differences_come_in_the_order_of_the_sheet() -> None:
    """Answers, words of a choice that only one of them ticked, comments."""
    first = typed_sheet(ASKED, one="3", one__other="x", several="12", agreed="1")
    second = typed_sheet(ASKED, one="1", several="21", agreed="1", agreed__comment="non")
    found = [place.key for place in differences(first, second)]
    assert found == ["one", "one/other", "agreed/comment"]
    assert differences(first, first) == []


def test_what_the_answers_before_take_away_is_told() -> None:
    """Offered are only the choices ticked before."""
    asked = form(
        section(
            "all_of_it",
            item("told", "multi", choices=choices("x", "y", "z")),
            item("best", "single", choices_from="told"),
        )
    )
    typing = typed_sheet(asked, told="1 2")
    best = typing.places()[1]
    assert not typing.put(best, "2").not_offered
    assert typing.put(best, "3").not_offered
    assert typing.response()["best"] == BLANK
