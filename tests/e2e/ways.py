"""The ways in which a scripted respondent answers: in a browser, in lines, on the screen."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from e2e.browser import Person
from e2e.onscreen import OnScreen
from e2e.piped import Piped
from e2e.respondents import Respondent, Say, SecondThought
from e2e.terminal import ENTER, LEFT, Terminal

MOST = 60
"""Pages that are turned at most."""

PAGE_UP, PAGE_DOWN, NEW_LINE = "\x1b[5~", "\x1b[6~", "\n"
OVERVIEW = {"fr": "Vue d’ensemble", "nl": "Overzicht"}
TO_SEND = {"fr": "pour envoyer", "nl": "om uw antwoorden te verzenden"}
LANGUAGE = {"fr": "1", "nl": "2"}


@dataclass
class Script:
    """What a respondent has still to say."""

    person: Respondent
    ticket: str = ""
    stops_at: str = ""
    """The page that is left open instead of answered."""
    _said: set[str] = field(default_factory=set)
    _again: SecondThought | None = None

    def __post_init__(self) -> None:
        self._again = self.person.thinks_again

    def asked(self, text: str) -> str:
        """The words of the script that stand on a page; empty where nothing is asked."""
        page = " ".join(text.split())
        found = [one for one in self.person.says if one in page]
        assert len(found) <= 1, (found, text)
        return found[0] if found else ""

    def answer(self, heading: str) -> Say | None:
        """What to say there; None for what was said already."""
        if heading in self._said:
            return None
        self._said.add(heading)
        return self.person.says[heading]

    def stops(self, heading: str) -> bool:
        """Whether this is the page that is left open."""
        return bool(heading) and heading == self.stops_at

    def second_thought(self, heading: str) -> SecondThought | None:
        """What to go back for, once the page with that heading is answered."""
        if self._again is None or self._again.after != heading:
            return None
        thought, self._again = self._again, None
        return thought

    def finished(self) -> None:
        """Nobody forgot a page of the script."""
        assert self._said == set(self.person.says)
        assert self._again is None


# --- in a browser -------------------------------------------------------------------------------


def answer_in_browser(
    person: Person, script: Script, look: Callable[[], object] = lambda: None
) -> None:
    """From the first page to the overview, or to where one stops; `look`: called on each page."""
    if script.ticket:
        person.write("ticket", script.ticket)
    person.send("main form button")
    for _ in range(MOST):
        look()
        if person.page.url.endswith("/overview"):
            script.finished()
            return
        heading = script.asked(person.heading)
        if script.stops(heading):
            return
        said = script.answer(heading) if heading else None
        thought = script.second_thought(heading)
        if said is not None:
            _fill(person, said)
        if thought is not None:
            _back_in_browser(person, script, thought)
        person.go_on()
    raise AssertionError(person.text)


def _back_in_browser(person: Person, script: Script, thought: SecondThought) -> None:
    for _ in range(MOST):
        person.send("button[value=back]")
        if script.asked(person.heading) == thought.to:
            break
    _fill(person, thought.instead)


def _fill(person: Person, said: Say) -> None:
    """Into the fields of the page."""
    for rank, label in enumerate(said.labels, start=1):
        field = person.page.get_by_label(label, exact=True)
        if field.count() == 0:  # a remark stands behind it: that it stands alone
            field = person.page.get_by_label(label)
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(str(rank))
        else:
            field.check()
    for name in ("text", "comment", "other"):
        if getattr(said, name):
            person.write(name, getattr(said, name))


# --- in lines -----------------------------------------------------------------------------------


def answer_in_lines(person: Piped, script: Script) -> None:
    """From the language to the question whether to send, or to where one stops."""
    keys: dict[str, str] = {}
    person.type(LANGUAGE[script.person.language])
    if script.ticket:
        person.type(script.ticket)
    for _ in range(MOST):
        if TO_SEND[script.person.language] in person.heard:
            script.finished()
            return
        heading = script.asked(person.heard)
        if script.stops(heading):
            return
        said = script.answer(heading) if heading else None
        thought = script.second_thought(heading)
        _say(person, keys, said)
        if thought is not None:
            for _ in range(MOST):
                if script.asked(person.type("/b")) == thought.to:
                    break
            _say(person, keys, thought.instead)
    raise AssertionError(person.text)


def _say(person: Piped, keys: dict[str, str], said: Say | None) -> None:
    """Type what is said, or go on. A scale is only spelled out where it is new: `keys` holds the
    keys of all choices that were heard."""
    choices = re.findall(r"^ *(\w)  (.+?)(?: \([^)]*\))?$", person.heard, re.MULTILINE)
    keys.update({label: key for key, label in choices})
    if said is None:
        person.type("")
        return
    if said.comment:
        person.type("c")
        person.type(said.comment)
    if said.text:
        person.type(*said.text.split("\n"), "")
    elif said.number:
        person.type(said.number)
    elif said.labels:
        person.type(" ".join(keys[label] for label in said.labels))
    else:
        person.type("/s")
    if said.other:
        person.type(said.other)


# --- on the screen ------------------------------------------------------------------------------


def answer_on_screen(terminal: Terminal, script: Script, welcome: str = "░") -> None:
    """From the hand-over screen to the overview, or to where one stops. `welcome`: what is seen
    before the first page."""
    person = OnScreen(terminal)
    person.go_on("Nederlands")
    terminal.press(LANGUAGE[script.person.language])
    if script.ticket:
        person.see("ticket", "Esc")
        terminal.press(script.ticket, ENTER)
    person.see(welcome)
    if welcome != "░":
        person.go_on("░")
        terminal.wait_gone(welcome)
    for _ in range(MOST):
        if OVERVIEW[script.person.language] in person.text.split("\n")[0]:
            script.finished()
            return
        heading = script.asked(person.text)
        if script.stops(heading):
            return
        said = script.answer(heading) if heading else None
        thought = script.second_thought(heading)
        if said is not None:
            _put(person, said)
        if thought is not None:
            for _ in range(MOST):
                person.turn(LEFT)
                if script.asked(person.text) == thought.to:
                    break
            _put(person, thought.instead)
        person.turn(PAGE_DOWN if said == Say() else ENTER)
    raise AssertionError(person.text)


def _put(person: OnScreen, said: Say) -> None:
    """By the keys of the page, each after what it works on is drawn."""
    if said.comment:
        person.terminal.press("c")
        _beside(person, said.comment)
    if said.text:
        person.write(said.text)
    elif said.number:
        person.write(said.number)
        person.see(said.labels[0])
    elif said.labels:
        person.choose(said.labels[0])
        if said.other:
            _beside(person, said.other)
        person.choose(*said.labels[1:])


def _beside(person: OnScreen, text: str) -> None:
    """In the window beside the page."""
    person.see("Ctrl+J")
    person.write(text)
    person.terminal.press(ENTER)
    person.terminal.wait_gone("Ctrl+J")
