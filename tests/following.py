"""Somebody who types what a page says, line by line, into a real study."""

from __future__ import annotations

import os
import re
import shlex
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from commandline import Ran, in_process

DOCS = Path(__file__).resolve().parents[1] / "docs"
BLOCK = re.compile(r"^( *)```(\w*)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
ASKING = ("simulate", "wave close", "wave unseal", "export")
"""What asks before it does something. The reader says yes: there is no terminal here."""


def page(name: str) -> str:
    """The text of a page."""
    return (DOCS / name).read_text("utf-8")


def blocks(text: str, kind: str = "") -> Iterator[str]:
    """The blocks of one kind, without their fences."""
    for block in BLOCK.finditer(text):
        if block[2] == kind:
            yield block[3]


def lines(text: str) -> Iterator[str]:
    """What is to be typed: every line of the blocks in which the program is called."""
    for block in blocks(text):
        if re.search(r"^imfsurvey ", block, re.MULTILINE):
            yield from re.sub(r"\\\n\s*", "", block).splitlines()


class Reader:
    """Types every line of a page. What needs a person at a screen is done by `instead`."""

    def __init__(
        self,
        instead: Mapping[str, Callable[[], object]],
        places: Mapping[str, Path] | None = None,
    ) -> None:
        self._instead = instead
        self._places = places or {}
        """Where what a page calls by the name of another computer lies on this one."""
        self.ran: dict[str, Ran] = {}
        """What the program said to each line."""

    def follow(self, name: str) -> None:
        """Type a whole page; every command must end well."""
        for line in lines(page(name)):
            words = [self._here(word) for word in shlex.split(line)]
            if line in self._instead:
                self._instead[line]()
            elif line.startswith("imfsurvey "):
                self.ran[line] = self._program(line, words[1:])
            else:
                _shell(*words)

    def _here(self, word: str) -> str:
        for there, here in self._places.items():
            word = word.replace(there, str(here))
        return word

    def _program(self, line: str, words: list[str]) -> Ran:
        asks = line.removeprefix("imfsurvey ").startswith(ASKING)
        ran = in_process(*words, *(["--yes"] if asks else []))
        assert ran.code == 0, f"{line}\n{ran.out}{ran.err}"
        return ran


def _shell(command: str, *arguments: str) -> None:
    """The few commands of a shell that the pages use."""
    paths = [found for word in arguments for found in _named(word)]
    match command:
        case "cd":
            os.chdir(paths[0])
        case "mkdir":
            paths[0].mkdir()
        case "rm":
            for path in paths:
                path.unlink()
        case "cp":
            *sources, target = (path for path in paths if str(path) != "-r")
            for source in sources:
                _copied(source.resolve(), target)
        case _:
            raise AssertionError(command)


def _named(word: str) -> list[Path]:
    path = Path(word)
    return (
        list(Path(path.anchor).glob(str(path.relative_to(path.anchor)))) if "*" in word else [path]
    )


def _copied(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target / source.name if target.is_dir() else target)
    else:
        shutil.copy(source, target)
