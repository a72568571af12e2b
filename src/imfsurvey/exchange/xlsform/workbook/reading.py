"""From the sheets of a workbook to a `Form`: header rows, languages, what stands in no column."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from imfsurvey.exchange.workbook.opening import Sheet
from imfsurvey.exchange.xlsform.form import (
    CHOICES,
    OURS,
    OURS_OF_CHOICES,
    PASSED_OVER,
    SETTINGS,
    SETTINGS_COLUMNS,
    SURVEY,
    SURVEY_COLUMNS,
    TEXTS,
    YES,
    Form,
    Row,
)
from imfsurvey.exchange.xlsform.losses import At, Losses, no_form
from imfsurvey.i18n.catalogue import LANGUAGES
from imfsurvey.source.characters import visible

_ALIASES: Final[Mapping[str, str]] = {
    **{"command": "type", "tag": "name", "caption": "label", "relevance": "relevant"},
    **{"value": "name", "list": "list_name", "calculate": "calculation"},
    **{"constraining_message": "constraint_message", "readonly": "read_only"},
    **{"bind::relevant": "relevant", "bind::required": "required"},
    **{"bind::constraint": "constraint", "bind::calculate": "calculation"},
    **{"bind::jr:constraintmsg": "constraint_message", "control::appearance": "appearance"},
    **{"bind::jr:requiredmsg": "required_message", "title": "form_title", "id_string": "form_id"},
}
_BLANKS: Final = re.compile(r"[\s\u00a0]+")
_HIDDEN: Final = "\ufffd"
_NAMES: Final = re.compile(r"[^\W\d][\w.-]*")
"""Names of columns, as a choice_filter writes them."""
_KNOWN_OF_CHOICES: Final = ("list_name", "name")
_LANGUAGES: Final[Mapping[str, str]] = {
    **dict.fromkeys(("french", "français", "francais", "frans", "französisch", "fra", "fre"), "fr"),
    **dict.fromkeys(("dutch", "nederlands", "néerlandais", "niederländisch", "flemish"), "nl"),
    **dict.fromkeys(("vlaams", "nld", "dut"), "nl"),
    **dict.fromkeys(("english", "anglais", "engels", "englisch", "eng"), "en"),
    **dict.fromkeys(("german", "deutsch", "allemand", "duits", "deu", "ger"), "de"),
}
"""Languages by the names that authors give them, besides `French (fr)` and `fr`."""

_LANGUAGE_CODE: Final = re.compile(r"\(\s*([A-Za-z]{2,3})(?:[-_][^)]*)?\s*\)\s*$")


@dataclass(frozen=True)
class _Column:
    name: str
    language: str | None = None
    """As it is written behind the colons; None for a column without."""
    written: str = ""


@dataclass
class _Reader:
    """One workbook being read."""

    names: Mapping[str, str]
    losses: Losses
    languages: dict[str, None] = field(default_factory=dict)
    unsuffixed: str = ""

    def column(self, header: str, sheet: str) -> _Column:
        written = _BLANKS.sub(" ", header).strip()
        parts = [part.strip() for part in re.split(r"::?", written)]
        base = _ALIASES.get(parts[0].casefold().replace(" ", "_"), parts[0].casefold())
        base = base.replace(" ", "_")
        whole = written.casefold().replace(" ", "")
        if sheet != CHOICES and whole in _ALIASES:
            return _Column(_ALIASES[whole], None, written)
        if base == "imf" and len(parts) > 1:
            return _Column(OURS + parts[-1].casefold(), None, written)
        if base in TEXTS:
            return _Column(base, "::".join(parts[1:]) or None, written)
        if len(parts) > 1:
            return _Column(written.casefold(), None, written)
        return _Column(
            base if sheet != CHOICES or base in _KNOWN_OF_CHOICES else written, None, written
        )

    def rows(self, sheet: Sheet, name: str, known: Collection[str]) -> list[Row]:
        """The rows below the header; `known`: the columns that are understood besides texts."""
        if not sheet.rows:
            return []
        columns = [self.column(header, name) for header in sheet.rows[0][1]]
        self._twice(columns, name)
        codes = {c.language: self._code(c, name) for c in columns if c.name in TEXTS}
        rows = [self._row(number, cells, columns, codes, name) for number, cells in sheet.rows[1:]]
        self._not_taken(rows, columns, name, known)
        return [row for row in rows if row.cells or row.texts]

    def _twice(self, columns: Sequence[_Column], sheet: str) -> None:
        seen = set()
        for column in columns:
            key = (column.name, column.language)
            if column.name and key in seen:
                self.losses.add(
                    "IMF-W149",
                    "the column '{column}' stands twice; what the first one holds is taken",
                    At(sheet, 0, column.written),
                    column=column.written,
                )
            seen.add(key)

    def _code(self, column: _Column, sheet: str) -> str | None:
        """The language of a column of texts; None when it is none of ours, which is noted."""
        code = (
            self.unsuffixed
            if column.language is None
            else _language_of(column.language, self.names)
        )
        if code is None:
            self.losses.add(
                "IMF-W150",
                "the language '{language}' is not one of fr, nl, en, de; name it with "
                "--language '{language}=CODE' if it is",
                At(sheet, 0, column.written),
                language=column.language,
            )
        return code

    def _row(
        self,
        number: int,
        cells: Sequence[str],
        columns: Sequence[_Column],
        codes: Mapping[str | None, str | None],
        sheet: str,
    ) -> Row:
        plain: dict[str, str] = {}
        texts: dict[str, dict[str, str]] = {}
        # Without a language a text is the fallback of the language that it stands for.
        ordered = sorted(
            zip(columns, cells, strict=False), key=lambda pair: pair[0].language is None
        )
        for column, cell in ordered:
            text = self._clean(cell, At(sheet, number, column.written))
            if not text or not column.name:
                continue
            if column.name not in TEXTS:
                plain.setdefault(column.name, text)
            elif code := codes[column.language]:
                self.languages.setdefault(code)
                held = texts.setdefault(column.name, {}).setdefault(code, text)
                if held != text:
                    self._two_defaults(At(sheet, number, column.written), code)
        return Row(sheet, number, plain, texts)

    def _two_defaults(self, at: At, code: str) -> None:
        self.losses.add(
            "IMF-W152",
            "two columns stand for '{language}' and differ; the one with the language is taken",
            at,
            language=code,
        )

    def _clean(self, cell: str, at: At) -> str:
        text = cell.replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_", "")
        shown = visible(text).replace(_HIDDEN, "")
        if shown != text:
            self.losses.add("IMF-W161", "invisible characters are taken out", at)
        return shown.strip()

    def _not_taken(
        self,
        rows: Sequence[Row],
        columns: Sequence[_Column],
        sheet: str,
        known: Collection[str],
    ) -> None:
        """Columns that hold something and are not understood, each once."""
        held = {name for row in rows for name in row.cells} - {*known, *PASSED_OVER}
        ours = OURS_OF_CHOICES if sheet == CHOICES else OURS
        for column in columns:
            name = column.name
            if name in held and not name.startswith(ours):
                held.discard(name)
                self.losses.add(
                    "IMF-W149",
                    "the column '{column}' is not taken over",
                    At(sheet, 0, column.written),
                    column=column.written,
                )


def form_of(sheets: Sequence[Sheet], names: Mapping[str, str], losses: Losses) -> Form:
    """The form in a workbook; `names` gives the code of a language that is named differently.

    Raises `NoFormError`.
    """
    found = {name: _sheet(sheets, name, losses) for name in (SURVEY, CHOICES, SETTINGS)}
    survey = found[SURVEY]
    if survey is None:
        shown = ", ".join(sheet.name for sheet in sheets[:12]) or "-"
        raise no_form("IMF-E146", "there is no sheet 'survey', only: {sheets}", sheets=shown)
    reader = _Reader(names, losses)
    reader.unsuffixed = "en"  # for settings, whose columns have no language
    settings = reader.rows(found[SETTINGS] or Sheet(SETTINGS), SETTINGS, SETTINGS_COLUMNS)
    first = _joined(settings)
    _choose_default(reader, first, [sheet for sheet in found.values() if sheet])
    reader.languages.clear()
    headers = {reader.column(header, SURVEY).name for _, row in survey.rows[:1] for header in row}
    missing = [name for name in ("type", "name") if name not in headers]
    if missing:
        raise no_form(
            "IMF-E147",
            "the first row of the sheet 'survey' has no column {columns}",
            At(SURVEY, survey.rows[0][0] if survey.rows else 0),
            columns=", ".join(f"'{name}'" for name in missing),
        )
    rows = _enabled(reader.rows(survey, SURVEY, SURVEY_COLUMNS), losses)
    filters = " ".join(row.get("choice_filter") for row in rows)
    filtering = {*_KNOWN_OF_CHOICES, *_NAMES.findall(filters)}
    choices = reader.rows(found[CHOICES] or Sheet(CHOICES), CHOICES, filtering)
    languages = list(reader.languages) or [reader.unsuffixed]
    default = reader.unsuffixed if reader.unsuffixed in languages else languages[0]
    return Form(rows, dict(_lists(choices, losses)), first, languages, default)


def _enabled(rows: Sequence[Row], losses: Losses) -> list[Row]:
    """The rows without those that no program asks, since their author has switched them off."""
    for row in rows:
        if _is_disabled(row):
            losses.add("IMF-W142", "a row that is disabled is left out", row.at("disabled"))
    return [row for row in rows if not _is_disabled(row)]


def _is_disabled(row: Row) -> bool:
    return row.get("disabled").casefold() in YES


def _sheet(sheets: Sequence[Sheet], name: str, losses: Losses) -> Sheet | None:
    """The sheet of a name, whatever its case; the first of several."""
    some = [sheet for sheet in sheets if sheet.name.strip().casefold() == name]
    for sheet in some[1:]:
        losses.add("IMF-W164", "a second sheet of this name is not read", At(sheet.name))
    for sheet in some[:1]:
        if sheet.hidden:
            losses.add("IMF-W164", "the sheet is hidden; it is read all the same", At(sheet.name))
        if sheet.merged:
            losses.add(
                "IMF-W164",
                "{count} merged cell(s): their text counts for every row of them",
                At(sheet.name),
                count=sheet.merged,
            )
    return some[0] if some else None


def _joined(settings: Sequence[Row]) -> Row:
    """The row of settings; what was too long for a cell goes on in the rows below."""
    if not settings:
        return Row(SETTINGS, 0)
    cells = dict(settings[0].cells)
    for row in settings[1:]:
        for name, text in row.cells.items():
            if name.startswith(OURS):
                cells[name] = cells.get(name, "") + text
    return Row(SETTINGS, settings[0].number, cells)


def _choose_default(reader: _Reader, settings: Row, sheets: Sequence[Sheet]) -> None:
    """The language of columns that name none: the default one, else English, which is told."""
    named = settings.get("default_language")
    if code := (_language_of(named, reader.names) if named else None):
        reader.unsuffixed = code
        return
    if named and named.casefold() != "default":
        reader.losses.add(
            "IMF-W150",
            "the language '{language}' is not one of fr, nl, en, de; name it with "
            "--language '{language}=CODE' if it is",
            settings.at("default_language"),
            language=named,
        )
    columns = [
        reader.column(header, sheet.name.strip().casefold())
        for sheet in sheets
        for _, row in sheet.rows[:1]
        for header in row
    ]
    codes = [
        _language_of(c.language, reader.names) for c in columns if c.name in TEXTS and c.language
    ]
    known = [code for code in codes if code]
    bare = any(column.name in TEXTS and column.language is None for column in columns)
    given = reader.names.get("default")
    reader.unsuffixed = given or ("en" if bare or not known else known[0])
    if bare and given is None:
        reader.losses.add(
            "IMF-W152",
            "columns without a language are taken for English; say --language default=CODE if "
            "they are not",
        )


def _lists(choices: Sequence[Row], losses: Losses) -> Iterator[tuple[str, list[Row]]]:
    """The rows of each list, in order of first mention."""
    lists: dict[str, list[Row]] = {}
    for row in choices:
        name = row.get("list_name")
        if not name or not row.get("name"):
            losses.add(
                "IMF-W163", "a choice without a list or without a name is left out", row.at()
            )
            continue
        lists.setdefault(name, []).append(row)
    yield from lists.items()


def _language_of(written: str | None, names: Mapping[str, str]) -> str | None:
    """The code of a language; None when it is none of ours. `names` goes before all else."""
    if written is None:
        return None
    name = written.strip().casefold()
    if name in names:
        return names[name]
    found = _LANGUAGE_CODE.search(name)
    code = found[1] if found else re.split(r"[-_]", name, maxsplit=1)[0]
    if code in LANGUAGES:
        return code
    return _LANGUAGES.get(code) or _LANGUAGES.get(_LANGUAGE_CODE.sub("", name).strip())
