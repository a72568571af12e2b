"""`imfsurvey convert`: XLSForm workbooks into our language, questionnaires into workbooks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import click

from imfsurvey.exchange.xlsform.convert import read_workbook, workbook_of
from imfsurvey.exchange.xlsform.inward.questionnaire import Wishes
from imfsurvey.exchange.xlsform.losses import Loss, NoFormError
from imfsurvey.faces.cli.call import Call, Command
from imfsurvey.faces.cli.faults import WrongUseError
from imfsurvey.faces.cli.options import (
    framework_option,
    json_option,
    output_option,
    require_apart,
)
from imfsurvey.faces.cli.terminal import narrate, say, say_json
from imfsurvey.framework import Framework, load_framework
from imfsurvey.i18n.catalogue import LANGUAGES, Translator
from imfsurvey.i18n.describe import describe
from imfsurvey.i18n.errors import RefusedError
from imfsurvey.questionnaire import load_questionnaire
from imfsurvey.store.disk import explained, replace_file

KINDS: Final = ("perception", "self_assessment", "session", "policy")
YAML: Final = (".yaml", ".yml")


def command(t: Translator, summary: str) -> click.Command:
    """The command in the language of `t`."""
    details = t(
        "A file that ends in .yaml becomes an XLSForm workbook (.xlsx); any other is read as a "
        "workbook (xlsx, xlsm, xlsb, xls, ods) by its content. Everything that is lost or changed "
        "on the way is listed with sheet, row and column. The exit code is 1 when no file can be "
        "made."
    )
    return Command(
        "convert",
        t,
        callback=_convert,
        help=f"{summary}\n\n{details}",
        params=[
            click.Argument(
                ["source"],
                type=click.Path(path_type=Path),
                metavar=t("FILE"),
                help=t("A workbook, or a questionnaire."),
            ),
            output_option(
                t, t("Where to write (default: beside the source, with the other ending)."), "FILE"
            ),
            *_options_of_workbooks(t),
            click.Option(["--force"], is_flag=True, help=t("Replace a file that exists.")),
            json_option(t),
        ],
    )


def _options_of_workbooks(t: Translator) -> list[click.Option]:
    """What a workbook does not say of the questionnaire to be."""
    return [
        click.Option(
            ["--language", "languages"],
            metavar=t("NAME=CODE"),
            multiple=True,
            help=t("A language of the workbook, such as 'Vlaams=nl'; 'default' has no name there."),
        ),
        click.Option(
            ["--kind"],
            type=click.Choice(KINDS),
            help=t("Kind of the questionnaire (default: what its questions allow)."),
        ),
        framework_option(
            t(
                "The framework that the questionnaire is made for "
                "(default: that of the study, else the IMF)."
            ),
            t,
        ),
    ]


@click.pass_obj
def _convert(
    call: Call,
    source: Path,
    output: Path | None,
    languages: tuple[str, ...],
    kind: str | None,
    framework: Path | None,
    force: bool,
    as_json: bool,
) -> int:
    """Write the other kind of file and list what is lost; the exit code."""
    names = _languages(languages)
    of_workbooks = {"--language": languages, "--kind": kind}
    require_apart(source.name, _is_yaml(source), of_workbooks)
    known = load_framework(call.framework_file(framework))
    target = output or _beside(source, ".xlsx" if _is_yaml(source) else ".yaml")
    _refuse_to_replace(target, force)
    try:
        if _is_yaml(source):
            losses = _to_workbook(source, known, target)
        else:
            wishes = Wishes(kind, known.framework.id, source.stem)
            converted = read_workbook(source, known, wishes, names)
            _write(target, converted.text.encode("utf-8"))
            losses = converted.losses
    except NoFormError as error:
        _print_failure(error, as_json, call.t)
        return error.exit_code
    _print(losses, target, as_json, call.t)
    return 0


def _beside(source: Path, ending: str) -> Path:
    """The name of a file with another ending; also of '.', which has no name to change."""
    return source.parent / f"{source.stem}{ending}"


def _to_workbook(source: Path, framework: Framework, target: Path) -> Sequence[Loss]:
    data, losses = workbook_of(load_questionnaire(source, framework), framework)
    _write(target, data)
    return losses


def _write(target: Path, data: bytes) -> None:
    """Replace the file in one step. Raises `StorageError`."""
    with explained(target):
        replace_file(target, data, mode=0o644)


def _is_yaml(source: Path) -> bool:
    return source.suffix.lower() in YAML


def _languages(given: Sequence[str]) -> dict[str, str]:
    """Code by the name in the workbook, in lower case."""
    names: dict[str, str] = {}
    for one in given:
        name, _, code = (part.strip() for part in one.rpartition("="))
        if not name or code not in LANGUAGES:
            raise WrongUseError(
                "IMF-F130",
                "'{text}' is no language: give such as 'Vlaams=nl', with one of {known}.",
                text=one,
                known=", ".join(LANGUAGES),
            )
        names[name.casefold()] = code
    return names


def _refuse_to_replace(target: Path, force: bool) -> None:
    if target.exists() and not force:
        raise RefusedError(
            "IMF-F131",
            "{file} exists already: name another file with --output, or replace it with --force.",
            file=target,
        )


def _print_failure(error: NoFormError, as_json: bool, t: Translator) -> None:
    """Why there is nothing, then what else was noted."""
    if as_json:
        say_json(
            {
                "file": None,
                "reasons": [_plain(one, t) for one in error.reasons],
                "losses": [_plain(one, t) for one in error.losses],
            }
        )
        return
    for one in (*error.losses, *error.reasons):
        say(_line(one, t))
    narrate(f"{error.code}: {describe(error, t)}")


def _print(losses: Sequence[Loss], target: Path, as_json: bool, t: Translator) -> None:
    if as_json:
        say_json({"file": str(target), "reasons": [], "losses": [_plain(one, t) for one in losses]})
        return
    for one in losses:
        say(_line(one, t))
    narrate(
        t.plural("{n} thing is lost or changed.", "{n} things are lost or changed.", len(losses))
    )
    narrate(t("The file is written:"))
    say(str(target))


def _line(loss: Loss, t: Translator) -> str:
    """`survey!12 relevant: IMF-W148: …`, the place left out where it is the whole file."""
    where = f"{loss.at}: " if str(loss.at) else ""
    return f"{where}{loss.code}: {describe(loss, t)}"


def _plain(loss: Loss, t: Translator) -> Mapping[str, Any]:
    return {
        "sheet": loss.at.sheet or None,
        "row": loss.at.row or None,
        "column": loss.at.column or None,
        "code": loss.code,
        "message": describe(loss, t),
    }
