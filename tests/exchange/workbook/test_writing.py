"""New workbooks, read by a program that is not ours: openpyxl."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime

import openpyxl
import pytest

from imfsurvey.exchange.workbook.writing import new_book

TEXTS = ("=1+1", "{=A1}", "http://x.be", "mailto:a@b.be", "007", "+32")


def made(title: str = "") -> bytes:
    """A workbook of the texts, written the careless way."""
    buffer = io.BytesIO()
    book = new_book(buffer, title)
    book.add_worksheet("texts").write_column(0, 0, TEXTS)
    book.close()
    return buffer.getvalue()


def test_texts_stay_texts() -> None:
    """What looks like a formula, an address or a number is none."""
    cells = [row[0] for row in openpyxl.load_workbook(io.BytesIO(made()))["texts"].iter_rows()]
    assert [(one.value, one.data_type, one.hyperlink) for one in cells] == [
        (text, "s", None) for text in TEXTS
    ]


def test_nothing_tells_when_it_was_made() -> None:
    """So that the same content gives the same bytes on another day."""
    data = made("a title")
    assert data == made("a title")
    properties = openpyxl.load_workbook(io.BytesIO(data)).properties
    assert properties.title == "a title"
    assert properties.created == properties.modified == datetime(2000, 1, 1)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {one.date_time[0] for one in archive.infolist()} == {1980}
        years = [
            re.findall(rb"(20\d\d)-\d\d-\d\dT", archive.read(one)) for one in archive.namelist()
        ]
    assert {year for some in years for year in some} == {b"2000"}


@pytest.mark.parametrize("title", ["", "sample 1"])
def test_a_title(title: str) -> None:
    """Stands in it where there is one."""
    assert (openpyxl.load_workbook(io.BytesIO(made(title))).properties.title or "") == title
