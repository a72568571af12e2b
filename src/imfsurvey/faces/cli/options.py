"""Options and arguments that several commands share, so that they mean the same everywhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

import click

from imfsurvey.faces.cli import completing
from imfsurvey.faces.cli.faults import WrongUseError
from imfsurvey.i18n.catalogue import Translator

Word = TypeVar("Word", bound=str)


def json_option(t: Translator) -> click.Option:
    """--json, for commands that print results."""
    return click.Option(["--json", "as_json"], is_flag=True, help=t("Print JSON for programs."))


def yes_option(t: Translator) -> click.Option:
    """--yes, for commands that ask before they do something final."""
    return click.Option(["--yes"], is_flag=True, help=t("Confirm without being asked."))


def seed_option(t: Translator, words: str) -> click.Option:
    """--seed, for commands that leave something to chance; `words` say what it decides."""
    return click.Option(
        ["--seed"], type=int, metavar=t("NUMBER"), default=1, show_default=True, help=words
    )


def session_option(t: Translator) -> click.Option:
    """--session, for commands by which people answer."""
    return click.Option(
        ["--session"],
        metavar=t("NAME"),
        help=t("Vote in the open rounds of a team session instead."),
    )


def require_one_form(session: str | None, questionnaire: str | None) -> None:
    """Raise `WrongUseError` F300 where both were given."""
    if session is not None and questionnaire is not None:
        raise WrongUseError(
            "IMF-F300",
            "A session has its own questionnaire: leave '{name}' out.",
            name=questionnaire,
        )


def require_beside(needed: str, there: bool, options: Mapping[str, object]) -> None:
    """Raise `WrongUseError` F493 for an option that would do nothing without another one.

    `options`: what was given, by how it is written; `there`: whether the needed one was.
    """
    for option, given in options.items():
        if given and not there:
            raise WrongUseError(
                "IMF-F493",
                "'{option}' goes with '{needed}' only: add that, or leave '{option}' out.",
                option=option,
                needed=needed,
            )


def require_apart(other: str, there: bool, options: Mapping[str, object]) -> None:
    """Raise `WrongUseError` F494 for an option that would do nothing beside another one."""
    for option, given in options.items():
        if given and there:
            raise WrongUseError(
                "IMF-F494",
                "'{option}' does not go with '{other}': give one of them, then the other.",
                option=option,
                other=other,
            )


def wave_argument(t: Translator, *, several: bool = False) -> click.Argument:
    """The wave, by its id."""
    return click.Argument(
        ["names" if several else "name"],
        metavar=t("WAVE…") if several else t("WAVE"),
        nargs=-1 if several else 1,
        required=True,
        help=t("Id of a wave, as 'imfsurvey wave list' shows it."),
        shell_complete=completing.waves,
    )


def questionnaire_argument(t: Translator, words: str) -> click.Argument:
    """One of the questionnaires of the wave before it; `words` say what none stands for."""
    return click.Argument(
        ["questionnaire"],
        required=False,
        metavar=t("[QUESTIONNAIRE]"),
        help=words,
        shell_complete=completing.questionnaires,
    )


def plain_option(t: Translator) -> click.Option:
    """--plain, for commands that otherwise ask on screens."""
    return click.Option(
        ["--plain"],
        is_flag=True,
        help=t(
            "Answer in numbered lines instead of screens: for screen readers, any "
            "terminal and pipes."
        ),
    )


def format_option(t: Translator, forms: Iterable[str], default: Iterable[str]) -> click.Option:
    """--format, for commands that write a document in several forms."""
    return click.Option(
        ["--format", "formats"],
        default=",".join(default),
        show_default=True,
        metavar=",".join(forms),
        help=t("Kinds of file, with commas between them."),
    )


def languages_option(words: str) -> click.Option:
    """--languages, for commands that write in several; `words` say what each one gives."""
    return click.Option(["--languages"], metavar="fr,nl", help=words)


def framework_option(words: str, t: Translator) -> click.Option:
    """--framework, for commands about a questionnaire; `words` say what is made for it."""
    return click.Option(
        ["--framework"], type=click.Path(path_type=Path), metavar=t("FILE"), help=words
    )


def tls_options(t: Translator) -> tuple[click.Option, click.Option]:
    """--tls-cert and --tls-key, for commands that offer pages."""
    file = click.Path(path_type=Path, dir_okay=False)
    return (
        click.Option(
            ["--tls-cert", "certificate"],
            type=file,
            metavar=t("FILE"),
            help=t("Certificate, PEM."),
        ),
        click.Option(["--tls-key", "key"], type=file, metavar=t("FILE"), help=t("Its key, PEM.")),
    )


def tls_pair(certificate: Path | None, key: Path | None) -> tuple[Path, Path] | None:
    """Both of them, or neither. Raises `WrongUseError` F185 for one without the other."""
    if certificate is not None and key is not None:
        return certificate, key
    if certificate is not None or key is not None:
        raise WrongUseError(
            "IMF-F185", "A certificate needs its key: give both --tls-cert and --tls-key."
        )
    return None


def output_option(t: Translator, words: str, kind: str = "DIR", **place: bool) -> click.Option:
    """--output, for commands that write; `words` say what where, `kind` is FILE or DIR."""
    return click.Option(
        ["--output", "--out"],
        type=click.Path(path_type=Path, **place),
        metavar=t("FILE") if kind == "FILE" else t("DIR"),
        help=words,
    )


def reports_option(t: Translator) -> click.Option:
    """The same, for documents that belong into the reports of the study."""
    return output_option(t, t("Where to write (default: 'reports' in the study)."))


def listed(text: str | None, option: str, known: Sequence[Word]) -> list[Word]:
    """The words between commas, each once, in the order of `known`; none when nothing was given.

    Raises `WrongUseError` F125 for a word that is not among them.
    """
    if text is None:
        return []
    words = [word.strip().lower() for word in text.split(",")]
    for word in words:
        if word not in known:
            raise WrongUseError(
                "IMF-F125",
                "'{word}' is not among what {option} can be: {known}.",
                word=word,
                option=option,
                known=", ".join(known),
            )
    return [word for word in known if word in words]
