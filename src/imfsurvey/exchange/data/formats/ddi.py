"""DDI-Codebook 2.5: the description that data archives ask for. It holds no data.

Elements and their order are those of the DDI Alliance's schema, version 2.5 of 2012.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET

from imfsurvey import __version__
from imfsurvey.exchange.data.codebook import Codebook, Table, Variable
from imfsurvey.exchange.data.formats.kinds import Shape, plain, shape_of

NAMESPACE: Final = "ddi:codebook:2_5"
_LANGUAGE: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_NATURE: Final = {"nominal": "nominal", "ordinal": "ordinal", "scale": "ratio"}


class Ddi:
    """A .ddi.xml file."""

    ending = ".ddi.xml"

    def write(self, table: Table, path: Path) -> None:
        """Write it."""
        path.write_bytes(ddi(table))

    def read(self, table: Table, path: Path) -> Shape:
        """Read it as XML: its variables and their labels."""
        try:
            return _described(ET.parse(path).getroot(), table)
        except ET.ParseError as error:
            raise ValueError("no XML") from error

    def expected(self, table: Table) -> Shape:
        """The description."""
        return _described(ET.fromstring(ddi(table)), table)


def _described(root: ET.Element, table: Table) -> Shape:
    found = root.findall(f".//{{{NAMESPACE}}}var")
    rows = [[one.get("name", ""), "".join(one.itertext())] for one in found]
    return Shape(table.rows, len(found), shape_of(rows, 2).checksum)


def ddi(table: Table) -> bytes:
    """The whole document."""
    ET.register_namespace("", NAMESPACE)
    book = table.codebook
    root = ET.Element(_name("codeBook"), {"version": "2.5", _LANGUAGE: book.language})
    _study(root, book)
    _file(root, table)
    variables = _below(root, "dataDscr")
    for number, variable in enumerate(book.variables, start=1):
        _variable(variables, variable, number)
    ET.indent(root)
    text: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def _study(root: ET.Element, book: Codebook) -> None:
    study = _below(root, "stdyDscr")
    citation = _below(study, "citation")
    title = _below(citation, "titlStmt")
    _below(title, "titl", book.title)
    _below(title, "IDNo", book.identity)
    production = _below(citation, "prodStmt")
    _below(production, "software", "imfsurvey", version=__version__)
    information = _below(study, "stdyInfo")
    _below(information, "abstract", "; ".join(f"{name}: {value}" for name, value in book.facts))
    access = _below(study, "dataAccs")
    use = _below(access, "useStmt")
    if book.confidential:
        _below(use, "confDec", book.remarks[0], required="yes")
    for remark in book.remarks:
        _below(access, "notes", remark)


def _file(root: ET.Element, table: Table) -> None:
    text = _below(_below(root, "fileDscr", ID="F1"), "fileTxt")
    _below(text, "fileName", table.stem)
    dimensions = _below(text, "dimensns")
    if table.rows:
        _below(dimensions, "caseQnty", str(table.rows))
    _below(dimensions, "varQnty", str(table.width))


def _variable(above: ET.Element, variable: Variable, number: int) -> None:
    continuous = variable.kind == "number"
    one = _below(
        above,
        "var",
        ID=f"V{number}",
        name=variable.name,
        files="F1",
        dcml=str(variable.decimals),
        intrvl="contin" if continuous else "discrete",
        nature=_NATURE[variable.measure],
    )
    _below(one, "labl", variable.label, level="variable")
    if variable.item:
        _below(_below(one, "qstn", ID=f"Q{number}"), "qstnLit", variable.label)
    if variable.statuses:
        invalid = _below(one, "invalrng")
        for value in variable.statuses.values():
            _below(invalid, "item", VALUE=plain(value))
    if variable.condition:
        _below(one, "universe", variable.condition)
    for note in variable.notes:
        _below(one, "txt", note)
    for category in variable.categories:
        said = _below(one, "catgry", missing="Y" if category.missing else "N")
        _below(said, "catValu", plain(category.value))
        _below(said, "labl", category.label, level="category")
    _below(one, "varFormat", type="character" if variable.kind == "text" else "numeric")


def _below(above: ET.Element, tag: str, text: str = "", /, **attributes: str) -> ET.Element:
    element = ET.SubElement(above, _name(tag), attributes)
    if text:
        element.text = text
    return element


def _name(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"
