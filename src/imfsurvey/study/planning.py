"""The study as its action plan and its policy see it: figures of its waves, the declared band."""

from __future__ import annotations

import datetime

from imfsurvey.study.folder import Study
from imfsurvey.study.life import results
from imfsurvey.study.results import WaveResults


def measured(study: Study, today: datetime.date) -> tuple[WaveResults, ...]:
    """The figures of every wave that was opened, in order of time; provisional of an open one.

    Raises `StorageError` when something stored cannot be read.
    """
    return tuple(results(study, wave, today) for wave in study.waves if wave.file.status != "draft")


def band_of(study: Study) -> tuple[float, float]:
    """The balance band that the study declares, else its framework's; all of it without one."""
    declared, thresholds = study.file.balance_band, study.framework.balance
    if declared is not None:
        return declared.low, declared.high
    return (thresholds.low, thresholds.high) if thresholds is not None else (-1.0, 1.0)
