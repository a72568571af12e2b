"""Variables, their values and names: what a data file is said to hold."""

from __future__ import annotations

import pytest
from collected import subject_of

from imfsurvey.exchange.data.codebook import Names, Number, missing_values, values_of
from imfsurvey.exchange.data.described import Describer
from imfsurvey.exchange.data.tables import coded_parts
from imfsurvey.i18n.catalogue import LANGUAGES
from imfsurvey.interview.answers import Answer, Code
from imfsurvey.study.folder import Study
from imfsurvey.study.wave import Wave


@pytest.mark.parametrize(
    ("codes", "values"),
    [
        ([1, 2, 5], [1, 2, 5]),
        ([-2, 0, 2], [-2, 0, 2]),
        (["yes", "no"], [1, 2]),
        (["ops", "08", "7"], [8, 9, 7]),
        ([1, 2, "other"], [1, 2, 3]),
        (["10", "2"], [10, 2]),
        ([0, 0.5, 2], [0, 0.5, 2]),
        ([], []),
    ],
)
def test_a_code_that_is_a_number_stands_for_itself(
    codes: list[Code | float], values: list[Number]
) -> None:
    """Words are numbered behind the highest number; no two codes share a value."""
    assert values_of(codes) == values


@pytest.mark.parametrize(
    ("lowest", "blank", "not_shown"),
    [(0, -9, -5), (-4, -9, -5), (-5, -99, -95), (-95, -999, -995), (None, 1 - 10**15, 5 - 10**15)],
)
def test_statuses_lie_below_all_answers(lowest: int | None, blank: int, not_shown: int) -> None:
    """-9 to -5, or with as many nines as it takes."""
    values = missing_values(lowest)
    assert (values["blank"], values["not_shown"]) == (blank, not_shown)
    assert sorted(values.values()) == list(range(blank, not_shown + 1))
    assert [*values] == ["blank", "dk", "refused", "na", "not_shown"]


def test_names_that_spss_takes() -> None:
    """Other signs, reserved words, what differs in case only and what is too long."""
    names = Names()
    assert names.take("what.case-x") == "what.case_x"
    assert names.take("what.case_x") == "what.case_x_2"
    assert names.take("all") == "v_all"
    assert names.take("WHAT.case_x") == "what.case_x_3"
    assert names.take("a" * 64 + ".b") == "a" * 64
    assert names.take("a" * 64 + ".c") == "a" * 62 + "_2"
    assert names.take("1st") == "v_1st"
    assert names.take("b" * 63 + ".c") == "b" * 63


def test_what_cannot_be_seen_leaves_nothing(collected: tuple[Study, Wave]) -> None:
    """Marks of direction that a text was copied with go, and the blank before them as well."""
    subject = subject_of(collected[1], "kinds")
    (text, _status, *_) = Describer(subject.wording).named(subject.questionnaire.items["remark"])
    assert text.cells(Answer("answered", "\u202aRévision faite \u202c")) == ["Révision faite"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_variables_are_those_of_the_record(collected: tuple[Study, Wave], language: str) -> None:
    """In each language the same names, codes and values, in the order of the anonymous record."""
    subject = subject_of(collected[1], "anonymous", language)
    found = [one for part in coded_parts(subject) for one in part.variables]
    record = subject.wave.codec(subject.questionnaire).variables
    assert [one.name for one in found] == [one.name for one in record]
    for variable, stored in zip(found, record, strict=True):
        assert tuple(one.code for one in variable.answers) == stored.codes


def test_what_a_variable_is_said_to_be(collected: tuple[Study, Wave]) -> None:
    """Words of the questionnaire, in the language asked for; written out here by hand."""
    found = {
        one.name: one
        for part in coded_parts(subject_of(collected[1], "anonymous"))
        for one in part.variables
    }
    category = found["category"]
    assert (category.label, category.section) == ("Uw personeelscategorie", "U")
    assert [(one.value, one.label, one.code) for one in category.answers] == [
        (1, "Operationeel", "ops"),
        (2, "CALog", "08"),
    ]
    assert [(one.value, one.label) for one in found["years"].answers] == [
        (0, "0 tot 4\N{NO-BREAK SPACE}jaar"),
        (5, "5 tot 14\N{NO-BREAK SPACE}jaar"),
        (15, "15 tot 29\N{NO-BREAK SPACE}jaar"),
        (30, "30 tot 50\N{NO-BREAK SPACE}jaar"),
    ]
    assert found["team_speak"].label == "In mijn team… kan ik problemen aankaarten."
    assert found["team_new"].condition == "years < 5"
    assert found["what.gifts"].label == "Waarover ging het? – Geschenken of voordelen"
    assert [one.value for one in found["what.gifts"].answers] == [0, 1]
    assert [one.value for one in found["trusted.other"].answers] == [0, 1, 2]
    assert found["improve"].label == "U antwoordde '…'. Wat is er eerst nodig?"
    assert found["safe"].missing_range == (-9, -5)
    assert (found["safe"].measure, found["category"].measure) == ("ordinal", "nominal")
