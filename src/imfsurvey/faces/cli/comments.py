"""`imfsurvey wave comments`: key holders read what people wrote."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from imfsurvey.faces.cli.call import Call, Command
from imfsurvey.faces.cli.options import output_option, wave_argument
from imfsurvey.faces.cli.terminal import narrate, printable, say_sentence
from imfsurvey.faces.cli.unseal import key_files_option, secrets_for
from imfsurvey.faces.visible import visible
from imfsurvey.i18n.catalogue import Translator
from imfsurvey.questionnaire import detached_fields
from imfsurvey.store.disk import explained, replace_file
from imfsurvey.study.commenting import Texts, read_comments
from imfsurvey.study.scoring import surveys
from imfsurvey.study.unsealing import require_unsealed
from imfsurvey.study.wave import Wave


def comments_command(t: Translator) -> click.Command:
    """The command in the language of `t`."""
    details = t(
        "They are told from enough people only, sorted by their letters, and apart from all "
        "answers. They are confidential: a second person reads them before anything is passed "
        "on, and takes out what tells of a person."
    )
    return Command(
        "comments",
        t,
        callback=_comments,
        help=f"{t('Unseal and show what people wrote in their own words.')}\n\n{details}",
        params=[
            wave_argument(t),
            key_files_option(t),
            output_option(
                t,
                t("A text file for your eyes only, instead of the terminal."),
                "FILE",
                dir_okay=False,
            ),
        ],
    )


@click.pass_obj
def _comments(call: Call, name: str, key_files: tuple[Path, ...], output: Path | None) -> None:
    t = call.t
    study = call.study()
    wave = study.wave(name)
    require_unsealed(wave)
    if not any(detached_fields(survey) for survey in surveys(wave)):
        narrate(t("The surveys of wave {wave} ask for no words of one's own.", wave=name))
        return
    found = read_comments(wave, secrets_for(study, wave, key_files, t))
    lines = [line for one in found for line in _lines(one, wave, t)]
    if output is None:
        for line in lines:
            say_sentence(line, "  ")
    else:
        with explained(output):
            replace_file(output.resolve(), ("\n".join(map(printable, lines)) + "\n").encode())
        narrate(t("Written: {file}", file=output))


def _lines(found: Texts, wave: Wave, t: Translator) -> Iterator[str]:
    """A heading and the texts, each behind a dash."""
    questionnaire = wave.questionnaires[found.questionnaire]
    heading = visible(questionnaire.items[found.item].text.say(t.language))
    yield f"{heading} [{found.item}, {found.field}]"
    if found.texts is None:
        yield "  " + t("Not shown: fewer than {k} people.", k=questionnaire.privacy.k_comments)
    elif not found.texts:
        yield "  " + t("Nobody wrote anything.")
    for text in found.texts or ():
        yield "- " + "\n  ".join(text.split("\n"))
    yield ""
