"""`imfsurvey policy`: the integrity policy of the study, written, judged, approved, printed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from imfsurvey.faces.action_words import balance_words
from imfsurvey.faces.cli.call import Call, Command, CommandGroup
from imfsurvey.faces.cli.layout import wrapped
from imfsurvey.faces.cli.options import (
    format_option,
    json_option,
    languages_option,
    listed,
    plain_option,
    reports_option,
)
from imfsurvey.faces.cli.terminal import (
    narrate,
    require_screens,
    say,
    say_files,
    say_json,
    screens_possible,
)
from imfsurvey.faces.policy_words import grade_word, missing_words, smart_words, state_words
from imfsurvey.i18n import formats
from imfsurvey.i18n.catalogue import LANGUAGES, Translator
from imfsurvey.questionnaire import Questionnaire
from imfsurvey.report import FORMS
from imfsurvey.study.actions.action import day_of
from imfsurvey.study.folder import REPORTS
from imfsurvey.study.policy.approval import approve, require_day
from imfsurvey.study.policy.standing import Standing, standing
from imfsurvey.study.policy.text import PolicyText

_INDENT = "      "


def command(t: Translator, summary: str) -> click.Command:
    """The group of commands in the language of `t`."""
    details = t(
        "Without a command, the policy opens on the screen; elsewhere its state is printed."
    )
    group = CommandGroup(
        "policy",
        t,
        callback=_policy,
        invoke_without_command=True,
        help=f"{summary}\n\n{details}",
    )
    for build in (_edit_command, _status_command, _approve_command, _write_command):
        group.add_command(build(t))
    return group


@click.pass_context
def _policy(context: click.Context) -> int:
    if context.invoked_subcommand is not None:
        return 0
    call = context.ensure_object(Call)
    if screens_possible():
        return _on_screen(call)
    _say_status(call)
    return 0


def _on_screen(call: Call) -> int:
    from imfsurvey.faces.tui import run_policy

    return run_policy(call.study(), call.t.language)


# --- writing ----------------------------------------------------------------------------------


def _edit_command(t: Translator) -> click.Command:
    return Command(
        "edit",
        t,
        callback=_edit,
        help=t("Write at the policy. Everything is saved at once."),
        params=[plain_option(t)],
    )


@click.pass_obj
def _edit(call: Call, *, plain: bool) -> int:
    if plain:
        from imfsurvey.faces.plain import run_plain_policy

        return run_plain_policy(PolicyText(call.study()), call.t.language)
    require_screens()
    return _on_screen(call)


# --- its state --------------------------------------------------------------------------------


def _status_command(t: Translator) -> click.Command:
    return Command(
        "status",
        t,
        callback=_status,
        help=t(
            "Print how complete each section is, what is missing, what is not SMART, and the "
            "balance of the planned actions."
        ),
        params=[json_option(t)],
    )


@click.pass_obj
def _status(call: Call, as_json: bool) -> None:
    if as_json:
        text = PolicyText(call.study())
        found = standing(text, call.t.language, call.today)
        say_json(_plain(found, text.questionnaire, call.t))
    else:
        _say_status(call)


def _say_status(call: Call) -> None:
    t, text = call.t, PolicyText(call.study())
    found = standing(text, t.language, call.today)
    asked = text.questionnaire
    titles = {one.id: one.title.say(t.language) for one in asked.sections}
    for line in wrapped(state_words(found, t)):
        say(line)
    say(t.plural("{n} version is kept.", "{n} versions are kept.", found.versions))
    say()
    for one in found.sections:
        share = formats.percent(one.share.numerator / one.share.denominator, t.language)
        words = f"{titles[one.section]} – {grade_word(one.grade, t)}, {share}"
        for line in wrapped(words, f"{one.grade}   "):
            say(line)
        for missing in one.missing:
            for line in wrapped(missing_words(missing, asked, t), f"{_INDENT}- "):
                say(line)
    if found.hints:
        say()
        say(t("Hints (SMART)"))
        for hint in found.hints:
            for line in wrapped(smart_words(hint, asked, t), f"{_INDENT}- "):
                say(line)
    if found.planned.balance is not None:
        say()
        for line in wrapped(balance_words(found.planned, found.band, t)):
            say(line)


def _plain(found: Standing, asked: Questionnaire, t: Translator) -> dict[str, Any]:
    approved_on = found.approval.approved_on
    return {
        "state": found.state,
        "approved_on": approved_on.isoformat() if approved_on else None,
        "approved_by": found.approval.approved_by,
        "versions": found.versions,
        "sections": [
            {
                "section": one.section,
                "grade": one.grade,
                "share": one.share.numerator / one.share.denominator,
                "missing": [
                    {
                        "item": missing.item,
                        "lack": missing.lack,
                        "entry": missing.entry,
                        "field": missing.field,
                        "words": missing_words(missing, asked, t),
                    }
                    for missing in one.missing
                ],
            }
            for one in found.sections
        ],
        "hints": [
            {"item": one.item, "entry": one.entry, "words": t.messages.gettext(one.words)}
            for one in found.hints
        ],
        "balance": {
            "controlling": found.planned.controlling,
            "stimulating": found.planned.stimulating,
            "both": found.planned.both,
            "balance": found.planned.balance,
            "low": found.band[0],
            "high": found.band[1],
            "outside": found.planned.outside(*found.band),
        },
    }


# --- approval ---------------------------------------------------------------------------------


def _approve_command(t: Translator) -> click.Command:
    return Command(
        "approve",
        t,
        callback=_approve,
        help=t(
            "Say when and by whom the policy was approved. It is written into study.yaml, and "
            "counts for waves that close on that day or later."
        ),
        params=[
            click.Option(
                ["--on"],
                required=True,
                metavar=t("DATE"),
                help=t("The day, such as 04/05/2026."),
            ),
            click.Option(
                ["--by"], required=True, metavar=t("NAME"), help=t("Who, such as a council.")
            ),
        ],
    )


@click.pass_obj
def _approve(call: Call, on: str, by: str) -> None:
    t, text = call.t, PolicyText(call.study())
    approve(text, require_day(day_of(on), call.today), by, call.today)
    found = standing(text, t.language, call.today)
    narrate(state_words(found, t))
    if found.incomplete:
        narrate(
            t.plural(
                "Mind that {n} section is not complete here: imfsurvey policy status",
                "Mind that {n} sections are not complete here: imfsurvey policy status",
                len(found.incomplete),
            )
        )


# --- the document -----------------------------------------------------------------------------


def _write_command(t: Translator) -> click.Command:
    return Command(
        "write",
        t,
        callback=_write,
        help=t("Write the policy as a document. What was written is not translated."),
        params=[
            format_option(t, FORMS, FORMS),
            languages_option(t("Languages of headings (default: the languages of the entity).")),
            click.Option(
                ["--version", "number"],
                type=click.IntRange(1),
                metavar=t("NUMBER"),
                help=t("A version that was kept, instead of the text as it stands."),
            ),
            reports_option(t),
            json_option(t),
        ],
    )


@click.pass_obj
def _write(
    call: Call,
    formats: str,
    languages: str | None,
    number: int | None,
    output: Path | None,
    as_json: bool,
) -> None:
    from imfsurvey.report.policy import PolicyStanding, write_policy

    study = call.study()
    text = PolicyText(study)
    version = text.version(number) if number is not None else None
    wanted = listed(languages, "--languages", LANGUAGES) or study.file.entity.languages
    written = write_policy(
        text.interview(wanted[0], call.today, version.answers if version else None),
        PolicyStanding.of(text, version),
        output.resolve() if output else study.folder / REPORTS,
        wanted,
        listed(formats, "--format", FORMS),
        call.today,
    )
    told = call.t.plural("{n} file is written:", "{n} files are written:", len(written))
    say_files(written, told, as_json=as_json)
