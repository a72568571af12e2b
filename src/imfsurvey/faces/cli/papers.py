"""`imfsurvey papers`: impact assessment, register entry and notice as drafts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

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
from imfsurvey.faces.cli.terminal import narrate, say_files
from imfsurvey.i18n.catalogue import LANGUAGES, Translator, translator

if TYPE_CHECKING:
    from imfsurvey.report.papers.writing import PaperForm

FORMS: Final[tuple[PaperForm, ...]] = ("docx", "md")


def command(t: Translator, summary: str) -> click.Command:
    """The command in the language of `t`."""
    details = t(
        "Drafts for the data protection officer, made from the study and the questionnaires of the "
        "wave: an impact assessment, an entry for the record of processing activities and the "
        "notice for the staff. What the program cannot know is marked as to be completed. Make "
        "them before the wave opens, and once more when it is open."
    )
    return Command(
        "papers",
        t,
        callback=_papers,
        help=f"{summary}\n\n{details}",
        params=[
            wave_argument(t),
            format_option(t, FORMS, FORMS),
            languages_option(t("One set for each (default: the language of the interface).")),
            reports_option(t),
            json_option(t),
        ],
    )


@click.pass_obj
def _papers(
    call: Call, name: str, formats: str, languages: str | None, output: Path | None, as_json: bool
) -> None:
    from imfsurvey.report.papers.facts import facts_of
    from imfsurvey.report.papers.writing import papers, write_papers
    from imfsurvey.study.folder import REPORTS

    study = call.study()
    wave = study.wave(name)
    forms = listed(formats, "--format", FORMS)
    folder = output.resolve() if output else study.folder / REPORTS
    written = []
    for language in listed(languages, "--languages", LANGUAGES) or [call.t.language]:
        t = translator(language)
        made = papers(facts_of(study, wave, t), t, call.today)
        written += write_papers(made, folder, wave.id, forms)
    told = call.t.plural("{n} paper is written:", "{n} papers are written:", len(written))
    say_files(written, told, as_json=as_json)
    if not as_json:
        narrate(
            call.t(
                "They are drafts: what is marked as to be completed is for you and your data "
                "protection officer."
            )
        )
