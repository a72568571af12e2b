"""The anonymous record: answers and nothing else, and nothing else is taken for one."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marked import ASSESSMENT, FRAMEWORK, SURVEY, with_change

from imfsurvey.framework.load import framework_from
from imfsurvey.i18n.errors import InputError
from imfsurvey.interview import Answer, Interview
from imfsurvey.interview.record import decode, encode, largest_record
from imfsurvey.questionnaire import Choice, Questionnaire, questionnaire_from
from imfsurvey.source.document import parse
from imfsurvey.source.model import Text

IMF = framework_from(parse(FRAMEWORK))
GROUPS = tuple(
    Choice(code=code, text=Text({"fr": code})) for code in ("o", "c" * 64, "x-1", "9", "calog")
)
SAMPLE = questionnaire_from(parse(SURVEY), IMF)
WIDE = questionnaire_from(
    parse(
        with_change(
            SURVEY,
            ("{code: 1,", "{code: -100000,"),
            ("unfavourable: [1, 2]", ""),
            (" reverse: true,", ""),
        )
    ),
    IMF,
)
RATED = questionnaire_from(parse(ASSESSMENT), IMF)
GOOD = {"form": SAMPLE.form_hash, "answers": ["ops", 4, "~dk"]}


@st.composite
def responses(draw: st.DrawFn) -> tuple[Questionnaire, dict[str, Answer]]:
    """Any response that the interview can give, notes included."""
    questionnaire = draw(st.sampled_from([SAMPLE, WIDE, RATED]))
    interview = Interview(questionnaire, IMF, "fr", groups=GROUPS)
    for item in questionnaire.asking_items():
        option = draw(st.none() | st.sampled_from(interview.options(item)))
        if option is not None:
            interview.record(item.id, option.status, option.value)
        elif draw(st.booleans()):
            interview.record(item.id, "not_shown")
        if interview.side_limit(item, "comment"):
            interview.note(item.id, "comment", draw(st.text("secret ", max_size=20)))
    return questionnaire, dict(interview.answers)


@given(responses())
def test_what_was_said_is_what_is_read(response: tuple[Questionnaire, dict[str, Answer]]) -> None:
    """A code stays the code it was, a word a word and a number a number."""
    questionnaire, answers = response
    values = decode(encode(questionnaire, answers), questionnaire)
    assert list(values) == [item.id for item in questionnaire.asking_items()]
    for item, value in values.items():
        answer = answers.get(item, Answer())
        wanted = answer.value if answer.status == "answered" else f"~{answer.status}"
        assert (value, type(value)) == (wanted, type(wanted))


@given(responses())
def test_a_record_holds_nothing_but_form_and_answers(
    response: tuple[Questionnaire, dict[str, Answer]],
) -> None:
    """One entry for every item that asks, whoever answered, and never a note."""
    questionnaire, answers = response
    payload = encode(questionnaire, answers)
    record = json.loads(payload)
    assert list(record) == ["form", "answers"]
    assert record["form"] == questionnaire.form_hash
    assert len(record["answers"]) == len(list(questionnaire.asking_items()))
    assert payload == json.dumps(record, separators=(",", ":")).encode("ascii")
    shuffled = dict(reversed(answers.items()))
    assert encode(questionnaire, shuffled) == payload


@given(responses())
def test_no_record_is_longer_than_the_largest(
    response: tuple[Questionnaire, dict[str, Answer]],
) -> None:
    """So that the place kept for it always does."""
    questionnaire, answers = response
    assert len(encode(questionnaire, answers)) <= largest_record(questionnaire, IMF, GROUPS)


def test_the_largest_record_is_reached() -> None:
    """Room is not wasted: longest group, then the number with the most digits or `~not_shown`."""
    answers = {
        "category": Answer("answered", "c" * 64),
        "clear": Answer("not_shown"),
        "unclear": Answer("not_shown"),
    }
    assert len(encode(WIDE, answers)) == largest_record(WIDE, IMF, GROUPS)


def test_every_status_has_its_word() -> None:
    """With a mark that no code begins with."""
    answers = {"category": Answer("refused"), "clear": Answer("dk"), "unclear": Answer("not_shown")}
    assert json.loads(encode(SAMPLE, answers))["answers"] == ["~refused", "~dk", "~not_shown"]
    assert json.loads(encode(SAMPLE, {}))["answers"] == ["~blank"] * 3


def test_an_answer_without_a_code_cannot_be_written() -> None:
    """The interview gives none; to write one down as blank would be a lie."""
    with pytest.raises(ValueError, match="without a code"):
        encode(SAMPLE, {"clear": Answer("answered")})


def refusal(payload: bytes) -> str:
    """The code with which a payload is refused; its words hold nothing of it."""
    with pytest.raises(InputError) as caught:
        decode(payload, SAMPLE)
    assert set(caught.value.params) <= {"questionnaire"}
    return caught.value.code


@pytest.mark.parametrize(
    ("payload", "code"),
    [
        (b"", "IMF-I120"),
        (b"\xff\x00", "IMF-I120"),
        (b'{"form": ', "IMF-I120"),
        (b"[" * 100_000, "IMF-I120"),
        (b"9" * 5000, "IMF-I120"),
        (b"null", "IMF-I121"),
        (b"3", "IMF-I121"),
        (b'["form", "answers"]', "IMF-I121"),
        (b"{}", "IMF-I121"),
    ],
)
def test_what_is_no_record_is_refused(payload: bytes, code: str) -> None:
    """Whatever the bytes."""
    assert refusal(payload) == code


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"time": "12:30"}, "IMF-I121"),
        ({"answers": None}, "IMF-I123"),
        ({"answers": "abc"}, "IMF-I123"),
        ({"answers": 3}, "IMF-I123"),
        ({"answers": {"0": 1, "1": 1, "2": 1}}, "IMF-I123"),
        ({"answers": ["ops", 4, None]}, "IMF-I123"),
        ({"answers": ["ops", 4, True]}, "IMF-I123"),
        ({"answers": ["ops", 4, 1.0]}, "IMF-I123"),
        ({"answers": ["ops", 4, float("nan")]}, "IMF-I123"),
        ({"answers": ["ops", 4, [1]]}, "IMF-I123"),
        ({"answers": ["ops", 4, {"code": 1}]}, "IMF-I123"),
        ({"answers": ["ops", 4, "~"]}, "IMF-I123"),
        ({"answers": ["ops", 4, "~answered"]}, "IMF-I123"),
        ({"answers": ["ops", 4, "~dunno"]}, "IMF-I123"),
        ({"answers": ["ops", 4]}, "IMF-I122"),
        ({"answers": ["ops", 4, 4, 4]}, "IMF-I122"),
        ({"form": WIDE.form_hash}, "IMF-I122"),
        ({"form": None}, "IMF-I122"),
        ({"form": ["x"]}, "IMF-I122"),
    ],
)
def test_a_record_that_is_not_quite_one_is_refused(changed: dict[str, Any], code: str) -> None:
    """Other fields, other types, other lengths, another form."""
    assert refusal(json.dumps({**GOOD, **changed}).encode()) == code


def test_the_record_of_another_questionnaire_is_refused() -> None:
    """Also when it has as many items: nothing else tells the two apart."""
    assert refusal(encode(WIDE, {})) == "IMF-I122"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just("~dk"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@given(
    st.binary()
    | st.builds(lambda value: json.dumps(value).encode(), JSON)
    | st.builds(
        lambda form, answers: json.dumps({"form": form, "answers": answers}).encode(),
        st.just(SAMPLE.form_hash) | JSON,
        st.lists(JSON, min_size=3, max_size=3) | JSON,
    )
)
def test_anything_is_a_record_or_is_refused(payload: bytes) -> None:
    """There is no third outcome; a record has three values, each a code or a status."""
    try:
        values = decode(payload, SAMPLE)
    except InputError as error:
        assert error.code in ("IMF-I120", "IMF-I121", "IMF-I122", "IMF-I123")
    else:
        assert len(values) == 3
        assert all(type(value) in (int, str) for value in values.values())
