"""Tickets as cards to be cut out and drawn from a hat."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from imfsurvey.i18n.catalogue import Translator, translator
from imfsurvey.report.pdf.engine import pdf
from imfsurvey.report.pdf.qr import qr
from imfsurvey.report.pdf.texts import line

MOST_OF_A_TITLE: Final = 90


@dataclass(frozen=True)
class TicketCards:
    """Codes and what stands on every card.

    `codes` are printed in the order given, which must tell nothing. `titles` holds the title of
    the survey by language, in the order in which they stand on a card. `address`, when given, is
    where a browser begins, such as `https://192.0.2.7:8443/#`: the QR code then holds the address
    with the code behind it. Let it end in `#`, so that no server's log sees the code.
    """

    codes: tuple[str, ...]
    titles: Mapping[str, str]
    address: str | None = None


def ticket_cards(cards: TicketCards, t: Translator) -> bytes:
    """The cards as a PDF, ten on a page of A4, without page numbers and without a date.

    The translator's language is that of the file; the texts on the cards are in the languages of
    `titles`. Raises RefusedError (IMF-R101).
    """
    shown = None if cards.address is None else line(cards.address.rstrip("#"), 120)
    data = {
        "texts": [
            {
                "language": language,
                "title": line(title, MOST_OF_A_TITLE),
                "promise": _promise(translator(language)),
            }
            for language, title in cards.titles.items()
        ],
        "qr_alt": t("QR code of this ticket"),
        "address": shown,
        "address_size": 7 if len(shown or "") <= 50 else 5,
        "tickets": [
            {"groups": halves(code), "qr": qr(held_by_qr(code, cards.address), border=0)}
            for code in cards.codes
        ],
    }
    return pdf("tickets", data, language=t.language, title=t("Tickets"), day=None)


def halves(code: str) -> tuple[str, str]:
    """A code in two groups, whatever it was grouped by before: 7K3QF 9XW2MB."""
    plain = re.sub(r"[\s-]", "", code)
    middle = len(plain) // 2
    return plain[:middle], plain[middle:]


def _promise(t: Translator) -> str:
    return t("Good for one response. It is in no list beside a name.")


def held_by_qr(code: str, address: str | None) -> str:
    """What a camera reads: the code, with the address before it where there is one."""
    plain = "".join(halves(code))
    return plain if address is None else address + quote(plain, safe="")
