"""The blocks of a report's view model in a Word document."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from itertools import chain

from imfsurvey.i18n.catalogue import translator
from imfsurvey.report.annex import annex_title, chart_words, charted
from imfsurvey.report.document import (
    Block,
    Bullets,
    Chart,
    Heading,
    Paragraph,
    Section,
    Summary,
    Table,
)
from imfsurvey.report.docx.look import TEXT_WIDTH
from imfsurvey.report.docx.picture import draw
from imfsurvey.report.docx.word import WordDocument


def summary_document(summary: Summary, day: datetime.date) -> WordDocument:
    """A summary report with a table of contents; `day` is the date in the file.

    As on paper, what a reader in a hurry must know comes first; charts are drawn in the parts, and
    what they say in figures stands in tables in an annex, which an office can edit.
    """
    t = translator(summary.language)
    document = WordDocument(
        title=summary.title,
        subject=summary.subtitle,
        author=summary.entity,
        language=summary.language,
        day=day,
        numbered=True,
    )
    document.title(summary.title, subtitle=f"{summary.entity}\n{summary.subtitle}")
    document.bullets(t("{name}: {value}", name=name, value=value) for name, value in summary.facts)
    if summary.headlines:
        document.heading(1, t("In brief"), numbered=False)
        _add_tiles(document, summary)
        document.bullets(summary.headlines)
    if summary.warnings:
        document.heading(1, t("To know before reading"), numbered=False)
        document.bullets(summary.warnings)
    document.paragraph(summary.made, "note")
    document.page_break()
    document.contents()
    add_sections(document, summary.sections)
    figures = charted(summary)
    if figures:
        document.page_break()
        document.heading(1, annex_title(t), numbered=False)
        for table in figures:
            _add_table(document, table)
    return document


def add_sections(document: WordDocument, sections: Sequence[Section]) -> None:
    """Parts with their headings; headings inside them are one level deeper. Charts are drawn:
    their tables are for an annex. Raises `RefusedError` (IMF-R320) when one cannot be drawn."""
    blocks = chain.from_iterable(section.blocks for section in sections)
    drawn = draw((one for one in blocks if isinstance(one, Chart)), TEXT_WIDTH)
    for section in sections:
        document.heading(1, section.title)
        for block in section.blocks:
            _add_block(document, block, drawn)


def _add_block(document: WordDocument, block: Block, drawn: Mapping[str, Sequence[bytes]]) -> None:
    match block:
        case Heading():
            document.heading(2, block.text)
        case Paragraph():
            document.paragraph(block.text, block.tone)
        case Bullets():
            document.bullets(block.items)
        case Table():
            _add_table(document, block)
        case Chart():
            _add_chart(document, block, drawn[block.svg])


def _add_chart(document: WordDocument, chart: Chart, pictures: Sequence[bytes]) -> None:
    """A drawing below its title; one that is higher than a page comes in several."""
    words = chart_words(chart, document.t)
    for number, picture in enumerate(pictures, start=1):
        count = f" ({number}/{len(pictures)})" if len(pictures) > 1 else ""
        document.caption(chart.title + count)
        document.picture(picture, alt=words + count)


def _add_table(document: WordDocument, table: Table) -> None:
    document.table(table.columns, table.rows, caption=table.caption, words=table.words)


def _add_tiles(document: WordDocument, summary: Summary) -> None:
    """The levels at a glance."""
    document.bullets(
        " – ".join(
            part
            for part in (
                f"{document.t('{name}: {value}', name=tile.label, value=tile.level)} {tile.scale}",
                tile.name,
                tile.at_most,
                tile.index,
                tile.change,
            )
            if part
        )
        for tile in summary.tiles
    )
