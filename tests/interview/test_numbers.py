"""Numbers as they are typed and shown, in four languages."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from babel.numbers import format_decimal

from imfsurvey.i18n.catalogue import LANGUAGES, translator
from imfsurvey.i18n.errors import InputError
from imfsurvey.interview.numbers import band_of, editable_number, shown_number, typed_number
from imfsurvey.questionnaire import NumberItem

REGIONS = {"fr": "fr_BE", "nl": "nl_BE", "de": "de_BE", "en": "en_GB"}


def item(**given: Any) -> NumberItem:
    """A number item."""
    return NumberItem.model_validate({"id": "n", "type": "number", "text": {"fr": "n"}, **given})


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("typed", ["1234.5", "1234,5", "+1234,50", " 1234.5 "])
def test_comma_and_point_both_begin_the_decimals(language: str, typed: str) -> None:
    """In every language."""
    assert typed_number(typed, item(decimals=2), language) == 1234.5


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("value", ["0", "7", "999", "1000", "1234567", "-45678"])
def test_whole_numbers_are_read_as_each_language_writes_them(language: str, value: str) -> None:
    """With the marks that the Unicode CLDR puts between thousands, and without any."""
    written = format_decimal(int(value), locale=REGIONS[language])
    for text in (written, value):
        read = typed_number(text, item(), language)
        assert read == int(value)
        assert type(read) is int


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("value", ["0.05", "12.5", "1234.56", "1234567.89"])
def test_decimals_are_read_as_each_language_writes_them(language: str, value: str) -> None:
    """What the CLDR writes comes back, as a float."""
    written = format_decimal(Decimal(value), locale=REGIONS[language])
    read = typed_number(written, item(decimals=2), language)
    assert read == float(value)
    assert type(read) is float


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_shown_can_be_typed_again(language: str) -> None:
    """A field shows what was kept: leaving it unchanged changes nothing."""
    for decimals in range(7):
        for value in (0.0, 1.0, 1234.5, -98765.25, 1000.0):
            asked = item(decimals=decimals)
            kept = round(value, decimals) if decimals else int(value)
            assert typed_number(editable_number(kept, asked, language), asked, language) == kept


@pytest.mark.parametrize(
    ("typed", "language"),
    [
        *(("abc", one) for one in LANGUAGES),
        *((text, "nl") for text in ("1.2.3", "1,2,3", "12 34", "1..2", "-", "1e3", "٣", "1 ans")),
        ("1.23.456", "nl"),
        ("1,234.567,8", "en"),
        ("12345678901234567890", "fr"),
        ("inf", "fr"),
    ],
)
def test_what_is_no_number_is_refused(typed: str, language: str) -> None:
    """Never guessed at."""
    with pytest.raises(InputError) as caught:
        typed_number(typed, item(decimals=2), language)
    assert caught.value.code == "IMF-I128"


def test_what_can_be_read_in_two_ways_is_refused() -> None:
    """1.234 is a thousand in Dutch, unless three decimals are asked for."""
    assert typed_number("1.234", item(decimals=2), "nl") == 1234
    assert typed_number("1.234", item(decimals=3), "fr") == 1.234
    assert typed_number("1,234", item(decimals=3), "nl") == 1.234
    for language, typed in (("nl", "1.234"), ("de", "1.234"), ("en", "1,234")):
        with pytest.raises(InputError) as caught:
            typed_number(typed, item(decimals=3), language)
        assert caught.value.code == "IMF-I128"


def test_decimals_beyond_those_asked_for_are_refused() -> None:
    """IMF-I109; zeros at the end are none."""
    assert typed_number("5,00", item(), "fr") == 5
    for decimals, typed in ((0, "5,5"), (1, "5,25"), (2, "5.125")):
        with pytest.raises(InputError) as caught:
            typed_number(typed, item(decimals=decimals), "fr")
        assert caught.value.code == "IMF-I109"


@pytest.mark.parametrize(
    ("bounds", "typed"),
    [
        ({"min": 2}, "1"),
        ({"max": 9}, "10"),
        ({"min": 2, "max": 9}, "10"),
        ({"min": 2, "max": 9}, "-3"),
        ({"store_as": {"bands": [5, 10]}}, "4"),
    ],
)
def test_a_number_out_of_bounds_is_refused(bounds: dict[str, Any], typed: str) -> None:
    """IMF-I107, with the bounds in words; below the first band is out of bounds as well."""
    with pytest.raises(InputError) as caught:
        typed_number(typed, item(**bounds), "fr")
    assert caught.value.code == "IMF-I107"


def test_the_bounds_themselves_are_accepted() -> None:
    """From 2 to 9 means 2 and 9 too."""
    asked = item(min=2, max=9)
    assert [typed_number(text, asked, "en") for text in ("2", "9")] == [2, 9]


def test_a_band_is_named_by_its_lowest_number() -> None:
    """Bands from 0, 5, 15 and 30: 14 lies in that of 5, 15 in its own."""
    asked = item(store_as={"bands": [0, 5, 15, 30]})
    numbers = (0, 4, 5, 14, 15, 29, 30, 99)
    assert [band_of(number, asked) for number in numbers] == [0, 0, 5, 5, 15, 15, 30, 30]
    assert band_of(7, item()) == 7


def test_a_band_is_shown_from_its_lowest_to_its_highest_number() -> None:
    """The last one up to the highest number that can be given, if there is one."""
    t = translator("en")
    years = {"unit": {"en": "years", "fr": "ans"}, "store_as": {"bands": [0, 5, 15, 30]}}
    shown = [shown_number(band, item(**years), t) for band in (0, 5, 30)]
    assert shown == ["0 to 4\u00a0years", "5 to 14\u00a0years", "30\u00a0years or more"]
    assert shown_number(30, item(max=50, **years), t) == "30 to 50\u00a0years"
    single = item(store_as={"bands": [0, 1, 2]})
    assert [shown_number(band, single, t) for band in (0, 1, 2)] == ["0", "1", "2 or more"]
    halves = item(decimals=1, store_as={"bands": [0, 2.5]})
    assert shown_number(0, halves, t) == "0 to less than 2.5"


def test_a_number_is_shown_in_the_way_of_the_language_with_its_unit() -> None:
    """1 234,50 EUR in French, 1.234,50 EUR in Dutch."""
    budget = item(decimals=2, unit=dict.fromkeys(LANGUAGES, "EUR"))
    shown = {one: shown_number(1234.5, budget, translator(one)) for one in LANGUAGES}
    assert shown == {
        "fr": "1\u202f234,50\u00a0EUR",
        "nl": "1.234,50\u00a0EUR",
        "en": "1,234.50\u00a0EUR",
        "de": "1.234,50\u00a0EUR",
    }
