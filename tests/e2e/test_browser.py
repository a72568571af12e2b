"""Somebody answers in a real Chromium, without scripts: the same response as everywhere else."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from keyholders import records_in
from playwright.sync_api import Browser, expect
from records import decode
from served import Served, served
from stage import TODAY, make_study

from e2e.browser import DESKTOP, NARROW, PHONE, Inspector, Person, chromium, visitor
from e2e.piped import Piped
from imfsurvey.interview.comments import decode_comment
from imfsurvey.study.boxes import answers_box, comments_box, ticket_book
from imfsurvey.study.folder import Study
from imfsurvey.study.life import open_wave
from imfsurvey.study.tickets import TicketBook

pytestmark = pytest.mark.system

WAVE = "2026-zero"
WISH = "Former les chefs,\nécouter l'équipe."
REMARK = "L'affiche à l'accueil."

ROWS = {"je peux parler de problèmes.": "D'accord", "on craint de parler.": "Pas d'accord"}
STATEMENTS = {
    "Mon chef donne l'exemple.": "Pas d'accord",
    "Mon chef ferme les yeux sur les fautes.": "Tout à fait d'accord",
    "Je sais à qui signaler un problème.": "Ne sait pas",
    **ROWS,
}
KEYS = {"Pas d'accord": "2", "D'accord": "4", "Tout à fait d'accord": "5", "Ne sait pas": "d"}
"""What is typed for them in plain mode, which says a scale only once."""

SINGLE = {
    "Votre catégorie de personnel": "CALog",
    "Dirigez-vous une équipe ?": "Je préfère ne pas répondre",
    "Avez-vous vu une atteinte à l'intégrité cette année ?": "Oui",
    "Qui vous a le plus aidé ?": "La personne de confiance",
    "Vous avez répondu « Pas d'accord ». Que faudrait-il d'abord ?": "L'écoute",
    **STATEMENTS,
}
TICKS = {
    "De quoi s'agissait-il ?": ("Cadeaux ou avantages", "Consultation de banques de données"),
    "À qui en avez-vous parlé ?": ("La personne de confiance", "Mon chef direct"),
}
RANKS = ("Quelqu'un d'autre", "Le contrôle interne")

# By hand, from what the script says. Bands of years: 0-4, 5-14, 15-29, 30-50; 7 lies in the second,
# whose number is 5. Less than five years is false, so the row on newcomers is not shown. The score
# of the leading statements: disagreeing (2 of 1-5) is 25, and fully agreeing (5) with one that is
# turned round is 0; their mean, 12.5, is under 50, so the last section is shown.
ANSWERED: dict[str, Any] = {
    "category": "calog",
    "leads": "~refused",
    "years": 5,
    "example_given": 2,
    "looks_away": 5,
    "team_speak": 4,
    "team_fear": 2,
    "team_new": "~not_shown",
    "safe": "~dk",
    "seen": "yes",
    "what": ("databases", "gifts"),
    "told": ("chief", "confidant"),
    "most_useful": "confidant",
    "trusted": ("other", "control"),
    "improve": "listening",
}
WRITTEN = {("safe", "comment", REMARK), ("trusted", "other", "Ma sœur"), ("wish", "text", WISH)}


def make_wave(folder: Path) -> Path:
    """A study whose open wave asks every construct that may be asked anonymously."""
    study = make_study(folder)
    open_wave(study, study.new_wave("zero", 2026, questionnaires=["anonymous.yaml"]), TODAY)
    return folder


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


def stored(folder: Path) -> tuple[list[dict[str, Any]], set[tuple[str, str, str]]]:
    """What a key holder finds: the answers, and the texts apart from them."""
    wave = Study(folder).wave(WAVE)
    questionnaire = wave.questionnaire("anonymous")
    records = records_in(answers_box(wave, questionnaire))
    apart = comments_box(wave, questionnaire)
    assert apart is not None
    texts = [decode_comment(one, questionnaire) for one in records_in(apart)]
    return (
        [decode(one, questionnaire, wave.groups) for one in records],
        {(one.item, one.field, one.text) for one in texts},
    )


# --- the same answers on every way ------------------------------------------------------------


def answer_in_browser(person: Person, look: Callable[[], object] = lambda: None) -> None:
    """Answer every page by what stands on it; `look` is called on each kind of it."""
    person.send("main form button")
    for _ in range(40):
        look()
        if person.page.url.endswith("/overview"):
            return
        heading = person.heading
        if heading in SINGLE:
            person.tick(SINGLE[heading])
            if heading.startswith("Je sais"):
                person.write("comment", REMARK)
        elif heading == "Vos années de service":
            person.tick("de 5 à 14 ans")
        elif heading in TICKS:
            for label in TICKS[heading]:
                person.page.locator(".choice").filter(has_text=label).locator("input").check()
        elif heading.startswith("À qui parleriez-vous"):
            for rank, label in enumerate(RANKS, start=1):
                person.page.get_by_label(label, exact=True).select_option(str(rank))
            person.write("other", "Ma sœur")
        elif heading.startswith("Que faudrait-il changer"):
            person.write("text", WISH)
        person.go_on()
    raise AssertionError(person.text)


def answer_in_lines(folder: Path) -> None:
    """The same in plain mode."""
    person = Piped("answer", WAVE, "anonymous", "--plain", cwd=folder)
    person.type("1")
    singles = {**SINGLE, **TICKS}
    for _ in range(40):
        heard = " ".join(person.heard.split())
        asked = [one for one in singles if one in heard]
        if "pour envoyer" in heard:
            break
        if "Vos années de service" in heard:
            person.type("7")
        elif "À qui parleriez-vous" in heard:
            person.choose(*RANKS)
            person.type("Ma sœur")
        elif "Que faudrait-il changer" in heard:
            person.type(*WISH.split("\n"), "")
        elif asked and asked[0] in STATEMENTS:
            if asked[0].startswith("Je sais"):
                person.type("c")
                person.type(REMARK)
            person.type(KEYS[STATEMENTS[asked[0]]])
        elif asked:
            labels = singles[asked[0]]
            person.choose(*((labels,) if isinstance(labels, str) else labels))
        else:
            person.type("")
    person.type("f")
    assert person.end() == 0, person.text


def test_a_browser_stores_what_plain_mode_stores(tmp_path: Path, browser: Browser) -> None:
    """Every construct, without scripts: the same record and the same texts, nothing else; no
    request leaves this computer."""
    plain, pages = make_wave(tmp_path / "plain"), make_wave(tmp_path / "pages")
    answer_in_lines(plain)
    with served(WAVE, cwd=pages) as server, visitor(browser) as context:
        person = Person(context.new_page(), server.address)
        answer_in_browser(person)
        person.send('form[action="/send"] button')
        assert person.heading == "Merci"
        assert context.cookies() == []
        assert all(url.startswith(server.address) for url in person.asked)
    assert stored(pages) == stored(plain) == ([ANSWERED], WRITTEN)


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
        answer_in_browser(person, inspector.look)
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
