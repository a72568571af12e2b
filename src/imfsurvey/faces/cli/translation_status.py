"""`imfsurvey translate status`: which texts are translated, and which are no longer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import click

from imfsurvey.faces.cli.call import Call, Command
from imfsurvey.faces.cli.file_kind import kind_of
from imfsurvey.faces.cli.options import json_option
from imfsurvey.faces.cli.terminal import say, say_json
from imfsurvey.framework import Framework
from imfsurvey.i18n.catalogue import Translator
from imfsurvey.i18n.errors import InputError
from imfsurvey.questionnaire import Questionnaire
from imfsurvey.questionnaire.translations import Entry, Standing, Texts, standing, texts_in
from imfsurvey.source.document import read
from imfsurvey.source.model import validated

_TOLD: Final = 10
"""Texts listed of each sort; more of them help nobody on a screen."""


def file_argument(t: Translator, *, several: bool = False) -> click.Argument:
    """The file or files whose texts are looked at."""
    return click.Argument(
        ["files" if several else "file"],
        type=click.Path(path_type=Path),
        metavar=t("FILE…") if several else t("FILE"),
        nargs=-1 if several else 1,
        required=True,
        help=t("A questionnaire or a framework."),
    )


def texts_of_file(path: Path) -> Texts:
    """The texts of a file. Raises `ProblemsFoundError`; missing translations are no problem."""
    document = read(path)
    if kind_of(document) == "framework":
        return texts_in(document, validated(Framework, document))
    return texts_in(document, validated(Questionnaire, document))


def status_command(t: Translator) -> click.Command:
    """The command in the language of `t`."""
    return Command(
        "status",
        t,
        callback=_status,
        help=t("Tell which texts lack a translation, or have one of words that have changed."),
        params=[
            file_argument(t, several=True),
            click.Option(
                ["--since", "olds"],
                type=click.Path(path_type=Path),
                multiple=True,
                metavar=t("OLD"),
                help=t(
                    "An earlier version of a file, such as the copy in a wave: also list the "
                    "texts whose source has changed since while the translation has not."
                ),
            ),
            json_option(t),
            click.Option(
                ["--strict"],
                is_flag=True,
                help=t("Exit code 1 when a language that has to be complete is not."),
            ),
        ],
    )


@click.pass_obj
def _status(
    call: Call, files: tuple[Path, ...], olds: tuple[Path, ...], as_json: bool, strict: bool
) -> int:
    """Print how far the translations are; the exit code."""
    every = [texts_of_file(file) for file in files]
    since = earlier(every, [texts_of_file(old) for old in olds])
    found = [(texts, list(standing(texts, since.get(texts.id)))) for texts in every]
    if as_json:
        say_json({"files": [_plain(*one, compared=one[0].id in since) for one in found]})
    else:
        for texts, languages in found:
            for line in _lines(texts, languages, call.t):
                say(line)
    lacking = any(
        one.required and (one.missing or one.outdated) for _, some in found for one in some
    )
    return 1 if strict and lacking else 0


def earlier(every: Sequence[Texts], olds: Sequence[Texts]) -> dict[str, Texts]:
    """The earlier versions by id. Raises `InputError` for one of another file."""
    ids = {texts.id for texts in every}
    for old in olds:
        if old.id not in ids:
            raise InputError(
                "IMF-F126",
                "{old} is '{id}', and thus no earlier version of what is looked at.",
                old=old.document.name,
                id=old.id,
            )
    return {old.id: old for old in olds}


def _lines(texts: Texts, languages: Sequence[Standing], t: Translator) -> Iterator[str]:
    yield texts.document.name
    for one in languages:
        facts = [
            t.plural("{n} text", "{n} texts", one.there),
            t("{n} missing", n=len(one.missing)),
            *([t("source changed since: {n}", n=len(one.outdated))] if one.outdated else []),
        ]
        yield f"  {one.language}: {', '.join(facts)}"
        yield from _listed(texts, one.missing, t("missing"), t)
        yield from _listed(texts, one.outdated, t("source changed since"), t)


def _listed(texts: Texts, some: Sequence[Entry], why: str, t: Translator) -> Iterator[str]:
    for entry in some[:_TOLD]:
        yield f"    {at(texts, entry)}: {why}: {entry.key}"
    if len(some) > _TOLD:
        rest = len(some) - _TOLD
        yield f"    {t('… and {n} more; --json lists all', n=rest)}"


def at(texts: Texts, entry: Entry) -> str:
    """Where a text stands: `file:line:column`."""
    place = texts.place(entry)
    return f"{texts.document.name}:{place.line}:{place.column}"


def _plain(texts: Texts, languages: Sequence[Standing], *, compared: bool) -> dict[str, Any]:
    return {
        "file": texts.document.name,
        "id": texts.id,
        "version": texts.version,
        "source_language": texts.source_language,
        "languages": [
            {
                "language": one.language,
                "required": one.required,
                "texts": one.there,
                "missing": [_plain_entry(texts, entry) for entry in one.missing],
                "source_changed": [_plain_entry(texts, entry) for entry in one.outdated]
                if compared
                else None,
            }
            for one in languages
        ],
    }


def _plain_entry(texts: Texts, entry: Entry) -> dict[str, str | int]:
    place = texts.place(entry)
    return {"key": entry.key, "line": place.line, "column": place.column}
