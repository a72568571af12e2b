"""What a reader finds in each form of a report: its tables and its lines, without their look."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

import docx
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph as WordParagraph
from pypdf import PageObject, PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

Grid = tuple[tuple[str, ...], ...]
"""Rows of a table, the head first."""


@dataclass
class Found:
    """What was read."""

    tables: list[Grid] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)


def plain(text: str) -> str:
    """Without what the end of a line may change: spaces, hyphens, places to break at."""
    return re.sub(r"[\s\u200b\u00ad\u2010-]", "", text)


# --- HTML -----------------------------------------------------------------------------------------

_LINES = {"h1", "h2", "h3", "p", "li", "dt", "dd", "caption", "figcaption", "summary"}
_UNSEEN = {"style", "svg", "title", "nav"}


class _Page(HTMLParser):
    """Gathers the innermost element that holds a text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found = Found()
        self._rows: list[list[str]] = []
        self._text: list[str] = []
        self._unseen = 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A new line or cell begins."""
        self._unseen += tag in _UNSEEN
        if tag == "table":
            self._rows = []
        elif tag == "tr":
            self._rows.append([])
        if tag in _LINES or tag in ("th", "td"):
            self._end_line()

    def handle_endtag(self, tag: str) -> None:
        """It ends."""
        self._unseen -= tag in _UNSEEN
        if tag in ("th", "td"):
            self._rows[-1].append("".join(self._text))
            self._text = []
        elif tag == "table":
            self.found.tables.append(tuple(map(tuple, self._rows)))
        elif tag in _LINES:
            self._end_line()

    def handle_data(self, data: str) -> None:
        """What is shown."""
        if not self._unseen:
            self._text.append(data)

    def _end_line(self) -> None:
        if "".join(self._text).strip():
            self.found.lines.append("".join(self._text))
        self._text = []


def from_html(content: bytes) -> Found:
    """An HTML page."""
    return _Page(content.decode()).found


# --- Markdown -------------------------------------------------------------------------------------


def from_markdown(content: bytes) -> Found:
    """A Markdown text with tables."""
    found, rows = Found(), list[tuple[str, ...]]()
    for line in [*content.decode().split("\n"), ""]:
        if line.startswith("|"):
            cells = re.split(r"(?<!\\)\|", line)[1:-1]
            if not all(re.fullmatch(" -+:? ", cell) for cell in cells):
                rows.append(tuple(_shown(cell.strip()) for cell in cells))
            continue
        if rows:
            found.tables.append(tuple(rows))
            rows = []
        strong = line.startswith("**") and line.endswith("**")
        bare = line[2:-2] if strong else re.sub(r"^(#+ |- |> )", "", line)
        if bare.strip() and bare != "---":
            found.lines.append(_shown(bare))
    return found


def _shown(text: str) -> str:
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text)


# --- DOCX -----------------------------------------------------------------------------------------


def from_docx(content: bytes) -> Found:
    """A Word document; its table of contents says nothing of its own."""
    found = Found()
    for block in docx.Document(io.BytesIO(content)).iter_inner_content():
        if isinstance(block, WordTable):
            found.tables.append(_word_rows(block))
        elif isinstance(block, WordParagraph) and block.text.strip() and not _in_contents(block):
            found.lines += block.text.split("\n")
    return found


def _in_contents(paragraph: WordParagraph) -> bool:
    return bool(paragraph.style and (paragraph.style.name or "").startswith("toc"))


def _word_rows(table: WordTable) -> Grid:
    rows = table._tbl.tr_lst
    return tuple(
        tuple("".join(text.text or "" for text in cell.iter(_TEXT)) for cell in row.tc_lst)
        for row in rows
    )


_TEXT = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"

# --- PDF ------------------------------------------------------------------------------------------


def from_pdf(content: bytes) -> Found:
    """A tagged PDF, as a screen reader goes through it."""
    reader = PdfReader(io.BytesIO(content), strict=True)
    texts = {page.indirect_reference: _marked(page) for page in reader.pages}
    found = Found()
    _walk(reader.root_object["/StructTreeRoot"], None, texts, found)
    return found


Texts = dict[IndirectObject | None, dict[int, str]]
"""Texts of a page, by the number of their mark."""


def _marked(page: PageObject) -> dict[int, str]:
    texts: dict[int, str] = {}
    mark: list[int | None] = []

    def before(operator: bytes, operands: Any, *_matrices: Any) -> None:
        if operator in (b"BDC", b"BMC"):
            values = operands[1] if len(operands) > 1 else {}
            mark.append(values.get("/MCID") if isinstance(values, dict) else None)
        elif operator == b"EMC":
            mark.pop()

    def text(said: str, *_look: Any) -> None:
        number = next((one for one in reversed(mark) if one is not None), None)
        if number is not None:
            texts[number] = texts.get(number, "") + said

    page.extract_text(visitor_operand_before=before, visitor_text=text)
    return texts


def _children(element: DictionaryObject) -> Iterator[Any]:
    kids = element.get("/K")
    kids = kids.get_object() if kids is not None else ArrayObject()
    yield from kids if isinstance(kids, ArrayObject) else [kids]


def _said(element: DictionaryObject, page: IndirectObject | None, texts: Texts) -> str:
    page = element.raw_get("/Pg") if "/Pg" in element else page
    parts = []
    for kid in _children(element):
        if isinstance(kid, int):
            parts.append(texts[page].get(int(kid), ""))
            continue
        inside = kid.get_object()
        if inside.get("/Type") == "/MCR":
            there = inside.raw_get("/Pg") if "/Pg" in inside else page
            parts.append(texts[there].get(int(inside["/MCID"]), ""))
        elif "/S" in inside:
            parts.append(_said(inside, page, texts))
    return "".join(parts)


_PDF_LINES = {"/P", "/H1", "/H2", "/H3", "/LBody", "/Caption", "/Span", "/Title"}


def _walk(element: Any, page: IndirectObject | None, texts: Texts, found: Found) -> None:
    kind = element.get("/S")
    page = element.raw_get("/Pg") if "/Pg" in element else page
    if kind == "/Table":
        rows = list(_inside(element, "/TR"))
        grid = tuple(tuple(_said(cell, page, texts) for cell in _cells(row)) for row in rows)
        found.tables.append(grid)
    elif kind in _PDF_LINES:
        found.lines.append(_said(element, page, texts))
    elif kind not in ("/TOC", "/Figure"):
        own = [kid for kid in _children(element) if isinstance(kid, int)]
        if own:
            found.lines.append(_said(element, page, texts))
            return
        for kid in _children(element):
            if "/S" in kid.get_object():
                _walk(kid.get_object(), page, texts, found)


def _inside(element: DictionaryObject, kind: str) -> Iterator[DictionaryObject]:
    for kid in _children(element):
        inside = kid if isinstance(kid, int) else kid.get_object()
        if isinstance(inside, DictionaryObject):
            if inside.get("/S") == kind:
                yield inside
            else:
                yield from _inside(inside, kind)


def _cells(row: DictionaryObject) -> Iterator[DictionaryObject]:
    for kid in _children(row):
        yield kid.get_object()


READERS = {"html": from_html, "md": from_markdown, "docx": from_docx, "pdf": from_pdf}
