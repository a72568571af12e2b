"""`imfsurvey targets`: the level that is wanted for each topic, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import click

from imfsurvey.faces.cli.call import Call, Command, CommandGroup
from imfsurvey.faces.cli.layout import wrapped
from imfsurvey.faces.cli.options import json_option, require_apart
from imfsurvey.faces.cli.remarks import remark_lines
from imfsurvey.faces.cli.terminal import WIDTH, narrate, say, say_json
from imfsurvey.framework import Framework
from imfsurvey.i18n.catalogue import Translator
from imfsurvey.report.words import NO_FIGURE, Words, clean
from imfsurvey.study import life
from imfsurvey.study.folder import Study
from imfsurvey.study.results import Target, WaveFigures
from imfsurvey.study.targets import Targets, doubts, framework_of

_NUMBERS: Final = 26


def command(t: Translator, summary: str) -> click.Command:
    """The group of commands in the language of `t`."""
    details = t(
        "Without a command, the list. Whatever nobody has set has the framework's default. A wave "
        "keeps the targets of the day it closes: later changes do not rewrite it."
    )
    group = CommandGroup(
        "targets",
        t,
        help=f"{summary}\n\n{details}",
        callback=_list,
        invoke_without_command=True,
        params=[json_option(t)],
    )
    group.add_command(_set_command(t))
    group.add_command(_clear_command(t))
    return group


def _topics_argument(t: Translator) -> click.Argument:
    return click.Argument(
        ["topics"],
        nargs=-1,
        required=True,
        metavar=t("TOPIC…"),
        help=t("Ids of topics, as 'imfsurvey targets' lists them."),
    )


def _set_command(t: Translator) -> click.Command:
    return Command(
        "set",
        t,
        callback=_set,
        help=t("Want a level for one or more topics."),
        params=[
            _topics_argument(t),
            click.Argument(
                ["level"], type=int, metavar=t("LEVEL"), help=t("The level that is wanted.")
            ),
            click.Option(
                ["--why"],
                required=True,
                metavar=t("TEXT"),
                help=t("Which risk makes this level necessary, or enough."),
            ),
        ],
    )


def _clear_command(t: Translator) -> click.Command:
    return Command(
        "clear",
        t,
        callback=_clear,
        help=t("Give topics the framework's default back."),
        params=[_topics_argument(t)],
    )


@click.pass_context
def _list(context: click.Context, as_json: bool) -> None:
    if context.invoked_subcommand is not None:
        require_apart(context.invoked_subcommand, True, {"--json": as_json})
        return
    call = context.ensure_object(Call)
    study = call.study()
    framework, last = framework_of(study), _last(study, call)
    targets = {one.topic: one for one in Targets(study.folder).of(framework)}
    if as_json:
        say_json([_plain(one, last) for one in targets.values()])
        return
    for line in _lines(framework, targets, last, call.t):
        say(line)


@click.pass_obj
def _set(call: Call, topics: tuple[str, ...], level: int, why: str) -> None:
    study = call.study()
    framework = framework_of(study)
    Targets(study.folder).set(framework, topics, level, why, call.today)
    last, t = _last(study, call), call.t
    for one in Targets(study.folder).of(framework):
        if one.topic in topics:
            for line in remark_lines(doubts(one, last), t):
                narrate(line)
    narrate(t.plural("{n} target is set.", "{n} targets are set.", len(set(topics))))


@click.pass_obj
def _clear(call: Call, topics: tuple[str, ...]) -> None:
    study, t = call.study(), call.t
    Targets(study.folder).clear(framework_of(study), topics, call.today)
    narrate(
        t.plural(
            "{n} topic has the framework's default again.",
            "{n} topics have the framework's default again.",
            len(set(topics)),
        )
    )


def _last(study: Study, call: Call) -> WaveFigures | None:
    """The figures of the last wave that was opened."""
    opened = [wave for wave in study.waves if wave.file.status != "draft"]
    return life.results(study, opened[-1], call.today).figures if opened else None


def _level(topic: str, figures: WaveFigures | None) -> int | None:
    if figures is None or figures.maturity is None or topic not in figures.maturity.ratings:
        return None
    return figures.maturity.ratings[topic].level


def _lines(
    framework: Framework,
    targets: Mapping[str, Target],
    last: WaveFigures | None,
    t: Translator,
) -> Iterator[str]:
    words = Words(t.language, framework)
    room = WIDTH - _NUMBERS
    yield f"{t('TARGETS'):<{room}}{t('Now'):>{_NUMBERS // 2}}{t('Target'):>{_NUMBERS // 2}}"
    under = ""
    for topic in framework.rated_topics:
        if topic.under != under:
            under = topic.under
            yield ""
            yield words.label(under).upper()
        *above, end = wrapped(words.text(topic.label), "  ", width=room - 2)
        yield from above
        target, level = targets.get(topic.id), _level(topic.id, last)
        now = NO_FIGURE if level is None else str(level)
        wanted = NO_FIGURE if target is None else f"{target.level}{'' if target.default else '*'}"
        yield f"{end:<{room}}{now:>{_NUMBERS // 2}}{wanted:>{_NUMBERS // 2}}"
        yield f"    {topic.id}"
        if target is not None and target.why:
            yield from wrapped(clean(target.why), "    ")
        if target is not None and not target.default:
            for line in remark_lines(doubts(target, last), t):
                yield from wrapped(line, "    ")
    yield ""
    yield from wrapped(t("*: set by the entity; the others are the framework's defaults."))


def _plain(target: Target, last: WaveFigures | None) -> dict[str, Any]:
    level = _level(target.topic, last)
    return {
        "topic": target.topic,
        "target": target.level,
        "default": target.default,
        "why": target.why,
        "set_on": target.on.isoformat() if target.on else None,
        "level": level,
        "gap": None if level is None else max(target.level - level, 0),
        "wave": last.wave if last else None,
    }
