"""The book of tickets: issued, checked, used once, torn up, taken in, counted."""

import hashlib
import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from keyholders import close_and_unseal
from zone import CLOSED

from imfsurvey.i18n.errors import ImfsurveyError, RefusedError, StorageError
from imfsurvey.interview import Answer
from imfsurvey.store.disk import LEVEL_TIME
from imfsurvey.study.boxes import (
    Submission,
    count_responses,
    expect_another,
    submit,
    ticket_book,
)
from imfsurvey.study.closing import closing_record, differences
from imfsurvey.study.codes import drawn
from imfsurvey.study.folder import Study
from imfsurvey.study.issuing import advised, issue_tickets, session_book
from imfsurvey.study.life import close_wave
from imfsurvey.study.merging import merge
from imfsurvey.study.tickets import COST, TICKETS_FILE, TicketBook, TicketCounts
from imfsurvey.study.tries import Tries
from imfsurvey.study.wave import Wave

CHEAP = 16
"""N of scrypt where its slowness is not what is tested."""
TOO_CHEAP = json.dumps({"salt": "0" * 32, "cost": 2}).encode()
"""For so little work scrypt has no room: OpenSSL refuses it."""
NO_POWER = json.dumps({"salt": "0" * 32, "cost": 24}).encode()
"""scrypt takes powers of two (RFC 7914, 2)."""
ANSWERS = {"category": Answer("answered", "ops"), "clear": Answer("answered", 4)}


@pytest.fixture
def book(wave: Wave) -> TicketBook:
    """The book of a wave, with no ticket yet."""
    return TicketBook(wave.folder / TICKETS_FILE, cost=CHEAP)


def answer(wave: Wave, code: str, submission: Submission | None = None) -> None:
    """Answer the survey with a ticket."""
    ticket = ticket_book(wave).check(code)
    submit(wave, wave.questionnaire("survey"), submission or Submission(), ANSWERS, ticket)


def refusal(error: pytest.ExceptionInfo[ImfsurveyError]) -> str:
    """Its code."""
    return error.value.code


def test_a_ticket_is_good_once(book: TicketBook) -> None:
    """Checked twice, used by one of the two; afterwards it is said that it is used."""
    (code,) = book.issue(1)
    one, other = book.check(code), book.check(code)
    book.use(one)
    with pytest.raises(RefusedError) as refused:
        book.use(other)
    assert refusal(refused) == "IMF-T194"
    with pytest.raises(RefusedError) as refused:
        book.check(code)
    assert refusal(refused) == "IMF-T194"
    assert book.counts() == TicketCounts(printed=1, used=1, torn_up=0)


def test_using_again_by_the_same_ticket_changes_nothing(book: TicketBook) -> None:
    """A sitting that tries once more after a fault is not refused."""
    ticket = book.check(book.issue(2)[0])
    book.use(ticket)
    before = book.path.read_bytes()
    book.use(ticket)
    assert book.path.read_bytes() == before


def test_an_unknown_ticket(book: TicketBook) -> None:
    """Rightly typed and never issued."""
    book.issue(3)
    with pytest.raises(RefusedError) as refused:
        book.check(drawn())
    assert refusal(refused) == "IMF-T193"


def test_the_real_cost_is_the_default(wave: Wave) -> None:
    """A book that nobody made cheap says N = 2^15, and its codes are found by that."""
    book = ticket_book(wave)
    (code,) = book.issue(1)
    assert json.loads(book.path.read_text())["cost"] == COST == 32_768
    assert book.check(code).value in book.path.read_text()
    assert TicketBook(book.path, cost=CHEAP).check(code).value in book.path.read_text()


def test_no_code_is_stored(book: TicketBook) -> None:
    """Not as it is printed, not in two groups, not in hexadecimal."""
    codes = book.issue(20) + book.issue(20)
    book.use(book.check(codes[0]))
    text = book.path.read_text().upper()
    for code in codes:
        for form in (code, code[:5], code[5:], code.encode().hex().upper()):
            assert form not in text


def test_what_stands_in_the_book_for_a_code(book: TicketBook) -> None:
    """SHA-256 of the first half of its scrypt (r 8, p 1), and that half once it is used: a card
    that is printed today is good after every later version. The other half is in no book."""
    (code,) = book.issue(1)
    salt = bytes.fromhex(json.loads(book.path.read_text())["salt"])
    derived = hashlib.scrypt(code.encode(), salt=salt, n=CHEAP, r=8, p=1, dklen=64)
    value = hashlib.sha256(derived[:32]).hexdigest()
    assert tickets_in(book) == {value: ""}
    ticket = book.check(code)
    book.use(ticket)
    assert tickets_in(book) == {value: derived[:32].hex()}
    assert ticket.secret == derived[32:]


def test_the_book_tells_no_order(book: TicketBook) -> None:
    """Neither that in which the cards were printed, which is no order of their codes either, nor
    that in which they were used."""
    codes = book.issue(12)
    assert codes != sorted(codes)
    for code in codes[::-3]:
        book.use(book.check(code))
    found = list(tickets_in(book))
    assert len(found) == 12 and found == sorted(found)


def tickets_in(book: TicketBook) -> dict[str, str]:
    """What the file has of each ticket, in its order; no laptop has a letter."""
    (one,) = json.loads(book.path.read_text())["ranges"]
    tickets: dict[str, str] = one["tickets"]
    return tickets


def test_letters_of_laptops(book: TicketBook) -> None:
    """Each copy takes its own tickets only, and none before it was said which one it is."""
    codes = {letter: book.issue(2, prefix=letter) for letter in "AB"}
    assert all(code.startswith(letter) for letter, some in codes.items() for code in some)
    with pytest.raises(RefusedError) as refused:
        book.check(codes["A"][0])
    assert refusal(refused) == "IMF-T196"
    book.settle("A")
    assert book.here() == "A" and book.laptops() == ("A", "B")
    book.check(codes["A"][0])
    with pytest.raises(RefusedError) as refused:
        book.check(codes["B"][0])
    assert refusal(refused) == "IMF-T195"
    assert dict(refused.value.params) == {"other": "B", "here": "A"}
    with pytest.raises(RefusedError) as refused:
        book.check(drawn("C"))
    assert refusal(refused) == "IMF-T193"


def test_letters_that_cannot_be(book: TicketBook) -> None:
    """Not one letter, one that no code has, none where the others have one, an unknown one."""
    for wrong in ("AB", "O", "1", "a"):
        with pytest.raises(RefusedError) as refused:
            book.issue(1, prefix=wrong)
        assert refusal(refused) == "IMF-T197"
    book.issue(1, prefix="A")
    with pytest.raises(RefusedError) as refused:
        book.issue(1)
    assert refusal(refused) == "IMF-T197"
    with pytest.raises(RefusedError) as refused:
        book.settle("B")
    assert refusal(refused) == "IMF-T196"


def test_tearing_up(book: TicketBook) -> None:
    """Added up, and never more than can be left over: 5 printed, 1 used, 3 + 1 torn up."""
    book.use(book.check(book.issue(5)[0]))
    book.tear_up(3)
    for count in (2, -1):
        with pytest.raises(RefusedError) as refused:
            book.tear_up(count)
        assert refusal(refused) == "IMF-T198"
    book.tear_up(1)
    assert book.counts() == TicketCounts(printed=5, used=1, torn_up=4)
    assert book.counts().unused == 0


def test_a_mark_without_its_proof_is_not_counted(book: TicketBook) -> None:
    """Who only has the file cannot make tickets look used, to hide responses of their own."""
    codes = book.issue(3)
    book.use(book.check(codes[0]))
    file = json.loads(book.path.read_text())
    tickets = file["ranges"][0]["tickets"]
    (proof,) = (proof for proof in tickets.values() if proof)
    file["ranges"][0]["tickets"] = dict.fromkeys(tickets, proof)
    book.path.write_text(json.dumps(file))
    assert book.counts() == TicketCounts(printed=3, used=1, torn_up=0)


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"\xff", b'{"salt": 1}', b"[" * 5_000, TOO_CHEAP, NO_POWER]
)
def test_a_damaged_book(book: TicketBook, content: bytes) -> None:
    """Is named, and left as it is."""
    book.issue(1)
    book.path.write_bytes(content)
    for action in (book.counts, lambda: book.check(drawn()), lambda: book.issue(1)):
        with pytest.raises(StorageError) as refused:
            action()
        assert refusal(refused) == "IMF-T230"
    assert book.path.read_bytes() == content


def test_many_at_a_time(book: TicketBook) -> None:
    """24 tickets used by 6 threads, all twice: each once, and none is lost."""
    codes = book.issue(24)

    def used(code: str) -> bool:
        try:
            own = TicketBook(book.path)
            own.use(own.check(code))
        except RefusedError:
            return False
        return True

    with ThreadPoolExecutor(6) as pool:
        won = sum(pool.map(used, codes + codes))
    assert won == 24
    assert book.counts() == TicketCounts(printed=24, used=24, torn_up=0)


def test_several_issue_at_a_time(book: TicketBook) -> None:
    """The first tickets of a wave, by four threads: one salt, and all of them are good."""
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: TicketBook(book.path, cost=CHEAP).issue(3), range(4)))
    assert book.counts().printed == 12
    for codes in made:
        for code in codes:
            book.check(code)


def test_guessing_gets_slower_and_success_ends_it() -> None:
    """Three are free, then 1, 2, 4 ... 30 seconds; typing mistakes do not count."""
    tries, pauses = Tries(), []
    for _ in range(9):
        tries.refused(RefusedError("IMF-T193", ""))
        pauses.append(tries.pause)
    assert pauses == [0, 0, 1, 2, 4, 8, 16, 30, 30]
    tries.refused(RefusedError("IMF-T192", ""))
    assert tries.pause == 30
    tries.accepted()
    assert tries.pause == 0
    tries.refused(RefusedError("IMF-T194", ""))
    assert tries.pause == 0


# --- with responses -------------------------------------------------------------------------


def test_a_wave_with_tickets_demands_one(wave: Wave, book: TicketBook) -> None:
    """And one without any does not. Nothing is stored of who has none."""
    survey = wave.questionnaire("survey")
    (code,) = book.issue(1)
    with pytest.raises(RefusedError) as refused:
        submit(wave, survey, Submission(), ANSWERS)
    assert refusal(refused) == "IMF-T199"
    assert count_responses(wave, survey) == 0
    answer(wave, code)
    assert count_responses(wave, survey) == 1


def test_a_laptop_without_a_letter_takes_nobody(wave: Wave, book: TicketBook) -> None:
    """Said before the first question, to who leads."""
    book.issue(1, prefix="A")
    expect_another(wave, wave.questionnaire("survey"))
    book.issue(1, prefix="B")
    with pytest.raises(RefusedError) as refused:
        expect_another(wave, wave.questionnaire("survey"))
    assert refusal(refused) == "IMF-T196"


def test_sending_again_needs_no_second_ticket(wave: Wave, book: TicketBook) -> None:
    """The same sitting, with its ticket checked anew or not given at all: one response."""
    survey, submission = wave.questionnaire("survey"), Submission()
    ticket = book.check(book.issue(1)[0])
    for given in (ticket, ticket, None):
        submit(wave, survey, submission, ANSWERS, given)
    assert count_responses(wave, survey) == 1
    assert book.counts().used == 1


def test_a_disk_that_fails_in_between_costs_no_ticket(wave: Wave, book: TicketBook) -> None:
    """The ticket is marked, the box cannot be written; once it can, the same sitting goes on."""
    survey, submission = wave.questionnaire("survey"), Submission()
    ticket = book.check(book.issue(1)[0])
    shutil.move(wave.folder / "boxes", wave.folder / "away")
    (wave.folder / "boxes").write_text("a file where a folder should be")
    with pytest.raises(StorageError):
        submit(wave, survey, submission, ANSWERS, ticket)
    assert book.counts().used == 1
    (wave.folder / "boxes").unlink()
    shutil.move(wave.folder / "away", wave.folder / "boxes")
    submit(wave, survey, submission, ANSWERS, ticket)
    assert count_responses(wave, survey) == 1
    assert book.counts().used == 1


def test_a_book_that_cannot_be_written_leaves_the_ticket_good(book: TicketBook) -> None:
    """Nothing was marked, so that somebody else may still use it, and then this one may not."""
    (code,) = book.issue(1)
    mine, other = book.check(code), book.check(code)
    obstacle = book.path.with_name(f"{book.path.name}.tmp")
    obstacle.mkdir()
    with pytest.raises(StorageError):
        book.use(mine)
    obstacle.rmdir()
    book.use(other)
    with pytest.raises(RefusedError):
        book.use(mine)


def test_tickets_come_before_the_first_response(study: Study, wave: Wave) -> None:
    """Otherwise the count could never come out right."""
    submit(wave, wave.questionnaire("survey"), Submission(), ANSWERS)
    with pytest.raises(RefusedError) as refused:
        issue_tickets(wave, ticket_book(wave), 1)
    assert refusal(refused) == "IMF-T234"
    assert not ticket_book(wave).exists()


def test_who_answers_while_tickets_are_made(wave: Wave) -> None:
    """Codes take minutes. Whoever answered in between had none: then none are written down, and
    everybody goes on without."""

    def meanwhile(done: int, _all: int) -> None:
        if done == 1:
            submit(wave, wave.questionnaire("survey"), Submission(), ANSWERS)

    book = TicketBook(ticket_book(wave).path, cost=16)
    with pytest.raises(RefusedError) as refused:
        issue_tickets(wave, book, 3, progress=meanwhile)
    assert refusal(refused) == "IMF-T234"
    assert not book.exists()
    submit(wave, wave.questionnaire("survey"), Submission(), ANSWERS)


def test_shared_out_among_laptops(wave: Wave, book: TicketBook) -> None:
    """7 cards for 3 laptops: 3 each, so that there are 7 at least."""
    told: list[tuple[int, int]] = []
    made = issue_tickets(wave, book, 7, "ABC", lambda done, total: told.append((done, total)))
    assert {letter: len(codes) for letter, codes in made.items()} == {"A": 3, "B": 3, "C": 3}
    assert told == [(number, 9) for number in range(1, 10)]


def test_a_fifth_more_than_people() -> None:
    """30 people: 36 cards; 52: 62.4, so 63; 1: 1.2, so 2."""
    assert [advised(people) for people in (30, 52, 1)] == [36, 63, 2]


def test_a_session_has_its_own_book(wave: Wave) -> None:
    """Beside its boxes, and under a name that is no path."""
    book = session_book(wave, "team-1")
    assert book.path == (wave.folder / "sessions" / "team-1" / TICKETS_FILE).resolve()
    for name in ("..", "a/b", "", "Équipe"):
        with pytest.raises(ImfsurveyError) as refused:
            session_book(wave, name)
        assert refusal(refused) == "IMF-T213"


def test_the_closing_record_counts(study: Study, wave: Wave, book: TicketBook) -> None:
    """8 printed, 6 used of which one spoiled, 2 torn up; nothing differs when it is unsealed."""
    codes = book.issue(8)
    for code in codes[:5]:
        answer(wave, code)
    book.use(book.check(codes[5]))
    book.tear_up(2)
    close_and_unseal(study, wave, CLOSED)
    record = closing_record(wave)
    assert record is not None and record.tickets is not None
    assert record.tickets.counts == TicketCounts(printed=8, used=6, torn_up=2)
    assert record.tickets.counts.spoiled(record.responses) == 1
    assert differences(wave.like()) == []


def changed_codes(wave: Wave) -> list[str]:
    """What differs from the closing record."""
    return [problem.code for problem in differences(wave.like())]


def test_what_happened_to_the_book_afterwards_is_named(
    study: Study, wave: Wave, book: TicketBook
) -> None:
    """Another mark, another count of torn cards, no book at all."""
    codes = book.issue(4)
    answer(wave, codes[0])
    book.tear_up(1)
    close_wave(study, wave, CLOSED)
    kept = book.path.read_bytes()
    book.use(book.check(codes[1]))
    assert changed_codes(wave) == ["IMF-T232"]
    book.path.write_bytes(kept)
    assert changed_codes(wave) == []
    book.tear_up(2)
    assert changed_codes(wave) == ["IMF-T232"]
    book.use(book.check(codes[1]))
    assert changed_codes(wave) == ["IMF-T232", "IMF-T233"]
    book.path.unlink()
    assert changed_codes(wave) == ["IMF-T232", "IMF-T231"]


def test_an_answer_and_a_mark_added_afterwards_hide_nothing(
    study: Study, wave: Wave, book: TicketBook
) -> None:
    """Somebody opens the wave again by hand and answers with a left-over card: what was used when
    it closed is what its responses are held against."""
    codes = book.issue(2)
    answer(wave, codes[0])
    path = wave.folder / "wave.yaml"
    before = path.read_bytes()
    close_wave(study, wave, CLOSED)
    closed = path.read_bytes()
    path.write_bytes(before)
    answer(study.wave(wave.id), codes[1])
    path.write_bytes(closed)
    assert changed_codes(wave) == ["IMF-T173", "IMF-T232", "IMF-T231"]


# --- several laptops ------------------------------------------------------------------------


def laptop(study: Study, wave: Wave, folder: Path, letter: str) -> tuple[Study, Wave]:
    """A copy of the study on a laptop with a letter."""
    copied = Study(shutil.copytree(study.folder, folder))
    there = copied.wave(wave.id)
    ticket_book(there).settle(letter)
    return copied, there


def test_marks_come_with_the_boxes(
    study: Study, wave: Wave, book: TicketBook, tmp_path: Path
) -> None:
    """Two laptops, 2 + 3 answers, 1 + 0 torn up; taken in twice and in any order: all once."""
    codes = {letter: book.issue(4, prefix=letter) for letter in "AB"}
    made = [laptop(study, wave, tmp_path / letter, letter) for letter in "AB"]
    for (copied, there), used in zip(made, (codes["A"][:2], codes["B"][:3]), strict=True):
        for code in used:
            answer(there, code)
        if there is made[0][1]:
            ticket_book(there).tear_up(1)
        close_wave(copied, there, CLOSED, place=copied.folder.name)
    for name in ("B", "A", "B"):
        (taken,) = merge(study, tmp_path / name)
        assert taken.problems == ()
    assert book.counts() == TicketCounts(printed=8, used=5, torn_up=1)
    record = closing_record(made[1][1])
    assert record is not None and record.tickets is not None
    assert record.tickets.counts == TicketCounts(printed=4, used=3, torn_up=0)
    assert list(record.tickets.laptops) == ["B"]
    close_and_unseal(study, wave, CLOSED)


def test_an_own_laptop_counts_those_that_were_taken_in(
    study: Study, wave: Wave, book: TicketBook, tmp_path: Path
) -> None:
    """The officer's computer is laptop A; B was taken in, C never came back and is not counted."""
    codes = {letter: book.issue(2, prefix=letter) for letter in "ABC"}
    _, there = laptop(study, wave, tmp_path / "B", "B")
    book.settle("A")
    answer(wave, codes["A"][0])
    answer(there, codes["B"][0])
    list(merge(study, tmp_path / "B"))
    assert book.counts() == TicketCounts(printed=4, used=2, torn_up=0)
    assert book.counted_laptops() == ("A", "B") and book.here() == "A"
    with pytest.raises(RefusedError) as refused:
        book.check(codes["B"][1])
    assert refusal(refused) == "IMF-T195"


def test_one_ticket_on_two_copies_is_noticed(
    study: Study, wave: Wave, book: TicketBook, tmp_path: Path
) -> None:
    """Without letters a copy does not know what the other has seen; the count does."""
    codes = book.issue(7)
    copied = Study(shutil.copytree(study.folder, tmp_path / "copy"))
    for code in codes:
        answer(wave, code)
    answer(copied.wave(wave.id), codes[0])
    list(merge(study, tmp_path / "copy"))
    close_wave(study, wave, CLOSED)
    (problem,) = differences(wave.like())
    assert problem.code == "IMF-T231" and problem.params["excess"] == 1


def test_books_that_are_not_copies_of_one(study: Study, wave: Wave, tmp_path: Path) -> None:
    """Other tickets, or answers without any, are not taken in; a first book is taken over."""
    other = Study(shutil.copytree(study.folder, tmp_path / "other"))
    there = other.wave(wave.id)
    (code,) = TicketBook(there.folder / TICKETS_FILE, cost=CHEAP).issue(1)
    answer(there, code)
    third = Study(shutil.copytree(study.folder, tmp_path / "third"))
    (taken,) = merge(study, tmp_path / "other")
    assert (taken.new, taken.problems) == (1, ())
    assert ticket_book(wave).counts() == TicketCounts(printed=1, used=1, torn_up=0)
    (taken,) = merge(study, tmp_path / "third")
    assert taken.problems == ()  # nobody has answered there
    submit(third.wave(wave.id), wave.questionnaire("survey"), Submission(), ANSWERS)
    (taken,) = merge(study, tmp_path / "third")
    assert [problem.code for problem in taken.problems] == ["IMF-T179"]
    TicketBook(third.wave(wave.id).folder / TICKETS_FILE, cost=CHEAP).issue(1)
    (taken,) = merge(study, tmp_path / "third")
    assert [problem.code for problem in taken.problems] == ["IMF-T179"]
    assert count_responses(wave.like(), wave.questionnaire("survey")) == 1
    with pytest.raises(ValueError, match="not a copy"):
        ticket_book(wave).take_in(ticket_book(third.wave(wave.id)))
    assert ticket_book(wave).counts().printed == 1


def test_times_are_level(wave: Wave, book: TicketBook) -> None:
    """Whatever was done last, the files and their folder carry the constant time."""
    codes = book.issue(2)
    for action in (
        lambda: book.use(book.check(codes[0])),
        lambda: book.tear_up(1),
        lambda: answer(wave, book.issue(1)[0]),
    ):
        action()
        for path in (book.path, book.path.with_name("tickets.json.lock"), book.path.parent):
            assert path.stat().st_mtime == LEVEL_TIME
    assert book.path.stat().st_mode & 0o777 == 0o600
