"""What `imfsurvey serve` says at the beginning: the address, and a picture of it for phones."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Final

import click

from imfsurvey.faces.cli.terminal import in_utf8, narrate, on_terminal, say, say_json
from imfsurvey.faces.qr import half_blocks
from imfsurvey.i18n.catalogue import Translator

if TYPE_CHECKING:
    from imfsurvey.faces.web import Listening, Pages

_BLACK_ON_WHITE: Final = "\x1b[97;40m{}\x1b[0m"


def announce(
    pages: Pages, listening: Listening, t: Translator, session: str | None, *, as_json: bool
) -> None:
    """Say where the pages are found, and who reaches them."""
    address = f"{listening.announced.origin}/"
    if as_json:
        say_json(_as_data(pages, listening, address, session))
        sys.stdout.flush()
        return
    title = pages.title or pages.questionnaire.questionnaire.title.say(t.language)
    say(f"{title} ({pages.wave.id})")
    say(address)
    if listening.only_here:
        say(t("Only this computer reaches this address."))
    elif on_terminal() and in_utf8():
        for line in half_blocks(address):
            click.echo(_BLACK_ON_WHITE.format(line))
    if listening.readable:
        narrate(
            t("Not encrypted: whoever is in the same network can read every answer that is sent.")
        )
    if pages.doorway.guarded:
        say(t("Nobody can begin without a ticket."))
    narrate(t("Ctrl+C ends it."))
    sys.stdout.flush()


def _as_data(
    pages: Pages, listening: Listening, address: str, session: str | None
) -> dict[str, Any]:
    from imfsurvey.report.pdf.qr import qr

    return {
        "wave": pages.wave.id,
        "questionnaire": pages.questionnaire.id,
        **({"session": session} if session is not None else {}),
        "address": address,
        "only_this_computer": listening.only_here,
        "encrypted": listening.announced.secure,
        "tickets": pages.doorway.guarded,
        "qr_svg": qr(address),
    }
