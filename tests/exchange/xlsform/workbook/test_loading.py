"""Every reason why a file has no sheets, as a reason why there is no questionnaire."""

from __future__ import annotations

from pathlib import Path

import pytest
from xlsforms import CHOICES, SURVEY, book, codes

from imfsurvey.exchange.workbook.opening import MAX_BYTES
from imfsurvey.exchange.xlsform.losses import NoFormError
from imfsurvey.exchange.xlsform.workbook.loading import sheets_at

GOOD = book(survey=SURVEY, choices=CHOICES)
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (None, "E141", "cannot be read: there is no such file"),
        (b"type,name\n", "E142", "is no workbook but plain text or CSV; open it in a "),
        (GOOD[: len(GOOD) // 2], "E143", "the workbook is damaged or incomplete"),
        (OLD + "EncryptedPackage".encode("utf-16-le"), "E144", "protected by a password"),
        (
            bytes(MAX_BYTES + 1),
            "E145",
            "at most 20971520 bytes, 209715200 when unpacked, 20000 rows and 400 columns",
        ),
    ],
)
def test_one_reason_in_words(tmp_path: Path, data: bytes | None, code: str, words: str) -> None:
    """With its code and what can be told about it."""
    file = tmp_path / "form.xlsx"
    if data is not None:
        file.write_bytes(data)
    with pytest.raises(NoFormError) as caught:
        sheets_at(file)
    assert codes(caught.value.reasons) == [code]
    assert words in caught.value.reasons[0].message


def test_the_sheets_of_a_form(tmp_path: Path) -> None:
    """Those that a form has, whatever the file is called."""
    file = tmp_path / "form.txt"
    file.write_bytes(book(survey=SURVEY, choices=CHOICES, notes=[("x",)]))
    assert [(one.name, len(one.rows)) for one in sheets_at(file)] == [
        ("survey", 5),
        ("choices", 3),
        ("notes", 0),
    ]
