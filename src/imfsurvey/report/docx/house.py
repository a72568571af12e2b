"""A Word template of an office's own: filled in a sandbox, by the extra `docx-template`.

The template is a Word file with places such as `{{ summary.title }}`; paragraphs and rows are
repeated by `{%p for … %}` and `{%tr for … %}`. Everything that is filled in is escaped.
"""

from __future__ import annotations

import datetime
import io
import zipfile
import zlib
from collections.abc import Mapping
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from typing import Any, Final

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.shared import Cm
from jinja2 import StrictUndefined

from imfsurvey.i18n.catalogue import N_, translator
from imfsurvey.i18n.errors import RefusedError
from imfsurvey.report.annex import annex_title, chart_words, charted
from imfsurvey.report.bounded import BoundedEnvironment, Words, bounded
from imfsurvey.report.document import Chart, Summary
from imfsurvey.report.docx.elements import line_up
from imfsurvey.report.docx.look import TALLEST, TEXT_WIDTH
from imfsurvey.report.docx.package import describe, packed
from imfsurvey.report.docx.picture import draw
from imfsurvey.report.docx.word import WordDocument
from imfsurvey.report.pdf.engine import NO_DAY
from imfsurvey.report.templating import WRONG, kind_of, reason_of
from imfsurvey.source.problems import Problem, ProblemsFoundError

_LARGEST: Final = 64 * 1024**2
"""Bytes of a Word document when it is unpacked."""

_UNREADABLE: Final = (
    *(OSError, PackageNotFoundError, zipfile.BadZipFile, zlib.error, KeyError, EOFError),
    *(NotImplementedError, SyntaxError),  # packed in another way; XML that is none
)


def require_library() -> None:
    """Raise `RefusedError` when the library that fills templates of Word is not installed."""
    if find_spec("docxtpl") is None:
        raise RefusedError(
            "IMF-R110",
            "A Word template needs a further library. Install it: "
            "pip install 'imfsurvey[docx-template]', in a clone python3 dev.py extras; or take "
            "summary.docx out of the folder.",
        )


def fill_word(template: Path, summary: Summary, day: datetime.date) -> bytes:
    """The report by a template of Word; the same bytes every time.

    Raises `ProblemsFoundError`, with the file, when the template cannot be used.
    """
    from docxtpl import DocxTemplate  # type: ignore[import-untyped]  # ships no types

    try:
        package, drawn = _package(template), _drawn(summary)
        with bounded():
            filled = DocxTemplate(io.BytesIO(package))
            within = _environment()
            filled.render(_context(filled, summary, drawn, within), within, autoescape=True)
            describe(
                filled.docx,
                title=summary.title,
                subject=summary.subtitle,
                author=summary.entity,
                language=summary.language,
                day=day,
            )
            return packed(filled.docx, day)
    except _UNREADABLE as fault:
        words = N_("is no Word document that can be read: {reason}")
        raise _found("IMF-R111", words, fault, template) from fault
    except WRONG as fault:  # a `ValueError` also where the template leaves no Word document
        raise _found(*kind_of(fault), fault, template) from fault


def _package(template: Path) -> bytes:
    """The bytes of a Word document of reasonable size. Raises what is in `_UNREADABLE`."""
    content = template.read_bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        members = package.infolist()
    if sum(one.file_size for one in members) > _LARGEST:
        raise zipfile.BadZipFile(f"more than {_LARGEST} bytes when it is unpacked")
    if any(one.flag_bits & 1 for one in members):
        raise zipfile.BadZipFile("protected by a password")
    return content


def _found(code: str, words: str, fault: Exception, template: Path) -> ProblemsFoundError:
    said = {"reason": reason_of(fault)}
    return ProblemsFoundError([Problem(code, words, said, file=str(template))])


def _environment() -> BoundedEnvironment:
    """As for text: no way into the program, no name that means nothing. Nothing is included."""
    return BoundedEnvironment(autoescape=True, undefined=StrictUndefined)


def _drawn(summary: Summary) -> dict[str, list[bytes]]:
    """The pictures of every chart, before the template may ask for anything: the threads that draw
    them reserve more memory than a template gets."""
    blocks = chain.from_iterable(section.blocks for section in summary.sections)
    return draw((one for one in blocks if isinstance(one, Chart)), TEXT_WIDTH)


def _context(
    template: Any, summary: Summary, drawn: Mapping[str, list[bytes]], within: BoundedEnvironment
) -> dict[str, object]:
    """What a template may name."""
    from docxtpl import InlineImage

    t = translator(summary.language)

    def pictures(chart: Chart) -> list[object]:
        words = chart_words(chart, t)
        return [_Picture(InlineImage, template, one, words) for one in drawn[chart.svg]]

    return {
        "summary": summary,
        "annex": charted(summary),
        "annex_title": annex_title(t),
        "pictures": pictures,
        "_": Words(t, within),
    }


class _Picture:
    """A picture within the page, with its words for those who do not see it."""

    def __init__(self, image: Any, template: Any, drawn: bytes, words: str) -> None:
        self._image, self._template, self._drawn, self._words = image, template, drawn, words

    def __html__(self) -> str:
        width = Cm(TEXT_WIDTH)
        shape = docx.Document().add_picture(io.BytesIO(self._drawn), width=width)
        if shape.height > Cm(TALLEST):
            width = Cm(TEXT_WIDTH * Cm(TALLEST) / shape.height)
        put = self._image(self._template, io.BytesIO(self._drawn), width=width)
        part = self._template.current_rendering_part
        inline = part.new_pic_inline(put.image_descriptor, put.width, None)
        line_up(inline)
        inline.docPr.set("descr", self._words)
        return (
            f"</w:t></w:r><w:r><w:drawing>{inline.xml}</w:drawing></w:r>"
            '<w:r><w:t xml:space="preserve">'
        )


# --- the example ----------------------------------------------------------------------------------


def example(language: str) -> bytes:
    """A template that shows the whole report, to be changed in Word."""
    document = WordDocument(title="{{ summary.title }}", language=language, day=NO_DAY)
    document.title("{{ summary.title }}", subtitle="{{ summary.entity }}\n{{ summary.subtitle }}")
    _bullets(
        document,
        "name, value in summary.facts",
        '{{ _("{name}: {value}", name=name, value=value) }}',
    )
    document.heading(1, '{{ _("In brief") }}')
    tile = (
        "{{ tile.label }}: {{ tile.level }} {{ tile.scale }} – {{ tile.name }} {{ tile.at_most }}"
    )
    _bullets(
        document, "tile in summary.tiles", f"{tile} – {{{{ tile.index }}}} {{{{ tile.change }}}}"
    )
    _bullets(document, "said in summary.headlines", "{{ said }}")
    document.paragraph("{%p if summary.warnings %}")
    document.heading(1, '{{ _("To know before reading") }}')
    _bullets(document, "said in summary.warnings", "{{ said }}")
    document.paragraph("{%p endif %}")
    document.paragraph("{%p for section in summary.sections %}")
    document.heading(1, "{{ loop.index }}. {{ section.title }}")
    document.paragraph("{%p for one in section.blocks %}")
    _add_kinds(document)
    document.paragraph("{%p endfor %}")
    document.paragraph("{%p endfor %}")
    document.paragraph("{%p if annex %}")
    document.heading(1, "{{ annex_title }}")
    document.paragraph("{%p for one in annex %}")
    _add_table(document)
    document.paragraph("{%p endfor %}")
    document.paragraph("{%p endif %}")
    document.paragraph("{{ summary.made }}", "note")
    return document.to_bytes()


def _bullets(document: WordDocument, loop: str, line: str) -> None:
    document.paragraph(f"{{%p for {loop} %}}")
    document.bullets([line])
    document.paragraph("{%p endfor %}")


def _add_kinds(document: WordDocument) -> None:
    """One place a kind of block."""
    document.paragraph('{%p if one.kind == "heading" %}')
    document.heading(2, "{{ one.text }}")
    document.paragraph('{%p elif one.kind == "paragraph" and one.tone == "quote" %}')
    document.paragraph("{{ one.text }}", "quote")
    document.paragraph('{%p elif one.kind == "paragraph" and one.tone == "note" %}')
    document.paragraph("{{ one.text }}", "note")
    document.paragraph('{%p elif one.kind == "paragraph" %}')
    document.paragraph("{{ one.text }}")
    document.paragraph('{%p elif one.kind == "bullets" %}')
    _bullets(document, "item in one.items", "{{ item }}")
    document.paragraph('{%p elif one.kind == "chart" %}')
    document.caption("{{ one.title }}")
    document.paragraph("{%p for picture in pictures(one) %}")
    document.paragraph("{{ picture }}")
    document.paragraph("{%p endfor %}")
    document.paragraph('{%p elif one.kind == "table" %}')
    _add_table(document)
    document.paragraph("{%p endif %}")


def _add_table(document: WordDocument) -> None:
    """Columns and rows are as many as the table has."""
    document.caption("{{ one.caption }}")
    head = ("{%tc for column in one.columns %}", "{{ column }}", "{%tc endfor %}")
    loop = ("{%tr for row in one.rows %}", "", "")
    row = ("{%tc for cell in row %}", "{{ cell }}", "{%tc endfor %}")
    document.table(head, [loop, row, ("{%tr endfor %}", "", "")], widths=(1, 1, 1), words=(1,))
