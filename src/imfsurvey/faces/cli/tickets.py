"""`imfsurvey tickets`: cards with codes, to be drawn from a hat."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from imfsurvey.faces.cli.call import Call, Command
from imfsurvey.faces.cli.faults import WrongUseError
from imfsurvey.faces.cli.options import (
    json_option,
    require_apart,
    require_beside,
    wave_argument,
)
from imfsurvey.faces.cli.terminal import narrate, say, say_json
from imfsurvey.i18n.catalogue import Translator
from imfsurvey.i18n.errors import RefusedError
from imfsurvey.questionnaire.model import FLOOR_K
from imfsurvey.store.disk import explained, make_folder, replace_file
from imfsurvey.study.boxes import ticket_book
from imfsurvey.study.codes import shown
from imfsurvey.study.folder import REPORTS, Study
from imfsurvey.study.issuing import advised, issue_tickets, session_book
from imfsurvey.study.scoring import surveys
from imfsurvey.study.tickets import Progress, TicketBook, TicketCounts
from imfsurvey.study.wave import Wave

STEP = 100
"""How many codes are made between two lines that say so."""


def command(t: Translator, summary: str) -> click.Command:
    """The command in the language of `t`."""
    details = t(
        "Each card has a code that is good for one response. Nobody notes who draws which card, "
        "and this computer keeps no code, only what a code can be checked by. Once a wave has "
        "tickets, nobody answers its survey without one. Without options, the first tickets are "
        "made, or it is said what became of them."
    )
    return Command(
        "tickets",
        t,
        callback=_tickets,
        help=f"{summary}\n\n{details}",
        params=[
            wave_argument(t),
            count_option(t),
            click.Option(
                ["--laptop", "laptops"],
                multiple=True,
                metavar=t("LETTER"),
                help=t(
                    "Answers are collected on several laptops: one letter for each. The cards are "
                    "shared out, and each is good on its own laptop alone."
                ),
            ),
            click.Option(
                ["--session"],
                metavar=t("NAME"),
                help=t("Tickets of a team session, not of the survey."),
            ),
            address_option(t),
            click.Option(
                ["--here"],
                metavar=t("LETTER"),
                help=t("Say which of the laptops this computer is."),
            ),
            click.Option(
                ["--torn-up"],
                type=click.IntRange(min=1),
                metavar=t("NUMBER"),
                help=t("Count left-over cards that were torn up in front of the group."),
            ),
            click.Option(
                ["--codes"],
                is_flag=True,
                help=t("Print the codes instead of cards. They are secret."),
            ),
            json_option(t),
        ],
    )


def _require_survey(wave: Wave) -> None:
    """Raise `RefusedError` F173 where nobody would ever be asked for a ticket of the wave."""
    if not surveys(wave):
        raise RefusedError(
            "IMF-F173",
            "Wave '{wave}' has no anonymous survey, and only that asks for a ticket. Those of a "
            "team session are made with --session NAME.",
            wave=wave.id,
        )


def count_option(t: Translator) -> click.Option:
    """-n, how many tickets."""
    return click.Option(
        ["-n", "--number", "count"],
        type=click.IntRange(1, 20_000),
        metavar=t("NUMBER"),
        help=t("How many in all (default: 20 % more than there are people in the groups)."),
    )


def address_option(t: Translator) -> click.Option:
    """--address, where a browser begins."""
    return click.Option(
        ["--address"],
        metavar=t("URL"),
        help=t("Where people answer in a browser; the QR code then leads there."),
    )


@click.pass_obj
def _tickets(
    call: Call,
    name: str,
    count: int | None,
    laptops: tuple[str, ...],
    session: str | None,
    address: str | None,
    here: str | None,
    torn_up: int | None,
    codes: bool,
    as_json: bool,
) -> None:
    study = call.study()
    wave = study.wave(name)
    book = session_book(wave, session) if session else ticket_book(wave)
    letters = tuple(dict.fromkeys(letter.upper() for letter in laptops))
    noting = here is not None or torn_up is not None
    making = not noting and (count is not None or not book.exists())
    require_apart("--here" if here else "--torn-up", noting, {"-n": count})
    require_beside("-n", making, {"--codes": codes, "--address": address})
    require_beside("-n", making or torn_up is not None, {"--laptop": laptops})
    if noting:
        _note(book, here and here.upper(), torn_up, letters)
    elif making:
        if not session:
            _require_survey(wave)
        elif count is None:
            raise WrongUseError("IMF-F170", "Say how many tickets the session needs: -n NUMBER.")
        made = issue_tickets(wave, book, count or advised(wave.headcount), letters, told(call.t))
        if codes:
            _print_codes(made, as_json)
            return
        files = _write_cards(study, wave, session or "", made, address, call.t)
        for line in _advice(wave, session or "", files, call.t):
            narrate(line)
    counts = book.counts()
    still_few = not session and few_used(wave, counts)
    if as_json:
        say_json(_plain(book, counts, still_few=still_few))
    else:
        for line in ticket_lines(counts, call.t, still_few=still_few):
            say(line)


def told(t: Translator) -> Progress:
    """Says now and then how many codes are made: a thousand take a minute."""

    def progress(done: int, total: int) -> None:
        if done % STEP == 0 or (done == total and total > STEP):
            narrate(t("{done} of {total} tickets are made", done=done, total=total))

    return progress


def _note(book: TicketBook, here: str | None, torn_up: int | None, laptops: Sequence[str]) -> None:
    if here is not None:
        book.settle(here)
    if torn_up is not None:
        book.tear_up(torn_up, prefix=laptops[0] if laptops else "")


def _print_codes(made: Mapping[str, list[str]], as_json: bool) -> None:
    if as_json:
        say_json({"codes": made})
        return
    for codes in made.values():
        for code in codes:
            say(shown(code))


def _write_cards(
    study: Study,
    wave: Wave,
    session: str,
    made: Mapping[str, list[str]],
    address: str | None,
    t: Translator,
) -> list[Path]:
    """One file for each laptop, readable by this account alone."""
    from imfsurvey.report.pdf import TicketCards, ticket_cards  # Typst behind it takes time

    files = []
    for letter, codes in made.items():
        name = "-".join(part for part in (wave.id, session, "tickets", letter) if part)
        path = free_file(study.folder / REPORTS, name, "pdf")
        cards = TicketCards(tuple(codes), _titles(study, wave, session), address)
        with explained(path):
            replace_file(path, ticket_cards(cards, t))
        files.append(path)
    return files


def free_file(folder: Path, name: str, ending: str) -> Path:
    """A file that is not there yet: codes that were not printed yet must not be overwritten."""
    with explained(folder):
        make_folder(folder)
        path, number = folder / f"{name}.{ending}", 2
        while path.exists():
            path, number = folder / f"{name}-{number}.{ending}", number + 1
    return path


def _titles(study: Study, wave: Wave, session: str) -> Mapping[str, str]:
    """What stands on a card: the title of the survey, or the name of the wave for several."""
    asked = surveys(wave)
    if session:
        asked = tuple(one for one in wave.questionnaires.values() if one.kind == "session")
    if len(asked) == 1:
        one = asked[0].questionnaire
        return {language: one.title.say(language) for language in one.languages}
    languages = study.file.entity.languages
    return {language: wave.file.label.say(language) for language in languages}


def _advice(wave: Wave, session: str, files: Sequence[Path], t: Translator) -> Iterator[str]:
    """What to do with the cards; the commands count those of the same book."""
    book = f"{wave.id} --session {session}" if session else wave.id
    for file in files:
        yield t("Cards: {file}", file=file)
    yield t(
        "Next: print them, cut them, fold them, put them into a hat and let everybody draw one. "
        "Then delete the file: whoever has it can answer in the place of others."
    )
    if len(files) > 1:
        yield t(
            "With the cards deleted, copy the study folder to each laptop, and say there which "
            "one it is: 'imfsurvey tickets {wave} --here LETTER'.",
            wave=book,
        )
    yield t(
        "When all have answered, tear up what is left in front of the group and count it: "
        "'imfsurvey tickets {wave} --torn-up NUMBER'.",
        wave=book,
    )


def ticket_lines(counts: TicketCounts, t: Translator, *, still_few: bool = False) -> Iterator[str]:
    """What became of the tickets, and what does not add up. `still_few`: as `few_used` says."""
    numbers = {"printed": counts.printed, "torn_up": counts.torn_up}
    if still_few:
        yield t(
            "Tickets: {printed} printed, fewer than {k} used, {torn_up} torn up.",
            k=FLOOR_K,
            **numbers,
        )
        return
    yield t(
        "Tickets: {printed} printed, {used} used, {torn_up} torn up.", used=counts.used, **numbers
    )
    if counts.unused > 0:
        yield t.plural(
            "{n} is neither used nor torn up.",
            "{n} are neither used nor torn up.",
            counts.unused,
        )
    if counts.unused < 0:
        yield t.plural(
            "That is {n} more than printed.", "That is {n} more than printed.", -counts.unused
        )


def few_used(wave: Wave, counts: TicketCounts) -> bool:
    """Whether so few have answered an open wave that no exact number of them is said, as of the
    responses; what is left over would tell it, too."""
    return wave.file.status == "open" and counts.used < FLOOR_K


def _plain(book: TicketBook, counts: TicketCounts, *, still_few: bool) -> Mapping[str, Any]:
    return {
        "printed": counts.printed,
        "used": None if still_few else counts.used,
        "torn_up": counts.torn_up,
        "unused": None if still_few else counts.unused,
        "laptops": list(book.laptops()),
        "here": book.here() or None,
    }
