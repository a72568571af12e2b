"""What is known about a document beside its text, and its file: the same bytes every time."""

from __future__ import annotations

import datetime
import io
import zipfile
from typing import Final, cast

from docx.document import Document
from docx.opc.package import OpcPackage
from docx.opc.packuri import PackURI
from docx.opc.phys_pkg import PhysPkgWriter
from docx.opc.pkgwriter import PackageWriter

from imfsurvey.report.docx.look import language_tag

_FOREIGN: Final = ("/thumbnail", "/stylesWithEffects", "/customXml", "/extended-properties")
"""Parts of python-docx's template that tell of another document and another program."""

_EARLIEST: Final = datetime.date(1980, 1, 1)
"""The first day that a zip file knows."""

_UNIX: Final = 3
"""The system that wrote a part: the same, whatever system writes it."""


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
    package = document.part.package
    written = io.BytesIO()
    for part in package.parts:
        part.before_marshal()
    with zipfile.ZipFile(written, "w") as file:
        _Parts.write_all(package, cast("PhysPkgWriter", _Dated(file, max(day, _EARLIEST))))
    return written.getvalue()


class _Parts(PackageWriter):
    """What python-docx writes into a package, put elsewhere than into a zip file of its own."""

    @classmethod
    def write_all(cls, package: OpcPackage, place: PhysPkgWriter) -> None:
        """Every part with what it refers to, as `PackageWriter.write` does."""
        cls._write_content_types_stream(place, package.parts)  # type: ignore[no-untyped-call]
        cls._write_pkg_rels(place, package.rels)  # type: ignore[no-untyped-call]
        cls._write_parts(place, package.parts)


class _Dated:
    """Takes parts into a zip file with one time for all."""

    def __init__(self, file: zipfile.ZipFile, day: datetime.date) -> None:
        self._file = file
        self._midnight = (day.year, day.month, day.day, 0, 0, 0)

    def write(self, name: PackURI, content: bytes) -> None:
        """One part. Pictures are compressed already: again would take long and gain nothing."""
        part = zipfile.ZipInfo(name.membername, self._midnight)
        part.create_system = _UNIX
        compress = zipfile.ZIP_STORED if name.ext == "png" else zipfile.ZIP_DEFLATED
        self._file.writestr(part, content, compress)
