"""The real program with a pipe at both ends: lines in, lines out."""

from __future__ import annotations

import os
import re
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

from e2e.terminal import PATIENCE

_PROMPT = re.compile(r"[)\w] ?: $")


class Piped:
    """`python -m imfsurvey ARGS`, spoken to line by line."""

    def __init__(self, *args: str, cwd: Path, **environ: str) -> None:
        env = {**os.environ, "LANG": "fr_BE.UTF-8", "PYTHONUTF8": "1", "TERM": "dumb", **environ}
        for name in ("LC_ALL", "COLUMNS", "LINES"):
            env.pop(name, None)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "imfsurvey", *args],
            cwd=cwd,
            env=env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        self.raw = b""
        self.heard = ""
        """What was said since the last line that was typed."""
        self.hear()

    def _read(self) -> bool:
        assert self._process.stdout is not None
        ready, _, _ = select.select([self._process.stdout], [], [], PATIENCE)
        assert ready, f"nothing more after:\n{self.heard}"
        data = os.read(self._process.stdout.fileno(), 65536)
        self.raw += data
        return bool(data)

    def hear(self) -> str:
        """Until the program waits for a line, or has ended."""
        start = len(self.raw)
        self.heard = ""
        while self._read():
            self.heard = self.raw[start:].decode("utf-8", "replace")
            if _PROMPT.search(self.heard):
                break
        return self.heard

    def type(self, *lines: str) -> str:
        """Type lines at once, then listen."""
        assert self._process.stdin is not None
        self._process.stdin.write("".join(f"{line}\n" for line in lines).encode())
        self._process.stdin.flush()
        return self.hear()

    def choose(self, *labels: str) -> str:
        """Type the keys before some choices of what was heard last, with blanks between."""
        return self.type(" ".join(self.key_of(label) for label in labels))

    def key_of(self, label: str) -> str:
        """The key before a choice."""
        found = re.search(rf"^ *(\S+)  .*{re.escape(label)}", self.heard, re.MULTILINE)
        assert found is not None, f"no choice {label!r} in:\n{self.heard}"
        return found[1]

    def signal(self, number: signal.Signals) -> None:
        """Send the program a signal."""
        self._process.send_signal(number)

    def end(self) -> int:
        """Close the input, hear the rest; the exit code."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.close()
        end = time.monotonic() + PATIENCE
        while self._read():
            assert time.monotonic() < end
        self._process.stdout.close()
        return self._process.wait(PATIENCE)

    @property
    def text(self) -> str:
        """Everything that was said."""
        return self.raw.decode("utf-8")
