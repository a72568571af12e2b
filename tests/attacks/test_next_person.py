"""The next person at the laptop, and whoever sets switches: rows 1 and 19 of the table of
attacks."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from e2e.terminal import ENTER, ESC, Terminal
from keyholders import records_in
from kiosk import WAVE, WORD, make_kiosk

from imfsurvey.study.boxes import answers_box, comments_box, count_responses, ticket_book
from imfsurvey.study.tickets import TicketBook
from imfsurvey.study.wave import Wave

CANARY = "kanarienvogel"
CLEARED = b"\x1b[3J"
SWITCHES = {
    **{f"TEXTUAL_{name}": "1" for name in ("DEBUG", "SHOW_RETURN", "ALLOW_SIGNALS")},
    "TEXTUAL": "devtools,debug",
    "TEXTUAL_PRESS": "q,u,x",
    "TEXTUAL_SCREENSHOT": "1",
    **{f"PYTHON{name}": "1" for name in ("INSPECT", "DEVMODE", "FAULTHANDLER", "VERBOSE")},
    "PYTHONBREAKPOINT": "pdb.set_trace",
    "DEBUG": "1",
    "IMFSURVEY_DEBUG": "1",
}


@pytest.fixture
def wave(tmp_path: Path) -> Wave:
    """A wave with one text and one statement."""
    return make_kiosk(tmp_path / "zone")


def kiosk(wave: Wave, **environ: str) -> Terminal:
    """The program at its hand-over screen."""
    folder = wave.folder.parents[1]
    terminal = Terminal("kiosk", WAVE, "--exit-word", WORD, cwd=folder, **environ)
    terminal.wait_for("1  Français")
    return terminal


def answered(terminal: Terminal, text: str) -> None:
    """One person in French, from the first key to the thanks."""
    terminal.press("1")
    terminal.wait_for("Votre souhait")
    terminal.press(text)
    terminal.wait_for(text)
    terminal.press(ENTER)
    terminal.wait_for("juste")
    terminal.press("2", ENTER)
    terminal.wait_for("rien ne manque")
    terminal.press("f")
    terminal.wait_for("✓")


def ended(terminal: Terminal) -> int:
    """End it with the word."""
    terminal.wait_for("1  Français")
    terminal.press(ESC)
    terminal.wait_for(">")
    terminal.press(*WORD, ENTER)
    return terminal.end()


def texts_in(wave: Wave) -> bytes:
    """What key holders find among the free texts."""
    box = comments_box(wave, wave.questionnaire("kiosk"))
    assert box is not None
    return b"".join(records_in(box))


def test_the_next_person_finds_nothing(wave: Wave) -> None:
    """Row 1: after the hand-over nothing of the first person is printed or left to scroll to."""
    terminal = kiosk(wave)
    answered(terminal, CANARY)
    terminal.press(ENTER)
    terminal.wait_for("1  Français")
    before, after = bytes(terminal.raw).rsplit(CLEARED, 1)
    assert CANARY.encode() in before
    mark = len(terminal.raw) - len(after)
    # Arrows, the overview, the language and a page back: what a curious person would try.
    terminal.press("2")
    terminal.wait_for("Uw wens?")
    terminal.press("\x1b[A", "\x1b[A", "\x1b[D", "\x1bOR")
    terminal.wait_for("0 van 2")
    terminal.press(ESC)
    terminal.wait_for("Uw wens?")
    terminal.press("\x1bOQ")
    terminal.wait_for("Nederlands")
    terminal.press("1")
    terminal.wait_for("Votre souhait")
    terminal.press("zweites", ENTER)
    terminal.wait_for("juste")
    terminal.press("2", ENTER)
    terminal.wait_for("rien ne manque")
    terminal.press("f")
    terminal.wait_for("✓")
    terminal.press(ENTER)
    assert ended(terminal) == 0
    later = bytes(terminal.raw)[mark:]
    assert CANARY.encode() not in later
    assert b"zweites" in later
    assert b"zweites" not in later.rsplit(CLEARED, 1)[1]
    assert b"\x1b]52" not in terminal.raw
    # Everything that was ever on either page is followed by a clearing of the scrollback.
    assert bytes(terminal.raw).rindex(CLEARED) > bytes(terminal.raw).rindex(b"\x1b[?1049l")
    assert CANARY.encode() in texts_in(wave) and b"zweites" in texts_in(wave)


def test_a_panic_hides_at_once_and_forgets_after_a_second_key(wave: Wave) -> None:
    """F9 covers the screen; X behind it ends the process, and nothing is stored."""
    terminal = kiosk(wave)
    terminal.press("1")
    terminal.wait_for("Votre souhait")
    terminal.press(CANARY)
    terminal.wait_for(CANARY)
    terminal.press("\x1b[20~")
    terminal.wait_gone(CANARY)
    terminal.wait_for("Enter")
    terminal.press("\x03", "\x1a", "a")
    terminal.press(ENTER)
    terminal.wait_for(CANARY)
    terminal.press("\x1b[20~")
    terminal.wait_gone(CANARY)
    terminal.press("x")
    assert ended(terminal) == 0
    assert count_responses(wave, wave.questionnaire("kiosk")) == 0


def test_only_the_word_leads_to_the_shell(wave: Wave) -> None:
    """Neither Ctrl+C, Ctrl+Z, Ctrl+D, Ctrl+\\, Ctrl+Q nor a wrong word ends it; whoever guesses it,
    or a ticket, waits before the next try."""
    guessed = kiosk(wave)
    guessed.press(ESC)
    guessed.wait_for(">")
    guessed.press(*WORD[:-1], ENTER)
    guessed.wait_for("Un instant")  # for some seconds, which pass while the other one is tried
    terminal = kiosk(wave)
    terminal.press("\x1c", "\x11")
    for key in ("\x03", "\x1a", "\x04"):
        terminal.press(key)
        terminal.wait_for(">")
        terminal.press(ENTER)
        terminal.wait_for("1  Français")
    terminal.press("1")
    terminal.wait_for("Votre souhait")
    terminal.press("\x1c", "\x11")
    terminal.wait_for("sans envoyer")
    terminal.press(ENTER)
    assert ended(terminal) == 0
    guessed.wait_for("1  Français")
    TicketBook(ticket_book(wave).path, cost=16).issue(1)
    guessed.press("1")
    guessed.wait_for("ticket")
    guessed.press(ESC)
    guessed.wait_for("Un instant")
    guessed.signal(signal.SIGTERM)
    assert guessed.end() == 128 + signal.SIGTERM


def test_a_killed_kiosk_takes_the_sitting_with_it(wave: Wave) -> None:
    """The person's process may leave no core; SIGTERM to the parent ends it and wipes all."""
    terminal = kiosk(wave)
    terminal.press("1")
    terminal.wait_for("Votre souhait")
    terminal.press(CANARY)
    terminal.wait_for(CANARY)
    (child,) = Path(f"/proc/{terminal.pid}/task/{terminal.pid}/children").read_text().split()
    limits = Path(f"/proc/{child}/limits").read_text()
    core = next(line for line in limits.splitlines() if "core file size" in line)
    assert core.split()[4:6] == ["0", "0"]
    terminal.signal(signal.SIGTERM)
    assert terminal.end() == 128 + signal.SIGTERM
    assert not Path(f"/proc/{child}").exists()
    assert bytes(terminal.raw).rindex(CLEARED) > bytes(terminal.raw).rindex(CANARY.encode())


def test_a_hardened_process_cannot_be_dumped() -> None:
    """Linux itself says that the process is not dumpable: no other program may read it."""
    read = "import ctypes; print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))"
    hardened = f"from imfsurvey.faces.kiosk.child import harden; harden(); {read}"
    done = subprocess.run([sys.executable, "-c", hardened], capture_output=True, check=True)
    assert done.stdout == b"0\n"


def test_switches_in_the_environment_do_nothing(wave: Wave, tmp_path: Path) -> None:
    """Row 19: all of them set, there is no file, no connection, no key pressed by itself."""
    log = tmp_path / "log.txt"
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        calls: list[object] = []
        stop = threading.Event()

        def listen() -> None:
            while not stop.is_set():
                try:
                    calls.append(server.accept()[1])
                except TimeoutError:
                    continue

        listener = threading.Thread(target=listen)
        listener.start()
        terminal = kiosk(
            wave,
            **SWITCHES,
            TEXTUAL_LOG=str(log),
            TEXTUAL_SCREENSHOT_LOCATION=str(tmp_path),
            TEXTUAL_DEVTOOLS_HOST="127.0.0.1",
            TEXTUAL_DEVTOOLS_PORT=str(server.getsockname()[1]),
            PYTHONPYCACHEPREFIX=str(tmp_path / "cache"),
        )
        known = sorted(path for path in tmp_path.rglob("*") if "zone" in path.parts)
        answered(terminal, CANARY)
        terminal.press(ENTER)
        terminal.wait_for("1  Français")
        stop.set()
        listener.join()
    terminal.signal(signal.SIGTERM)
    terminal.end()
    assert calls == []
    assert not log.exists()
    now = sorted(path for path in tmp_path.rglob("*") if "zone" in path.parts)
    assert [path.name for path in now if path not in known and path.suffix != ".lock"] == []
    box = answers_box(wave, wave.questionnaire("kiosk"))
    assert len(records_in(box)) == 1
    found = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert [path for path in found if CANARY.encode() in path.read_bytes()] == []
    assert os.environ.get("TEXTUAL_LOG") is None
