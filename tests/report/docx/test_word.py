"""Word documents as another program reads them back."""

from __future__ import annotations

import datetime
import hashlib
import io
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Cm

from imfsurvey.i18n.catalogue import translator
from imfsurvey.report.annex import annex_title
from imfsurvey.report.document import Chart, Section, Table
from imfsurvey.report.docx.blocks import add_sections, summary_document
from imfsurvey.report.docx.look import TALLEST
from imfsurvey.report.docx.picture import png
from imfsurvey.report.docx.word import WordDocument
from imfsurvey.report.summary import summary
from imfsurvey.study.results import WaveResults

DAY = datetime.date(2026, 11, 25)
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}"></svg>'
HOSTILE = (
    "R&D <b>x</b>",
    "{{ 1+1 }} {% for %}",
    "\u202eright\u202c العربية",
    "😀 naïve",
    "a" * 300,
    "bell \x07 and \ufffe",
    "PAGE \\* MERGEFORMAT",
)


def begun(**how: bool) -> WordDocument:
    """An empty document in French."""
    return WordDocument(title="Titre", language="fr", day=DAY, author="Zone 5399", **how)


def read(document: WordDocument) -> Document:
    """What python-docx finds in the file."""
    return docx.Document(io.BytesIO(document.to_bytes()))


def whole(title: str = "Titre") -> WordDocument:
    """A document with everything in it."""
    document = begun(numbered=True)
    document.title(title, subtitle="Zone 5399")
    document.contents()
    document.heading(1, "Un")
    document.paragraph("Texte")
    document.heading(2, "Un un")
    document.bullets(["a", "b"])
    document.heading(1, "Deux")
    document.paragraph("À compléter", "task")
    document.table(("Quoi", "Combien"), [("Un", "1"), ("Deux", "2")], caption="Table")
    document.picture(png([DRAWING.format(w=80, h=40)], 8), alt="Un dessin", width=8)
    return document


def test_headings_are_headings_and_numbered_by_word() -> None:
    """Each has the style of its level, which carries the number; the contents link to them."""
    found = read(whole())
    styles = [(p.style.name, p.text) for p in found.paragraphs if p.style and p.text]
    headings = [one for one in styles if one[0].startswith("Heading")]
    assert headings == [("Heading 1", "Un"), ("Heading 2", "Un un"), ("Heading 1", "Deux")]
    assert styles[0] == ("Title", "Titre")
    for level in (1, 2, 3):
        numbered = found.styles[f"Heading {level}"].element.find(f".//{qn('w:numPr')}")
        assert numbered.find(qn("w:ilvl")).get(qn("w:val")) == str(level - 1)
    entries = [p for p in found.paragraphs if p.style and p.style.name.startswith("toc")]
    links = [p.hyperlinks[0] for p in entries]
    assert [link.text for link in links] == ["1. Un", "1.1 Un un", "2. Deux"]
    marks = {mark.get(qn("w:name")) for mark in found.element.iter(qn("w:bookmarkStart"))}
    assert {link.fragment for link in links} == marks
    code = "".join(one.text for one in found.element.iter(qn("w:instrText")))
    assert 'TOC \\o "1-3"' in code


def test_tables_repeat_their_header_and_tear_no_row() -> None:
    """tblHeader on the first row only, cantSplit on all, one width in grid and cells."""
    (table,) = read(whole()).tables
    flags = [
        (row._tr.find(f".//{qn('w:tblHeader')}") is not None, row._tr.trPr is not None)
        for row in table.rows
    ]
    assert flags == [(True, True), (False, True), (False, True)]
    assert all(row._tr.find(f".//{qn('w:cantSplit')}") is not None for row in table.rows)
    for number, column in enumerate(table.columns):
        assert {row.cells[number].width for row in table.rows} == {column.width}
    total = sum(column.width or 0 for column in table.columns)
    assert total == pytest.approx(Cm(16.5), rel=0.01)
    assert [[cell.text for cell in row.cells] for row in table.rows][2] == ["Deux", "2"]


def test_pictures_have_words_and_stay_on_the_page() -> None:
    """The alternative text is there; a tall drawing is made smaller in proportion."""
    document = begun()
    document.picture(png([DRAWING.format(w=100, h=400)], 16), alt="Haut & <étroit>", width=16)
    (shape,) = read(document).inline_shapes
    assert shape._inline.docPr.get("descr") == "Haut & <étroit>"
    sides = [shape._inline.get(f"dist{side}") for side in "TBLR"]
    assert sides == ["0"] * 4  # else LibreOffice moves the picture past the margin
    assert shape.height == Cm(TALLEST)
    assert shape.width / shape.height == pytest.approx(1 / 4, rel=0.01)


@pytest.mark.parametrize(
    ("language", "tag"), [("fr", "fr-BE"), ("nl", "nl-BE"), ("de", "de-DE"), ("en", "en-GB")]
)
def test_the_language_is_said_everywhere(language: str, tag: str) -> None:
    """In the properties and in the styles, so that the spelling is checked in it."""
    found = read(WordDocument(title="T", language=language, day=DAY))
    assert found.core_properties.language == tag
    said = {one.get(qn("w:val")) for one in found.styles.element.iter(qn("w:lang"))}
    assert said == {tag}


def test_the_file_names_nobody_at_this_computer() -> None:
    """The author is the one given; nothing of the template's maker, program or picture is left."""
    made = begun().to_bytes()
    known = docx.Document(io.BytesIO(made)).core_properties
    assert (known.title, known.author, known.last_modified_by) == ("Titre", "Zone 5399", "")
    assert (known.comments, known.revision) == ("", 1)
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        names = parts.namelist()
        text = b"".join(parts.read(name) for name in names)
    assert not any("thumbnail" in name or "customXml" in name for name in names)
    assert b"python-docx" not in text and b"Macintosh" not in text


def test_no_font_or_colour_hangs_on_a_theme() -> None:
    """Whatever theme an office uses, the document keeps its look."""
    found = read(whole())
    xml = found.styles.element.xml + found.element.xml
    assert not re.search(r'w:(ascii|hAnsi|eastAsia|cs)[Tt]heme="', xml)
    assert "themeColor" not in xml
    assert found.styles["Heading 1"].font.name == "Arial"


def test_the_page_is_counted_in_the_footer() -> None:
    """PAGE and NUMPAGES are fields; the title stands beside them. The page is A4."""
    (section,) = read(whole()).sections
    footer = section.footer.paragraphs[0]
    codes = [one.text.strip() for one in footer._p.iter(qn("w:instrText"))]
    assert codes == ["PAGE", "NUMPAGES"]
    assert footer.text.startswith("Titre\t")
    sides = (section.page_width or 0, section.page_height or 0)
    assert [round(side / Cm(1), 1) for side in sides] == [21.0, 29.7]


def test_the_same_day_gives_the_same_bytes() -> None:
    """Also in another process, hours or years later; the parts carry the day, not the clock."""
    here = whole().to_bytes()
    code = (
        f"import sys, hashlib; sys.path[:0] = [{str(Path(__file__).parent)!r}]; import test_word\n"
        "print(hashlib.sha256(test_word.whole().to_bytes()).hexdigest())"
    )
    there = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert there.stdout.strip() == hashlib.sha256(here).hexdigest()
    with zipfile.ZipFile(io.BytesIO(here)) as parts:
        assert {part.date_time for part in parts.infolist()} == {(2026, 11, 25, 0, 0, 0)}


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_stay_texts(text: str) -> None:
    """What was given is what is read back, except signs that XML does not know."""
    expected = text.replace("\x07", "\ufffd").replace("\ufffe", "\ufffd")
    document = WordDocument(title=text, subject=text, author=text, language="nl", day=DAY)
    document.title(text)
    document.heading(1, text)
    document.paragraph(text)
    document.bullets([text])
    document.table((text, "n"), [(text, text)], caption=text)
    document.picture(png([DRAWING.format(w=10, h=10)], 2), alt=text, width=2)
    found = read(document)
    assert [p.text for p in found.paragraphs if p.text] == [expected] * 5
    cells = [cell.text for row in found.tables[0].rows for cell in row.cells]
    assert cells == [expected, "n", expected, expected]
    assert found.inline_shapes[0]._inline.docPr.get("descr") == expected
    assert found.core_properties.title == expected[:255]
    codes = {one.text.strip() for one in found.element.iter(qn("w:instrText"))}
    assert codes == set()


@pytest.mark.parametrize("language", ["fr", "de"])
def test_a_summary_becomes_a_document(now: WaveResults, zero: WaveResults, language: str) -> None:
    """Every section is a heading, every chart a picture, its table in the annex."""
    report = summary([zero, now], language, DAY)
    found = read(summary_document(report, DAY))
    headings = [p.text for p in found.paragraphs if p.style and p.style.name == "Heading 1"]
    brief = [translator(language)("In brief")]
    annex = annex_title(translator(language))
    assert headings == [*brief, *(section.title for section in report.sections), annex]
    blocks = [block for section in report.sections for block in section.blocks]
    charts = [block for block in blocks if isinstance(block, Chart)]
    asked = [block for block in blocks if isinstance(block, Table)] + [one.table for one in charts]
    assert len(found.inline_shapes) == len(charts) > 0
    for table, block in zip(found.tables, asked, strict=True):
        assert tuple(cell.text for cell in table.rows[0].cells) == block.columns
        assert tuple(cell.text for cell in table.rows[-1].cells) == block.rows[-1]


def test_a_table_without_rows_or_with_many_columns() -> None:
    """Nothing to read and too much to read both fit on the page."""
    document = begun()
    add_sections(document, [Section("a", "A", (Table("", ("Un", "Deux"), ()),))])
    columns = tuple("Anticonstitutionnellement" for _ in range(9))
    document.table(columns, [columns])
    for table in read(document).tables:
        assert sum(column.width or 0 for column in table.columns) <= Cm(16.6)
