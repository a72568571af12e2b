"""Files as they are met: the sheets in them or one reason, never anything else."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]
import pytest
import xlrd
import xlsxwriter
from oldxls import xls
from xlsforms import CHOICES, SURVEY, Rows, book, convert, plain

from imfsurvey.exchange.workbook.opening import MAX_BYTES, Reason, WorkbookError, load, sheets_in
from imfsurvey.exchange.workbook.process import MAX_COLUMNS, MAX_ROWS, Wanted
from imfsurvey.exchange.xlsform.workbook.loading import WANTED

GOOD = book(survey=SURVEY, choices=CHOICES)


def refused(data: bytes, wanted: Wanted = WANTED) -> WorkbookError:
    """Why a file is no workbook."""
    with pytest.raises(WorkbookError) as caught:
        sheets_in(data, wanted)
    return caught.value


def test_read_in_a_process_of_its_own() -> None:
    """The same sheets as in this process."""
    assert [dict(vars(one)) for one in sheets_in(GOOD, WANTED)] == [
        {**vars(one), "rows": [[number, list(cells)] for number, cells in one.rows]}
        for one in plain(GOOD)
    ]


def test_nothing_is_run_from_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A module that somebody has laid into a study is not taken for the library of that name."""
    (tmp_path / "python_calamine.py").write_text("raise SystemExit(1)")
    monkeypatch.chdir(tmp_path)
    assert [one.name for one in sheets_in(GOOD, WANTED)] == ["survey", "choices"]


def test_where_cells_stand_and_what_they_hold() -> None:
    """Rows by their number though others are empty; texts from the first column; what is none."""
    buffer = io.BytesIO()
    made = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = made.add_worksheet("Survey ")
    sheet.write_string(2, 1, "a")  # B3
    sheet.write_row(4, 2, (5, "6", True))  # C5:E5
    sheet.write_number(6, 3, 7.5)  # D7
    made.add_worksheet("other").write_string(0, 0, "not read")
    made.close()
    first, second = sheets_in(buffer.getvalue(), WANTED)
    assert (first.name, second.name, second.rows) == ("Survey ", "other", ())
    assert dict(first.rows) == {
        3: ["", "a", "", "", ""],
        5: ["", "", "5", "6", "true"],
        7: ["", "", "", "7.5", ""],
    }
    assert {row: list(columns) for row, columns in first.values} == {5: [3, 5], 7: [4]}


def test_a_cell_with_an_error_is_not_empty() -> None:
    """What its author sees there is its text, alone in its row or beside others."""
    book = openpyxl.Workbook()
    book.active.title = "other"
    survey = book.create_sheet("survey")
    for cells in (["a", "b", "c"], [1, "#N/A", ""], ["#DIV/0!"], ["x", None, "#REF!"]):
        survey.append(cells)
    buffer = io.BytesIO()
    book.save(buffer)
    (sheet,) = (one for one in sheets_in(buffer.getvalue(), WANTED) if one.name == "survey")
    assert dict(sheet.rows) == {
        **{1: ["a", "b", "c"], 2: ["1", "#N/A", ""], 3: ["#DIV/0!", "", ""]},
        4: ["x", "", "#REF!"],
    }
    assert {row: list(at) for row, at in sheet.values} == {2: [1, 2], 3: [1], 4: [3]}


def test_merged_cells_only_where_they_are_wanted() -> None:
    """What is merged downwards counts for every row, or for the first one."""
    buffer = io.BytesIO()
    made = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = made.add_worksheet("survey")
    sheet.merge_range(0, 0, 1, 0, "ab")
    sheet.write_string(0, 1, "x")
    sheet.write_string(1, 1, "y")
    made.close()
    for merged, texts in ((True, ["ab", "ab"]), (False, ["ab", ""])):
        (found,) = sheets_in(buffer.getvalue(), Wanted(("survey",), merged=merged))
        assert [cells[0] for _, cells in found.rows] == texts
        assert found.merged == merged


def test_an_old_workbook_whatever_it_is_called(tmp_path: Path) -> None:
    """The format of 1997 with the ending of 2007; xlrd, written by others, reads the same."""
    data = xls({"survey": SURVEY, "choices": CHOICES})
    assert xlrd.open_workbook(file_contents=data).sheet_by_name("survey").cell_value(2, 1) == "q1"
    file = tmp_path / "form.xlsx"
    file.write_bytes(data)
    assert list(convert(load(file, WANTED)).questionnaire.items) == ["q1", "q2"]


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
    made = convert(sheets_in(ods(survey=SURVEY, choices=CHOICES), WANTED))
    assert list(made.questionnaire.items) == ["q1", "q2"]


def test_an_opendocument_spreadsheet_that_says_one_cell_a_milliard_times() -> None:
    """A few hundred bytes that would fill the memory: one reason, in its own process."""
    assert refused(ods(1_000_000, survey=[("type",)])).reason in ("damaged", "large")


def bomb() -> bytes:
    """A zip that says it holds more than there may be."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(9):
            archive.writestr(f"xl/{number}.xml", bytes(WANTED.unpacked // 8))
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


FILES: dict[str, tuple[bytes, Reason]] = {
    "empty": (b"", "other"),
    "text": (b"type,name,label\ntext,a,A\n", "other"),
    "page": (b"\xef\xbb\xbf <html><table></table></html>", "other"),
    "binary": (bytes(range(256)) * 9, "other"),
    "truncated": (GOOD[: len(GOOD) // 2], "damaged"),
    "no workbook in the zip": (b"PK\x03\x04" + bytes(90), "damaged"),
    "truncated old": (xls({"survey": SURVEY})[:700], "damaged"),
    "garbage old": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(900), "damaged"),
    "password": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
        "protected",
    ),
    "bomb": (bomb(), "large"),
    "far cell": (_far(), "damaged"),
    "long": (book(survey=[("type", "name"), *[("note", "a")] * MAX_ROWS]), "large"),
    "wide": (book(survey=[("type",) * (MAX_COLUMNS + 1)]), "large"),
    "large": (bytes(MAX_BYTES + 1), "large"),
}


@pytest.mark.parametrize(("data", "reason"), FILES.values(), ids=FILES)
def test_a_file_that_is_no_good_workbook(data: bytes, reason: Reason) -> None:
    """One reason."""
    assert refused(data).reason == reason


def test_what_else_a_file_is() -> None:
    """In words, for a person who believes that it is a workbook."""
    for name, words in (
        ("empty", "an empty"),
        ("text", "CSV"),
        ("page", "web"),
        ("binary", "else"),
    ):
        assert words in str(refused(FILES[name][0]).params["kind"])


def test_narrower_limits() -> None:
    """What is wanted says how much there may be, and whether only .xlsx is taken."""
    wanted = Wanted(("survey",), only_xlsx=True)
    assert len(sheets_in(GOOD, wanted)) == 2
    assert refused(xls({"survey": SURVEY}), wanted).reason == "other"
    assert refused(ods(survey=SURVEY), wanted).reason == "other"
    assert refused(GOOD, Wanted((), unpacked=1000)).params["unpacked"] == 1000
    assert len(SURVEY) == 5
    assert sheets_in(GOOD, Wanted(("survey",), last_row=5))
    assert refused(GOOD, Wanted(("survey",), last_row=4)).reason == "large"


def test_a_file_that_cannot_be_opened(tmp_path: Path) -> None:
    """Missing, or a folder."""
    for path, words in ((tmp_path / "missing.xlsx", "no such file"), (tmp_path, "a folder")):
        with pytest.raises(WorkbookError) as caught:
            load(path, WANTED)
        assert caught.value.reason == "unreadable"
        assert words in str(caught.value.params["reason"])


def test_changed_bytes_give_sheets_or_reasons() -> None:
    """Bytes of new and old workbooks, read as the command reads them."""
    rng = random.Random(5)
    for source in (GOOD, xls({"survey": SURVEY, "choices": CHOICES})):
        for _ in range(10):
            data = bytearray(source)
            for _ in range(rng.randrange(1, 30)):
                data[rng.randrange(8, len(data))] = rng.randrange(256)
            try:
                sheets_in(bytes(data), WANTED)
            except WorkbookError as error:
                assert error.reason in ("damaged", "protected", "large")
