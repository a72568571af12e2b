"""SPSS: a syntax file with its data, which need nothing, and a .sav file, which needs pyreadstat.

Both say the same: labels, value labels, user-missing values, level of measurement. PSPP reads them
as well.
"""

from __future__ import annotations

import errno
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from imfsurvey import __version__
from imfsurvey.exchange.data.codebook import Cell, Codebook, Table, Variable
from imfsurvey.exchange.data.formats.kinds import Shape, line, plain, shape_of, table_shape

LABEL_BYTES: Final = 255
"""The longest label of a variable."""
VALUE_BYTES: Final = 120
"""The longest label of a value."""
FILE_BYTES: Final = 60
"""The longest label of a file."""
NOTE_BYTES: Final = 80
"""The longest line of a note."""
COMMENT_BYTES: Final = 200
"""The longest comment of a syntax file, on one line."""
TEXT_BYTES: Final = 32_767
"""The longest text."""

_PIECE: Final = 60
"""Letters of a label on one line: lines of more than 250 bytes are cut off by old versions."""
_WORD_END: Final = re.compile(r"\s+\S*$")


def clipped(text: str, most: int) -> str:
    """A text of at most so many bytes, cut at a blank and marked where it was cut."""
    text = line(text)
    if len(text.encode("utf-8")) <= most:
        return text
    kept = text.encode("utf-8")[: most - 3].decode("utf-8", "ignore")
    return f"{_WORD_END.sub('', kept)}…"


def in_lines(text: str, most: int) -> list[str]:
    """A text in lines of at most so many bytes, whole words on each; a longer word is cut."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and len(longer.encode("utf-8")) <= most:
            lines[-1] = longer
        else:
            lines.append(clipped(word, most))
    return lines


class Syntax:
    """The .sps file: reads the .spss.csv beside it and describes what it has read."""

    ending = ".sps"

    def write(self, table: Table, path: Path) -> None:
        """Write it, with the mark by which SPSS knows UTF-8."""
        path.write_text(syntax(table), encoding="utf-8-sig", newline="\n")

    def read(self, table: Table, path: Path) -> Shape:
        """As many variables as are declared; the values are in the other file."""
        text = path.read_text(encoding="utf-8-sig")
        declared = text.partition("/VARIABLES=\n")[2].partition("\n.\n")[0].splitlines()
        return Shape(table.rows, len(declared), shape_of([[text]], 1).checksum)

    def expected(self, table: Table) -> Shape:
        """The text and its variables."""
        return Shape(table.rows, table.width, shape_of([[syntax(table)]], 1).checksum)


def syntax(table: Table) -> str:
    """The commands, one paragraph each."""
    return "\n".join([*_head(table), *_reading(table), *_meaning(table.codebook), "EXECUTE.", ""])


def _head(table: Table) -> Iterator[str]:
    book = table.codebook
    yield "* Encoding: UTF-8."
    yield f"* {_comment(book.title)}."
    for name, value in book.facts:
        yield f"* {_comment(name)}: {_comment(value)}."
    for remark in book.remarks:
        for part in in_lines(remark, COMMENT_BYTES):
            yield f"* {_comment(part)}."
    yield f"* Made by imfsurvey {__version__}."
    yield "* The data lie beside this file: change to its folder first, with CD."
    yield "SET DECIMAL=DOT."


def _reading(table: Table) -> Iterator[str]:
    name = f"{table.stem}.spss.csv"
    yield f"GET DATA /TYPE=TXT /FILE={quoted(name)} /ENCODING='UTF8'"
    yield '  /ARRANGEMENT=DELIMITED /DELCASE=LINE /FIRSTCASE=2 /DELIMITERS="," /QUALIFIER=\'"\''
    yield "  /VARIABLES="
    for variable, column in zip(table.codebook.variables, table.columns, strict=True):
        yield f"  {variable.name} {spss_format(variable, column)}"
    yield "."


def _meaning(book: Codebook) -> Iterator[str]:
    yield f"FILE LABEL {quoted(clipped(book.title, FILE_BYTES))}."
    for variable in book.variables:
        yield f"VARIABLE LABELS {variable.name} {quoted(clipped(variable.label, LABEL_BYTES))}."
        if variable.categories:
            yield f"VALUE LABELS {variable.name}"
            for one in variable.categories:
                yield f"  {plain(one.value)} {quoted(clipped(one.label, VALUE_BYTES))}"
            yield "."
        if (missing := variable.missing_range) is not None:
            yield f"MISSING VALUES {variable.name} ({plain(missing[0])} THRU {plain(missing[1])})."
        yield f"VARIABLE LEVEL {variable.name} ({variable.measure.upper()})."


def quoted(text: str) -> str:
    """A text in apostrophes; a long one in pieces, a line each."""
    pieces = [text[at : at + _PIECE] for at in range(0, len(text), _PIECE)] or [""]
    return " +\n    ".join("'" + piece.replace("'", "''") + "'" for piece in pieces)


def _comment(text: str) -> str:
    """A text inside a comment, which a full stop at the end of a line would close."""
    return clipped(text, COMMENT_BYTES).rstrip(".")


def spss_format(variable: Variable, cells: Sequence[Cell]) -> str:
    """The format in which SPSS keeps and shows a variable with these cells."""
    if variable.kind == "text":
        longest = max((len(line(plain(cell)).encode("utf-8")) for cell in cells), default=1)
        return f"A{max(1, min(longest, TEXT_BYTES))}"
    values = [one.value for one in variable.categories] + [
        cell for cell in cells if isinstance(cell, int | float)
    ]
    decimals = variable.decimals or _decimals(variable)
    whole = max((len(str(int(value))) for value in values), default=1)
    return f"F{whole + decimals + 2}.{decimals}"


def _decimals(variable: Variable) -> int:
    """Of bands that begin between whole numbers."""
    texts = (plain(one.value).partition(".")[2] for one in variable.categories)
    return max((len(text) for text in texts), default=0)


class Sav:
    """A .sav file."""

    ending = ".sav"

    def write(self, table: Table, path: Path) -> None:
        """Write it by pyreadstat, from a pandas table."""
        import pandas  # type: ignore[import-untyped]
        import pyreadstat

        frame = pandas.DataFrame(dict(self._columns(table)))
        try:
            pyreadstat.write_sav(frame, str(path), row_compress=True, **_described(table))
        except pyreadstat.ReadstatError as error:
            raise OSError(errno.EIO, str(error)) from error

    def _columns(self, table: Table) -> Iterator[tuple[str, Any]]:
        import pandas

        for variable, column in zip(table.codebook.variables, table.columns, strict=True):
            if variable.kind == "text":
                yield variable.name, pandas.Series([plain(cell) for cell in column], dtype="object")
            else:
                values = [float("nan") if cell is None else float(cell) for cell in column]
                yield variable.name, pandas.Series(values, dtype="float64")

    def read(self, table: Table, path: Path) -> Shape:
        """Read it, user-missing values as they are."""
        import pyreadstat

        try:
            frame, _ = pyreadstat.read_sav(str(path), user_missing=True)
        except pyreadstat.ReadstatError as error:
            raise ValueError("no .sav file") from error
        columns = [[_cell(value) for value in frame[name].tolist()] for name in frame.columns]
        return shape_of(zip(*columns, strict=True), len(columns))

    def expected(self, table: Table) -> Shape:
        """The table as it is."""
        return table_shape(table)


def _described(table: Table) -> dict[str, Any]:
    """What is said of the file and its variables, in pyreadstat's words."""
    book = table.codebook
    return {
        "file_label": clipped(book.title, FILE_BYTES),
        "column_labels": [clipped(one.label, LABEL_BYTES) for one in book.variables],
        "variable_value_labels": {
            one.name: {each.value: clipped(each.label, VALUE_BYTES) for each in one.categories}
            for one in book.variables
            if one.categories
        },
        "missing_ranges": {
            one.name: [{"lo": missing[0], "hi": missing[1]}]
            for one in book.variables
            if (missing := one.missing_range) is not None
        },
        "variable_measure": {one.name: one.measure for one in book.variables},
        "variable_format": {
            one.name: spss_format(one, column)
            for one, column in zip(book.variables, table.columns, strict=True)
        },
        "note": [part for remark in book.remarks for part in in_lines(remark, NOTE_BYTES)],
    }


def _cell(value: Any) -> Cell:
    if isinstance(value, str):
        return value
    return None if value is None or value != value else float(value)
