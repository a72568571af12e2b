"""Numbers, shares, dates and lists as written in Belgium; Babel is the independent source."""

import datetime
import decimal
from decimal import Decimal

import pytest
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent
from hypothesis import assume, given
from hypothesis import strategies as st

from imfsurvey.i18n.formats import date, joined, labelled, number, percent, signed

LOCALES = {"fr": "fr_BE", "nl": "nl_BE", "de": "de_BE", "en": "en_GB"}

languages = pytest.mark.parametrize("language", LOCALES)
amounts = st.decimals(-(10**12), 10**12, places=4)


def babel_pattern(decimals: int) -> str:
    """CLDR's pattern of a decimal number with a fixed number of decimals."""
    return "#,##0" + ("." + "0" * decimals if decimals else "")


@languages
@given(value=amounts, decimals=st.integers(0, 3))
def test_numbers_are_those_of_cldr(language: str, value: Decimal, decimals: int) -> None:
    """Marks of thousands and decimals are those of CLDR for the language in Belgium."""
    with decimal.localcontext(rounding=decimal.ROUND_HALF_UP):
        theirs = format_decimal(value, babel_pattern(decimals), LOCALES[language])
    assume(theirs.strip("-0,.") != "")  # Babel prints "-0", we never do
    assert number(value, language, decimals) == theirs


@languages
@given(value=st.integers(-10_000, 10_000))
def test_percentages_are_those_of_cldr(language: str, value: int) -> None:
    """The percent sign stands where CLDR puts it, with the space of CLDR."""
    share = Decimal(value) / 100
    assert percent(share, language) == format_percent(share, locale=LOCALES[language])


@languages
@given(day=st.dates())
def test_dates_are_those_of_cldr(language: str, day: datetime.date) -> None:
    """Dates are CLDR's long ones, but for the first of a month in French."""
    assume(not (language == "fr" and day.day == 1))
    assert date(day, language) == format_date(day, "long", locale=LOCALES[language])


def test_the_first_of_a_month_is_ordinal_in_french() -> None:
    """French writes "1er", as the rules of the language ask and CLDR leaves out."""
    assert date(datetime.date(2026, 10, 1), "fr") == "1er octobre 2026"
    assert date(datetime.date(2026, 10, 1), "nl") == "1 oktober 2026"


@languages
@given(items=st.lists(st.sampled_from(["A", "B", "C c"]), max_size=5))
def test_lists_are_those_of_cldr(language: str, items: list[str]) -> None:
    """Commas between the first items and a word before the last, as in CLDR."""
    theirs = format_list(items, locale=LOCALES[language]) if items else ""
    assert joined(items, language) == theirs


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("fr", "Preuve\u00a0: note 12"),
        ("nl", "Bewijs: nota 12"),
        ("de", "Beleg: Notiz 12"),
        ("en", "Evidence: note 12"),
    ],
)
def test_only_french_sets_a_space_before_a_colon(language: str, expected: str) -> None:
    """One that never parts the sign from its word, as the rules of typesetting ask."""
    label, _, text = expected.replace("\u00a0", "").partition(": ")
    assert labelled(label, text, language) == expected


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (3.05, 1, "3,1"),
        (2.5, 0, "3"),
        (-2.5, 0, "-3"),
        (1.005, 2, "1,01"),
        (0.1 + 0.2, 1, "0,3"),
        (-0.04, 1, "0,0"),
        (1e21, 0, "1.000.000.000.000.000.000.000"),
        (1e30, 1, "1" + 10 * ".000" + ",0"),
        (1234567, 0, "1.234.567"),
        (12, 2, "12,00"),
    ],
)
def test_halves_are_rounded_away_from_zero(value: float, decimals: int, expected: str) -> None:
    """A figure is rounded as a reader does by hand, from the figure that is printed."""
    assert number(value, "nl", decimals) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [(0.5, "+0,5"), (-1, "-1,0"), (0, "0,0"), (-0.04, "0,0"), (0.04, "0,0"), (1234, "+1.234,0")],
)
def test_changes_carry_their_sign(value: float, expected: str) -> None:
    """A rise has a plus, a fall a minus; what is printed as zero has neither."""
    assert signed(value, "nl", 1) == expected


def test_percentages_are_rounded_as_printed() -> None:
    """A share is multiplied exactly: 0.285 is 28.5 %, hence 29 %, though the float is below."""
    assert percent(0.285, "nl") == "29%"
    assert percent(0.6749, "fr", 1) == "67,5\u00a0%"


@pytest.mark.parametrize("write", [number, signed, percent])
def test_no_figure_is_not_a_figure(write: object) -> None:
    """Where there is no figure the caller decides on the words: None is refused."""
    assert callable(write)
    with pytest.raises(TypeError, match="NoneType"):
        write(None, "fr")


@pytest.mark.parametrize("value", [float("nan"), float("inf"), Decimal("NaN")])
def test_only_finite_numbers_are_written(value: float) -> None:
    """A division that went wrong never reaches a report."""
    with pytest.raises(ValueError, match="finite"):
        number(value, "fr")
