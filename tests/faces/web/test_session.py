"""A team session in browsers: joining, waiting, voting once a round, and every end of it."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
from caller import ANNOUNCED, HERE, Caller, check_in
from room import DAY, ITEMS, ROUND, make_session, make_team_study, stored, vote
from served import served

from imfsurvey.faces.web import SessionPages, session_application
from imfsurvey.study.folder import Study
from imfsurvey.study.sessions.box import VoteBox
from imfsurvey.study.sessions.room import Room
from imfsurvey.study.sessions.session import Session, new_session
from imfsurvey.study.sessions.sitting import sitting_now
from imfsurvey.study.sessions.tickets import session_book, vote_book
from imfsurvey.study.tickets import TicketBook

OTHER = "round_situations"


@pytest.fixture
def study(tmp_path: Path) -> Study:
    """A study with an open wave for teams."""
    return make_team_study(tmp_path / "zone")[0]


@pytest.fixture
def room(study: Study) -> Room:
    """The console's side of a session of twelve."""
    return Room(make_session(study.waves[0]))


@pytest.fixture
def pages(study: Study, room: Room) -> SessionPages:
    """Its pages, which read the session from its folder by themselves."""
    return SessionPages(study, Session(room.session.wave, room.session.name), ANNOUNCED)


class Phone(Caller):
    """A participant's phone."""

    def __init__(self, pages: SessionPages) -> None:
        super().__init__(pages, session_application)  # type: ignore[arg-type]

    async def join(self, **fields: object) -> str:
        """Open the address, join, read the opening words; where that leads."""
        await self.get("/fr")
        page = await self.post("/join", {"language": "fr", **fields})
        if page.url.path == "/words":
            page = await self.get("/wait")
        return page.url.path

    async def look(self) -> str:
        """Look again; where that leads."""
        return (await self.get("/wait")).url.path

    @property
    def names(self) -> list[str]:
        """What the statements on the page are called."""
        return re.findall(r'<fieldset class="statement" id="(\w+)"', self.page.text)

    async def send(self, *codes: int | None, **more: object) -> str:
        """Tick and send; where that leads. None leaves a statement open, which is asked once."""
        ticked = {
            name: f"#{code}"
            for name, code in zip(self.names, codes, strict=True)
            if code is not None
        }
        page = await self.post("/round", {**ticked, "action": "send", **more})
        if page.url.path == "/round" and None in codes and not more:
            page = await self.post("/round", {**ticked, "action": "send"})
        return page.url.path

    @property
    def heading(self) -> str:
        """The title above the page."""
        return re.sub(r"<[^>]+>", "", self.page.text.partition("<h1>")[2].partition("</h1>")[0])


@asynccontextmanager
async def phones(pages: SessionPages, count: int = 1) -> AsyncIterator[list[Phone]]:
    """Some phones for a while, none of which made the server complain."""
    found = [Phone(pages) for _ in range(count)]
    yield found
    for one in found:
        await one.client.aclose()
        assert one.complaints == []


def give_tickets(session: Session, count: int) -> list[str]:
    """Tickets of a session, quick to derive."""
    return TicketBook(session_book(session).path, cost=16).issue(count)


async def test_two_rounds_and_a_second_vote(pages: SessionPages, room: Room) -> None:
    """Wait, vote, thanks, wait: a phone follows the console's files; each vote is stored once."""
    async with phones(pages) as (phone,):
        assert await phone.join() == "/wait"
        assert phone.page.headers["refresh"] == "5; url=/wait"
        assert "<input" not in phone.page.text and "<script" not in phone.page.text
        room.open_round(ROUND)
        assert await phone.look() == "/round"
        assert "refresh" not in phone.page.headers and len(phone.names) == len(ITEMS)
        assert sitting_now(room.session) == 1
        assert await phone.send(1, 4, 5, 5) == "/wait"
        assert phone.heading == "Merci" and phone.page.headers["refresh"]
        assert sitting_now(room.session) == 0
        assert await phone.look() == "/wait"  # no second vote in this round
        room.close_round(ROUND)
        await phone.look()
        assert phone.heading != "Merci"
        room.open_round(ROUND)
        assert await phone.look() == "/round"
        assert (await phone.post("/round", {"action": "send"})).url.path == "/round"
        assert 'id="problems"' in phone.page.text  # nothing was ticked: that is asked about once
        assert stored(room.session, number=2) == []
        assert await phone.send(2, None, 5, 5) == "/wait"
        room.close_round(ROUND)
        room.open_round(OTHER)
        assert await phone.look() == "/round"
    # By hand: the place of the code among 1 to 5, counted from 0; 255 is blank.
    assert stored(room.session) == [bytes([0, 3, 4, 4])]
    assert stored(room.session, number=2) == [bytes([1, 255, 4, 4])]


async def test_the_record_is_that_of_every_other_way(pages: SessionPages, room: Room) -> None:
    """What a phone sends is stored byte for byte as what is voted at a laptop."""
    room.open_round(ROUND)
    vote(room.session, 1, 4, None, 5)
    async with phones(pages) as (phone,):
        await phone.join()
        await phone.send(1, 4, None, 5)
    first, second = stored(room.session)
    assert first == second == bytes([0, 3, 255, 4])


async def test_a_round_that_closes_while_somebody_answers(pages: SessionPages, room: Room) -> None:
    """They are told that nothing is stored, on a page that stays; then they wait again."""
    async with phones(pages, 2) as (sender, looker):
        for phone in (sender, looker):
            await phone.join()
        room.open_round(ROUND)
        for phone in (sender, looker):
            assert await phone.look() == "/round"
        room.close_round(ROUND)
        room.open_round(OTHER)
        assert await sender.send(1, 2, 3, 4) == "/late"
        assert await looker.look() == "/late"
        for phone in (sender, looker):
            assert "refresh" not in phone.page.headers
            assert phone.heading == "Le tour est clôturé"
            assert await phone.look() == "/round"
        assert pages.under_way == 2
    assert stored(room.session) == [] and stored(room.session, OTHER) == []


async def test_a_ticket_votes_once_in_each_round(pages: SessionPages, room: Room) -> None:
    """It is asked for once; in another browser, or at a laptop, it is told to be used."""
    codes = give_tickets(room.session, 2)
    async with phones(pages, 2) as (first, second):
        await first.get("/fr")
        assert 'id="ticket"' in first.page.text and "ticket.js" in first.page.text
        for phone in (first, second):
            assert await phone.join(ticket=codes[0].lower()) == "/wait"
        room.open_round(ROUND)
        for phone in (first, second):
            assert await phone.look() == "/round"
        assert await first.send(1, 1, 1, 1) == "/wait"
        assert await second.send(5, 5, 5, 5) == "/wait"
        assert first.heading == "Merci"
        assert second.heading == "Ce ticket a déjà voté dans ce tour"
        room.close_round(ROUND)
        room.open_round(ROUND)
        assert await second.look() == "/round"
        assert await second.send(5, 5, 5, 5) == "/wait"
        assert second.heading == "Merci"
    assert stored(room.session) == [bytes([0, 0, 0, 0])]
    assert stored(room.session, number=2) == [bytes([4, 4, 4, 4])]
    assert vote_book(VoteBox(room.session, ROUND, 2)).counts().used == 1
    assert session_book(room.session).counts().used == 0


@pytest.mark.parametrize(
    ("which", "words"),
    [
        ("other", "destiné à une autre séance, team-b"),
        ("survey", "destiné à l’enquête auprès du personnel"),
        ("none", "Ce ticket n’existe pas ici"),
        ("typo", "faute de frappe"),
    ],
)
async def test_whose_ticket_it_is_is_told(
    pages: SessionPages, room: Room, which: str, words: str
) -> None:
    """Of another session, of the survey, of nobody, mistyped: each has its own words."""
    wave = room.session.wave
    good = give_tickets(room.session, 1)[0]
    other = give_tickets(new_session(wave, "team-b", expected=3), 1)[0]
    survey = TicketBook(wave.folder / "tickets.json", cost=16).issue(1)[0]
    last = "0" if good[-1] != "0" else "1"
    typed = {"other": other, "survey": survey, "none": "0" * 11, "typo": good[:-1] + last}[which]
    async with phones(pages) as (phone,):
        await phone.join(ticket=typed)
        assert phone.page.status_code == 403 and len(phone.client.cookies) == 0
        assert words in phone.page.text.partition('role="alert"')[2]


async def test_thirty_phones_at_once(pages: SessionPages, room: Room) -> None:
    """All vote in the same moment, some of them twice: every count is right."""
    room.expect(30)
    codes = give_tickets(room.session, 30)
    async with phones(pages, 30) as everybody:
        joins = (phone.join(ticket=code) for phone, code in zip(everybody, codes, strict=True))
        assert set(await asyncio.gather(*joins)) == {"/wait"}
        room.open_round(ROUND)
        assert set(await asyncio.gather(*(phone.look() for phone in everybody))) == {"/round"}
        assert sitting_now(room.session) == 30
        first = [phone.send(1 + n % 5, 3, 4, 5) for n, phone in enumerate(everybody)]
        twice = [phone.send(5, 5, 5, 5) for phone in everybody[:5]]
        assert set(await asyncio.gather(*first, *twice)) == {"/wait"}
        assert {phone.heading for phone in everybody} == {"Merci"}
        closed = room.close_round(ROUND)
    assert closed.votes == 30
    # By hand: thirty people give 1 to 5 in turn, six times each.
    assert closed.items[0].counts == (6, 6, 6, 6, 6)
    assert vote_book(VoteBox(room.session, ROUND, 1)).counts().used == 30


async def test_of_two_open_rounds_each_is_voted_in_once(pages: SessionPages, room: Room) -> None:
    """Whoever voted in one finds the other alone on the page, and sends nothing for the first."""
    room.open_round(ROUND)
    async with phones(pages) as (phone,):
        await phone.join()
        assert await phone.send(1, 4, 5, 5) == "/wait"
        room.open_round(OTHER)
        assert await phone.look() == "/round"
        assert await phone.send(*[None] * len(phone.names)) == "/wait"
        assert phone.heading == "Merci"
    assert stored(room.session) == [bytes([0, 3, 4, 4])]
    assert len(stored(room.session, OTHER)) == 1


async def test_a_wave_that_was_closed_ends_the_votes(pages: SessionPages, room: Room) -> None:
    """Nobody joins any more, though the session's own file still says that it is open."""
    file, closed = room.session.wave.folder / "wave.yaml", f"status: closed\nclosed_on: {DAY}"
    file.write_text(file.read_text("utf-8").replace("status: open", closed), "utf-8")
    async with phones(pages) as (phone,):
        assert await phone.join() == "/join" and phone.page.status_code == 403
    assert pages.under_way == 0


async def test_results_never_reach_a_phone(pages: SessionPages, room: Room) -> None:
    """Six votes, figures in the room; the phones' pages are the same as before the round."""
    async with phones(pages) as (phone,):
        await phone.join()
        before = phone.page.text
        room.open_round(ROUND)
        for _ in range(6):
            vote(room.session, 1, 2, 3, 4)
        assert room.close_round(ROUND).outcome == "shown"
        await phone.look()
        assert phone.page.text == before


async def test_the_languages_of_a_round(pages: SessionPages, room: Room) -> None:
    """Another language keeps what is ticked; the page that waits has links to each."""
    async with phones(pages) as (phone,):
        await phone.join()
        await phone.get("/nl/wait")
        assert 'html lang="nl"' in phone.page.text
        room.open_round(ROUND)
        await phone.look()
        name = phone.names[0]
        await phone.post("/round", {name: "#4", "action": "language-de"})
        assert 'html lang="de"' in phone.page.text
        assert f'name="{name}" id="{name}-4" value="#4" checked' in phone.page.text
    assert stored(room.session) == []


async def test_the_page_that_waits_can_be_kept_still(pages: SessionPages) -> None:
    """Who does not want it to load by itself presses the button instead."""
    async with phones(pages) as (phone,):
        await phone.join()
        page = await phone.get("/wait?still")
        assert "refresh" not in page.headers and 'href="/wait?still"' in page.text
        assert 'href="/nl/wait?still"' in page.text  # another language does not set it going


async def test_more_than_are_expected_wait(pages: SessionPages, room: Room) -> None:
    """The facilitator raises the number, and the round appears."""
    room.expect(1)
    room.open_round(ROUND)
    vote(room.session, 1)
    async with phones(pages) as (phone,):
        assert await phone.join() == "/wait"
        assert 'class="warnings"' in phone.page.text
        room.expect(2)
        assert await phone.look() == "/round"


async def test_the_end_of_the_session(pages: SessionPages, room: Room) -> None:
    """Everybody is thanked, the cookie goes, and nobody joins any more."""
    async with phones(pages, 2) as (phone, late):
        await phone.join()
        room.close(DAY)
        assert await phone.look() == "/wait"
        assert phone.heading == "La séance est terminée"
        assert "refresh" not in phone.page.headers and len(phone.client.cookies) == 0
        assert phone.page.headers["clear-site-data"] == '"cache", "storage"'
        assert await late.join() == "/join" and late.page.status_code == 403


async def test_forms_of_others_are_not_taken(pages: SessionPages, room: Room) -> None:
    """Without the value of one's own pages, from another site, or without a cookie: no vote."""
    async with phones(pages, 2) as (phone, stranger):
        await phone.join()
        room.open_round(ROUND)
        await phone.look()
        vote_of = {phone.names[0]: "#1", "action": "send"}
        assert (await phone.post("/round", {**vote_of, "check": "x"})).status_code == 403
        evil = {"origin": "http://evil.example"}
        assert (await phone.post("/round", dict(vote_of), **evil)).status_code == 403
        stranger.check = phone.check
        assert (await stranger.post("/round", dict(vote_of))).status_code == 410
        answer = await phone.client.get("/", headers={"host": "evil.example"})
        assert answer.status_code == 421
        cookie = (await phone.client.post("/join", data={"check": pages.check})).headers
        assert "HttpOnly" in cookie["set-cookie"] and "SameSite=strict" in cookie["set-cookie"]
        policy = phone.page.headers["content-security-policy"]
        assert "script-src" not in policy and "default-src 'none'" in policy
    assert stored(room.session) == []


async def test_leaving_and_being_away(pages: SessionPages, room: Room) -> None:
    """Nobody sits there after half an hour, and nobody is known after four."""
    now = 0.0
    pages.participants._clock = lambda: now
    room.open_round(ROUND)
    async with phones(pages, 2) as (phone, other):
        assert await phone.join() == "/round" and await other.join() == "/round"
        assert (await other.get("/leave")).url.path == "/leave"
        assert (await other.post("/leave", {})).url.path == "/fr/left"
        assert (sitting_now(room.session), len(other.client.cookies)) == (1, 0)
        now = 1801  # half an hour
        pages.forget_idle()
        assert (sitting_now(room.session), pages.under_way) == (0, 0)
        # What is still ticked in the browser is taken all the same, while the round is open.
        assert await phone.send(1, 2, 3, 4) == "/wait" and phone.heading == "Merci"
        now += 4 * 3600 + 1
        assert (await phone.get("/wait")).status_code == 410
    assert stored(room.session) == [bytes([0, 1, 2, 3])]


async def test_what_is_stored_is_told(pages: SessionPages) -> None:
    """The page about privacy is that of a session: two seals, and a cookie that stays a while."""
    async with phones(pages) as (phone,):
        page = await phone.get("/fr/privacy")
        assert page.status_code == 200 and page.text.count("<h2>") >= 10
        assert "Camille Exemple" in page.text and HERE not in page.text


def test_the_last_voter_is_thanked_before_the_pages_end(study: Study, room: Room) -> None:
    """The real program: after Ctrl+C nobody joins, who is voting finishes, and sees the thanks."""
    room.open_round(ROUND)
    with (
        served(room.session.wave.id, "--session", room.session.name, cwd=study.folder) as server,
        httpx.Client(base_url=server.address, follow_redirects=True) as client,
    ):
        assert server.said["session"] == room.session.name
        page = client.get("/fr")
        client.post("/join", data={"language": "fr", "check": check_in(page)})
        ballot = client.get("/wait")
        server.interrupt()
        end = time.monotonic() + 60
        while 'class="closing"' not in client.get("/round").text:
            assert time.monotonic() < end
        with httpx.Client(base_url=server.address) as late:
            assert late.post("/join", data={"check": check_in(late.get("/fr"))}).status_code == 403
        names = re.findall(r'<fieldset class="statement" id="(\w+)"', ballot.text)
        ticked = dict.fromkeys(names, "#5") | {"check": check_in(ballot)}
        client.follow_redirects = False
        where = client.post("/round", data=ticked).headers["location"]
        time.sleep(0.4)  # a slow line: several looks of the server at who is still there
        assert "<h1>Merci</h1>" in client.get(where).text
        code, _ = server.end()
    assert code == 0
    assert stored(room.session) == [bytes([4, 4, 4, 4])]
