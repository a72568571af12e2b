"""Attacks on tickets: guessing, stuffing, keeping a stub. Rows of docs/anonymity.md."""

import datetime
import json
import random
import re
import time
from pathlib import Path

import pytest
from arrival import rho
from keyholders import SECRETS, give_keys
from zone import CLOSED, IDENTITY, OPENED, QUESTIONNAIRES, SAMPLES, make_zone

from imfsurvey.i18n.errors import RefusedError
from imfsurvey.interview import Answer
from imfsurvey.store.disk import LEVEL_TIME
from imfsurvey.study.boxes import (
    Submission,
    answers_box,
    box_folder,
    response_store,
    submit,
    ticket_book,
)
from imfsurvey.study.codes import drawn
from imfsurvey.study.folder import Study
from imfsurvey.study.life import close_wave, open_wave
from imfsurvey.study.tickets import TICKETS_FILE, TicketBook, TicketCounts
from imfsurvey.study.unsealing import differences, unseal_wave
from imfsurvey.study.wave import Wave

GUESSES = 10_000
CHEAP = 16
PEOPLE = 150
NOISE = 0.45
"""Of 150 in random order |rho| exceeds 0.45 once in about ten million times: that is 5.5 times the
standard deviation, 1 / sqrt(149)."""


@pytest.fixture
def wave(tmp_path: Path) -> Wave:
    """An open wave for 150 people."""
    group = {"id": "ops", "label": {"fr": "a", "nl": "a"}, "headcount": PEOPLE}
    study = Study.create(tmp_path / "zone", {**IDENTITY, "groups": [group]})
    (study.folder / "questionnaires").symlink_to(SAMPLES)
    give_keys(study.folder)
    return open_wave(study, study.new_wave("zero", 2026, questionnaires=QUESTIONNAIRES), OPENED)


def answer(wave: Wave, code: str) -> Submission:
    """One answer with a ticket."""
    submission = Submission()
    answers = {"clear": Answer("answered", 4)}
    ticket = ticket_book(wave).check(code)
    submit(wave, wave.questionnaire("survey"), submission, answers, ticket)
    return submission


def test_guessed_tickets_are_refused(tmp_path: Path) -> None:
    """Row 6: whoever has the laptop tries 10,000 well-formed codes; none is one of the
    100 that are good. (A cheap scrypt: the number is what is tested here.)"""
    book = TicketBook(tmp_path / TICKETS_FILE, cost=CHEAP)
    good = set(book.issue(100))
    proofless = book.path.read_bytes()
    for _ in range(GUESSES):
        code = drawn()
        assert code not in good
        with pytest.raises(RefusedError) as refused:
            book.check(code)
        assert refused.value.code == "IMF-T193"
    assert book.path.read_bytes() == proofless


def test_a_guess_costs_what_it_shall(tmp_path: Path) -> None:
    """Row 6, the rate: the real scrypt fills 32 MiB each time. 50 bits at that rate take longer
    than there have been people."""
    book = TicketBook(tmp_path / TICKETS_FILE)
    book.issue(1)
    assert json.loads(book.path.read_text())["cost"] == 2**15
    begun = time.perf_counter()
    for _ in range(5):
        with pytest.raises(RefusedError):
            book.check(drawn())
    rate = 5 / (time.perf_counter() - begun)
    years = 32**10 / rate / 31_557_600
    print(f"{rate:.1f} guesses a second; all codes take {years:,.0f} years on one processor")


def test_three_invented_answers_are_named_with_their_number(tmp_path: Path) -> None:
    """Row 7: the facilitator has the public key and writes into the box; 6 tickets, 9 answers."""
    study = make_zone(tmp_path / "zone")
    wave = open_wave(study, study.new_wave("zero", 2026, questionnaires=QUESTIONNAIRES), OPENED)
    survey = wave.questionnaire("survey")
    codes = TicketBook(wave.folder / TICKETS_FILE, cost=CHEAP).issue(8)
    for code in codes[:6]:
        answer(wave, code)
    box = answers_box(wave, survey)
    for _ in range(3):
        record = box.sealed(wave.codec(survey).encode({"clear": Answer("answered", 5)}))
        with response_store(box) as store:
            store.add(Submission().answers_id, record)
    ticket_book(wave).tear_up(2)
    close_wave(study, wave, CLOSED)
    (problem,) = differences(wave.like())
    assert problem.code == "IMF-T231"
    assert dict(problem.params) == {"excess": 3, "responses": 9, "used": 6}
    with pytest.raises(RefusedError) as refused:
        unseal_wave(wave.like(), [SECRETS["officer"]])
    assert refused.value.code == "IMF-T177"


def test_marks_made_up_with_the_answers_do_not_hide_them(tmp_path: Path) -> None:
    """Row 7 again: the forger also edits the book, without codes. Nothing is covered by it."""
    study = make_zone(tmp_path / "zone")
    wave = open_wave(study, study.new_wave("zero", 2026, questionnaires=QUESTIONNAIRES), OPENED)
    book = TicketBook(wave.folder / TICKETS_FILE, cost=CHEAP)
    answer(wave, book.issue(8)[0])
    file = json.loads(book.path.read_text())
    (tickets,) = (one["tickets"] for one in file["ranges"])
    for value in tickets:
        tickets[value] = tickets[value] or random.randbytes(32).hex()
    book.path.write_text(json.dumps(file))
    assert book.counts() == TicketCounts(printed=8, used=1, torn_up=0)


def test_nothing_tells_which_ticket_gave_which_answer(wave: Wave) -> None:
    """Row 11: 150 people come in an order; neither the place of a ticket in the book nor that of
    an answer in the box follows it, nor the one the other, and no value of one is in the other."""
    book = TicketBook(wave.folder / TICKETS_FILE, cost=CHEAP)
    codes = book.issue(PEOPLE)
    tickets = [book.check(code) for code in codes]
    responses = [answer(wave, code).answers_id for code in codes]
    text = book.path.read_text()
    folder = box_folder(answers_box(wave, wave.questionnaire("survey")))
    box = b"".join(path.read_bytes() for path in sorted(folder.glob("seg-*.json")))
    marks = [text.index(ticket.value) for ticket in tickets]
    slots = [box.index(b'"%d"' % response.int) for response in responses]
    came = range(PEOPLE)
    for one, other in ((came, marks), (came, slots), (marks, slots)):
        assert abs(rho(one, other)) < NOISE
    assert re.findall(r'"([0-9a-f]{64})":', text) == sorted(ticket.value for ticket in tickets)
    for ticket, response in zip(tickets, responses, strict=True):
        for trace in (ticket.value.encode(), ticket.proof.hex().encode(), ticket.proof):
            assert trace not in box
        assert str(response.int) not in text and response.hex not in text
    for path in (book.path, book.path.parent, folder, *folder.iterdir()):
        assert path.stat().st_mtime == LEVEL_TIME
    assert not re.search(r"20\d\d-", text)
    assert datetime.date.today().isoformat() not in text


def test_the_book_says_the_same_whoever_came_first(tmp_path: Path) -> None:
    """Row 11: the same tickets used in two orders leave the same bytes behind."""
    path = tmp_path / "one" / TICKETS_FILE
    codes = TicketBook(path, cost=CHEAP).issue(12)
    unused = path.read_bytes()
    left = []
    for order in (codes[:6], codes[5::-1]):
        path.write_bytes(unused)
        book = TicketBook(path)
        for code in order:
            book.use(book.check(code))
        left.append(path.read_bytes())
    assert left[0] == left[1] != unused
