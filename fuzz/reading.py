"""What a reader is to the tool: it makes inputs, reads them, and says how they ended."""

from __future__ import annotations

import io
import os
import random
import re
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

from remembered import remember

from imfsurvey.exchange.xlsform.losses import NoFormError
from imfsurvey.faces.cli import main
from imfsurvey.faces.crash import DETAILS
from imfsurvey.i18n.errors import ImfsurveyError
from imfsurvey.source.problems import ProblemsFoundError

_CODE = re.compile(r"\bIMF-[A-Z]\d{3}\b")
_USAGE = 2


remember()


class Input(NamedTuple):
    """Something that a reader is given."""

    data: bytes
    name: str = ""
    """Where it stands: the name of its file, or what is done with it."""


class Reader(Protocol):
    """One reader of the program, in a process and a folder of its own."""

    seconds: float
    """How long one input may take."""

    def __init__(self, folder: Path) -> None: ...

    def make(self, rng: random.Random) -> Input:
        """Another input."""

    def read(self, given: Input) -> Sequence[str]:
        """Read it; the codes with which it was refused, none when it was good.

        Raises the program's own errors as they come, and `SurpriseError` for what is seen from
        outside only. Whatever else is raised is a finding.
        """


class SurpriseError(Exception):
    """The program answered as it never should."""


def codes_of(error: ImfsurveyError) -> list[str]:
    """The codes of what is wrong."""
    if isinstance(error, ProblemsFoundError):
        return sorted({one.code for one in error.problems}) or [error.code]
    if isinstance(error, NoFormError):
        return sorted({one.code for one in error.reasons}) or [error.code]
    return [error.code]


class Said(NamedTuple):
    """What a command line gave."""

    code: int
    out: str
    err: str


def command(*words: str, typed: bytes = b"") -> Said:
    """Run a command line in this process; bytes on its standard input, no terminal."""
    kept = sys.stdin, sys.stdout, sys.stderr
    streams = [io.TextIOWrapper(io.BytesIO(one), "utf-8") for one in (typed, b"", b"")]
    sys.stdin, sys.stdout, sys.stderr = streams
    os.environ[DETAILS] = "1"
    try:
        code = main(words)
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    finally:
        sys.stdin, sys.stdout, sys.stderr = kept
    for stream in streams[1:]:
        stream.flush()
    out, err = (one.buffer.getvalue().decode() for one in streams[1:])  # type: ignore[attr-defined]
    return Said(code, out, err)


def codes_said(said: Said, fine: Iterable[int] = ()) -> list[str]:
    """The codes with which a command was refused.

    Raises `SurpriseError` for a traceback, an internal error, or a refusal without a code.
    """
    found = sorted(set(_CODE.findall(said.out + said.err)))
    if said.code == 70 or "Traceback (most" in said.err + said.out:
        raise SurpriseError(said.err[-6000:])
    if said.code == 0 or (said.code in fine and not found):
        return []
    if said.code == _USAGE and not found:
        return ["usage"]
    if not found or said.code not in (1, 2, 3):
        raise SurpriseError(f"exit code {said.code} without a reason: {said.out}{said.err}"[-6000:])
    return found


def files_in(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


class Place:
    """A folder that is put back as it was after each input; files that did not change stay."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files = files_in(folder)
        self._stamps = {name: _stamp((folder / name).stat()) for name in self.files}
        self._folders = {f"{above}/" for name in self.files for above in Path(name).parents}

    def restore(self) -> None:
        """Put it back."""
        found: dict[str, tuple[int, ...]] = {}
        self._cleared(str(self.folder), "", found)
        for name, content in self.files.items():
            if found.get(name) != self._stamps[name]:
                path = self.folder / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
                self._stamps[name] = _stamp(path.stat())

    def _cleared(self, folder: str, below: str, found: dict[str, tuple[int, ...]]) -> None:
        """Take away what was not there; `found`: the others, as they are now."""
        with os.scandir(folder) as entries:
            for entry in entries:
                known = f"{below}{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    self._cleared(entry.path, f"{known}/", found)
                elif known in self.files:
                    found[known] = _stamp(entry.stat())
                else:
                    Path(entry.path).unlink()
        if below and below not in self._folders:
            Path(folder).rmdir()


def _stamp(found: os.stat_result) -> tuple[int, ...]:
    return found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino
