"""The screen for typing sheets: what is hidden, tickets, both typings, languages, leaving."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from asking import make_asking
from keyholders import records_in
from stage import picture, running
from textual.pilot import Pilot

from imfsurvey.faces.tui.keying import KeyInScreen
from imfsurvey.faces.tui.keying_line import KeyLine
from imfsurvey.interview import Answer
from imfsurvey.store.seal import new_key
from imfsurvey.study.boxes import answers_box, count_responses
from imfsurvey.study.keying.batch import Batch, Counts
from imfsurvey.study.tickets import TICKETS_FILE, TicketBook
from imfsurvey.study.wave import Wave

SECRET, _ = new_key()


@pytest.fixture
def batch(tmp_path: Path) -> Batch:
    """Of a survey of 16 questions; its key has no passphrase."""
    _, wave = make_asking(tmp_path / "zone")
    (survey,) = wave.questionnaires.values()
    return Batch(wave, survey, (SECRET, SECRET.encode()))


@pytest.fixture
def short(wave: Wave) -> Batch:
    """Of a survey of 3 questions."""
    return Batch(wave, wave.questionnaire("survey"), (SECRET, SECRET.encode()))


async def line(pilot: Pilot[Any], *texts: str) -> str:
    """Type lines, then see the screen on one line."""
    for text in texts:
        pilot.app.screen.query_one(KeyLine).value = text
        await pilot.press("enter")
    await pilot.pause()
    return seen(pilot)


def seen(pilot: Pilot[Any]) -> str:
    """The screen on one line."""
    return " ".join(" ".join(picture(pilot)).split())


async def begun(pilot: Pilot[Any], batch: Batch) -> None:
    """The mark is typed."""
    await line(pilot, batch.survey.form_hash[:8])


async def test_a_hidden_question_says_for_whom_it_is(batch: Batch) -> None:
    """Years of service of the second band hide 8; an answer typed there is told, Enter passes."""
    async with running(lambda: KeyInScreen(batch, second=False), language="en") as pilot:
        await begun(pilot, batch)
        there = await line(pilot, "5", "1", "2", "2", "", "", "", "")
        assert "question 8 of 16" in there
        said = "Uniquement si la réponse à la question 3 est en dessous de 5 (« de 5 à 14 ans »)."
        assert said in there  # the survey does not speak English
        assert "Question 8 is hidden by other answers" in await line(pilot, "3")
        await pilot.press("backspace")
        await pilot.pause()
        assert "question 8 of 16" in seen(pilot)
        assert pilot.app.screen.query_one(KeyLine).value == "3"
        there = await line(pilot, "-", "4", "", "2")
        assert "question 11 of 16" in there
        # Something is ticked there all the same: what follows is not passed over either.
        assert "question 12 of 16" in await line(pilot, "1")
        await pilot.press("backspace")
        assert "question 12 of 16" in await line(pilot, "-")
        await pilot.press("backspace")
        assert "question 14 of 16" in await line(pilot, "")


async def test_what_was_typed_is_kept_or_replaced(batch: Batch) -> None:
    """Going back with Backspace twice, then on with Enter; a key replaces what stands there."""
    async with running(lambda: KeyInScreen(batch, second=False), language="en") as pilot:
        await begun(pilot, batch)
        await line(pilot, "5", "1", "2")
        await pilot.press("backspace", "backspace", "enter", "1", "enter", "backspace")
        await pilot.pause()
        assert "1: 1" in seen(pilot)
        assert pilot.app.screen.query_one(KeyLine).value == "1"
        await pilot.press("f2")
        await pilot.pause()
        await pilot.press("2")
        await pilot.pause()
        assert "Leidt u een team?" in seen(pilot)


async def test_a_sheet_without_a_good_ticket_is_not_typed(batch: Batch) -> None:
    """The code is asked for first, a mistyped one is told; who types second needs none."""
    book = TicketBook(batch.wave.folder / TICKETS_FILE, cost=16)
    (ticket,) = book.issue(1)
    async with running(lambda: KeyInScreen(batch, second=False), language="en") as pilot:
        await begun(pilot, batch)
        assert "Sheet 5: the ticket" in await line(pilot, "5")
        assert "Sheet 5: the ticket" in await line(pilot, "1234")
        assert "question 1 of 16" in await line(pilot, ticket)
    batch.keep("6", {}, ticket)
    async with running(lambda: KeyInScreen(batch, second=True), language="en") as pilot:
        await begun(pilot, batch)
        assert "question 1 of 16" in await line(pilot, "6")


async def test_differences_are_settled_one_by_one(short: Batch) -> None:
    """Who types second sees nothing of the first; then the first is right, the second is right,
    neither; then all is stored at once."""
    short.keep("5", {"category": "1", "clear": "1", "unclear": "2"})
    async with running(lambda: KeyInScreen(short, second=True), language="en") as pilot:
        await begun(pilot, short)
        await line(pilot, "5")
        for typed in ("2", "d", ""):
            assert pilot.app.screen.query_one(KeyLine).value == ""
            there = await line(pilot, typed)
        assert "Sheet 5: difference 1 of 3" in there
        await pilot.press("f5")
        await pilot.pause()
        assert "difference 2 of 3" in seen(pilot)
        await pilot.press("f6")
        await pilot.pause()
        there = seen(pilot)
        assert "difference 3 of 3" in there
        assert "2 Pas d'accord no answer" in there
        assert short.counts == Counts(1, 0, 0)
        assert "difference 3 of 3" in await line(pilot, "9")
        assert "Sheet 5 is stored." in await line(pilot, "4")
    codec = short.wave.codec(short.survey)
    on_paper = {
        "category": Answer("answered", "ops"),
        "clear": Answer("dk"),
        "unclear": Answer("answered", 4),
    }
    box = answers_box(short.wave, short.survey)
    assert records_in(box) == [codec.encode(on_paper)]


async def test_a_sheet_has_one_number_however_it_is_typed(short: Batch) -> None:
    """Zeros before it do not make another sheet of it; nought and what is no number are refused."""
    short.keep("7", {"category": "1"})
    async with running(lambda: KeyInScreen(short, second=False), language="en") as pilot:
        await begun(pilot, short)
        for wrong in ("0", "-1", "1.5", "100000", "²"):
            assert "A sheet has a whole number, from 1 to" in await line(pilot, wrong)
        assert "Sheet 7 was typed already" in await line(pilot, "007")
        assert "Sheet 8, first typing" in await line(pilot, "08")


async def test_leaving_and_typing_anew_ask_first(short: Batch) -> None:
    """Escape keeps the first typing; F8 drops both."""
    short.keep("5", {"category": "1"})
    async with running(lambda: KeyInScreen(short, second=True), language="en") as pilot:
        await begun(pilot, short)
        await line(pilot, "5", "2")
        await pilot.press("escape")
        await pilot.pause()
        assert "Leave sheet 5?" in seen(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert short.waiting_numbers() == ["5"]
        await line(pilot, "5", "2", "", "")
        await pilot.press("f8")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert "Sheet 5 is to be typed anew." in seen(pilot)
    assert short.waiting_numbers() == []


async def test_what_a_crash_left_is_stored_at_the_start(short: Batch) -> None:
    """Compared, but the program ended before it was stored."""
    short.keep("5", {"category": "1"})
    short.settle("5", {"category": "1"})
    again = Batch.opened(short.wave, short.survey, "")
    async with running(lambda: KeyInScreen(again, second=False), language="en") as pilot:
        assert "Sheets typed: 1, compared: 1, stored: 1." in seen(pilot)
    assert count_responses(short.wave, short.survey) == 1
