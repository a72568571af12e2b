"""Command lines, run in this process or as a program of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from click.testing import CliRunner

from imfsurvey.faces.cli import main


class Ran(NamedTuple):
    """What a command line gave."""

    code: int
    out: str
    err: str


Cli = Callable[..., Ran]


def in_process(*arguments: str | Path, typed: str = "", lang: str = "en") -> Ran:
    """Without a terminal; English unless told otherwise."""
    words = [str(argument) for argument in arguments]
    with CliRunner().isolation(input=typed) as (out, err, _):
        code = main(["--lang", lang, *words])
    return Ran(code, out.getvalue().decode(), err.getvalue().decode())


def as_program(
    folder: Path, *arguments: str | Path, environ: Mapping[str, str] | None = None
) -> Ran:
    """In a folder, without a terminal; English unless the environment says otherwise."""
    done = subprocess.run(
        [sys.executable, "-m", "imfsurvey", *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        cwd=folder,
        env={**os.environ, "LC_ALL": "en_GB.UTF-8", **(environ or {})},
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr)
