"""A Word document of the house: built from the top, then taken as bytes.

Whatever is written is plain text: nothing in it is taken for a field or for markup. Signs that
XML does not know become U+FFFD.
"""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Iterable, Sequence
from typing import Final

import docx
from docx.enum.text import WD_BREAK, WD_TAB_ALIGNMENT
from docx.shared import Cm
from docx.text.paragraph import Paragraph

from imfsurvey.i18n.catalogue import translator
from imfsurvey.report.document import Tone
from imfsurvey.report.docx.elements import (
    begin_field,
    bookmark,
    element,
    end_field,
    field,
    line_up,
    link_to,
)
from imfsurvey.report.docx.look import NOTE, TALLEST, TASK, TEXT_WIDTH, dress, style_ids
from imfsurvey.report.docx.numbering import Numbering
from imfsurvey.report.docx.package import describe, packed
from imfsurvey.report.docx.tables import add_table

_STYLE_OF: Final[dict[Tone, str]] = {
    "plain": "Normal",
    "note": NOTE,
    "quote": "Quote",
    "task": TASK,
}

_UNKNOWN_TO_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

_LEVELS: Final = 3


class WordDocument:
    """One document. Its day is the date in the file; the clock is never read."""

    def __init__(
        self,
        *,
        title: str,
        language: str,
        day: datetime.date,
        author: str = "",
        subject: str = "",
        numbered: bool = False,
    ) -> None:
        """`numbered`: headings carry numbers. `author`: an office, not a person at a computer."""
        self._document = docx.Document()
        self._day = day
        self.t = translator(language)
        """Texts of the interface in the language of the document."""
        self._numbered = numbered
        self._headings: list[tuple[int, str, str]] = []
        """Level, words with their number, bookmark."""
        self._counts = [0] * _LEVELS
        self._contents: Paragraph | None = None
        self._pictures = 0
        dress(self._document, language)
        self._styles = style_ids(self._document)
        numbering = Numbering(self._document)
        if numbered:
            numbering.number_headings()
        describe(
            self._document,
            title=_known(title),
            subject=_known(subject),
            author=_known(author),
            language=language,
            day=day,
        )
        self._footer(_known(title))

    # --- what is written, from the top -------------------------------------------------------

    def title(self, words: str, *, subtitle: str = "") -> None:
        """What stands largest; it is no heading of a part."""
        self._written("Title", words)
        if subtitle:
            self._written("Subtitle", subtitle)

    def heading(self, level: int, words: str, *, numbered: bool = True) -> None:
        """A heading, 1 to 3; deeper ones are of level 3. `numbered`: where the others are."""
        level = min(max(level, 1), _LEVELS)
        paragraph = self._written(f"Heading {level}", words)
        if self._numbered and not numbered:
            paragraph._p.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = 0
            paragraph.paragraph_format.left_indent = Cm(0)
            paragraph.paragraph_format.first_line_indent = Cm(0)
        name = f"_Toc{len(self._headings) + 1:06}"
        bookmark(paragraph, len(self._headings) + 1, name)
        number = self._number(level) if numbered else ""
        self._headings.append((level, f"{number}{_known(words)}", name))

    def paragraph(self, words: str, tone: Tone = "plain") -> None:
        """One paragraph; a task is marked as something that the office still has to do."""
        self._written(_STYLE_OF[tone], words)

    def bullets(self, items: Iterable[str]) -> None:
        """A list without an order."""
        for item in items:
            self._written("List Bullet", item)

    def table(
        self,
        columns: Sequence[str],
        rows: Sequence[Sequence[str]],
        *,
        caption: str = "",
        widths: Sequence[float] = (),
        words: Sequence[int] = (),
    ) -> None:
        """A table below its caption; see `tables.add_table`."""
        if caption:
            self.caption(caption)
        add_table(
            self._document,
            [_known(one) for one in columns],
            [[_known(one) for one in row] for row in rows],
            widths=widths,
            words=words,
            description=_known(caption),
        )
        self._written("Normal", "").paragraph_format.space_after = Cm(0)  # or tables grow together

    def caption(self, words: str) -> None:
        """The line above a table or a picture, on the same page as what follows."""
        self._written("Caption", words)

    def picture(self, png: bytes, *, alt: str, width: float = TEXT_WIDTH) -> None:
        """A picture, `width` centimetres wide where that leaves it on the page, and the text for
        those who do not see it."""
        shape = self._document.add_picture(io.BytesIO(png), width=Cm(width))
        self._pictures += 1
        if shape.height > Cm(TALLEST):
            shape.width, shape.height = round(shape.width * Cm(TALLEST) / shape.height), Cm(TALLEST)
        line_up(shape._inline)
        shape._inline.docPr.set("descr", _known(alt))
        shape._inline.docPr.set("name", f"{self._pictures}")

    def contents(self) -> None:
        """Where the table of contents stands. Word fills in the pages when it opens the file."""
        self._contents = self._document.add_paragraph()

    def page_break(self) -> None:
        """What follows begins on a new page."""
        self._document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    def to_bytes(self) -> bytes:
        """The file. The same content and day give the same bytes. To be called once."""
        self._fill_contents()
        return packed(self._document, self._day)

    # --- parts ---------------------------------------------------------------------------------

    def _written(self, style: str, words: str) -> Paragraph:
        paragraph = self._document.add_paragraph(_known(words))
        paragraph._p.style = self._styles[style]
        return paragraph

    def _number(self, level: int) -> str:
        """The number before a heading, as Word will count it."""
        if not self._numbered:
            return ""
        self._counts[level - 1] += 1
        self._counts[level:] = [0] * (_LEVELS - level)
        counted = ".".join(str(one or 1) for one in self._counts[:level])
        return f"{counted}.\t" if level == 1 else f"{counted}\t"

    def _fill_contents(self) -> None:
        """Entries without pages, for programs that do not work fields out by themselves."""
        first = self._contents
        if first is None:
            return
        begin_field(first, 'TOC \\o "1-3" \\h \\z \\u', dirty=True)
        last = first
        for place, (level, words, name) in enumerate(self._headings):
            entry = first if place == 0 else _after(last)
            entry._p.style = self._styles[f"toc {level}"]
            link_to(entry, name, words.replace("\t", " "))
            last = entry
        end_field(last)

    def _footer(self, title: str) -> None:
        """The title on the left, the page on the right."""
        paragraph = self._document.sections[0].footer.paragraphs[0]
        tabs = paragraph.paragraph_format.tab_stops
        tabs.add_tab_stop(Cm(TEXT_WIDTH), WD_TAB_ALIGNMENT.RIGHT)
        paragraph.add_run(_shortened(title) + "\t")
        field(paragraph, "PAGE", "1")
        paragraph.add_run(" / ")
        field(paragraph, "NUMPAGES", "1")


def _after(paragraph: Paragraph) -> Paragraph:
    """An empty paragraph behind another one."""
    fresh = element("p")
    paragraph._p.addnext(fresh)
    return Paragraph(fresh, paragraph._parent)


def _known(text: str) -> str:
    return _UNKNOWN_TO_XML.sub("\ufffd", text)


def _shortened(text: str, most: int = 80) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
