"""What is known about a document beside its text, and its file: the same bytes every time."""

from __future__ import annotations

import datetime
import io
import struct
import zipfile
from typing import Final

from docx.document import Document

from imfsurvey.report.docx.look import language_tag

_FOREIGN: Final = ("/thumbnail", "/stylesWithEffects", "/customXml", "/extended-properties")
"""Parts of python-docx's template that tell of another document and another program."""

_EARLIEST: Final = datetime.date(1980, 1, 1)
"""The first day that a zip file knows."""

_UNIX: Final = 3
"""The system that wrote a part: the same, whatever system writes it."""

_ENTRY: Final = 46
"""Bytes of a part's entry in the list at the end of a zip file, before its name."""


def describe(
    document: Document, *, title: str, subject: str, author: str, language: str, day: datetime.date
) -> None:
    """The properties of the file. Nobody who uses this computer is named in it."""
    for relations in (document.part.package.rels, document.part.rels):
        for key in [key for key, one in relations.items() if one.reltype.endswith(_FOREIGN)]:
            del relations[key]
    known = document.core_properties
    known.title, known.subject, known.author = title[:255], subject[:255], author[:255]
    known.language = language_tag(language)
    known.created = known.modified = datetime.datetime.combine(day, datetime.time())
    known.last_modified_by = known.comments = known.keywords = known.category = ""
    known.revision = 1


def packed(document: Document, day: datetime.date) -> bytes:
    """The file. A zip file holds a time for each part: the day, at midnight."""
    written = io.BytesIO()
    document.save(written)
    return _dated(written.getvalue(), max(day, _EARLIEST))


def _dated(file: bytes, day: datetime.date) -> bytes:
    """The same zip file with other times. They are changed where they stand (APPNOTE 4.3.7 and
    4.3.12): to pack everything once more takes as long as to write the document."""
    held = bytearray(file)
    stamp = struct.pack("<HH", 0, (day.year - 1980) << 9 | day.month << 5 | day.day)
    with zipfile.ZipFile(io.BytesIO(file)) as parts:
        entry = parts.start_dir
        for part in parts.infolist():
            held[part.header_offset + 10 : part.header_offset + 14] = stamp
            held[entry + 5] = _UNIX
            held[entry + 12 : entry + 16] = stamp
            entry += _ENTRY + sum(struct.unpack_from("<HHH", file, entry + 28))
    return bytes(held)
