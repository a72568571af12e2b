"""`imfsurvey report`: the summary report as files."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from imfsurvey.faces.cli.call import Call, Command
from imfsurvey.faces.cli.options import (
    format_option,
    json_option,
    languages_option,
    listed,
    reports_option,
    wave_argument,
)
from imfsurvey.faces.cli.terminal import narrate, say, say_json
from imfsurvey.i18n.catalogue import LANGUAGES, N_, Translator
from imfsurvey.report import FORMS, write
from imfsurvey.study import life
from imfsurvey.study.actions.plan import ActionPlan
from imfsurvey.study.folder import REPORTS

_DEFAULT: Final = ("html", "pdf")

_FEW: Final = 4
"""Files that are there before anybody wonders."""


def command(t: Translator, summary: str) -> click.Command:
    """The command in the language of `t`."""
    details = t("The last wave is reported; the ones before it are compared with it.")
    return Command(
        "report",
        t,
        callback=_report,
        help=f"{summary}\n\n{details}",
        params=[
            wave_argument(t, several=True),
            format_option(t, FORMS, _DEFAULT),
            languages_option(t("One report for each (default: the languages of the entity).")),
            reports_option(t),
            click.Option(
                ["--template"],
                type=click.Path(path_type=Path, file_okay=False),
                metavar=t("DIR"),
                help=t("Templates of your own for html, md and docx: see 'imfsurvey template'."),
            ),
            json_option(t),
        ],
    )


@click.pass_obj
def _report(
    call: Call,
    names: tuple[str, ...],
    formats: str,
    languages: str | None,
    output: Path | None,
    template: Path | None,
    as_json: bool,
) -> None:
    study = call.study()
    waves = [life.results(study, study.wave(name), call.today) for name in names]
    spoken = listed(languages, "--languages", LANGUAGES) or study.file.entity.languages
    forms = listed(formats, "--format", FORMS)
    folder = output.resolve() if output else study.folder / REPORTS
    count = len(spoken) * len(forms)
    if count > _FEW:
        told = N_("{n} files to write into {dir}; each is named once it is there, whole.")
        narrate(call.t(told, n=count, dir=folder))
    written = write(
        waves,
        folder,
        spoken,
        forms,
        call.today,
        actions=ActionPlan(study).actions,
        house=template.absolute() if template else None,
        wrote=_narrated if as_json else _told,
    )
    if as_json:
        say_json({"files": [str(path) for path in written]})
        return
    narrate(call.t.plural("{n} report is written.", "{n} reports are written.", len(written)))


def _told(path: Path) -> None:
    say(str(path))


def _narrated(path: Path) -> None:
    """JSON comes as one, at the end; who waits for it sees on stderr how far it is."""
    narrate(str(path))
