"""Self-assessment beside perception as lines of text, for the screen and the command line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from imfsurvey.analysis.gap import TopicGap, doubtful_pillars, mean_distance, mean_gap
from imfsurvey.i18n.catalogue import Translator
from imfsurvey.report.parts.gap import (
    averages,
    doubted_pillars,
    favourable,
    ordered,
    reading,
    ruler_note,
)
from imfsurvey.report.words import Words
from imfsurvey.study.perceived import gaps_of
from imfsurvey.study.results import WaveResults

_FIGURE: Final = 8


def gap_lines(found: WaveResults, t: Translator) -> Iterator[str]:
    """What is not confirmed first; every topic takes two lines, label and figures."""
    gaps, words = gaps_of(found), Words(t.language, found.framework)
    if not gaps:
        yield t("No topic was measured both by the self-assessment and by the staff.")
        return
    yield from (f"! {said}" for said in doubted_pillars(gaps, words))
    said = averages(gaps, words)
    if said:
        yield said
    yield ""
    heads = (t("Level"), t("Claimed"), t("Seen"), t("Gap"), t("Favour."))
    yield "".join(f"{head[: _FIGURE - 1]:>{_FIGURE}}" for head in heads)
    for one in ordered(gaps):
        yield f"{'! ' if one.confirmed is False else ''}{words.label(one.topic)}"
        yield _figures(one, words)
    yield ""
    yield ruler_note(t)


def _figures(one: TopicGap, words: Words) -> str:
    cells = (
        words.count(one.level),
        words.index(one.claimed),
        words.index(one.seen),
        words.change(one.claimed, one.seen),
        favourable(one, words),
    )
    figures = "".join(f"{cell:>{_FIGURE}}" for cell in cells)
    return f"{figures}  {reading(one, words.t)}"


def gap_data(found: WaveResults) -> dict[str, Any]:
    """The same for programs; None stands where there is no figure."""
    gaps = gaps_of(found)
    return {
        "wave": found.figures.wave,
        "mean": mean_gap(gaps),
        "mean_distance": mean_distance(gaps),
        "doubtful_pillars": [one.id for one in doubtful_pillars(found.framework, gaps)],
        "topics": [
            {
                "topic": one.topic,
                "level": one.level,
                "claimed": one.claimed,
                "seen": one.seen,
                "interval": one.interval,
                "gap": one.gap,
                "size": one.size,
                "favourable": None if one.favourable is None else float(one.favourable),
                "confirmed": one.confirmed,
            }
            for one in ordered(gaps)
        ],
    }
