"""A reminder: the same words for everybody, because nobody knows who has answered."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from imfsurvey.analysis.figures import ResponseFigures
from imfsurvey.i18n import formats
from imfsurvey.i18n.catalogue import Translator, translator
from imfsurvey.report.words import clean, responses_said
from imfsurvey.source.formulas import guarded

COLUMNS: Final = ("language", "subject", "text")


@dataclass(frozen=True)
class Reminder:
    """What is said in it."""

    titles: Mapping[str, str]
    """The survey's title by language; one text for each."""
    entity: str
    officer: str
    until: datetime.date
    """The last day on which people can answer."""
    responses: ResponseFigures
    groups: int
    """How many groups are declared."""
    k: int
    tickets: bool
    address: str = ""
    """Where people answer in a browser; empty when that is not how."""


@dataclass(frozen=True)
class Letter:
    """The reminder in one language."""

    language: str
    title: str
    paragraphs: tuple[str, ...]
    standing_heading: str
    standing: tuple[str, ...]
    """How many have answered."""
    promises_heading: str
    promises: tuple[str, ...]
    signature: str


def letters(reminder: Reminder) -> tuple[Letter, ...]:
    """One for each language of the survey."""
    return tuple(_letter(reminder, translator(language)) for language in reminder.titles)


def as_text(reminder: Reminder) -> str:
    """For a mail: all languages below each other, lines unbroken."""
    return f"\n\n{'-' * 20}\n\n".join(
        f"{letter.title}\n\n{_body(letter)}" for letter in letters(reminder)
    )


def as_rows(reminder: Reminder) -> bytes:
    """For a mail merge: a row for each language, as spreadsheets in Belgium read it."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for letter in letters(reminder):
        writer.writerow((letter.language, guarded(letter.title), guarded(_body(letter))))
    return text.getvalue().encode("utf-8-sig")


def _body(letter: Letter) -> str:
    listed = [f"- {one}" for one in letter.promises]
    parts = (
        *letter.paragraphs,
        f"{letter.standing_heading}\n" + "\n".join(letter.standing),
        f"{letter.promises_heading}\n" + "\n".join(listed),
        letter.signature,
    )
    return "\n\n".join(parts) + "\n"


def _letter(reminder: Reminder, t: Translator) -> Letter:
    title = clean(reminder.titles[t.language])
    return Letter(
        language=t.language,
        title=t("Reminder: {title}", title=title),
        paragraphs=(_opening(reminder, t), _until(reminder, t), _where(reminder, t)),
        standing_heading=t("How many have answered"),
        standing=_standing(reminder, t),
        promises_heading=t("What you can rely on"),
        promises=_promises(reminder, t),
        signature=formats.labelled(t("Integrity officer"), clean(reminder.officer), t.language),
    )


def _opening(reminder: Reminder, t: Translator) -> str:
    return t(
        "{entity} asks all its staff how integrity is lived at work. This reminder goes to "
        "everybody, because nobody knows who has answered. If you have, thank you: there is "
        "nothing left to do.",
        entity=clean(reminder.entity),
    )


def _until(reminder: Reminder, t: Translator) -> str:
    return t(
        "You can answer until {date}.",
        date=formats.date(reminder.until, t.language),
    )


def _where(reminder: Reminder, t: Translator) -> str:
    if reminder.tickets and reminder.address:
        return t(
            "You answer in a browser, at {address}, with the code that you received. It is good "
            "for one response and stands in no list beside a name.",
            address=reminder.address,
        )
    if reminder.tickets:
        return t(
            "You answer as you were told with the invitation, with the code that you received. It "
            "is good for one response and stands in no list beside a name."
        )
    if reminder.address:
        return t("You answer in a browser, at {address}.", address=reminder.address)
    return t("Where and when you can answer was told with the invitation.")


def _standing(reminder: Reminder, t: Translator) -> tuple[str, ...]:
    said = responses_said(reminder.responses, reminder.k, t)
    if reminder.groups < 2:
        return (said,)
    return (
        said,
        t("How many of each group have answered is known to nobody: the answers are sealed."),
    )


def _promises(reminder: Reminder, t: Translator) -> tuple[str, ...]:
    return (
        t("Your answers are stored without the code, without a name and without a time.")
        if reminder.tickets
        else t("Your answers are stored without a name and without a time."),
        t("No figure is shown that rests on fewer than {k} answers.", k=reminder.k),
        t(
            "Taking part is voluntary. A survey is no place to report a case: use the "
            "reporting channels for that."
        ),
    )
