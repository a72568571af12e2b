"""The anonymous record: answers and nothing else, and nothing else is taken for one."""

from __future__ import annotations

import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marked import SURVEY, with_change
from records import decode, encode
from small import IMF, choices, form, item

from imfsurvey.i18n.errors import InputError
from imfsurvey.interview import Answer, Interview
from imfsurvey.interview.record import RecordCodec
from imfsurvey.questionnaire import Choice, Questionnaire, questionnaire_from
from imfsurvey.source.document import parse
from imfsurvey.source.model import Text

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
SEVERAL = form(
    item("years", "number", store_as={"bands": [0, 5, 15]}),
    item("what", "multi", choices=choices("a", "b", "c"), non_answers=["dk"]),
    item("order", "ranking", choices=choices("x", "y", "z"), top=2, non_answers=["refused"]),
    named=False,
)


def written(row: bytes, form_hash: str = SAMPLE.form_hash) -> bytes:
    """A record of given bytes, by hand."""
    return b'{"form":"%b","answers":"%b"}' % (form_hash.encode(), base64.b64encode(row))


@st.composite
def responses(draw: st.DrawFn) -> tuple[Questionnaire, dict[str, Answer]]:
    """Any response that the interview can give, notes included."""
    questionnaire = draw(st.sampled_from([SAMPLE, WIDE]))
    interview = Interview(questionnaire, IMF, "fr", groups=GROUPS)
    for one in questionnaire.asking_items():
        option = draw(st.none() | st.sampled_from(interview.options(one)))
        if option is not None:
            interview.record(one.id, option.status, option.value)
        elif draw(st.booleans()):
            interview.record(one.id, "not_shown")
        if interview.side_limit(one, "comment"):
            interview.note(one.id, "comment", draw(st.text("secret ", max_size=20)))
    return questionnaire, dict(interview.answers)


@given(responses())
def test_what_was_said_is_what_is_read(response: tuple[Questionnaire, dict[str, Answer]]) -> None:
    """A code stays the code it was, a word a word and a number a number."""
    questionnaire, answers = response
    values = decode(encode(questionnaire, answers, GROUPS), questionnaire, GROUPS)
    assert list(values) == [one.id for one in questionnaire.asking_items()]
    for name, value in values.items():
        answer = answers.get(name, Answer())
        wanted = answer.value if answer.status == "answered" else f"~{answer.status}"
        assert (value, type(value)) == (wanted, type(wanted))


@given(responses())
def test_a_record_holds_nothing_but_form_and_answers(
    response: tuple[Questionnaire, dict[str, Answer]],
) -> None:
    """One byte for every variable, whoever answered, and never a note; always of one length."""
    questionnaire, answers = response
    record = encode(questionnaire, answers, GROUPS)
    fields = json.loads(record)
    assert list(fields) == ["form", "answers"]
    assert fields["form"] == questionnaire.form_hash
    row = base64.b64decode(fields["answers"])
    assert len(row) == len(list(questionnaire.asking_items()))
    assert record == written(row, questionnaire.form_hash)
    assert len(record) == RecordCodec(questionnaire, GROUPS).size
    assert encode(questionnaire, dict(reversed(answers.items())), GROUPS) == record


def test_every_status_has_its_byte() -> None:
    """The five stand at the top of the range, a code at its place among the codes."""
    answers = {"category": Answer("refused"), "clear": Answer("dk"), "unclear": Answer("not_shown")}
    assert encode(SAMPLE, answers, GROUPS) == written(bytes([253, 251, 254]))
    assert encode(SAMPLE, {}, GROUPS) == written(bytes([255] * 3))
    answers = {"category": Answer("answered", "x-1"), "clear": Answer("na")}
    assert encode(SAMPLE, answers, GROUPS) == written(bytes([2, 252, 255]))


@pytest.mark.parametrize(
    ("said", "row"),
    [
        ({"years": 5, "what": ("c", "a"), "order": ("z", "x")}, [1, 1, 0, 1, 2, 0, 1]),
        ({"years": 0, "what": ("b",), "order": ("y",)}, [0, 0, 1, 0, 0, 1, 0]),
    ],
)
def test_several_choices_have_a_byte_each(said: dict[str, object], row: list[int]) -> None:
    """A tick is 1, a rank its number; in which order somebody ticked is not kept."""
    answers = {name: Answer("answered", value) for name, value in said.items()}
    assert encode(SEVERAL, answers) == written(bytes(row), SEVERAL.form_hash)
    missing = {"what": Answer("dk"), "order": Answer("refused")}
    expected = bytes([255, 251, 251, 251, 253, 253, 253])
    assert encode(SEVERAL, missing) == written(expected, SEVERAL.form_hash)
    assert {one.name for one in RecordCodec(SEVERAL).variables} == {
        *("years", "what.a", "what.b", "what.c", "order.x", "order.y", "order.z")
    }


@pytest.mark.parametrize(
    "answer",
    [
        Answer("answered"),
        Answer("answered", 9),
        Answer("answered", "4"),
        Answer("answered", True),
        Answer("answered", 1.0),
        Answer("answered", (4,)),
    ],
)
def test_an_answer_without_a_code_cannot_be_written(answer: Answer) -> None:
    """The interview gives none; to write one down as something else would be a lie."""
    with pytest.raises(ValueError, match="without a code"):
        encode(SAMPLE, {"clear": answer}, GROUPS)
    with pytest.raises(ValueError, match="without a code"):
        encode(SEVERAL, {"what": answer})


def refusal(record: bytes) -> str:
    """The code with which a record is refused; its words hold nothing of it."""
    with pytest.raises(InputError) as caught:
        RecordCodec(SAMPLE, GROUPS).row(record)
    assert set(caught.value.params) <= {"questionnaire"}
    return caught.value.code


GOOD = written(bytes([4, 0, 251]))


@pytest.mark.parametrize(
    ("record", "code"),
    [
        (b"", "IMF-I120"),
        (b"\xff\x00", "IMF-I120"),
        (b"[" * 100_000, "IMF-I120"),
        (b"{}", "IMF-I120"),
        (GOOD.replace(b'{"form"', b'{"time":"12:30","form"'), "IMF-I120"),
        (GOOD.replace(b'"}', b'","name":"x"}'), "IMF-I121"),
        (GOOD.replace(b":", b": "), "IMF-I120"),
        (GOOD + b" ", "IMF-I120"),
        (GOOD.replace(b'"}', b' "}'), "IMF-I121"),
        (GOOD.replace(b'"}', b'="}'), "IMF-I121"),
        (written(bytes([4, 0])), "IMF-I121"),
        (written(bytes([4, 0, 251, 0])), "IMF-I121"),
        (written(b""), "IMF-I121"),
        (written(bytes([5, 0, 251])), "IMF-I122"),
        (written(bytes([4, 5, 251])), "IMF-I122"),
        (written(bytes([4, 250, 251])), "IMF-I122"),
        (written(bytes([4, 0, 251]), WIDE.form_hash), "IMF-I120"),
    ],
)
def test_what_is_not_quite_a_record_is_refused(record: bytes, code: str) -> None:
    """Other fields, another spelling, another length, another form, no such answer."""
    assert RecordCodec(SAMPLE, GROUPS).row(GOOD) == bytes([4, 0, 251])
    assert refusal(record) == code


@pytest.mark.parametrize(
    "row",
    [
        [3, 1, 0, 0, 1, 2, 0],
        [0, 2, 0, 0, 1, 2, 0],
        [0, 0, 0, 0, 1, 2, 0],
        [0, 1, 251, 0, 1, 2, 0],
        [0, 251, 251, 255, 1, 2, 0],
        [0, 1, 0, 0, 1, 1, 0],
        [0, 1, 0, 0, 2, 0, 0],
        [0, 1, 0, 0, 1, 2, 3],
        [0, 1, 0, 0, 0, 0, 0],
    ],
)
def test_several_choices_that_nobody_can_make(row: list[int]) -> None:
    """A tick of two, no tick at all, half a status, equal ranks, a gap, too many ranks."""
    codec = RecordCodec(SEVERAL)
    assert codec.row(written(bytes([0, 1, 0, 0, 1, 2, 0]), SEVERAL.form_hash))
    with pytest.raises(InputError, match="IMF-I122"):
        codec.row(written(bytes(row), SEVERAL.form_hash))


def test_two_spellings_of_one_record_are_not_both_taken() -> None:
    """Base64 ignores some bits of its last sign: they could carry a mark, so they must be 0."""
    record = encode(SEVERAL, {})
    text = json.loads(record)["answers"]
    assert text.endswith("w==")
    other = record.replace(b'w=="}', b'x=="}')
    assert base64.b64decode(json.loads(other)["answers"]) == base64.b64decode(text)
    with pytest.raises(InputError, match="IMF-I121"):
        RecordCodec(SEVERAL).row(other)


@pytest.mark.parametrize("kind", ["multi", "ranking", "single"])
def test_a_choice_of_groups_in_a_study_without_groups(kind: str) -> None:
    """Nobody can choose there; whatever else was said is read as it was written."""
    questionnaire = form(
        item("unit", kind, choices_from="study.groups"), item("seen", "yes_no"), named=False
    )
    codec = RecordCodec(questionnaire)
    row = codec.row(codec.encode({"seen": Answer("answered", "no")}))
    assert row[-1] == 1
    assert row[:-1] == (b"\xff" if kind == "single" else b"")


def test_items_without_codes_have_no_record() -> None:
    """An exact number is told by the name of its item; more choices than bytes are refused."""
    exact = form(item("years", "number"))
    with pytest.raises(InputError, match="IMF-I123: item 'years'"):
        RecordCodec(exact)
    groups = tuple(Choice(code=f"g{number}", text=Text({"fr": "G"})) for number in range(252))
    full = form(item("one", "single", choices_from="study.groups"), named=False)
    last = {"one": Answer("answered", "g250")}
    assert decode(encode(full, last, groups[:251]), full, groups[:251]) == {"one": "g250"}
    with pytest.raises(InputError, match="IMF-I129"):
        RecordCodec(full, groups)
    ranked = form(item("all", "ranking", choices_from="study.groups"), named=False)
    first_last = {"all": Answer("answered", tuple(f"g{place}" for place in range(249, -1, -1)))}
    codec = RecordCodec(ranked, groups[:250])
    assert codec.row(codec.encode(first_last)) == bytes(range(250, 0, -1))
    with pytest.raises(InputError, match="IMF-I129"):  # rank 251 would be the byte of "don't know"
        RecordCodec(ranked, groups[:251])


@given(st.binary() | st.binary(max_size=4).map(written) | st.text().map(str.encode))
def test_anything_is_a_record_or_is_refused(record: bytes) -> None:
    """There is no third outcome; a record has three bytes, each a code or a status."""
    try:
        row = RecordCodec(SAMPLE, GROUPS).row(record)
    except InputError as error:
        assert error.code in ("IMF-I120", "IMF-I121", "IMF-I122")
    else:
        assert len(row) == 3
        assert all(byte < 5 or byte > 250 for byte in row)
