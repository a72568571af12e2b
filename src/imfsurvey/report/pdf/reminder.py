"""The reminder on paper: one page for each language, without a code and without a name."""

from __future__ import annotations

import dataclasses

from imfsurvey.i18n.catalogue import Translator
from imfsurvey.report.pdf.engine import pdf
from imfsurvey.report.pdf.texts import line
from imfsurvey.report.reminder import Reminder, letters


def reminder_letter(reminder: Reminder, t: Translator) -> bytes:
    """The letter as a PDF without a date. The translator's language is that of the file.

    Raises RefusedError (IMF-R101).
    """
    short = dataclasses.replace(
        reminder,
        entity=line(reminder.entity, 120),
        officer=line(reminder.officer, 120),
        address=line(reminder.address, 120),
        titles={language: line(title, 120) for language, title in reminder.titles.items()},
    )
    data = {
        "sender": short.entity,
        "letters": [dataclasses.asdict(letter) for letter in letters(short)],
    }
    return pdf("reminder", data, language=t.language, title=t("Reminder"), day=None)
