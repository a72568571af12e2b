"""What a form says becomes the answer that every other face would record."""

from __future__ import annotations

import random

import pytest

from imfsurvey.faces.web.forms import take, take_back
from imfsurvey.faces.web.survey import Survey
from imfsurvey.i18n.catalogue import translator
from imfsurvey.i18n.describe import describe
from imfsurvey.interview import Answer, Interview

FR = translator("fr")


@pytest.fixture
def interview(survey: Survey) -> Interview:
    """A respondent at the form, who has seen something."""
    wave = survey.wave
    rng = random.Random(1)
    found = Interview(survey.questionnaire, wave.framework, "fr", groups=wave.groups, rng=rng)
    found.record("seen", "answered", "yes")
    return found


def said(interview: Interview, item: str, **form: str | list[str]) -> list[str]:
    """The codes of what is wrong when a form is sent for an item."""
    fields = {name: [value] if isinstance(value, str) else value for name, value in form.items()}
    fields = {name.replace("__", "="): value for name, value in fields.items()}
    troubles = take(interview, interview.questionnaire.items[item], fields)
    assert all(describe(one.what, FR) for one in troubles)
    return [getattr(one.what, "code", "") for one in troubles]


@pytest.mark.parametrize(
    ("item", "form", "answer"),
    [
        ("category", {"answer": "=ops"}, Answer("answered", "ops")),
        ("category", {"answer": "~refused"}, Answer("refused")),
        ("leads", {"answer": "=no"}, Answer("answered", "no")),
        ("years", {"answer": "#5"}, Answer("answered", 5)),  # from 5 to 14: the band's lowest
        ("looks_away", {"answer": "#4"}, Answer("answered", 4)),
        ("team_speak", {"answer": "~dk"}, Answer("dk")),
        ("safe", {"answer": "#2", "comment": "a\r\nb"}, Answer("answered", 2, comment="a\nb")),
        ("what", {"answer": ["=gifts", "=databases"]}, Answer("answered", ("databases", "gifts"))),
        ("what", {"answer": "=none"}, Answer("answered", ("none",))),
        ("trusted", {"rank__chief": "2", "rank__ombuds": "1"}, ("ombuds", "chief")),
        ("wish", {"text": "  Un\r\ndeux "}, Answer("answered", "Un\ndeux")),
    ],
)
def test_a_form_is_understood(
    interview: Interview, item: str, form: dict[str, str | list[str]], answer: object
) -> None:
    """Every kind of item, every kind of answer."""
    assert said(interview, item, **form) == []
    expected = answer if isinstance(answer, Answer) else Answer("answered", answer)
    assert interview.answer_to(item) == expected


@pytest.mark.parametrize(
    ("item", "form", "codes"),
    [
        ("category", {"answer": "=nobody"}, ["IMF-F160"]),
        ("category", {"answer": "#1"}, ["IMF-F160"]),
        ("years", {"answer": "#7"}, ["IMF-F160"]),
        ("years", {"answer": "~dk"}, ["IMF-F160"]),
        ("what", {"answer": ["=none", "=gifts"]}, ["IMF-F161"]),
        ("what", {"answer": ["~refused", "=gifts"]}, ["IMF-F161"]),
        ("what", {"answer": ["=databases", "=gifts", "=respect"]}, ["IMF-I108"]),
        ("trusted", {"rank__chief": "1", "rank__ombuds": "1"}, ["IMF-F162"]),
        ("trusted", {"rank__chief": "1"}, ["IMF-I116"]),
        ("trusted", {"rank__chief": "one"}, ["IMF-F160"]),
        ("trusted", {"rank__chief": "1", "rank__ombuds": "2", "other": "Moi"}, ["IMF-F163"]),
        ("wish", {"text": "x" * 401}, ["IMF-I103"]),
        ("wish", {"text": "ab"}, ["IMF-I119"]),
        ("wish", {"text": "Jean.Dupont@example.org"}, ["IMF-I124"]),
        ("safe", {"answer": "#1", "comment": "x" * 301}, ["IMF-I103"]),
        ("safe", {"answer": "#1", "comment": "jan@example.org"}, ["IMF-I124"]),
        ("seen", {}, ["IMF-I110"]),
        ("leads", {}, ["IMF-F164"]),
    ],
)
def test_what_cannot_be_accepted_is_said(
    interview: Interview, item: str, form: dict[str, str | list[str]], codes: list[str]
) -> None:
    """In words of the person's language, whatever a browser may send."""
    assert said(interview, item, **form) == codes


def test_the_words_of_other_go_with_their_choice(interview: Interview) -> None:
    """They are kept where "other" has a rank, and gone where it has none any more."""
    said(interview, "trusted", rank__other="1", rank__chief="2", other="Une amie")
    assert interview.answer_to("trusted").other == "Une amie"
    assert said(interview, "trusted", rank__chief="1", rank__ombuds="2", other="") == []
    assert interview.answer_to("trusted").other == ""


def test_an_empty_form_takes_the_answer_back(interview: Interview) -> None:
    """As if the item had never been answered."""
    said(interview, "looks_away", answer="#4")
    said(interview, "looks_away")
    assert "looks_away" not in interview.answers


def test_a_page_without_a_question_has_nothing_to_take_back(interview: Interview) -> None:
    """No button of ours asks for it; whoever writes a form by hand changes nothing."""
    before = interview.answers
    take_back(interview, interview.questionnaire.items["promise"])
    assert interview.answers == before
