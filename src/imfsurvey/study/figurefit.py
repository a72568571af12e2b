"""Whether kept figures are about what their wave asks: not in a file that somebody has changed, or
copied from another wave. Screens and reports look names up without asking again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from imfsurvey.analysis.figures import (
    ItemFigures,
    MaturityFigures,
    NodeFigures,
    PerceptionFigures,
)
from imfsurvey.analysis.groups import BreakdownFigures, GroupFigures
from imfsurvey.framework import Framework
from imfsurvey.questionnaire import LikertItem, Questionnaire


def perception_fits(figures: PerceptionFigures, surveys: Mapping[str, Questionnaire]) -> bool:
    """Whether the survey has these themes and statements, and their scales so many codes."""
    survey = surveys.get(figures.questionnaire)
    return (
        survey is not None
        and {one.theme for one in figures.themes} <= _themes(survey)
        and {one.item for one in figures.choices or ()} <= survey.items.keys()
        and all(_counts_fit(one, survey) for one in figures.items)
    )


def breakdown_fits(figures: BreakdownFigures, surveys: Mapping[str, Questionnaire]) -> bool:
    """Whether the survey has these themes and statements, the same ones for all groups."""
    survey = surveys.get(figures.questionnaire)
    if survey is None or not set(figures.by) <= survey.items.keys():
        return False
    told = {_told(one) for one in figures.groups}
    return (
        len(told) <= 1
        and all(len(one.codes) == len(figures.by) for one in figures.groups)
        and all(
            set(items) <= _statements(survey) and set(themes) <= _themes(survey)
            for items, themes in told
        )
    )


def maturity_fits(figures: MaturityFigures, framework: Framework) -> bool:
    """Whether the framework has these nodes and levels, and what binds a node lies below it."""
    if not figures.nodes.keys() <= framework.nodes.keys():
        return False
    below = {node: {child.id for child in framework.nodes[node].children} for node in figures.nodes}
    overall = {node.id for node in framework.tree}
    return (
        all(_node_fits(one, below[node], framework) for node, one in figures.nodes.items())
        and _node_fits(figures.overall, overall, framework)
        and _are_levels((one.level for one in figures.ratings.values()), framework)
    )


def _node_fits(figures: NodeFigures, below: Collection[str], framework: Framework) -> bool:
    return _are_levels((figures.demonstrated, figures.at_most), framework) and all(
        child in below or child in framework.topic_by_id for child in figures.binding
    )


def _are_levels(levels: Iterable[int | None], framework: Framework) -> bool:
    return all(level is None or 0 <= level <= framework.max_level for level in levels)


def _counts_fit(figures: ItemFigures, survey: Questionnaire) -> bool:
    """A statement; a count for each code of its scale, or none at all."""
    item = survey.items.get(figures.item)
    return isinstance(item, LikertItem) and (
        figures.counts is None or len(figures.counts) == len(survey.scales[item.scale].values)
    )


def _told(group: GroupFigures) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The statements and the themes of a group."""
    return tuple(one.of for one in group.items), tuple(one.of for one in group.themes)


def _statements(survey: Questionnaire) -> set[str]:
    return {ident for ident, item in survey.items.items() if isinstance(item, LikertItem)}


def _themes(survey: Questionnaire) -> set[str]:
    return {one.id for one in survey.themes}
