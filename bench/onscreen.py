"""Rows about screens: the real program in a real pseudo-terminal beside a minimal Textual one."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import invented
import measure
from everykind import KINDS
from measure import PEERS, Row, Sample

PATIENCE = 60.0
FRAME = 50.0
"""Milliseconds that no picture may take."""
_NOTHING_COMES, _NOTHING_MORE = 2.0, 0.06
"""Seconds until a key is taken to change nothing on the screen, or nothing further."""
LARGE = (120, 40)
"""A window in which a matrix is shown as a whole."""

_ASKS, _KNOWS = b"\x1b[?2026$p", b"\x1b[?2026;2$y"
_ENDS = b"\x1b[?2026l"
_CONTROL = re.compile(rb"\x1b\[[0-9;?]*[a-zA-Z]|\x1b[()][0-9A-B]|[\r\n]")
ENTER = b"\r"


class Pty:
    """A program in a pseudo-terminal, of which only the bytes are looked at."""

    def __init__(
        self, program: Sequence[str | Path], cwd: Path, size: tuple[int, int] = (80, 24)
    ) -> None:
        self._seen = bytearray()
        self.begun = time.perf_counter()
        self.pid, self._fd = pty.fork()
        if self.pid == 0:  # the child becomes the program
            os.chdir(cwd)
            env = {key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ}
            env |= {"TERM": "xterm-256color", "LANG": "fr_BE.UTF-8", "PYTHONUTF8": "1"}
            os.execve(sys.executable, [sys.executable, *map(str, program)], env)
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))

    def wait_for(self, wanted: bytes) -> float:
        """Until a whole picture with a text is drawn; the moment. What came before is forgotten."""
        end = time.perf_counter() + PATIENCE
        while not self._drawn(wanted):
            assert time.perf_counter() < end, f"no {wanted!r}"
            self._read(end)
        at = time.perf_counter()
        self._seen.clear()
        return at

    def _drawn(self, wanted: bytes) -> bool:
        last = self._seen.rfind(_ENDS)
        return last >= 0 and wanted in _CONTROL.sub(b"", bytes(self._seen[:last]))

    def _read(self, end: float) -> None:
        ready, _, _ = select.select([self._fd], [], [], max(0.0, end - time.perf_counter()))
        if ready:
            data = os.read(self._fd, 65536)
            if _ASKS in data:
                os.write(self._fd, _KNOWS)
            self._seen += data

    def quiet(self, seconds: float = 0.15) -> None:
        """Until nothing is drawn any more; what was is forgotten."""
        while select.select([self._fd], [], [], seconds)[0]:
            self._read(time.perf_counter() + 1)
        self._seen.clear()

    def another(self, seconds: float) -> float | None:
        """The moment of one more picture; None when none begins within so many seconds."""
        if not select.select([self._fd], [], [], seconds)[0]:
            return None
        self._read(time.perf_counter() + 1)
        return self.wait_for(b"")

    def press(self, key: bytes) -> float:
        """Type a key; the moment."""
        at = time.perf_counter()
        os.write(self._fd, key)
        return at

    def memory(self) -> float:
        """Megabytes that it holds now."""
        status = Path(f"/proc/{self.pid}/status").read_text("ascii")
        return int(status.partition("VmRSS:")[2].split()[0]) / 1024

    def cpu(self) -> float:
        """Milliseconds of processor time so far."""
        fields = Path(f"/proc/{self.pid}/stat").read_text("utf-8").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")

    def kill(self) -> None:
        """End it."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self._fd)


class Opened(NamedTuple):
    """A program up to its first question."""

    wall: float
    cpu: float
    memory: float


def opened(terminal: Pty, steps: Sequence[tuple[bytes, bytes]]) -> Opened:
    """Wait for a text, press a key, and so on; an empty key ends it."""
    at = terminal.begun
    for wanted, key in steps:
        at = terminal.wait_for(wanted)
        if key:
            terminal.press(key)
    return Opened((at - terminal.begun) * 1000, terminal.cpu(), terminal.memory())


TO_QUESTION = ((b"suivante", ENTER), (b"Deutsch", ENTER), (b"signalement", b""))
"""The screen between two people, the choice of a language, the first page."""
FIRST = f"{invented.MARK} 000".encode()
TO_LONG_QUESTION = ((b"suivante", ENTER), (b"Nederlands", ENTER), (FIRST, b""))
LABEL = (PEERS / "label.py",)
TO_LABEL = ((b"FIRST", b""),)


def answering(name: str) -> tuple[str, ...]:
    """The command that asks somebody."""
    return ("-m", "imfsurvey", "answer", invented.WAVE, name)


def once(
    program: Sequence[str | Path], folder: Path, steps: Sequence[tuple[bytes, bytes]]
) -> Opened:
    """One start, up to the first question."""
    terminal = Pty(program, folder)
    try:
        return opened(terminal, steps)
    finally:
        terminal.kill()


def first_question(folder: Path, turns: int) -> Iterator[Row]:
    """Time and memory, beside one label and in surveys of several lengths."""
    shipped = invented.survey(folder / "shipped", 10)
    short, long = (invented.survey(folder / f"of-{n}", 10, n) for n in (50, 500))
    least, ours, fifty, many = measure.in_turns(
        turns,
        lambda: once(LABEL, folder, TO_LABEL),
        lambda: once(answering("perception"), shipped, TO_QUESTION),
        lambda: once(answering("long"), short, TO_LONG_QUESTION),
        lambda: once(answering("long"), long, TO_LONG_QUESTION),
    )
    label = "a Textual app of one label"
    yield _wall("first question, shipped survey", ours, label, least, 1.35)
    yield _wall("first question, 500 items", many, "the same, 50 items", fifty, 1.0)
    memory = [Sample.of([one.memory for one in runs]) for runs in (ours, least)]
    yield Row("memory there", memory[0], label, memory[1], "ratio", 1.4, "MB")


def _wall(
    what: str, ours: Sequence[Opened], against: str, peer: Sequence[Opened], limit: float
) -> Row:
    cpu = [Sample.of([one.cpu for one in runs]).median for runs in (ours, peer)]
    found, beside = (Sample.of([one.wall for one in runs]) for runs in (ours, peer))
    return Row(what, found, against, beside, "ratio", limit, cpu=cpu[0] / cpu[1])


# --- keys ---------------------------------------------------------------------------------------


class Keys(NamedTuple):
    """Milliseconds from a key to the picture that it brings."""

    choose: list[float]
    next: list[float]


def keys(terminal: Pty, number: int, mark: str, choose: bytes, onward: bytes) -> Keys:
    """Choose and go on, page after page: both programs number their questions alike."""
    found = Keys([], [])
    for place in range(number):
        found.choose.append(last_picture(terminal, choose))
        terminal.quiet()
        pressed = terminal.press(onward)
        at = terminal.wait_for(f"{mark} {place + 1:03}".encode())
        found.next.append((at - pressed) * 1000)
    return found


def last_picture(terminal: Pty, key: bytes) -> float:
    """Milliseconds from a key to the end of the last picture that it brings; 0 for none."""
    terminal.quiet()
    pressed = terminal.press(key)
    took, wait = 0.0, _NOTHING_COMES
    while (at := terminal.another(wait)) is not None:
        took, wait = (at - pressed) * 1000, _NOTHING_MORE
    return took


def pressed(folder: Path, pages: int) -> Iterator[Row]:
    """A key beside the same key in a RadioSet, and the slowest picture of all kinds of pages."""
    place = invented.survey(folder / "keys", 10, 500)
    ours = _keys_of(answering("long"), place, TO_LONG_QUESTION, pages, invented.MARK, b"2", ENTER)
    steps = ((b"STATEMENT", b""),)
    least = _keys_of((PEERS / "radio.py",), folder, steps, pages, "STATEMENT", ENTER, b"n")
    for what, mine, its in (
        ("choose", ours.choose, least.choose),
        ("next page", ours.next, least.next),
    ):
        told = f"key to picture, {what}, 500 items"
        yield Row(told, Sample.of(mine), "the same in a RadioSet", Sample.of(its), "ratio", 1.2)
    for items in (10, 500):
        yield slowest(folder / f"kinds-{items}", items, min(3, items // 10))


def slowest(folder: Path, items: int, rounds: int) -> Row:
    """The longest of all keys on pages of every kind; each answer is saved before its picture."""
    terminal = Pty(answering("long"), invented.offered(folder, 10, invented.mixed(items)), LARGE)
    found: list[tuple[float, str]] = []
    try:
        terminal.wait_for(FIRST)
        for _ in range(rounds):
            for kind in KINDS:
                for key in (*kind.keys, kind.onward):
                    found.append((last_picture(terminal, key), f"{key!r} on {kind.name}"))
    finally:
        terminal.kill()
    worst, where = max(found)
    usual = sorted(took for took, _ in found)[len(found) // 2]
    note = f"{where}; median {usual:.1f} ms"
    told = f"key to picture, {items} items, the slowest of {len(found)} on all kinds of pages"
    return Row(told, Sample.of([worst]), "-", None, "below", FRAME, note=note)


def _keys_of(
    program: Sequence[str | Path],
    folder: Path,
    steps: Sequence[tuple[bytes, bytes]],
    pages: int,
    mark: str,
    choose: bytes,
    onward: bytes,
) -> Keys:
    terminal = Pty(program, folder)
    try:
        opened(terminal, steps)
        return keys(terminal, pages, mark, choose, onward)
    finally:
        terminal.kill()
