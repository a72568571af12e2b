"""A `Form` as the bytes of a workbook: texts only, the same bytes for the same form."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

from imfsurvey.exchange.workbook.writing import LONGEST_CELL, new_book
from imfsurvey.exchange.xlsform.form import (
    CHOICES,
    OURS,
    SETTINGS,
    SETTINGS_COLUMNS,
    SURVEY,
    SURVEY_COLUMNS,
    TEXTS,
    Form,
    Row,
)
from imfsurvey.exchange.xlsform.losses import Losses
from imfsurvey.i18n.catalogue import LANGUAGE_NAMES


def bytes_of(form: Form, losses: Losses) -> bytes:
    """The workbook. A text that looks like a formula stays a text."""
    buffer = io.BytesIO()
    book = new_book(buffer)
    bold = book.add_format({"bold": True})
    choices = [row for rows in form.choices.values() for row in rows]
    for name, rows, columns in (
        (SURVEY, form.survey, SURVEY_COLUMNS),
        (CHOICES, choices, ("list_name", "name")),
        (SETTINGS, _unfolded(form.settings), SETTINGS_COLUMNS),
    ):
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        headers = _headers(rows, columns, form.languages)
        for at, header in enumerate(headers):
            sheet.write_string(0, at, header, bold)
        for number, row in enumerate(rows, start=1):
            for at, text in enumerate(_cells(row, headers, form.languages)):
                if len(text) > LONGEST_CELL:
                    _too_long(row, headers[at], losses)
                elif text:
                    sheet.write_string(number, at, text)
    book.close()
    return buffer.getvalue()


def _headers(rows: Sequence[Row], columns: Sequence[str], languages: Iterable[str]) -> list[str]:
    """The columns in use: known ones in their order, texts by language, our own last."""
    used = {name for row in rows for name in row.cells}
    texts = {(name, code) for row in rows for name, texts in row.texts.items() for code in texts}
    shown = [
        _text_header(name, code) for name in TEXTS for code in languages if (name, code) in texts
    ]
    known = [name for name in columns if name in used or name in ("type", "name", "list_name")]
    others = sorted(used - set(columns))
    ours = [name for name in others if name.startswith(OURS)]
    return [*known[:2], *shown, *known[2:], *(one for one in others if one not in ours), *ours]


def _text_header(name: str, code: str) -> str:
    return f"{name}::{LANGUAGE_NAMES[code]} ({code})"


def _cells(row: Row, headers: Sequence[str], languages: Sequence[str]) -> list[str]:
    cells = dict(row.cells)
    for name, texts in row.texts.items():
        cells |= {_text_header(name, code): texts[code] for code in languages if code in texts}
    return [cells.get(header, "") for header in headers]


def _unfolded(settings: Row) -> list[Row]:
    """The settings, what is too long for a cell going on in the rows below."""
    rows = []
    rest = dict(settings.cells)
    while rest:
        rows.append(Row(SETTINGS, 0, {name: text[:LONGEST_CELL] for name, text in rest.items()}))
        rest = {
            name: text[LONGEST_CELL:]
            for name, text in rest.items()
            if name.startswith(OURS) and len(text) > LONGEST_CELL
        }
    return rows


def _too_long(row: Row, header: str, losses: Losses) -> None:
    losses.add(
        "IMF-W167",
        "a text of more than {limit} characters does not fit in a cell; it is left out",
        row.at(header),
        limit=LONGEST_CELL,
    )
