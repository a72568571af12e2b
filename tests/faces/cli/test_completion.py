"""The Tab key, in a real bash where one is needed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from commandline import Cli

from imfsurvey.faces.cli.app import COMMANDS
from imfsurvey.study.wave import Wave

BASH = shutil.which("bash") or ""


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A folder with the installed command, as it stands on the PATH of a user."""
    folder = tmp_path / "bin"
    folder.mkdir()
    file = folder / "imfsurvey"
    file.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m imfsurvey "$@"\n', "utf-8")
    file.chmod(0o755)
    return folder


def offered(program: Path, *words: str) -> list[str]:
    """What bash offers for the last of the words, after it has read our script."""
    line = " ".join(f"'{word}'" for word in words)
    script = (
        "source <(imfsurvey completion bash); "
        f"COMP_WORDS=({line}); COMP_CWORD={len(words) - 1}; "
        '_imfsurvey_completion imfsurvey; printf "%s\\n" "${COMPREPLY[@]}"'
    )
    done = subprocess.run(
        [BASH, "--norc", "-c", script],
        env={**os.environ, "PATH": f"{program}:{os.environ['PATH']}", "LANG": "en_GB.UTF-8"},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stderr == ""
    return done.stdout.split()


def test_bash_offers_commands_waves_questionnaires_and_options(program: Path, wave: Wave) -> None:
    """Whatever can stand at that place, and nothing else."""
    assert offered(program, "imfsurvey", "re") == ["results", "report"]
    assert offered(program, "imfsurvey", "results", "20") == [wave.id]
    assert offered(program, "imfsurvey", "answer", wave.id, "") == ["assessment", "survey"]
    assert offered(program, "imfsurvey", "print", "20") == [wave.id]
    assert offered(program, "imfsurvey", "wave", "op") == ["open"]
    assert offered(program, "imfsurvey", "report", "--la") == ["--languages", "--lang"]


def test_nothing_is_offered_and_nothing_said_where_the_study_is_broken(
    program: Path, wave: Wave
) -> None:
    """A line that is being typed is no place for a complaint."""
    (wave.folder / "wave.yaml").write_text("kind: [", "utf-8")
    assert offered(program, "imfsurvey", "results", "") == []


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_of_each_shell(cli: Cli, shell: str) -> None:
    """It asks our program, and names no other."""
    ran = cli("completion", shell)
    assert (ran.code, ran.err) == (0, "")
    assert f"_IMFSURVEY_COMPLETE={shell}_complete" in ran.out


def test_the_shell_of_the_system_is_meant(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """Unless it is one that nobody can complete in: then the command asks for a name."""
    monkeypatch.setenv("SHELL", "/usr/bin/fish")
    assert "fish_complete" in cli("completion").out
    monkeypatch.setenv("SHELL", "/bin/dash")
    ran = cli("completion")
    assert ran.code == 2
    assert "IMF-F491" in ran.err


def test_commands_are_offered_without_loading_them() -> None:
    """All names come with what they are for, at the price of none of them."""
    script = (
        "import sys; from imfsurvey.faces.cli.app import Imfsurvey; import click; "
        "from imfsurvey.i18n.catalogue import translator; root = Imfsurvey(translator('en')); "
        "found = root.shell_complete(click.Context(root), ''); "
        "print(*(one.value for one in found)); assert all(one.help for one in found); "
        "assert 'pydantic' not in sys.modules"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == list(COMMANDS)
