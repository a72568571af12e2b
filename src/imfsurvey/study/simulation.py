"""Invented responses in the boxes of a wave, through the same door as real ones."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from imfsurvey.i18n.errors import RefusedError
from imfsurvey.interview import Answer, Interview
from imfsurvey.interview.simulate import Climate, simulated
from imfsurvey.questionnaire import Questionnaire
from imfsurvey.questionnaire.items import STUDY_GROUPS, SingleItem
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
    _require_room(wave, count)
    rng = random.Random(seed)
    total, done = count * len(surveys(wave)), 0
    for survey in surveys(wave):
        left = {group.id: group.headcount for group in wave.file.groups}
        for _ in range(count):
            interview = Interview(
                survey,
                wave.framework,
                survey.questionnaire.default_language,
                groups=wave.groups,
                today=wave.file.opened_on,
            )
            simulated(interview, rng, replace(climate or Climate(), group_sizes=[*left.values()]))
            response = interview.response()
            for group in _groups_named(survey, response):
                left[group] = max(left[group] - 1, 0)
            submit(wave, survey, Submission(), response)
            done += 1
            if progress is not None:
                progress(done, total)


def _require_room(wave: Wave, count: int) -> None:
    """Raise `RefusedError` unless so many more people can answer every survey of a wave."""
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


def _groups_named(survey: Questionnaire, response: Mapping[str, Answer]) -> Iterator[str]:
    """The group of the study that a response names, so that no group gets more than its people."""
    for item in survey.asking_items():
        if isinstance(item, SingleItem) and item.choices_from == STUDY_GROUPS:
            answer = response[item.id]
            if answer.status == "answered" and isinstance(answer.value, str):
                yield answer.value
