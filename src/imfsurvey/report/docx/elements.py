"""Pieces of WordprocessingML that python-docx has no words for."""

from __future__ import annotations

from typing import Final

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.paragraph import Paragraph

_THEMED: Final = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme", "hint")
_SCRIPTS: Final = ("ascii", "hAnsi", "eastAsia", "cs")
_THEME_COLOURS: Final = (
    "themeColor",
    "themeShade",
    "themeTint",
    "themeFill",
    "themeFillShade",
    "themeFillTint",
)


def element(name: str, /, *children: BaseOxmlElement, **values: object) -> BaseOxmlElement:
    """An element of the main namespace: `element("lvl", …, ilvl=0)` is `<w:lvl w:ilvl="0">`."""
    made: BaseOxmlElement = OxmlElement(f"w:{name}")
    for key, value in values.items():
        made.set(qn(f"w:{key}"), str(value))
    made.extend(children)
    return made


def set_only(parent: BaseOxmlElement, child: BaseOxmlElement) -> None:
    """Put an element into its parent instead of the one of the same name, else at the end."""
    found = parent.find(child.tag)
    if found is None:
        parent.append(child)
    else:
        parent.replace(found, child)


def without_themes(root: BaseOxmlElement, font: str) -> None:
    """One font everywhere, and colours that stay what they are when the theme changes."""
    for fonts in root.iter(qn("w:rFonts")):
        for name in _THEMED:
            fonts.attrib.pop(qn(f"w:{name}"), None)
        for name in _SCRIPTS:
            fonts.set(qn(f"w:{name}"), font)
    for tag in ("w:color", "w:shd", *(f"w:{side}" for side in ("top", "left", "bottom", "right"))):
        for coloured in root.iter(qn(tag)):
            for name in _THEME_COLOURS:
                coloured.attrib.pop(qn(f"w:{name}"), None)


def field(paragraph: Paragraph, instruction: str, shown: str) -> None:
    """A field that Word works out, such as the number of the page; until then `shown`."""
    begin_field(paragraph, instruction)
    paragraph.add_run(shown)
    end_field(paragraph)


def begin_field(paragraph: Paragraph, instruction: str, *, dirty: bool = False) -> None:
    """The beginning of a field; what follows up to its end is shown until it is worked out."""
    begin = element("fldChar", fldCharType="begin")
    if dirty:
        begin.set(qn("w:dirty"), "true")
    code = element("instrText")
    code.text = f" {instruction} "
    code.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    for part in (begin, code, element("fldChar", fldCharType="separate")):
        paragraph.add_run()._r.append(part)


def end_field(paragraph: Paragraph) -> None:
    """Where a field ends."""
    paragraph.add_run()._r.append(element("fldChar", fldCharType="end"))


def line_up(picture: BaseOxmlElement) -> None:
    """Put a picture where the text begins: LibreOffice keeps 3 mm free where nothing is said."""
    for side in ("distT", "distB", "distL", "distR"):
        picture.set(side, "0")


def bookmark(paragraph: Paragraph, number: int, name: str) -> None:
    """Give a paragraph a name that a link can lead to."""
    start = element("bookmarkStart", id=number, name=name)
    at = 1 if paragraph._p.pPr is not None else 0
    paragraph._p.insert(at, start)
    paragraph._p.append(element("bookmarkEnd", id=number))


def link_to(paragraph: Paragraph, name: str, words: str) -> None:
    """Words that lead to a bookmark of the same document."""
    run = element("r", element("t"))
    run[0].text = words
    run[0].set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    paragraph._p.append(element("hyperlink", run, anchor=name, history=1))
