"""The pages in a real Chromium: for everybody, by keyboard, whatever is clicked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from served import Served, served

from e2e.browser import DESKTOP, NARROW, PHONE, Inspector, Person, chromium, visitor
from e2e.respondents import WISH, WITNESS
from e2e.test_everywhere import WAVE, make_wave
from e2e.ways import Script, answer_in_browser
from imfsurvey.study.boxes import ticket_book
from imfsurvey.study.folder import Study
from imfsurvey.study.tickets import TicketBook

pytestmark = pytest.mark.system

RANKS = ("Quelqu'un d'autre", "Le contrôle interne")


@pytest.fixture(scope="module")
def zone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One for all tests that store nothing, or little."""
    return make_wave(tmp_path_factory.mktemp("browser") / "zone")


@pytest.fixture(scope="module")
def server(zone: Path) -> Iterator[Served]:
    """Its pages."""
    with served(WAVE, cwd=zone) as server:
        yield server


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for all; every person has a window that shares nothing."""
    with chromium() as browser:
        yield browser


# --- accessibility ------------------------------------------------------------------------------


class SurveyInspector(Inspector):
    """Looks at pages of a survey with trouble on them, too."""

    def __init__(self, person: Person, width: int) -> None:
        super().__init__(person.page, width)
        self.person = person

    def wrong(self, heading: str, spoil: Callable[[Person], object]) -> None:
        """At the page of an item after something was sent that it does not take."""
        page = self.person.page
        page.goto(re.sub(r"(https?://[^/]+)/.*", r"\1/overview", page.url))
        page.locator("summary").last.click()
        page.get_by_role("link", name=heading).click()
        page.wait_for_url("**/q/*")
        spoil(self.person)
        self.person.go_on()
        assert page.locator("#problems").is_visible()
        self.look()


def spoiled_ranks(person: Person) -> None:
    """One rank twice."""
    for label in RANKS:
        person.page.get_by_label(label, exact=True).select_option("1")


@pytest.mark.parametrize(("size", "dark"), [(NARROW, True), (DESKTOP, False)], ids=str)
def test_no_page_has_an_accessibility_fault(
    server: Served, browser: Browser, size: tuple[int, int], dark: bool
) -> None:
    """Every kind of page, with and without trouble, light and dark, down to 320 pixels."""
    with visitor(browser, scripts=True, size=size, dark=dark) as context:
        person = Person(context.new_page(), server.address)
        inspector = SurveyInspector(person, size[0])
        inspector.look()
        answer_in_browser(person, Script(WITNESS), inspector.look)
        person.page.locator("summary").last.click()
        inspector.look()
        inspector.wrong("À qui parleriez-vous", spoiled_ranks)
        inspector.wrong("De quoi", lambda one: one.tick("Je préfère ne pas répondre"))
        inspector.wrong("changer en premier", lambda one: one.write("text", "a"))
        person.page.goto(f"{server.address}overview")
        inspector.look()  # it names what is missing
        person.send("#problems a")
        person.write("text", WISH)
        person.go_on()
        inspector.wrong("Je sais", lambda one: one.write("comment", "jan@example.org"))
        for path in ("leave", "fr/privacy", "fr/left", "q/x/y", "fr"):
            person.page.goto(f"{server.address}{path}")
            inspector.look()
        person.page.goto(f"{server.address}overview")
        person.send('form[action="/send"] button')
        inspector.look()
        person.page.goto(f"{server.address}overview")
        inspector.look()
        assert inspector.looked > 30


def test_everything_is_reached_by_the_keyboard(server: Served, browser: Browser) -> None:
    """Tab, arrows, space and Enter: from the first page to an answer, and to what is wrong."""
    with visitor(browser, size=PHONE) as context:
        page = context.new_page()
        page.goto(f"{server.address}fr")
        press = page.keyboard.press
        press("Tab")
        press("Enter")  # the first thing is a way past the header
        page.wait_for_url("**#main")
        press("Tab")
        press("Tab")
        with page.expect_navigation():
            press("Enter")
        with page.expect_navigation():
            page.locator("button[value=next]").focus()
            press("Space")
        page.locator("#answer-1").focus()
        press("ArrowDown")
        expect(page.locator("#answer-2")).to_be_checked()
        with page.expect_navigation():
            press("Enter")  # sends the form by its first button, which goes on
        assert page.locator("h1").inner_text() == "Dirigez-vous une équipe ?"
        with page.expect_navigation():
            page.locator("button[value=next]").focus()
            press("Enter")
        press("Tab")  # the summary has the focus; behind it comes its first link
        press("Enter")
        page.wait_for_url("**#*")
        press("Space")
        expect(page.locator("#answer-1")).to_be_checked()


def test_going_back_and_clicking_twice_are_harmless(server: Served, browser: Browser) -> None:
    """The browser's own button shows the page before, with its answer; nothing is asked."""
    with visitor(browser) as context:
        person = Person(context.new_page(), server.address)
        person.send("main form button")
        person.go_on()
        first = person.page.url
        person.tick("CALog")
        with person.page.expect_navigation():
            person.page.locator("button[value=next]").dblclick()
        expect(person.page.locator("h1")).to_have_text("Dirigez-vous une équipe ?")
        person.page.wait_for_load_state("networkidle")  # whatever the second click asked for
        expect(person.page.locator("h1")).to_have_text("Dirigez-vous une équipe ?")
        person.page.go_back()
        person.page.wait_for_url(lambda url: url.partition("#")[0] == first)
        expect(person.page.get_by_label("CALog", exact=True)).to_be_checked()
        titles = {person.page.title()}
        assert not any("catégorie" in title for title in titles)


def test_a_ticket_is_taken_from_the_address(tmp_path: Path, browser: Browser) -> None:
    """With scripts, from the part that no server sees; without, it is typed."""
    folder = make_wave(tmp_path / "zone")
    book = TicketBook(ticket_book(Study(folder).wave(WAVE)).path, cost=16)
    code, other = book.issue(2)
    with served(WAVE, cwd=folder) as server:
        assert server.said["tickets"] is True
        with visitor(browser, scripts=True) as context:
            person = Person(context.new_page(), f"{server.address}#{code}")
            person.page.wait_for_function("!location.hash")
            expect(person.page.locator("#ticket")).to_have_value(code)
            person.send("main form button")
            assert "/q/" in person.page.url
            assert not any(code in url.partition("#")[0] for url in person.asked)
        with visitor(browser) as context:
            person = Person(context.new_page(), server.address)
            person.write("ticket", "00000 000000")
            person.send("main form button")
            expect(person.page.locator("[role=alert]")).to_be_visible()
            person.write("ticket", f"{other[:5]} {other[5:]}".lower())
            person.send("main form button")
            assert "/q/" in person.page.url
