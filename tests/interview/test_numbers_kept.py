"""Numbers as they are kept: bounds, decimals and bands. How they are typed is in test_numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from records import decode, encode
from small import form, item, refused, say, walk

from imfsurvey.i18n.errors import InputError
from imfsurvey.interview import Answer, Interview


@pytest.mark.parametrize(
    ("keys", "low", "high", "params"),
    [
        ({"min": 1, "max": 40}, 0, 41, {"min": 1, "max": 40}),
        ({"min": -3}, -4, None, {"min": -3}),
        ({"max": 5}, None, 6, {"max": 5}),
        ({"store_as": {"bands": [0, 5]}}, -1, None, {"min": 0}),
        ({"min": 2, "max": 9, "store_as": {"bands": [0, 5]}}, 1, 10, {"min": 2, "max": 9}),
    ],
)
def test_a_number_stays_within_its_bounds(
    keys: dict[str, object], low: int | None, high: int | None, params: dict[str, int]
) -> None:
    """The bounds themselves are within; the message names those there are."""
    interview = walk(item("n", "number", **keys))
    for outside in (low, high):
        if outside is not None:
            with pytest.raises(InputError) as caught:
                interview.record("n", "answered", outside)
            assert caught.value.code == "IMF-I107"
            told = {name: str(bound) for name, bound in params.items()}
            assert dict(caught.value.params) == told
    for inside in params.values():
        interview.record("n", "answered", inside)


def test_a_whole_number_has_no_decimals() -> None:
    """Unless there are only zeros; elsewhere as many as are asked for."""
    interview = walk(item("whole", "number"), item("part", "number", decimals=2))
    assert interview.record("whole", "answered", 4.0).value == 4
    assert type(interview.answer_to("whole").value) is int
    assert refused(interview.record, "whole", "answered", 4.5) == "I109"
    assert interview.record("part", "answered", 4.25).value == 4.25
    assert type(interview.record("part", "answered", 4).value) is float
    assert refused(interview.record, "part", "answered", 4.255) == "I109"


@pytest.mark.parametrize("value", ["4", True, None, (4,)])
def test_what_is_no_number_is_refused(value: object) -> None:
    """A text, a truth, nothing, several."""
    assert refused(walk(item("n", "number")).record, "n", "answered", value) == "I101"


@pytest.mark.parametrize("value", [float("inf"), float("-inf"), float("nan")])
@pytest.mark.parametrize("decimals", [0, 2])
def test_a_number_is_finite(value: float, decimals: int) -> None:
    """Also where it has no bounds."""
    interview = walk(item("n", "number", decimals=decimals))
    assert refused(interview.record, "n", "answered", value) == "I109"


@given(st.integers(0, 60))
def test_only_the_band_is_kept(years: int) -> None:
    """Worked out by going through the bands one by one."""
    interview = walk(item("n", "number", store_as={"bands": [0, 5, 15, 30]}))
    expected = 0 if years < 5 else 5 if years < 15 else 15 if years < 30 else 30
    assert interview.record("n", "answered", years).value == expected
    assert interview.answers == {"n": Answer("answered", expected)}


def test_a_band_may_begin_below_the_lowest_number() -> None:
    """From 18 on, in bands from 0: what is kept can be read again."""
    interview = walk(item("age", "number", min=18, store_as={"bands": [0, 25, 40]}))
    assert interview.record("age", "answered", 18).value == 0
    again = Interview(interview.questionnaire, interview.framework, "fr", answers=interview.answers)
    assert again.answers == interview.answers


def test_a_stored_number_that_is_no_band_is_refused() -> None:
    """A draft that somebody changed by hand would tell more than the band."""
    bands = item("n", "number", store_as={"bands": [0, 5]})
    interview = walk(bands)
    stored = {"n": Answer("answered", 3)}
    assert (
        refused(
            lambda: Interview(interview.questionnaire, interview.framework, "fr", answers=stored)
        )
        == "I101"
    )


def test_bands_are_compared_by_their_beginning() -> None:
    """And recorded with it, whole or not."""
    interview = walk(
        item("years", "number", store_as={"bands": [0, 5, 15]}),
        item("share", "number", decimals=1, store_as={"bands": [0, 0.5, 2]}),
        item("new", "yes_no", show_if="years < 5"),
        named=False,
    )
    say(interview, years=4, share=0.7, new="yes")
    questionnaire = interview.questionnaire
    kept = decode(encode(questionnaire, interview.response()), questionnaire)
    assert kept == {"years": 0, "share": 0.5, "new": "yes"}
    say(interview, years=5)
    assert interview.response()["new"].status == "not_shown"


def test_an_exact_number_has_no_place_in_an_anonymous_record() -> None:
    """Its band has."""
    questionnaire = form(item("n", "number"))
    with pytest.raises(InputError, match="no code"):
        encode(questionnaire, {"n": Answer("answered", 3)})
