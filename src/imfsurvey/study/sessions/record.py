"""The closing record of a session: what its boxes held, by which a change is noticed later."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from imfsurvey.i18n.catalogue import N_
from imfsurvey.i18n.errors import StorageError
from imfsurvey.source.document import read
from imfsurvey.source.model import validated
from imfsurvey.source.problems import Problem
from imfsurvey.study.closing import (
    CLOSING_FILE,
    BoxAccount,
    ClosingRecord,
    account,
    compared,
)
from imfsurvey.study.files import write_text, yaml_text
from imfsurvey.study.sealed import ANSWERS
from imfsurvey.study.sessions.box import VoteBox
from imfsurvey.study.sessions.session import Session, sessions_of
from imfsurvey.study.sessions.tickets import session_tickets
from imfsurvey.study.wave import Wave


def vote_boxes(session: Session) -> tuple[VoteBox, ...]:
    """The box of every vote that was opened."""
    return tuple(
        VoteBox(session, one.id, vote.number) for one in session.file.rounds for vote in one.votes
    )


def vote_accounts(session: Session) -> tuple[BoxAccount, ...]:
    """What the boxes of a session hold now."""
    return tuple(_account(box) for box in vote_boxes(session))


def _account(box: VoteBox) -> BoxAccount:
    with box.store() as store:
        return account(box.name, ANSWERS, frozenset(store.digests()), len(store.damaged()))


def write_session_record(session: Session, today: datetime.date, place: str) -> ClosingRecord:
    """Keep the closing record in the session's folder; the times of all its boxes are levelled."""
    record = ClosingRecord(
        imfsurvey=1,
        wave=session.wave.id,
        session=session.name,
        uid=session.file.uid,
        closed_on=today,
        place=place or session.file.place,
        boxes=vote_accounts(session),
        tickets=session_tickets(session, vote_boxes(session)),
    )
    content = record.model_dump(mode="json", exclude_none=True)
    write_text(session.folder / CLOSING_FILE, yaml_text(content))
    for box in vote_boxes(session):
        with box.store() as store:
            store.equalise()
    return record


def session_record(session: Session) -> ClosingRecord | None:
    """The closing record of a session; None when there is none. Raises `StorageError`."""
    path = session.folder / CLOSING_FILE
    if not path.is_file():
        return None
    record = validated(ClosingRecord, read(path))
    if record.uid != session.file.uid:
        raise StorageError(
            "IMF-T227",
            "'{file}' is the closing record of another session. Put the original back.",
            file=str(path),
        )
    return record


def session_differences(session: Session) -> list[Problem]:
    """Where the boxes of a closed session are not what its record says."""
    return list(_differences(session))


def _differences(session: Session) -> Iterator[Problem]:
    record = session_record(session)
    where = str(session.folder / CLOSING_FILE)
    if record is None:
        yield Problem("IMF-T171", N_("there is no closing record to compare with"), {}, where)
        return
    now = {one.box: one for one in vote_accounts(session)}
    then = {one.box: one for one in record.boxes}
    for name in sorted(now.keys() | then.keys()):
        yield from compared(then.get(name), now.get(name), where)


def destroy_votes(wave: Wave) -> None:
    """Overwrite and remove what was voted in all sessions of a wave; figures and notes stay."""
    for session in sessions_of(wave):
        for box in vote_boxes(session):
            with box.store() as store:
                store.destroy()
