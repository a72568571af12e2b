"""The real program that offers browser pages."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


class Served:
    """`imfsurvey serve ARGS --json` on a port that was free."""

    def __init__(self, *args: str, cwd: Path, **environ: str) -> None:
        env = {**os.environ, "LANG": "fr_BE.UTF-8", "PYTHONUTF8": "1", **environ}
        env.pop("LC_ALL", None)
        command = [sys.executable, "-m", "imfsurvey", "serve", *args, "--port", "0", "--json"]
        self.process = subprocess.Popen(
            command, cwd=cwd, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        self.said = self._said()
        self.address: str = self.said["address"]

    def _said(self) -> dict[str, Any]:
        assert self.process.stdout is not None and self.process.stderr is not None
        text = ""
        for line in self.process.stdout:
            text += line
            if line == "}\n":
                said: dict[str, Any] = json.loads(text)
                return said
        raise AssertionError(self.process.stderr.read())

    def interrupt(self) -> None:
        """Ctrl+C."""
        self.process.send_signal(signal.SIGINT)

    def end(self) -> tuple[int, str]:
        """Wait for the end; the exit code, and all that was said on stderr."""
        _, said = self.process.communicate(timeout=60)
        return self.process.returncode, said

    def stop(self) -> tuple[int, str]:
        """End it at once, if it still runs."""
        if self.process.poll() is None:
            self.process.terminate()
        return self.end()


@contextmanager
def served(*args: str, cwd: Path, **environ: str) -> Iterator[Served]:
    """Pages that are offered for a while."""
    server = Served(*args, cwd=cwd, **environ)
    try:
        yield server
    finally:
        if server.process.poll() is None:
            server.stop()
