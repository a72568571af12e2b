"""Responses in memory, one byte an answer."""

import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import IMF, choices, form, say
from small import item as asked

from imfsurvey.analysis import microdata as bytes_of
from imfsurvey.analysis.microdata import AnswerValue, Microdata
from imfsurvey.i18n.errors import InputError
from imfsurvey.interview import Interview
from imfsurvey.interview.record import decode, encode
from imfsurvey.questionnaire import Choice, Questionnaire
from imfsurvey.store.boxes import BoxStore

Survey = Callable[..., Questionnaire]

GROUPS = {
    "id": "unit",
    "type": "single",
    "text": {"en": "Unit"},
    "choices_from": "study.groups",
}
CATEGORY = {
    "id": "category",
    "type": "single",
    "text": {"en": "Category"},
    "choices": [{"code": "ops", "text": {"en": "ops"}}, {"code": "calog", "text": {"en": "calog"}}],
}
STATUSES = ("~dk", "~na", "~refused", "~not_shown", "~blank")


def test_a_column_is_one_byte_for_each_response(survey: Survey) -> None:
    """A code is its place in the scale, a status a named constant at the top of the range."""
    questionnaire = survey({"id": "a"}, first=[CATEGORY])
    values: list[AnswerValue] = [1, 5, *STATUSES]
    found = Microdata.from_answers(
        questionnaire, [{"category": "calog", "a": value} for value in values]
    )
    statuses = (
        *(bytes_of.DONT_KNOW, bytes_of.NOT_APPLICABLE, bytes_of.REFUSED),
        *(bytes_of.NOT_SHOWN, bytes_of.BLANK),
    )
    assert list(found.columns) == ["category", "a"]
    assert found.columns["a"] == bytes([0, 4, *statuses])
    assert found.columns["category"] == bytes([1] * 7)
    assert statuses == (251, 252, 253, 254, 255)
    assert found.counts("a") == (1, 0, 0, 0, 1)
    assert found.responses == 7


def test_no_responses(survey: Survey) -> None:
    """Without a response every column is there and empty."""
    found = Microdata.from_answers(survey({"id": "a"}), [])
    assert (found.responses, found.columns, found.counts("a")) == (0, {"a": b""}, (0,) * 5)


def test_groups_of_the_study(survey: Survey) -> None:
    """An item that takes its choices from the study takes the groups given as its codes."""
    groups = [
        Choice.model_validate({"code": code, "text": {"en": code}}) for code in ("north", "south")
    ]
    questionnaire = survey({"id": "a"}, first=[GROUPS])
    found = Microdata.from_answers(questionnaire, [{"unit": "south", "a": 2}], groups)
    assert found.codes["unit"] == ("north", "south")
    assert found.columns["unit"] == b"\x01"


@pytest.mark.parametrize(
    ("row", "code", "item"),
    [
        ({"a": 3, "b": 9}, "IMF-A107", "b"),
        ({"a": "3", "b": 1}, "IMF-A107", "a"),
        ({"a": True, "b": 1}, "IMF-A107", "a"),
        ({"a": 1.0, "b": 1}, "IMF-A107", "a"),
        ({"a": None, "b": 1}, "IMF-A107", "a"),
        ({"a": [1], "b": 1}, "IMF-A107", "a"),
        ({"a": "~unknown", "b": 1}, "IMF-A107", "a"),
        ({"a": 3, "b": 1, "c": 1}, "IMF-A105", "c"),
        ({"a": 3}, "IMF-A106", "b"),
    ],
)
def test_what_the_questionnaire_does_not_know(
    survey: Survey, row: dict[str, Any], code: str, item: str
) -> None:
    """A wrong response is refused by the name of the item, never with the value."""
    with pytest.raises(InputError) as caught:
        Microdata.from_answers(survey({"id": "a"}, {"id": "b"}), [row])
    assert caught.value.code == code
    assert dict(caught.value.params) == {"item": item}


def test_no_answer_shows_in_a_repr(survey: Survey) -> None:
    """Printing the microdata, as a traceback would, tells counts and codes but no answer."""
    questionnaire = survey({"id": "a"})
    one = Microdata.from_answers(questionnaire, [{"a": 1}])
    other = Microdata.from_answers(questionnaire, [{"a": 5}])
    assert repr(one) == repr(other)


def test_too_many_choices(survey: Survey) -> None:
    """More choices than bytes below the statuses are refused; exactly as many are not."""
    choices = [{"code": f"c{n}", "text": {"en": "x"}} for n in range(252)]
    full = survey({"id": "a"}, first=[CATEGORY | {"choices": choices[:251]}])
    found = Microdata.from_answers(full, [{"category": "c250", "a": 1}])
    assert found.answers("category") == ("c250",)
    with pytest.raises(InputError, match="IMF-A104"):
        Microdata.from_answers(survey({"id": "a"}, first=[CATEGORY | {"choices": choices}]), [])


def test_a_named_rating_is_no_microdata(survey: Survey) -> None:
    """An item that rates a topic belongs to a named self-assessment and is refused."""
    rating = {"id": "rating", "type": "maturity", "topic": "t1", "text": {"en": "x"}}
    with pytest.raises(InputError, match="IMF-A103: item 'rating'"):
        Microdata.from_answers(survey({"id": "a"}, first=[rating]), [])


@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "category": st.sampled_from(["ops", "calog", *STATUSES]),
                "a": st.sampled_from([1, 2, 3, 4, 5, *STATUSES]),
            }
        )
    )
)
def test_what_goes_in_comes_out(survey: Survey, rows: list[dict[str, AnswerValue]]) -> None:
    """Columns give back the values of the responses, in their order."""
    found = Microdata.from_answers(survey({"id": "a"}, first=[CATEGORY]), rows)
    for item in ("category", "a"):
        assert found.answers(item) == tuple(row[item] for row in rows)


def test_several_choices_come_back_from_the_box(tmp_path: Path) -> None:
    """One variable for each choice, ranks in a ranking, bands by their beginning.

    Three respondents: one is asked everything, one has something hidden, one says nothing.
    """
    survey = several()
    store = BoxStore(tmp_path / "box", 512)
    for said in (
        {"years": 17, "seen": "yes", "what": ("c", "a"), "order": ("z", "x")},
        {"years": 2, "seen": "no", "order": "~refused"},
        {},
    ):
        interview = Interview(survey, IMF, "fr")
        say(interview, **said)
        store.add(uuid.uuid4(), encode(survey, interview.response()))
    rows = [decode(payload, survey) for payload in store.payloads()]
    found = Microdata.from_answers(survey, sorted(rows, key=str))
    shown = {name: found.answers(name) for name in found.codes}
    by_response = sorted(zip(*shown.values(), strict=True), key=str)
    assert list(shown) == [
        *("years", "seen", "what.a", "what.b", "what.c", "order.x", "order.y", "order.z")
    ]
    hidden, refused = "~not_shown", "~refused"
    assert by_response == sorted(
        [
            (15, "yes", 1, 0, 1, 2, 0, 1),
            (0, "no", hidden, hidden, hidden, refused, refused, refused),
            ("~blank", "~blank", hidden, hidden, hidden, "~blank", "~blank", "~blank"),
        ],
        key=str,
    )
    assert found.columns["what.a"].count(bytes_of.NOT_SHOWN) == 2
    assert found.columns["what.a"].count(bytes_of.BLANK) == 0
    assert found.counts("what.b") == (1, 0)
    assert found.counts("order.z") == (0, 1, 0)
    assert found.counts("years") == (1, 0, 1)


@pytest.mark.parametrize(
    "changed",
    [
        {"what": ("a", "q")},
        {"what": "a"},
        {"what": 1},
        {"what": "~unknown"},
        {"order": ("x", 1)},
        {"years": 3},
        {"years": 0.0},
    ],
)
def test_several_choices_that_are_not_offered(changed: dict[str, Any]) -> None:
    """A stored value that the item cannot have is refused by the name of the item."""
    row: dict[str, Any] = {"years": 0, "seen": "yes", "what": ("a",), "order": ("x", "y")}
    with pytest.raises(InputError) as caught:
        Microdata.from_answers(several(), [row | changed])
    assert caught.value.code == "IMF-A107"
    assert dict(caught.value.params) == {"item": next(iter(changed))}


def several() -> Questionnaire:
    """A banded number, a condition, several choices and a ranking of two of three."""
    return form(
        asked("years", "number", store_as={"bands": [0, 5, 15]}),
        asked("seen", "yes_no"),
        asked("what", "multi", choices=choices("a", "b", "c"), show_if="seen == 'yes'"),
        asked("order", "ranking", choices=choices("x", "y", "z"), top=2, non_answers=["refused"]),
        named=False,
    )
