"""What tests ask of a report: its parts, and the tables, charts and sentences in one of them."""

from __future__ import annotations

from measured import MADE_ON

from imfsurvey.report import Summary, summary
from imfsurvey.report.document import Block, Bullets, Chart, Paragraph, Table
from imfsurvey.study.actions.action import Action
from imfsurvey.study.results import WaveResults


def english(*waves: WaveResults, actions: tuple[Action, ...] = ()) -> Summary:
    """The report in English."""
    return summary(waves, "en", MADE_ON, actions)


def section_ids(report: Summary) -> list[str]:
    """The parts of a report, in order."""
    return [section.id for section in report.sections]


def blocks(report: Summary, ident: str) -> tuple[Block, ...]:
    """The blocks of one part."""
    return next(section.blocks for section in report.sections if section.id == ident)


def charts(report: Summary, ident: str) -> list[Chart]:
    """The charts of one part."""
    return [block for block in blocks(report, ident) if isinstance(block, Chart)]


def tables(report: Summary, ident: str) -> list[Table]:
    """The tables of one part, those behind charts included."""
    found = [one.table if isinstance(one, Chart) else one for one in blocks(report, ident)]
    return [block for block in found if isinstance(block, Table)]


def table(report: Summary, ident: str, caption: str) -> Table:
    """A table of one part, by the beginning of its caption."""
    return next(one for one in tables(report, ident) if one.caption.startswith(caption))


def sentences(report: Summary, ident: str) -> list[str]:
    """The paragraphs and list items of one part."""
    said: list[str] = []
    for block in blocks(report, ident):
        if isinstance(block, Paragraph):
            said.append(block.text)
        elif isinstance(block, Bullets):
            said += block.items
    return said


def said(report: Summary, ident: str) -> str:
    """The same as one text, a line each."""
    return "\n".join(sentences(report, ident))
