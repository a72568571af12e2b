"""The blocks of a report's view model in a Word document."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from imfsurvey.i18n.catalogue import translator
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
from imfsurvey.report.docx.picture import png
from imfsurvey.report.docx.word import WordDocument


def summary_document(summary: Summary, day: datetime.date) -> WordDocument:
    """A summary report with a table of contents; `day` is the date in the file."""
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
    if summary.warnings:
        document.paragraph(t("To know before reading"), "note")
        document.bullets(summary.warnings)
    document.contents()
    if summary.headlines:
        document.heading(1, t("In brief"))
        document.bullets(summary.headlines)
        _add_tiles(document, summary)
    for section in summary.sections:
        add_section(document, section)
    document.paragraph(summary.made, "note")
    return document


def add_section(document: WordDocument, section: Section, level: int = 1) -> None:
    """A part with its heading; headings inside it are one level deeper."""
    document.heading(level, section.title)
    add_blocks(document, section.blocks, level + 1)


def add_blocks(document: WordDocument, blocks: Iterable[Block], level: int = 2) -> None:
    """Blocks in their order; `level` is that of their headings."""
    for block in blocks:
        match block:
            case Heading():
                document.heading(level, block.text)
            case Paragraph():
                document.paragraph(block.text, block.tone)
            case Bullets():
                document.bullets(block.items)
            case Table():
                _add_table(document, block)
            case Chart():
                # The table says the same, and can be edited where a picture cannot.
                document.picture(png(block.svg, TEXT_WIDTH), alt=block.title)
                _add_table(document, block.table)


def _add_table(document: WordDocument, table: Table) -> None:
    document.table(table.columns, table.rows, caption=table.caption, words=table.words)


def _add_tiles(document: WordDocument, summary: Summary) -> None:
    """The levels at a glance."""
    document.bullets(
        " – ".join(
            part
            for part in (
                f"{tile.label} {tile.level} {tile.scale}",
                tile.name,
                tile.at_most,
                tile.index,
                tile.change,
            )
            if part
        )
        for tile in summary.tiles
    )
