"""Free texts of anonymous responses: kept apart from the answers and from each other."""

from __future__ import annotations

import json
import random
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marked import SAMPLES, with_change
from records import decode, encode
from small import GROUPS, IMF, choices, form, item, say

from imfsurvey.i18n.errors import InputError
from imfsurvey.interview import Answer, Interview
from imfsurvey.interview.comments import (
    Comment,
    comment_fields,
    comments_of,
    decode_comment,
    encode_comment,
    kept_text,
    largest_comment,
)
from imfsurvey.interview.record import RecordCodec
from imfsurvey.interview.simulate import simulated
from imfsurvey.questionnaire import (
    LONGEST_DETACHED,
    OTHER,
    Questionnaire,
    questionnaire_from,
)
from imfsurvey.source.document import parse

SAMPLE = (SAMPLES / "anonymous.yaml").read_text("utf-8")
SLOT = 2200
"""Bytes of a record that a sealed slot takes."""


def load(*changes: tuple[str, str]) -> Questionnaire:
    """The anonymous sample, changed."""
    return questionnaire_from(parse(with_change(SAMPLE, *changes)), IMF)


SURVEY = load()
LONGEST = load(("max_length: 400", f"max_length: {LONGEST_DETACHED}"))
FIELDS = [("safe", "comment"), ("trusted", "other"), ("wish", "text")]
"""Those of the sample: a remark on a statement, words for "other", a text."""


def walk(questionnaire: Questionnaire = SURVEY) -> Interview:
    """A walk with a few coded answers, among them "other"."""
    interview = Interview(questionnaire, IMF, "fr", groups=GROUPS)
    interview.record("category", "answered", "ops")
    interview.record("example_given", "answered", 4)
    interview.record("seen", "answered", "no")
    interview.record("trusted", "answered", (OTHER, "chief"))
    return interview


def written(text: str, questionnaire: Questionnaire = SURVEY) -> Interview:
    """The same with something written wherever that is possible."""
    interview = walk(questionnaire)
    interview.record("wish", "answered", text)
    interview.note("safe", "comment", text)
    interview.note("trusted", "other", text[:60])
    return interview


# --- the record of the answers ------------------------------------------------------------------


def record(interview: Interview) -> bytes:
    """The record of what was answered so far."""
    return encode(SURVEY, interview.response(), GROUPS)


def test_who_writes_and_who_does_not_leave_the_same_record() -> None:
    """Byte for byte: texts, and whether there are any, stand nowhere beside the answers."""
    silent, talkative = walk(), written("Plus de temps pour parler.")
    assert talkative.answers != silent.answers
    assert record(talkative) == record(silent)


def test_the_record_has_a_place_for_each_coded_item_only() -> None:
    """The choice "other" is one of its codes; the text is not among them."""
    values = decode(record(written("Beaucoup")), SURVEY, GROUPS)
    assert "wish" not in values
    assert values["trusted"] == (OTHER, "chief")
    asked = [one.id for one in SURVEY.asking_items()]
    assert list(values) == [one for one in asked if one != "wish"]


def test_the_choice_other_needs_no_words() -> None:
    """Else everybody who chose it would be known to have written."""
    assert walk().objections(SURVEY.items["trusted"]) == ()


@given(st.integers(0, 2**32))
def test_all_records_are_equally_long(seed: int) -> None:
    """With "other" among the codes too."""
    interview = Interview(SURVEY, IMF, "fr", groups=GROUPS)
    simulated(interview, random.Random(seed))
    assert len(record(interview)) == RecordCodec(SURVEY, GROUPS).size


# --- the comments of a response -----------------------------------------------------------------


def test_each_text_is_a_comment_of_its_own() -> None:
    """In the order of their items' ids, which is that of nothing else."""
    assert comments_of(SURVEY, written("Écouter.").response()) == (
        Comment("safe", "comment", "Écouter."),
        Comment("trusted", "other", "Écouter."),
        Comment("wish", "text", "Écouter."),
    )
    assert comment_fields(SURVEY) == len(FIELDS)


def test_what_was_taken_back_is_no_comment() -> None:
    """A blank text, the words of an "other" that is not chosen any more, a blank remark."""
    interview = written("Écouter.")
    interview.record("trusted", "answered", ("chief", "ombuds"))
    interview.clear("wish")
    interview.note("safe", "comment", "  \n ")
    assert comments_of(SURVEY, interview.response()) == ()


def test_what_was_written_to_a_question_that_is_hidden_by_now_is_no_comment() -> None:
    """A remark, words for "other", a text; they come back with their questions, and stand by item
    id, not in the order of the file."""
    asked = {"show_if": "seen == 'yes'"}
    questionnaire = form(
        item("seen", "yes_no"),
        item("what", "single", choices=choices("a"), other={"max_length": 40}, **asked),
        item("tell", "text", max_length=40, **asked),
        item("how", "yes_no", comment={"max_length": 40}, **asked),
        named=False,
    )
    interview = Interview(questionnaire, IMF, "fr")
    say(interview, seen="yes", what="other", tell="Écouter.")
    interview.note("what", "other", "Un drone")
    interview.note("how", "comment", "Trop tard")
    written_ = comments_of(questionnaire, interview.response())
    assert [(one.item, one.text) for one in written_] == [
        *(("how", "Trop tard"), ("tell", "Écouter."), ("what", "Un drone"))
    ]
    say(interview, seen="no")
    assert comments_of(questionnaire, interview.response()) == ()
    say(interview, seen="yes")
    assert comments_of(questionnaire, interview.response()) == written_


def test_a_remark_beside_silence_counts() -> None:
    """Nobody has to answer in order to say something."""
    interview = walk()
    interview.note("safe", "comment", "Question peu claire")
    assert [one.item for one in comments_of(SURVEY, interview.response())] == ["safe"]


def test_the_texts_of_a_named_questionnaire_stay_with_its_answers() -> None:
    """None of them is detached."""
    named = questionnaire_from(parse((SAMPLES / "constructs.yaml").read_text("utf-8")), IMF)
    assert (comments_of(named, {}), comment_fields(named), largest_comment(named)) == ((), 0, 0)


def test_a_text_longer_than_its_limit_is_not_cut_in_silence() -> None:
    """The interview gives none; to store a part of it would be a lie."""
    with pytest.raises(ValueError, match="longer than its limit"):
        comments_of(SURVEY, {"wish": Answer("answered", "x" * 401)})


@pytest.mark.parametrize(
    ("typed", "lines", "kept"),
    [
        ("  a \r\n b\rc\t d \n", True, "a\nb\nc  d"),
        ("  a \r\n b\rc\t d \n", False, "a b c  d"),
        ("a\x00b\x1b[31m\x85\u202ec\ufeff\u2028d", True, "ab[31mcd"),
        ("\ud83d", True, ""),
        ("e\u0301te\u0301", False, "\u00e9t\u00e9"),
        ("\u0958", False, "\u0958"),  # written in full, it would be longer
        ("👩\u200d🚒", False, "👩\u200d🚒"),
        ("\u00a0 \u3000", True, ""),
    ],
)
def test_what_is_stored_of_a_text(typed: str, lines: bool, kept: str) -> None:
    """One kind of line end, one way to write a sign, nothing that cannot be seen."""
    assert kept_text(typed, lines=lines) == kept


@given(st.text(), st.booleans())
def test_made_ready_once_is_made_ready(text: str, lines: bool) -> None:
    """A second time changes nothing, it never grows, and no control character is left."""
    kept = kept_text(text, lines=lines)
    assert kept_text(kept, lines=lines) == kept
    assert len(kept) <= len(text)
    allowed = "\n" if lines else ""
    assert [c for c in kept if unicodedata.category(c) in ("Cc", "Cs") and c not in allowed] == []


# --- the record of a comment --------------------------------------------------------------------

TEXTS = st.text(min_size=1, max_size=60).filter(lambda text: kept_text(text, lines=False) != "")


@given(TEXTS)
def test_what_was_written_is_what_is_read(text: str) -> None:
    """Each comment of a response comes back from its bytes, and from no other."""
    for one in comments_of(SURVEY, written(text).response()):
        payload = encode_comment(SURVEY.form_hash, one)
        assert decode_comment(payload, SURVEY) == one
        assert list(json.loads(payload)) == ["form", "item", "field", "text"]
        assert len(payload) <= largest_comment(SURVEY)


def test_a_record_says_what_it_is() -> None:
    """Hash, item, field, text, in UTF-8; the text is in no `repr`."""
    comment = Comment("wish", "text", "Écouter « tous »")
    payload = encode_comment(SURVEY.form_hash, comment)
    wanted = (
        f'{{"form":"{SURVEY.form_hash}","item":"wish","field":"text","text":"Écouter « tous »"}}'
    )
    assert payload == wanted.encode("utf-8")
    assert "couter" not in repr(comment)


def test_the_longest_comment_fits_its_slot() -> None:
    """Of signs that take four bytes, at the item with the longest id: reached, not passed."""
    longest = load(
        ("max_length: 400", f"max_length: {LONGEST_DETACHED}"),
        ("id: wish", "id: " + "w" * 64),
    )
    (text,) = comments_of(longest, {"w" * 64: Answer("answered", "🚓" * LONGEST_DETACHED)})
    payload = encode_comment(longest.form_hash, text)
    assert len(payload) == largest_comment(longest)
    # {"form":" + 64 + ","item":" + 64 + ","field":" + 4 + ","text":" + 500 * 4 + "}
    assert len(payload) == 9 + 64 + 10 + 64 + 11 + 4 + 10 + 2000 + 2 == 2174
    assert largest_comment(longest) + len("comment") - len("text") <= SLOT


@pytest.mark.parametrize("sign", ['"', "\\", "\n", "\x7f", "\u2029", "é", "€", "🚓"])
def test_no_sign_takes_more_room_than_four_bytes(sign: str) -> None:
    """Neither by UTF-8 nor by what JSON puts before it."""
    text = "x" + sign * (LONGEST_DETACHED - 2) + "x"
    for one in comments_of(LONGEST, {"wish": Answer("answered", text)}):
        assert len(encode_comment(LONGEST.form_hash, one)) <= largest_comment(LONGEST)


@pytest.mark.parametrize("text", ["", " a", "a\n", "a\x00", "a\tb", "a\rb", "\ud83d"])
def test_only_what_was_made_ready_is_written_down(text: str) -> None:
    """So that nothing else can ever be read."""
    with pytest.raises(ValueError, match="made ready"):
        encode_comment(SURVEY.form_hash, Comment("wish", "text", text))


GOOD: dict[str, Any] = {
    "form": SURVEY.form_hash,
    "item": "wish",
    "field": "text",
    "text": "Plus\nde temps",
}


def raw(record: object) -> bytes:
    """A record as this module writes it."""
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def refusal(payload: bytes) -> str:
    """The code with which a payload is refused; its words hold nothing of it."""
    with pytest.raises(InputError) as caught:
        decode_comment(payload, SURVEY)
    assert set(caught.value.params) <= {"questionnaire"}
    return caught.value.code


@pytest.mark.parametrize(
    ("payload", "code"),
    [
        (b"", "IMF-I130"),
        (b"\xff", "IMF-I130"),
        (b"[" * 100_000, "IMF-I130"),
        (b"null", "IMF-I131"),
        (raw({**GOOD, "number": 7}), "IMF-I131"),
        (raw({**GOOD, "time": "12:30"}), "IMF-I131"),
        (raw({**GOOD, "response": "a1"}), "IMF-I131"),
        (raw({key: GOOD[key] for key in ("form", "item", "text")}), "IMF-I131"),
        (raw({**GOOD, "form": LONGEST.form_hash}), "IMF-I132"),
        (raw({**GOOD, "form": None}), "IMF-I132"),
        (raw({**GOOD, "item": "seen"}), "IMF-I133"),
        (raw({**GOOD, "item": "wishes"}), "IMF-I133"),
        (raw({**GOOD, "item": ["wish"]}), "IMF-I133"),
        (raw({**GOOD, "field": "comment"}), "IMF-I133"),
        (raw({**GOOD, "field": "evidence"}), "IMF-I133"),
        (raw({**GOOD, "field": {}}), "IMF-I133"),
        (raw({**GOOD, "text": ""}), "IMF-I133"),
        (raw({**GOOD, "text": 3}), "IMF-I133"),
        (raw({**GOOD, "text": " Plus"}), "IMF-I133"),
        (raw({**GOOD, "text": "Pl\u200eus"}), "IMF-I133"),
        (raw({**GOOD, "text": "x" * 401}), "IMF-I133"),
        (raw({**GOOD, "item": "trusted", "field": "other"}), "IMF-I133"),  # of one line
        (json.dumps(GOOD).encode(), "IMF-I133"),  # with blanks, which could carry a mark
        (raw(dict(reversed(GOOD.items()))), "IMF-I133"),  # so could the order
        (json.dumps({**GOOD, "text": "é"}, separators=(",", ":")).encode(), "IMF-I133"),
        (raw(GOOD).replace(b'"item"', b'"text":"x","item"'), "IMF-I133"),
    ],
)
def test_what_is_no_comment_is_refused(payload: bytes, code: str) -> None:
    """Other fields, other items, other spellings of the same: each could tie it to a person."""
    assert decode_comment(raw(GOOD), SURVEY) == Comment("wish", "text", GOOD["text"])
    assert refusal(payload) == code


@given(st.binary() | st.dictionaries(st.sampled_from(list(GOOD)), st.text()).map(raw))
def test_anything_is_a_comment_or_is_refused(payload: bytes) -> None:
    """There is no third outcome."""
    try:
        decode_comment(payload, SURVEY)
    except InputError as error:
        assert error.code in ("IMF-I130", "IMF-I131", "IMF-I132", "IMF-I133")


# --- warnings, and what invented respondents write ----------------------------------------------


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Demandez à Madame Dupont", "a name"),
        ("La voiture 1-ABC-234", "a number plate"),
        ("robin@example.be", "an e-mail address"),
    ],
)
def test_every_text_is_looked_at_for_persons(text: str, what: str) -> None:
    """Without the questionnaire asking for it, wherever it was written; a warning, no refusal."""
    for asked, side in (("wish", None), ("safe", "comment"), ("trusted", "other")):
        interview = walk()
        if side is None:
            interview.record(asked, "answered", text)
        else:
            interview.note(asked, "comment" if side == "comment" else "other", text)
        (found,) = interview.objections(SURVEY.items[asked])
        assert (found.code, found.severity, found.params["what"]) == ("IMF-I124", "warn", what)
        assert interview.state(SURVEY.items[asked]) != "attention"


def test_invented_texts_are_plainly_invented() -> None:
    """Some people write, not all; each text says that it is invented, in their language."""
    rng = random.Random(1)
    said: list[Comment] = []
    people = 60
    for _ in range(people):
        interview = Interview(SURVEY, IMF, "fr", groups=GROUPS)
        simulated(interview, rng)
        said += comments_of(SURVEY, interview.response())
    assert {(one.item, one.field) for one in said} == set(FIELDS)
    assert 0 < sum(one.item == "wish" for one in said) < people / 2
    assert all(one.text.startswith("(inventé)") for one in said)


def test_a_text_more_changes_no_invented_answer() -> None:
    """Figures of a simulated survey stay what they were when a text is added to it."""
    shorter = SAMPLE[: SAMPLE.index("  - id: last_word")]
    answers = []
    for text in (SAMPLE, shorter):
        rng, survey = random.Random(7), questionnaire_from(parse(text), IMF)
        rows = []
        for _ in range(20):
            interview = Interview(survey, IMF, "fr", groups=GROUPS)
            simulated(interview, rng)
            rows.append(decode(encode(survey, interview.response(), GROUPS), survey, GROUPS))
        answers.append(rows)
    assert answers[0] == answers[1]
