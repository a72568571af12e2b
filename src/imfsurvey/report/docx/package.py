"""What is known about a document beside its text, and its file: the same bytes every time."""

from __future__ import annotations

import datetime
import io
import zipfile
from typing import Final

from docx.document import Document

from imfsurvey.report.docx.look import language_tag

_FOREIGN: Final = ("/thumbnail", "/stylesWithEffects", "/customXml", "/extended-properties")
"""Parts of python-docx's template that tell of another document and another program."""

_EARLIEST: Final = datetime.date(1980, 1, 1)
"""The first day that a zip file knows."""


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
    day = max(day, _EARLIEST)
    result = io.BytesIO()
    with (
        zipfile.ZipFile(written) as source,
        zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for part in source.infolist():
            info = zipfile.ZipInfo(part.filename, (day.year, day.month, day.day, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            info.create_system = 3  # the same, whatever system writes it
            target.writestr(info, source.read(part))
    return result.getvalue()
