"""Phones in a team session: a real Chromium without scripts, beside console, kiosk and lines."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from kiosk import WORD
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from room import DAY, ROUND, make_session, make_team_study, stored
from served import served

from e2e.browser import NARROW, PHONE, Inspector, chromium, visitor
from e2e.phone import console, offer_pages, read_by_zbar
from e2e.piped import Piped
from e2e.terminal import ENTER, ESC, Terminal
from imfsurvey.study.sessions.room import Room
from imfsurvey.study.sessions.session import Session
from imfsurvey.study.sessions.tickets import session_book
from imfsurvey.study.tickets import TicketBook

pytestmark = pytest.mark.system

WAVE, NAME = "2026-zero", "team-a"
LONG = 60_000
"""Milliseconds in which a page comes, however busy the machine is."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for all."""
    with chromium() as browser:
        yield browser


@pytest.fixture
def session(tmp_path: Path) -> Session:
    """A session of twelve."""
    return make_session(make_team_study(tmp_path / "zone")[1])


def new_page(context: BrowserContext) -> Page:
    """A page that waits as long as it takes."""
    context.set_default_timeout(LONG)
    return context.new_page()


def join(page: Page, address: str, code: str = "") -> None:
    """From the first page to the one that waits."""
    page.goto(address)
    if code:
        page.locator("#ticket").fill(code)
    page.locator("main form button").click()
    page.wait_for_url("**/words")
    page.locator("main .button").click()


def send_votes(page: Page, *answers: str) -> None:
    """Tick an answer to each statement, by its words, and send."""
    statements = page.locator("fieldset.statement")
    expect(statements).to_have_count(len(answers))
    for number, answer in enumerate(answers):
        statements.nth(number).get_by_label(answer, exact=True).check()
    page.locator("button[value=send]").click()
    expect(page.locator("h1")).to_have_text("Merci", timeout=LONG)


NO, RATHER, YES = "Pas du tout d’accord", "Plutôt d’accord", "Tout à fait d’accord"


def test_two_votes_with_a_phone_found_by_its_qr_code(
    session: Session, browser: Browser, tmp_path: Path
) -> None:
    """Scan the console's screen, join with a ticket, vote; the round closes, and once more."""
    (code,) = TicketBook(session_book(session).path, cost=16).issue(1)
    terminal = console(tmp_path / "zone", WAVE, NAME)
    address = offer_pages(terminal)
    assert read_by_zbar(terminal, tmp_path) == address
    terminal.press(ESC)
    with visitor(browser, size=PHONE) as context:
        page = new_page(context)
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        join(page, address, code)
        expect(page.locator("h1")).to_have_text("Veuillez patienter")
        terminal.press("o")
        page.wait_for_url("**/round")  # by itself, without scripts
        send_votes(page, NO, RATHER, YES, YES)
        close_round(terminal)
        expect(page.locator("h1")).to_have_text("Veuillez patienter", timeout=LONG)
        terminal.press("o")
        page.wait_for_url("**/round")
        send_votes(page, RATHER, RATHER, YES, NO)
        close_round(terminal)
        assert all(url.startswith(address) for url in asked)
        assert [one["name"] for one in context.cookies()] == ["taking-part"]
    terminal.press(ESC)
    assert terminal.end() == 0
    # By hand: the places of 1, 4, 5, 5 and of 4, 4, 5, 1 among 1 to 5, counted from 0.
    assert stored(session) == [bytes([0, 3, 4, 4])]
    assert stored(session, number=2) == [bytes([3, 3, 4, 0])]


def close_round(terminal: Terminal) -> None:
    """Close the round, look at its result, go back to the agenda."""
    terminal.wait_for("C Clôturer le tour")
    terminal.press("c")
    terminal.wait_for("Clôturer ce tour")
    terminal.press(ENTER)
    terminal.wait_for("N Conclusion")
    terminal.press(ESC)
    terminal.wait_for("O Revoter")


def test_phone_kiosk_and_lines_store_the_same_vote(session: Session, browser: Browser) -> None:
    """Three people say the same on three ways: three equal records."""
    folder = session.wave.folder.parents[1]
    Room(session).open_round(ROUND)
    with served(WAVE, "--session", NAME, cwd=folder) as server, visitor(browser) as context:
        page = new_page(context)
        join(page, server.address)
        send_votes(page, NO, RATHER, "Ne sait pas", YES)
    person = Piped("answer", WAVE, "--session", NAME, "--plain", cwd=folder)
    for _ in range(12):
        if "pour envoyer" in " ".join(person.heard.split()):
            break
        statement = [one for one in TYPED if one in " ".join(person.heard.split())]
        person.type(TYPED[statement[0]] if statement else "")
    person.type("f")
    assert person.end() == 0, person.text
    terminal = Terminal("kiosk", WAVE, "--session", NAME, "--exit-word", WORD, cwd=folder)
    terminal.wait_for("1  Français")
    terminal.press("1")
    terminal.wait_for("canal de signalement")
    terminal.press(ENTER)
    for words, key in TYPED.items():
        terminal.wait_for(words)
        terminal.press(key, ENTER)
    terminal.wait_for("rien ne manque")
    terminal.press("f")
    terminal.wait_for("✓")
    terminal.press(ENTER)
    terminal.wait_for("1  Français")
    terminal.press(ESC)
    terminal.wait_for(">")
    terminal.press(*WORD, ENTER)
    assert terminal.end() == 0
    # By hand: 1 and 4 and 5 are the first, fourth and fifth of the scale; 251 is "don't know".
    assert stored(session) == [bytes([0, 3, 251, 4])] * 3


TYPED = {
    "règles de conduite": "1",
    "base de données": "4",
    "cadeau": "d",
    "temps de travail": "5",
}
"""By words of each statement: the key of the answer to it."""


def without_refresh(route: Route) -> None:
    """Hand the page on without what loads it anew, which would disturb who looks at it."""
    answer = route.fetch(max_redirects=0)
    headers = {name: value for name, value in answer.headers.items() if name != "refresh"}
    route.fulfill(response=answer, headers=headers)


def test_no_page_of_a_session_has_an_accessibility_fault(
    session: Session, browser: Browser
) -> None:
    """Joining, refused, waiting, voting, with a problem, thanks, too late, left, ended: dark, and
    at 320 pixels. The pages of a survey, of the same style, are looked at in light as well."""
    folder, room = session.wave.folder.parents[1], Room(session)
    (code,) = TicketBook(session_book(session).path, cost=16).issue(1)
    with (
        served(WAVE, "--session", NAME, cwd=folder) as server,
        visitor(browser, scripts=True, size=NARROW, dark=True) as context,
    ):
        page = new_page(context)
        page.route("**/wait*", without_refresh)
        look = Inspector(page, NARROW[0]).look
        page.goto(server.address)
        look()
        page.locator("#ticket").fill("0" * 11)
        page.locator("main form button").click()
        expect(page.locator("[role=alert]")).to_be_visible(timeout=LONG)
        look()
        page.goto(f"{server.address}wait")  # nobody is known here
        look()
        join(page, server.address, code)
        for path in ("words", "wait", "wait?still", "leave", "privacy"):
            page.goto(f"{server.address}{path}")
            look()
        room.open_round(ROUND)
        page.goto(f"{server.address}wait")
        page.wait_for_url("**/round")
        look()
        page.locator("button[value=send]").click()
        expect(page.locator("#problems")).to_be_visible(timeout=LONG)
        look()
        page.locator("button[value=send]").click()
        expect(page.locator("h1")).to_have_text("Merci", timeout=LONG)
        look()
        room.close_round(ROUND)
        room.open_round(ROUND)
        page.goto(f"{server.address}wait")
        page.wait_for_url("**/round")
        room.close_round(ROUND)
        page.goto(f"{server.address}wait")
        page.wait_for_url("**/late")
        look()
        room.close(DAY)
        page.goto(f"{server.address}wait")
        expect(page.locator("h1")).to_have_text("La séance est terminée", timeout=LONG)
        look()
        page.goto(f"{server.address}fr/left")
        look()
