"""Invented responses in the boxes of a wave, through the same door as real ones."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

from imfsurvey.i18n.errors import RefusedError
from imfsurvey.interview import Interview
from imfsurvey.interview.simulate import Climate, simulated
from imfsurvey.study.boxes import Submission, count_responses, submit
from imfsurvey.study.scoring import surveys
from imfsurvey.study.wave import Wave

Progress = Callable[[int, int], None]
"""Told how many responses are stored, and how many there will be."""


def simulate(
    wave: Wave,
    count: int,
    seed: int,
    *,
    climate: Climate | None = None,
    progress: Progress | None = None,
) -> None:
    """Store `count` invented responses to each survey of an open wave.

    The same seed gives the same answers; where they lie is left to chance, as always. Raises
    `RefusedError` when the wave is not open, has no survey, or has fewer people left than that;
    `StorageError` when the disk fails.
    """
    wave.require("open")
    if not surveys(wave):
        raise RefusedError(
            "IMF-T150", "Wave '{wave}' has no anonymous questionnaire to fill.", wave=wave.id
        )
    for survey in surveys(wave):
        stored = count_responses(wave, survey)
        if stored + count > wave.headcount:
            raise RefusedError(
                "IMF-T151",
                "{count} more responses would be too many: wave '{wave}' counts {headcount} "
                "people, those who have answered among them.",
                count=count,
                headcount=wave.headcount,
                wave=wave.id,
            )
    shared = replace(
        climate or Climate(), group_sizes=[group.headcount for group in wave.file.groups]
    )
    rng = random.Random(seed)
    total, done = count * len(surveys(wave)), 0
    for survey in surveys(wave):
        for _ in range(count):
            interview = Interview(
                survey,
                wave.framework,
                survey.questionnaire.default_language,
                groups=wave.groups,
                today=wave.file.opened_on,
            )
            simulated(interview, rng, shared)
            submit(wave, survey, Submission(), interview.response())
            done += 1
            if progress is not None:
                progress(done, total)
