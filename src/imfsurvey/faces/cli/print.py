"""`imfsurvey print`: questionnaires on paper, with the codes for typing them in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from imfsurvey.faces.cli import completing
from imfsurvey.faces.cli.call import Call, Command
from imfsurvey.faces.cli.faults import WrongUseError
from imfsurvey.faces.cli.options import (
    framework_option,
    json_option,
    languages_option,
    listed,
    output_option,
    questionnaire_argument,
)
from imfsurvey.faces.cli.terminal import narrate, say_files
from imfsurvey.i18n.catalogue import LANGUAGES, Translator, translator
from imfsurvey.i18n.errors import InputError
from imfsurvey.store.disk import explained, make_folder, replace_file

if TYPE_CHECKING:
    from imfsurvey.framework import Framework
    from imfsurvey.questionnaire import Choice, Questionnaire
    from imfsurvey.study.folder import Study
    from imfsurvey.study.wave import Wave


def command(t: Translator, summary: str) -> click.Command:
    """The command in the language of `t`."""
    details = t(
        "One PDF for each language: numbered questions with boxes to tick, the code of each answer "
        "beside its box, conditions in words. Print the questionnaires of a wave once it is open: "
        "its groups and key holders are then on the sheet. 'imfsurvey key-in' types the sheets in."
    )
    return Command(
        "print",
        t,
        callback=_print,
        help=f"{summary}\n\n{details}",
        params=[
            click.Argument(
                ["name"],
                metavar=t("WAVE|FILE"),
                help=t("Id of a wave, or a questionnaire's file."),
                shell_complete=completing.waves_or_files,
            ),
            questionnaire_argument(
                t, t("Its short name, such as 'perception'; without it, all of the wave.")
            ),
            languages_option(
                t("One sheet for each (default: all languages of the questionnaire).")
            ),
            framework_option(
                t(
                    "The framework that a file is made for (default: "
                    "that of the study, else the IMF)."
                ),
                t,
            ),
            output_option(t, t("Where to write (default: 'reports' in the study, else here).")),
            json_option(t),
        ],
    )


@dataclass(frozen=True)
class _Printing:
    """What is printed, and where it belongs."""

    framework: Framework
    questionnaires: Sequence[tuple[str, Questionnaire]]
    """Each with the beginning of its file's name."""
    groups: Sequence[Choice]
    study: Study | None
    wave: Wave | None


@click.pass_obj
def _print(
    call: Call,
    name: str,
    questionnaire: str | None,
    languages: str | None,
    framework: Path | None,
    output: Path | None,
    as_json: bool,
) -> None:
    from imfsurvey.study.folder import REPORTS

    wanted = listed(languages, "--languages", LANGUAGES)
    printing = _of_what(call, name, questionnaire, framework)
    _require_spoken(printing, wanted)
    study = printing.study
    folder = output.resolve() if output else (study.folder / REPORTS if study else Path.cwd())
    written = list(_written(printing, wanted, folder, call))
    told = call.t.plural("{n} sheet is written:", "{n} sheets are written:", len(written))
    say_files(written, told, as_json=as_json)
    if not as_json:
        for line in _advice(printing, call.t):
            narrate(line)


def _of_what(call: Call, name: str, questionnaire: str | None, framework: Path | None) -> _Printing:
    """A wave's questionnaires, or that of a file. Raises `WrongUseError` F470."""
    from imfsurvey.framework import load_framework
    from imfsurvey.questionnaire import load_questionnaire

    if not name.endswith((".yaml", ".yml")):
        study = call.study()
        wave = study.wave(name)
        known = wave.questionnaires.values()
        chosen = [wave.questionnaire(questionnaire)] if questionnaire else list(known)
        named = [(f"{wave.id}-{wave.stem(one.id)}", one) for one in chosen]
        groups = wave.groups if wave.file.status != "draft" else _groups(study)
        return _Printing(wave.framework, named, groups, study, wave)
    if questionnaire is not None:
        raise WrongUseError(
            "IMF-F470", "A file is one questionnaire: leave '{name}' out.", name=questionnaire
        )
    rules = load_framework(call.framework_file(framework))
    one = load_questionnaire(Path(name), rules)
    around = call.study_if_any()
    groups = _groups(around) if around is not None else ()
    return _Printing(rules, [(Path(name).stem, one)], groups, None, None)


def _groups(study: Study) -> tuple[Choice, ...]:
    from imfsurvey.questionnaire import Choice

    return tuple(Choice(code=group.id, text=group.label) for group in study.file.groups)


def _require_spoken(printing: _Printing, wanted: Sequence[str]) -> None:
    """Raise `InputError` F471 for a language that a questionnaire does not have."""
    for _, one in printing.questionnaires:
        spoken = one.questionnaire.languages
        for language in wanted:
            if language not in spoken:
                raise InputError(
                    "IMF-F471",
                    "'{questionnaire}' is not written in '{language}'; it has: {known}.",
                    questionnaire=one.id,
                    language=language,
                    known=", ".join(spoken),
                )


def _written(
    printing: _Printing, wanted: Sequence[str], folder: Path, call: Call
) -> Iterator[Path]:
    """Every sheet, one after the other."""
    with explained(folder):
        make_folder(folder)
    for stem, one in printing.questionnaires:
        for language in wanted or one.questionnaire.languages:
            path = folder / f"{stem}-sheet-{language}.pdf"
            content = _made(printing, one, language, call)
            with explained(path):
                replace_file(path, content, mode=0o644)
            yield path


def _made(printing: _Printing, one: Questionnaire, language: str, call: Call) -> bytes:
    from imfsurvey.interview.sheet import Sheet
    from imfsurvey.report.papers.facts import asked_of, facts_of
    from imfsurvey.report.printed import PrintedSheet, printed_sheet
    from imfsurvey.report.printed.privacy import promises

    t, study, wave = translator(language), printing.study, printing.wave
    facts = facts_of(study, wave, t) if study is not None and wave is not None else None
    keyed = one.anonymous and one.kind != "session"
    printed = PrintedSheet(
        sheet=Sheet(one, printing.framework, language, printing.groups),
        origin=f"{facts.entity} – {facts.wave}" if facts is not None else "",
        promises=tuple(promises(asked_of(one, t), facts, t)),
        keyed=keyed,
        tickets=keyed and facts is not None and facts.tickets,
    )
    return printed_sheet(printed, call.today)


def _advice(printing: _Printing, t: Translator) -> Iterator[str]:
    """What to beware of, and what comes next."""
    wave = printing.wave
    if wave is None:
        return
    if wave.file.status == "draft":
        yield t(
            "The wave is not open yet: groups, key holders and texts may still change. Print the "
            "sheets that are handed out when it is open."
        )
    elif any(one.anonymous and one.kind != "session" for _, one in printing.questionnaires):
        yield t(
            "Next: hand them out, collect them in a closed box, number them at random and type "
            "them in with 'imfsurvey key-in {wave}'.",
            wave=wave.id,
        )
