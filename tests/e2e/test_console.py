"""The console's key for phones, in a real terminal: pages that are there, gone, or dead."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import httpx
import pytest
import segno
from room import make_session, make_team_study

from e2e.phone import code_on, console, offer_pages
from e2e.terminal import ENTER, ESC

WAVE, NAME = "2026-zero", "team-a"


def test_pages_are_offered_ended_and_missed(tmp_path: Path) -> None:
    """T shows address and code whole; what dies by itself is said; X ends it; so does the end of
    the console."""
    make_session(make_team_study(tmp_path / "zone")[1])
    terminal = console(tmp_path / "zone", WAVE, NAME)
    address = offer_pages(terminal)
    # Drawn by segno itself, with four modules of quiet; the row below is half a line.
    drawn = segno.make(address, error="m", micro=False).matrix_iter(border=4)
    expected = [[bool(module) for module in row] for row in drawn]
    assert code_on(terminal)[: len(expected)] == expected
    assert httpx.get(address).status_code == 200
    (pages,) = children_of(terminal.pid)
    os.kill(pages, signal.SIGKILL)
    terminal.wait_for("! Les pages pour téléphones")
    again = offer_pages(terminal)
    terminal.press("x")
    terminal.wait_for("Arrêter les pages\u00a0?")
    terminal.press(ENTER)
    terminal.wait_gone(again)
    with pytest.raises(httpx.ConnectError):
        httpx.get(again)
    last = offer_pages(terminal)
    terminal.press(ESC)
    terminal.wait_for(f"Téléphones\u00a0: {last}")
    terminal.press(ESC)
    assert terminal.end() == 0
    with pytest.raises(httpx.ConnectError):
        httpx.get(last)


def test_nothing_is_unencrypted_unless_somebody_says_so(tmp_path: Path) -> None:
    """An address that others reach is asked about; that it cannot be used is said, with why."""
    make_session(make_team_study(tmp_path / "zone")[1])
    # Documentation's own address, RFC 5737: no computer has it.
    terminal = console(tmp_path / "zone", WAVE, NAME, options=("--address", "198.51.100.7"))
    terminal.press("t")
    terminal.wait_for("Les proposer sans chiffrement")
    assert "198.51.100.7" in terminal.text
    terminal.press(ESC)
    terminal.wait_gone("Les proposer sans chiffrement")
    assert children_of(terminal.pid) == []
    terminal.press("t")
    terminal.wait_for("Les proposer sans chiffrement")
    terminal.press(ENTER)
    terminal.wait_for("IMF-F183")
    terminal.press(ESC)
    assert terminal.end() == 0


def children_of(pid: int) -> list[int]:
    """The processes that a process has started and that still run."""
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
