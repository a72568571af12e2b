"""Tables that stay readable when an office adds to them.

A table is written as text and parsed at once: a report has thousands of cells, and python-docx
asks the list of styles for each of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, cast
from xml.sax.saxutils import escape, quoteattr

from docx.document import Document
from docx.oxml.ns import nsdecls
from docx.oxml.parser import parse_xml
from docx.oxml.table import CT_Tbl
from docx.shared import Cm

from imfsurvey.report.columns import Fit, Type, fit
from imfsurvey.report.docx.look import CELL, CELL_HEAD, HEAD_FILL, RULE, TEXT_WIDTH

_TYPES: Final = (Type(9.5, 11), Type(8, 7), Type(7, 5))
"""Those of cells, the first that leaves words whole."""

_ON_A_PAGE: Final = 1500
"""Letters of a cell whose row is not torn; a longer one may be higher than a page."""

_POINTS: Final = 72 / 2.54
"""In a centimetre."""

_EDGES: Final = ("top", "left", "bottom", "right", "insideH", "insideV")

_BREAKS: Final = re.compile(r"([\t\r\n])")


def add_table(
    document: Document,
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    widths: Sequence[float] = (),
    words: Sequence[int] = (),
    description: str = "",
) -> None:
    """A table whose first row is repeated on every page, and whose rows are not torn.

    `widths`: shares of the page; without any they follow from what stands in the columns.
    `words`: columns set left; the first always is. `description`: for screen readers.
    """
    laid = fit(columns, rows, words, room=TEXT_WIDTH * _POINTS, types=_TYPES)
    if widths:
        room = TEXT_WIDTH * _POINTS / sum(widths)
        laid = Fit(_TYPES[0], tuple(share * room for share in widths))
    measures = [Cm(width / _POINTS).twips for width in laid.widths]
    smaller = "" if laid.type is _TYPES[0] else f'<w:sz w:val="{laid.type.size * 2:g}"/>'
    cells = _Cells(measures, words, f"<w:rPr>{smaller}</w:rPr>" if smaller else "")
    parts = [
        f"<w:tbl {nsdecls('w')}>",
        _properties(sum(measures), round(laid.type.beside * 10), description),
        "<w:tblGrid>",
        *(f'<w:gridCol w:w="{width}"/>' for width in measures),
        "</w:tblGrid>",
        cells.row(columns, head=True),
        *(cells.row(row, head=False) for row in rows),
        "</w:tbl>",
    ]
    document.element.body._insert_tbl(cast("CT_Tbl", parse_xml("".join(parts))))


def _properties(width: int, inside: int, description: str) -> str:
    """Quiet lines, and a text for screen readers.

    `inside`: twentieths of a point between a line and what stands beside it; `width` in the same.
    """
    sides = (("top", 50), ("left", inside), ("bottom", 50), ("right", inside))
    lines = (f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="{RULE}"/>' for edge in _EDGES)
    said = f"<w:tblDescription w:val={quoteattr(description[:255])}/>" if description else ""
    return (
        '<w:tblPr><w:tblStyle w:val="TableGrid"/>'
        f'<w:tblW w:w="{width}" w:type="dxa"/><w:jc w:val="left"/>'
        f'<w:tblInd w:w="{inside}" w:type="dxa"/>'  # lines up with the text
        f"<w:tblBorders>{''.join(lines)}</w:tblBorders>"
        '<w:tblLayout w:type="fixed"/><w:tblCellMar>'
        + "".join(f'<w:{side} w:w="{room}" w:type="dxa"/>' for side, room in sides)
        + '</w:tblCellMar><w:tblLook w:val="0480" w:firstRow="1" w:firstColumn="1" w:noVBand="1"/>'
        f"{said}</w:tblPr>"
    )


class _Cells:
    """How the cells of one table are written: all of a column alike."""

    def __init__(self, measures: Sequence[int], words: Sequence[int], size: str) -> None:
        self._head = list(_openings(measures, words, head=True))
        self._others = list(_openings(measures, words, head=False))
        self._size = size

    def row(self, texts: Sequence[str], *, head: bool) -> str:
        """One line of the table."""
        kept = "<w:cantSplit/>" if max(map(len, texts), default=0) <= _ON_A_PAGE else ""
        repeated = "<w:tblHeader/>" if head else ""
        properties = f"<w:trPr>{kept}{repeated}</w:trPr>" if kept or repeated else "<w:trPr/>"
        openings = self._head if head else self._others
        cells = (
            f"{opening}{self._run(text)}</w:p></w:tc>"
            for opening, text in zip(openings, texts, strict=True)
        )
        return f"<w:tr>{properties}{''.join(cells)}</w:tr>"

    def _run(self, text: str) -> str:
        held = self._size + "".join(map(_said, _BREAKS.split(text) if text else ()))
        return f"<w:r>{held}</w:r>" if held else "<w:r/>"


def _openings(measures: Sequence[int], words: Sequence[int], *, head: bool) -> Iterator[str]:
    """What stands before the text of a cell, column by column."""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{HEAD_FILL}"/>' if head else ""
    style = (CELL_HEAD if head else CELL).replace(" ", "")
    for number, width in enumerate(measures):
        left = number == 0 or number in words
        side = "" if left else '<w:jc w:val="right"/>'
        yield (
            f'<w:tc><w:tcPr><w:tcW w:type="dxa" w:w="{width}"/>{shade}</w:tcPr>'
            f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{side}</w:pPr>'
        )


def _said(part: str) -> str:
    """A part of a text: a tab, the end of a line, or words."""
    if part == "\t":
        return "<w:tab/>"
    if part in ("\r", "\n"):
        return "<w:br/>"
    if not part:
        return ""
    kept = ' xml:space="preserve"' if part != part.strip() else ""
    return f"<w:t{kept}>{escape(part)}</w:t>"
