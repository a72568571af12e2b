"""What was rated in the measurement before: shown beside a question, never copied into it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from imfsurvey.study.agreeing import said
from imfsurvey.study.comparison import compare
from imfsurvey.study.folder import Study
from imfsurvey.study.kinds import INTERNAL, Rater, Said
from imfsurvey.study.life import closed_before, released
from imfsurvey.study.results import WaveFigures
from imfsurvey.study.wave import Wave


@dataclass(frozen=True)
class LastTime:
    """The measurement before, as far as the same was asked."""

    wave: Wave
    ratings: Mapping[str, Said]
    """By topic."""


def last_time(wave: Wave, rater: Rater) -> LastTime | None:
    """What a rater is reminded of in an open wave: their own ratings of the last closed wave, else
    those that counted there. The external rater is only reminded of their own.

    None in a zero measurement, which shall not be guided by anything, in a revision, which begins
    with the ratings as they were, and where there is nothing to show. A topic that is asked in
    another way since is left out.
    """
    study = Study.around(wave.folder)
    if study is None or wave.file.kind == "zero" or wave.file.revision is not None:
        return None
    closed = closed_before(study, wave)
    if not closed:
        return None
    before = closed[-1]
    ratings = _ratings(released(before), rater)
    if not ratings:
        return None
    if not _same_files(before, wave):
        compared = compare(before, wave)
        ratings = {topic: one for topic, one in ratings.items() if compared.comparable(topic)}
    return LastTime(before, ratings)


def _ratings(figures: WaveFigures, rater: Rater) -> dict[str, Said]:
    own = next((side.ratings for side in figures.sides if side.rater == rater), None)
    if own is not None:
        return dict(own)
    if figures.maturity is None or (rater not in INTERNAL and figures.rater != rater):
        return {}
    return {topic: said(rating) for topic, rating in figures.maturity.ratings.items()}


def _same_files(before: Wave, now: Wave) -> bool:
    """Whether nothing was changed, as mostly: then nothing has to be read to compare."""
    mine, theirs = now.file, before.file
    known = {one.file: one.hash for one in theirs.frozen}
    return mine.framework == theirs.framework and all(
        known.get(one.file, one.hash) == one.hash for one in mine.frozen
    )
