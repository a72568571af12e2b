"""Every kind of file, read by a program that is not ours, with texts that mean harm."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import openpyxl  # type: ignore[import-untyped]
import pyarrow.parquet  # type: ignore[import-untyped]
import pyreadstat
import pytest

from imfsurvey.exchange.data.codebook import Category, Codebook, Table, Variable, missing_values
from imfsurvey.exchange.data.delivery import deliver
from imfsurvey.exchange.data.formats.ddi import NAMESPACE, Ddi
from imfsurvey.exchange.data.formats.kinds import Kind, Shape
from imfsurvey.exchange.data.formats.pages import Page, ReadMe
from imfsurvey.exchange.data.formats.parquet import Parquet
from imfsurvey.exchange.data.formats.plain_json import CodebookJson, Json
from imfsurvey.exchange.data.formats.separated import RawCsv, SpreadsheetCsv, SyntaxCsv
from imfsurvey.exchange.data.formats.spss import Sav, Syntax, clipped, quoted, spss_format
from imfsurvey.exchange.data.formats.workbook import Workbook
from imfsurvey.i18n.catalogue import translator
from imfsurvey.i18n.errors import StorageError

T = translator("fr")
HOSTILE = (
    '=HYPERLINK("http://x.example";"open")',
    "+1+1",
    "-2-3",
    "@SUM(A1)",
    "\t=1",
    "R&D <b>gras</b>",
    "مرحبا بالعالم",
    "🙂 é",
    'un;deux,trois "quatre"',
    "Ligne 1\nLigne 2",
    "_x0041_",
    "",
)
MISSING = tuple(
    Category(value, status, status=status) for status, value in missing_values(0).items()
)
AGREE = tuple(Category(n, f"D'accord {n}", f"c{n}") for n in (1, 2, 3)) + MISSING
VARIABLES = (
    Variable("agree", "D'accord ? <b>R&D</b> " + "é" * 300, "category", "agree", "ordinal", AGREE),
    Variable("amount", "=1+1", "number", "amount", "scale", MISSING, decimals=2),
    Variable("share", "Part", "number", measure="scale", decimals=6),
    Variable("words", "@texte | *md*", "text", "words", condition="agree < 3"),
)
COLUMNS = (
    [1, 2, 3, -9, -8, -7, -6, -5, 1, 1, 2, 2],
    [0, 10.25, 1234.5, -9, -8, 3, 4.01, -5, 7, 8, 9, 0.1],
    [2 / 3, 0.123456789012345678, None, 1.0, 0, 0.5, 1e-7, None, 0.9, 0.8, 0.7, 0.6],
    HOSTILE,
)
BOOK = Codebook("R&D <b> =1", "fr", (("Entité", "Zone"),), "sample 1", VARIABLES, remarks=("-5",))
TABLE = Table("hostile", BOOK, COLUMNS)
ALL: tuple[Kind, ...] = (
    *(SpreadsheetCsv(), RawCsv(), SyntaxCsv(), Syntax(), Workbook(T), Sav(), Parquet(), Json()),
    *(Ddi(), Page("html", T), Page("md", T), CodebookJson(), ReadMe(T)),
)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The table as every kind of file."""
    folder = tmp_path_factory.mktemp("files")
    for kind in ALL:
        found = deliver(TABLE, kind, folder)
        assert (found.rows, found.columns) == (12, 4)
    assert not list(folder.glob(".*"))
    return folder


def named(folder: Path, ending: str) -> Path:
    """One of the files."""
    return folder / f"hostile.fr{ending}"


def test_a_spreadsheet_of_belgium(files: Path) -> None:
    """Semicolons, decimal commas, the mark of UTF-8; each text that could be a formula guarded."""
    data = named(files, ".csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfagree;amount;share;words\r\n")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert [row[3] for row in rows[1:6]] == [f"'{text}" for text in HOSTILE[:5]]
    assert tuple(row[3] for row in rows[6:]) == HOSTILE[5:]
    assert rows[2] == ["2", "10,25", "0,12345678901234568", "'+1+1"]
    assert [row[0] for row in rows[4:6]] == ["-9", "-8"]  # numbers are never touched


def test_raw_csv_is_raw(files: Path) -> None:
    """Commas, decimal points, texts as they were written."""
    with named(files, ".raw.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(row["words"] for row in rows) == HOSTILE
    assert [float(row["amount"]) for row in rows] == COLUMNS[1]
    assert rows[2]["share"] == ""


def test_a_workbook_as_openpyxl_reads_it(files: Path) -> None:
    """Texts are texts, numbers are numbers, nothing is a formula; three sheets."""
    book = openpyxl.load_workbook(named(files, ".xlsx"))
    assert len(book.sheetnames) == 3
    rows = list(book.worksheets[1].iter_rows())
    assert [cell.value for cell in rows[0]] == ["agree", "amount", "share", "words"]
    assert [row[0].value for row in rows[1:]] == COLUMNS[0]
    assert [row[1].value for row in rows[1:]] == COLUMNS[1]
    assert [row[3].value or "" for row in rows[1:]] == list(HOSTILE)
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)
    with zipfile.ZipFile(named(files, ".xlsx")) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if "worksheets" in name]
    assert not any(b"<f>" in sheet for sheet in sheets)
    values = [[cell.value for cell in row] for row in book.worksheets[2].iter_rows(min_row=2)]
    assert values[0][:5] == ["agree", VARIABLES[0].label, 1, "D'accord 1", "c1"]


def test_a_sav_file_as_pyreadstat_reads_it(files: Path) -> None:
    """Labels, value labels, user-missing values and levels survive; long labels are clipped."""
    frame, meta = pyreadstat.read_sav(named(files, ".sav"), user_missing=True)
    assert frame["agree"].tolist() == COLUMNS[0]
    assert frame["words"].tolist() == list(HOSTILE)
    assert meta.variable_value_labels["agree"][-8] == "dk"
    assert meta.missing_ranges["agree"] == [{"lo": -9, "hi": -5}]
    assert meta.variable_measure["agree"] == "ordinal"
    assert meta.column_names_to_labels["amount"] == "=1+1"
    label = meta.column_names_to_labels["agree"]
    assert label.endswith("…") and len(label.encode()) <= 255
    plain, _ = pyreadstat.read_sav(named(files, ".sav"))
    assert plain["agree"].count() == 7  # of 12, five are user-missing


def test_parquet_as_pyarrow_reads_it(files: Path) -> None:
    """The values, whole numbers as such, and the codebook in the metadata."""
    table = pyarrow.parquet.read_table(named(files, ".parquet"))
    assert table.column("agree").to_pylist() == COLUMNS[0]
    assert str(table.schema.field("agree").type) == "int64"
    assert table.column("share").to_pylist() == COLUMNS[2]
    told = json.loads(table.schema.field("agree").metadata[b"imfsurvey"])
    assert told["categories"][0] == {
        **{"value": 1, "code": "c1", "status": "answered", "label": "D'accord 1"}
    }


def test_json_holds_codebook_and_rows(files: Path) -> None:
    """Rows in the order of the variables."""
    found = json.loads(named(files, ".json").read_text("utf-8"))
    assert [tuple(row) for row in found["rows"]] == list(zip(*COLUMNS, strict=True))
    alone = json.loads(named(files, ".codebook.json").read_text("utf-8"))
    assert alone == found["codebook"]
    assert [one["name"] for one in alone["variables"]] == ["agree", "amount", "share", "words"]


def test_ddi_in_the_order_of_its_schema(files: Path) -> None:
    """Elements of a variable in the order of the DDI Alliance's schema 2.5, missing ones marked."""
    root = ET.parse(named(files, ".ddi.xml")).getroot()
    assert root.tag == f"{{{NAMESPACE}}}codeBook"
    assert [_local(one) for one in root] == ["stdyDscr", "fileDscr", "dataDscr"]
    first, *_, last = root.findall(f".//{{{NAMESPACE}}}var")
    order = ["labl", "qstn", "invalrng", *["catgry"] * 8, "varFormat"]
    assert [_local(one) for one in first] == order
    assert [_local(one) for one in last] == ["labl", "qstn", "universe", "varFormat"]
    missing = [one.get("missing") for one in first if _local(one) == "catgry"]
    assert missing == ["N"] * 3 + ["Y"] * 5
    (invalid,) = (one for one in first if _local(one) == "invalrng")
    assert [one.get("VALUE") for one in invalid] == ["-9", "-8", "-7", "-6", "-5"]
    valued = [one[0].text for one in first if _local(one) == "catgry"]
    assert valued == ["1", "2", "3", "-9", "-8", "-7", "-6", "-5"]
    assert first[0].text == VARIABLES[0].label
    assert root.findtext(f".//{{{NAMESPACE}}}caseQnty") == "12"


def _local(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_page_shows_what_was_written(files: Path) -> None:
    """No text becomes markup; each variable has a heading, each table a caption and headings."""
    page = _Tags()
    page.feed(named(files, ".codebook.html").read_text("utf-8"))
    assert "b" not in page.tags and "script" not in page.tags
    assert "D'accord ? <b>R&D</b>" in page.text
    assert page.tags.count("h3") == 4
    assert page.tags.count("caption") == page.tags.count("table") == 1


def test_markdown_shows_what_was_written(files: Path) -> None:
    """Markup in a text is escaped, also where it begins a line."""
    text = named(files, ".codebook.md").read_text("utf-8")
    assert r"# R\&D \<b\> =1" in text
    assert r"@texte \| \*md\*" in text
    assert "\n\\=1+1\n" in text
    assert "\n\\-5\n" in text


def test_the_syntax_declares_every_variable(files: Path) -> None:
    """Quotes are doubled, labels are clipped and broken, no line is long."""
    data = named(files, ".sps").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    lines = data.decode("utf-8-sig").splitlines()
    assert max(len(line.encode()) for line in lines) <= 250
    assert "  1 'D''accord 1'" in lines
    assert "MISSING VALUES agree (-9 THRU -5)." in lines
    assert "VARIABLE LEVEL share (SCALE)." in lines
    declared = [line.split() for line in lines if re.fullmatch(r"  [a-z]+ [AF][\d.]+", line)]
    assert [name for name, _ in declared] == ["agree", "amount", "share", "words"]


def test_the_data_of_the_syntax_have_a_line_for_each_response(files: Path) -> None:
    """The syntax reads line by line: a text of two lines is one there, in the width declared."""
    lines = named(files, ".spss.csv").read_text("utf-8").splitlines()
    assert len(lines) == 1 + 12
    texts = [row["words"] for row in csv.DictReader(lines)]
    assert texts[9] == "Ligne 1 Ligne 2"
    (declared,) = re.findall(r"^  words A(\d+)$", named(files, ".sps").read_text("utf-8-sig"), re.M)
    assert int(declared) == max(len(text.encode()) for text in texts)


def test_how_wide_a_variable_is() -> None:
    """A text by its bytes; a number with room for its sign, its point and its decimals."""
    words = Variable("words", "W", "text")
    assert spss_format(words, ["a", "é" * 30]) == "A60"
    assert spss_format(words, []) == spss_format(words, [""]) == "A1"
    assert spss_format(words, ["x" * 40_000]) == "A32767"
    halves = tuple(Category(value, str(value), value) for value in (0, 0.5, 12))
    assert spss_format(Variable("half", "H", "category", categories=halves), [12]) == "F5.1"
    assert spss_format(Variable("whole", "W", "category", categories=MISSING), [1234]) == "F6.0"


def test_a_text_is_clipped_at_a_blank() -> None:
    """By bytes, not letters; a text that fits stays."""
    assert clipped("un deux", 7) == "un deux"
    assert clipped("été éternel", 10) == "été…"
    assert quoted("l'an") == "'l''an'"
    assert quoted("x" * 61) == "'" + "x" * 60 + "' +\n    'x'"


def test_what_a_reader_must_know_stands_there_whole(tmp_path: Path) -> None:
    """A remark longer than a line goes on in the next one, in both files for SPSS."""
    remark = "Ne publiez aucun chiffre sur moins de cinq réponses ; " * 8 + "fin"
    table = replace(TABLE, codebook=replace(BOOK, remarks=(remark,)))
    paths = [deliver(table, kind, tmp_path).path for kind in (Sav(), Syntax())]
    _, meta = pyreadstat.read_sav(paths[0])
    said = [line.removeprefix("* ").rstrip(".") for line in paths[1].read_text().splitlines()]
    assert " ".join(" ".join(meta.notes).split()) == remark
    assert remark in " ".join(said)


class Broken(RawCsv):
    """A file that is cut off behind our back."""

    def write(self, table: Table, path: Path) -> None:
        """Write it, then cut it."""
        super().write(table, path)
        path.write_bytes(path.read_bytes()[:-40])


class Exchanged(RawCsv):
    """A file with another value in one place, as many rows as ever."""

    def write(self, table: Table, path: Path) -> None:
        """Write it, then change a figure."""
        super().write(table, path)
        path.write_text(path.read_text("utf-8").replace("1234.5", "1243.5"), "utf-8")


class Interrupted(RawCsv):
    """Somebody presses Ctrl+C in the middle."""

    def write(self, table: Table, path: Path) -> None:
        """Write a little."""
        path.write_text("agree,", "utf-8")
        raise KeyboardInterrupt


class Unreadable(Json):
    """What was written cannot be read at all."""

    def read(self, table: Table, path: Path) -> Shape:
        """Spoil it first."""
        path.write_bytes(b"{")
        return super().read(table, path)


@pytest.mark.parametrize("kind", [Broken(), Exchanged(), Interrupted(), Unreadable()])
def test_what_is_not_whole_never_appears(tmp_path: Path, kind: Kind) -> None:
    """The place holds what it held before, and nothing lies beside it."""
    before = tmp_path / f"hostile.fr{kind.ending}"
    before.write_text("before", "utf-8")
    with pytest.raises((StorageError, KeyboardInterrupt)):
        deliver(TABLE, kind, tmp_path)
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [
        (before.name, "before")
    ]
