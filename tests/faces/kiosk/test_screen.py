"""The terminal between two people, on a real one."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import sys
import termios
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from imfsurvey.faces.kiosk.screen import Terminal


@contextmanager
def taken(
    monkeypatch: pytest.MonkeyPatch, rows: int, columns: int
) -> Iterator[tuple[Terminal, int]]:
    """A real terminal of some size, taken by the kiosk; and our end of it."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    with os.fdopen(theirs, "r+b", buffering=0) as terminal:
        monkeypatch.setattr(sys, "stdin", terminal)
        monkeypatch.setattr(sys, "stdout", terminal)
        with Terminal().taken() as screen:
            yield screen, ours
    os.close(ours)


@pytest.mark.parametrize(("rows", "columns"), [(0, 0), (2, 3), (24, 80)])
def test_no_window_is_too_small(monkeypatch: pytest.MonkeyPatch, rows: int, columns: int) -> None:
    """A terminal that says that it has no columns, or nearly none, does not end the kiosk."""
    with taken(monkeypatch, rows, columns) as (screen, ours):
        screen.paint(["Une ligne."])
        said = b""
        while b"Une ligne." not in said:  # it was painted: it comes
            assert select.select([ours], [], [], 60)[0], said
            said += os.read(ours, 4096)
    assert said.endswith(b"Une ligne.")


def test_what_was_typed_ahead_is_for_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys that one person pressed do not begin, or end, the turn of the next."""
    with taken(monkeypatch, 24, 80) as (screen, ours):
        os.write(ours, b"1\r")
        assert screen.key(60) == "1"
        os.write(ours, b"2\r")
        assert select.select([sys.stdin], [], [], 60)[0]
        screen.wipe()
        assert screen.key(0) == ""
        os.write(ours, b"3")
        assert screen.key(60) == "3"
