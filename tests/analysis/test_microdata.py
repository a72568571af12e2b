"""Responses in memory, one byte an answer."""

import random
import uuid
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from records import AnswerValue, encode, microdata
from small import IMF, choices, form, say
from small import item as asked

from imfsurvey.analysis.microdata import Microdata
from imfsurvey.analysis.tally import places, tallies, tally
from imfsurvey.interview import Interview
from imfsurvey.interview import variables as bytes_of
from imfsurvey.interview.record import RecordCodec
from imfsurvey.interview.variables import Variable
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
    found = microdata(questionnaire, [{"category": "calog", "a": value} for value in values])
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
    found = microdata(survey({"id": "a"}), [])
    assert (found.responses, found.columns, found.counts("a")) == (0, {"a": b""}, (0,) * 5)


def test_groups_of_the_study(survey: Survey) -> None:
    """An item that takes its choices from the study takes the groups given as its codes."""
    groups = [
        Choice.model_validate({"code": code, "text": {"en": code}}) for code in ("north", "south")
    ]
    questionnaire = survey({"id": "a"}, first=[GROUPS])
    found = microdata(questionnaire, [{"unit": "south", "a": 2}], groups)
    assert found.codes["unit"] == ("north", "south")
    assert found.columns["unit"] == b"\x01"


def test_no_answer_shows_in_a_repr(survey: Survey) -> None:
    """Printing the microdata, as a traceback would, tells counts and codes but no answer."""
    questionnaire = survey({"id": "a"})
    one = microdata(questionnaire, [{"a": 1}])
    other = microdata(questionnaire, [{"a": 5}])
    assert repr(one) == repr(other)


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
    found = microdata(survey({"id": "a"}, first=[CATEGORY]), rows)
    for item in ("category", "a"):
        assert found.answers(item) == tuple(row[item] for row in rows)


def test_more_rows_than_are_turned_at_a_time() -> None:
    """70,000 of two variables, one by one and several in a piece; counted by cell as well."""
    draw = random.Random(3)
    rows = [bytes((draw.randrange(3), draw.choice((0, 1, 251)))) for _ in range(70_000)]
    variables = Variable("unit", ("n", "s", "e")), Variable("a", (1, 2))
    pieces = [b"".join(rows[start : start + 7]) for start in range(0, len(rows), 7)]
    for given_ in (rows, pieces):
        found = Microdata.from_rows(variables, given_)
        assert found.responses == 70_000
        assert found.columns == {
            "unit": bytes(row[0] for row in rows),
            "a": bytes(row[1] for row in rows),
        }
    by_cell = tallies(places(found.columns["unit"]), 3, found.columns["a"])
    counted = Counter(rows)
    assert by_cell == [
        {answer: counted[bytes((cell, answer))] for answer in (0, 1, 251)} for cell in range(3)
    ]
    assert tally(found.columns["a"]) == Counter(row[1] for row in rows)


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
    codec = RecordCodec(survey)
    rows = sorted(codec.row(payload) for payload in store.payloads())
    found = Microdata.from_rows(codec.variables, rows)
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


def several() -> Questionnaire:
    """A banded number, a condition, several choices and a ranking of two of three."""
    return form(
        asked("years", "number", store_as={"bands": [0, 5, 15]}),
        asked("seen", "yes_no"),
        asked("what", "multi", choices=choices("a", "b", "c"), show_if="seen == 'yes'"),
        asked("order", "ranking", choices=choices("x", "y", "z"), top=2, non_answers=["refused"]),
        named=False,
    )
