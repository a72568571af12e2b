"""`imfsurvey wave list` and `show`: how the measurements of a study stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import click

from imfsurvey.faces.cli.call import Call, Command
from imfsurvey.faces.cli.options import json_option, wave_argument
from imfsurvey.faces.cli.terminal import narrate, say, say_json, say_sentence
from imfsurvey.faces.words import rater_word, status_word
from imfsurvey.i18n import formats
from imfsurvey.i18n.catalogue import Translator
from imfsurvey.questionnaire import Questionnaire
from imfsurvey.questionnaire.hashes import data_hash
from imfsurvey.questionnaire.model import FLOOR_K
from imfsurvey.study.assessment import Assessment
from imfsurvey.study.boxes import count_responses
from imfsurvey.study.kinds import RATERS
from imfsurvey.study.purging import destruction_record
from imfsurvey.study.scoring import surveys
from imfsurvey.study.wave import Wave


def list_command(t: Translator) -> click.Command:
    """The command in the language of `t`."""
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


def show_command(t: Translator) -> click.Command:
    """The command in the language of `t`."""
    return Command(
        "show",
        t,
        callback=_show,
        help=t("Show how a wave stands: its questionnaires, its raters, how many responded."),
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
    if wave.file.revision is not None:
        revision = wave.file.revision
        words = t("Revision {number} of wave {wave}. Reason given: {why}", number=revision.number,
                  wave=revision.of, why=revision.why)  # fmt: skip
        say_sentence(words)
    if wave.file.status != "draft":  # counted on the day of opening
        say(t.plural("{n} person in the groups", "{n} people in the groups", wave.headcount))
        for line in _kept(wave, call):
            say_sentence(line)
    for one in wave.questionnaires.values():
        say(f"  {wave.stem(one.id):<14} {title_of(one, t)}")
        if wave.file.status == "draft":
            continue
        for line in _answered(wave, one, t):
            say(f"  {'':<14} {line}")


def _kept(wave: Wave, call: Call) -> Iterator[str]:
    """Who can read responses and until when they are kept, or that they are gone."""
    t, until, record = call.t, wave.file.keep_until, destruction_record(wave)
    if record is not None:
        yield t("Responses were destroyed on {date}.", date=formats.date(record.on, t.language))
        return
    yield from sealed_to(wave, t)
    if until is not None and wave.file.seal is not None:
        yield t("Responses are kept until {date}.", date=formats.date(until, t.language))
        if call.today > until:
            yield t("That day is past: 'imfsurvey purge {wave}'.", wave=wave.id)


def _answered(wave: Wave, questionnaire: Questionnaire, t: Translator) -> Iterator[str]:
    if questionnaire.anonymous:
        if questionnaire in surveys(wave) and destruction_record(wave) is None:
            yield responses_words(wave, questionnaire, t)
        return
    assessment = Assessment(wave)
    for rater in RATERS:
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
    counted = None if wave.file.status == "draft" else wave.headcount  # on the day of opening
    return {"id": wave.id, **{name: file[name] for name in shown}, "headcount": counted}


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


# --- words for several commands ---------------------------------------------------------------


def sealed_to(wave: Wave, t: Translator) -> Iterator[str]:
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


def title_of(questionnaire: Questionnaire, t: Translator) -> str:
    """What a questionnaire is called."""
    return questionnaire.questionnaire.title.say(t.language)


def responses_words(wave: Wave, survey: Questionnaire, t: Translator) -> str:
    """A total, never an exact one below the floor of disclosure control."""
    count = count_responses(wave, survey)
    if count < FLOOR_K:
        return t("fewer than {k} responses", k=FLOOR_K)
    return t.plural("{n} response", "{n} responses", count)
