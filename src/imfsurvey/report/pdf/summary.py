"""The summary report as a PDF: the view model of all its forms, walked by Typst."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import asdict
from typing import Final

from imfsurvey.i18n.catalogue import Translator, translator
from imfsurvey.report.annex import annex_title, chart_words, charted
from imfsurvey.report.columns import Type, fit
from imfsurvey.report.document import Block, Chart, Summary, Table
from imfsurvey.report.pdf.cutting import pages
from imfsurvey.report.pdf.engine import pdf
from imfsurvey.report.pdf.texts import line

_ROOM: Final = 170 * 72 / 25.4
"""Points between the margins of the page."""

_BESIDE: Final = 64
"""Letters of a name in the lines above and below every page, of which there is one."""

_TYPES: Final = (Type(8.5, 11.4), Type(7.5, 8), Type(6.5, 5.7))
"""Those of tables, the first that leaves words whole."""


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
            "running": [line(summary.entity, _BESIDE), line(summary.subtitle, _BESIDE)],
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
                "annex": annex_title(t),
            },
            "parts": [
                {
                    "title": f"{number}. {section.title}",
                    "blocks": [_block(one, t) for one in section.blocks],
                }
                for number, section in enumerate(summary.sections, start=1)
            ],
            "annex": [_block(table, t) for table in charted(summary)],
        },
        language=summary.language,
        title=f"{summary.title} – {line(summary.entity, _BESIDE)}",
        day=made_on,
    )


def _block(block: Block, t: Translator) -> Mapping[str, object]:
    """A block as data. A chart has words for who does not see it."""
    if isinstance(block, Chart):
        alt = chart_words(block, t)
        drawn = {"title": block.title, "alt": alt, "pages": pages(block.svg)}
        return {"kind": block.kind, **drawn}
    if isinstance(block, Table):
        laid = fit(block.columns, block.rows, block.words, room=_ROOM, types=_TYPES)
        look = {"widths": laid.widths, "size": laid.type.size, "beside": laid.type.beside}
        return {"kind": block.kind, **asdict(block), **look}
    return {"kind": block.kind, **asdict(block)}
