"""Which results by group somebody asks for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from imfsurvey.analysis.groups import BreakdownFigures
from imfsurvey.i18n.catalogue import N_
from imfsurvey.i18n.errors import InputError, RefusedError
from imfsurvey.source.problems import Problem
from imfsurvey.study.results import WaveFigures, WaveResults


def broken_down(found: WaveResults, by: Sequence[str]) -> tuple[BreakdownFigures, ...]:
    """The results of a wave by some items, in whatever order these are named.

    Raises `InputError` A380 for what no survey of the wave declares, `RefusedError` T382 when they
    are not there yet.
    """
    declared = declared_items(found)
    for item in by:
        if item not in declared:
            raise InputError(
                "IMF-A380",
                "Results are not broken down by '{item}': no survey of the wave declares it. "
                "Declared before the staff answered: {known}.",
                item=item,
                known=", ".join(declared) or "–",
            )
    there = found.figures.breakdowns
    if not there:
        raise RefusedError(
            "IMF-T382",
            "There are no results by group in wave '{wave}' yet: once it is closed, a key holder "
            "runs 'imfsurvey wave unseal {wave}'.",
            wave=found.figures.wave,
        )
    chosen = tuple(one for one in there if set(one.by) == set(by))
    if not chosen:
        raise InputError(
            "IMF-A382",
            "Results are not broken down by {items} together: the survey lets fewer be crossed "
            "('max_breakdowns'). Name them one by one.",
            items=", ".join(f"'{item}'" for item in by),
        )
    return chosen


def declared_items(found: WaveResults) -> tuple[str, ...]:
    """The items that the surveys of a wave declare for breakdowns."""
    return tuple(
        dict.fromkeys(
            item
            for one in found.questionnaires.values()
            if one.kind == "perception"
            for item in one.privacy.breakdown_by
        )
    )


def headcount_problems(figures: WaveFigures) -> Iterator[Problem]:
    """Groups from which more answers came than people belong to them, as far as that may be said.

    No reason to refuse: somebody may have named the wrong group, and nobody can ask who.
    """
    for one in figures.breakdowns:
        for group in one.groups:
            if group.responses.too_many:
                yield Problem(
                    "IMF-A381",
                    N_(
                        "more people answered as '{group}' than its headcount says, {headcount}: "
                        "some named the wrong group, or the headcount is wrong"
                    ),
                    {"group": str(group.codes[0]), "headcount": group.responses.headcount or 0},
                    one.questionnaire,
                    severity="warning",
                )
