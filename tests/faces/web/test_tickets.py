"""Where there are tickets, nobody begins without one, and guessing gets slower and slower."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

import pytest
from caller import ANNOUNCED, Caller
from stage import TODAY, make_study

from imfsurvey.faces.web import Survey
from imfsurvey.faces.web.doorway import LONGEST_PAUSE, Doorway, pause_after
from imfsurvey.faces.web.entrance import status_of
from imfsurvey.i18n.errors import RefusedError
from imfsurvey.study.boxes import count_responses, ticket_book
from imfsurvey.study.drafts import drafts_in
from imfsurvey.study.life import close_wave, open_wave
from imfsurvey.study.tickets import Ticket, TicketBook


@pytest.fixture
def codes(tmp_path: Path) -> tuple[Survey, list[str]]:
    """A survey with three tickets, quick to derive."""
    study = make_study(tmp_path / "zone")
    wave = open_wave(study, study.new_wave("zero", 2026, questionnaires=["anonymous.yaml"]), TODAY)
    issued = TicketBook(ticket_book(wave).path, cost=16).issue(3)
    return Survey(study, wave, wave.questionnaire("anonymous"), ANNOUNCED), issued


async def test_a_ticket_is_good_for_one_response(codes: tuple[Survey, list[str]]) -> None:
    """It lets in, is marked when the answers are sent, and then lets nobody in."""
    survey, issued = codes
    caller = Caller(survey)
    page = await caller.get("/fr")
    assert 'id="ticket"' in page.text and "/ticket.js" in page.text
    assert "script-src 'self'" in page.headers["content-security-policy"]
    assert (await caller.begin(ticket=issued[0].lower())).url.path.startswith("/q/")
    await caller.answer("example_given", answer="#5")
    await caller.answer("seen", answer="=no")
    await caller.post("/send", {})
    assert ticket_book(survey.wave).counts().used == 1
    assert count_responses(survey.wave, survey.questionnaire) == 1
    page = await caller.begin(ticket=issued[0])
    assert page.status_code == 403
    assert survey.visits.under_way == 0
    await caller.client.aclose()


async def test_two_visits_with_one_ticket_give_one_response(
    codes: tuple[Survey, list[str]],
) -> None:
    """The second to send is told why, and keeps the answers."""
    survey, issued = codes
    callers = [Caller(survey), Caller(survey)]
    for caller in callers:
        await caller.begin(ticket=issued[0])
        await caller.answer("example_given", answer="#5")
        await caller.answer("seen", answer="=no")
    first = await callers[0].post("/send", {})
    second = await callers[1].post("/send", {})
    assert first.url.path == "/fr/thanks"
    assert second.url.path == "/overview" and 'role="alert"' in second.text
    assert count_responses(survey.wave, survey.questionnaire) == 1
    for caller in callers:
        await caller.client.aclose()


async def test_wrong_codes_wait_and_right_ones_do_not(codes: tuple[Survey, list[str]]) -> None:
    """Each wrong one longer than the one before, until some time has passed."""
    survey, issued = codes
    waited: list[float] = []
    now = 0.0

    async def wait(seconds: float) -> None:
        waited.append(seconds)

    doorway = Doorway(ticket_book(survey.wave), lambda: now, wait)
    for code in ("00000000000", "x", "00000000000"):
        with pytest.raises(RefusedError):
            await doorway.admit(code)
    await doorway.admit(issued[1])
    assert waited == [0.25, 0.5, 1.0]
    # Every 15 seconds one of them is forgotten: of three two are left, then still three.
    for later, pause in ((15.0, 1.0), (29.9, 2.0), (3600.0, 0.25)):
        now = later
        with pytest.raises(RefusedError):
            await doorway.admit("x" * 100_000)
        assert waited[-1] == pause


class SlowBook(TicketBook):
    """One whose disk keeps everybody waiting for a while."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.goes_on = threading.Event()

    def check(self, code: str) -> Ticket:
        """As ever, but later."""
        self.goes_on.wait(60)
        return super().check(code)


async def test_only_so_many_wait_at_the_door(codes: tuple[Survey, list[str]]) -> None:
    """One code is tried at a time and sixty wait; who comes then is told to come again."""
    survey, issued = codes
    book = SlowBook(ticket_book(survey.wave).path)
    doorway = Doorway(book)
    came: list[asyncio.Task[Ticket]] = []
    for people in (1 + 60, 1):
        came += [asyncio.create_task(doorway.admit(issued[0])) for _ in range(people)]
        for _ in range(20):
            await asyncio.sleep(0)  # until each of them has taken its place
    book.goes_on.set()
    *queue, late = await asyncio.gather(*came, return_exceptions=True)
    assert all(isinstance(one, Ticket) for one in queue)
    assert isinstance(late, RefusedError)
    assert (late.code, status_of(late)) == ("IMF-F167", 503)


async def test_a_closed_wave_lets_nobody_in(codes: tuple[Survey, list[str]]) -> None:
    """Although its pages are still offered; the first page says it."""
    survey, issued = codes
    close_wave(survey.study, survey.wave.like(), TODAY)
    caller = Caller(survey)
    page = await caller.begin(ticket=issued[0])
    assert page.status_code == 403 and 'role="alert"' in page.text
    assert survey.visits.under_way == 0
    await caller.client.aclose()


def test_no_pause_is_longer_than_a_browser_waits() -> None:
    """However many wrong codes there were."""
    pauses = [pause_after(misses) for misses in range(40)]
    assert pauses == sorted(pauses)
    assert pauses[-1] == LONGEST_PAUSE == 20.0


async def test_putting_aside_and_going_on(codes: tuple[Survey, list[str]]) -> None:
    """The visit ends, and another browser with the ticket is at that page with that answer; a
    form of another page puts nothing aside, and a ticket used meanwhile is told on the page."""
    survey, issued = codes
    caller, later = Caller(survey), Caller(survey)
    await caller.begin(ticket=issued[0])
    await caller.answer("seen", answer="=no")
    assert (await caller.client.post("/aside", data={"check": "x"})).status_code == 403
    assert drafts_in(survey.wave) == 0
    assert (await caller.post(caller.here, {"action": "aside"})).url.path == "/leave"
    assert (await caller.post("/aside", {})).url.path == "/fr/aside"
    assert (drafts_in(survey.wave), survey.visits.under_way) == (1, 0)
    page = await later.begin(ticket=issued[0])
    assert 'role="status"' in page.text
    assert later.visit.interview.answer_to("seen").value == "no"
    assert 'role="status"' not in (await later.get(later.here)).text
    book = ticket_book(survey.wave)
    book.use(book.check(issued[0]))
    await later.get("/leave")
    page = await later.post("/aside", {})
    assert page.url.path == "/leave" and 'role="alert"' in page.text
    for one in (caller, later):
        await one.client.aclose()


async def test_leaving_destroys_what_lay_aside(codes: tuple[Survey, list[str]]) -> None:
    """Whoever goes on with it and then leaves without sending leaves nothing."""
    survey, issued = codes
    caller = Caller(survey)
    await caller.begin(ticket=issued[0])
    await caller.answer("seen", answer="=no")
    await caller.get("/leave")
    await caller.post("/aside", {})
    assert drafts_in(survey.wave) == 1
    await caller.begin(ticket=issued[0])
    await caller.get("/leave")
    assert (await caller.post("/leave", {})).url.path == "/fr/left"
    assert drafts_in(survey.wave) == 0
    await caller.client.aclose()


async def test_nothing_is_put_aside_without_a_ticket(caller: Caller) -> None:
    """No page offers it, and whoever sends the form all the same goes on answering."""
    await caller.begin()
    assert 'value="aside"' not in caller.page.text
    assert "/aside" not in (await caller.get("/leave")).text
    page = await caller.post("/aside", {})
    assert page.url.path == caller.here
    assert drafts_in(caller.survey.wave) == 0
