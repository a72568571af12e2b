"""`imfsurvey walk`: invented respondents try out every branch of a questionnaire."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import click

from imfsurvey.faces.cli.call import Call, Command
from imfsurvey.faces.cli.faults import problem_lines
from imfsurvey.faces.cli.layout import wrapped
from imfsurvey.faces.cli.options import framework_option, json_option, seed_option
from imfsurvey.faces.cli.terminal import narrate, say, say_json
from imfsurvey.framework import load_framework
from imfsurvey.i18n import formats
from imfsurvey.i18n.catalogue import Translator
from imfsurvey.i18n.describe import describe
from imfsurvey.i18n.errors import InputError
from imfsurvey.interview.explore import explore
from imfsurvey.interview.explored import Exploration, warnings
from imfsurvey.questionnaire import Choice, Questionnaire, questionnaire_from
from imfsurvey.source.document import read
from imfsurvey.source.problems import Problem

_EVERY: Final = 250
"""Respondents between two lines of progress."""
_MOST: Final = 100_000
_ITEM: Final = 52
_COUNT: Final = 14
_SHARE: Final = 12


def command(t: Translator, summary: str) -> click.Command:
    """The command in the language of `t`."""
    details = t(
        "They choose every answer alike, and look for what nobody has come to yet. What none of "
        "them was shown, was offered or could answer is a warning; the exit code stays 0, unless "
        "--strict is given. Nothing is stored. Not found is no proof: try more respondents."
    )
    return Command(
        "walk",
        t,
        callback=_walk,
        help=f"{summary}\n\n{details}",
        params=[
            click.Argument(
                ["file"],
                type=click.Path(path_type=Path),
                metavar=t("FILE"),
                help=t("The questionnaire to try out."),
            ),
            click.Option(
                ["-n", "count"],
                type=click.IntRange(1, _MOST),
                metavar=t("NUMBER"),
                default=1000,
                show_default=True,
                help=t("How many respondents."),
            ),
            seed_option(t, t("The same seed gives the same walks.")),
            framework_option(
                t(
                    "The framework that the questionnaire is made for (default: "
                    "that of the study, else the IMF)."
                ),
                t,
            ),
            json_option(t),
            click.Option(["--strict"], is_flag=True, help=t("Let warnings count as errors do.")),
        ],
    )


@click.pass_obj
def _walk(
    call: Call,
    file: Path,
    count: int,
    seed: int,
    framework: Path | None,
    as_json: bool,
    strict: bool,
) -> int:
    """Print what was found; the exit code."""
    t = call.t
    document = read(file)
    if not isinstance(document.value, dict) or "questionnaire" not in document.value:
        raise InputError(
            "IMF-F140", "'{file}' is no questionnaire: only that can be walked.", file=str(file)
        )
    rules = load_framework(call.framework_file(framework))
    questionnaire = questionnaire_from(document, rules)

    def progress(done: int, total: int) -> None:
        if done % _EVERY == 0 or done == total:
            narrate(t("{done} of {total} respondents", done=done, total=total))

    found = explore(questionnaire, rules, count, seed, _groups(call), call.today, progress)
    problems = warnings(found, questionnaire, document)
    if as_json:
        say_json(_plain(found, problems, t))
    else:
        for line in _sheet(found, questionnaire, t):
            say(line)
        for problem in problems:
            for line in problem_lines(problem, t):
                say(line)
    narrate(t.plural("{n} warning", "{n} warnings", len(problems)))
    return 1 if strict and problems else 0


def _groups(call: Call) -> Sequence[Choice]:
    """Those of the study around, if there is one."""
    study = call.study_if_any()
    if study is None:
        return ()
    return tuple(Choice(code=group.id, text=group.label) for group in study.file.groups)


# --- as text ----------------------------------------------------------------------------------


def _sheet(found: Exploration, questionnaire: Questionnaire, t: Translator) -> Iterator[str]:
    """Who came to which item, how the walks ended, and what was hidden on the way."""
    yield from wrapped(questionnaire.questionnaire.title.say(t.language))
    yield ""
    yield f"{t('ITEM'):<{_ITEM}}{t('Respondents'):>{_COUNT}}{t('Share'):>{_SHARE}}"
    for item, count in found.reached.items():
        share = formats.percent(found.share(item), t.language, 1)
        *above, last = _broken(item)
        yield from above
        yield f"{last:<{_ITEM}}{formats.number(count, t.language):>{_COUNT}}{share:>{_SHARE}}"
    yield ""
    yield from wrapped(
        t(
            "{finished} of {respondents} respondents could finish.",
            finished=formats.number(found.finished, t.language),
            respondents=formats.number(found.respondents, t.language),
        )
    )
    yield from wrapped(
        t(
            "Pages of a walk: {shortest} at least, {longest} at most.",
            shortest=found.shortest,
            longest=found.longest,
        )
    )
    yield from _listed(t("Last pages:"), found.ends, t)
    yield from _listed(t("Answers hidden when an earlier one was changed:"), found.hidden, t)
    yield ""


def _broken(name: str) -> list[str]:
    """An id in lines that leave room for the figures."""
    return [name[at : at + _ITEM - 1] for at in range(0, len(name), _ITEM - 1)]


def _listed(title: str, counted: Mapping[str, int], t: Translator) -> Iterator[str]:
    if not counted:
        return
    yield title
    for item, count in counted.items():
        *above, last = _broken(item)
        yield from (f"  {line}" for line in above)
        yield f"  {last:<{_ITEM - 2}}{formats.number(count, t.language):>{_COUNT}}"


# --- as data ----------------------------------------------------------------------------------


def _plain(found: Exploration, problems: Sequence[Problem], t: Translator) -> dict[str, Any]:
    return {
        "respondents": found.respondents,
        "finished": found.finished,
        "items": [
            {"id": item, "reached": count, "share": found.share(item)}
            for item, count in found.reached.items()
        ],
        "unreached": list(found.unreached),
        "never_offered": {item: list(codes) for item, codes in found.never_offered.items()},
        "kept_open": dict(found.kept_open),
        "never_answered": dict(found.never_answered),
        "hidden": dict(found.hidden),
        "ends": dict(found.ends),
        "pages": {"shortest": found.shortest, "longest": found.longest},
        "warnings": [
            {
                "file": problem.file,
                "line": problem.line,
                "column": problem.column,
                "code": problem.code,
                "message": describe(problem, t),
            }
            for problem in problems
        ],
    }
