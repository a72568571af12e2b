"""Targets, and all measurements in a row, as lines of text for the screen and the command line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from imfsurvey.faces.words import row_label
from imfsurvey.framework import Framework, Node
from imfsurvey.framework.model import OVERALL
from imfsurvey.i18n.catalogue import Translator
from imfsurvey.report.words import NO_FIGURE, Words
from imfsurvey.study.fitness import left_out, serves
from imfsurvey.study.results import WaveResults
from imfsurvey.study.series import Trend, levels_now, to_target, trend

_LABEL: Final = 34
_COLUMN: Final = 14
MOST_GAPS: Final = 8
_MOST_WAVES: Final = 3
"""So many measurements fit in 80 columns beside the target: the zero one and the last ones."""


def progress_lines(waves: Sequence[WaveResults], t: Translator) -> Iterator[str]:
    """The lines for the last of `waves`, in order of time, with the ones before it; sentences may
    be longer than a line."""
    now = waves[-1]
    if now.figures.maturity is None:
        yield t("No self-assessment was given in this wave.")
        return
    yield from _targets(now, t)
    if not serves(now.figures):
        return
    found = trend(_compared(waves, left_out(waves)))
    if found is None:
        yield ""
        yield t("There is no earlier measurement that it can be compared with.")
        return
    yield from _series(found, t)


def _compared(waves: Sequence[WaveResults], left: Sequence[WaveResults]) -> list[WaveResults]:
    """The waves without those that cannot be laid beside the others."""
    return [one for one in waves if all(one is not other for other in left)]


def tabular(line: str) -> bool:
    """Whether a line is one of columns, to be left as it is."""
    return "   " in line


def _targets(now: WaveResults, t: Translator) -> Iterator[str]:
    words = Words(t.language, now.framework)
    share = to_target(now)
    if share is None:
        yield t("No targets are set.")
        return
    yield t("Percent to target: {share}", share=words.share(share))
    levels = levels_now(now)
    missing = [
        (one.level - levels[one.topic], one)
        for one in now.figures.targets
        if one.topic in levels and one.level > levels[one.topic]
    ]
    missing.sort(key=lambda pair: -pair[0])
    total = sum(one.topic in levels for one in now.figures.targets)
    yield t("Targets reached: {reached} of {total}.", reached=total - len(missing), total=total)
    if missing:
        yield ""
        yield t("Furthest from their target")
    for short, one in missing[:MOST_GAPS]:
        label = words.label(one.topic)
        yield t("{now} → {target}  {topic}", now=one.level - short, target=one.level, topic=label)


def _series(found: Trend, t: Translator) -> Iterator[str]:
    points = [found.points[0], *found.points[1:][-(_MOST_WAVES - 1) :]]
    framework = points[-1].wave.framework
    words = Words(t.language, framework)
    yield ""
    done = found.progress()
    if done is not None:
        yield t("Of what was missing at first, {share} is there now.", share=words.share(done))
    yield t("Level and core index (0 to 100), measurement by measurement")
    heads = "".join(f"{point.wave.figures.wave[: _COLUMN - 1]:>{_COLUMN}}" for point in points)
    yield f"{'':<{_LABEL}}{heads}"
    for ident, label in _nodes(framework, words):
        cells = []
        for point in points:
            node = point.nodes.get(ident)
            level = NO_FIGURE if node is None else words.bounded(node.demonstrated, None)
            index = words.index(node.core_index if node else None)
            cells.append(f"{f'{level} ({index})':>{_COLUMN}}")
        yield f"{row_label(label, _LABEL)}{''.join(cells)}"
    if between := len(found.points) - len(points):
        yield ""
        yield t.plural(
            "{n} measurement in between has no room here: the report shows them all.",
            "{n} measurements in between have no room here: the report shows them all.",
            between,
        )
    if found.dropped:
        yield ""
        names = words.listed([words.label(topic) for topic in found.dropped])
        yield t("Not asked alike in all of them, left out: {topics}", topics=names)
    if not all(point.as_released for point in points):
        yield t("Earlier figures are by the present rule, on the same topics; the report has both.")


def trend_data(waves: Sequence[WaveResults]) -> dict[str, Any]:
    """The same for programs; None stands where there is no figure."""
    now = waves[-1]
    left = left_out(waves)
    found = trend(_compared(waves, left)) if serves(now.figures) else None
    return {
        "wave": now.figures.wave,
        "percent_to_target": to_target(now),
        "progress": found.progress() if found else None,
        "since": found.points[0].wave.figures.wave if found else None,
        "left_out": [one.figures.wave for one in left],
        "topics_left_out": list(found.dropped) if found else [],
        "points": [
            {
                "wave": point.wave.figures.wave,
                "as_released": point.as_released,
                "nodes": {
                    ident: {"level": node.demonstrated, "core_index": node.core_index}
                    for ident, node in point.nodes.items()
                },
            }
            for point in (found.points if found else ())
        ],
    }


def _nodes(framework: Framework, words: Words) -> Iterator[tuple[str, str]]:
    yield OVERALL, words.t("Overall")

    def below(node: Node, depth: int) -> Iterator[tuple[str, str]]:
        yield node.id, "  " * depth + words.label(node.id)
        for child in node.children:
            yield from below(child, depth + 1)

    for pillar in framework.pillars:
        yield from below(pillar, 0)
