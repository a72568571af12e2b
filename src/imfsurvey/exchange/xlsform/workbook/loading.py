"""The sheets of an XLSForm, or the reason why there are none in words about questionnaires."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from imfsurvey.exchange.workbook.opening import Reason, Sheet, WorkbookError, load
from imfsurvey.exchange.workbook.process import Wanted
from imfsurvey.exchange.xlsform.form import CHOICES, SETTINGS, SURVEY
from imfsurvey.exchange.xlsform.losses import no_form
from imfsurvey.i18n.catalogue import N_

WANTED: Final = Wanted((SURVEY, CHOICES, SETTINGS), merged=True)

_SAID: Final[Mapping[Reason, tuple[str, str]]] = {
    "unreadable": ("IMF-E141", N_("cannot be read: {reason}")),
    "other": ("IMF-E142", N_("is no workbook but {kind}")),
    "damaged": ("IMF-E143", N_("the workbook is damaged or incomplete")),
    "protected": (
        "IMF-E144",
        N_("the workbook is protected by a password; save it without and try again"),
    ),
    "large": (
        "IMF-E145",
        N_(
            "the workbook is too large: at most {bytes} bytes, {unpacked} when unpacked, {rows} "
            "rows and {columns} columns in a sheet"
        ),
    ),
}


def sheets_at(path: Path) -> list[Sheet]:
    """The sheets of a file. Raises `NoFormError`."""
    try:
        return load(path, WANTED)
    except WorkbookError as error:
        raise no_form(*_SAID[error.reason], **error.params) from error
