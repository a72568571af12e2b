"""JSON: the codebook, and behind it the rows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from imfsurvey.exchange.data.codebook import Codebook, Table, Variable
from imfsurvey.exchange.data.formats.kinds import Shape, shape_of, table_shape


class Json:
    """A .json file: `codebook` and `rows`, each a list of values in the order of the variables."""

    ending = ".json"

    def write(self, table: Table, path: Path) -> None:
        """Write it, one row a line."""
        with path.open("w", encoding="utf-8", newline="\n") as file:
            about = json.dumps(codebook_json(table.codebook), ensure_ascii=False, indent=1)
            file.write(f'{{"codebook": {about},\n"rows": [')
            for number, row in enumerate(table.each_row()):
                file.write("\n" if number == 0 else ",\n")
                file.write(json.dumps(row, ensure_ascii=False))
            file.write("\n]}\n")

    def read(self, table: Table, path: Path) -> Shape:
        """Read it."""
        found = json.loads(path.read_text("utf-8"))
        return shape_of(found["rows"], len(found["codebook"]["variables"]))

    def expected(self, table: Table) -> Shape:
        """The table as it is."""
        return table_shape(table)


class CodebookJson:
    """The codebook alone, as JSON."""

    ending = ".codebook.json"

    def write(self, table: Table, path: Path) -> None:
        """Write it."""
        text = json.dumps(codebook_json(table.codebook), ensure_ascii=False, indent=1)
        path.write_text(f"{text}\n", encoding="utf-8", newline="\n")

    def read(self, table: Table, path: Path) -> Shape:
        """Read it."""
        return _described(json.loads(path.read_text("utf-8")), table)

    def expected(self, table: Table) -> Shape:
        """The description."""
        return _described(json.loads(json.dumps(codebook_json(table.codebook))), table)


def _described(found: Any, table: Table) -> Shape:
    text = json.dumps(found, sort_keys=True)
    return Shape(table.rows, len(found["variables"]), shape_of([[text]], 1).checksum)


def codebook_json(book: Codebook) -> dict[str, Any]:
    """A codebook as plain data."""
    return {
        "title": book.title,
        "language": book.language,
        "identity": book.identity,
        "confidential": book.confidential,
        "facts": [{"name": name, "value": value} for name, value in book.facts],
        "remarks": list(book.remarks),
        "variables": [variable_json(one) for one in book.variables],
    }


def variable_json(variable: Variable) -> dict[str, Any]:
    """A variable as plain data."""
    return {
        "name": variable.name,
        "item": variable.item,
        "label": variable.label,
        "kind": variable.kind,
        "measure": variable.measure,
        "section": variable.section,
        "condition": variable.condition,
        "decimals": variable.decimals,
        "notes": list(variable.notes),
        "categories": [
            {"value": one.value, "code": one.code, "status": one.status, "label": one.label}
            for one in variable.categories
        ],
    }
