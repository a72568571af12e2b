"""Catalogues for translators, as PO files and as workbooks; the same is said in both.

A PO file is for a translator's editor, a workbook for people without one. What comes back is told
by its content, and everything wrong with it is found at once.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, Final

from imfsurvey import __version__
from imfsurvey.exchange.workbook.opening import Sheet, WorkbookError, is_workbook, sheets_in
from imfsurvey.exchange.workbook.process import MAX_ROWS, Wanted
from imfsurvey.exchange.workbook.writing import LONGEST_CELL, new_book
from imfsurvey.i18n.catalogue import Translator
from imfsurvey.i18n.errors import InputError
from imfsurvey.questionnaire.replies import Replies, Reply
from imfsurvey.questionnaire.translations import Catalogue, Unit, placeholders
from imfsurvey.source.characters import HIDDEN, hidden_in_line, lines_of, visible
from imfsurvey.source.document import bytes_in
from imfsurvey.source.problems import MAX_PROBLEMS, Problem, ProblemsFoundError

MAX_BYTES: Final = 8 * 1024 * 1024

_WIDTH: Final = 78
_PO_LINE = re.compile(
    r"(?:#.*|[ \t]*|"
    r'(?:(?:msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?)[ \t]+)?"(?:[^"\\]|\\.)*"[ \t]*)'
)
_PO_FAULT = re.compile(r"\(line (\d+)\)")
_TRANSLATION: Final = 4
"""The column of a workbook that the translator fills in, from 1."""
_SHEET, _ABOUT = "texts", "imfsurvey"
_WANTED: Final = Wanted(
    (_SHEET, _ABOUT),
    only_xlsx=True,
    unpacked=64 * 1024 * 1024,
    memory=1024**3,
    last_row=MAX_ROWS,
)


# --- going out --------------------------------------------------------------------------------


def po(catalogue: Catalogue, t: Translator) -> str:
    """A catalogue as a PO file, its comments in the language of `t`."""
    import polib

    file = polib.POFile(wrapwidth=_WIDTH)
    file.header = f"{catalogue.id}: {catalogue.source_language} → {catalogue.language}"
    file.metadata = {
        "Project-Id-Version": f"{catalogue.id} {catalogue.version}",
        "Language": catalogue.language,
        "X-Source-Language": catalogue.source_language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "X-Generator": f"imfsurvey {__version__}",
    }
    for unit in catalogue.units:
        changed = unit.previous is not None
        entry = polib.POEntry(
            msgctxt=unit.key,
            msgid=unit.source,
            msgstr=unit.translation,
            comment="\n".join([t.messages.gettext(unit.kind), *_remarks(unit, t)]),
            occurrences=[(Path(catalogue.file).name.replace(" ", "_"), str(unit.place.line))],
            flags=["fuzzy"] if changed else [],
            previous_msgctxt=unit.key if changed else None,
            previous_msgid=unit.previous,
        )
        file.append(entry)
    return str(file)


def workbook(catalogue: Catalogue, t: Translator) -> bytes:
    """A catalogue as a workbook in which only the translations can be written."""
    made = io.BytesIO()
    book = new_book(made, f"{catalogue.id} {catalogue.version}")
    _fill_texts(book, catalogue, t)
    about = book.add_worksheet(_ABOUT)
    about.protect()
    said = {
        "id": catalogue.id,
        "version": catalogue.version,
        "source_language": catalogue.source_language,
        "language": catalogue.language,
    }
    for row, pair in enumerate(said.items()):
        for column, text in enumerate(pair):
            about.write_string(row, column, text)
    book.close()
    return made.getvalue()


def _fill_texts(book: Any, catalogue: Catalogue, t: Translator) -> None:
    for unit in catalogue.units:
        _refuse_too_long(unit)
    sheet = book.add_worksheet(_SHEET)
    plain = {"text_wrap": True, "valign": "top", "num_format": "@"}
    locked = book.add_format({**plain, "font_color": "#404040"})
    free = book.add_format({**plain, "locked": False, "bg_color": "#FFFFE0", "border": 1})
    head = book.add_format({**plain, "bold": True, "bg_color": "#E0E0E0"})
    columns = (
        (t("key"), 26),
        (t("kind"), 22),
        (t("source ({language})", language=catalogue.source_language), 60),
        (t("translation ({language})", language=catalogue.language), 60),
        (t("remark"), 50),
    )
    for column, (title, width) in enumerate(columns):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, title, head)
    for row, unit in enumerate(catalogue.units, start=1):
        remark = "\n".join(_remarks(unit, t, in_words=True))[:LONGEST_CELL]
        cells = (unit.key, t.messages.gettext(unit.kind), unit.source, unit.translation, remark)
        for column, text in enumerate(cells):
            _write(sheet, row, column, text, free if column == _TRANSLATION - 1 else locked)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(catalogue.units), len(columns) - 1)
    allowed = ("format_columns", "format_rows", "autofilter", "sort")
    sheet.protect(options=dict.fromkeys(allowed, True))


def _refuse_too_long(unit: Unit) -> None:
    length = max(len(unit.source), len(unit.translation))
    if length > LONGEST_CELL:
        raise InputError(
            "IMF-E184",
            "'{key}' has {length} characters, more than the {limit} that a cell of a workbook "
            "holds: use a PO file.",
            key=unit.key,
            length=length,
            limit=LONGEST_CELL,
        )


def _write(sheet: Any, row: int, column: int, text: str, look: Any) -> None:
    """A text as a text, even where it looks like a formula, a number or an address."""
    if text:
        sheet.write_string(row, column, text, look)
    else:
        sheet.write_blank(row, column, None, look)


def _remarks(unit: Unit, t: Translator, *, in_words: bool = False) -> Iterator[str]:
    """Where a text stands and what to heed; `in_words`: where there are no other signs of it."""
    if in_words:
        yield t("line {line}", line=unit.place.line)
    if unit.around:
        yield t("belongs to: {text}", text=unit.around)
    if names := sorted(placeholders(unit.source)):
        yield t("to be kept as it is: {names}", names=" ".join(names))
    if unit.previous is not None:
        yield t("The source has changed since it was translated; please look at it again.")
        if in_words:
            yield t("source before: {text}", text=unit.previous)


# --- coming back ------------------------------------------------------------------------------


def replies_in(path: Path) -> Replies:
    """What a translator gave back. Raises `ProblemsFoundError`."""
    name = str(path)
    data = bytes_in(path, MAX_BYTES)
    if len(data) > MAX_BYTES:
        raise _whole("IMF-E003", "is larger than {limit} bytes", name, limit=MAX_BYTES)
    if is_workbook(data):
        return _from_workbook(name, data)
    try:
        return _from_po(name, data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise _whole(
            "IMF-E170", "is neither a workbook (.xlsx) nor a PO file in UTF-8", name
        ) from error


def _whole(code: str, template: str, name: str, /, **params: object) -> ProblemsFoundError:
    """The error for a catalogue that cannot be used at all."""
    return ProblemsFoundError([Problem(code, template, params, name)])


def _headed(name: str, said: dict[str, str], replies: Sequence[Reply]) -> Replies:
    """The replies, once it is known from what and into what they translate."""
    wanted = ("id", "source_language", "language")
    missing = [one for one in wanted if not said.get(one)]
    if missing:
        raise _whole(
            "IMF-E172",
            "does not say what it translates ({missing}): it is not what 'imfsurvey translate "
            "export' made",
            name,
            missing=", ".join(missing),
        )
    id_, source_language, language = (said[one] for one in wanted)
    return Replies(name, id_, source_language, language, tuple(replies))


def _from_po(name: str, text: str) -> Replies:
    import polib

    lines = lines_of(text)
    if problems := list(islice(_po_faults(name, lines), MAX_PROBLEMS)):
        raise ProblemsFoundError(problems)
    try:
        # One line more, so that the text is never taken for the name of a file.
        file = polib.pofile("\n".join([*lines, ""]))
    except OSError as error:
        found = _PO_FAULT.search(str(error))
        line = int(found[1]) if found else 0
        raise ProblemsFoundError([_po_fault(name, lines, line)]) from error
    said = {
        "id": file.metadata.get("Project-Id-Version", "").split(" ")[0],
        "source_language": file.metadata.get("X-Source-Language", ""),
        "language": file.metadata.get("Language", ""),
    }
    entries = [entry for entry in file if not entry.obsolete]
    replies = [_po_reply(entry, lines) for entry in entries if entry.msgctxt is not None]
    headed = _headed(name, said, replies)
    if keyless := [_po_keyless(name, entry) for entry in entries if _says_of_nothing(entry)]:
        raise ProblemsFoundError(keyless[:MAX_PROBLEMS])
    return headed


def _says_of_nothing(entry: Any) -> bool:
    """Whether there is a translation, but nothing that says of which text."""
    return entry.msgctxt is None and bool(entry.msgstr or entry.msgstr_plural)


def _po_keyless(name: str, entry: Any) -> Problem:
    return Problem(
        "IMF-E175",
        "this entry has no 'msgctxt', which says what text it translates; use an editor that keeps "
        "it",
        {},
        name,
        int(entry.linenum),
        1,
    )


def _po_reply(entry: Any, lines: Sequence[str]) -> Reply:
    line = int(entry.linenum)
    while line < len(lines) and not lines[line - 1].startswith("msgstr"):
        line += 1
    return Reply(
        key=entry.msgctxt,
        source=entry.msgid,
        translation=entry.msgstr,
        line=line,
        excerpt=visible(lines[line - 1]),
        unfinished=entry.fuzzy,
    )


def _po_faults(name: str, lines: Sequence[str]) -> Iterator[Problem]:
    """Lines that a PO file cannot have; polib passes over some of them."""
    for number, line in enumerate(lines, start=1):
        hidden = list(hidden_in_line(line))
        for column, character in hidden:
            yield Problem(
                "IMF-E178",
                HIDDEN,
                {"character": character},
                name,
                number,
                column,
                excerpt=visible(line),
            )
        if not hidden and not _PO_LINE.fullmatch(line):
            yield _po_fault(name, lines, number)


def _po_fault(name: str, lines: Sequence[str], line: int) -> Problem:
    return Problem(
        "IMF-E170",
        "this is no line of a PO file, or does not belong here; mend it in a PO editor",
        {},
        name,
        line,
        1,
        excerpt=visible(lines[line - 1]) if 0 < line <= len(lines) else "",
    )


def _from_workbook(name: str, data: bytes) -> Replies:
    sheets = _sheets_in(name, data)
    said = {cells[0]: cells[1] for _, cells in sheets[_ABOUT].rows if len(cells) > 1}
    values = dict(sheets[_SHEET].values)
    problems: list[Problem] = []
    replies: list[Reply] = []
    for number, cells in sheets[_SHEET].rows[1:]:
        texts = [*cells, "", "", "", ""][:_TRANSLATION]
        for column in values.get(number, ()):
            if column <= _TRANSLATION:
                problems.append(_no_text(name, number, column, texts[column - 1]))
        if any(text.strip() for text in texts):
            key, _, source, translation = (text.replace("\r\n", "\n") for text in texts)
            replies.append(Reply(key, source, translation, number, _TRANSLATION))
    if problems:
        raise ProblemsFoundError(problems[:MAX_PROBLEMS])
    return _headed(name, said, replies)


def _no_text(name: str, row: int, column: int, value: str) -> Problem:
    return Problem(
        "IMF-E180",
        "'{value}' is a number or a date here, no text; write it with an apostrophe before it",
        {"value": value},
        name,
        row,
        column,
    )


def _sheets_in(name: str, data: bytes) -> dict[str, Sheet]:
    """The two sheets of a catalogue, empty where there is none."""
    try:
        found = {sheet.name: sheet for sheet in sheets_in(data, _WANTED)}
    except WorkbookError as error:
        if error.reason == "large":
            rows, unpacked = error.params["rows"], error.params["unpacked"]
            raise _whole(
                "IMF-E171",
                "the workbook is too large: at most {rows} rows and {bytes} bytes unpacked",
                name,
                rows=rows,
                bytes=unpacked,
            ) from error
        raise _whole(
            "IMF-E171",
            "is no workbook that can be read: save it as .xlsx, without a password",
            name,
        ) from error
    return {one: found.get(one, Sheet(one)) for one in (_SHEET, _ABOUT)}
