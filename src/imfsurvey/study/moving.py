"""Moving the anonymous responses of a wave to another store: boxes here, or a PostgreSQL server."""

from __future__ import annotations

from imfsurvey.i18n.errors import RefusedError, StorageError
from imfsurvey.store import digests_of
from imfsurvey.store.disk import explained, make_folder
from imfsurvey.store.postgresql.address import checked_url
from imfsurvey.study.boxes import box_folder, close_stores, response_store
from imfsurvey.study.closing import boxes_in
from imfsurvey.study.life import rewritten
from imfsurvey.study.sealed import Box
from imfsurvey.study.wave import Wave


def move(wave: Wave, store: str) -> int:
    """Move what lies in the boxes of a wave to another store; returns how many records.

    `store`: the address of a server, or empty for boxes in the study folder. All is copied and
    compared by its set hash, then the wave points to the new store, then the old one is emptied.
    Killed in between, it is done again: nothing is lost and nothing is there twice. Raises
    `RefusedError` for a draft, and when it lies there already; `StorageError` when either store
    fails or the copy is not complete.
    """
    if wave.file.status == "draft":
        wave.require("open")
    address = checked_url(store) if store else ""
    try:
        with wave.held(wave.file.status):
            return _moved_or_finished(wave, address)
    finally:
        close_stores(wave)


def _moved_or_finished(wave: Wave, address: str) -> int:
    begun = wave.file.emptying is not None
    empty_old(wave)
    if address != wave.file.store:
        return _moved(wave, address)
    if begun:
        return sum(_count(box) for box in boxes_in(wave))
    raise RefusedError(
        "IMF-T187", "The responses of wave '{wave}' lie there already.", wave=wave.id
    )


def empty_old(wave: Wave) -> None:
    """Destroy what a move that was killed has left where the responses lay before.

    The caller holds the wave. Raises `StorageError`: that store cannot be reached.
    """
    if wave.file.emptying is None:
        return
    if wave.file.emptying != wave.file.store:  # else somebody has put it back by hand
        for box in boxes_in(wave.changed(store=wave.file.emptying)):
            with response_store(box) as emptied:
                emptied.destroy()
    wave.file = wave.file.model_copy(update={"emptying": None})
    rewritten(wave)


def _moved(wave: Wave, address: str) -> int:
    moved = wave.changed(store=address, emptying=wave.file.store)
    old, new = boxes_in(wave), boxes_in(moved)
    count = sum(_copied(source, target) for source, target in zip(old, new, strict=True))
    rewritten(moved)
    empty_old(moved)
    return count


def _count(box: Box) -> int:
    with response_store(box) as store:
        return store.count()


def _copied(source: Box, target: Box) -> int:
    """Copy one box and compare; returns how many records it holds."""
    if not target.wave.file.store:
        with explained(target.wave.folder):
            make_folder(box_folder(target))
    with response_store(source) as old, response_store(target) as new:
        damaged = old.damaged()
        if damaged:
            raise StorageError(
                "IMF-T188",
                "Box '{box}' has {count} damaged places. Nothing was moved: whether a record was "
                "lost there must be found out where the box was written.",
                box=f"{source.name}/{source.part}",
                count=len(damaged),
            )
        new.reserve(max(1, old.count()))
        new.merge(old)
        digests = digests_of(old.entries())
        if new.digests() != digests:
            raise StorageError(
                "IMF-T189",
                "After copying, box '{box}' is not the same in both stores. The old one still "
                "counts: try again, and look whether another wave uses the new one.",
                box=f"{source.name}/{source.part}",
            )
        if source.wave.file.status == "closed":
            new.equalise()
    return len(digests)
