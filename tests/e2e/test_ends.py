"""Every way in which a terminal session can end: cleanly, with the draft kept."""

from __future__ import annotations

import json
import signal
import time
from pathlib import Path

import pytest

from e2e.terminal import ENTER, Terminal
from e2e.test_zone import WAVE, run, zone

__all__ = ["zone"]


def begun(folder: Path, **environ: str) -> Terminal:
    """A terminal with one answer given."""
    terminal = Terminal("answer", WAVE, "processes", cwd=folder, **environ)
    terminal.wait_for("1 sur 8")
    terminal.press("2")
    terminal.wait_for("(•) 2")
    terminal.press(ENTER)
    terminal.wait_for("2 sur 8")
    return terminal


def kept(folder: Path) -> dict[str, object]:
    """The one response in assessment.json."""
    stored = json.loads((folder / "waves" / WAVE / "assessment.json").read_text("utf-8"))
    (record,) = stored["responses"].values()
    return dict(record)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_a_signal_keeps_the_draft(zone: Path, number: signal.Signals) -> None:
    """SIGTERM and SIGHUP leave the screen restored; even SIGKILL loses no answer."""
    terminal = begun(zone)
    terminal.signal(number)
    assert terminal.end() == 128 + number
    if number != signal.SIGKILL:
        assert b"\x1b[?1049l" in terminal.raw  # the alternate screen is left
    record = kept(zone)
    assert record["answers"] == {"sa_planning_cycle_anchoring": {"status": "answered", "value": 2}}
    assert record["at"] == "sa_pdca_cycle"


def test_a_signal_while_a_window_is_open(zone: Path) -> None:
    """The page below is not drawn any more: an orderly end, and no internal error."""
    terminal = begun(zone)
    terminal.press("c")
    terminal.wait_for("0 caract")
    terminal.signal(signal.SIGTERM)
    assert terminal.end() == 128 + signal.SIGTERM
    assert kept(zone)["at"] == "sa_pdca_cycle"


def test_a_lost_terminal_ends_the_program(zone: Path) -> None:
    """When the other end is closed the program does not spin on."""
    terminal = begun(zone)
    terminal.hang_up()
    assert terminal.end() != 0
    assert kept(zone)["at"] == "sa_pdca_cycle"


def test_a_terminal_lost_while_it_is_written_to(zone: Path) -> None:
    """One that stopped reading and then goes away leaves no program behind with the answers."""
    terminal = begun(zone)
    for _ in range(40):  # the picture changes at each key, and nobody looks
        terminal.press(*["\x1b[B", "\x1b[A"] * 40)
        time.sleep(0.05)
    terminal.hang_up()
    assert terminal.end() != 0
    assert kept(zone)["at"] == "sa_pdca_cycle"


def test_ctrl_c_leaves_like_escape(zone: Path) -> None:
    """Ctrl+C goes back to the list with the draft kept, and out of it from there."""
    terminal = begun(zone)
    terminal.press("\x03")
    terminal.wait_for("Autre rôle")
    terminal.press("\x03")
    assert terminal.end() == 0
    assert kept(zone)["at"] == "sa_pdca_cycle"


def test_without_colour_the_chosen_answer_still_shows(zone: Path) -> None:
    """NO_COLOR sends no colour at all; glyph and reverse video tell what is chosen and where."""
    terminal = Terminal("answer", WAVE, "processes", cwd=zone, NO_COLOR="1")
    terminal.wait_for("1 sur 8")
    terminal.press("2")
    terminal.wait_for("(•) 2")
    assert b"\x1b[38;2;" not in terminal.raw and b";48;2;" not in terminal.raw
    row = next(y for y, line in enumerate(terminal.screen.display) if "(•) 2" in line)
    assert any(cell.reverse for cell in terminal.screen.buffer[row].values())
    terminal.signal(signal.SIGTERM)
    terminal.end()


def test_switches_of_the_toolkit_are_off(zone: Path, tmp_path: Path) -> None:
    """Logs, screenshots and pressed keys that the environment asks for do not happen."""
    log = tmp_path / "log.txt"
    terminal = begun(zone, TEXTUAL_LOG=str(log), TEXTUAL_PRESS="5", TEXTUAL_SCREENSHOT="1")
    terminal.signal(signal.SIGTERM)
    terminal.end()
    assert not log.exists()
    assert list(zone.glob("*.svg")) == []


def test_a_window_too_small_says_so(zone: Path) -> None:
    """A small window is covered by one message and heals when it grows."""
    terminal = begun(zone)
    terminal.resize(60, 20)
    terminal.wait_for("80 x 24")
    terminal.resize(80, 24)
    terminal.wait_for("2 sur 8")
    terminal.signal(signal.SIGTERM)
    terminal.end()


def test_a_finished_wave_is_refused_with_one_message(zone: Path) -> None:
    """A closed wave does not open the screens: code 3, words, no traceback."""
    run("wave", "close", WAVE, "--yes", cwd=zone)
    terminal = Terminal("answer", WAVE, cwd=zone)
    assert terminal.end() == 3
    printed = terminal.raw.decode()
    assert "IMF-T101" in printed
    assert "Traceback" not in printed
