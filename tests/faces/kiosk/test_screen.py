"""The terminal between two people, on a real one."""

from __future__ import annotations

import fcntl
import os
import pty
import struct
import sys
import termios

import pytest

from imfsurvey.faces.kiosk.screen import Terminal


@pytest.mark.parametrize(("rows", "columns"), [(0, 0), (2, 3), (24, 80)])
def test_no_window_is_too_small(monkeypatch: pytest.MonkeyPatch, rows: int, columns: int) -> None:
    """A terminal that says that it has no columns, or nearly none, does not end the kiosk."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    with os.fdopen(theirs, "r+b", buffering=0) as terminal:
        monkeypatch.setattr(sys, "stdin", terminal)
        monkeypatch.setattr(sys, "stdout", terminal)
        with Terminal().taken() as screen:
            screen.paint(["Une ligne."])
            said = b""
            while b"Une ligne." not in said:  # it was painted: it comes
                said += os.read(ours, 4096)
    os.close(ours)
    assert said.endswith(b"Une ligne.")
