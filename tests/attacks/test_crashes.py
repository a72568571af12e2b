"""Row 18: a crash, in whatever face and on whatever kind of page, prints no answer.

The error that is raised says a word in its text, in its notes and in its local variables, as one
of a library may quote what it was given. Besides, the person has typed another word. Neither is
found on stderr, on what is left of a terminal, or in any file; the first is found nowhere at all.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import httpx
import pytest
from e2e.terminal import ENTER, Terminal
from kiosk import WAVE, make_kiosk

from imfsurvey.study.boxes import ticket_book
from imfsurvey.study.tickets import TicketBook
from imfsurvey.study.wave import Wave

RAISED, TYPED = "kanarienvogel", "zwergpapagei"
PROGRAM = Path(__file__).with_name("crashing.py")
DEBUG = {"IMFSURVEY_DEBUG": "1", "DEBUG": "1", "PYTHONFAULTHANDLER": "1"}
LEFT = b"\x1b[?1049l"
"""The terminal goes back to its first page, which can be scrolled."""


@pytest.fixture
def wave(tmp_path: Path) -> Wave:
    """A wave with one text and one statement, to be answered with tickets."""
    return make_kiosk(tmp_path / "zone")


def issued(wave: Wave) -> str:
    """A ticket of a cheap scrypt."""
    return TicketBook(ticket_book(wave).path, cost=16).issue(1)[0]


def require_no_trace(folder: Path, *words: str) -> None:
    """No file holds one of the words."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    found = [path for path in files for word in words if word.encode() in path.read_bytes()]
    assert found == []


# --- on the screen, and on a laptop that is handed round ----------------------------------------

Steps = Sequence[tuple[str, str]]
"""Keys, and what they bring to the screen."""
TO_FIRST: Steps = [(TYPED, TYPED)]
TO_SECOND: Steps = [*TO_FIRST, (ENTER, "juste")]
TUI = "imfsurvey.faces.tui"

SCREENS: dict[str, tuple[str, Steps, str]] = {
    "question": (f"{TUI}.interview:InterviewScreen.action_go_on", TO_FIRST, ENTER),
    "drawing": (f"{TUI}.interview:InterviewScreen.show_answer", TO_FIRST, ENTER),
    "comment": (
        f"{TUI}.writing:WritingDialog.dismiss",
        [*TO_SECOND, ("c", "Ctrl+J"), (TYPED, TYPED)],
        ENTER,
    ),
    "overview": (f"{TUI}.review:ReviewScreen._row", TO_FIRST, "\x1bOR"),
    "ticket": ("imfsurvey.study.tickets:TicketBook.check", [], ""),
    "sending": (
        "imfsurvey.faces.sitting:AnonymousSitting.finish",
        [*TO_SECOND, ("2", "(•) 2"), (ENTER, "rien ne manque")],
        "f",
    ),
    "aside": ("imfsurvey.faces.aside:Aside.put", [*TO_FIRST, ("\x1b[17~", "Rester")], ENTER),
}
"""By kind of page: what breaks, the way there from the first question, the key that does it."""

HANDED_ROUND: dict[str, tuple[str, Steps, str]] = {
    **{kind: SCREENS[kind] for kind in ("question", "comment", "overview", "ticket", "sending")},
    "veil": (f"{TUI}.kiosk:KioskApp.action_veil", TO_FIRST, "\x1b[20~"),
    "before": (f"{TUI}.kiosk:run_turn", [], ""),
}


def crashed(terminal: Terminal, wave: Wave, steps: Steps, key: str) -> None:
    """From the window that asks for the ticket to the crash, which ends the program with 70."""
    before = 0
    if key:
        for keys, brings in steps:
            terminal.press(keys)
            terminal.wait_for(brings)
        assert TYPED.encode() in terminal.raw
        before = len(terminal.raw)
        terminal.press(key)
    assert terminal.end() == 70
    said = bytes(terminal.raw)
    assert RAISED.encode() not in said
    assert b"Traceback" not in said and b"q7_seen" not in said
    left = said[max(said.rfind(LEFT), before) :]
    assert TYPED.encode() not in left
    assert not key or said.rfind(LEFT) > before


@pytest.mark.parametrize("kind", SCREENS)
def test_on_the_screen(kind: str, wave: Wave, tmp_path: Path) -> None:
    """The terminal app."""
    breaks, steps, key = SCREENS[kind]
    code = issued(wave)
    terminal = Terminal.of(
        PROGRAM,
        breaks,
        RAISED,
        "answer",
        WAVE,
        "kiosk",
        cwd=wave.folder.parents[1],
        HOME=str(tmp_path),
        TMPDIR=str(tmp_path),
        **DEBUG,
    )
    terminal.wait_for("Prêt pour")
    terminal.press(ENTER)
    terminal.wait_for("Nederlands")
    terminal.press("1")
    terminal.wait_for("ticket")
    terminal.press(code, ENTER)
    if key:
        terminal.wait_for("Votre souhait")
    crashed(terminal, wave, steps, key)
    require_no_trace(tmp_path, RAISED, TYPED)


@pytest.mark.parametrize("kind", HANDED_ROUND)
def test_on_a_laptop_handed_round(kind: str, wave: Wave, tmp_path: Path) -> None:
    """The process of one person."""
    breaks, steps, key = HANDED_ROUND[kind]
    code = issued(wave)
    study = wave.folder.parents[1]
    terminal = Terminal.of(
        PROGRAM,
        breaks,
        RAISED,
        "kiosk",
        str(study),
        WAVE,
        "survey",
        "kiosk",
        "fr",
        cwd=tmp_path,
        HOME=str(tmp_path),
        TEXTUAL="debug",
        **DEBUG,
    )
    if kind != "before":
        terminal.wait_for("ticket")
        terminal.press(code, ENTER)
    if key:
        terminal.wait_for("Votre souhait")
    crashed(terminal, wave, steps, key)
    require_no_trace(tmp_path, RAISED, TYPED)


# --- in lines -----------------------------------------------------------------------------------

PLAIN = "imfsurvey.faces.plain"
LINES: dict[str, tuple[str, Sequence[str]]] = {
    "question": (f"{PLAIN}.walk:record_typed", ["1", "{ticket}", TYPED]),
    "comment": (f"{PLAIN}.walk:write_side", ["1", "{ticket}", TYPED, "c", TYPED]),
    "overview": (f"{PLAIN}.overview:answer_words", ["1", "{ticket}", TYPED, "o"]),
    "ticket": ("imfsurvey.study.tickets:TicketBook.check", ["1", "{ticket}"]),
    "sending": (
        "imfsurvey.faces.sitting:AnonymousSitting.finish",
        ["1", "{ticket}", TYPED, "2", "f", "f"],
    ),
    "aside": ("imfsurvey.faces.aside:Aside.put", ["1", "{ticket}", TYPED, "p", "oui"]),
}


@pytest.mark.parametrize("kind", LINES)
def test_in_lines(kind: str, wave: Wave, tmp_path: Path) -> None:
    """Plain mode: what was heard before the crash stays, as it is said at the beginning there;
    the crash adds a place in the program and nothing else."""
    breaks, typed = LINES[kind]
    code = issued(wave)
    done = subprocess.run(
        [sys.executable, PROGRAM, breaks, RAISED, "answer", WAVE, "kiosk", "--plain"],
        cwd=wave.folder.parents[1],
        env={**os.environ, **DEBUG, "HOME": str(tmp_path), "TMPDIR": str(tmp_path)},
        input="".join(f"{line.format(ticket=code)}\n" for line in typed),
        encoding="utf-8",
        capture_output=True,
        check=False,
    )
    assert done.returncode == 70, done.stdout + done.stderr
    assert "ValueError, " in done.stderr
    for word in (RAISED, TYPED, code, "Traceback", "q7_seen"):
        assert word not in done.stderr
    assert RAISED not in done.stdout
    require_no_trace(tmp_path, RAISED, TYPED)


# --- in a browser -------------------------------------------------------------------------------

WEB = "imfsurvey.faces.web"
PAGES = {
    "question": f"{WEB}.walk:take",
    "drawing": f"{WEB}.walk:question",
    "overview": f"{WEB}.walk:overview",
    "ticket": "imfsurvey.study.tickets:TicketBook.check",
    "sending": "imfsurvey.faces.sitting:AnonymousSitting.finish",
    "aside": "imfsurvey.faces.aside:Aside.put",
}
"""What breaks while its file lies there; a comment comes with the answer to its question."""


class Visitor:
    """Sends the forms of the pages."""

    def __init__(self, address: str) -> None:
        self._client = httpx.Client(base_url=address, follow_redirects=True, timeout=60)
        self._check = ""
        self.page = self.get("/fr")

    def get(self, path: str) -> httpx.Response:
        """Ask for a page."""
        return self._seen(self._client.get(path))

    def post(self, path: str, **fields: str) -> httpx.Response:
        """Send a form of ours."""
        return self._seen(self._client.post(path, data={"check": self._check, **fields}))

    def _seen(self, page: httpx.Response) -> httpx.Response:
        found = re.search(r'name="check" value="([^"]+)"', page.text)
        self._check = found[1] if found else self._check
        self.page = page if page.status_code < 500 else self.page
        return page

    def close(self) -> None:
        """Close the connection."""
        self._client.close()


def test_in_a_browser(wave: Wave, tmp_path: Path) -> None:
    """One server, broken in one place after the other: each time a page without a word of it, a
    line that names the place, and the person goes on."""
    study, code = wave.folder.parents[1], issued(wave)
    server = subprocess.Popen(
        [sys.executable, PROGRAM, ",".join(PAGES.values()), RAISED, "serve", WAVE, "--port", "0"],
        cwd=study,
        env={**os.environ, **DEBUG, "HOME": str(tmp_path), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert server.stdout is not None
    address = next(line for line in server.stdout if line.startswith("http")).strip()
    visitor = Visitor(address)

    def breaking(kind: str, path: str, **fields: str) -> None:
        flag = study / f"{PAGES[kind].rpartition('.')[2].rpartition(':')[2]}-breaks"
        flag.touch()
        page = visitor.post(path, **fields) if fields else visitor.get(path)
        flag.unlink()
        assert page.status_code == 500
        for word in (RAISED, TYPED, "Traceback", "ValueError", "q7_seen"):
            assert word not in page.text

    try:
        breaking("ticket", "/begin", language="fr", ticket=code)
        visitor.post("/begin", language="fr", ticket=code)
        here = visitor.page.url.path
        breaking("question", here, action="next", text=TYPED)
        visitor.post(here, action="next", text=TYPED)
        here = visitor.page.url.path
        breaking("question", here, action="next", comment=TYPED)
        visitor.post(here, action="next", comment=TYPED)
        breaking("drawing", here)
        breaking("overview", "/overview")
        breaking("aside", "/aside", sure="yes")
        breaking("sending", "/send", sure="yes")
        assert visitor.post("/send").url.path == "/fr/thanks"
    finally:
        visitor.close()
        server.send_signal(signal.SIGTERM)
        out, err = server.communicate(timeout=60)
    for word in (RAISED, TYPED, code, "Traceback", "q7_seen"):
        assert word not in out + err
    assert err.count("ValueError, ") == 7
    require_no_trace(tmp_path, RAISED, TYPED)
