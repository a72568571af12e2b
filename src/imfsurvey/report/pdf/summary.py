"""The summary report as a PDF: the same view model as HTML and Markdown, walked by Typst."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import asdict

from imfsurvey.i18n.catalogue import Translator, translator
from imfsurvey.report.document import Block, Chart, Summary, Table
from imfsurvey.report.pdf.cutting import pages
from imfsurvey.report.pdf.engine import pdf

_NARROWEST, _WHOLE, _WIDEST = 7, 16, 40
"""Letters for which a column of a table has room: at least, so that cells stay on one line if they
are no longer, at most."""


def summary_pdf(summary: Summary, made_on: datetime.date) -> bytes:
    """The whole report, dated `made_on` within the file: the same bytes for the same report.

    The first page holds what a reader in a hurry must know. Charts are drawn in the parts; what
    they say in figures stands in tables in an annex. Raises RefusedError (IMF-R101).
    """
    t = translator(summary.language)
    return pdf(
        "summary",
        {
            "entity": summary.entity,
            "heading": summary.title,
            "subtitle": summary.subtitle,
            "facts": summary.facts,
            "warnings": summary.warnings,
            "headlines": summary.headlines,
            "tiles": [asdict(tile) for tile in summary.tiles],
            "made": summary.made,
            "labels": {
                "brief": t("In brief"),
                "warnings": t("To know before reading"),
                "contents": t("Contents"),
                "annex": _annex(t),
            },
            "parts": [
                {
                    "title": f"{number}. {section.title}",
                    "blocks": [_block(one, t) for one in section.blocks],
                }
                for number, section in enumerate(summary.sections, start=1)
            ],
            "annex": [_block(table, t) for table in _charted(summary)],
        },
        language=summary.language,
        title=f"{summary.title} – {summary.entity}",
        day=made_on,
    )


def _annex(t: Translator) -> str:
    return t("Annex: the figures of the charts")


def _charted(summary: Summary) -> list[Table]:
    """The tables that say what the charts show."""
    blocks = [one for section in summary.sections for one in section.blocks]
    return [one.table for one in blocks if isinstance(one, Chart)]


def _block(block: Block, t: Translator) -> Mapping[str, object]:
    """A block as data. A chart has words for who does not see it."""
    if isinstance(block, Chart):
        alt = t("Chart: {title}. The same figures are in the annex.", title=block.title)
        drawn = {"title": block.title, "alt": alt, "pages": pages(block.svg)}
        return {"kind": block.kind, **drawn}
    if isinstance(block, Table):
        return {"kind": block.kind, **asdict(block), "widths": _widths(block)}
    return {"kind": block.kind, **asdict(block)}


def _widths(table: Table) -> list[int]:
    """Shares of the width, by what is in the columns: much text gets much room, up to a limit."""
    columns = zip(table.columns, *table.rows, strict=True)
    return [_width(head, cells) for head, *cells in columns]


def _width(head: str, cells: list[str]) -> int:
    average = sum(map(len, cells)) // max(len(cells), 1)
    longest_word = max((len(word) for text in (head, *cells) for word in text.split()), default=0)
    short_whole = min(max(map(len, cells), default=0), _WHOLE)
    return min(max(average, longest_word, short_whole, _NARROWEST), _WIDEST)
