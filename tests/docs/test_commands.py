"""Every command line of the papers is one that the program accepts. Nothing is run."""

from __future__ import annotations

import importlib.util
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest

from imfsurvey.faces.cli.app import COMMANDS, Imfsurvey
from imfsurvey.faces.cli.call import Call
from imfsurvey.i18n.catalogue import translator

ROOT = Path(__file__).resolve().parents[2]
PAPERS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
NAMED = re.compile(r"`((?:imfsurvey|python3 dev\.py)(?![.:\w])[^`]*)`")
BLOCK = re.compile(r"^( *)```(\w*)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
ENGLISH = translator("en")


def named(text: str) -> Iterator[str]:
    """Command lines inside a sentence: they may leave out what they are not about."""
    for found in NAMED.finditer(BLOCK.sub("", text)):
        yield found[1]


def typed(text: str) -> Iterator[str]:
    """Command lines of the blocks, to be typed as they are; `$ ` marks them in a transcript."""
    for block in BLOCK.finditer(text):
        lines = re.sub(r"\\\n\s*", "", block[3]).splitlines()
        for line in lines:
            command = line.strip().removeprefix("$ ")
            if re.match(r"(imfsurvey|python3 dev\.py)\b(?!:)", command):
                yield command


class Dry(Imfsurvey):
    """The command line with nothing behind its commands."""

    def __init__(self) -> None:
        super().__init__(ENGLISH)
        self.callback = None

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command; its parsing is whole, its body is gone."""
        return hollowed(super().get_command(ctx, cmd_name))


def hollowed(command: click.Command | None) -> click.Command | None:
    """A command that only parses."""
    if command is not None:
        command.callback = None
    for below in command.commands.values() if isinstance(command, click.Group) else ():
        hollowed(below)
    return command


def accept(line: str) -> None:
    """Parse a command line. Raises click's complaint."""
    words = shlex.split(line)
    if words[0] != "imfsurvey":
        assert words[2] in dev_commands()
        if words[2] != "run":
            return
        words = words[2:]
    arguments = [word for word in words[1:] if word != "--"]
    Dry().main(arguments, prog_name="imfsurvey", standalone_mode=False, obj=Call(ENGLISH))


def dev_commands() -> dict[str, Any]:
    """The commands of dev.py."""
    spec = importlib.util.spec_from_file_location("dev", ROOT / "dev.py")
    assert spec is not None and spec.loader is not None
    dev = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(dev)
    commands: dict[str, Any] = dev.COMMANDS
    return commands


def each(find: Any) -> list[Any]:
    """The command lines of all papers, for pytest."""
    return [
        pytest.param(line, id=f"{paper.name}: {line}")
        for paper in PAPERS
        for line in dict.fromkeys(find(paper.read_text("utf-8")))
    ]


@pytest.mark.parametrize("line", each(typed))
def test_a_line_to_be_typed_is_accepted(line: str) -> None:
    """What a reader is told to type parses, with every argument that it needs."""
    assert line
    accept(line)


@pytest.mark.parametrize("line", each(named))
def test_a_command_named_in_a_sentence_exists(line: str) -> None:
    """A command in a sentence exists with its options, though arguments may be left out."""
    try:
        accept(line)
    except click.MissingParameter as fault:
        assert fault.ctx is not None and fault.ctx.command.name in line
    except click.exceptions.NoArgsIsHelpError as fault:
        assert fault.ctx is not None and fault.ctx.command.name in line


def test_a_wrong_line_is_found() -> None:
    """The parser used here refuses an unknown command and an unknown option."""
    with pytest.raises(click.UsageError):
        accept("imfsurvey publish")
    with pytest.raises(click.UsageError):
        accept("imfsurvey wave open --quickly 2026-zero")


def test_every_command_is_told_of() -> None:
    """No command is left out of the papers."""
    told = {
        line.split()[1]
        for paper in PAPERS
        for find in (typed, named)
        for line in find(paper.read_text("utf-8"))
        if line.startswith("imfsurvey ")
    }
    assert set(COMMANDS) <= told


def test_the_readme_states_the_two_commands() -> None:
    """The README gives the two commands that a newcomer needs, in one block."""
    blocks = [block[3].split("\n") for block in BLOCK.finditer((ROOT / "README.md").read_text())]
    assert ["python3 dev.py run", "python3 dev.py test", ""] in blocks
