"""Letters that invite to a survey from afar: one for each ticket, none with a name."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from imfsurvey.i18n import formats
from imfsurvey.i18n.catalogue import Translator, translator
from imfsurvey.report.pdf.engine import pdf
from imfsurvey.report.pdf.qr import qr
from imfsurvey.report.pdf.texts import line
from imfsurvey.report.pdf.tickets import halves, held_by_qr


@dataclass(frozen=True)
class Invitations:
    """What stands in the letters. `titles`: the survey's title by language, one page for each."""

    codes: tuple[str, ...]
    """In the order in which they are printed, which must tell nothing."""
    titles: Mapping[str, str]
    entity: str
    officer: str
    """Who asks."""
    address: str
    """Where people answer, such as `https://192.0.2.7:8443/#`."""
    k: int
    """No figure on fewer answers is shown."""
    holders: tuple[str, ...]
    """Who can unseal the answers."""
    together: bool
    """Whether only all of them together."""
    keep_until: datetime.date | None = None


def invitation_letters(letters: Invitations, t: Translator) -> bytes:
    """The letters as a PDF without a date, a page for each language of `titles`.

    The translator's language is that of the file. Raises RefusedError (IMF-R101).
    """
    shown = line(letters.address.rstrip("#"), 120)
    data = {
        "address": shown,
        "address_size": 11 if len(shown) <= 40 else 8,
        "texts": [_texts(letters, translator(language)) for language in letters.titles],
        "letters": [
            {"groups": halves(code), "qr": qr(held_by_qr(code, letters.address))}
            for code in letters.codes
        ],
    }
    return pdf("invitation", data, language=t.language, title=t("Invitations"), day=None)


def _texts(letters: Invitations, t: Translator) -> dict[str, object]:
    """One page in the language of `t`."""
    title = line(letters.titles[t.language], 120)
    return {
        "language": t.language,
        "sender": line(letters.entity, 120),
        "title": title,
        "opening": [
            t(
                "{entity} asks all its staff how integrity is lived at work. The answers show "
                "where the integrity policy works and where it has to become better.",
                entity=line(letters.entity, 120),
            ),
            t(
                "You answer in a browser, on a telephone or a computer. This code is good for one "
                "response:"
            ),
        ],
        "address_label": t("Address"),
        "code_label": t("Your code"),
        "qr_alt": t("QR code of the address with this code"),
        "promises_heading": t("What you can rely on"),
        "promises": _promises(letters, t),
        "closing": [
            t(
                "Taking part is voluntary. A survey is no place to report a case: use the "
                "reporting channels for that."
            ),
        ],
        "signature": formats.labelled(
            t("Integrity officer"), line(letters.officer, 120), t.language
        ),
    }


def _promises(letters: Invitations, t: Translator) -> list[str]:
    names = formats.joined([line(name, 80) for name in letters.holders], t.language)
    if len(letters.holders) == 1:
        unsealed = t(
            "Answers are sealed at once. They can be unsealed by {names} alone.", names=names
        )
    elif letters.together:
        unsealed = t(
            "Answers are sealed at once. They can only be unsealed by {names} together.",
            names=names,
        )
    else:
        unsealed = t(
            "Answers are sealed at once. They can be unsealed by {names}, each alone.", names=names
        )
    said = [
        t("Nobody noted who received which letter. The code stands in no list beside a name."),
        t("Your answers are stored without the code, without a name and without a time."),
        unsealed,
        t("No figure is shown that rests on fewer than {k} answers.", k=letters.k),
        t("Once sent, a response cannot be found again: it can be neither changed nor erased."),
    ]
    if letters.keep_until is not None:
        said.append(
            t(
                "The answers are kept until {date} and destroyed afterwards.",
                date=formats.date(letters.keep_until, t.language),
            )
        )
    return said
