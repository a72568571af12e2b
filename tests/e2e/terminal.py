"""The real program in a real pseudo-terminal: keys in, a picture of the screen out."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Sequence
from pathlib import Path

import pyte

ENTER, ESC, F1, F2, F3 = "\r", "\x1b", "\x1bOP", "\x1bOQ", "\x1bOR"
LEFT, RIGHT, DOWN = "\x1b[D", "\x1b[C", "\x1b[B"

PATIENCE = 60.0
"""Seconds that a test waits at most for what it needs, on however busy a machine."""

_ASKS, _KNOWS = b"\x1b[?2026$p", b"\x1b[?2026;2$y"
_BEGINS, _ENDS = b"\x1b[?2026h", b"\x1b[?2026l"
"""Synchronised output: whether the terminal knows it, and around each picture that is drawn."""


class Terminal:
    """`python -m imfsurvey ARGS` in a pseudo-terminal of some size, which shows whole pictures."""

    def __init__(
        self,
        *args: str,
        cwd: Path,
        size: tuple[int, int] = (80, 24),
        program: Sequence[str] = ("-m", "imfsurvey"),
        **environ: str,
    ) -> None:
        width, height = size
        self.screen = pyte.Screen(width, height)
        self._stream = pyte.ByteStream(self.screen)
        self.raw = bytearray()
        self.pid, self._fd = pty.fork()
        if self.pid == 0:  # the child becomes the program
            os.chdir(cwd)
            keep = {"PATH", "HOME", "PYTHONPATH"}
            env = {name: value for name, value in os.environ.items() if name in keep}
            env |= {"TERM": "xterm-256color", "LANG": "fr_BE.UTF-8", "PYTHONUTF8": "1", **environ}
            os.execve(sys.executable, [sys.executable, *program, *args], env)
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))

    @classmethod
    def of(cls, script: Path, *args: str, cwd: Path, **environ: str) -> Terminal:
        """A script of its own in a terminal, instead of the program."""
        return cls(*args, cwd=cwd, program=(str(script),), **environ)

    @property
    def fd(self) -> int:
        """Our end of the terminal."""
        return self._fd

    @property
    def text(self) -> str:
        """What the screen shows now."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def pump(self, seconds: float = 0.02) -> bool:
        """Take in what the program has written; False when it has ended."""
        alive = self._read(seconds)
        while alive and self.raw.rfind(_BEGINS) > self.raw.rfind(_ENDS):
            alive = self._read(seconds)
        return alive

    def _read(self, seconds: float) -> bool:
        ready, _, _ = select.select([self._fd], [], [], seconds)
        if not ready:
            return True
        try:
            data = os.read(self._fd, 65536)
        except OSError:  # Linux reports the other end's closing as an error
            return False
        asked = self.raw.count(_ASKS)
        self.raw += data
        self._stream.feed(data)
        if self.raw.count(_ASKS) > asked:
            os.write(self._fd, _KNOWS)
        return bool(data)

    def wait_for(self, wanted: str, seconds: float = PATIENCE) -> None:
        """Until the screen shows a text. AssertionError with the picture when it does not."""
        end = time.monotonic() + seconds
        while wanted not in self.text:
            alive = self.pump()
            assert alive or wanted in self.text, f"ended without {wanted!r}:\n{self.text}"
            assert time.monotonic() < end, f"no {wanted!r} in:\n{self.text}"

    def wait_asked(self, prompt: str, seconds: float = PATIENCE) -> None:
        """Until the last words of the screen are a prompt: before, keys are for nobody."""
        end = time.monotonic() + seconds
        while not self.text.rstrip().endswith(prompt):
            self.pump()
            assert time.monotonic() < end, f"not asked {prompt!r}:\n{self.text}"

    def wait_gone(self, unwanted: str, seconds: float = PATIENCE) -> None:
        """Until the screen does not show a text any more."""
        end = time.monotonic() + seconds
        while unwanted in self.text:
            self.pump()
            assert time.monotonic() < end, f"still {unwanted!r} in:\n{self.text}"

    def press(self, *keys: str) -> None:
        """Type keys."""
        for key in keys:
            os.write(self._fd, key.encode())

    def resize(self, width: int, height: int) -> None:
        """Change the size of the window."""
        self.screen.resize(height, width)
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))
        os.kill(self.pid, signal.SIGWINCH)

    def signal(self, number: int) -> None:
        """Send the program a signal."""
        os.kill(self.pid, number)

    def hang_up(self) -> None:
        """Close our end: the terminal is gone."""
        os.close(self._fd)

    def end(self, seconds: float = PATIENCE) -> int:
        """Wait until the program has ended; its exit code (128 + number for a signal)."""
        end = time.monotonic() + seconds
        while True:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                code = os.waitstatus_to_exitcode(status)
                return code if code >= 0 else 128 - code
            assert time.monotonic() < end, f"still running:\n{self.text}"
            try:
                self.pump()
            except (OSError, ValueError):  # hung up: nothing to read any more
                time.sleep(0.02)
