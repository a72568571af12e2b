"""`imfsurvey invite`: letters with a code each, or a list for a mail merge."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Final

import click

from imfsurvey.faces.cli.call import Call, Command, wave_argument
from imfsurvey.faces.cli.faults import WrongUseError
from imfsurvey.faces.cli.terminal import narrate
from imfsurvey.faces.cli.tickets import address_option, count_option, free_file, told
from imfsurvey.i18n.catalogue import Translator
from imfsurvey.i18n.errors import RefusedError
from imfsurvey.questionnaire import Questionnaire
from imfsurvey.store.disk import explained, replace_file
from imfsurvey.study.boxes import ticket_book
from imfsurvey.study.codes import shown
from imfsurvey.study.folder import REPORTS, Study
from imfsurvey.study.issuing import advised, issue_tickets
from imfsurvey.study.scoring import surveys
from imfsurvey.study.wave import Wave

COLUMNS: Final = ("code", "address", "link")


def command(t: Translator, summary: str) -> click.Command:
    """The command in the language of `t`."""
    details = t(
        "New tickets are made for the letters. Let somebody who does not lead the survey, such as "
        "a staff representative, put them into envelopes, shuffle these and hand them out: then "
        "nobody knows who has which code. Remind all or nobody."
    )
    return Command(
        "invite",
        t,
        callback=_invite,
        help=f"{summary}\n\n{details}",
        params=[
            wave_argument(t),
            click.Option(
                ["--format", "kind"],
                type=click.Choice(["pdf", "csv"]),
                default="pdf",
                show_default=True,
                help=t("Letters to print, or a list of codes for a mail merge, without names."),
            ),
            count_option(t),
            address_option(t),
        ],
    )


@click.pass_obj
def _invite(call: Call, name: str, kind: str, count: int | None, address: str | None) -> None:
    t, study = call.t, call.study()
    wave = study.wave(name)
    wave.require("open")
    survey = _survey(wave)
    if not address:
        raise WrongUseError("IMF-F171", "Say where people answer: --address https://…")
    link = address if "#" in address else f"{address}#"
    made = issue_tickets(
        wave, ticket_book(wave), count or advised(wave.headcount), progress=told(t)
    )
    codes = [code for some in made.values() for code in some]
    path = free_file(study.folder / REPORTS, f"{wave.id}-invitations", kind)
    content = _list(codes, link) if kind == "csv" else _letters(study, wave, survey, codes, link, t)
    with explained(path):
        replace_file(path, content)
    narrate(t.plural("{n} invitation: {file}", "{n} invitations: {file}", len(codes), file=path))
    narrate(
        t(
            "Next: print them, let somebody else shuffle and hand them out, and note nowhere who "
            "got which. Then delete the file: whoever has it can answer in the place of others."
        )
    )


def _survey(wave: Wave) -> Questionnaire:
    """What the letters invite to. Raises `RefusedError` F172 when that is not one survey."""
    found = surveys(wave)
    if len(found) != 1:
        raise RefusedError(
            "IMF-F172",
            "Letters invite to one survey, and wave '{wave}' has {count}.",
            wave=wave.id,
            count=len(found),
        )
    return found[0]


def _list(codes: Sequence[str], link: str) -> bytes:
    """The list as spreadsheets in Belgium read it. With a hyphen, no code looks like a number."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for code in codes:
        writer.writerow((shown(code).replace(" ", "-"), link.rstrip("#"), f"{link}{code}"))
    return text.getvalue().encode("utf-8-sig")


def _letters(
    study: Study,
    wave: Wave,
    survey: Questionnaire,
    codes: Sequence[str],
    link: str,
    t: Translator,
) -> bytes:
    from imfsurvey.report.pdf import Invitations, invitation_letters  # Typst behind it takes time

    asked, seal = survey.questionnaire, wave.seal
    return invitation_letters(
        Invitations(
            codes=tuple(codes),
            titles={language: asked.title.say(language) for language in asked.languages},
            entity=study.file.entity.name,
            officer=study.file.officer.name,
            address=link,
            k=survey.privacy.k_total,
            holders=tuple(one.holder for one in seal.keys),
            together=seal.opening == "all_of",
            keep_until=wave.file.keep_until,
        ),
        t,
    )
