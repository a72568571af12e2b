"""`imfsurvey wave`: the measurement cycle."""

from __future__ import annotations

import datetime
import typing
from collections.abc import Iterator, Mapping
from typing import Any

import click

from imfsurvey.faces.cli.call import (
    Call,
    Command,
    CommandGroup,
    json_option,
    wave_argument,
    yes_option,
)
from imfsurvey.faces.cli.faults import problem_lines
from imfsurvey.faces.cli.terminal import confirm, narrate, say, say_json
from imfsurvey.faces.cli.unseal import closing_lines, unseal_command
from imfsurvey.faces.words import rater_word, status_word
from imfsurvey.i18n import formats
from imfsurvey.i18n.catalogue import Translator
from imfsurvey.questionnaire import Questionnaire
from imfsurvey.questionnaire.hashes import data_hash
from imfsurvey.questionnaire.model import FLOOR_K
from imfsurvey.questionnaire.shipped import PERCEPTION, SELF_ASSESSMENT
from imfsurvey.study import life
from imfsurvey.study.assessment import Assessment, raters_of
from imfsurvey.study.boxes import count_responses
from imfsurvey.study.closing import closing_record
from imfsurvey.study.folder import REPORTS
from imfsurvey.study.purging import destruction_record
from imfsurvey.study.results import WaveFigures, WaveKind
from imfsurvey.study.scoring import self_assessments, surveys
from imfsurvey.study.wave import Wave


def command(t: Translator, summary: str) -> click.Command:
    """The group of commands in the language of `t`."""
    group = CommandGroup("wave", t, help=summary)
    for build in (
        _new_command,
        _open_command,
        _close_command,
        unseal_command,
        _list_command,
        _show_command,
    ):
        group.add_command(build(t))
    return group


# --- new, open ------------------------------------------------------------------------------


def _new_command(t: Translator) -> click.Command:
    return Command(
        "new",
        t,
        callback=_new,
        help=t("Make a wave. Nothing is fixed before it is opened."),
        params=[
            click.Option(
                ["--kind"],
                type=click.Choice(typing.get_args(WaveKind)),
                required=True,
                help=t("Zero measurement, annual one, or final one of a mandate."),
            ),
            click.Option(
                ["--year"],
                type=click.IntRange(1990, 2100),
                metavar=t("YEAR"),
                help=t("The year in its name (default: this year)."),
            ),
            click.Option(
                ["--name"],
                metavar=t("ID"),
                help=t("Another id than year and kind, such as 2026-zero."),
            ),
            click.Option(
                ["--short/--full"],
                default=None,
                help=t(
                    "Ask core topics only, or all of them (default: core topics in an annual "
                    "measurement, all in the others)."
                ),
            ),
            click.Option(
                ["--questionnaire", "questionnaires"],
                multiple=True,
                metavar=t("FILE"),
                help=t(
                    "A file below the study's own 'questionnaires' folder or a shipped one, once "
                    "for each (default: the shipped self-assessment and perception survey)."
                ),
            ),
        ],
    )


@click.pass_obj
def _new(
    call: Call,
    kind: WaveKind,
    year: int | None,
    name: str | None,
    short: bool | None,
    questionnaires: tuple[str, ...],
) -> None:
    wave = call.study().new_wave(
        kind,
        year or call.today.year,
        name=name,
        questionnaires=questionnaires or (*SELF_ASSESSMENT, PERCEPTION),
        short=kind == "annual" if short is None else short,
    )
    narrate(call.t("Wave {wave} is made. Next: 'imfsurvey wave open {wave}'.", wave=wave.id))


def _open_command(t: Translator) -> click.Command:
    return Command(
        "open",
        t,
        callback=_open,
        help=t("Freeze the questionnaires of a wave and start collecting answers."),
        params=[
            wave_argument(t),
            click.Option(
                ["--key", "keys"],
                multiple=True,
                metavar=t("KEY"),
                help=t(
                    "Seal what the staff answer to this key, once for each (default: all keys of "
                    "the study)."
                ),
            ),
            click.Option(
                ["--four-eyes"],
                is_flag=True,
                help=t("Unseal only with all keys together; without this, any one is enough."),
            ),
            click.Option(
                ["--one-key"],
                is_flag=True,
                help=t("Accept a single key, and that its loss is the loss of all answers."),
            ),
            click.Option(
                ["--keep-until"],
                type=click.DateTime(["%Y-%m-%d"]),
                metavar=t("DATE"),
                help=t(
                    "How long responses are kept, such as 2027-12-31 (default: to the end of "
                    "next year). Tell respondents."
                ),
            ),
        ],
    )


@click.pass_obj
def _open(
    call: Call,
    name: str,
    keys: tuple[str, ...],
    four_eyes: bool,
    one_key: bool,
    keep_until: datetime.datetime | None,
) -> None:
    study = call.study()
    draft = study.wave(name)
    draft.require("draft")
    warnings = life.small_cells(study, draft)
    wave = life.open_wave(
        study,
        draft,
        call.today,
        keys=keys,
        opening="all_of" if four_eyes else "any_of",
        one_key=one_key,
        keep_until=keep_until.date() if keep_until else None,
    )
    for line in _sealed_to(wave, call.t):
        narrate(line)
    for warning in warnings:
        for line in problem_lines(warning, call.t):
            narrate(line)
    narrate(
        call.t(
            "Wave {wave} is open: its questionnaires are fixed now. Next: 'imfsurvey answer "
            "{wave}'.",
            wave=wave.id,
        )
    )


def _sealed_to(wave: Wave, t: Translator) -> Iterator[str]:
    """Who will be able to read the answers of the staff."""
    seal = wave.file.seal
    if seal is None:
        return
    names = formats.joined([one.holder for one in seal.keys], t.language)
    if len(seal.keys) == 1:
        yield t("Answers of the staff can be unsealed by {names} alone.", names=names)
    elif seal.opening == "all_of":
        yield t("Answers of the staff can only be unsealed by {names} together.", names=names)
    else:
        yield t("Answers of the staff can be unsealed by {names}, each alone.", names=names)


# --- close ----------------------------------------------------------------------------------


def _close_command(t: Translator) -> click.Command:
    details = t(
        "This is final: nothing can be answered afterwards, and the figures stay as they are. "
        "What is unfinished and how many responded is said first."
    )
    return Command(
        "close",
        t,
        callback=_close,
        help=f"{t('Stop collecting and compute the figures of a wave.')}\n\n{details}",
        params=[
            wave_argument(t),
            click.Option(
                ["--place"],
                metavar=t("NAME"),
                default="",
                help=t(
                    "What to call this computer in the closing record, when several collect, "
                    "such as 'laptop B'."
                ),
            ),
            yes_option(t),
        ],
    )


@click.pass_obj
def _close(call: Call, name: str, place: str, yes: bool) -> None:
    t = call.t
    study = call.study()
    wave = study.wave(name)
    wave.require("open")
    for line in _standing(wave, life.results(study, wave, call.today).figures, t):
        narrate(line)
    if not yes:
        question = t("Closing wave {wave} is final: nothing can be answered after it.", wave=name)
        confirm(question, t)
    life.close_wave(study, wave, call.today, place=place)
    closed = study.wave(name)
    for line in closing_lines(closed, t):
        narrate(line)
    record = closing_record(closed)
    if record is not None:
        from imfsurvey.report.closing import write_closing_page  # Typst behind it takes time

        page = write_closing_page(study, closed, record, study.folder / REPORTS, t)
        narrate(t("Closing record, to be printed and signed: {file}", file=page))
        next_step = t(
            "Wave {wave} is closed. Next: a key holder runs 'imfsurvey wave unseal {wave}'.",
            wave=name,
        )
    else:
        next_step = t("Wave {wave} is closed. Next: 'imfsurvey results {wave}'.", wave=name)
    narrate(next_step)


def _standing(wave: Wave, figures: WaveFigures, t: Translator) -> Iterator[str]:
    """What is unfinished, and how many responded."""
    if self_assessments(wave) and not figures.raters:
        yield t("Nobody has started the self-assessment.")
    for one in figures.unfinished:
        yield t.plural(
            "{rater}: {n} item of '{questionnaire}' is still open.",
            "{rater}: {n} items of '{questionnaire}' are still open.",
            one.open_items,
            rater=rater_word(one.rater, t),
            questionnaire=_title(wave.questionnaires[one.questionnaire], t),
        )
    for survey in surveys(wave):
        title = _title(survey, t)
        yield t("{name}: {value}", name=title, value=_responses(wave, survey, t))


def _title(questionnaire: Questionnaire, t: Translator) -> str:
    return questionnaire.questionnaire.title.say(t.language)


def _responses(wave: Wave, survey: Questionnaire, t: Translator) -> str:
    """A total, never an exact one below the floor of disclosure control."""
    count = count_responses(wave, survey)
    if count < FLOOR_K:
        return t("fewer than {k} responses", k=FLOOR_K)
    return t.plural("{n} response", "{n} responses", count)


# --- list, show -----------------------------------------------------------------------------


def _list_command(t: Translator) -> click.Command:
    return Command(
        "list", t, callback=_list, help=t("List the waves of a study."), params=[json_option(t)]
    )


@click.pass_obj
def _list(call: Call, as_json: bool) -> None:
    waves = call.study().waves
    if as_json:
        say_json([_plain(wave) for wave in waves])
        return
    for wave in waves:
        say(f"{wave.id:<16} {_status(wave, call.t)}")
    if not waves:
        narrate(call.t("No wave yet. Next: 'imfsurvey wave new --kind zero'."))


def _show_command(t: Translator) -> click.Command:
    return Command(
        "show",
        t,
        callback=_show,
        help=t("Show how a wave stands: its questionnaires and who has answered."),
        params=[wave_argument(t), json_option(t)],
    )


@click.pass_obj
def _show(call: Call, name: str, as_json: bool) -> None:
    t = call.t
    wave = call.study().wave(name)
    if as_json:
        say_json({**_plain(wave), "questionnaires": [*_questionnaires(wave)]})
        return
    say(t("{name}: {value}", name=wave.id, value=wave.file.label.say(t.language)))
    say(_status(wave, t))
    if wave.file.status != "draft":  # counted on the day of opening
        say(t.plural("{n} person in the groups", "{n} people in the groups", wave.headcount))
        for line in (*_sealed_to(wave, t), *_kept(wave, call)):
            say(line)
    for one in wave.questionnaires.values():
        say(f"  {wave.stem(one.id):<14} {_title(one, t)}")
        if wave.file.status == "draft":
            continue
        for line in _answered(wave, one, t):
            say(f"  {'':<14} {line}")


def _kept(wave: Wave, call: Call) -> Iterator[str]:
    """Until when responses are kept, and what became of them."""
    t, until, record = call.t, wave.file.keep_until, destruction_record(wave)
    if record is not None:
        yield t("Responses were destroyed on {date}.", date=formats.date(record.on, t.language))
    elif until is not None and wave.file.seal is not None:
        yield t("Responses are kept until {date}.", date=formats.date(until, t.language))
        if call.today > until:
            yield t("That day is past: 'imfsurvey purge {wave}'.", wave=wave.id)


def _answered(wave: Wave, questionnaire: Questionnaire, t: Translator) -> Iterator[str]:
    if questionnaire.anonymous:
        if questionnaire in surveys(wave):
            yield _responses(wave, questionnaire, t)
        return
    assessment = Assessment(wave)
    for rater in raters_of(questionnaire):
        draft = assessment.draft(questionnaire, rater)
        if draft is not None:
            state = t("finished") if draft.finished else t("begun")
            yield t("{name}: {value}", name=rater_word(rater, t), value=state)


def _status(wave: Wave, t: Translator) -> str:
    """How a wave stands and since when."""
    file = wave.file
    if file.closed_on is not None:
        return t("closed on {date}", date=formats.date(file.closed_on, t.language))
    if file.opened_on is not None:
        return t("open since {date}", date=formats.date(file.opened_on, t.language))
    return status_word(file.status, t)


def _plain(wave: Wave) -> dict[str, Any]:
    file = wave.file.model_dump(mode="json")
    shown = ("kind", "label", "status", "opened_on", "closed_on")
    return {"id": wave.id, **{name: file[name] for name in shown}, "headcount": wave.headcount}


def _questionnaires(wave: Wave) -> Iterator[Mapping[str, Any]]:
    for one in wave.questionnaires.values():
        yield {
            "name": wave.stem(one.id),
            "id": one.id,
            "version": one.questionnaire.version,
            "kind": one.kind,
            "languages": list(one.questionnaire.languages),
            "hash": one.form_hash,
            "data_hash": data_hash(one),
        }
