"""Sessions that came on a stick: a session of another laptop and the one here become one.

Of two copies of session.yaml the one that was changed more often counts: only the console of the
facilitator changes it. Boxes are united, whichever laptop they come from, so a stick may go
round in any order, and twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from imfsurvey.i18n.catalogue import N_
from imfsurvey.i18n.errors import ImfsurveyError
from imfsurvey.source.problems import Problem, ProblemsFoundError
from imfsurvey.store.disk import explained, make_folder
from imfsurvey.study.boxes import BOXES
from imfsurvey.study.closing import CLOSING_FILE
from imfsurvey.study.files import write_text
from imfsurvey.study.sessions.box import VoteBox
from imfsurvey.study.sessions.record import session_differences, vote_boxes
from imfsurvey.study.sessions.session import (
    SESSION_FILE,
    SESSIONS,
    Session,
    sessions_of,
    write_session,
)
from imfsurvey.study.sessions.tickets import session_book, vote_book
from imfsurvey.study.tickets import TICKETS_FILE, TicketBook
from imfsurvey.study.wave import Wave


class United(NamedTuple):
    """What came of the sessions of another copy of a wave."""

    new: int = 0
    known: int = 0
    problems: tuple[Problem, ...] = ()


def unite_sessions(theirs: Wave, here: Wave) -> United:
    """Take in every session of another copy. What cannot be taken is told and stops no other."""
    new = known = 0
    problems: list[Problem] = []
    for path in sorted(theirs.folder.glob(f"{SESSIONS}/*")):
        if not ((path / SESSION_FILE).exists() or (path / BOXES).exists()):
            continue  # tickets were printed, and the session is not made yet
        try:
            one = _united(Session(theirs, path.name), here)
        except ProblemsFoundError as error:
            problems += error.problems
            continue
        except ImfsurveyError as error:
            problems.append(Problem(error.code, error.template, error.params, str(path)))
            continue
        new, known = new + one.new, known + one.known
        problems += one.problems
    return United(new, known, tuple(problems))


def votes_of(theirs: Wave, here: Wave) -> United:
    """How many votes of another copy are here, and how many are not; nothing is taken in."""
    mine = {one.file.uid: one for one in sessions_of(here)}
    new = total = 0
    for session in sessions_of(theirs):
        count = sum(box.count() for box in vote_boxes(session))
        same = mine.get(session.file.uid)
        new += count if same is None else len(list(_missing(session, same)))
        total += count
    return United(new, total - new)


def _united(theirs: Session, here: Wave) -> United:
    where = str(theirs.folder)
    mine = {one.file.uid: one for one in sessions_of(here)}.get(theirs.file.uid)
    folder = mine.folder if mine is not None else here.folder / SESSIONS / theirs.name
    if mine is None and (folder / SESSION_FILE).exists():
        sentence = N_("there is another session of this name in wave '{wave}' here")
        return United(problems=(Problem("IMF-T228", sentence, {"wave": here.id}, where),))
    if not _tickets_fit(theirs, folder):
        sentence = N_("its responses were not given with the tickets of wave '{wave}' here")
        return United(problems=(Problem("IMF-T179", sentence, {"wave": here.id}, where),))
    if theirs.file.status == "closed":
        found = session_differences(theirs)
        if found:
            return United(problems=tuple(found))
    mine = mine or _adopted(theirs, here, folder)
    with mine.held() as file:
        added = list(_missing(theirs, mine))
        if file.status == "closed" and added and theirs.file != file:
            sentence = N_("session '{session}' is closed here: {count} votes were not taken in")
            params = {"session": mine.name, "count": len(added)}
            return United(problems=(Problem("IMF-T229", sentence, params, where),))
        if theirs.file.revision > file.revision:
            _take_file(theirs, mine.folder)
            mine.refresh()
        _take_marks(theirs, mine)
        total = sum(box.count() for box in vote_boxes(theirs))
        new = sum(_merged(box, mine) for box in vote_boxes(theirs))
    return United(new, total - new)


def _adopted(theirs: Session, here: Wave, folder: Path) -> Session:
    """A session that was not known here, without its votes yet."""
    with explained(folder):
        make_folder(folder)
    _take_file(theirs, folder)
    return Session(here, theirs.name)


def _take_file(theirs: Session, folder: Path) -> None:
    """Their state of the rounds, which is the newer one; their closing record before it, so that
    a kill in between is made good by merging again."""
    record = theirs.folder / CLOSING_FILE
    with explained(record):
        text = record.read_text("utf-8") if record.is_file() else ""
    if text:
        write_text(folder / CLOSING_FILE, text)
    write_session(folder, theirs.file)


def _tickets_fit(theirs: Session, folder: Path) -> bool:
    """Whether both have copies of one book, or one of them has none yet."""
    book, other = TicketBook(folder / TICKETS_FILE), session_book(theirs)
    return not (book.exists() and other.exists()) or book.same_as(other)


def _take_marks(theirs: Session, mine: Session) -> None:
    """A ticket that was used there is used here."""
    if not session_book(theirs).exists():
        return
    session_book(mine).take_in(session_book(theirs))
    for box in vote_boxes(theirs):
        vote_book(VoteBox(mine, box.round_id, box.number)).take_in(vote_book(box))


def _missing(theirs: Session, mine: Session) -> Iterator[bytes]:
    """The votes there that are not here."""
    for box in vote_boxes(theirs):
        with VoteBox(mine, box.round_id, box.number).store() as store:
            known = {entry.response_id for entry in store.entries()}
        with box.store() as store:
            yield from (
                entry.payload for entry in store.entries() if entry.response_id not in known
            )


def _merged(box: VoteBox, mine: Session) -> int:
    target_box = VoteBox(mine, box.round_id, box.number)
    with explained(target_box.folder):
        make_folder(target_box.folder)
    with target_box.store() as target, box.store() as source:
        return target.merge(source)
