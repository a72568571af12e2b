"""A respondent with a ticket puts answers aside, and goes on elsewhere on the same computer."""

from __future__ import annotations

from pathlib import Path

import pytest
from served import served

from e2e.browser import NARROW, Inspector, Person, chromium, visitor
from e2e.piped import Piped
from e2e.respondents import WITNESS
from e2e.terminal import ENTER, Terminal
from e2e.test_everywhere import WAVE, make_wave, stored
from e2e.ways import Script, answer_in_browser, answer_in_lines, answer_on_screen
from imfsurvey.study.boxes import ticket_book
from imfsurvey.study.drafts import drafts_in
from imfsurvey.study.folder import Study
from imfsurvey.study.tickets import TicketBook
from imfsurvey.study.wave import Wave

SEEN = "Avez-vous vu une atteinte à l'intégrité cette année ?"
WISHED = "Que faudrait-il changer en premier"
BACK = "Vous reprenez ce que vous avez mis de côté"
ASIDE = "Vos réponses sont mises de côté"


@pytest.fixture
def wave(tmp_path: Path) -> Wave:
    """An open wave on the sample of every construct."""
    return Study(make_wave(tmp_path / "zone")).wave(WAVE)


def issued(wave: Wave) -> str:
    """A ticket of a cheap scrypt."""
    return TicketBook(ticket_book(wave).path, cost=16).issue(1)[0]


def on_the_screen(folder: Path, script: Script, *, again: bool = False) -> None:
    """Until the page where one stops, then F6; the terminal app ends."""
    terminal = Terminal("answer", WAVE, "anonymous", cwd=folder)
    terminal.wait_for("Prêt pour la personne suivante")
    answer_on_screen(terminal, script, BACK if again else "░")
    terminal.press("\x1b[17~")
    terminal.wait_for("Esc Rester")
    terminal.press(ENTER)
    terminal.wait_for(ASIDE)
    terminal.press(ENTER)
    terminal.wait_for("Prêt pour la personne suivante")
    assert "Merci" not in terminal.text
    terminal.hang_up()
    terminal.end()


def in_lines(folder: Path, script: Script, *, again: bool = False) -> None:
    """Until the page where one stops, then /p and yes."""
    person = Piped("answer", WAVE, "anonymous", "--plain", cwd=folder)
    answer_in_lines(person, script)
    assert (BACK in " ".join(person.text.split())) == again
    person.type("/p")
    person.type("oui")
    assert person.end() == 0
    assert "Ce que vous avez mis de côté est conservé." in " ".join(person.text.split())


def test_from_the_screen_to_lines_and_back(wave: Wave) -> None:
    """Put aside on the screen, taken up and put aside in lines, taken up on the screen and sent:
    the record and the texts are those of somebody who answered at one go."""
    folder = wave.folder.parents[1]
    script = Script(WITNESS, ticket=issued(wave), stops_at=SEEN)
    on_the_screen(folder, script)
    assert (drafts_in(wave), stored(folder)) == (1, ([], {}))
    script.stops_at = WISHED
    in_lines(folder, script, again=True)
    assert (drafts_in(wave), stored(folder)) == (1, ([], {}))
    script.stops_at = ""
    terminal = Terminal("answer", WAVE, "anonymous", cwd=folder)
    terminal.wait_for("Prêt pour la personne suivante")
    answer_on_screen(terminal, script, BACK)
    terminal.press("f")
    terminal.wait_for("Merci")
    terminal.hang_up()
    terminal.end()
    assert drafts_in(wave) == 0
    records, texts = stored(folder)
    assert (records, set(texts)) == ([WITNESS.record], WITNESS.texts)


@pytest.mark.system
def test_from_lines_to_the_browser(wave: Wave) -> None:
    """Put aside in lines, taken up and put aside in the browser, taken up there and sent; leaving
    without sending destroys what lay aside, and the cookie is gone each time."""
    folder = wave.folder.parents[1]
    script = Script(WITNESS, ticket=issued(wave), stops_at=SEEN)
    in_lines(folder, script)
    with served(WAVE, cwd=folder) as server, chromium() as browser, visitor(browser) as context:
        person = Person(context.new_page(), server.address)
        script.stops_at = WISHED
        answer_in_browser(person, script)
        person.write("text", "Un début")
        person.send("button[value=aside]")
        person.send("form[action='/aside'] button")
        assert person.heading == ASIDE
        assert context.cookies() == []
        assert drafts_in(wave) == 1
        person.page.goto(server.address)
        person.write("ticket", script.ticket)
        person.send("main form button")
        assert BACK in person.text
        assert person.page.locator("#text").input_value() == "Un début"
        person.page.goto(server.address)
        script.stops_at = ""
        answer_in_browser(person, script)
        person.send('form[action="/send"] button')
        assert person.heading == "Merci"
        records, texts = stored(folder)
        assert (records, set(texts)) == ([WITNESS.record], WITNESS.texts)
        assert drafts_in(wave) == 0


@pytest.mark.system
def test_leaving_in_the_browser_destroys_what_lay_aside(wave: Wave) -> None:
    """The page that asks names both ways out, without an accessibility fault; after it nothing is
    stored, and the ticket is still good."""
    folder, ticket = wave.folder.parents[1], issued(wave)
    with (
        served(WAVE, cwd=folder) as server,
        chromium() as browser,
        visitor(browser, scripts=True, size=NARROW) as context,
    ):
        person = Person(context.new_page(), server.address)
        inspector = Inspector(person.page, NARROW[0])
        for kept in (True, False):
            person.page.goto(server.address)
            person.write("ticket", ticket)
            person.send("main form button")
            inspector.look()
            person.send("button[value=aside]")
            inspector.look()
            assert ("détruit aussi" in person.text) != kept
            person.send(f"form[action='/{'aside' if kept else 'leave'}'] button")
            inspector.look()
            assert drafts_in(wave) == kept
            assert context.cookies() == []
    assert ticket_book(wave).counts().used == 0
