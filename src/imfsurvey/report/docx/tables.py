"""Tables that stay readable when an office adds to them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.oxml.table import CT_Row
from docx.shared import Cm, Pt
from docx.table import Table, _Cell

from imfsurvey.report.columns import Fit, Type, fit
from imfsurvey.report.docx.elements import element, set_only
from imfsurvey.report.docx.look import CELL, CELL_HEAD, HEAD_FILL, RULE, TEXT_WIDTH

_TYPES: Final = (Type(9.5, 11), Type(8, 7), Type(7, 5))
"""Those of cells, the first that leaves words whole."""

_ON_A_PAGE: Final = 1500
"""Letters of a cell whose row is not torn; a longer one may be higher than a page."""

_POINTS: Final = 72 / 2.54
"""In a centimetre."""


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
    laid = fit(columns, rows, words, room=TEXT_WIDTH * _POINTS, types=_TYPES)
    if widths:
        room = TEXT_WIDTH * _POINTS / sum(widths)
        laid = Fit(_TYPES[0], tuple(share * room for share in widths))
    measures = [width / _POINTS for width in laid.widths]
    _frame(table, measures, round(laid.type.beside * 10), description)
    smaller = None if laid.type is _TYPES[0] else laid.type.size
    # Going through the cells of python-docx counts all of them again for each row.
    grid = zip(table._tbl.tr_lst, (columns, *rows), strict=True)
    for place, (line, texts) in enumerate(grid):
        cells = [_Cell(cell, table) for cell in line.tc_lst]
        _fill(line, cells, texts, measures, words, head=place == 0)
        if smaller:
            for cell in cells:
                cell.paragraphs[0].runs[0].font.size = Pt(smaller)
    return table


def _frame(table: Table, measures: Sequence[float], inside: int, description: str) -> None:
    """Widths for programs that read them from the grid, quiet lines, a text for screen readers.

    `inside`: twentieths of a point between a line and what stands beside it.
    """
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
        *(element(side, w=w, type="dxa") for side, w in (("top", 50), ("left", inside))),
        *(element(side, w=w, type="dxa") for side, w in (("bottom", 50), ("right", inside))),
    )
    layout.addprevious(element("tblInd", w=inside, type="dxa"))  # lines up with the text
    layout.addprevious(borders)
    layout.addnext(margins)
    look = element("tblLook", val="0480", firstRow=1, firstColumn=1, noVBand=1)
    set_only(properties, look)
    if description:
        properties.append(element("tblDescription", val=description[:255]))


def _fill(
    row: CT_Row,
    cells: Sequence[_Cell],
    texts: Sequence[str],
    measures: Sequence[float],
    words: Sequence[int],
    *,
    head: bool,
) -> None:
    properties = row.get_or_add_trPr()
    if max(map(len, texts), default=0) <= _ON_A_PAGE:
        properties.append(element("cantSplit"))
    if head:
        properties.append(element("tblHeader"))
    for number, (cell, text, width) in enumerate(zip(cells, texts, measures, strict=True)):
        cell.width = Cm(width)
        _write(cell, text, head=head)
        if number and number not in words:
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _write(cell: _Cell, text: str, *, head: bool) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.style = CELL_HEAD if head else CELL
    paragraph.add_run(text)
    if head:
        shade = element("shd", val="clear", color="auto", fill=HEAD_FILL)
        cell._tc.get_or_add_tcPr().append(shade)
