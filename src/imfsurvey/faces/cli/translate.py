"""`imfsurvey translate`: what translators of questionnaires and frameworks need."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import click

from imfsurvey.faces.cli.call import Call, Command, CommandGroup
from imfsurvey.faces.cli.faults import WrongUseError
from imfsurvey.faces.cli.options import output_option
from imfsurvey.faces.cli.terminal import narrate, say
from imfsurvey.faces.cli.translation_status import (
    at,
    earlier,
    file_argument,
    status_command,
    texts_of_file,
)
from imfsurvey.i18n.catalogue import LANGUAGES, Translator
from imfsurvey.i18n.errors import RefusedError
from imfsurvey.questionnaire.replies import Reply, judged
from imfsurvey.questionnaire.translations import Texts
from imfsurvey.store.disk import explained, replace_file

_BOM: Final = b"\xef\xbb\xbf"


def command(t: Translator, summary: str) -> click.Command:
    """The group of commands in the language of `t`."""
    group = CommandGroup("translate", t, help=summary)
    for build in (status_command, _export_command, _import_command):
        group.add_command(build(t))
    return group


# --- export -----------------------------------------------------------------------------------


def _export_command(t: Translator) -> click.Command:
    details = t(
        "A name that ends in .po gives a catalogue for a PO editor, one that ends in .xlsx a "
        "workbook for people without one. Without --output the PO file is printed."
    )
    return Command(
        "export",
        t,
        callback=_export,
        help=f"{t('Make a catalogue for a translator.')}\n\n{details}",
        params=[
            file_argument(t),
            click.Argument(
                ["language"],
                type=click.Choice(LANGUAGES),
                metavar=t("LANGUAGE"),
                help=t("The language to translate into: fr, nl, en or de."),
            ),
            click.Option(
                ["--from", "source"],
                type=click.Choice(LANGUAGES),
                help=t("The language to translate from (default: the main one of the file)."),
            ),
            click.Option(
                ["--since", "old"],
                type=click.Path(path_type=Path),
                metavar=t("OLD"),
                help=t("An earlier version of the file: mark what its source has changed since."),
            ),
            output_option(
                t, t("Where to write; the end of its name says how: .po or .xlsx."), "FILE"
            ),
        ],
    )


@click.pass_obj
def _export(
    call: Call,
    file: Path,
    language: str,
    source: str | None,
    old: Path | None,
    output: Path | None,
) -> None:
    """Write a catalogue, or print it."""
    from imfsurvey.exchange import catalogues
    from imfsurvey.questionnaire.translations import catalogue

    t = call.t
    if output is not None:
        _check_output(output)
    texts = texts_of_file(file)
    since = earlier([texts], [texts_of_file(old)] if old is not None else []).get(texts.id)
    made = catalogue(texts, language, source or texts.source_language, since)
    if output is None:
        say(catalogues.po(made, t))
        return
    data = (
        catalogues.workbook(made, t)
        if output.suffix.lower() == ".xlsx"
        else catalogues.po(made, t).encode("utf-8")
    )
    with explained(output):
        replace_file(output, data, mode=0o644)
    missing = sum(not unit.translation for unit in made.units)
    narrate(
        t.plural(
            "{n} text, {missing} without a translation. The catalogue is written:",
            "{n} texts, {missing} without a translation. The catalogue is written:",
            len(made.units),
            missing=missing,
        )
    )
    say(str(output))


def _check_output(output: Path) -> None:
    if output.suffix.lower() not in (".po", ".xlsx"):
        raise WrongUseError(
            "IMF-F127", "'{file}' ends neither in .po nor in .xlsx.", file=str(output)
        )
    if output.exists():
        raise RefusedError(
            "IMF-F128",
            "{file} is there already and may hold a translator's work: nothing was written. "
            "Choose another name, or remove it.",
            file=str(output),
        )


# --- import -----------------------------------------------------------------------------------


def _import_command(t: Translator) -> click.Command:
    details = t(
        "Only the translations change in the file; comments, order and layout stay as they are. "
        "When anything is wrong with the catalogue, nothing is written."
    )
    return Command(
        "import",
        t,
        callback=_import,
        help=f"{t('Write the translations of a catalogue into its file.')}\n\n{details}",
        params=[
            file_argument(t),
            click.Argument(
                ["catalogue"],
                type=click.Path(path_type=Path),
                metavar=t("CATALOGUE"),
                help=t("What the translator gave back: a PO file or a workbook."),
            ),
            click.Option(
                ["--dry-run"],
                is_flag=True,
                help=t("Tell what would be written, and write nothing."),
            ),
            click.Option(
                ["--accept-changed"],
                is_flag=True,
                help=t("Also take translations whose source has changed since the export."),
            ),
        ],
    )


@click.pass_obj
def _import(call: Call, file: Path, catalogue: Path, dry_run: bool, accept_changed: bool) -> None:
    """Take over what a translator gave back."""
    from imfsurvey.exchange.catalogues import replies_in
    from imfsurvey.source.edits import with_texts

    t = call.t
    texts = texts_of_file(file)
    replies = replies_in(catalogue)
    outcome = judged(texts, replies, accept_changed=accept_changed)
    made = with_texts(texts.document, replies.language, outcome.by_path(texts))
    for some, why in (
        (outcome.outdated, t("source changed since, not taken")),
        (outcome.unfinished, t("still marked as to be looked at, not taken")),
    ):
        for reply in some:
            narrate(f"{_reply_at(replies.name, reply)}: {why}: {reply.key}")
    if dry_run:
        _tell(texts, outcome.taken)
    elif outcome.taken:
        write(file, texts, made)
    narrate(_summed_up(len(outcome.taken), outcome.missing, replies.language, dry_run, t))


def _reply_at(name: str, reply: Reply) -> str:
    return f"{name}:{reply.line}:{reply.column}"


def _tell(texts: Texts, taken: Mapping[str, str]) -> None:
    """Where something would be written."""
    for key in texts.entries:
        if key in taken:
            say(f"{at(texts, texts.entries[key])}: {key}")


def write(file: Path, texts: Texts, made: str) -> None:
    """Give the file its new text in one step, unless somebody else has changed it meanwhile."""
    path = file.resolve()
    with explained(path):
        now = path.read_bytes()
        mark = _BOM if now.startswith(_BOM) else b""
        if now != mark + texts.document.text.encode("utf-8"):
            raise RefusedError(
                "IMF-E182",
                "{file} was changed by another program just now: nothing was written. Try again.",
                file=str(file),
            )
        replace_file(path, mark + made.encode("utf-8"), mode=path.stat().st_mode & 0o777)


def _summed_up(taken: int, missing: int, language: str, dry_run: bool, t: Translator) -> str:
    if dry_run:
        return t.plural(
            "{n} translation would be written, {missing} would still be missing in '{language}'.",
            "{n} translations would be written, {missing} would still be missing in '{language}'.",
            taken,
            missing=missing,
            language=language,
        )
    return t.plural(
        "{n} translation is written, {missing} are still missing in '{language}'.",
        "{n} translations are written, {missing} are still missing in '{language}'.",
        taken,
        missing=missing,
        language=language,
    )
