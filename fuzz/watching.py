"""What an input does besides answering: files and programs it reaches, time and memory it takes."""

from __future__ import annotations

import os
import resource
import signal
import sys
import sysconfig
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TextIO

ROOT = Path(__file__).resolve().parents[1]

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_CHANGING = frozenset(
    (
        *("os.chmod", "os.chown", "os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir"),
        *("os.symlink", "os.truncate", "os.utime", "shutil.copyfile", "shutil.move"),
        "shutil.rmtree",
    )
)
_LOOKING = frozenset({"open", "os.listdir", "os.scandir"})
_LEAVING = frozenset({"subprocess.Popen", "os.system", "os.exec", "socket.connect"})
MEANT = ["imfsurvey.exchange.workbook.process", "('192.0.2.1', 9)"]
"""The one program that may be started for an input (see `exchange/workbook/opening.py`), and the
address that is asked about, by no packet, to learn our own (see `faces/web/addresses.py`). A reader
adds what its inputs may ask for."""
_READABLE = (
    *{sys.prefix, sys.base_prefix, sysconfig.get_path("stdlib"), str(ROOT), "/usr", "/lib"},
    *("/dev/null", "/dev/urandom", "/dev/tty", "/etc/localtime", "/etc/mime.types", "/proc"),
)
"""What Python and its libraries read for themselves: code, time zones, their own data."""

GROWTH = 256 * 1024
"""KiB that one input may add to the memory of the process."""

PATIENCE = 10
"""An input may wait so many times longer than it may compute: other programs are busy too."""
_SHORTEST, _LONGEST = 1.0, 300.0


class TooSlowError(BaseException):
    """An input took longer than it may. Not an `Exception`, so that nothing swallows it."""


class Watch:
    """Notes what is touched outside a folder while an input is read."""

    def __init__(self, inside: Path) -> None:
        self.inside = f"{inside.resolve()}{os.sep}"
        self.touched: list[str] = []
        self._active = False
        self._to: TextIO | None = None
        sys.addaudithook(self._heard)

    @contextmanager
    def on(self, seconds: float) -> Iterator[None]:
        """Watch what happens inside; `TooSlowError` after so many seconds of the processor.

        What waits and computes nothing has more of them, on the clock.
        """
        self.touched.clear()
        waiting = min(max(_SHORTEST, PATIENCE * seconds), _LONGEST)
        alarms = (
            (signal.ITIMER_PROF, signal.SIGPROF, seconds),
            (signal.ITIMER_REAL, signal.SIGALRM, waiting),
        )
        before = {number: signal.signal(number, _ring) for _, number, _ in alarms}
        for timer, _, most in alarms:
            # Again and again: what is raised inside a destructor or a callback is lost.
            signal.setitimer(timer, most, 0.5)
        self._active = True
        try:
            yield
        finally:
            self._active = False
            for timer, number, _ in alarms:
                signal.setitimer(timer, 0)
                signal.signal(number, before[number])

    def report(self, to: TextIO) -> None:
        """Watch from now on, and write what is touched as it happens: for a whole program."""
        self._to, self._active = to, True

    def _heard(self, event: str, args: tuple[object, ...]) -> None:
        if not self._active:
            return
        if event in _LEAVING and not any(one in repr(args) for one in MEANT):
            self._touch(f"{event} {args[:2]!r}"[:300])
        elif event in _CHANGING:
            paths = [arg for arg in args[:2] if isinstance(arg, str | bytes | os.PathLike)]
            self._note(event, paths, ())
        elif event in _LOOKING and isinstance(args[0], str | bytes | os.PathLike):
            flags = args[2] if event == "open" and isinstance(args[2], int) else 0
            self._note(event, [args[0]], () if flags & _WRITING else _READABLE)

    def _note(self, event: str, paths: list[object], also: tuple[str, ...]) -> None:
        for path in paths:
            # Not resolved: that would touch the disk. No input can make a link.
            where = os.path.normpath(Path.cwd() / os.fsdecode(path))  # type: ignore[arg-type]
            if not f"{where}{os.sep}".startswith((self.inside, *also)) and where != os.devnull:
                self._touch(f"{event} {where}")

    def _touch(self, what: str) -> None:
        if self._to is None:
            self.touched.append(what)
        else:
            self._to.write(f"outside: {what}\n")


def memory() -> int:
    """The most memory that this process has had, in KiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def work() -> float:
    """Seconds that processors have spent on this process, and on those that it started and ended.

    Unlike the clock, it does not tell how busy the machine is with other programs.
    """
    own, below = (resource.getrusage(who) for who in _WORKERS)
    return own.ru_utime + own.ru_stime + below.ru_utime + below.ru_stime


_WORKERS = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)


def limit_memory(most: int) -> None:
    """Let this process ask for so many bytes and no more: then it gets a MemoryError."""
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _ring(_number: int, _frame: FrameType | None) -> None:
    raise TooSlowError
