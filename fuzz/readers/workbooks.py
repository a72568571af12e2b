"""XLSForm: sheets of any cells, and workbooks that are broken, swollen or full of traps."""

from __future__ import annotations

import io
import json
import os
import random
import zipfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from changing import ODD_TEXTS, changed_bytes
from mutations import changed
from oldxls import xls
from reading import Input
from xlsforms import CHOICES, FRAMEWORK, SURVEY, book, plain

from imfsurvey.exchange.workbook import opening, process
from imfsurvey.exchange.workbook.opening import Sheet, WorkbookError
from imfsurvey.exchange.xlsform.convert import from_sheets, workbook_of
from imfsurvey.exchange.xlsform.inward.questionnaire import Wishes
from imfsurvey.exchange.xlsform.workbook.loading import WANTED, sheets_at
from imfsurvey.framework import load_framework
from imfsurvey.questionnaire import load_questionnaire
from imfsurvey.questionnaire.shipped import FRAMEWORK as IMF_FILE
from imfsurvey.questionnaire.shipped import shipped

_TESTS = Path(__file__).resolve().parents[2] / "tests"
_FILES = tuple(_TESTS / "samples" / f"{name}.yaml" for name in ("survey", "constructs"))
_FULL = _TESTS / "exchange" / "xlsform" / "full.yaml"
_IMF = load_framework(shipped(IMF_FILE))
_REAL = 100
"""Of so many workbooks, one is read in a new program, as all are; the others in a fork of this."""

_WORDS = (
    *("select_one ab", "select_multiple ab", "select_one", "begin group", "end group", "rank ab"),
    *("begin repeat", "end repeat", "note", "text", "integer", "decimal", "date", "calculate"),
    *("range", "acknowledge", "${q1}", "selected(${q1}, 'a')", "${q1} = 'a' and (", "not(${q1})"),
    *("count-selected(${q2}) > 1", ". > 3", "if(1,2,3)", "once(today())", "yes", "no", "TRUE"),
    *("label::Français (fr)", "hint", "relevant", "constraint", "appearance", "likert", "minimal"),
    *(
        "randomize=true",
        "start=1 end=5 step=0",
        "start=0 end=1e9 step=0.001",
        "or_other",
        "calculation",
    ),
)


def _books() -> list[bytes]:
    made = [workbook_of(load_questionnaire(file, FRAMEWORK), FRAMEWORK)[0] for file in _FILES]
    full, _ = workbook_of(load_questionnaire(_FULL, _IMF), _IMF)
    return [*made, full, full, book(survey=SURVEY, choices=CHOICES)]


class Cells:
    """Sheets with other cells, as if they had been read from a workbook."""

    seconds = 10

    def __init__(self, folder: Path) -> None:
        self._samples = [[asdict(sheet) for sheet in plain(one)] for one in _books()]
        self._texts = sorted(
            {
                text
                for sheets in self._samples
                for sheet in sheets
                for _, cells in sheet["rows"]
                for text in cells
            }
        )

    def make(self, rng: random.Random) -> Input:
        """One of the forms, with other cells and rows."""
        sheets = json.loads(json.dumps(rng.choice(self._samples)))
        for _ in range(rng.choice((1, 1, 2, 4, 12))):
            rows = rng.choice([sheet["rows"] for sheet in sheets if sheet["rows"]])
            kind, at = rng.randrange(8), rng.randrange(len(rows))
            if kind == 0 and len(rows) > 1:
                del rows[at]
            elif kind == 1:
                rows.insert(at, json.loads(json.dumps(rng.choice(rows))))
            elif kind == 2:
                rows[at][1] = rows[at][1][: rng.randrange(len(rows[at][1]) + 1)]
            elif rows[at][1]:
                place = rng.randrange(len(rows[at][1]))
                rows[at][1][place] = self._cell(rng, rows[at][1][place])
        return Input(json.dumps(sheets).encode())

    def _cell(self, rng: random.Random, text: str) -> str:
        kind = rng.randrange(4)
        if kind == 0:
            return changed(rng, text).decode("utf-8", "replace")
        return rng.choice((self._texts, _WORDS, ODD_TEXTS)[kind - 1])

    def read(self, given: Input) -> Sequence[str]:
        """Make a questionnaire of it."""
        sheets = [
            Sheet(**{**one, "rows": [(number, cells) for number, cells in one["rows"]]})
            for one in json.loads(given.data)
        ]
        from_sheets(sheets, _IMF, Wishes(None, _IMF.framework.id, "form"), {})
        return []


class Files:
    """Workbooks as files."""

    seconds = 60

    def __init__(self, folder: Path) -> None:
        self._file = folder / "form.xlsx"
        self._books = _books()
        rows = [[str(cell) for cell in row] for row in (*SURVEY, *CHOICES)]
        self._old = xls({"survey": rows, "choices": rows})
        self._ods = _ods()
        self._count = 0

    def make(self, rng: random.Random) -> Input:
        """A workbook that is not as it was."""
        kind = rng.randrange(20)
        if kind < 4:
            return Input(changed_bytes(rng, rng.choice(self._books)), "bytes")
        if kind < 7:
            return Input(changed_bytes(rng, self._old), "xls")
        if kind < 10:
            return Input(_members_changed(rng, self._ods), "ods")
        if kind == 10:
            return Input(_trap(rng, rng.choice(self._books)), "trap")
        return Input(_members_changed(rng, rng.choice(self._books)), "members")

    def read(self, given: Input) -> Sequence[str]:
        """As `imfsurvey convert` does."""
        self._count += 1
        self._file.write_bytes(given.data)
        if self._count % _REAL == 0 or not given.data.startswith((b"PK\x03\x04", b"\xd0\xcf")):
            sheets = sheets_at(self._file)
        else:
            sheets = _forked(given.data)
        if sheets is None:
            return ["damaged"]
        from_sheets(sheets, _IMF, Wishes(None, _IMF.framework.id, "form"), {})
        return []


def _forked(data: bytes) -> list[Sheet] | None:
    """The sheets, read in a fork of this process with the limits of the real one."""
    try:
        if data.startswith(b"PK\x03\x04"):
            opening._look_into_zip(data, WANTED)
    except WorkbookError:
        return None
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            process._limit_memory(WANTED.memory)
            told = json.dumps(process.answer(data, WANTED)).encode()
            while told:
                told = told[os.write(writing, told) :]
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        told = pipe.read()
    os.waitpid(child, 0)
    if not told:
        return None
    said = json.loads(told)
    return None if "failed" in said else [Sheet(**one) for one in said["sheets"]]


def _members_changed(rng: random.Random, data: bytes) -> bytes:
    """A zip whose members hold something else."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {one.filename: archive.read(one) for one in archive.infolist()}
    for _ in range(rng.choice((1, 1, 2, 3))):
        name = rng.choice(list(members))
        kind = rng.randrange(10)
        if kind == 0:
            del members[name]
        elif kind == 1:
            members[rng.choice(("../../x", "/etc/x", "xl/workbook.xml", "é", "a" * 300))] = b"x"
        elif kind < 6:
            members[name] = changed(rng, members[name].decode("utf-8", "replace"))
        else:
            members[name] = changed_bytes(rng, members[name], list(members.values()))
        if not members:
            break
    return _zip(members)


def _zip(members: dict[str, bytes], how: int = zipfile.ZIP_STORED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", how) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return made.getvalue()


_ENTITIES = """<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">
<!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;"><!ENTITY e SYSTEM "file:///etc/passwd">]>"""


def _trap(rng: random.Random, data: bytes) -> bytes:
    """A bomb, entities, a cell beyond everything, names that lead out of the folder."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {one.filename: archive.read(one) for one in archive.infolist()}
    sheet = "xl/worksheets/sheet1.xml"
    text = members[sheet].decode()
    kind = rng.randrange(6)
    if kind == 0:
        members[sheet] = text.replace("<sheetData>", "<sheetData>" + " " * 5_000_000).encode()
    elif kind == 1:
        entity = rng.choice("abcde")
        members[sheet] = (
            (_ENTITIES + text.partition("?>")[2]).replace("<v>0</v>", f"<v>&{entity};</v>").encode()
        )
    elif kind == 2:
        place = rng.choice(("XFD1048576", "A99999999999", "ZZZZZZZ1", "A0", "1", "A-1"))
        members[sheet] = text.replace('r="A1"', f'r="{place}"').encode()
    elif kind == 3:
        size = rng.choice(("A1:XFD1048576", "A1:A1048576", "A1:A20001", "A1:ZZZ9"))
        members[sheet] = text.replace(
            "<sheetData>", f'<dimension ref="{size}"/><sheetData>'
        ).encode()
    elif kind == 4:
        row = '<row r="5"><c r="A5" t="inlineStr"><is><t>x</t></is></c></row>'
        members[sheet] = text.replace("</sheetData>", row * 25_000 + "</sheetData>").encode()
    else:
        merged = "".join(f'<mergeCell ref="A{n}:A{n + 900}"/>' for n in range(1, 500))
        members[sheet] = text.replace(
            "</sheetData>", f"</sheetData><mergeCells>{merged}</mergeCells>"
        ).encode()
    return _zip(members, zipfile.ZIP_DEFLATED)


def _ods() -> bytes:
    """A small OpenDocument spreadsheet."""

    def table(name: str, rows: Sequence[Sequence[object]]) -> str:
        body = "".join(
            "<table:table-row>"
            + "".join(
                f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p>'
                "</table:table-cell>"
                for cell in row
            )
            + "</table:table-row>"
            for row in rows
        )
        return f'<table:table table:name="{name}">{body}</table:table>'

    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{spaces}><office:body>'
        f"<office:spreadsheet>{table('survey', SURVEY)}{table('choices', CHOICES)}"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    return _zip({"mimetype": kind, "content.xml": content.encode()})
