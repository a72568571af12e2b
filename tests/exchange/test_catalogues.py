"""Catalogues for translators, read by programs that are not ours: Babel and openpyxl."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from babel.messages.pofile import read_po
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from imfsurvey.exchange.catalogues import MAX_BYTES, po, replies_in, workbook
from imfsurvey.exchange.workbook.writing import LONGEST_CELL
from imfsurvey.i18n.catalogue import N_, translator
from imfsurvey.i18n.errors import InputError
from imfsurvey.questionnaire.replies import Replies
from imfsurvey.questionnaire.translations import Catalogue, Unit
from imfsurvey.source.places import Place
from imfsurvey.source.problems import Problem, ProblemsFoundError

T = translator("en")
KIND = N_("question or statement")
CLEAR = Unit("items.clear.text", KIND, "Clair {x}", "Duidelijk {x}", None, "Culture", Place(12, 5))
HINT = Unit("items.clear.hint", KIND, "Ici", "", None, "", Place(14, 5))
OLD = Unit("items.old.text", KIND, "Neuf", "Oud", "Ancien", "", Place(20, 5))
MADE = Catalogue("my survey.yaml", "sample", "1", "fr", "nl", (CLEAR, HINT, OLD))

PO, WORKBOOK = po(MADE, T).encode(), workbook(MADE, T)
"""Made once: a test that is repeated must see the same bytes."""

HEAD = """\
msgid ""
msgstr ""
"Project-Id-Version: sample 1\\n"
"Language: nl\\n"
"X-Source-Language: fr\\n"

"""


def sheets(made: Catalogue = MADE) -> tuple[Worksheet, Worksheet]:
    """The two sheets of a catalogue as a workbook, as openpyxl reads them."""
    texts, about = openpyxl.load_workbook(io.BytesIO(workbook(made, T))).worksheets
    return texts, about


def back(folder: Path, data: bytes | str, name: str = "nl.po") -> Replies:
    """What is read of a file that came back."""
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return replies_in(path)


def problems(folder: Path, data: bytes | str) -> list[Problem]:
    """What is wrong with it."""
    with pytest.raises(ProblemsFoundError) as caught:
        back(folder, data)
    return list(caught.value.problems)


# --- what goes out ----------------------------------------------------------------------------


def test_a_po_file_as_babel_reads_it() -> None:
    """Texts under their keys, comments, the line in the file, fuzzy with the words of before."""
    text = po(MADE, T)
    read = read_po(io.BytesIO(text.encode()), locale="nl", abort_invalid=True)
    clear, hint, old = (read.get(unit.source, unit.key) for unit in MADE.units)
    assert clear is not None and hint is not None and old is not None
    assert (clear.string, hint.string, old.string) == ("Duidelijk {x}", "", "Oud")
    assert [one.fuzzy for one in (clear, hint, old)] == [False, False, True]
    assert clear.locations == [("my_survey.yaml", 12)]
    assert clear.auto_comments == [
        "question or statement",
        "belongs to: Culture",
        "to be kept as it is: {x}",
    ]
    assert '#| msgid "Ancien"' in text
    assert read.project == "sample"
    assert str(read.locale) == "nl"


def test_a_workbook_as_openpyxl_reads_it() -> None:
    """The columns, the same information as in the PO file; all of it as texts."""
    texts, about = sheets()
    rows = [[cell.value for cell in row] for row in texts.iter_rows()]
    assert rows[0] == ["key", "kind", "source (fr)", "translation (nl)", "remark"]
    assert rows[1] == [
        "items.clear.text",
        "question or statement",
        "Clair {x}",
        "Duidelijk {x}",
        "line 12\nbelongs to: Culture\nto be kept as it is: {x}",
    ]
    assert rows[2][2:4] == ["Ici", None]
    assert "source before: Ancien" in rows[3][4]
    assert dict(about.iter_rows(values_only=True)) == {
        "id": "sample",
        "version": "1",
        "source_language": "fr",
        "language": "nl",
    }


def test_only_translations_can_be_written_in_a_workbook() -> None:
    """Both sheets are protected; the cells of the column are open, wide and wrapped."""
    texts, about = sheets()
    assert texts.protection.sheet and about.protection.sheet
    for row in texts.iter_rows():
        for cell in row:
            free = cell.column == 4 and cell.row > 1
            assert cell.protection.locked is not free
            assert cell.alignment.wrap_text
    wide = [one.width for one in texts.column_dimensions.values() if one.min <= 4 <= one.max]
    assert len(wide) == 1 and wide[0] >= 50
    assert texts.freeze_panes == "A2"


@pytest.mark.parametrize("text", ["=1+1", "{=A1}", "http://x.be", "mailto:a@b.be", "007", "+32"])
def test_nothing_is_a_formula(text: str) -> None:
    """What looks like a formula, an address or a number is a text in a workbook."""
    texts, _ = sheets(replace(MADE, units=(replace(CLEAR, source=text, translation=text),)))
    cells = texts["C2"], texts["D2"]
    assert [(cell.value, cell.data_type, cell.hyperlink) for cell in cells] == [
        (text, "s", None)
    ] * 2


def test_a_text_that_fits_into_no_cell() -> None:
    """Is told, and the PO file named: E184."""
    long = replace(CLEAR, source="x" * (LONGEST_CELL + 1))
    with pytest.raises(InputError) as caught:
        workbook(replace(MADE, units=(long,)), T)
    assert caught.value.code == "IMF-E184"
    assert len(sheets(replace(MADE, units=(replace(CLEAR, source="x" * LONGEST_CELL),)))) == 2


# --- what comes back --------------------------------------------------------------------------

TEXTS = st.text(
    st.one_of(st.sampled_from("\"'\\\n\t #_x0Aé\u00a0😀{=<&"), st.characters(codec="utf-8")),
    min_size=1,
    max_size=60,
).filter(
    lambda text: (
        text.strip()
        and not re.search(
            "[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069"
            "\ufeff\ufffe\uffff\U000e0000-\U000e007f]",
            text,
        )
    )
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(TEXTS, TEXTS | st.just("")), min_size=1, max_size=4))
def test_what_goes_out_comes_back(tmp_path: Path, pairs: list[tuple[str, str]]) -> None:
    """Any text, letter for letter, by either kind of file."""
    units = tuple(
        replace(CLEAR, key=f"items.i{at}.text", source=source, translation=translation)
        for at, (source, translation) in enumerate(pairs)
    )
    made = replace(MADE, units=units)
    for name, data in (("a.po", po(made, T)), ("a.xlsx", workbook(made, T))):
        read = back(tmp_path, data, name)
        assert (read.id, read.source_language, read.language) == ("sample", "fr", "nl")
        found = [(one.key, one.source, one.translation) for one in read.replies]
        assert found == [(unit.key, unit.source, unit.translation) for unit in units]


def test_where_an_entry_stands(tmp_path: Path) -> None:
    """The line of the translation in a PO file, row and column in a workbook."""
    text = po(MADE, T)
    read = back(tmp_path, text)
    lines = text.split("\n")
    said = [lines[one.line - 1] for one in read.replies]
    assert said == ['msgstr "Duidelijk {x}"', 'msgstr ""', 'msgstr "Oud"']
    assert [one.excerpt for one in read.replies] == said
    assert [one.unfinished for one in read.replies] == [False, False, True]
    rows = back(tmp_path, WORKBOOK, "nl.po").replies  # told by its content
    assert [(one.line, one.column) for one in rows] == [(2, 4), (3, 4), (4, 4)]


def test_as_editors_leave_it(tmp_path: Path) -> None:
    """A mark at the beginning, other line ends, entries that are no longer used."""
    text = po(MADE, T).replace("\n", "\r\n")
    read = back(tmp_path, "\ufeff" + text + '#~ msgctxt "x"\r\n#~ msgid "a"\r\n#~ msgstr "b"\r\n')
    assert [one.key for one in read.replies] == [unit.key for unit in MADE.units]
    assert read.replies[0].translation == "Duidelijk {x}"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('msgctxt "a"\nmsgid "b\nmsgstr "c"\n', 8),
        ('msgctxt "a"\nmsgid "b"\nmsgstr "c" "d"\n', 9),
        ('msgctxt "a"\nmsgid "b"\nmsgid "c"\n', 9),
        ("hello\n", 7),
        ('msgstr "\\"\n', 7),
    ],
)
def test_what_is_no_po_file(tmp_path: Path, text: str, line: int) -> None:
    """A quote that is not closed, a word that does not belong there: E170 with the line."""
    found = problems(tmp_path, HEAD + text)
    assert [(one.code, one.line) for one in found] == [("IMF-E170", line)]
    assert found[0].excerpt == (HEAD + text).split("\n")[line - 1]


def test_a_translation_of_no_text(tmp_path: Path) -> None:
    """Its key was taken out by the program it was written in: told, not passed over. An entry
    that is not translated loses nothing."""
    text = HEAD + 'msgid "a"\nmsgstr "b"\n\nmsgid "c"\nmsgstr ""\n'
    found = problems(tmp_path, text)
    assert [(one.code, one.line) for one in found] == [("IMF-E175", 7)]


def test_hidden_characters(tmp_path: Path) -> None:
    """All of them, each at its line and column: E178."""
    text = HEAD + 'msgctxt "a"\nmsgid "b"\nmsgstr "c\u202ed"\n# \u200e\n'
    found = problems(tmp_path, text)
    assert [(one.code, one.line, one.column) for one in found] == [
        ("IMF-E178", 9, 10),
        ("IMF-E178", 10, 3),
    ]


def test_what_does_not_say_what_it_translates(tmp_path: Path) -> None:
    """A PO file of another program, a workbook of somebody's own: E172."""
    assert problems(tmp_path, 'msgid "a"\nmsgstr "b"\n')[0].code == "IMF-E172"
    found = problems(tmp_path, own_workbook([["a", "b"]]))
    assert [one.code for one in found] == ["IMF-E172"]
    assert "id, source_language, language" in found[0].message


def own_workbook(rows: list[list[object]], sheet: str = "texts") -> bytes:
    """A workbook with these rows."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    page = book.add_worksheet(sheet)
    for number, row in enumerate(rows):
        page.write_row(number, 0, row)
    book.close()
    return made.getvalue()


def test_cells_that_hold_no_text(tmp_path: Path) -> None:
    """A number where a translation belongs is told at its cell, every one of them: E180."""
    head = ["key", "kind", "source", "translation"]
    rows = [head, ["a", "", "b", 5], ["b", "", "b", "c"], ["c", "", "b", True]]
    found = problems(tmp_path, own_workbook(rows))
    assert [(one.code, one.line, one.column) for one in found] == [
        ("IMF-E180", 2, 4),
        ("IMF-E180", 4, 4),
    ]
    assert found[0].message.startswith("'5' is a number")


def test_rows_and_columns_that_are_empty(tmp_path: Path) -> None:
    """Do not shift what is told: a number in row 5 of a sheet that begins in row 3."""
    rows: list[list[object]] = [[], [], ["", "kind", "source"], [], ["", "", 5]]
    found = problems(tmp_path, own_workbook(rows))
    assert [(one.code, one.line, one.column) for one in found] == [("IMF-E180", 5, 3)]


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    """None there, too large, not UTF-8, a damaged workbook, something else packed."""
    with pytest.raises(ProblemsFoundError) as caught:
        replies_in(tmp_path / "none.po")
    assert caught.value.problems[0].code == "IMF-E002"
    with pytest.raises(ProblemsFoundError) as caught:
        replies_in(tmp_path)
    assert caught.value.problems[0].code == "IMF-E002"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("content.xml", "<a/>")
    for data, code in (
        (b"#" * (MAX_BYTES + 1), "IMF-E003"),
        ("é".encode("latin-1"), "IMF-E170"),
        (WORKBOOK[: len(WORKBOOK) // 2], "IMF-E171"),
        (b"PK\x03\x04", "IMF-E171"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "IMF-E171"),
        (packed.getvalue(), "IMF-E171"),
    ):
        assert [one.code for one in problems(tmp_path, data)] == [code]


@pytest.mark.parametrize("cell", [(1_000_000, 16_000), (300_000, 390), (20_000, 0), (0, 400)])
def test_a_cell_far_away(tmp_path: Path, cell: tuple[int, int]) -> None:
    """A few kilobytes for which the reader makes room for gigabytes: E171."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    sheet = book.add_worksheet("texts")
    sheet.write_string(0, 0, "key")
    sheet.write_string(*cell, "x")
    book.close()
    assert problems(tmp_path, made.getvalue())[0].code == "IMF-E171"


def test_more_than_a_person_writes(tmp_path: Path) -> None:
    """More than 64 MB when unpacked, in a file of some kilobytes: E171 that tells the limits."""
    made = io.BytesIO(WORKBOOK)
    with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/more.xml", bytes(64 * 1024 * 1024))
    (found,) = problems(tmp_path, made.getvalue())
    assert found.code == "IMF-E171"
    assert "20000 rows and 67108864 bytes" in found.message


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_damaged_files_end_in_words(tmp_path: Path, data: st.DataObject) -> None:
    """Whatever bytes are changed, a catalogue is read or refused with problems."""
    whole = bytearray(data.draw(st.sampled_from([PO, WORKBOOK])))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(whole) - 1))
        whole[at] = data.draw(st.integers(0, 255))
    try:
        back(tmp_path, bytes(whole))
    except ProblemsFoundError as error:
        assert error.problems
