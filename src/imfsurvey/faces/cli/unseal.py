"""`imfsurvey wave unseal`: key holders turn sealed answers into figures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import click

from imfsurvey.faces.cli.call import Call, Command
from imfsurvey.faces.cli.faults import problem_lines
from imfsurvey.faces.cli.options import wave_argument, yes_option
from imfsurvey.faces.cli.passphrases import secret_of, which
from imfsurvey.faces.cli.terminal import confirm, narrate
from imfsurvey.faces.cli.tickets import ticket_lines
from imfsurvey.i18n.catalogue import Translator
from imfsurvey.study import unsealing
from imfsurvey.study.breakdowns import headcount_problems
from imfsurvey.study.closing import BoxAccount, ClosingRecord, closing_record, differences
from imfsurvey.study.folder import Study
from imfsurvey.study.keys import Key
from imfsurvey.study.phrases import grouped, spoken
from imfsurvey.study.results import WaveResults
from imfsurvey.study.sealed import COMMENTS
from imfsurvey.study.tickets import TicketCounts
from imfsurvey.study.wave import Wave


def unseal_command(t: Translator) -> click.Command:
    """The command in the language of `t`."""
    details = t(
        "The boxes are compared with the closing record first. What is unsealed stays in memory; "
        "only figures are kept, and those that would tell about single people are not shown."
    )
    return Command(
        "unseal",
        t,
        callback=_unseal,
        help=f"{t('Unseal what the staff answered and compute the figures.')}\n\n{details}",
        params=[
            wave_argument(t),
            key_files_option(t),
            despite_differences_option(t),
            yes_option(t),
        ],
    )


@click.pass_obj
def _unseal(
    call: Call, name: str, key_files: tuple[Path, ...], despite_differences: bool, yes: bool
) -> None:
    t = call.t
    study = call.study()
    wave = study.wave(name)
    unsealing.require_sealed(wave)
    found = differences(wave)
    for problem in found:
        for line in problem_lines(problem, t):
            narrate(line)
    unsealing.require_accepted(found, despite_differences)
    for line in closing_lines(wave, t):
        narrate(line)
    if not yes:
        confirm(t("Compare these words with the signed closing record."), t)
    secrets = secrets_for(study, wave, key_files, t)
    results = unsealing.unseal_wave(
        wave,
        secrets,
        despite_differences=despite_differences,
        progress=told_responses(t),
        on=call.today,
    )
    for problem in headcount_problems(results.figures):
        for line in problem_lines(problem, t):
            narrate(line)
    for line in _left_out(results, t):
        narrate(line)
    narrate(t("The figures of wave {wave} are there. Next: 'imfsurvey results {wave}'.", wave=name))


def told_responses(t: Translator) -> Callable[[int, int], None]:
    """Says how many responses are opened, of how many."""

    def progress(done: int, total: int) -> None:
        narrate(t("{done} of {total} responses", done=done, total=total))

    return progress


def key_files_option(t: Translator) -> click.Option:
    """--key-file, for commands that open what is sealed."""
    return click.Option(
        ["--key-file", "key_files"],
        multiple=True,
        type=click.Path(path_type=Path, dir_okay=False),
        metavar=t("FILE"),
        help=t(
            "Where the secret key lies, once for each holder (default: beside the public "
            "one, in the study)."
        ),
    )


def despite_differences_option(t: Translator) -> click.Option:
    """--despite-differences, for commands that compare boxes with a closing record."""
    return click.Option(
        ["--despite-differences"],
        is_flag=True,
        help=t("Go on although the boxes are not what the closing record says."),
    )


def secrets_for(study: Study, wave: Wave, files: Sequence[Path], t: Translator) -> list[str]:
    """The secret keys that open the wave: one, or one of each holder."""
    holders = unsealing.holders(study.folder, wave)
    if wave.seal.opening == "any_of":
        key = which(holders, files, t)
        return [secret_of(key, files[0] if files else None, t)]
    given = _files_of(holders, files)
    return [secret_of(key, given.get(key.id), t) for key in holders]


def _files_of(holders: Sequence[Key], files: Sequence[Path]) -> dict[str, Path]:
    """Which of the files named is whose, by the short name of the key.

    A file called like a key is that key's, as it was made; any other goes, in the order in which
    they were named, first to the holders whose secret key is not in the study.
    """
    given = {file.stem: file for file in files if file.stem in {key.id for key in holders}}
    rest = [file for file in files if file not in given.values()]
    open_ones = [key for key in holders if key.id not in given]
    open_ones.sort(key=lambda key: key.secret_path.is_file())
    return given | {key.id: file for key, file in zip(open_ones, rest, strict=False)}


def closing_lines(wave: Wave, t: Translator) -> Iterator[str]:
    """The closing record in words: what each box held, and the words of its set hash."""
    record = closing_record(wave)
    if record is None:
        return
    for box in record.boxes:
        title = wave.questionnaire(box.box).questionnaire.title.say(t.language)
        yield from _box_lines(box, title, t)
    if record.from_files:
        yield t.plural(
            "Of the responses, {n} came from a file.",
            "Of the responses, {n} came from files.",
            record.from_files,
        )
    if record.tickets is not None:
        yield from _used_lines(record, record.tickets.counts, t)
    for one in record.merged:
        yield t.plural(
            "Taken in from {place}: {n} record.",
            "Taken in from {place}: {n} records.",
            sum(box.records for box in one.boxes),
            place=one.place or spoken(one.boxes[0].digest),
        )


def _box_lines(box: BoxAccount, title: str, t: Translator) -> Iterator[str]:
    """How much a box held, and its fingerprint."""
    if box.part == COMMENTS:
        yield t.plural(
            "{title}, {n} free text. Fingerprint:",
            "{title}, {n} free texts. Fingerprint:",
            box.records,
            title=title,
        )
    else:
        yield t.plural(
            "{title}, {n} response. Fingerprint:",
            "{title}, {n} responses. Fingerprint:",
            box.records,
            title=title,
        )
    yield f"    {spoken(box.digest)}"
    yield f"    {grouped(box.digest[:16])}"
    if box.damaged:
        yield t.plural(
            "    {n} damaged place could not be read.",
            "    {n} damaged places could not be read.",
            box.damaged,
        )


def _used_lines(record: ClosingRecord, counts: TicketCounts, t: Translator) -> Iterator[str]:
    """The tickets beside the responses: what was put aside, spoiled, or is too much."""
    from imfsurvey.report.words import unfinished_words  # Jinja behind it takes time

    given = record.responses - record.from_files
    yield from ticket_lines(counts, t)
    yield unfinished_words(record.unfinished, t)
    if spoiled := counts.spoiled(given):
        yield t.plural(
            "Of the used tickets, {n} was spoiled: no response followed.",
            "Of the used tickets, {n} were spoiled: no response followed.",
            spoiled,
        )
    if (excess := given - counts.used) > 0:
        yield t.plural(
            "{n} response is more than the used tickets.",
            "{n} responses are more than the used tickets.",
            excess,
        )


def _left_out(results: WaveResults, t: Translator) -> Iterator[str]:
    for one in results.figures.collected:
        if one.counted < one.stored:
            yield t.plural(
                "{n} record was left out: it was not made for this box, or changed since.",
                "{n} records were left out: they were not made for this box, or changed since.",
                one.stored - one.counted,
            )
