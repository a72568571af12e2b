"""Rounds: opened, voted in, closed; who can read what, and what is shown."""

from __future__ import annotations

from pathlib import Path

import pytest
from keyholders import SECRETS
from room import DAY, ITEMS, ROUND, make_session, make_team_study, vote

from imfsurvey.i18n.errors import InputError, RefusedError
from imfsurvey.interview.answers import Answer
from imfsurvey.store.seal import Opening, Unsealer
from imfsurvey.study.sessions.ballot import Ballot
from imfsurvey.study.sessions.box import VoteBox, holders_part, room_part
from imfsurvey.study.sessions.file import SessionFile
from imfsurvey.study.sessions.room import Room
from imfsurvey.study.sessions.session import Session, new_session, session_of, sessions_of
from imfsurvey.study.sessions.sitting import at_a_machine, sitting_now
from imfsurvey.study.wave import Wave


@pytest.fixture
def wave(tmp_path: Path) -> Wave:
    """An open wave with the shipped questionnaire for teams."""
    return make_team_study(tmp_path / "zone")[1]


@pytest.fixture
def session(wave: Wave) -> Session:
    """A session of twelve."""
    return make_session(wave)


def test_a_new_session_has_the_rounds_of_its_questionnaire(session: Session) -> None:
    """Its agenda is the six sections that ask something; the opening words are no round."""
    assert [one.id for one in session.file.rounds] == [
        "round_clarity",
        "round_situations",
        "round_speaking",
        "round_support",
        "round_example",
        "round_learning",
    ]
    assert {one.state for one in session.file.rounds} == {"not_yet"}


def test_a_round_shows_what_was_voted(session: Session) -> None:
    """Counts, mean and agreement of twelve votes are those worked out by hand."""
    room = Room(session)
    room.open_round(ROUND)
    # First item: 3 x 2, 4 x 3, 5 x 4. Mean 38/12. Variance 2/3 x 12/11 = 8/11 by hand:
    # sum of squares 12 + 36 + 80 = 128 - 38²/12 = 23/3; 23/3 / 11 = 23/33.
    # r_wg = 1 - (23/33) / ((25 - 1) / 12) = 1 - 23/66 = 43/66.
    for code in (2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 4):
        vote(session, code, 1 if code < 4 else 5)
    assert room.attendance(ROUND) == (12, 12)
    shown = room.close_round(ROUND)
    assert (shown.votes, shown.outcome) == (12, "shown")
    first, second, third, _ = shown.items
    assert first.item == ITEMS[0]
    assert first.counts == (0, 3, 4, 5, 0)
    assert first.mean == pytest.approx(38 / 12)
    assert first.agreement == pytest.approx(43 / 66)
    assert not first.polarised
    assert second.counts == (7, 0, 0, 0, 5)
    assert second.polarised
    assert second.agreement == 0
    assert third.hidden == "too_few"
    assert third.counts is None and third.agreement is None


def test_all_but_one_is_said_in_words_only(session: Session) -> None:
    """No figure of a statement on which eleven of twelve agree; theirs would give the twelfth."""
    room = Room(session)
    room.open_round(ROUND)
    for code in (4,) * 11 + (1,):
        vote(session, code)
    item = room.close_round(ROUND).items[0]
    assert (item.hidden, item.leaning) == ("large_majority", "favourable")
    assert {item.n, item.counts, item.mean, item.agreement} == {None}


def test_under_five_nothing_is_unsealed(session: Session) -> None:
    """Four votes give no figure, and the file keeps nothing of them but their number."""
    room = Room(session)
    room.open_round(ROUND)
    for code in (1, 2, 3, 4):
        vote(session, code)
    closed = room.close_round(ROUND)
    assert (closed.votes, closed.outcome, closed.items) == (4, "too_few", ())


def test_a_second_vote_has_a_box_and_a_key_of_its_own(session: Session) -> None:
    """After discussion people vote again; the first figures stay as they were."""
    room = Room(session)
    first = room.open_round(ROUND)
    for code in (1, 1, 1, 5, 5):
        vote(session, code)
    before = room.close_round(ROUND)
    second = room.open_round(ROUND)
    for code in (3, 3, 3, 4, 4):
        vote(session, code)
    after = room.close_round(ROUND)
    assert first.public_key != second.public_key
    assert before.items[0].counts == (3, 0, 0, 0, 2)
    assert after.items[0].counts == (0, 0, 3, 2, 0)
    assert session.refresh().round(ROUND).votes == (before, after)
    assert [VoteBox(session, ROUND, number).count() for number in (1, 2)] == [5, 5]


def test_when_the_console_dies_its_votes_are_for_the_key_holders_only(session: Session) -> None:
    """A new console cannot show the round; a key holder still finds the votes in the box."""
    Room(session).open_round(ROUND)
    for code in (1, 2, 3, 4, 5):
        vote(session, code)
    again = Room(Session(session.wave, session.name))
    closed = again.close_round(ROUND)
    assert (closed.votes, closed.outcome, closed.items) == (5, "key_lost", ())
    assert again.open_round(ROUND).number == 2
    box = VoteBox(session, ROUND, 1)
    unsealer = Unsealer([SECRETS["dpo"]], "any_of", session.wave.seal.public_keys)
    with box.store() as store:
        records = [box.box.record_in(unsealer.unseal(holders_part(p))) for p in store.payloads()]
    rows = [box.codec.row(record) for record in records if record is not None]
    assert sorted(row[0] for row in rows) == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("opening", ["any_of", "all_of"])
def test_neither_seal_opens_with_the_other_key(tmp_path: Path, opening: Opening) -> None:
    """The room cannot open what is sealed to the holders, and four eyes stay four eyes."""
    session = make_session(make_team_study(tmp_path / "zone", opening)[1])
    room = Room(session)
    key = room.open_round(ROUND).public_key
    vote(session, 2)
    box = VoteBox(session, ROUND, 1)
    with box.store() as store:
        (payload,) = store.payloads()
    seal = session.wave.seal
    by_room = Unsealer([room._secrets[key]], "any_of", [key])
    assert by_room.unseal(holders_part(payload)) is None
    assert box.box.record_in(by_room.unseal(room_part(payload))) is not None
    by_both = Unsealer(list(SECRETS.values()), opening, seal.public_keys)
    assert by_both.unseal(room_part(payload)) is None
    assert box.box.record_in(by_both.unseal(holders_part(payload))) is not None
    if opening == "all_of":
        with pytest.raises(RefusedError, match="IMF-K103"):
            Unsealer([SECRETS["officer"]], opening, seal.public_keys)


def test_the_secret_of_a_vote_is_nowhere_on_the_disk(session: Session) -> None:
    """Not while it is open, not afterwards; and it is forgotten when the vote closes."""
    room = Room(session)
    key = room.open_round(ROUND).public_key
    secret = room._secrets[key]
    for code in (1, 2, 3, 4, 5):
        vote(session, code)
    study = session.wave.folder.parents[1]

    def on_disk() -> bool:
        files = [path for path in study.rglob("*") if path.is_file() and path.suffix != ".age"]
        return any(secret.encode() in path.read_bytes() for path in files)

    assert not on_disk()
    room.close_round(ROUND)
    assert not on_disk()
    assert not room.has_key(session.file.round(ROUND).votes[0])


def test_records_of_another_vote_are_left_out(session: Session) -> None:
    """A record that was copied from one box into another one counts nothing there."""
    room = Room(session)
    room.open_round(ROUND)
    for code in (1, 2, 3, 4, 5):
        vote(session, code)
    room.close_round(ROUND)
    room.open_round(ROUND)
    for code in (2, 2, 3, 3, 4):
        vote(session, code)
    with VoteBox(session, ROUND, 1).store() as old, VoteBox(session, ROUND, 2).store() as new:
        new.merge(old)
    closed = room.close_round(ROUND)
    assert closed.votes == 10
    assert closed.items[0].counts == (0, 2, 2, 1, 0)


def test_a_vote_that_comes_too_late_is_refused(session: Session) -> None:
    """Who sends after the round has closed is told so, and nothing is stored."""
    room = Room(session)
    room.open_round(ROUND)
    ballot = Ballot(session)
    room.close_round(ROUND)
    with pytest.raises(RefusedError, match="IMF-T221"):
        ballot.cast({})
    assert VoteBox(session, ROUND, 1).count() == 0
    with pytest.raises(RefusedError, match="IMF-T218"):
        Ballot(session)


def test_a_ballot_of_one_vote_is_none_of_the_next(session: Session) -> None:
    """Somebody was still answering when the round was closed and opened anew: it is said, and
    neither box has it."""
    room = Room(session)
    room.open_round(ROUND)
    ballot = Ballot(session)
    room.close_round(ROUND)
    room.open_round(ROUND)
    with pytest.raises(RefusedError, match="IMF-T221"):
        ballot.cast({ITEMS[0]: Answer("answered", 1)})
    assert [VoteBox(session, ROUND, number).count() for number in (1, 2)] == [0, 0]


def test_of_two_rounds_the_one_still_open_is_stored_at_the_second_try(session: Session) -> None:
    """One of the rounds on a ballot was closed meanwhile: said first, then the other is stored."""
    room = Room(session)
    room.open_round(ROUND)
    room.open_round("round_situations")
    ballot = Ballot(session)
    room.close_round(ROUND)
    with pytest.raises(RefusedError, match="IMF-T220"):
        ballot.cast({})
    ballot.cast({})
    ballot.cast({})
    assert VoteBox(session, ROUND, 1).count() == 0
    assert VoteBox(session, "round_situations", 1).count() == 1


def test_the_opening_words_come_with_the_first_votes_only(session: Session) -> None:
    """What is promised is read once, not before every round."""
    room = Room(session)
    room.open_round(ROUND)
    assert [one.id for one in Ballot(session).questionnaire.sections] == ["welcome", ROUND]
    room.close_round(ROUND)
    room.open_round("round_situations")
    asked = [one.id for one in Ballot(session).questionnaire.sections]
    assert asked == ["round_situations"]


def test_no_more_people_vote_than_are_expected(wave: Wave) -> None:
    """The thirteenth of twelve is refused before the first question, until the number is raised."""
    session = make_session(wave, expected=2)
    room = Room(session)
    room.open_round(ROUND)
    vote(session, 1)
    vote(session, 2)
    with pytest.raises(RefusedError, match="IMF-T219"):
        Ballot(session).expect()
    room.expect(3)
    Ballot(session).expect()


def test_more_have_voted_than_are_expected_now(session: Session) -> None:
    """The facilitator lowers the number afterwards: the six votes are all counted."""
    room = Room(session)
    room.open_round(ROUND)
    for code in (1, 2, 3, 3, 4, 5):
        vote(session, code)
    room.expect(5)
    assert room.attendance(ROUND).missing == 0
    assert room.close_round(ROUND).items[0].counts == (1, 1, 2, 1, 1)


def test_who_is_at_a_machine_is_a_number_that_ends_with_the_sitting(session: Session) -> None:
    """Two sit, one leaves; what a killed program left behind does not count."""
    with at_a_machine(session):
        with at_a_machine(session):
            assert sitting_now(session) == 2
        assert sitting_now(session) == 1
    (session.folder / "sitting" / "deadbeefdeadbeef.lock").touch()
    assert sitting_now(session) == 0
    assert list((session.folder / "sitting").iterdir()) == []


def test_notes_are_kept_and_final_after_closing(session: Session) -> None:
    """Conclusion and actions are read back as written; a closed session takes nothing more."""
    room = Room(session)
    room.note(ROUND, conclusion="Clair : « oui »\n- non", actions="@écrire #1: x")
    read = SessionFile.model_validate(session.refresh()).round(ROUND)
    assert (read.conclusion, read.actions) == ("Clair : « oui »\n- non", "@écrire #1: x")
    room.close(DAY)
    with pytest.raises(RefusedError, match="IMF-T211"):
        room.note(ROUND, conclusion="", actions="")
    with pytest.raises(RefusedError, match="IMF-T211"):
        Ballot(session)


def test_two_programs_lose_no_change(session: Session) -> None:
    """Two rooms that read the same file both get their change in."""
    one, two = Room(Session(session.wave, "team-a")), Room(Session(session.wave, "team-a"))
    one.note(ROUND, conclusion="a", actions="")
    two.note("round_situations", conclusion="b", actions="")
    file = session.refresh()
    assert [one.conclusion for one in file.rounds[:2]] == ["a", "b"]
    assert file.revision == 3


def test_one_console_at_a_time(session: Session) -> None:
    """A second console is refused; after the first has ended, another may come. Who leaves takes
    no key along."""
    with (
        Room.entered(session),
        pytest.raises(RefusedError, match="IMF-T222"),
        Room.entered(Session(session.wave, session.name)),
    ):
        pass
    with Room.entered(session) as room:
        assert room.session is session
        opened = room.open_round(ROUND)
        assert room.has_key(opened)
    assert not room.has_key(opened)


def test_what_cannot_be_done_is_refused_in_words(wave: Wave, session: Session) -> None:
    """Names, rounds and states that are wrong each have their code."""
    room = Room(session)
    for code, name in (("IMF-T213", "Team A"), ("IMF-T214", "team-a")):
        with pytest.raises((InputError, RefusedError), match=code):
            new_session(wave, name, expected=5)
    with pytest.raises(InputError, match="IMF-T212"):
        session_of(wave, "nobody")
    with pytest.raises(RefusedError, match="IMF-T224"):
        room.close_round(ROUND)
    room.open_round(ROUND)
    with pytest.raises(RefusedError, match="IMF-T223"):
        room.open_round(ROUND)
    with pytest.raises(RefusedError, match="IMF-T226"):
        room.close(DAY)
    for people in (0, 1_000):
        with pytest.raises(InputError, match="IMF-T225"):
            room.expect(people)
    assert [one.name for one in sessions_of(wave)] == ["team-a"]
