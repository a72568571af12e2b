"""Sheets as they are met: headers, languages, what is hidden or merged."""

from __future__ import annotations

import io

import xlsxwriter
from xlsforms import CHOICES, SURVEY, book, codes, convert, form, plain, reasons

from imfsurvey.exchange.workbook.opening import Sheet


def test_sheets_that_make_no_form() -> None:
    """Each with its reason."""
    assert reasons([]) == ["E146"]
    assert reasons(plain(book(choices=CHOICES))) == ["E146"]
    assert reasons([Sheet("survey")]) == ["E147"]
    assert reasons(plain(book(survey=[("kind", "label"), ("text", "A")]))) == ["E147"]
    assert reasons(plain(book(survey=[("type", "name")]))) == ["E149"]
    assert reasons(plain(book(survey=[("type", "name"), ("geopoint", "where")]))) == ["E149"]
    assert reasons(plain(book(survey=[("type", "name"), ("begin group", "g")]))) == ["E148"]
    assert reasons(plain(book(survey=[("type", "name"), ("end group", "")]))) == ["E148"]
    crossed = [("type", "name"), ("begin group", "g"), ("end repeat", "")]
    assert reasons(plain(book(survey=crossed))) == ["E148"]
    deep = [("type", "name"), *[("begin group", f"g{n}") for n in range(60)]]
    assert set(reasons(plain(book(survey=deep)))) == {"E148"}


def test_headers_and_names_written_carelessly() -> None:
    """Capitals, blanks, several words: understood as they are meant."""
    survey = [
        ("  TYPE ", "Name", " Label :: French (fr) ", "label::Klingon", "My Remark"),
        ("  select one   AB", " Q 1 ", "Première ?", "x", "y"),
        ("Select_Multiple AB", "q-1", "Deuxième ?", "", ""),
        ("note", "1st", "", "", ""),
    ]
    choices = [("List Name", "NAME", "label::French"), ("AB", 1, "Un"), ("AB", "Été", "Deux")]
    made = form(survey, choices)
    assert list(made.questionnaire.items) == ["q_1", "q_1_2", "q_1st"]
    assert {"W146", "W147", "W149", "W150", "W151", "W162"} <= set(codes(made.losses))
    listed = made.questionnaire.choice_lists["ab"]
    assert [choice.code for choice in listed] == [1, "ete"]


def test_languages_by_name_and_a_default() -> None:
    """A column without a language is the default one's; a name of one's own is told."""
    survey = [("type", "name", "label", "label::Vlaams dialect"), ("note", "a", "Bonjour", "Dag")]
    settings = [("default_language",), ("Français (fr)",)]
    made = form(survey, settings=settings, names={"vlaams dialect": "nl"})
    assert made.questionnaire.items["a"].text.root == {"fr": "Bonjour", "nl": "Dag"}
    assert made.questionnaire.questionnaire.default_language == "fr"
    assert "W150" not in codes(made.losses)


def test_hidden_second_and_merged_sheets_are_told() -> None:
    """A hidden sheet is read; a merged name of a list counts for its rows."""
    buffer = io.BytesIO()
    made = xlsxwriter.Workbook(buffer, {"in_memory": True})
    made.add_worksheet("readme")
    sheet = made.add_worksheet("Survey ")
    for number, row in enumerate(SURVEY):
        sheet.write_row(number, 0, row)
    sheet.hide()
    choices = made.add_worksheet("choices")
    choices.write_row(0, 0, CHOICES[0])
    choices.merge_range(1, 0, 2, 0, "ab")
    choices.write_row(1, 1, ("a", "A"))
    choices.write_row(2, 1, ("b", "B"))
    made.close()
    converted = convert(plain(buffer.getvalue()))
    assert codes(converted.losses).count("W164") == 2
    assert len(converted.questionnaire.choice_lists["ab"]) == 2
