"""`imfsurvey new`: a study folder, by options or by questions."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import click

from imfsurvey.faces.cli.call import Call, Command
from imfsurvey.faces.cli.faults import WrongUseError
from imfsurvey.faces.cli.terminal import ask, narrate, on_terminal
from imfsurvey.i18n.catalogue import LANGUAGES, Translator
from imfsurvey.i18n.describe import describe
from imfsurvey.i18n.errors import RefusedError
from imfsurvey.study.folder import Study
from imfsurvey.study.place import STUDY_FILE

_YEARS: Final = 4
"""A mandate lasts five years: the year of its start and four more."""


def command(t: Translator, summary: str) -> click.Command:
    """The command in the language of `t`."""
    details = t(
        "What is not given as an option is asked. The groups are the denominator of the response "
        "rate: every person of the entity is counted in one of them."
    )
    return Command(
        "new",
        t,
        callback=_new,
        help=f"{summary}\n\n{details}",
        params=[
            click.Argument(
                ["folder"],
                type=click.Path(path_type=Path),
                metavar=t("DIR"),
                help=t("The folder to make."),
            ),
            *_options(t),
        ],
    )


def _options(t: Translator) -> list[click.Parameter]:
    name = t("NAME")
    return [
        click.Option(["--entity"], metavar=name, help=t("Name of the police entity.")),
        click.Option(["--mandatary"], metavar=name, help=t("Who holds the mandate.")),
        click.Option(["--officer"], metavar=name, help=t("Who is the integrity officer.")),
        click.Option(
            ["--languages"],
            metavar="fr,nl",
            help=t("Languages of the entity, the first one first (default: fr,nl)."),
        ),
        click.Option(
            ["--period"], metavar="2026-2030", help=t("The years that the policy covers.")
        ),
        click.Option(
            ["--group", "groups"],
            multiple=True,
            metavar=t("ID=LABELS:PEOPLE"),
            help=t(
                'A group of staff, once for each, such as "ops=Opérationnel|Operationeel:120": '
                "id, one label for each language, number of people."
            ),
        ),
    ]


@click.pass_obj
def _new(
    call: Call,
    folder: Path,
    entity: str | None,
    mandatary: str | None,
    officer: str | None,
    languages: str | None,
    period: str | None,
    groups: tuple[str, ...],
) -> None:
    """Complete the options, make the folder, say what comes next."""
    t = call.t
    folder = folder.resolve()
    if (folder / STUDY_FILE).exists():
        raise RefusedError("IMF-T112", "'{folder}' is a study already.", folder=str(folder))
    named = {"--entity": entity, "--mandatary": mandatary, "--officer": officer}
    if on_terminal():
        # What was given is looked at before anything is asked: nobody types all names in vain.
        if period:
            _period(period)
        if languages:
            _languages(languages)
        names = _asked_names(named, t)
        languages = languages or _asked(t("Languages"), _languages, t, "fr,nl")
        spoken = _languages(languages)
        years = f"{call.today.year}-{call.today.year + _YEARS}"
        period = period or _asked(t("Period of the policy"), _period, t, years)
        groups = groups or _asked_groups(spoken, t)
    else:
        names = _given_names(named)
        spoken = _languages(languages or "fr,nl")
    content: dict[str, Any] = {
        "imfsurvey": 1,
        "entity": {"name": names["--entity"], "languages": spoken},
        "mandatary": {"name": names["--mandatary"]},
        "officer": {"name": names["--officer"]},
    }
    if period:
        content["entity"]["period"] = _period(period)
    if groups:
        content["groups"] = [_group(one, spoken) for one in groups]
    Study.create(folder, content)
    narrate(t("The study lies in {folder}.", folder=folder))
    narrate(
        t("Next: go there, then 'imfsurvey keys new officer' and 'imfsurvey wave new --kind zero'.")
    )


# --- what was given -------------------------------------------------------------------------


def _given_names(named: Mapping[str, str | None]) -> dict[str, str]:
    missing = [option for option, value in named.items() if not (value or "").strip()]
    if missing:
        raise WrongUseError(
            "IMF-F120",
            "Without a terminal to ask on, these options are needed: {options}.",
            options=", ".join(missing),
        )
    return {option: (value or "").strip() for option, value in named.items()}


def _languages(text: str) -> list[str]:
    languages = [language.strip().lower() for language in text.split(",")]
    if not set(languages) <= set(LANGUAGES) or len(set(languages)) < len(languages):
        raise WrongUseError(
            "IMF-F121",
            "'{text}' is no list of languages: give some of {known}, with commas between them.",
            text=text,
            known=", ".join(LANGUAGES),
        )
    return languages


def _period(text: str) -> dict[str, int]:
    found = re.fullmatch(r"\s*([0-9]{4})\s*-\s*([0-9]{4})\s*", text)
    if found is None or found[2] < found[1]:
        raise WrongUseError(
            "IMF-F122",
            "'{text}' is no period: give two years, such as 2026-2030.",
            text=text,
        )
    return {"start": int(found[1]), "end": int(found[2])}


def _group(text: str, languages: list[str]) -> dict[str, Any]:
    """`id=label|label:people` as study.yaml has it; a single label serves all languages."""
    found = re.fullmatch(r"\s*([a-z0-9][a-z0-9_-]*)\s*=(.+):\s*([0-9]{1,6})\s*", text)
    labels = [label.strip() for label in found[2].split("|")] if found else []
    if len(labels) == 1:
        labels *= len(languages)
    if found is None or not all(labels) or len(labels) != len(languages):
        raise WrongUseError(
            "IMF-F123",
            "'{text}' is no group: write id=labels:people, with one label for each of "
            '{languages}, such as "ops=Opérationnel|Operationeel:120". An id is in lower-case '
            "letters, digits, '-' and '_'.",
            text=text,
            languages=", ".join(languages),
        )
    return {
        "id": found[1],
        "label": dict(zip(languages, labels, strict=True)),
        "headcount": int(found[3]),
    }


# --- what is asked --------------------------------------------------------------------------


def _asked(
    question: str, check: Callable[[str], object], t: Translator, default: str | None = None
) -> str:
    """An answer that `check` accepts; asked again until it does."""

    def accepted(text: str) -> str:
        try:
            check(text)
        except WrongUseError as error:
            raise click.BadParameter(describe(error, t)) from error
        return text.strip()

    answer: str = ask(question, t, default=default, show_default=bool(default), value_proc=accepted)
    return answer


def _asked_names(named: Mapping[str, str | None], t: Translator) -> dict[str, str]:
    questions = {
        "--entity": t("Name of the police entity"),
        "--mandatary": t("Who holds the mandate"),
        "--officer": t("Who is the integrity officer"),
    }
    return {
        option: (named[option] or "").strip() or _asked(question, _name, t)
        for option, question in questions.items()
    }


def _name(text: str) -> None:
    if not text.strip():
        raise WrongUseError("IMF-F124", "A name is needed.")


def _asked_groups(languages: list[str], t: Translator) -> tuple[str, ...]:
    narrate(
        t(
            "The groups of staff, one a line, such as ops={labels}:120. An empty line ends the "
            "list.",
            labels="|".join(language.upper() for language in languages),
        )
    )
    groups: list[str] = []
    while answer := _asked(t("Group"), lambda text: text and _group(text, languages), t, ""):
        groups.append(answer)
    return tuple(groups)
