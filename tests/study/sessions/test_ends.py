"""The end of a session, sticks that go round, and the destruction of what was voted."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path

import pytest
from room import DAY, ROUND, make_session, session_in, vote

from imfsurvey.i18n.errors import RefusedError
from imfsurvey.study.folder import Study
from imfsurvey.study.life import close_wave
from imfsurvey.study.merging import merge
from imfsurvey.study.purging import purge
from imfsurvey.study.sessions.ballot import Ballot
from imfsurvey.study.sessions.box import VoteBox
from imfsurvey.study.sessions.record import session_differences, session_record
from imfsurvey.study.sessions.room import Room
from imfsurvey.study.sessions.session import Session, sessions_of
from imfsurvey.study.tickets import TicketBook


def copy_of(study: Study, folder: Path) -> Study:
    """The whole study on another laptop."""
    shutil.copytree(study.folder, folder)
    return Study(folder)


def votes_in(session: Session, number: int = 1) -> int:
    """How many votes a box holds."""
    return VoteBox(session, ROUND, number).count()


def test_the_record_names_every_change_after_closing(study: Study) -> None:
    """As closed there is no difference; one record fewer is named."""
    session = session_in(study)
    room = Room(session)
    room.open_round(ROUND)
    for code in (1, 2, 3, 4, 5):
        vote(session, code)
    room.close_round(ROUND)
    record = room.close(DAY, "laptop A")
    assert (record.session, record.place) == ("team-a", "laptop A")
    assert [(one.box, one.records, one.damaged) for one in record.boxes] == [(f"{ROUND}.1", 5, 0)]
    assert session_record(session) == record
    assert session_differences(session) == []
    times = {path.stat().st_mtime for path in (session.folder / "boxes").rglob("*")}
    assert times == {946_684_800.0}
    with VoteBox(session, ROUND, 1).store() as store:
        store.destroy()
    assert [one.code for one in session_differences(session)] == ["IMF-T173"]


def test_sticks_unite_the_votes_of_several_laptops(study: Study, tmp_path: Path) -> None:
    """Any order, twice if need be; the states of the rounds come from the console."""
    room = Room(session_in(study))
    room.open_round(ROUND)
    other = copy_of(study, tmp_path / "b")
    for code in (1, 2, 3):
        vote(session_in(other), code)
    for code in (3, 4, 5, 5):
        vote(room.session, code)
    assert [(one.new, one.known) for one in merge(study, other.folder)] == [(3, 0)]
    assert [(one.new, one.known) for one in merge(study, other.folder)] == [(0, 3)]
    closed = room.close_round(ROUND)
    assert (closed.votes, closed.items[0].counts) == (7, (1, 1, 2, 1, 2))
    assert session_in(other).file.round(ROUND).state == "open"
    list(merge(other, study.folder))
    assert session_in(other).file == room.session.file
    assert votes_in(session_in(other)) == 7


def test_a_late_stick_changes_no_figure(study: Study, tmp_path: Path) -> None:
    """Votes that come after a round has closed are stored and told, and added to no figure."""
    room = Room(session_in(study))
    room.open_round(ROUND)
    other = copy_of(study, tmp_path / "b")
    vote(session_in(other), 1)
    for code in (3, 4, 5, 5, 2):
        vote(room.session, code)
    closed = room.close_round(ROUND)
    list(merge(study, other.folder))
    assert room.late(ROUND) == 1
    assert room.attendance(ROUND) == (5, 12)
    assert room.session.refresh().round(ROUND).votes == (closed,)


def test_a_closed_session_takes_nothing_in(study: Study, tmp_path: Path) -> None:
    """A stick that comes after the record was signed is told, and changes nothing."""
    room = Room(session_in(study))
    room.open_round(ROUND)
    other = copy_of(study, tmp_path / "b")
    vote(session_in(other), 1)
    room.close_round(ROUND)
    room.close(DAY)
    (taken,) = merge(study, other.folder)
    assert [one.code for one in taken.problems] == ["IMF-T229"]
    assert votes_in(room.session) == 0


def test_a_session_made_elsewhere_is_taken_in_whole(study: Study, tmp_path: Path) -> None:
    """A session that is not known here yet comes with its rounds, notes and record."""
    other = copy_of(study, tmp_path / "b")
    second = make_session(other.waves[0], "team-b")
    room = Room(second)
    room.open_round(ROUND)
    vote(second, 1)
    room.close_round(ROUND)
    room.note(ROUND, conclusion="c", actions="")
    room.close(DAY)
    list(merge(study, other.folder))
    here = sessions_of(study.waves[0])[1]
    assert here.file == second.file
    assert session_differences(here) == []
    with VoteBox(here, ROUND, 1).store() as box:
        box.destroy()  # as if the first try had been killed before the votes
    (taken,) = merge(study, other.folder)
    assert (taken.new, taken.problems) == (1, ())
    assert session_differences(here) == []


def test_a_stick_that_comes_after_the_wave_has_closed(study: Study, tmp_path: Path) -> None:
    """Votes that are here already are nothing to tell; one that is not cannot be taken in."""
    room = Room(session_in(study))
    room.open_round(ROUND)
    vote(room.session, 3)
    same, more = (copy_of(study, tmp_path / name) for name in "bc")
    vote(session_in(more), 1)
    room.close_round(ROUND)
    room.close(DAY)
    close_wave(study, study.waves[0], DAY)
    (taken,) = merge(study, same.folder)
    assert (taken.wave, taken.new, taken.known, taken.problems) == (study.waves[0].id, 0, 1, ())
    (taken,) = merge(study, more.folder)
    assert (taken.wave, [one.code for one in taken.problems]) == ("", ["IMF-T101"])


def made_elsewhere(study: Study, folder: Path) -> Study:
    """A copy of the study on another laptop, where a second team has voted and ended."""
    other = copy_of(study, folder)
    room = Room(make_session(other.waves[0], "team-b"))
    room.open_round(ROUND)
    vote(room.session, 1)
    room.close_round(ROUND)
    room.close(DAY)
    return other


def test_what_is_wrong_with_a_new_session_is_told_before_it_is_taken_in(
    study: Study, tmp_path: Path
) -> None:
    """A stick whose box lacks a vote leaves nothing here that the sound one would run into."""
    other = made_elsewhere(study, tmp_path / "b")
    sound = copy_of(other, tmp_path / "c")
    with VoteBox(sessions_of(other.waves[0])[1], ROUND, 1).store() as store:
        store.destroy()
    (taken,) = merge(study, other.folder)
    assert [one.code for one in taken.problems] == ["IMF-T173"]
    assert [one.name for one in sessions_of(study.waves[0])] == ["team-a"]
    (taken,) = merge(study, sound.folder)
    assert (taken.problems, taken.new) == ((), 1)
    assert session_differences(sessions_of(study.waves[0])[1]) == []


def test_tickets_may_be_printed_before_a_session_is_made_elsewhere(
    study: Study, tmp_path: Path
) -> None:
    """A folder with tickets alone is no session yet; but they have to be the same tickets."""
    folder = study.waves[0].folder / "sessions" / "team-b"
    TicketBook(folder / "tickets.json", cost=16).issue(2)
    other = copy_of(study, tmp_path / "b")
    room = Room(make_session(other.waves[0], "team-b"))
    room.close(DAY)
    main = copy_of(study, tmp_path / "c")
    (taken,) = merge(other, main.folder)
    assert taken.problems == ()
    (taken,) = merge(main, other.folder)
    assert taken.problems == ()
    assert [one.name for one in sessions_of(main.waves[0])] == ["team-a", "team-b"]
    shutil.rmtree(folder)
    TicketBook(folder / "tickets.json", cost=16).issue(2)
    (taken,) = merge(study, other.folder)
    assert [one.code for one in taken.problems] == ["IMF-T179"]


def test_another_session_of_the_same_name_is_not_mixed_up(study: Study, tmp_path: Path) -> None:
    """Two teams that chose one name stay apart, and it is told."""
    other = copy_of(study, tmp_path / "b")
    shutil.rmtree(session_in(other).folder)
    make_session(other.waves[0])
    (taken,) = merge(study, other.folder)
    assert [one.code for one in taken.problems] == ["IMF-T228"]


def test_destroying_a_wave_destroys_its_votes(study: Study) -> None:
    """What was voted is overwritten and gone; figures and notes stay, the record lists the box."""
    session = session_in(study)
    room = Room(session)
    room.open_round(ROUND)
    for code in (1, 2, 3, 4, 5):
        vote(session, code)
    room.close_round(ROUND)
    room.close(DAY)
    close_wave(study, study.waves[0], DAY)
    later = datetime.date(2028, 1, 1)
    record = purge(study.waves[0], later, by="O", reference="R")
    assert [(one.box, one.records) for one in record.boxes] == [(f"team-a/{ROUND}.1", 5)]
    assert votes_in(session) == 0
    assert session.refresh().round(ROUND).votes[0].outcome == "shown"


def test_a_ticket_is_good_once_in_every_vote(study: Study, tmp_path: Path) -> None:
    """Used in one vote it is good in the next; marks of another laptop count after its stick."""
    room = Room(session_in(study))
    book = TicketBook(room.session.folder / "tickets.json", cost=2**10)
    code, other_code, _ = book.issue(3)
    room.open_round(ROUND)
    other = copy_of(study, tmp_path / "b")
    cast(session_in(other), other_code)
    with pytest.raises(RefusedError, match="IMF-T199"):
        Ballot(room.session).cast({})
    cast(room.session, code)
    with pytest.raises(RefusedError, match="IMF-T194"):
        cast(room.session, code)
    list(merge(study, other.folder))
    with pytest.raises(RefusedError, match="IMF-T194"):
        cast(room.session, other_code)
    assert votes_in(room.session) == 2
    room.close_round(ROUND)
    room.open_round(ROUND)
    room.open_round("round_situations")
    cast(room.session, code)
    assert (votes_in(room.session, 2), votes_in(room.session)) == (1, 2)
    room.close_round(ROUND)
    room.close_round("round_situations")
    book.tear_up(1)
    tickets = room.close(DAY).tickets
    assert tickets is not None
    assert (tickets.printed, tickets.used, tickets.torn_up) == (3, 2, 1)


def test_a_ticket_that_was_checked_before_is_asked_for_once_more(study: Study) -> None:
    """On a phone it is typed once: it is refused where it was used, or is of another session, and
    where everything was cast with it (the other round has just been closed) nothing is left."""
    room = Room(session_in(study))
    books = [
        TicketBook(one.folder / "tickets.json", cost=16)
        for one in (room.session, make_session(study.waves[0], "team-b"))
    ]
    codes = [book.issue(1)[0] for book in books]
    room.open_round(ROUND)
    ballot = Ballot(room.session)
    with pytest.raises(RefusedError, match="IMF-T193"):
        ballot.check(codes[1])
    with pytest.raises(RefusedError, match="IMF-T193"):
        ballot.admit(books[1].check(codes[1]))
    ticket = ballot.check(codes[0])
    ballot.cast({})
    with pytest.raises(RefusedError, match="IMF-T194"):
        Ballot(room.session).admit(ticket)
    again = Ballot(room.session)
    again.leave_out(ballot.votes)
    again.admit(ticket)
    assert again.votes == frozenset()


def cast(session: Session, code: str) -> None:
    """Vote with a ticket, on nothing."""
    ballot = Ballot(session)
    ballot.check(code)
    ballot.cast({})
