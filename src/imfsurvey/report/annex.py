"""The annex of a report on paper: what its charts say, in figures."""

from __future__ import annotations

from imfsurvey.i18n.catalogue import Translator
from imfsurvey.report.document import Chart, Summary, Table


def annex_title(t: Translator) -> str:
    """Its heading."""
    return t("Annex: the figures of the charts")


def charted(summary: Summary) -> list[Table]:
    """The tables that say what the charts show, in their order."""
    blocks = [one for section in summary.sections for one in section.blocks]
    return [one.table for one in blocks if isinstance(one, Chart)]


def chart_words(chart: Chart, t: Translator) -> str:
    """What is said in place of a chart to those who do not see it."""
    return t("Chart: {title}. The same figures are in the annex.", title=chart.title)
