"""Unsealing a closed wave: from sealed boxes to released figures. For key holders.

What is unsealed stays in memory; only the figures are kept, after disclosure control. A box with
fewer responses than a figure needs is not even opened.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from imfsurvey.analysis.figures import PerceptionFigures
from imfsurvey.analysis.microdata import Microdata
from imfsurvey.analysis.perception import perceive
from imfsurvey.i18n.errors import InputError, RefusedError
from imfsurvey.interview.record import RecordCodec
from imfsurvey.questionnaire import Questionnaire
from imfsurvey.source.problems import Problem
from imfsurvey.store.seal import Batches
from imfsurvey.study.boxes import answers_box, response_store
from imfsurvey.study.closing import differences
from imfsurvey.study.keys import KEYS, Key, keys_of, new_content
from imfsurvey.study.life import release, released
from imfsurvey.study.purging import DESTRUCTION_FILE
from imfsurvey.study.results import Collected, WaveFigures, WaveResults
from imfsurvey.study.scoring import surveys
from imfsurvey.study.sealed import Box
from imfsurvey.study.wave import Wave

Progress = Callable[[int, int], None]
"""Told how many records are unsealed, and how many there are."""

_STEP = 1_000


def holders(study: Path, wave: Wave) -> tuple[Key, ...]:
    """The key holders of a wave; one whose key is no longer in the study is told as it was."""
    known = {key.file.public_key: key for key in keys_of(study)}
    made_on = wave.file.opened_on or datetime.date.min
    return tuple(
        known.get(one.public_key)
        or Key(
            one.id,
            study / KEYS / f"{one.id}.yaml",
            new_content(one.holder, one.office, "", one.public_key, made_on),
        )
        for one in wave.seal.keys
    )


def require_sealed(wave: Wave) -> WaveFigures:
    """The figures so far. Raises `RefusedError` when the wave is open or nothing is sealed."""
    wave.require("closed")
    figures = released(wave)
    if not figures.sealed:
        raise RefusedError(
            "IMF-T176",
            "Nothing in wave '{wave}' is sealed: its figures are there already.",
            wave=wave.id,
        )
    require_kept(wave)
    return figures


def require_unsealed(wave: Wave) -> WaveFigures:
    """The figures. Raises `RefusedError` when they were not computed yet, or all is destroyed."""
    wave.require("closed")
    figures = released(wave)
    if figures.sealed:
        raise RefusedError(
            "IMF-T190",
            "Wave '{wave}' is still sealed: run 'imfsurvey wave unseal {wave}' first.",
            wave=wave.id,
        )
    require_kept(wave)
    return figures


def require_kept(wave: Wave) -> None:
    """Raise `RefusedError` when all that was answered is destroyed."""
    if (wave.folder / DESTRUCTION_FILE).is_file():
        raise RefusedError(
            "IMF-T186",
            "The answers of wave '{wave}' were destroyed: see {file}.",
            wave=wave.id,
            file=str(wave.folder / DESTRUCTION_FILE),
        )


def require_accepted(changed: Sequence[Problem], despite_differences: bool) -> None:
    """Raise `RefusedError` when there are differences and nobody has accepted them."""
    if changed and not despite_differences:
        raise RefusedError(
            "IMF-T177",
            "The boxes are not what the closing record says, so nothing was unsealed. Look for the "
            "original boxes, or accept it with --despite-differences: the report will say so.",
        )


def unseal_wave(
    wave: Wave,
    secrets: Sequence[str],
    *,
    despite_differences: bool = False,
    progress: Progress | None = None,
) -> WaveResults:
    """Compute and keep the figures of the surveys of a closed wave.

    `secrets`: secret keys, one or all that the wave asks for. Raises `RefusedError` when the wave
    is not closed or was unsealed before, when keys are missing, or when the boxes are not those
    of the closing record and that was not accepted; `StorageError`, `InputError` as reading does.
    """
    figures = require_sealed(wave)
    batches = Batches(secrets, wave.seal.opening, wave.seal.public_keys)
    changed = differences(wave)
    require_accepted(changed, despite_differences)
    found, collected = [], []
    for survey in surveys(wave):
        perception, counts = _counted(wave, survey, batches, progress)
        found.append(perception)
        collected.append(replace(counts, as_closed=not changed))
    unsealed = replace(figures, perception=tuple(found), sealed=(), collected=tuple(collected))
    release(wave, unsealed)
    return WaveResults(unsealed, wave.framework, wave.questionnaires)


def _counted(
    wave: Wave, survey: Questionnaire, batches: Batches, progress: Progress | None
) -> tuple[PerceptionFigures, Collected]:
    """The figures of one survey, and what became of its records."""
    with response_store(answers_box(wave, survey)) as store:
        stored = store.count()
    if stored < survey.privacy.k_total:
        nobody = Microdata.from_rows(wave.codec(survey).variables, ())
        return perceive(survey, nobody, wave.headcount), Collected(survey.id, stored, stored, True)
    found = microdata_of(wave, survey, batches, progress)
    counts = Collected(survey.id, stored, found.responses, True)
    return perceive(survey, found, wave.headcount), counts


def microdata_of(
    wave: Wave, survey: Questionnaire, batches: Batches, progress: Progress | None = None
) -> Microdata:
    """The responses to one survey in memory, what does not belong there left out."""
    codec = wave.codec(survey)
    records = opened_records(answers_box(wave, survey), batches, progress)
    rows = (row for record in records if (row := _row(record, codec)) is not None)
    return Microdata.from_rows(codec.variables, rows)


def opened_records(
    box: Box, batches: Batches, progress: Progress | None = None
) -> Iterator[bytes | None]:
    """Every record of a box; None for one that was not made for it, or changed since."""
    with response_store(box) as store:
        told = _told(store.payloads(), store.count(), progress)
        for text in batches.unsealed(told):
            yield box.record_in(text)


def _row(record: bytes | None, codec: RecordCodec) -> bytes | None:
    """The answers of a record; None when it is none of this survey: it is left out and counted."""
    if record is None:
        return None
    try:
        return codec.row(record)
    except InputError:
        return None


def _told(payloads: Iterator[bytes], total: int, progress: Progress | None) -> Iterator[bytes]:
    for done, payload in enumerate(payloads, start=1):
        yield payload
        if progress is not None and (done % _STEP == 0 or done == total):
            progress(done, total)
