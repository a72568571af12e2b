"""What surrounds the process of a person: what it is given, and who might be listening."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

_GIVEN: Final = frozenset(
    {
        *("PATH", "HOME", "LANG", "LANGUAGE", "TZ", "TERM", "COLORTERM", "NO_COLOR", "TERMINFO"),
        "PYDANTIC_DISABLE_PLUGINS",  # which this program sets itself, whatever it was
    }
)
"""What of the environment a person's process gets. A list of what is let through, not of what is
kept out: switches of Textual, Python and libraries can start logs, screenshots, remote control."""

SAFELY: Final = ("-P", "-X", "utf8")
"""How Python is started: nothing is loaded from the current folder, all texts are UTF-8."""

_SIGNS: Final[Mapping[str, str]] = {"TMUX": "tmux", "STY": "screen"}
"""Variables by which such a program says that it is there."""

_RECORDERS: Final[Mapping[str, str]] = {
    "script": "script",
    "asciinema": "asciinema",
    "ttyrec": "ttyrec",
    "tmux": "tmux",
    "tmux: server": "tmux",
    "tmux: client": "tmux",
    "screen": "screen",
    "SCREEN": "screen",
    "zellij": "zellij",
}
"""Programs that keep what a terminal shows, by the name that the system knows them by."""


def given_environment(environ: Mapping[str, str]) -> dict[str, str]:
    """The environment of a person's process."""
    return {
        name: value for name, value in environ.items() if name in _GIVEN or name.startswith("LC_")
    }


def begin_anew(arguments: Sequence[str]) -> None:
    """Start this program once more, without the switches that were read when it began.

    `PYTHONINSPECT`, for one, would end the kiosk at a prompt of Python. Returns when there is none.
    """
    kept = {**given_environment(os.environ), **_pick(os.environ, _SIGNS)}
    if len(kept) < len(os.environ):
        command = [sys.executable, *SAFELY, "-m", "imfsurvey", *arguments]
        os.execve(sys.executable, command, kept)


def _pick(environ: Mapping[str, str], names: Iterable[str]) -> dict[str, str]:
    return {name: environ[name] for name in names if name in environ}


def recorders(environ: Mapping[str, str]) -> list[str]:
    """Programs around this one that keep, or may keep, what the terminal shows."""
    found = {_RECORDERS[name] for name in _ancestors() if name in _RECORDERS}
    found |= {_SIGNS[sign] for sign in _SIGNS if environ.get(sign)}
    return sorted(found)


def _ancestors() -> Iterator[str]:
    """The names of the processes that this one was started from; empty where /proc is not."""
    pid = os.getppid()
    while pid > 1:
        folder = Path("/proc") / str(pid)
        try:
            name = (folder / "comm").read_text("utf-8", "replace").strip()
            status = (folder / "status").read_text("utf-8", "replace")
        except OSError:
            return
        yield name
        parents = [line.split()[1] for line in status.splitlines() if line.startswith("PPid:")]
        pid = int(parents[0]) if parents else 0
