"""`imfsurvey completion`: what makes the Tab key of a shell complete our commands."""

from __future__ import annotations

import os
from pathlib import PurePath
from typing import Final

import click
from click.shell_completion import ShellComplete, get_completion_class

from imfsurvey.faces.cli.call import Command
from imfsurvey.faces.cli.faults import WrongUseError
from imfsurvey.faces.cli.terminal import say
from imfsurvey.i18n.catalogue import Translator

FILES: Final = {
    "bash": "~/.local/share/bash-completion/completions/imfsurvey",
    "zsh": "~/.zfunc/_imfsurvey",
    "fish": "~/.config/fish/completions/imfsurvey.fish",
}
"""The shells, and where each of them looks for a command's completion."""


def command(t: Translator, summary: str) -> click.Command:
    """The command in the language of `t`."""
    details = t("Write what it prints where your shell looks for it, once, and open a new window:")
    lines = "\n".join(f"  {shell:4}  {place}" for shell, place in FILES.items())
    note = t("zsh looks there after 'fpath+=~/.zfunc' before 'compinit' in ~/.zshrc.")
    return Command(
        "completion",
        t,
        callback=_completion,
        help=f"{summary}\n\n{details}\n\n\b\n{lines}\n\n{note}",
        params=[
            click.Argument(
                ["shell"],
                type=click.Choice(list(FILES)),
                metavar="[bash|zsh|fish]",
                required=False,
                help=t("The shell (default: the one that the system names as yours)."),
            ),
        ],
    )


def _completion(shell: str | None) -> None:
    """Print the script."""
    known = get_completion_class(shell or _own_shell())
    assert known is not None, "click completes in all three"
    # Not `known.source`: for bash it first starts one to see how old it is, and complains in
    # English.
    made = known(click.Group(), {}, "imfsurvey", "_IMFSURVEY_COMPLETE")
    say(ShellComplete.source(made).rstrip("\n"))


def _own_shell() -> str:
    """What SHELL names. Raises `WrongUseError` where that is none that can be completed."""
    shell = PurePath(os.environ.get("SHELL", "")).name
    if shell not in FILES:
        raise WrongUseError(
            "IMF-F491",
            "It is not known which shell you use: name it, as in 'imfsurvey completion bash'.",
        )
    return shell
