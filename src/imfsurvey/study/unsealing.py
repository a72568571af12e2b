"""Unsealing a closed wave: from sealed boxes to released figures. For key holders.

What is unsealed stays in memory; only the figures are kept, after disclosure control. A box with
fewer responses than a figure needs is not even opened.
"""

from __future__ import annotations

import datetime
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from imfsurvey.analysis.breakdown import Breakdown, break_down, choices_beside
from imfsurvey.analysis.choices import choice_figures
from imfsurvey.analysis.figures import PerceptionFigures
from imfsurvey.analysis.microdata import Microdata
from imfsurvey.analysis.perception import perceive
from imfsurvey.i18n.errors import InputError, RefusedError
from imfsurvey.interview.record import RecordCodec
from imfsurvey.questionnaire import Questionnaire
from imfsurvey.source.problems import Problem
from imfsurvey.store.batches import Batches
from imfsurvey.study.boxes import answers_box, response_store
from imfsurvey.study.closing import differences
from imfsurvey.study.keys import KEYS, Key, keys_of, new_content
from imfsurvey.study.lacking import lacking_of
from imfsurvey.study.ledger import (
    ENTRY,
    Entry,
    earlier_releases,
    entry,
    ledger,
    mark,
    require_safe,
    shown_elsewhere,
)
from imfsurvey.study.life import release, released
from imfsurvey.study.purging import DESTRUCTION_FILE
from imfsurvey.study.results import Collected, WaveFigures, WaveResults
from imfsurvey.study.scoring import surveys
from imfsurvey.study.sealed import Box
from imfsurvey.study.settling import settle
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
    """The figures so far. Raises `RefusedError` when the wave is open or nothing is to be done."""
    wave.require("closed")
    figures = released(wave)
    if not any(lacking_of(figures, one) for one in surveys(wave)):
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
    on: datetime.date | None = None,
) -> WaveResults:
    """Compute and keep the figures of the surveys of a closed wave.

    Of one that was unsealed before there were results by group, or before choices were counted,
    only those are added. `secrets`: secret keys, one or all that the wave asks for; `on`: the day
    of the release, without it that of closing. Raises `RefusedError` when the wave is not closed
    or everything is there, when keys are missing, when the boxes are not those of the closing
    record and that was not accepted, or when the figures would tell too much beside earlier ones;
    `StorageError`, `InputError` as reading does. The wave is held: nobody moves, destroys or
    unseals its responses meanwhile.
    """
    with wave.held("closed"):
        return _unsealed(
            wave, secrets, despite_differences=despite_differences, progress=progress, on=on
        )


def _unsealed(
    wave: Wave,
    secrets: Sequence[str],
    *,
    despite_differences: bool,
    progress: Progress | None,
    on: datetime.date | None,
) -> WaveResults:
    figures = require_sealed(wave)
    batches = Batches(secrets, wave.seal.opening, wave.seal.public_keys)
    changed = differences(wave)
    require_accepted(changed, despite_differences)
    settle(wave)  # closing did, unless it was killed at its very end
    entries = list(ledger(wave))
    before = len(entries)
    for survey in surveys(wave):
        lacking = lacking_of(figures, survey)
        if not lacking:
            continue
        found = _responses(wave, survey, batches, progress)
        if "whole" in lacking:
            figures = _with_whole(figures, wave, survey, found, as_closed=not changed)
        elif "choices" in lacking:
            figures = _with_choices(figures, survey, found)
        if "groups" in lacking:
            breakdown = _breakdown(figures, wave, survey, found, entries[:before], entries[before:])
        else:
            breakdown = _choices(figures, survey, found, entries[:before])
        entries.append(entry(survey, breakdown, found.marks, on or _closed_on(wave)))
        figures = replace(figures, breakdowns=(*figures.breakdowns, *breakdown.figures))
    unsealed = replace(figures, sealed=())
    release(wave, unsealed, [ENTRY.dump_python(one, mode="json") for one in entries[before:]])
    return WaveResults(unsealed, wave.framework, wave.questionnaires, wave.groups)


def _closed_on(wave: Wave) -> datetime.date:
    return wave.file.closed_on or datetime.date.min


@dataclass(frozen=True)
class _Responses:
    """What lay in the box of a survey; too few responses are not even unsealed."""

    stored: int
    counted: int
    data: Microdata
    marks: tuple[str, ...]
    """Of those in `data`, in their order: what each is known by in the ledger."""


def _responses(
    wave: Wave, survey: Questionnaire, batches: Batches, progress: Progress | None
) -> _Responses:
    with response_store(answers_box(wave, survey)) as store:
        stored = store.count()
    variables = wave.codec(survey).variables
    if stored < survey.privacy.k_total:
        return _Responses(stored, stored, Microdata.from_rows(variables, ()), ())
    known: list[str] = []
    data = Microdata.from_rows(variables, _known_rows(wave, survey, batches, progress, known))
    return _Responses(stored, len(known), data, tuple(known))


def _known_rows(
    wave: Wave,
    survey: Questionnaire,
    batches: Batches,
    progress: Progress | None,
    known: list[str],
) -> Iterator[bytes]:
    """The rows that belong there, one at a time: all of them at once would lie in memory beside
    the columns. `known` takes their marks."""
    marks: deque[str] = deque()
    for row in _rows(wave, survey, batches, progress, marks):
        its_mark = marks.popleft()
        if row is not None:
            known.append(its_mark)
            yield row


def _with_whole(
    figures: WaveFigures, wave: Wave, survey: Questionnaire, found: _Responses, *, as_closed: bool
) -> WaveFigures:
    """With the figures of everybody, and what became of the records."""
    perception = perceive(survey, found.data, wave.headcount)
    counts = Collected(survey.id, found.stored, found.counted, as_closed)
    return replace(
        figures,
        perception=(*figures.perception, perception),
        collected=(*figures.collected, counts),
    )


def _with_choices(figures: WaveFigures, survey: Questionnaire, found: _Responses) -> WaveFigures:
    """With the choices of a survey whose other figures were released before."""
    counted = choice_figures(survey, found.data)
    return replace(
        figures,
        perception=tuple(
            replace(one, choices=counted) if one.questionnaire == survey.id else one
            for one in figures.perception
        ),
    )


def _choices(
    figures: WaveFigures, survey: Questionnaire, found: _Responses, earlier: Sequence[Entry]
) -> Breakdown:
    """The choices of a survey, safe beside what was released before."""
    whole = _whole(figures, survey)
    before = earlier_releases(earlier, survey, found.marks)
    chosen = choices_beside(survey, found.data, whole, before)
    require_safe(survey, chosen, earlier)
    return chosen


def _whole(figures: WaveFigures, survey: Questionnaire) -> PerceptionFigures:
    return next(one for one in figures.perception if one.questionnaire == survey.id)


def _breakdown(
    figures: WaveFigures,
    wave: Wave,
    survey: Questionnaire,
    found: _Responses,
    earlier: Sequence[Entry],
    now: Sequence[Entry],
) -> Breakdown:
    """A survey by group, safe beside what was and what is being released."""
    breakdown = break_down(
        survey,
        found.data,
        _whole(figures, survey),
        {group.id: group.headcount for group in wave.file.groups},
        earlier=earlier_releases(earlier, survey, found.marks),
        elsewhere=shown_elsewhere([*earlier, *now], survey),
    )
    require_safe(survey, breakdown, earlier)
    return breakdown


def microdata_of(
    wave: Wave, survey: Questionnaire, batches: Batches, progress: Progress | None = None
) -> Microdata:
    """The responses to one survey in memory, what does not belong there left out."""
    rows = (row for row in _rows(wave, survey, batches, progress) if row is not None)
    return Microdata.from_rows(wave.codec(survey).variables, rows)


def _rows(
    wave: Wave,
    survey: Questionnaire,
    batches: Batches,
    progress: Progress | None,
    marks: deque[str] | None = None,
) -> Iterator[bytes | None]:
    codec = wave.codec(survey)
    for record in opened_records(answers_box(wave, survey), batches, progress, marks):
        yield _row(record, codec)


def opened_records(
    box: Box,
    batches: Batches,
    progress: Progress | None = None,
    marks: deque[str] | None = None,
) -> Iterator[bytes | None]:
    """Every record of a box; None for one that was not made for it, or changed since.

    `marks` takes, in the same order, what each is known by in the ledger.
    """
    with response_store(box) as store:
        told = _told(store.payloads(), store.count(), progress)
        for text in batches.unsealed(told if marks is None else _marked(told, marks)):
            yield box.record_in(text)


def _marked(payloads: Iterator[bytes], marks: deque[str]) -> Iterator[bytes]:
    for payload in payloads:
        marks.append(mark(payload))
        yield payload


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
