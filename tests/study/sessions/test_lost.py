"""Rounds whose key is gone: what key holders make of them, and what stays hidden."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path

import pytest
from keyholders import SECRETS
from room import DAY, ROUND, make_session, make_team_study, session_in, vote

from imfsurvey.i18n.errors import RefusedError
from imfsurvey.store.seal import new_key
from imfsurvey.study.folder import Study
from imfsurvey.study.life import close_wave
from imfsurvey.study.merging import merge
from imfsurvey.study.purging import purge
from imfsurvey.study.sessions.ballot import Ballot
from imfsurvey.study.sessions.box import VoteBox
from imfsurvey.study.sessions.file import VoteFile
from imfsurvey.study.sessions.lost import unseal_lost
from imfsurvey.study.sessions.record import session_differences, session_record
from imfsurvey.study.sessions.room import Room
from imfsurvey.study.sessions.session import Session, session_of

OFFICER, DPO = SECRETS["officer"], SECRETS["dpo"]
SIX = (2, 2, 3, 4, 4, 5)


def died(session: Session, codes: tuple[int, ...], round_id: str = ROUND) -> None:
    """A round on which some voted before the console that had opened it died."""
    Room(session).open_round(round_id)
    for code in codes:
        vote(session, code)


def last_vote(session: Session) -> VoteFile:
    """The last vote on the first round."""
    return session.refresh().round(ROUND).votes[-1]


def test_a_key_holder_makes_the_result_of_a_lost_round(study: Study) -> None:
    """Six votes 2 2 3 4 4 5 have the counts 0 2 1 2 1 and the mean 20/6, by hand."""
    session = session_in(study)
    died(session, SIX)
    again = Room(Session(session.wave, session.name))
    again.close_round(ROUND)
    again.close(DAY)
    record = session_record(session)
    (made,) = unseal_lost(session_in(study), [DPO])
    assert made == (ROUND, 1, 6, 0)
    shown = last_vote(session)
    assert (shown.outcome, shown.votes, shown.by_holders) == ("shown", 6, "as_closed")
    assert shown.items[0].counts == (0, 2, 1, 2, 1)
    assert shown.items[0].mean == pytest.approx(20 / 6)
    assert shown.items[1].counts is None
    assert session_record(session) == record and session_differences(session) == []
    with pytest.raises(RefusedError, match="IMF-T322"):
        unseal_lost(session_in(study), [DPO])


def test_four_votes_stay_sealed_for_key_holders_too(study: Study) -> None:
    """Under k nobody makes figures, whoever asks."""
    session = session_in(study)
    died(session, SIX[:4])
    close_wave(study, study.waves[0], DAY, ending_sessions=True)
    assert (last_vote(session).outcome, last_vote(session).votes) == ("too_few", 4)
    with pytest.raises(RefusedError, match="IMF-T322"):
        unseal_lost(session_in(study), [OFFICER])


def test_a_round_that_was_voted_again_is_not_unsealed(study: Study) -> None:
    """Two results of nearly the same people could tell about those who missed one of them."""
    session = session_in(study)
    died(session, SIX)
    again = Room(Session(session.wave, session.name))
    again.close_round(ROUND)
    again.open_round(ROUND)
    for code in (*SIX, 1):
        vote(session, code)
    again.close_round(ROUND)
    again.close(DAY)
    with pytest.raises(RefusedError, match="IMF-T322"):
        unseal_lost(session_in(study), [OFFICER])
    assert session.refresh().round(ROUND).votes[0].items == ()


def test_a_round_with_a_result_is_not_unsealed_for_a_later_vote(study: Study) -> None:
    """The other way round: the first vote has its result, the key of the second one is gone."""
    session = session_in(study)
    room = Room(session)
    room.open_round(ROUND)
    for code in SIX:
        vote(session, code)
    room.close_round(ROUND)
    died(session, (*SIX, 1))
    close_wave(study, study.waves[0], DAY, ending_sessions=True)
    with pytest.raises(RefusedError, match="IMF-T322"):
        unseal_lost(session_in(study), [OFFICER])
    assert (last_vote(session).outcome, last_vote(session).items) == ("key_lost", ())


def test_of_several_lost_votes_the_last_with_enough_is_unsealed(study: Study) -> None:
    """Six votes, five, then three, and the key of each is gone: the result is that of the five,
    and the others get none, not even afterwards."""
    session = session_in(study)
    for codes in (SIX, (1, 2, 3, 4, 5)):
        died(session, codes)
        Room(Session(session.wave, session.name)).close_round(ROUND)
    died(session, (3, 3, 3))
    close_wave(study, study.waves[0], DAY, ending_sessions=True)
    assert unseal_lost(session_in(study), [OFFICER]) == ((ROUND, 2, 5, 0),)
    votes = session.refresh().round(ROUND).votes
    assert [one.outcome for one in votes] == ["key_lost", "shown", "too_few"]
    assert [one.items == () for one in votes] == [True, False, True]
    assert votes[1].items[0].counts == (1, 1, 1, 1, 1)
    with pytest.raises(RefusedError, match="IMF-T322"):
        unseal_lost(session_in(study), [OFFICER])


def test_nothing_is_unsealed_while_people_may_vote(study: Study) -> None:
    """An open session is refused, whoever holds the keys; of a closed one, a key of others."""
    session = session_in(study)
    died(session, SIX)
    with pytest.raises(RefusedError, match="IMF-T321"):
        unseal_lost(session, [OFFICER])
    assert last_vote(session).status == "open"
    close_wave(study, study.waves[0], DAY, ending_sessions=True)
    with pytest.raises(RefusedError, match="IMF-K103"):
        unseal_lost(session_in(study), [new_key()[0]])


def test_four_eyes_stay_four_eyes(tmp_path: Path) -> None:
    """Where all holders are needed, one alone gets no figure."""
    study, wave = make_team_study(tmp_path / "a", "all_of")
    session = make_session(wave)
    died(session, SIX)
    close_wave(study, wave.like(), DAY, ending_sessions=True)
    with pytest.raises(RefusedError, match="IMF-K103"):
        unseal_lost(session_in(study), [OFFICER])
    assert last_vote(session).items == ()
    (made,) = unseal_lost(session_in(study), [OFFICER, DPO])
    assert made.votes == 6


def test_a_changed_box_is_told_and_has_to_be_accepted(study: Study) -> None:
    """Records that were added after the closing stop it; accepted, they still count nothing."""
    session = session_in(study)
    died(session, SIX)
    Room(session).open_round("round_situations")
    for _ in range(5):
        vote(session, 1)
    close_wave(study, study.waves[0], DAY, ending_sessions=True)
    # All eleven ballots went into the box of the first round, five into that of the second.
    other = VoteBox(session, "round_situations", 1)
    with VoteBox(session, ROUND, 1).store() as box, other.store() as foreign:
        assert (box.count(), box.merge(foreign)) == (11, 5)
    with pytest.raises(RefusedError, match="IMF-T177"):
        unseal_lost(session_in(study), [OFFICER])
    first = unseal_lost(session_in(study), [OFFICER], despite_differences=True)[0]
    assert (first.votes, first.left_out) == (11, 5)
    # The six of before, and five times 1.
    assert last_vote(session).items[0].counts == (5, 2, 1, 2, 1)
    assert last_vote(session).by_holders == "changed"


def test_votes_that_were_destroyed_are_not_looked_for(study: Study) -> None:
    """After a purge the refusal says so."""
    session = session_in(study)
    died(session, SIX)
    close_wave(study, study.waves[0], DAY, ending_sessions=True)
    purge(study.waves[0], datetime.date(2028, 1, 1), by="O", reference="R")
    with pytest.raises(RefusedError, match="IMF-T186"):
        unseal_lost(session_in(study), [OFFICER])


def test_a_wave_does_not_close_over_an_open_session(study: Study) -> None:
    """It says which; with the option the session ends, its record is there, its notes stay."""
    session = session_in(study)
    room = Room(session)
    room.note(ROUND, conclusion="Les cadeaux", actions="")
    died(session, SIX)
    with pytest.raises(RefusedError, match="IMF-T320") as refused:
        close_wave(study, study.waves[0], DAY)
    assert refused.value.params["sessions"] == "team-a"
    assert study.waves[0].file.status == "open"
    close_wave(study, study.waves[0], DAY, ending_sessions=True, place="laptop A")
    ended = session.refresh()
    assert (ended.status, ended.closed_on) == ("closed", DAY)
    assert (last_vote(session).outcome, last_vote(session).votes) == ("key_lost", 6)
    assert ended.round(ROUND).conclusion == "Les cadeaux"
    record = session_record(session)
    assert record is not None
    assert [(one.box, one.records) for one in record.boxes] == [(f"{ROUND}.1", 6)]
    assert session_differences(session) == []


def test_nobody_votes_in_a_closed_wave(study: Study) -> None:
    """Not even where somebody has put the session.yaml of before back, in which a round is open:
    neither who sits down then nor who has been sitting there."""
    session = session_in(study)
    died(session, SIX)
    sitting = Ballot(session)
    path = session.folder / "session.yaml"
    before = path.read_bytes()
    close_wave(study, study.waves[0], DAY, ending_sessions=True)
    with pytest.raises(RefusedError, match="IMF-T101"):
        Ballot(session)
    path.write_bytes(before)
    with pytest.raises(RefusedError, match="IMF-T101"):
        Ballot(session_in(study))
    with pytest.raises(RefusedError, match="IMF-T101"):
        sitting.cast({})
    assert VoteBox(session, ROUND, 1).count() == 6


def test_a_console_that_runs_stops_the_wave(study: Study) -> None:
    """The keys of its rounds must not be lost by accident: nothing is changed."""
    session = session_in(study)
    before = session.file
    with Room.entered(session), pytest.raises(RefusedError, match="IMF-T222"):
        close_wave(study, study.waves[0], DAY, ending_sessions=True)
    assert session.refresh() == before
    assert study.waves[0].file.status == "open"


def test_a_laptop_that_ended_its_copy_does_not_end_the_session(
    study: Study, tmp_path: Path
) -> None:
    """A wave closed on another laptop brings its votes, and the console here goes on."""
    room = Room(session_in(study))
    room.open_round(ROUND)
    shutil.copytree(study.folder, tmp_path / "b")
    other = Study(tmp_path / "b")
    for code in SIX:
        vote(session_in(other), code)
    close_wave(other, other.waves[0], DAY, ending_sessions=True)
    assert [(one.new, one.problems) for one in merge(study, other.folder)] == [(6, ())]
    assert room.session.refresh().status == "open"
    shown = room.close_round(ROUND)
    assert (shown.outcome, shown.votes) == ("shown", 6)
    assert session_of(study.waves[0], "team-a").file.round(ROUND).votes == (shown,)
