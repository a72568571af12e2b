"""Cells of a workbook that hold an error, such as #N/A: what its author sees in them.

The library that reads workbooks gives nothing for them, and nothing is an answer left blank. Only
.xlsx and .xlsm are looked into: as ECMA-376 has it, such a cell has the type `e`.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import Final
from xml.etree import ElementTree as ET

from imfsurvey.exchange.workbook.archive import BROKEN

Faults = Mapping[tuple[int, int], str]
"""The error by row and column, from 1."""

_RELATED: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_SIGN: Final = re.compile(rb"""\bt=["']e["']""")
_CELL: Final = re.compile(rb"""<(?:\w+:)?c\s([^<>]*\bt=["']e["'][^<>]*)>""")
_PLACE: Final = re.compile(rb"""\br=["']([A-Z]{1,3})(\d{1,7})["']""")
_VALUE: Final = re.compile(rb"<(?:\w+:)?v>([#\w/!?]{1,20})<")
_REACH: Final = 10_000
"""Bytes behind a cell in which its value stands; a formula may come before it."""
_UNNAMED: Final = "#ERROR!"


def faults_in(data: bytes, sheet: str) -> Faults:
    """The cells of a sheet that hold an error; none where that cannot be told."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            part = _parts(archive).get(sheet, "")
            return dict(_found(archive.read(part))) if part else {}
    except (*BROKEN, ET.ParseError, KeyError):
        return {}


def _parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """The part of the archive in which each sheet lies."""
    links = {
        one.get("Id"): one.get("Target", "")
        for one in ET.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    }
    return {
        one.get("name", ""): _path(links.get(one.get(_RELATED), ""))
        for one in ET.fromstring(archive.read("xl/workbook.xml")).iter()
        if one.tag.endswith("}sheet")
    }


def _path(target: str) -> str:
    """A target is told from the folder of the workbook, or from the root of the archive."""
    return target[1:] if target.startswith("/") else f"xl/{target}"


def _found(xml: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    if _SIGN.search(xml) is None:
        return
    for cell in _CELL.finditer(xml):
        if (place := _PLACE.search(cell[1])) is None:
            continue
        value = _VALUE.search(xml, cell.end(), cell.end() + _REACH)
        said = value[1].decode("utf-8", "replace") if value else _UNNAMED
        yield (int(place[2]), _column(place[1])), said


def _column(letters: bytes) -> int:
    """A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
