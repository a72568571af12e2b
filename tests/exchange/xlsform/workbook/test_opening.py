"""Files as they are met: the sheets in them or one reason, never anything else."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import pytest
import xlrd
import xlsxwriter
from oldxls import xls
from xlsforms import CHOICES, SURVEY, Rows, book, codes, convert, plain

from imfsurvey.exchange.xlsform.losses import NoFormError
from imfsurvey.exchange.xlsform.workbook.opening import MAX_UNPACKED, load, sheets_in

GOOD = book(survey=SURVEY, choices=CHOICES)


def reason(data: bytes) -> str:
    """The code of the one reason why a file is no workbook."""
    with pytest.raises(NoFormError) as caught:
        sheets_in(data)
    (code,) = codes(caught.value.reasons)
    return code


def test_read_in_a_process_of_its_own() -> None:
    """The same sheets as in this process."""
    assert [dict(vars(one)) for one in sheets_in(GOOD)] == [
        {**vars(one), "rows": [[number, list(cells)] for number, cells in one.rows]}
        for one in plain(GOOD)
    ]


def test_an_old_workbook_whatever_it_is_called(tmp_path: Path) -> None:
    """The format of 1997 with the ending of 2007; xlrd, written by others, reads the same."""
    data = xls({"survey": SURVEY, "choices": CHOICES})
    assert xlrd.open_workbook(file_contents=data).sheet_by_name("survey").cell_value(2, 1) == "q1"
    file = tmp_path / "form.xlsx"
    file.write_bytes(data)
    assert list(convert(load(file)).questionnaire.items) == ["q1", "q2"]


def ods(repeated: int = 1, **sheets: Rows) -> bytes:
    """An OpenDocument spreadsheet of these sheets."""
    names = ("office", "table", "text")
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in names
    )
    cell = (
        '<table:table-cell office:value-type="string" table:number-columns-repeated="{n}">'
        "<text:p>{text}</text:p></table:table-cell>"
    )
    tables = "".join(
        f'<table:table table:name="{name}">'
        + "".join(
            f'<table:table-row table:number-rows-repeated="{repeated}">'
            + "".join(cell.format(n=repeated, text=text) for text in row)
            + "</table:table-row>"
            for row in rows
        )
        + "</table:table>"
        for name, rows in sheets.items()
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        body = f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
        content = f"<office:document-content {spaces}>{body}</office:document-content>"
        archive.writestr("content.xml", f'<?xml version="1.0" encoding="UTF-8"?>{content}')
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return buffer.getvalue()


def test_an_opendocument_spreadsheet() -> None:
    """Told by its content, like the others."""
    made = convert(sheets_in(ods(survey=SURVEY, choices=CHOICES)))
    assert list(made.questionnaire.items) == ["q1", "q2"]


def test_an_opendocument_spreadsheet_that_says_one_cell_a_milliard_times() -> None:
    """A few hundred bytes that would fill the memory: one reason, in its own process."""
    assert reason(ods(1_000_000, survey=[("type",)])) in ("E143", "E145")


def bomb() -> bytes:
    """A zip that says it holds more than there may be."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(9):
            archive.writestr(f"xl/{number}.xml", bytes(MAX_UNPACKED // 8))
    return buffer.getvalue()


def _far() -> bytes:
    """A cell in the last row and column: a table of 17 milliards of cells in memory."""
    buffer = io.BytesIO()
    made = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = made.add_worksheet("survey")
    sheet.write_string(0, 0, "type")
    sheet.write_string(1_048_575, 16_383, "x")
    made.close()
    return buffer.getvalue()


FILES = {
    "empty": (b"", "E142"),
    "text": (b"type,name,label\ntext,a,A\n", "E142"),
    "page": (b"\xef\xbb\xbf <html><table></table></html>", "E142"),
    "binary": (bytes(range(256)) * 9, "E142"),
    "truncated": (GOOD[: len(GOOD) // 2], "E143"),
    "no workbook in the zip": (b"PK\x03\x04" + bytes(90), "E143"),
    "truncated old": (xls({"survey": SURVEY})[:700], "E143"),
    "garbage old": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(900), "E143"),
    "password": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
        "E144",
    ),
    "bomb": (bomb(), "E145"),
    "far cell": (_far(), "E143"),
    "long": (book(survey=[("type", "name"), *[("note", "a")] * 20_001]), "E145"),
    "wide": (book(survey=[("type",) * 500]), "E145"),
    "large": (bytes(20 * 1024 * 1024 + 1), "E145"),
}


@pytest.mark.parametrize(("data", "code"), FILES.values(), ids=FILES)
def test_a_file_that_is_no_good_workbook(data: bytes, code: str) -> None:
    """One reason, in words."""
    assert reason(data) == code


def test_a_file_that_cannot_be_opened(tmp_path: Path) -> None:
    """Missing, or a folder."""
    for path in (tmp_path / "missing.xlsx", tmp_path):
        with pytest.raises(NoFormError) as caught:
            load(path)
        assert codes(caught.value.reasons) == ["E141"]


def test_changed_bytes_give_sheets_or_reasons() -> None:
    """Bytes of new and old workbooks, read as the command reads them."""
    rng = random.Random(5)
    for source in (GOOD, xls({"survey": SURVEY, "choices": CHOICES})):
        for _ in range(10):
            data = bytearray(source)
            for _ in range(rng.randrange(1, 30)):
                data[rng.randrange(8, len(data))] = rng.randrange(256)
            try:
                sheets_in(bytes(data))
            except NoFormError as error:
                assert len(error.reasons) == 1
