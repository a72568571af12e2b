"""Whether a wave can serve as the measurement that it is meant to be, and be compared with others.

Nothing is repaired or guessed here: what is missing is said, with a code.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from imfsurvey.framework import Framework
from imfsurvey.source.problems import Problem
from imfsurvey.study.results import WaveFigures, WaveResults
from imfsurvey.study.wave import Wave


def serves(figures: WaveFigures) -> bool:
    """Whether enough core topics were rated; a wave without a self-assessment claims nothing."""
    return figures.maturity is None or not figures.maturity.overall.incomplete


def too_little(figures: WaveFigures, framework: Framework) -> Problem | None:
    """Why a wave cannot serve as a measurement; None when it can."""
    if figures.maturity is None or serves(figures):
        return None
    overall = figures.maturity.overall
    return Problem(
        "IMF-T430",
        "Only {rated} of the {total} core topics in scope are rated, and at least {needed} percent "
        "are needed: this wave cannot serve as a zero, annual or final measurement.",
        {
            "rated": round((overall.coverage or 0) * overall.in_scope),
            "total": overall.in_scope,
            "needed": framework.aggregation.coverage,
        },
        severity="warning",
    )


def comparable(then: Framework, now: Framework) -> bool:
    """Whether levels and indices under one framework mean something under another: the same
    framework by its id, and as many levels."""
    same = then.framework.id == now.framework.id
    return same and then.max_level == now.max_level


def other_rule(then: Framework, now: Framework) -> bool:
    """Whether the same ratings could have given other levels or indices."""
    return (
        then.aggregation != now.aggregation
        or then.gate != now.gate
        or [level.value for level in then.levels] != [level.value for level in now.levels]
        or _shape(then) != _shape(now)
    )


def _shape(framework: Framework) -> list[object]:
    nodes = [(ident, node.role) for ident, node in framework.nodes.items()]
    topics = [(one.id, one.under, one.layer, one.step) for one in framework.topics]
    return [*nodes, *topics]


Reader = Callable[[Wave], WaveFigures]
"""Gives the released figures of a closed wave."""


def before_opening(
    wave: Wave, earlier: Sequence[Wave], empty: Sequence[str], read: Reader
) -> list[Problem]:
    """What to know before a wave opens; `empty`: groups nobody is in."""
    return [*_cycle(wave, earlier, read), *_empty(empty)]


def remarks(
    wave: Wave, figures: WaveFigures, earlier: Sequence[Wave], read: Reader
) -> tuple[Problem, ...]:
    """What keeps a wave from serving, or from being compared with the closed waves before it."""
    empty = [group.id for group in wave.file.groups if not group.headcount]
    if figures.maturity is None:
        return tuple(_empty(empty))
    little = too_little(figures, wave.framework)
    return (*([little] if little else []), *_cycle(wave, earlier, read), *_empty(empty))


def replaced(wave: Wave, later: Wave) -> Problem:
    """That a correction counts instead of a wave, and why."""
    why = later.file.revision.why if later.file.revision is not None else ""
    return Problem(
        "IMF-T464",
        "Wave '{wave}' was corrected: '{later}' counts instead of it. Reason given: {why}",
        {"wave": wave.id, "later": later.id, "why": why},
        severity="warning",
    )


def _cycle(wave: Wave, earlier: Sequence[Wave], read: Reader) -> Iterator[Problem]:
    if wave.file.kind != "zero":
        yield from _zero(wave, earlier, read)
    yield from _frameworks(wave, earlier)


def _zero(wave: Wave, earlier: Sequence[Wave], read: Reader) -> Iterator[Problem]:
    zeros = [one for one in earlier if one.file.kind == "zero"]
    if not zeros:
        yield Problem(
            "IMF-T431",
            "There is no closed zero measurement before wave '{wave}': nothing can be said of "
            "progress since then.",
            {"wave": wave.id},
            severity="warning",
        )
    elif not serves(read(zeros[0])):
        yield Problem(
            "IMF-T435",
            "Too few core topics were rated in wave '{zero}' for a zero measurement: wave '{wave}' "
            "is not compared with it.",
            {"zero": zeros[0].id, "wave": wave.id},
            severity="warning",
        )


def _frameworks(wave: Wave, earlier: Sequence[Wave]) -> Iterator[Problem]:
    """Earlier waves under another framework or rule; those with the same file are not even read."""
    mine = wave.file.framework
    for one in earlier:
        if mine is not None and one.file.framework == mine:
            continue
        params = {"earlier": one.id, "wave": wave.id}
        if not comparable(one.framework, wave.framework):
            yield Problem(
                "IMF-T432",
                "Waves '{earlier}' and '{wave}' cannot be compared: they were rated with different "
                "frameworks or on different scales.",
                params,
                severity="warning",
            )
        elif other_rule(one.framework, wave.framework):
            yield Problem(
                "IMF-T433",
                "The rule that makes levels has changed since wave '{earlier}': its ratings are "
                "also scored by the rule of wave '{wave}', and both figures are shown.",
                params,
                severity="warning",
            )


def _empty(groups: Sequence[str]) -> Iterator[Problem]:
    for group in groups:
        yield Problem(
            "IMF-T434",
            "Nobody is in group '{group}' (headcount 0): correct the headcount, or leave the "
            "group out.",
            {"group": group},
            severity="warning",
        )


def left_out(waves: Sequence[WaveResults]) -> tuple[WaveResults, ...]:
    """Of waves in order of time, the earlier ones that the last one is not compared with."""
    *earlier, now = waves
    return tuple(
        one
        for one in earlier
        if not serves(one.figures) or not comparable(one.framework, now.framework)
    )
