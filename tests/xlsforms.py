"""Workbooks made for tests."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import xlsxwriter

from imfsurvey.exchange.workbook.opening import Sheet
from imfsurvey.exchange.workbook.process import sheets_of
from imfsurvey.exchange.xlsform.convert import Converted, from_sheets
from imfsurvey.exchange.xlsform.inward.questionnaire import Wishes
from imfsurvey.exchange.xlsform.losses import Loss, NoFormError
from imfsurvey.exchange.xlsform.workbook.loading import WANTED
from imfsurvey.framework import load_framework

FRAMEWORK = load_framework(Path(__file__).parent / "samples" / "imf.framework.yaml")

Rows = Sequence[Sequence[Any]]

SURVEY: Rows = (
    ("type", "name", "label"),
    ("begin group", "g", "Group"),
    ("select_one ab", "q1", "First"),
    ("select_multiple ab", "q2", "Second"),
    ("end group", "", ""),
)
CHOICES: Rows = (("list_name", "name", "label"), ("ab", "a", "A"), ("ab", "b", "B"))


def book(**sheets: Rows) -> bytes:
    """A workbook of these sheets; numbers stay numbers."""
    buffer = io.BytesIO()
    made = xlsxwriter.Workbook(buffer, {"in_memory": True})
    for name, rows in sheets.items():
        sheet = made.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    made.close()
    return buffer.getvalue()


def plain(data: bytes) -> list[Sheet]:
    """Its sheets, read in this process."""
    return [Sheet(**one) for one in sheets_of(data, WANTED)]


def convert(
    sheets: Sequence[Sheet], wishes: Wishes | None = None, names: Mapping[str, str] | None = None
) -> Converted:
    """The questionnaire in sheets."""
    wanted = replace(wishes or Wishes(name="form"), framework=FRAMEWORK.framework.id)
    return from_sheets(sheets, FRAMEWORK, wanted, names or {})


def form(
    survey: Rows = SURVEY, choices: Rows = CHOICES, settings: Rows = (), **more: Any
) -> Converted:
    """The questionnaire in a workbook of three sheets."""
    sheets = {"survey": survey, "choices": choices, "settings": settings}
    return convert(plain(book(**sheets)), **more)


def codes(losses: Sequence[Loss]) -> list[str]:
    """The codes of a report."""
    return [loss.code.removeprefix("IMF-") for loss in losses]


def reasons(sheets: Sequence[Sheet]) -> list[str]:
    """The codes of the reasons why there is no form."""
    try:
        convert(sheets)
    except NoFormError as error:
        return codes(error.reasons)
    return []
