"""A questionnaire as a PDF to be filled in with a pen."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from imfsurvey.interview.sheet import Sheet
from imfsurvey.report.pdf.engine import pdf
from imfsurvey.report.pdf.qr import qr
from imfsurvey.report.pdf.texts import groups, line
from imfsurvey.report.printed.blocks import drawn
from imfsurvey.report.printed.parts import parts_of


@dataclass(frozen=True)
class PrintedSheet:
    """What is printed."""

    sheet: Sheet
    origin: str
    """Who asks, in which wave; empty for a file that belongs to none."""
    promises: Sequence[str]
    """The privacy notice in short."""
    keyed: bool
    """Whether it is typed in afterwards: then there is room for the number of the sheet."""
    tickets: bool
    """Whether the code of a ticket has to stand on it."""


def printed_sheet(printed: PrintedSheet, day: datetime.date) -> bytes:
    """The PDF in the language of the sheet. Raises RefusedError (IMF-R101)."""
    sheet, t = printed.sheet, printed.sheet.t
    asked = sheet.questionnaire.questionnaire
    title = line(asked.title.say(sheet.language))
    office = [t("Sheet no. (for the office)")] if printed.keyed else []
    ticket = [t("Code of your ticket (without it, the sheet does not count)")]
    data = {
        "heading": asked.title.say(sheet.language),
        "origin": printed.origin,
        "identity": f"{asked.id} · {line(asked.version, 24)} · {sheet.language.upper()}",
        "mark": " ".join(groups(sheet.mark)),
        "qr": qr(held_by_qr(sheet)),
        "qr_alt": t("QR code: questionnaire, version, language"),
        "promises_heading": t("Before you begin"),
        "promises": list(printed.promises),
        "how_heading": t("How to fill it in"),
        "how": _how(printed),
        "fields": [*office, *(ticket if printed.tickets else [])],
        "parts": [drawn(part) for part in parts_of(sheet)],
    }
    return pdf("questionnaire", data, language=sheet.language, title=title, day=day)


def held_by_qr(sheet: Sheet) -> str:
    """What a camera reads: id, version, language and mark."""
    asked = sheet.questionnaire.questionnaire
    parts = (asked.id, asked.version, sheet.language, sheet.mark)
    return "imfsurvey:" + "/".join(quote(part, safe="") for part in parts)


def _how(printed: PrintedSheet) -> list[str]:
    t = printed.sheet.t
    said = [
        t("Tick clearly. If you ticked the wrong box, fill it in completely and tick another one."),
        t("Go from question to question; where it says whom a question is for, follow that."),
    ]
    if printed.keyed:
        said.append(
            t("The small figures and letters are for typing in: you need not look at them.")
        )
    return said
