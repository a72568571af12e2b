"""The look of all Word documents: page, fonts, styles. Everything is in styles, so that an office
changes it in one place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from imfsurvey.report.charts import palette
from imfsurvey.report.docx.elements import element, set_only, without_themes

FONT: Final = "Arial"
"""On every computer of an office, or replaced there by one that is as wide."""

TEXT_WIDTH: Final = 16.5
"""Centimetres between the margins of an A4 page."""

TALLEST: Final = 24.0
"""Centimetres of a picture that still stands on one page with a line above it."""

NOTE, TASK, CELL, CELL_HEAD = "Note", "Task", "Table Text", "Table Head"
"""Names of the styles that Word does not have."""

TASK_FILL: Final = "FFF4D6"
HEAD_FILL: Final = palette.SEQUENTIAL[0].removeprefix("#")
RULE: Final = palette.RULE.removeprefix("#")

_TAGS: Final = {"fr": "fr-BE", "nl": "nl-BE", "de": "de-DE", "en": "en-GB"}
"""Word has no spelling of its own for German in Belgium."""


@dataclass(frozen=True)
class _Style:
    size: float
    before: float = 0
    after: float = 6
    bold: bool = False
    colour: str = palette.INK
    italic: bool = False
    next_too: bool = False
    """Kept on one page with what follows."""
    base: str = "Normal"


_STYLES: Final = {
    "Normal": _Style(10.5, after=6),
    "Title": _Style(22, after=4, bold=True),
    "Subtitle": _Style(12, after=14, colour=palette.MUTED),
    "Heading 1": _Style(15, before=18, after=6, bold=True, next_too=True),
    "Heading 2": _Style(12, before=12, after=4, bold=True, next_too=True),
    "Heading 3": _Style(10.5, before=8, after=3, bold=True, next_too=True),
    "List Bullet": _Style(10.5, after=3),
    "Quote": _Style(10.5, italic=True),
    "Caption": _Style(9.5, before=8, after=3, bold=True, next_too=True),
    "Footer": _Style(8.5, after=0, colour=palette.MUTED),
    "toc 1": _Style(10.5, after=3),
    "toc 2": _Style(10, after=2),
    "toc 3": _Style(10, after=2),
    NOTE: _Style(9, colour=palette.MUTED),
    TASK: _Style(10.5, before=4, after=6),
    CELL: _Style(9.5, after=0),
    CELL_HEAD: _Style(9.5, after=0, bold=True, base=CELL),
}


def language_tag(language: str) -> str:
    """The language as Word names it, such as `fr-BE`."""
    return _TAGS.get(language, language)


def dress(document: Document, language: str) -> None:
    """Give an empty document the page, the fonts, the styles and the language."""
    _page(document)
    root = document.styles.element
    _drop_table_styles(root)
    known = {one.name for one in document.styles}
    for name, style in _STYLES.items():
        if name not in known:
            document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        _apply(document, name, style)
    for number, indent in ((1, 0.0), (2, 0.6), (3, 1.2)):
        toc = document.styles[f"toc {number}"]
        assert isinstance(toc, ParagraphStyle)
        toc.paragraph_format.left_indent = Cm(indent)
    _quiet_title(document)
    footer = document.styles["Footer"]
    assert isinstance(footer, ParagraphStyle)
    footer.paragraph_format.tab_stops.clear_all()  # those of the template are for another page
    _shaded(document, TASK, TASK_FILL)
    without_themes(root, FONT)
    tag = language_tag(language)
    for lang in root.iter(qn("w:lang")):
        lang.set(qn("w:val"), tag)
        lang.set(qn("w:eastAsia"), tag)
    set_only(document.settings.element, element("themeFontLang", val=tag))


def style_ids(document: Document) -> dict[str, str | None]:
    """By the names of styles of paragraphs, what paragraphs say to have them; None: the one that
    they have without saying so. To be asked once: python-docx looks through all of them each time.
    """
    standard = document.styles.default(WD_STYLE_TYPE.PARAGRAPH)
    names = {one.name: one for one in document.styles if one.type == WD_STYLE_TYPE.PARAGRAPH}
    assert standard is not None
    return {
        str(name): None if one.style_id == standard.style_id else one.style_id
        for name, one in names.items()
    }


def _page(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm((21 - TEXT_WIDTH) / 2)
    section.top_margin, section.bottom_margin = Cm(2.2), Cm(2)
    section.footer_distance = Cm(1)


def _drop_table_styles(root: BaseOxmlElement) -> None:
    """A hundred coloured tables that nobody asked for would be offered in every document."""
    for style in list(root.findall(qn("w:style"))):
        name = style.find(qn("w:name"))
        kept = name is not None and name.get(qn("w:val")) in ("Table Grid", "Normal Table")
        if style.get(qn("w:type")) == "table" and not kept:
            root.remove(style)


def _apply(document: Document, name: str, look: _Style) -> None:
    style = document.styles[name]
    assert isinstance(style, ParagraphStyle)
    if name not in ("Normal", look.base):
        style.base_style = document.styles[look.base]
    style.font.name = FONT  # also where there was no font at all: themes then have no say
    style.font.size, style.font.bold, style.font.italic = Pt(look.size), look.bold, look.italic
    style.font.color.rgb = RGBColor.from_string(look.colour.removeprefix("#").upper())
    shape = style.paragraph_format
    shape.space_before, shape.space_after = Pt(look.before), Pt(look.after)
    shape.line_spacing = 1.15
    shape.keep_with_next = look.next_too
    style.quick_style, style.hidden, style.unhide_when_used = True, False, False


def _quiet_title(document: Document) -> None:
    """The title of the template has a coloured line and letters that are set apart."""
    for name in ("Title", "Subtitle"):
        style = document.styles[name].element
        for tag in ("w:pBdr", "w:spacing", "w:kern", "w:contextualSpacing"):
            for found in list(style.iter(qn(tag))):
                parent = found.getparent()
                if parent is not None and not (tag == "w:spacing" and parent.tag == qn("w:pPr")):
                    parent.remove(found)


def _shaded(document: Document, name: str, fill: str) -> None:
    properties = document.styles[name].element.get_or_add_pPr()
    shade = element("shd", val="clear", color="auto", fill=fill)
    properties.insert_element_before(
        shade, "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:outlineLvl"
    )
