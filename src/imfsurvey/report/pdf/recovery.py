"""The recovery sheet: a secret key on paper, for a sealed envelope in a safe."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Final

from imfsurvey.i18n import formats
from imfsurvey.i18n.catalogue import Translator
from imfsurvey.report.pdf.engine import pdf
from imfsurvey.report.pdf.qr import qr
from imfsurvey.report.pdf.texts import groups, line

GROUPS_A_LINE: Final = 4
"""The first line is then `AGE-SECRET-KEY-1`, and all that differs between keys lies below it."""

COMMANDS: Final = {
    "restore": "imfsurvey keys restore",
    "rehearse": "imfsurvey keys rehearse",
    "age": "age --decrypt -i key.txt -o response.json sealed.age",
}


@dataclass(frozen=True)
class RecoverySheet:
    """A key and whose it is. `role` is that of the holder, in words of the sheet's language."""

    entity: str
    holder: str
    role: str
    public_key: str
    """`age1...`"""
    secret_key: str
    """`AGE-SECRET-KEY-1...`, 74 characters; in no log, no error and no file but the PDF."""
    made_on: datetime.date
    key: str = ""
    """Short name of the key, as the commands on the sheet take it."""
    study: str = ""
    """Which study, where the entity has several."""

    def __repr__(self) -> str:
        return f"RecoverySheet(holder={self.holder!r}, public_key={self.public_key!r})"


def recovery_sheet(sheet: RecoverySheet, t: Translator) -> bytes:
    """The sheet as a PDF of one page, in the translator's language.

    Whoever has these bytes has the key: print them and keep them nowhere. Raises RefusedError
    (IMF-R101).
    """
    title = t("Recovery sheet of a key")
    data = {
        "facts": _facts(sheet, t),
        "warning": t(
            "Whoever reads this sheet can open every answer that is sealed to this key. Never "
            "photograph, scan, copy or mail it, and delete the file it was printed from."
        ),
        "secret": _secret(sheet, t),
        "public": {"heading": t("Public key"), "groups": groups(sheet.public_key)},
        "parts": _parts(sheet.key, t),
        "signing": {
            "people": [t("Put into the envelope by the key holder"), t("Witness")],
            "labels": [t("Name"), t("Date and signature")],
        },
    }
    return pdf("recovery", data, language=t.language, title=title, day=sheet.made_on)


def _facts(sheet: RecoverySheet, t: Translator) -> list[tuple[str, str]]:
    rows = [
        (t("Entity"), sheet.entity),
        (t("Study"), sheet.study),
        (t("Key holder"), sheet.holder),
        (t("Role"), sheet.role),
        (t("Made on"), formats.date(sheet.made_on, t.language)),
    ]
    return [(label, line(text, 120)) for label, text in rows if text]


def _secret(sheet: RecoverySheet, t: Translator) -> dict[str, object]:
    fours = groups(sheet.secret_key)
    return {
        "heading": t("Secret key"),
        "lines": [fours[i : i + GROUPS_A_LINE] for i in range(0, len(fours), GROUPS_A_LINE)],
        "note": t(
            "Type the lines one after the other, without the small numbers; spaces do not matter. "
            "Below the first line there is no letter B, I or O and no figure 1: what looks like an "
            "O is a zero."
        ),
        "qr": qr(sheet.secret_key),
        "qr_alt": t("QR code of the secret key"),
    }


def _parts(key: str, t: Translator) -> list[dict[str, object]]:
    return [
        {
            "heading": t("Who may open the envelope"),
            "texts": [
                _text(
                    t(
                        "The key holder, or a person whom the mandate holder names in writing, "
                        "each time with a second person present. Write date, reason and both "
                        "names on the new envelope."
                    )
                )
            ],
        },
        {
            "heading": t("How the key is used"),
            "texts": [
                _text(
                    t(
                        "When the key file or its passphrase is lost, this command makes a new key "
                        "file from this sheet:"
                    ),
                    f"{COMMANDS['restore']} {key}".strip(),
                ),
                _text(
                    t(
                        "Without this program: write the key on one line of a file, without "
                        "spaces, and open a sealed answer with the free tool age:"
                    ),
                    COMMANDS["age"],
                ),
                _text(
                    t(
                        "Try the key out before a survey opens and once a year after that; a key "
                        "that was never tried may not work on the day it is needed:"
                    ),
                    f"{COMMANDS['rehearse']} {key}".strip(),
                ),
            ],
        },
    ]


def _text(words: str, *commands: str) -> dict[str, object]:
    return {"words": words, "commands": commands}
