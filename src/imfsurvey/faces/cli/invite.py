"""`imfsurvey invite`: letters with a code each, a list for a mail merge, reminders to all."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Callable, Mapping, Sequence
from typing import Final

import click

from imfsurvey.faces.cli.call import Call, Command
from imfsurvey.faces.cli.faults import WrongUseError
from imfsurvey.faces.cli.options import require_apart, require_beside, wave_argument
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
from imfsurvey.study.standing import answered_so_far
from imfsurvey.study.wave import Wave

COLUMNS: Final = ("code", "address", "link")


def command(t: Translator, summary: str) -> click.Command:
    """The command in the language of `t`."""
    details = t(
        "New tickets are made for the letters. Let somebody who does not lead the survey, such as "
        "a staff representative, put them into envelopes, shuffle these and hand them out: then "
        "nobody knows who has which code. Remind all or nobody: --reminder writes one letter, the "
        "same for everybody, without a code."
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
                type=click.Choice(["pdf", "csv", "txt"]),
                default="pdf",
                show_default=True,
                help=t(
                    "Letters to print, or a list of codes for a mail merge, without names; a "
                    "reminder also as text for a mail."
                ),
            ),
            click.Option(
                ["--reminder"],
                is_flag=True,
                help=t("Write a reminder to everybody instead; no ticket is made."),
            ),
            click.Option(
                ["--until"],
                type=click.DateTime(["%Y-%m-%d"]),
                metavar=t("DATE"),
                help=t("The last day to answer, which the reminder names, such as 2026-11-30."),
            ),
            count_option(t),
            address_option(t),
        ],
    )


@click.pass_obj
def _invite(
    call: Call,
    name: str,
    kind: str,
    reminder: bool,
    until: datetime.datetime | None,
    count: int | None,
    address: str | None,
) -> None:
    require_beside("--reminder", reminder, {"--until": until})
    require_apart("--reminder", reminder, {"-n": count})
    study = call.study()
    wave = study.wave(name)
    wave.require("open")
    survey = _survey(wave)
    if reminder:
        _remind(call, study, wave, survey, kind, until.date() if until else None, address or "")
        return
    if not address:
        raise WrongUseError("IMF-F171", "Say where people answer: --address https://…")
    if kind == "txt":
        raise WrongUseError(
            "IMF-F322", "Letters with codes are written as pdf or csv; a reminder as txt too."
        )
    _write_invitations(call, study, wave, survey, kind, count, address)


def _write_invitations(
    call: Call,
    study: Study,
    wave: Wave,
    survey: Questionnaire,
    kind: str,
    count: int | None,
    address: str,
) -> None:
    t = call.t
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


def _remind(
    call: Call,
    study: Study,
    wave: Wave,
    survey: Questionnaire,
    kind: str,
    until: datetime.date | None,
    address: str,
) -> None:
    """Write the reminder. Raises `WrongUseError` without a last day that is still to come."""
    if until is None:
        raise WrongUseError("IMF-F320", "Say until when people can answer: --until 2026-11-30")
    if until < call.today:
        raise WrongUseError("IMF-F321", "The last day to answer, {date}, is past.", date=until)
    from imfsurvey.report.pdf.reminder import reminder_letter  # Typst behind it takes time
    from imfsurvey.report.reminder import Reminder, as_rows, as_text

    asked = survey.questionnaire
    said = Reminder(
        titles={language: asked.title.say(language) for language in asked.languages},
        entity=study.file.entity.name,
        officer=study.file.officer.name,
        until=until,
        responses=answered_so_far(wave, survey),
        groups=len(wave.file.groups),
        k=survey.privacy.k_total,
        tickets=ticket_book(wave).exists(),
        address=address.rstrip("#"),
    )
    contents: Mapping[str, Callable[[], bytes]] = {
        "pdf": lambda: reminder_letter(said, call.t),
        "csv": lambda: as_rows(said),
        "txt": lambda: as_text(said).encode("utf-8"),
    }
    path = free_file(study.folder / REPORTS, f"{wave.id}-reminder", kind)
    with explained(path):
        replace_file(path, contents[kind](), mode=0o644)
    narrate(call.t("Reminder, the same for everybody: {file}", file=path))
    narrate(call.t("Next: send it to all who were invited, also to those who say they answered."))


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
