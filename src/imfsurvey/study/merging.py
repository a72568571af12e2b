"""Taking in the boxes of other laptops: from sticks and copies, in any order, twice if need be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from imfsurvey.i18n.catalogue import N_
from imfsurvey.i18n.errors import ImfsurveyError
from imfsurvey.source.problems import Problem, ProblemsFoundError
from imfsurvey.store import ResponseStore
from imfsurvey.store.boxes import BoxStore
from imfsurvey.study.boxes import boxes_of, count_responses, response_store, ticket_book
from imfsurvey.study.closing import (
    ClosingRecord,
    Content,
    closing_record,
    contents,
    differences,
)
from imfsurvey.study.folder import Study
from imfsurvey.study.merged import remember
from imfsurvey.study.scoring import surveys
from imfsurvey.study.sessions.uniting import unite_sessions, votes_of
from imfsurvey.study.wave import WAVE_FILE, Wave

DEPTH = 4
"""Folders below the one that was named in which waves are looked for."""


@dataclass(frozen=True)
class Taken:
    """What became of the boxes of one wave folder found elsewhere."""

    folder: Path
    wave: str = ""
    """Id of the wave here that they were merged into; empty when they were not taken."""
    place: str = ""
    """What its closing record calls that computer."""
    new: int = 0
    known: int = 0
    """Records that were here already."""
    problems: tuple[Problem, ...] = ()
    """Why they were not taken, or what is damaged in them."""


def merge(study: Study, path: Path, *, despite_differences: bool = False) -> Iterator[Taken]:
    """Unite the boxes of every wave folder below a path with those of this study.

    What cannot be taken is told as a problem and does not stop the others; what is a draft here
    and there is passed over. Raises `StorageError` when this study's own disk fails.
    """
    waves = study.waves
    ours = {wave.file.uid: wave for wave in waves if wave.file.uid}
    drafts = {wave.id for wave in waves if wave.file.status == "draft"}
    folders = [found.parent for found in _wave_files(path)]
    if not folders:
        yield Taken(path, problems=(_nothing_there(path),))
    for folder in folders:
        if folder.resolve() in {wave.folder.resolve() for wave in ours.values()}:
            continue  # a path that has this very study in it
        if not (folder.name in drafts and _is_draft(folder)):
            yield _taken(folder, ours, despite_differences)


def _nothing_there(path: Path) -> Problem:
    """A stick that is not plugged in is another mistake than a folder that is not a study."""
    if path.exists():
        return _problem("IMF-T180", "holds no wave", path)
    return _problem("IMF-T495", "there is no such folder: is the stick plugged in?", path)


def _wave_files(path: Path) -> list[Path]:
    patterns = ("/".join(["*"] * depth + [WAVE_FILE]) for depth in range(DEPTH))
    return sorted(found for pattern in patterns for found in path.glob(pattern))


def _taken(folder: Path, ours: dict[str, Wave], despite_differences: bool) -> Taken:
    try:
        theirs = Wave(folder, folder)
        here = ours.get(theirs.file.uid)
        if here is None:
            sentence = N_("is a wave that does not belong to this study")
            return Taken(folder, problems=(_problem("IMF-T181", sentence, folder),))
        if here.like().file.status == "closed":
            return _compared(theirs, here)
        unlike = _unlike(theirs, here)
        if theirs.file.status == "closed":
            unlike += () if despite_differences else tuple(differences(theirs))
        if unlike:
            return Taken(folder, problems=unlike)
        found, record = contents(theirs), closing_record(theirs)
    except ProblemsFoundError as error:
        return Taken(folder, problems=tuple(error.problems))
    except ImfsurveyError as error:
        return Taken(
            folder, problems=(Problem(error.code, error.template, error.params, str(folder)),)
        )
    return _united(theirs, here, found, record)


def _is_draft(folder: Path) -> bool:
    """Whether nobody can have answered there; not of a file that cannot be read."""
    try:
        return Wave(folder, folder).file.status == "draft"
    except ImfsurveyError:
        return False


def _compared(theirs: Wave, here: Wave) -> Taken:
    """A copy of a wave that is closed here, such as last year's, which every laptop has too.

    Raises `RefusedError` T101 when it holds what is not here: that cannot be taken in any more.
    """
    known = frozenset[bytes]().union(*(one.digests for one in contents(here)))
    found = [digest for one in contents(theirs) for digest in one.digests]
    votes = votes_of(theirs, here)
    if votes.new or not known.issuperset(found):
        here.like().require("open")
    return Taken(theirs.folder, here.id, known=len(found) + votes.known)


def _unlike(theirs: Wave, here: Wave) -> tuple[Problem, ...]:
    """What speaks against putting the boxes of two copies of a wave together."""
    found = []
    if (theirs.file.framework, theirs.file.frozen) != (here.file.framework, here.file.frozen):
        sentence = N_("its questionnaires are not those of wave '{wave}' here")
        found.append(_problem("IMF-T182", sentence, theirs.folder, wave=here.id))
    if theirs.file.seal != here.file.seal:
        sentence = N_("its responses are sealed to other keys than those of wave '{wave}' here")
        found.append(_problem("IMF-T183", sentence, theirs.folder, wave=here.id))
    if not found and not _tickets_fit(theirs, here):
        found.append(
            _problem(
                "IMF-T179",
                "its responses were not given with the tickets of wave '{wave}' here",
                theirs.folder,
                wave=here.id,
            )
        )
    return tuple(found)


def _tickets_fit(theirs: Wave, here: Wave) -> bool:
    """Whether both have copies of one book, or there is nothing that could contradict it."""
    mine, other = ticket_book(here), ticket_book(theirs)
    if mine.exists() and other.exists():
        return mine.same_as(other)
    free = here if other.exists() else theirs
    return not (mine.exists() or other.exists()) or not _responses(free)


def _responses(wave: Wave) -> int:
    return sum(count_responses(wave, survey) for survey in surveys(wave))


def _united(
    theirs: Wave, here: Wave, found: Sequence[Content], record: ClosingRecord | None
) -> Taken:
    new = 0
    problems: list[Problem] = []
    with here.held("open"):
        if ticket_book(theirs).exists():
            ticket_book(here).take_in(ticket_book(theirs))
        for survey in surveys(here):
            for mine, other in zip(boxes_of(here, survey), boxes_of(theirs, survey), strict=True):
                with response_store(mine) as target, response_store(other) as source:
                    new += target.merge(source)
                    problems += _damaged(source, theirs.folder / other.name)
        sessions = unite_sessions(theirs, here)
        if record is not None:
            remember(here, record, found)
    total = sum(one.account.records for one in found)
    return Taken(
        theirs.folder,
        here.id,
        record.place if record else "",
        new + sessions.new,
        total - new + sessions.known,
        (*problems, *sessions.problems),
    )


def _damaged(source: ResponseStore, where: Path) -> Sequence[Problem]:
    sentence = N_("a damaged place in {file} could not be read (slot {slot})")
    return [
        _problem(
            "IMF-T184", sentence, where, file=one.file, slot="?" if one.slot is None else one.slot
        )
        for one in (source.check() if isinstance(source, BoxStore) else source.damaged())
    ]


def _problem(code: str, sentence: str, path: Path, **params: object) -> Problem:
    return Problem(code, sentence, params, str(path))
