"""The facilitator's console in a terminal, and the QR code that it shows."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

from e2e.terminal import DOWN, ENTER, Terminal

_HALVES = {"█": (1, 1), "▀": (1, 0), "▄": (0, 1), " ": (0, 0)}
"""What of a cell is drawn, above and below."""
_CELL = 6
"""Pixels of half a cell."""


def console(
    folder: Path,
    wave: str,
    session: str,
    size: tuple[int, int] = (80, 24),
    options: Sequence[str] = (),
) -> Terminal:
    """The console of a session at its agenda, in French."""
    arguments = ("session", wave, session, "--port", "0", *options)
    terminal = Terminal(*arguments, cwd=folder, size=size)
    terminal.wait_for("O Ouvrir le tour")
    return terminal


def offer_pages(terminal: Terminal) -> str:
    """Press T and take the last address, that of this computer alone; the address that is shown."""
    terminal.press("t")
    terminal.wait_for("127.0.0.1")
    terminal.press("\x1b[F", DOWN, ENTER)
    terminal.wait_for("http://127.0.0.1:")
    shown = terminal.text.partition("http://")[2].partition("/")[0]
    return f"http://{shown}/"


def code_on(terminal: Terminal) -> list[list[bool]]:
    """The QR code on the screen: whether each module is dark, white on black as it is drawn."""
    rows: list[list[bool]] = []
    for y in range(terminal.screen.lines):
        cells = [terminal.screen.buffer[y][x] for x in range(terminal.screen.columns)]
        drawn = [one for one in cells if (one.fg, one.bg) == ("ffffff", "000000")]
        if drawn:
            rows += [[not _HALVES[one.data][half] for one in drawn] for half in (0, 1)]
    return rows


def read_by_zbar(terminal: Terminal, folder: Path) -> str:
    """What a scanner reads off a picture of the screen."""
    picture = folder / "screen.pgm"
    lines = []
    for y in range(terminal.screen.lines):
        for half in (0, 1):
            row = b""
            for x in range(terminal.screen.columns):
                cell = terminal.screen.buffer[y][x]
                on = _HALVES.get(cell.data, (0, 0))[half]
                row += bytes([_grey(cell.fg if on else cell.bg)]) * _CELL
            lines += [row] * _CELL
    head = f"P5 {terminal.screen.columns * _CELL} {len(lines)} 255\n".encode()
    picture.write_bytes(head + b"".join(lines))
    done = subprocess.run(
        ["zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", str(picture)],
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def _grey(colour: str) -> int:
    """How bright a colour of the screen is; one without a number is the terminal's own black."""
    if len(colour) != 6:
        return 0
    return sum(int(colour[n : n + 2], 16) for n in (0, 2, 4)) // 3
