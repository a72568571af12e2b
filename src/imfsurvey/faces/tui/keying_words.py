"""What the screen for typing sheets says."""

from __future__ import annotations

from typing import Final

from imfsurvey.i18n import formats
from imfsurvey.i18n.catalogue import Translator
from imfsurvey.i18n.describe import describe
from imfsurvey.i18n.errors import InputError
from imfsurvey.interview.sheet import Sheet
from imfsurvey.report.printed.conditions import Conditions
from imfsurvey.study.keying.batch import Counts
from imfsurvey.study.keying.codes import read_code
from imfsurvey.study.keying.typing import Noted, Place, Typing

_MOST: Final = 12
"""Codes that stand below each other."""


def standing(counts: Counts, t: Translator) -> str:
    """How far the batch is."""
    return t(
        "Sheets typed: {typed}, compared: {compared}, stored: {stored}.",
        typed=counts.typed,
        compared=counts.compared,
        stored=counts.stored,
    )


def place_words(typing: Typing, place: Place, t: Translator) -> str:
    """What is asked at a place; a row of a matrix with the stem that all share."""
    sheet, item = typing.sheet, place.item
    matrix = sheet.questionnaire.matrices.get(item.id)
    stem = sheet.say(item.text)
    if matrix is not None:
        stem = f"{sheet.say(matrix.text)} {stem}"
    labels = {"answer": "", "other": t("in words"), "comment": t("Comment")}
    said = f"{sheet.numbers[item.id]}  {stem}"
    return f"{said} – {labels[place.part]}" if labels[place.part] else said


def codes_text(sheet: Sheet, place: Place, t: Translator) -> str:
    """The codes of a place with what they mean."""
    if place.words:
        return t("Type the words as they stand on the sheet. Leave out what tells of a person.")
    lines = [f"{box.code:>3}  {box.option.label}" for box in sheet.boxes(place.item)]
    return "\n".join(lines) if len(lines) <= _MOST else "   ".join(map(str.strip, lines))


def in_words(sheet: Sheet, place: Place, text: str, t: Translator) -> str:
    """What was typed, with what its codes mean."""
    if not text:
        return t("no answer")
    if place.words:
        return text
    try:
        answer = read_code(sheet, place.item, text)
    except InputError:
        return text
    labels = [
        box.option.label
        for box in sheet.boxes(place.item)
        if box.option.status == answer.status
        and (answer.status != "answered" or box.option.value in answer.codes)
    ]
    return f"{text}  {formats.joined(labels, t.language)}" if labels else text


def noted_words(noted: Noted, number: str, t: Translator) -> str:
    """What has to be said of something that was taken all the same."""
    if noted.hidden:
        return t(
            "Question {n} is hidden by other answers, so that this answer does not count. Did you "
            "mistype one before it?",
            n=number,
        )
    if noted.not_offered:
        return t("Question {n}: other answers take away what was chosen here.", n=number)
    return " ".join(describe(one, t) for one in noted.warnings)


def hidden_words(typing: Typing, place: Place) -> str:
    """When the question of a place counts, which it does not now; in the language of the sheet."""
    t = typing.sheet.t
    conditions = Conditions(typing.sheet)
    said = [
        conditions.clause(one.tree) for one in typing.sheet.questionnaire.conditions[place.item.id]
    ]
    return t(
        "Only if {condition}. Press Enter, unless something is ticked here.",
        condition=formats.joined(said, t.language),
    )


def help_text(t: Translator) -> str:
    """How sheets are typed in."""
    return t(
        "Type the code that stands beside each ticked box, then Enter. Enter alone means that "
        "nothing is ticked, or too much. Of several choices type all codes, such as 1 3 5; of a "
        "ranking the code of what comes first, then of the second. D, N and R stand for don't "
        "know, not applicable and no wish to say.\n\n"
        "Backspace as the first key goes back; what was typed there is replaced or kept with "
        "Enter.\n\n"
        "Each sheet is typed twice, best by two people. Where both differ, look at the sheet. Only "
        "then is it sealed and stored, without its number. In between it lies sealed under the "
        "passphrase."
    )
