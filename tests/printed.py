"""Documents to be printed, and what an independent reader finds in a PDF."""

import datetime
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from measured import MADE_ON, maturity, perception, wave
from pypdf import PageObject, PdfReader
from pypdf.generic import DictionaryObject
from small import IMF, form, item

from imfsurvey.analysis.figures import ResponseFigures
from imfsurvey.i18n.catalogue import Translator
from imfsurvey.interview.sheet import Sheet
from imfsurvey.report.pdf import (
    BoxLine,
    ClosingPage,
    Invitations,
    RecoverySheet,
    SetHash,
    TicketCards,
    TicketCounts,
    closing_record_page,
    invitation_letters,
    recovery_sheet,
    ticket_cards,
)
from imfsurvey.report.pdf.reminder import reminder_letter
from imfsurvey.report.pdf.summary import summary_pdf
from imfsurvey.report.printed import PrintedSheet, printed_sheet
from imfsurvey.report.reminder import Reminder
from imfsurvey.report.summary import summary
from imfsurvey.study.results import WaveResults

DAY = datetime.date(2026, 11, 25)

SHEET = RecoverySheet(
    entity="Zone de police 5999",
    holder="An Peeters",
    role="Integriteit",
    public_key="age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj",
    secret_key="AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX",
    made_on=DAY,
)

WORDS = ("abandon", "ability", "able", "about", "above", "absent", "absorb", "abstract")
RECORD = ClosingPage(
    entity="Zone de police 5999",
    wave_label="Mesure zéro",
    wave_id="2026-zero",
    closed_on=DAY,
    boxes=(
        BoxLine("Perception", 27, 0, SetHash(WORDS, "0123456789abcdef" * 4)),
        BoxLine(
            "Session",
            4,
            1,
            SetHash(WORDS[::-1], "fedcba9876543210" * 4),
            comments=3,
            comments_hash=SetHash(WORDS, "00112233445566778899aabbccddeeff" * 2),
        ),
    ),
    session="Vlasmarkt",
    place="laptop B",
    tickets=TicketCounts(printed=40, used=32, torn_up=8, spoiled=1),
)

CARDS = TicketCards(
    codes=("7K3QF9XW2MB", "0ZM389P83N*", "MV4GR8J3KB5"),
    titles={"fr": "Perception de l’intégrité", "nl": "Beleving van integriteit"},
)

LETTERS = Invitations(
    codes=CARDS.codes,
    titles={
        "fr": "Perception de l’intégrité",
        "nl": "Beleving van integriteit",
        "de": "Wahrnehmung der Integrität",
        "en": "Perception of integrity",
    },
    entity="Zone de police 5999",
    officer="An Peeters",
    address="https://192.0.2.7:8443/#",
    k=5,
    holders=("An Peeters", "Jan Claes"),
    together=True,
    keep_until=DAY,
)

HOSTILE = (
    '#read("/etc/passwd")',
    "$x$ *bold* _it_ `raw` @ref <label> = heading",
    "\\u{41} // comment /* none */ #panic()",
    '#import "@preview/cetz:0.3.0"',
    "a" * 400,
    "W" * 90 + " " + "m" * 90,
    "Ωμέγα Жук ȘțŁ – „x“ ☐ ✓ €",
    "😀 中文 \ue000 \x07 \u202eright\u202c \u0b95\u0bca \u0627\u0644",
)

REMINDER = Reminder(
    titles=LETTERS.titles,
    entity=LETTERS.entity,
    officer=LETTERS.officer,
    until=DAY,
    responses=ResponseFigures(headcount=52, returned=37, rate=37 / 52, band=None),
    groups=2,
    k=5,
    tickets=True,
    address="https://192.0.2.7:8443/",
)

UNTRUE = replace(RECORD, tickets=TicketCounts(printed=40, used=30, torn_up=8, spoiled=0))


def report(*waves: WaveResults) -> Callable[[Translator], bytes]:
    """Makes the summary report of waves."""
    return lambda t: summary_pdf(summary(waves, t.language, MADE_ON), MADE_ON)


def paper(t: Translator) -> bytes:
    """A questionnaire to be filled in with a pen."""
    asked = form(item("one", "yes_no"), item("two", "likert", scale="agree"))
    sheet = Sheet(asked, IMF, t.language)
    return printed_sheet(PrintedSheet(sheet, "", ("…",), keyed=True, tickets=False), DAY)


DOCUMENTS: dict[str, Callable[[Translator], bytes]] = {
    "recovery": lambda t: recovery_sheet(SHEET, t),
    "closing": lambda t: closing_record_page(RECORD, t),
    "tickets": lambda t: ticket_cards(CARDS, t),
    "invitation": lambda t: invitation_letters(LETTERS, t),
    "summary": report(wave("2027", "annual", maturity({"overall": 1}, 75.4), (perception(),))),
    "questionnaire": paper,
    "reminder": lambda t: reminder_letter(REMINDER, t),
}
"""One maker a template."""


def opened(pdf: bytes) -> PdfReader:
    """The file as pypdf reads it, every fault being an error."""
    return PdfReader(io.BytesIO(pdf), strict=True)


def structure(element: Any) -> Iterator[tuple[str, Any]]:
    """Every tag of a file with its element, in reading order."""
    children = element.get("/K", [])
    for child in children if isinstance(children, list) else [children]:
        one = child.get_object()
        if isinstance(one, DictionaryObject) and "/S" in one:
            yield str(one["/S"]), one
            yield from structure(one)


def words(pdf: bytes) -> str:
    """All text of all pages on one line, without places to break at."""
    text = " ".join(page.extract_text() for page in opened(pdf).pages)
    return re.sub(r"\s+", " ", text.replace("\u200b", ""))


def letters(text: str) -> str:
    """A text without any space: how a page broke its lines does not matter."""
    return re.sub(r"\s", "", text)


A4 = (595.28, 841.89)
MARGIN = 22.6
"""Points: 8 mm, which any printer can print."""


def places(page: PageObject) -> Iterator[tuple[float, float]]:
    """Where texts of a page begin, in points from its lower left corner."""
    found: list[tuple[float, float]] = []

    def visit(text: str, cm: list[float], tm: list[float], _font: object, _size: float) -> None:
        if text.strip():
            x, y = tm[4], tm[5]
            found.append((cm[0] * x + cm[2] * y + cm[4], cm[1] * x + cm[3] * y + cm[5]))

    page.extract_text(visitor_text=visit)
    yield from found


def assert_inside(pdf: bytes) -> None:
    """Every text begins at least 8 mm from the edges of an A4 page."""
    for page in opened(pdf).pages:
        assert (float(page.mediabox.width), float(page.mediabox.height)) == pytest.approx(A4, abs=1)
        for x, y in places(page):
            assert MARGIN <= x <= A4[0] - MARGIN
            assert MARGIN <= y <= A4[1] - MARGIN
