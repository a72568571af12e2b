"""The index of every theme over all measurements, each with what chance leaves open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from imfsurvey.analysis.figures import PerceptionFigures, ThemeFigures
from imfsurvey.questionnaire import Questionnaire
from imfsurvey.report.charts.drawing import NARROW, WIDE
from imfsurvey.report.charts.multiples import Panel, draw_multiples
from imfsurvey.report.document import Chart, Table
from imfsurvey.report.parts.series import moment
from imfsurvey.report.statistics import bounds, census
from imfsurvey.report.view import View
from imfsurvey.report.words import NO_FIGURE
from imfsurvey.study.comparison import Comparison, compare
from imfsurvey.study.results import WaveResults


def over_time(view: View, questionnaire: Questionnaire, name: str) -> Iterator[Chart]:
    """A small panel for each theme that at least two measurements asked alike; else nothing."""
    waves = [one for one in view.series if _survey(one, questionnaire.id) is not None]
    if len(waves) < 2:
        return
    alike = _comparisons(view, waves)
    panels, rows = [], []
    for theme in questionnaire.themes:
        found = [
            _theme(one, questionnaire.id, theme.id, comparison)
            for one, comparison in zip(waves, alike, strict=True)
        ]
        if sum(one is not None and one.index is not None for one in found) < 2:
            continue
        label = view.words.text(theme.label)
        panels.append(_panel(view, label, found))
        rows.append((label, *(_cell(view, one) for one in found)))
    if not panels:
        return
    t = view.t
    moments = [moment(view, one) for one in waves]
    title = t("Index of the themes with its 95% interval, measurement by measurement")
    yield Chart(
        title=title,
        svg=draw_multiples(name, WIDE, title, moments, panels),
        narrow=draw_multiples(f"{name}-narrow", NARROW, title, moments, panels),
        table=Table(title, (t("Theme"), *moments), tuple(rows)),
    )


def _survey(wave: WaveResults, questionnaire: str) -> PerceptionFigures | None:
    found = (one for one in wave.figures.perception if one.questionnaire == questionnaire)
    return next(found, None)


def _comparisons(view: View, waves: Sequence[WaveResults]) -> list[Comparison | None]:
    """Each measurement laid beside the present one; None for that one itself."""
    return [
        None if one is view.now else compare(one, view.now, waves[number + 1 : -1])
        for number, one in enumerate(waves)
    ]


def _theme(
    wave: WaveResults, questionnaire: str, theme: str, comparison: Comparison | None
) -> ThemeFigures | None:
    """A theme in one measurement, where it is made of the same statements as now."""
    survey = _survey(wave, questionnaire)
    if survey is None:
        return None
    if comparison is not None:
        alike = comparison.themes.get((questionnaire, theme))
        if alike is None or alike.likeness == "other":
            return None
    return next((one for one in survey.themes if one.theme == theme), None)


def _cell(view: View, one: ThemeFigures | None) -> str:
    if one is None or one.index is None:
        return NO_FIGURE
    index, t = view.words.index(one.index), view.t
    if one.census:
        return t("{figure} ({bounds})", figure=index, bounds=census(t))
    if one.index_interval is None:
        return index
    return t("{figure} ({bounds})", figure=index, bounds=bounds(one.index_interval, t, 0))


def _panel(view: View, label: str, found: Sequence[ThemeFigures | None]) -> Panel:
    said = [_cell(view, one) for one in found]
    return Panel(
        label=label,
        pillar=-1,
        values=tuple(None if one is None else one.index for one in found),
        words=tuple(NO_FIGURE if one is None else view.words.index(one.index) for one in found),
        spoken=view.t("{label}: {said}.", label=label, said=", ".join(said)),
        bands=tuple(None if one is None else one.index_interval for one in found),
    )
