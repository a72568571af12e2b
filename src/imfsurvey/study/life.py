"""Opening and closing a wave, and the figures that stay with it."""

from __future__ import annotations

import datetime
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from pydantic import ValidationError

from imfsurvey.analysis.perception import require_possible
from imfsurvey.i18n.errors import InputError, RefusedError, StorageError
from imfsurvey.questionnaire.cells import cell_warnings
from imfsurvey.questionnaire.shipped import FRAMEWORK
from imfsurvey.source.document import read
from imfsurvey.source.hashes import content_hash
from imfsurvey.source.problems import Problem
from imfsurvey.store.boxes import BoxStore
from imfsurvey.store.desk import Desk
from imfsurvey.store.disk import explained, make_folder
from imfsurvey.store.seal import Opening
from imfsurvey.study.assessment import drop_sealed, seal_assessment
from imfsurvey.study.boxes import BOXES, box_folder, response_store
from imfsurvey.study.closing import boxes_in, contents, write_closing_record
from imfsurvey.study.drafts import drafts_in
from imfsurvey.study.files import write_text, yaml_text
from imfsurvey.study.fitness import remarks, replaced
from imfsurvey.study.folder import Study, policy_in_wave
from imfsurvey.study.importing import finish_import, imported
from imfsurvey.study.keying.batch import require_typed
from imfsurvey.study.keys import Key, chosen_keys, require_fit
from imfsurvey.study.kinds import Rater
from imfsurvey.study.merged import merged
from imfsurvey.study.raters import seen_by
from imfsurvey.study.results import FIGURES, WaveFigures, WaveResults
from imfsurvey.study.revising import current, original_of, replaced_by
from imfsurvey.study.scoring import score, surveys
from imfsurvey.study.sealed import ANSWERS
from imfsurvey.study.sessions.ending import end_sessions, require_ended
from imfsurvey.study.settling import settle
from imfsurvey.study.wave import (
    FROZEN_FRAMEWORK,
    WAVE_FILE,
    Frozen,
    Holder,
    Seal,
    Wave,
    require_keys,
)

RELEASED_FILE = "released.json"
_FIGURES = "figures"
LEDGER = "ledger"
"""The table of released.json that says what was ever released: see `ledger`."""

MIN_SLOTS = 50
"""Room reserved at least, so that a small entity can have visitors."""

MOST_TEXTS = 3
"""Free texts for which room is reserved for everybody; each respondent's own room is looked for
once more before the first question."""


def open_wave(
    study: Study,
    wave: Wave,
    today: datetime.date,
    *,
    keys: Sequence[str] = (),
    opening: Opening = "any_of",
    one_key: bool = False,
    keep_until: datetime.date | None = None,
) -> Wave:
    """Freeze the framework and the questionnaires, reserve the boxes, start collecting.

    Anonymous responses are sealed to `keys` (ids; without any, to all keys of the study): two at
    least, unless `one_key` says that the risk of losing it is taken. A wave of named
    self-assessments alone has keys only when they are named. Responses are kept until
    `keep_until`, without it to the end of the next year.

    Raises `ProblemsFoundError` when a questionnaire has problems, `RefusedError` when the wave
    is not a draft or asks for the policy, a survey has no groups to count people in, or its keys
    are too few or were never tried out, `StorageError` on a full disk.
    """
    with wave.held("draft"):
        _require_openable(study, wave)
        wanted = keys or any(one.anonymous for one in wave.questionnaires.values())
        seal = _seal(chosen_keys(study.folder, keys), opening, one_key) if wanted else None
        until = keep_until or datetime.date(today.year + 1, 12, 31)
        if until < today:
            raise InputError(
                "IMF-T493",
                "Answers cannot be kept until {date}, which has passed: give a later day.",
                date=until,
            )
        return _opened(study, wave, today, seal, until)


def _opened(
    study: Study, wave: Wave, today: datetime.date, seal: Seal | None, keep_until: datetime.date
) -> Wave:
    """The wave, open; wave.yaml comes last, so that a kill leaves a draft."""
    sources = _sources(wave)
    opened = wave.changed(
        status="open",
        opened_on=today,
        framework=_frozen(FROZEN_FRAMEWORK, sources[FROZEN_FRAMEWORK]),
        frozen=tuple(
            _frozen(name, path) for name, path in sources.items() if name != FROZEN_FRAMEWORK
        ),
        groups=study.file.groups,
        uid=secrets.token_hex(8),
        seal=seal,
        keep_until=keep_until,
    )
    for name, source in sources.items():
        write_text(wave.folder / name, source.read_text("utf-8"))
    for box in boxes_in(opened):
        with explained(wave.folder / BOXES):
            make_folder(box_folder(box))
        with response_store(box) as store:
            store.reserve(max(opened.headcount, MIN_SLOTS) * min(box.each, MOST_TEXTS))
    _write(opened)
    return opened


def _require_openable(study: Study, wave: Wave) -> None:
    """Raise `RefusedError` unless a wave is a draft whose questionnaires belong into a wave."""
    wave.require("draft")
    for one in wave.questionnaires.values():
        if one.kind == "policy":
            raise policy_in_wave(one.id)
    if surveys(wave) and not study.file.headcount:
        raise RefusedError(
            "IMF-T130",
            "A staff survey needs the number of people: add 'groups' with a headcount to {file}.",
            file=str(study.folder / "study.yaml"),
        )


def _seal(keys: Sequence[Key], opening: Opening, one_key: bool) -> Seal:
    """To whom a wave is sealed. Raises `RefusedError`."""
    if not keys:
        raise RefusedError(
            "IMF-T135",
            "The staff's answers are sealed so that only key holders can read them, and this "
            "study has no key yet. Make one with 'imfsurvey keys new', and let a second office "
            "make another.",
        )
    if len(keys) < 2 and not one_key:
        raise RefusedError(
            "IMF-T136",
            "There is only one key: should it be lost, nobody could ever read the answers. Let a "
            "second office make one with 'imfsurvey keys new', or take the risk with --one-key.",
        )
    require_fit(keys)
    holders = (
        Holder(
            id=key.id,
            holder=key.file.holder,
            office=key.file.office,
            public_key=key.file.public_key,
        )
        for key in keys
    )
    return Seal(opening=opening, keys=tuple(holders))


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


def close_wave(
    study: Study,
    wave: Wave,
    today: datetime.date,
    *,
    place: str = "",
    sealing_named: bool = False,
    ending_sessions: bool = False,
    dropping_sheets: bool = False,
) -> WaveResults:
    """Stop collecting, write the closing record, compute what is not sealed. Final.

    All is stored before the wave counts as closed, so that a failure or a kill in between leaves
    an open wave, to be closed again; what a closed wave may not keep goes after that (`settling`).
    The wave is held meanwhile: a response is either counted or refused. The figures of surveys
    come with `unsealing.unseal_wave`. `place`: what to call this computer in the closing record,
    when several collect. `sealing_named`: seal the named self-assessments as well, which the
    figures do not need any more. `ending_sessions`: end team sessions that are still open too;
    without it they are a reason to refuse (T320).
    """
    if sealing_named:
        require_keys(wave)  # before anything is final
    with wave.held("open"):
        if ending_sessions:
            end_sessions(wave, today, place)
        require_ended(wave)
        if not dropping_sheets:
            require_typed(wave)
        finish_import(wave)
        closed = wave.changed(status="closed", closed_on=today)
        held = contents(closed)
        for one in held:
            if one.account.part == ANSWERS:
                require_possible(one.account.records, closed.headcount)
        figures = _as_of_then(study, closed, score(closed, study.file, today))
        release(closed, figures)
        if held:
            boxes = [one.account for one in held]
            others, left = merged(wave, held), drafts_in(wave)
            write_closing_record(
                closed, boxes, others, today, place, imported=imported(wave), unfinished=left
            )
        _equalise(closed)
        if sealing_named:
            seal_assessment(closed)
        else:
            drop_sealed(closed)
        _write(closed)
        settle(closed)
        _mend(closed)
    return WaveResults(figures, closed.framework, closed.questionnaires, closed.groups)


def _equalise(wave: Wave) -> None:
    """Leave in the boxes nothing that tells of order. While it is held, nothing is added."""
    for box in boxes_in(wave):
        with response_store(box) as store:
            store.equalise()


def _mend(closed: Wave) -> None:
    """Blank damaged places, which the closing record has counted: any TinyDB opens the boxes."""
    for box in boxes_in(closed):
        with response_store(box) as store:
            if isinstance(store, BoxStore) and store.mend():
                store.equalise()


def release(wave: Wave, figures: WaveFigures, ledger: Sequence[Mapping[str, object]] = ()) -> None:
    """Keep the figures of a wave; they are read from there ever after.

    `ledger`: lines that are added to its ledger in the same step.
    """
    with Desk(wave.folder / RELEASED_FILE).transaction() as db:
        db.drop_table(_FIGURES)
        db.table(_FIGURES).insert(FIGURES.dump_python(figures, mode="json"))
        db.table(LEDGER).insert_multiple(ledger)


def results(
    study: Study, wave: Wave, today: datetime.date, viewer: Rater | None = None
) -> WaveResults:
    """The figures of a wave: the released ones once closed, provisional ones while it is open.

    `viewer`: the rater who looks; what they may not see yet of the others is left out. Raises
    `RefusedError` for a draft, `StorageError` when the released figures cannot be read.
    """
    if wave.file.status == "draft":
        wave.require("open")
    if wave.file.status == "open":
        figures = seen_by(_as_of_then(study, wave, score(wave, study.file, today)), viewer)
    else:
        figures = released(wave)
    questionnaires = wave.questionnaires
    if wave.file.revision is not None:
        first = study.wave(wave.file.revision.of)
        figures, questionnaires = _with_the_staff(figures, first), first.questionnaires
    waves = study.waves
    later = replaced_by(wave, waves)
    said = remarks(wave, figures, _closed_before(wave, waves), released)
    found = WaveResults(
        figures,
        wave.framework,
        questionnaires,
        wave.groups,
        (*([replaced(wave, later)] if later else []), *said),
    )
    if not found.fitting:
        raise _unusable(wave.folder / RELEASED_FILE)
    return found


def _as_of_then(study: Study, wave: Wave, figures: WaveFigures) -> WaveFigures:
    """The figures of a revision with the targets of the wave that it corrects."""
    if wave.file.revision is None:
        return figures
    return replace(figures, targets=released(study.wave(wave.file.revision.of)).targets)


def _with_the_staff(figures: WaveFigures, first: Wave) -> WaveFigures:
    """The figures of a revision with what the staff said, which no revision changes."""
    then = released(first)
    return replace(
        figures,
        perception=then.perception,
        hashes={**then.hashes, **figures.hashes},
        sealed=then.sealed,
        collected=then.collected,
        breakdowns=then.breakdowns,
    )


def closed_before(study: Study, wave: Wave) -> tuple[Wave, ...]:
    """The closed waves before one, in order of time, each by its last revision."""
    return _closed_before(wave, study.waves)


def _closed_before(wave: Wave, waves: Sequence[Wave]) -> tuple[Wave, ...]:
    ids = [one.id for one in waves]
    before = waves[: ids.index(wave.id)] if wave.id in ids else waves
    last = current(waves)
    return tuple(
        one
        for one in before
        if one.file.status == "closed"
        and original_of(one) != original_of(wave)
        and any(one is other for other in last)
    )


def before(study: Study, wave: Wave, today: datetime.date) -> WaveResults | None:
    """The results of the closed wave before a wave, by its last revision. Raises `StorageError`."""
    earlier = closed_before(study, wave)
    return results(study, earlier[-1], today) if earlier else None


def released(wave: Wave) -> WaveFigures:
    """The figures that were kept of a closed wave. Raises `StorageError` T132."""
    path = wave.folder / RELEASED_FILE
    records = Desk(path).read().table(_FIGURES).all()
    if len(records) != 1:
        raise _unusable(path)
    try:
        return FIGURES.validate_python(records[0])
    except ValidationError as fault:
        raise _unusable(path) from fault


def _unusable(path: Path) -> StorageError:
    return StorageError(
        "IMF-T132",
        "'{file}' does not hold the figures of this wave; restore it from a copy.",
        file=str(path),
    )


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


def rewritten(wave: Wave) -> None:
    """Keep wave.yaml as it is in memory. The caller holds the wave."""
    _write(wave)


def _write(wave: Wave) -> None:
    content = wave.file.model_dump(mode="json", exclude_none=True)
    write_text(wave.folder / WAVE_FILE, yaml_text(content))
