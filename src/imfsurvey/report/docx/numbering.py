"""Numbers of headings and lists, as Word counts them."""

from __future__ import annotations

from typing import Final

from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from imfsurvey.report.docx.elements import element

_STEP: Final = 567
"""A centimetre, in twentieths of a point."""


class Numbering:
    """The definitions of one document, in place of those of the template."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._root: BaseOxmlElement = document.part.numbering_part.element
        for child in list(self._root):
            self._root.remove(child)
        self._next = 1
        bullets = self._define("hybridMultilevel", [_level(0, "bullet", "•", 0.4)])
        self._use("List Bullet", bullets)

    def number_headings(self) -> None:
        """1. and 1.1 and 1.1.1 before headings, kept right by Word whatever an office inserts."""
        levels = [
            _level(depth, "decimal", text, 1.2, style=f"Heading{depth + 1}")
            for depth, text in enumerate(("%1.", "%1.%2", "%1.%2.%3"))
        ]
        number = self._define("multilevel", levels)
        for depth in range(3):
            self._use(f"Heading {depth + 1}", number, depth)

    def _define(self, kind: str, levels: list[BaseOxmlElement]) -> int:
        """The number of a definition and of its only use."""
        number = self._next
        self._next += 1
        abstract = element(
            "abstractNum", element("multiLevelType", val=kind), *levels, abstractNumId=number
        )
        # All definitions come before all uses of them.
        uses = self._root.findall(qn("w:num"))
        if uses:
            uses[0].addprevious(abstract)
        else:
            self._root.append(abstract)
        reference = element("abstractNumId", val=number)
        self._root.append(element("num", reference, numId=number))
        return number

    def _use(self, style: str, number: int, depth: int = 0) -> None:
        properties = self._document.styles[style].element.get_or_add_pPr()
        numbered = properties.get_or_add_numPr()
        numbered.get_or_add_ilvl().val = depth
        numbered.get_or_add_numId().val = number


def _level(
    depth: int, kind: str, text: str, indent: float, style: str | None = None
) -> BaseOxmlElement:
    width = round(indent * _STEP)
    left = width if style else width + round(0.3 * _STEP)
    parts = [element("start", val=1), element("numFmt", val=kind)]
    if style:
        parts.append(element("pStyle", val=style))
    parts += [
        element("lvlText", val=text),
        element("lvlJc", val="left"),
        element("pPr", element("ind", left=left, hanging=width)),
    ]
    return element("lvl", *parts, ilvl=depth)
