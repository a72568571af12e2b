"""Tables that stay readable when an office adds to them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm
from docx.table import Table, _Cell, _Row

from imfsurvey.report.docx.elements import element, set_only
from imfsurvey.report.docx.look import CELL, CELL_HEAD, HEAD_FILL, RULE, TEXT_WIDTH

_INSIDE: Final = 90
"""Twentieths of a point between a line and what stands beside it."""

_LONGEST: Final = 60
"""Letters from which on a cell does not ask for a wider column."""

_WORD: Final = 18
"""Letters of the longest word that is never torn."""

_LETTER: Final = 0.2
"""Centimetres that a bold letter takes, about."""

_BESIDE: Final = 0.4
"""Centimetres between the text of a cell and its lines, both sides together."""


def add_table(
    document: Document,
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    widths: Sequence[float] = (),
    words: Sequence[int] = (),
    description: str = "",
) -> Table:
    """A table whose first row is repeated on every page, and whose rows are not torn.

    `widths`: shares of the page; without any they follow from what stands in the columns.
    `words`: columns set left; the first always is. `description`: for screen readers.
    """
    table: Table = document.add_table(len(rows) + 1, len(columns), "Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    table.autofit = False
    measures = (
        [TEXT_WIDTH * share / sum(widths) for share in widths]
        if widths
        else _widths(columns, rows, words)
    )
    _frame(table, measures, description)
    for place, (row, texts) in enumerate(zip(table.rows, (columns, *rows), strict=True)):
        _fill(row, texts, measures, words, head=place == 0)
    for place, name in enumerate((CELL_HEAD, CELL)):
        # By id, looked up once: by name goes through all styles, and there are many cells.
        ident = document.styles[name].style_id
        for tr in table._tbl.tr_lst[place : 1 if place == 0 else None]:
            for tc in tr.tc_lst:
                tc.p_lst[0].style = ident
    return table


def _frame(table: Table, measures: Sequence[float], description: str) -> None:
    """Widths for programs that read them from the grid, quiet lines, a text for screen readers."""
    for column, width in zip(table.columns, measures, strict=True):
        column.width = Cm(width)
    properties = table._tbl.tblPr
    total = sum(column.width or 0 for column in table.columns)
    set_only(properties, element("tblW", w=round(total / 635), type="dxa"))
    edges = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = [element(edge, val="single", sz=4, space=0, color=RULE) for edge in edges]
    layout = properties.find(qn("w:tblLayout"))
    borders = element("tblBorders", *lines)
    margins = element(
        "tblCellMar",
        *(element(side, w=w, type="dxa") for side, w in (("top", 50), ("left", _INSIDE))),
        *(element(side, w=w, type="dxa") for side, w in (("bottom", 50), ("right", _INSIDE))),
    )
    layout.addprevious(element("tblInd", w=_INSIDE, type="dxa"))  # lines up with the text
    layout.addprevious(borders)
    layout.addnext(margins)
    look = element("tblLook", val="0480", firstRow=1, firstColumn=1, noVBand=1)
    set_only(properties, look)
    if description:
        properties.append(element("tblDescription", val=description[:255]))


def _fill(
    row: _Row, texts: Sequence[str], measures: Sequence[float], words: Sequence[int], *, head: bool
) -> None:
    properties = row._tr.get_or_add_trPr()
    properties.append(element("cantSplit"))
    if head:
        properties.append(element("tblHeader"))
    for number, (cell, text, width) in enumerate(zip(row.cells, texts, measures, strict=True)):
        cell.width = Cm(width)
        _write(cell, text, head=head)
        if number and number not in words:
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _write(cell: _Cell, text: str, *, head: bool) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.add_run(text)
    if head:
        shade = element("shd", val="clear", color="auto", fill=HEAD_FILL)
        cell._tc.get_or_add_tcPr().append(shade)


def _widths(
    columns: Sequence[str], rows: Sequence[Sequence[str]], words: Sequence[int]
) -> list[float]:
    """Centimetres: no word is torn, and what is left goes to where there is to read."""
    least, wanted = [], []
    for number, heading in enumerate(columns):
        texts = [row[number] for row in rows]
        longest = max((min(len(text), _LONGEST) for text in texts), default=0)
        parts = [word for text in (heading, *texts) for word in text.split()]
        widest = max((min(len(word), _WORD) for word in parts), default=1)
        least.append(widest * _LETTER + _BESIDE)
        wordy = number == 0 or number in words
        wanted.append(float(longest if wordy else min(longest, 12)))
    left = TEXT_WIDTH - sum(least)
    if left < 0 or not any(wanted):
        return [TEXT_WIDTH * width / sum(least) for width in least]
    return [width + left * share / sum(wanted) for width, share in zip(least, wanted, strict=True)]
