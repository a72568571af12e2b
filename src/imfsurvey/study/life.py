"""Opening and closing a wave, and the figures that stay with it."""

from __future__ import annotations

import datetime
from pathlib import Path

from pydantic import ValidationError

from imfsurvey.i18n.errors import InputError, RefusedError, StorageError
from imfsurvey.questionnaire.cells import cell_warnings
from imfsurvey.questionnaire.shipped import FRAMEWORK
from imfsurvey.source.document import read
from imfsurvey.source.hashes import content_hash
from imfsurvey.source.problems import Problem
from imfsurvey.store.desk import Desk
from imfsurvey.store.disk import explained, make_folder
from imfsurvey.study.boxes import BOXES, box_folder, response_store
from imfsurvey.study.folder import Study, write_text, yaml_text
from imfsurvey.study.results import FIGURES, WaveFigures, WaveResults
from imfsurvey.study.scoring import score, surveys
from imfsurvey.study.wave import FROZEN_FRAMEWORK, WAVE_FILE, Frozen, Wave

RELEASED_FILE = "released.json"
_FIGURES = "figures"
MIN_SLOTS = 50
"""Room reserved at least, so that a small entity can have visitors."""


def open_wave(study: Study, wave: Wave, today: datetime.date) -> Wave:
    """Freeze the framework and the questionnaires, reserve the boxes, start collecting.

    Raises `ProblemsFoundError` when a questionnaire has problems, `RefusedError` when the wave
    is not a draft or a survey has no groups to count people in, `StorageError` on a full disk.
    """
    wave.require("draft")
    if surveys(wave) and not study.file.headcount:
        raise RefusedError(
            "IMF-T130",
            "A staff survey needs the number of people: add 'groups' with a headcount to {file}.",
            file=str(study.folder / "study.yaml"),
        )
    sources = _sources(wave)
    opened = _with(
        wave,
        status="open",
        opened_on=today,
        framework=_frozen(FROZEN_FRAMEWORK, sources[FROZEN_FRAMEWORK]),
        frozen=tuple(
            _frozen(name, path) for name, path in sources.items() if name != FROZEN_FRAMEWORK
        ),
        groups=study.file.groups,
    )
    with wave.held("draft"):
        for name, source in sources.items():
            write_text(wave.folder / name, source.read_text("utf-8"))
        for questionnaire in surveys(opened):
            with explained(wave.folder / BOXES):
                make_folder(box_folder(opened, questionnaire))
            with response_store(opened, questionnaire) as store:
                store.reserve(max(opened.headcount, MIN_SLOTS))
        _write(opened)
    return opened


def small_cells(study: Study, wave: Wave) -> list[Problem]:
    """Warnings of answers to the surveys of a draft that together could single somebody out.

    Raises as opening does for questionnaires that have problems.
    """
    people, groups = study.file.headcount, len(study.file.groups)
    kept = {survey.id: survey for survey in surveys(wave)} if people else {}
    named = zip(wave.questionnaires, wave.file.questionnaires, strict=True)
    return [
        warning
        for survey, name in named
        if survey in kept
        for warning in cell_warnings(kept[survey], read(wave.source_of(name)), people, groups)
    ]


def close_wave(study: Study, wave: Wave, today: datetime.date) -> WaveResults:
    """Stop collecting, compute the figures and keep them. Final: nothing is answered after it.

    The figures are computed and stored before the wave counts as closed, so that a failure or a
    kill in between leaves an open wave, to be closed again. The wave is held meanwhile: a
    response is either counted or refused.
    """
    with wave.held("open"):
        closed = _with(wave, status="closed", closed_on=today)
        figures = score(closed, study.file, today)
        desk = Desk(wave.folder / RELEASED_FILE)
        with desk.transaction() as db:
            db.drop_table(_FIGURES)
            db.table(_FIGURES).insert(FIGURES.dump_python(figures, mode="json"))
        _write(closed)
        for questionnaire in surveys(closed):
            with response_store(closed, questionnaire) as store:
                store.equalise()
    return WaveResults(figures, closed.framework, closed.questionnaires)


def results(study: Study, wave: Wave, today: datetime.date) -> WaveResults:
    """The figures of a wave: the released ones once closed, provisional ones while it is open.

    Raises `RefusedError` for a draft, `StorageError` when the released figures cannot be read.
    """
    if wave.file.status == "draft":
        wave.require("open")
    if wave.file.status == "open":
        return WaveResults(score(wave, study.file, today), wave.framework, wave.questionnaires)
    return WaveResults(_released(wave), wave.framework, wave.questionnaires)


def _released(wave: Wave) -> WaveFigures:
    path = wave.folder / RELEASED_FILE
    unusable = StorageError(
        "IMF-T132",
        "'{file}' does not hold the figures of this wave; restore it from a copy.",
        file=str(path),
    )
    records = Desk(path).read().table(_FIGURES).all()
    if len(records) != 1:
        raise unusable
    try:
        return FIGURES.validate_python(records[0])
    except ValidationError as fault:
        raise unusable from fault


def _sources(wave: Wave) -> dict[str, Path]:
    """What will be copied, by the name of the copy."""
    sources = {FROZEN_FRAMEWORK: wave.source_of(FRAMEWORK)}
    sources |= {Path(name).name: wave.source_of(name) for name in wave.file.questionnaires}
    if len(sources) != 1 + len(wave.file.questionnaires) or WAVE_FILE in sources:
        raise InputError(
            "IMF-T131",
            "Two files of this wave would have the same name: rename one of its questionnaires.",
        )
    return sources


def _frozen(name: str, source: Path) -> Frozen:
    return Frozen(file=name, hash=content_hash(read(source).value))


def _with(wave: Wave, **changes: object) -> Wave:
    """The wave as it will be; nothing is written."""
    changed = wave.like()
    changed.file = wave.file.model_copy(update=changes)
    return changed


def _write(wave: Wave) -> None:
    content = wave.file.model_dump(mode="json", exclude_none=True)
    write_text(wave.folder / WAVE_FILE, yaml_text(content))
